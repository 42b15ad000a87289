"""Where the numbers of a page stand in the files to fetch: dataset and rows, last on the page.

What a reader is told, a program is told as well (``data-kalla``, ``data-rader``): with both, every number on
a page can be found in ``rapporter.csv`` again.
"""

from __future__ import annotations

import dataclasses
import re
from typing import Final

from markupsafe import Markup

from est_build.model.published import Published
from est_build.pages import addresses
from est_build.pages.page import MarkdownPage, Page
from est_build.schema.opendata.datasets import REPORTS

_BY_TIME: Final = re.compile(r"(?:lage|utvardering|ar)/([^/]+)/")
_BY_AREA: Final = re.compile(r"omraden/([^/]+)/")
_BY_CATEGORY: Final = re.compile(r"kategorier/([^/]+)/")


def sourced(published: Published, page: Page | MarkdownPage) -> Page | MarkdownPage:
    """The page, with where its numbers are from if it has any of reports."""
    if not isinstance(page, Page):
        return page
    note = source_note(published, page.path)
    return dataclasses.replace(page, html=page.html + note) if note else page


def source_note(published: Published, path: str) -> Markup:
    """What stands last on the page with this path; empty if it has no numbers of reports."""
    rows = _rows(published, path)
    if rows is None:
        return Markup("")
    column, value, some = rows
    return Markup(
        '<div class="del del--tunn ej-tryck"><p class="liten" data-kalla="{}" data-rader="{}">'
        "Vill du kontrollera ett antal? Rapporterna står i "
        '<a href="{}">{}.csv</a>, på raderna där <code>{}</code> {} <code>{}</code>.</p></div>\n'
    ).format(
        REPORTS.id,
        f"{column}={value}{'*' if some else ''}",
        addresses.dataset(REPORTS.id),
        REPORTS.id,
        column,
        "börjar med" if some else "är",
        value,
    )


def _rows(published: Published, path: str) -> tuple[str, str, bool] | None:
    """Column, value, and whether the value is only how the cells begin; ``None`` for other pages."""
    spans = {span for span, _ in published.figures}
    latest = published.periods[-1].id
    if path in ("", addresses.path(addresses.MAP)):
        return "tid", latest, False
    if path == addresses.path(addresses.DEVELOPMENT):
        return "kategori", "alla", False
    if (found := _BY_TIME.fullmatch(path)) and found[1] in spans:
        return "tid", found[1], False
    if (found := _BY_AREA.fullmatch(path)) and found[1] in {a.id for a in published.areas}:
        return "omrade", found[1], False
    if found := _BY_CATEGORY.fullmatch(path):
        return "kategori", found[1], True
    return None
