"""Trend figures on pages, with the actions and breaks that belong to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from est_build.analyse.actions import touches
from est_build.figures.band import Usuals, band_top
from est_build.figures.figure import figure
from est_build.figures.icons import number_icon
from est_build.figures.text import capital, cell_text, participation_words
from est_build.figures.trend import trend_chart, trend_figure, trend_table
from est_build.model.area import Area
from est_build.model.cell import Shown
from est_build.model.series import Marker, Series
from est_build.model.span import Span, day
from est_build.pages import addresses
from est_build.pages.context import Context
from est_build.pages.links import Link
from est_build.pages.verdicts import usuals
from est_build.schema.action import Action
from est_build.schema.changes import MethodChange

RECENT = 26
"""Fortnights in an ordinary trend figure: a year."""


@dataclass(frozen=True, slots=True)
class PostLine:
    """What a numbered post in a figure stands for."""

    badge: Markup
    number: int
    link: Link
    note: str
    """Place and the day it started."""


@dataclass(frozen=True, slots=True)
class Multiples:
    """Small figures on a common axis, what their posts stand for, and where their series break."""

    html: Markup
    posts: tuple[PostLine, ...] = ()
    breaks: tuple[MethodChange, ...] = ()


def recent(context: Context) -> tuple[Span, ...]:
    """The latest fortnights."""
    return context.published.periods[-RECENT:]


def whole_quarters(context: Context, group: str | None = None) -> tuple[Span, ...]:
    """Quarters in which some municipality has published its reports (of a category group)."""
    published = context.published
    towns = published.municipalities
    found = (
        q
        for q in published.quarters
        if any((published.group_cell(q, t, group) if group else published.total_cell(q, t)) for t in towns)
    )
    return tuple(found)


def own_ids(context: Context, area: Area) -> list[str]:
    """An area and what lies in it: what an action or an issue there can name."""
    return [
        area.id,
        *(a.id for a in context.published.areas if a.parent == area.id or a.merged_into == area.id),
    ]


def started(context: Context, actions: Iterable[Action], spans: Sequence[Span]) -> list[tuple[Action, Span]]:
    """Actions that really started in ``spans``, in the order of their starts."""
    found = []
    for action in actions:
        if action.start is None or action.start > context.published.date:
            continue
        if action.status in {"beslutad", "planerad"}:
            continue
        span = next((s for s in spans if s.start <= action.start <= s.end), None)
        if span is not None:
            found.append((action.start, action.id, action, span))
    found.sort(key=lambda row: row[:2])
    return [(action, span) for *_, action, span in found]


def post_markers(rows: Iterable[tuple[Action, Span]], numbers: dict[str, int]) -> list[Marker]:
    """A numbered post for each action."""
    return [
        Marker(day(a.start), span.id, numbers[a.id], a.titel, addresses.action(a.id))
        for a, span in rows
        if a.start is not None
    ]


def breaking(context: Context, area: Area, group: str | None, spans: Sequence[Span]) -> list[MethodChange]:
    """Changes after which the values of a series must not be compared with those before, oldest first."""
    codes = context.published.codes
    found = []
    for change in context.published.texts.changes:
        if not change.bryter or (change.kommuner and area.municipality not in change.kommuner):
            continue
        if change.kategorier and group not in {codes.group_of(c) for c in change.kategorier}:
            continue
        # A change in the first span or before has nothing to be compared with.
        if any(s.start <= change.datum <= s.end for s in spans[1:]):
            found.append(change)
    return sorted(found, key=lambda c: (c.datum, c.kort))


def break_markers(context: Context, area: Area, group: str | None, spans: Sequence[Span]) -> list[Marker]:
    """A dashed line for each break of the series, with its words."""
    return [
        Marker(day(c.datum), next(s.id for s in spans if s.start <= c.datum <= s.end), None, c.kort,
               addresses.CHANGES)
        for c in breaking(context, area, group, spans)
    ]  # fmt: skip


def post_lines(
    context: Context, rows: Iterable[tuple[Action, Span]], numbers: dict[str, int]
) -> tuple[PostLine, ...]:
    """The posts of a figure as a list."""
    lines = {}
    for action, _ in rows:
        if action.id not in lines and action.start is not None:
            number = numbers[action.id]
            note = f"{context.area_names(action.omraden)}, från {day(action.start)}"
            lines[action.id] = PostLine(number_icon(number), number, context.action_link(action.id), note)
    return tuple(sorted(lines.values(), key=lambda line: line.number))


def area_trend(context: Context, area: Area, spans: tuple[Span, ...]) -> Multiples:
    """All reports of an area, with its own actions as posts and the breaks of its series."""
    series = context.published.series(area, None, spans)
    own = [a for a in context.published.texts.actions.values() if touches(a, own_ids(context, area))]
    rows = started(context, own, spans) if spans and spans[0].kind == "period" else []
    numbers = {a.id: n for n, (a, _) in enumerate(rows, start=1)}
    markers = [*post_markers(rows, numbers), *break_markers(context, area, None, spans)]
    html = trend_figure(
        series,
        markers=markers,
        example=context.published.site.exempeldata,
        usuals=usuals(context, area, None, spans),
    )
    breaks = tuple(breaking(context, area, None, spans))
    return Multiples(html, post_lines(context, rows, numbers), breaks)


def multiples(
    context: Context,
    group: str | None,
    spans: tuple[Span, ...],
    actions: Iterable[Action] | None = None,
    first: Markup | None = None,
) -> Multiples:
    """One small figure per municipality on a common axis.

    Args:
        context: the published values.
        group: id of a category group, or ``None`` for all reports.
        spans: fortnights, quarters or years in order.
        actions: those to draw as posts, numbered through all the figures; ``None`` draws no posts.
        first: stands before the figures, as one of them.
    """
    published = context.published
    towns = published.municipalities
    every = [published.series(town, group, spans) for town in towns]
    judged = [usuals(context, town, group, spans) for town in towns]
    top = max((max(s.top, band_top(u)) for s, u in zip(every, judged, strict=True)), default=0)
    rows = started(context, actions or (), spans)
    numbers = {a.id: n for n, (a, _) in enumerate(rows, start=1)}
    drawn: list[Markup] = []
    breaks: dict[tuple[dt.date, str], MethodChange] = {}
    for town, series, usual in zip(towns, every, judged, strict=True):
        own = [(a, s) for a, s in rows if touches(a, own_ids(context, town))]
        markers = [*post_markers(own, numbers), *break_markers(context, town, group, spans)]
        drawn.append(_small(series, top, markers, usual, published.site.exempeldata))
        breaks |= {(c.datum, c.kort): c for c in breaking(context, town, group, spans)}
    html = Markup('<div class="serier">{}{}</div>').format(first or "", Markup("").join(drawn))
    return Multiples(html, post_lines(context, rows, numbers), tuple(breaks[key] for key in sorted(breaks)))


def _small(series: Series, top: int, markers: list[Marker], usual: Usuals, example: bool) -> Markup:
    """A small figure whose head says the latest number, its time and how many answered."""
    chart = trend_chart(series, top=top, markers=markers, size="liten", example=example, usuals=usual)
    title, under = small_title(series)
    table = trend_table(series, markers, usual)
    return figure(title, chart, subtitle=under, table=table, css="figur--liten")


def small_title(series: Series) -> tuple[str, str]:
    """``Ystad: 65–69 rapporter`` and ``Vecka 45–46. Nästan alla svarade.``"""
    latest = series.latest
    if latest is None:
        return f"{series.area_name}: inget publicerat", ""
    shown = isinstance(latest.cell, Shown)
    words = f"{cell_text(latest.cell)} rapporter" if shown else "under visningsgränsen"
    answered = f" {participation_words(latest.participation)}." if latest.participation else ""
    return f"{series.area_name}: {words}", f"{capital(latest.span.label)}.{answered}"


def same_weeks_last_year(context: Context, span: Span) -> Span | None:
    """The fortnight a year before, counted in whole weeks; ``None`` if there is none."""
    days = [(abs((span.start - p.start).days - 364), p) for p in context.published.periods]
    near = [(off, p.start, p) for off, p in days if off <= 7]
    return min(near)[2] if near else None
