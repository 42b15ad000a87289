"""Quarterly evaluations and annual reviews."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from est_build.figures.table import Column, Content, data_table
from est_build.figures.text import cell_text, participation_words
from est_build.model.span import Span
from est_build.pages.actions import action_table
from est_build.pages.context import Context, Link, anchor, render
from est_build.pages.page import Page
from est_build.schema.action import Action
from est_build.schema.evaluation import AnnualReview, QuarterEvaluation


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
class YearPage:
    """Everything on the page of a year."""

    span: Span
    review: AnnualReview | None
    town_table: Markup
    group_table: Markup
    quarters: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class EvaluationList:
    """All quarters and years, newest first."""

    quarters: tuple[tuple[Link, str], ...]
    years: tuple[tuple[Link, str], ...]


def evaluation_pages(context: Context) -> list[Page]:
    """List, quarters and years."""
    published = context.published
    pages = [_list(context)]
    for span in published.quarters:
        html = render("quarter.html.j2", _quarter(context, span))
        title = f"Utvärdering {span.label}"
        words = f"Vad nätverket lärde sig och beslutade {span.label}."
        pages.append(Page(f"utvardering/{span.id}/", title, words, "atgarder", html))
    for span in published.years:
        html = render("year.html.j2", _year(context, span))
        words = f"Året {span.id} i korthet: rapporter, åtgärder och lärdomar."
        pages.append(Page(f"ar/{span.id}/", f"Året {span.id}", words, "atgarder", html))
    return pages


def _quarter(context: Context, span: Span) -> QuarterPage:
    published = context.published
    evaluation = published.texts.evaluations.get(span.id)
    index = published.quarters.index(span)
    actions = [a for a in context.current_actions if _touched(a, span)]
    return QuarterPage(
        span=span,
        evaluation=evaluation,
        town_table=_towns(context, span),
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


def _touched(action: Action, span: Span) -> bool:
    """True if something happened with the action in the quarter."""
    dates = [e.datum for e in action.historik] + [f.datum for f in action.uppfoljningar]
    return any(span.start <= d <= span.end for d in dates)


def _near(context: Context, index: int) -> Link | None:
    quarters = context.published.quarters
    if not 0 <= index < len(quarters):
        return None
    span = quarters[index]
    return Link(span.label.capitalize(), f"/utvardering/{span.id}/")


def _towns(context: Context, span: Span) -> Markup:
    published = context.published
    rows: list[list[Content]] = []
    for town in published.municipalities:
        people = published.participation(span, town.municipality)
        name = anchor(context.area_link(town.id))
        words = participation_words(people) if people else "–"
        rows.append([name, cell_text(published.total_cell(span, town)), words])
    columns: list[Column | str] = ["Kommun", Column("Rapporter", "tal"), "Svarade"]
    return data_table(f"Rapporter och svar, {span.label}", columns, rows)


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
        town_table=_towns(context, span),
        group_table=data_table(f"Rapporter per kategori, {span.label}", columns, rows),
        quarters=tuple(Link(q.label.capitalize(), f"/utvardering/{q.id}/") for q in quarters),
    )


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
