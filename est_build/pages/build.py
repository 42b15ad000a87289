"""All pages of a site from published values."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from est_build.pages.about import about_pages
from est_build.pages.accessibility import accessibility_pages
from est_build.pages.action_filters import action_filter_pages
from est_build.pages.actions import action_pages
from est_build.pages.areas import area_pages
from est_build.pages.categories import category_pages
from est_build.pages.changes import change_pages
from est_build.pages.context import Context
from est_build.pages.corrections import corrections_page
from est_build.pages.datafiles import OpenData
from est_build.pages.development import development_page
from est_build.pages.editions import edition_pages
from est_build.pages.evaluations import evaluation_pages
from est_build.pages.faults import faults_pages
from est_build.pages.filled import filled
from est_build.pages.follow import follow_pages
from est_build.pages.glossary import glossary_pages
from est_build.pages.inserted import Pieces
from est_build.pages.issues import issue_pages
from est_build.pages.map_page import map_page
from est_build.pages.opendata import data_pages
from est_build.pages.page import MarkdownPage, Page
from est_build.pages.period import period_pages
from est_build.pages.pictures import pictures
from est_build.pages.plain import in_other_words, plain_pages
from est_build.pages.plan import plan_pages
from est_build.pages.protection import protection_page
from est_build.pages.provenance import sourced
from est_build.pages.quality import quality_pages
from est_build.pages.register import register_pages
from est_build.pages.report_file import report_files
from est_build.pages.search import search_pages
from est_build.pages.usual_method import method_pages
from est_build.pages.written import written_pages
from est_build.pages.years import year_pages

_BUILDERS: tuple[Callable[[Context], list[Page]], ...] = (
    # The picture of now.
    period_pages,
    plain_pages,
    # The loop.
    action_pages,
    action_filter_pages,
    issue_pages,
    evaluation_pages,
    plan_pages,
    # Places and time.
    area_pages,
    register_pages,
    category_pages,
    year_pages,
    # Ways in.
    search_pages,
    follow_pages,
    # Knowledge and trust.
    method_pages,
    quality_pages,
    glossary_pages,
    change_pages,
    accessibility_pages,
    about_pages,
    # For those who write the files.
    faults_pages,
)


def all_pages(
    context: Context, content: Path, data: OpenData, pieces: Pieces | None = None
) -> tuple[list[Page | MarkdownPage], dict[str, bytes]]:
    """Every page, and the assets that some of them need (path under the site -> bytes).

    ``pieces``: what a hand-written page may ask for in braces; ``None`` leaves it as it is written.
    """
    map_, assets = map_page(context)
    pages: list[Page | MarkdownPage] = [page for build in _BUILDERS for page in build(context)]
    pages += [map_, development_page(context), *data_pages(context, data), *edition_pages(context, data)]
    pages += [protection_page(context), corrections_page(context)]
    # A page that is made from data stands in the place of a hand-written one with the same address.
    taken = {page.path for page in pages}
    pages += [page for page in filled(context, written_pages(content, pieces)) if page.path not in taken]
    pages = [sourced(context.published, page) for page in pages]
    return in_other_words(context, pages), {**assets, **report_files(context), **pictures(content)}
