"""All pages of a site from published values."""

from __future__ import annotations

from pathlib import Path

from est_build.model.published import Published
from est_build.pages.actions import action_pages
from est_build.pages.areas import area_pages
from est_build.pages.categories import category_pages
from est_build.pages.context import Context
from est_build.pages.development import development_page
from est_build.pages.evaluations import evaluation_pages
from est_build.pages.issues import issue_pages
from est_build.pages.maps import map_page
from est_build.pages.opendata import DataFile, FileSet, data_page
from est_build.pages.page import MarkdownPage, Page
from est_build.pages.period import period_pages
from est_build.pages.protection import protection_page
from est_build.pages.written import corrections_page, written_pages


def all_pages(
    published: Published, content: Path, files: list[DataFile], proofs: FileSet
) -> tuple[list[Page | MarkdownPage], dict[str, bytes]]:
    """Every page, and the assets that some of them need (path under the site -> bytes)."""
    context = Context(published)
    map_, assets = map_page(context)
    pages: list[Page | MarkdownPage] = [
        *period_pages(context),
        *area_pages(context),
        *category_pages(context),
        map_,
        development_page(context),
        *action_pages(context),
        *issue_pages(context),
        *evaluation_pages(context),
        data_page(context, files, proofs),
        protection_page(context),
        corrections_page(context),
        *written_pages(content),
    ]
    return pages, assets
