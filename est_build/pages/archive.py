"""``/lage/``: all situation pictures, quarter by quarter, the newest unfolded."""

from __future__ import annotations

from dataclasses import dataclass

from est_build.figures.phrases import how_many
from est_build.figures.text import first_sentence
from est_build.model.span import Span
from est_build.pages import addresses
from est_build.pages.context import Context, Link, render
from est_build.pages.page import Page
from est_build.pages.period_blocks import plain_summary


@dataclass(frozen=True, slots=True)
class ArchiveRow:
    """A fortnight: its link, its days, the first sentence of its summary, and whether it was corrected."""

    link: Link
    dates: str
    summary: str
    corrected: bool


@dataclass(frozen=True, slots=True)
class ArchiveQuarter:
    """The fortnights of a quarter, newest first."""

    label: str
    page: Link | None
    count: str
    rows: tuple[ArchiveRow, ...]


@dataclass(frozen=True, slots=True)
class ArchiveYear:
    """The quarters of a year, newest first."""

    year: int
    page: Link | None
    quarters: tuple[ArchiveQuarter, ...]


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """All situation pictures."""

    years: tuple[ArchiveYear, ...]


def archive_page(context: Context) -> Page:
    """Every fortnight that has been published, with jumps to the years."""
    calendar = context.published.calendar
    periods = set(context.published.periods)
    by_year: dict[int, list[ArchiveQuarter]] = {}
    for quarter in reversed(calendar.quarters):
        inside = [p for p in reversed(calendar.periods_in(quarter)) if p in periods]
        if inside:
            row = _quarter(context, quarter, inside)
            by_year.setdefault(calendar.year(inside[0]), []).append(row)
    pages = {y.id: context.relations.year_link(y) for y in context.published.years}
    years = tuple(
        ArchiveYear(year, pages.get(str(year)), tuple(quarters)) for year, quarters in by_year.items()
    )
    html = render("archive.html.j2", ArchivePage(years))
    words = "Alla lägesbilder sedan starten, kvartal för kvartal, den senaste först."
    return Page(addresses.path(addresses.PICTURES), "Alla lägesbilder", words, "laget", html)


def _quarter(context: Context, quarter: Span, periods: list[Span]) -> ArchiveQuarter:
    pages = {q.id for q in context.published.quarters}
    return ArchiveQuarter(
        quarter.label.capitalize(),
        context.relations.quarter_link(quarter) if quarter.id in pages else None,
        how_many(len(periods), "lagesbild"),
        tuple(_row(context, span) for span in periods),
    )


def _row(context: Context, span: Span) -> ArchiveRow:
    picture = context.published.texts.pictures.get(span.id)
    text = picture.sammanfattning if picture else plain_summary(context, span)
    return ArchiveRow(
        context.relations.picture_link(span),
        span.dates,
        first_sentence(text)[0],
        bool(context.relations.corrections_of(addresses.picture(span.id))),
    )
