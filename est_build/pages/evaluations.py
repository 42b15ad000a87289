"""Quarterly evaluations: the list of quarters and years, and a page per quarter."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from markupsafe import Markup

from est_build.figures.phrases import tally_sentence
from est_build.figures.promises import promise_dots
from est_build.figures.text import first_sentence
from est_build.model.span import Span, day
from est_build.pages import addresses
from est_build.pages.action_list import quarter_tally
from est_build.pages.context import Context, Link, render
from est_build.pages.page import Page
from est_build.pages.participation import towns_table
from est_build.pages.parts import Answer
from est_build.pages.quarters import quarter_page

__all__ = ["evaluation_pages", "towns_table"]


@dataclass(frozen=True, slots=True)
class QuarterRow:
    """A quarter in the list: what was learned, and how the promises went."""

    link: Link
    words: str
    dots: Markup
    promises: str


@dataclass(frozen=True, slots=True)
class YearRows:
    """The quarters of a year, newest first, with the review of the year."""

    year: str
    link: Link | None
    words: str
    quarters: tuple[QuarterRow, ...]


@dataclass(frozen=True, slots=True)
class EvaluationList:
    """All quarters, newest year first."""

    answers: tuple[Answer, ...]
    years: tuple[YearRows, ...]


def evaluation_pages(context: Context) -> list[Page]:
    """The list, and a page per quarter."""
    return [_list(context), *(quarter_page(context, span) for span in context.published.quarters)]


def _row(context: Context, span: Span) -> QuarterRow:
    evaluation = context.published.texts.evaluations.get(span.id)
    tally = quarter_tally(context, span)
    words = evaluation.sammanfattning if evaluation else "Ingen utvärdering är skriven."
    return QuarterRow(context.relations.quarter_link(span), words, promise_dots(tally), tally_sentence(tally))


def _list(context: Context) -> Page:
    published = context.published
    by_year: dict[str, list[Span]] = defaultdict(list)
    for span in reversed(published.quarters):
        by_year[span.id[:4]].append(span)
    for span in published.years:
        by_year.setdefault(span.id, [])
    pages = {y.id: y for y in published.years}
    rows = []
    for year in sorted(by_year, reverse=True):
        review = published.texts.reviews.get(year)
        link = context.relations.year_link(pages[year]) if year in pages else None
        words = review.sammanfattning if review else ""
        rows.append(YearRows(year, link, words, tuple(_row(context, q) for q in by_year[year])))
    html = render("evaluations.html.j2", EvaluationList(tuple(_answers(context)), tuple(rows)))
    words = "Varje kvartal möts nätverket och ser tillbaka: vad fungerade, vad gjorde det inte?"
    path = addresses.path(addresses.EVALUATIONS)
    return Page(path, "Utvärderingar", words, "atgarder", html, kind="Utvärdering")


def _answers(context: Context) -> list[Answer]:
    published = context.published
    written = [q for q in published.quarters if q.id in published.texts.evaluations]
    if not written:
        return [Answer("Läget", "Ingen utvärdering är skriven än.")]
    span = written[-1]
    newest, link = published.texts.evaluations[span.id], context.relations.quarter_link(span)
    meeting = context.relations.next_meeting
    failed = first_sentence(newest.vad_fungerade_inte)[0]
    return [
        Answer("Senast", f"{first_sentence(newest.sammanfattning)[0]} ", link),
        Answer("Löften", tally_sentence(quarter_tally(context, span))),
        Answer("Gick inte", failed),
        Answer("Nästa", f"Nästa möte är {day(meeting)}." if meeting else "Inget nytt möte är bestämt än."),
    ]
