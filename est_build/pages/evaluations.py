"""Quarterly evaluations, and the list of quarters and years."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from est_build.figures.table import Column, Content, data_table
from est_build.figures.text import cell_text, participation_words
from est_build.model.span import Span
from est_build.pages.actions import action_table
from est_build.pages.context import Context, Link, anchor, render
from est_build.pages.page import Page
from est_build.pages.relations import touched
from est_build.schema.evaluation import QuarterEvaluation


@dataclass(frozen=True, slots=True)
class QuarterPage:
    """Everything on the page of a quarter."""

    span: Span
    evaluation: QuarterEvaluation | None
    town_table: Markup
    actions: Markup | None
    priorities: tuple[Link, ...]
    earlier: Link | None
    later: Link | None
    periods: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class EvaluationList:
    """All quarters and years, newest first."""

    quarters: tuple[tuple[Link, str], ...]
    years: tuple[tuple[Link, str], ...]


def evaluation_pages(context: Context) -> list[Page]:
    """The list, and a page per quarter."""
    published = context.published
    pages = [_list(context)]
    for span in published.quarters:
        html = render("quarter.html.j2", _quarter(context, span))
        title = f"Utvärdering {span.label}"
        words = f"Vad nätverket lärde sig och beslutade {span.label}."
        path, year = f"utvardering/{span.id}/", span.id[:4]
        pages.append(Page(path, title, words, "atgarder", html, kind="Utvärdering", span=year))
    return pages


def _quarter(context: Context, span: Span) -> QuarterPage:
    published = context.published
    evaluation = published.texts.evaluations.get(span.id)
    index = published.quarters.index(span)
    actions = [a for a in context.current_actions if touched(a, span)]
    return QuarterPage(
        span=span,
        evaluation=evaluation,
        town_table=towns_table(context, span),
        actions=action_table(context, actions, f"Åtgärder under {span.label}") if actions else None,
        priorities=tuple(context.issue_link(n) for n in evaluation.prioriterade) if evaluation else (),
        earlier=_near(context, index - 1),
        later=_near(context, index + 1),
        periods=tuple(
            Link(p.label.capitalize(), f"/lage/{p.id}/")
            for p in published.calendar.periods_in(span)
            if p in published.periods
        ),
    )


def _near(context: Context, index: int) -> Link | None:
    quarters = context.published.quarters
    if not 0 <= index < len(quarters):
        return None
    span = quarters[index]
    return Link(span.label.capitalize(), f"/utvardering/{span.id}/")


def towns_table(context: Context, span: Span) -> Markup:
    """Reports and answers per municipality in a quarter or a year."""
    published = context.published
    rows: list[list[Content]] = []
    for town in published.municipalities:
        people = published.participation(span, town.municipality)
        name = anchor(context.area_link(town.id))
        words = participation_words(people) if people else "–"
        rows.append([name, cell_text(published.total_cell(span, town)), words])
    columns: list[Column | str] = ["Kommun", Column("Rapporter", "tal"), "Svarade"]
    return data_table(f"Rapporter och svar, {span.label}", columns, rows)


def _list(context: Context) -> Page:
    published = context.published
    quarters = []
    for span in reversed(published.quarters):
        evaluation = published.texts.evaluations.get(span.id)
        words = evaluation.sammanfattning if evaluation else "Ingen utvärdering är skriven."
        quarters.append((Link(span.label.capitalize(), f"/utvardering/{span.id}/"), words))
    years = []
    for span in reversed(published.years):
        review = published.texts.reviews.get(span.id)
        words = review.sammanfattning if review else "Ingen uppföljning är skriven."
        years.append((Link(span.label.capitalize(), f"/ar/{span.id}/"), words))
    html = render("evaluations.html.j2", EvaluationList(tuple(quarters), tuple(years)))
    words = "Varje kvartal möts nätverket och ser tillbaka: vad fungerade, vad gjorde det inte?"
    return Page("utvardering/", "Utvärderingar", words, "atgarder", html)
