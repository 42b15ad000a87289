"""Annual reviews: a page per year."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from est_build.figures.table import Column, Content, data_table
from est_build.figures.text import cell_text
from est_build.model.span import Span
from est_build.pages import addresses
from est_build.pages.context import Context, Link, anchor, render
from est_build.pages.evaluations import towns_table
from est_build.pages.page import Page
from est_build.schema.evaluation import AnnualReview


@dataclass(frozen=True, slots=True)
class YearPage:
    """Everything on the page of a year."""

    span: Span
    review: AnnualReview | None
    town_table: Markup
    group_table: Markup
    quarters: tuple[Link, ...]


def year_pages(context: Context) -> list[Page]:
    """A page per year."""
    pages = []
    for span in context.published.years:
        html = render("year.html.j2", _year(context, span))
        words = f"Året {span.id} i korthet: rapporter, åtgärder och lärdomar."
        path = addresses.path(addresses.year(span.id))
        pages.append(Page(path, f"Året {span.id}", words, "atgarder", html, kind="År", span=span.id))
    return pages


def _year(context: Context, span: Span) -> YearPage:
    published = context.published
    towns = published.municipalities[:8]
    rows: list[list[Content]] = []
    for group in published.codes.groups(int(span.id)):
        cells = [published.group_cell(span, town, group.id) for town in towns]
        name = anchor(context.category_link(group))
        rows.append([name, *(cell_text(cell) for cell in cells)])
    columns: list[Column | str] = ["Kategori", *(Column(town.name, "tal") for town in towns)]
    quarters = [q for q in published.quarters if q.id.startswith(span.id)]
    return YearPage(
        span=span,
        review=published.texts.reviews.get(span.id),
        town_table=towns_table(context, span),
        group_table=data_table(f"Rapporter per kategori, {span.label}", columns, rows),
        quarters=tuple(Link(q.label.capitalize(), f"/utvardering/{q.id}/") for q in quarters),
    )
