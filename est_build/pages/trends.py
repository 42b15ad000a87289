"""Trend figures on pages, with the actions and breaks that belong to them."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from est_build.analyse.actions import touches
from est_build.figures.text import cell_words
from est_build.figures.trend import trend_figure
from est_build.model.area import Area
from est_build.model.series import Marker, Series
from est_build.model.span import Span, day
from est_build.pages.context import Context
from est_build.schema.action import Action

RECENT = 26
"""Fortnights in an ordinary trend figure: a year."""


def recent(context: Context) -> tuple[Span, ...]:
    """The latest fortnights."""
    return context.published.periods[-RECENT:]


def markers(context: Context, actions: Iterable[Action], spans: tuple[Span, ...]) -> list[Marker]:
    """A numbered post for each action that started in ``spans``."""
    found = []
    for action in actions:
        if action.start is None or (not action.visa_fore and action.start > context.published.date):
            continue
        span = next((s for s in spans if s.start <= action.start <= s.end), None)
        if span is not None and span.end >= action.start:
            found.append((action.start, action, span))
    found.sort(key=lambda item: (item[0], item[1].id))
    return [
        Marker(day(date), span.id, number, action.titel, f"/atgarder/{action.id}/")
        for number, (date, action, span) in enumerate(found, start=1)
    ]


def area_trend(context: Context, area: Area, spans: tuple[Span, ...]) -> Markup:
    """All reports of an area, with its own actions as posts."""
    series = context.published.series(area, None, spans)
    own = [a for a in context.published.texts.actions.values() if touches(a, [area.id])]
    return trend_figure(
        series, markers=markers(context, own, spans), example=context.published.site.exempeldata
    )


def multiples(context: Context, group: str | None, spans: tuple[Span, ...]) -> Markup:
    """One small figure per municipality on a common axis."""
    published = context.published
    every = [published.series(town, group, spans) for town in published.municipalities]
    top = max((s.top for s in every), default=0)
    drawn = [
        trend_figure(
            series,
            title=_short_title(series),
            top=top,
            size="liten",
            example=published.site.exempeldata,
        )
        for series in every
    ]
    return Markup('<div class="serier">{}</div>').format(Markup("").join(drawn))


def _short_title(series: Series) -> str:
    """``Ystad: 65–69 rapporter vecka 45–46``: the heading above says what is counted."""
    latest = series.latest
    if latest is None:
        return f"{series.area_name}: inget publicerat"
    return f"{series.area_name}: {cell_words(latest.cell)} {latest.span.label}"
