"""What stands out: the verdicts of a fortnight or a quarter, as pages show them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

from est_build.analyse.lines import REGION, LevelName, SeriesId
from est_build.analyse.usual import State, Usual
from est_build.analyse.verdict import Verdict
from est_build.figures.icons import SignalKind, signal_badge
from est_build.figures.text import capital
from est_build.figures.verdict_text import (
    Kind,
    direction_sentence,
    direction_word,
    notes,
    tally_sentence,
    usual_sentence,
)
from est_build.load.memo import digest
from est_build.model.area import Area
from est_build.model.span import Span, day
from est_build.pages.context import Context
from est_build.pages.links import Link
from est_build.schema.picture import MarkNote

BADGES: Final[dict[State, SignalKind]] = {
    State.NY: "nytt",
    State.FLER: "fler",
    State.FARRE: "farre",
    State.INOM: "inom",
    State.FOR_LITE: "lite",
    State.DOLD: "dold",
    State.INGEN_INSAMLING: "uppehall",
}
Signal = tuple[str | None, str | None, State, str, tuple[str, ...]]
NOT_LOOKED_INTO: Final = "Ej granskad ännu."


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """A verdict on one series: the sign, the sentence and what a reader must know beside it."""

    badge: Markup
    text: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A signal in the list of a fortnight."""

    place: Link | None
    """``None``: the whole network."""
    what: str
    line: VerdictLine
    checked: str
    """What the coordinators found, or that nobody has looked yet."""


@dataclass(frozen=True, slots=True)
class StandsOut:
    """``N markeringar av M bedömda``, and each of them."""

    tally: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Going:
    """Where a series is going over a quarter."""

    place: Link | None
    word: str
    text: str


def series_of(area: Area | None, group: str | None) -> SeriesId:
    """The series of an area (``None``: the region) and a group of categories (``None``: all reports)."""
    level: LevelName = "region" if area is None else "omrade" if area.level == "omrade" else "kommun"
    with_groups: dict[LevelName, LevelName] = {
        "region": "region_grupp",
        "omrade": "omrade_grupp",
        "kommun": "kommun_grupp",
    }
    return SeriesId(with_groups[level] if group else level, area.id if area else REGION, group)


def _kind(span: Span) -> Kind:
    return "kvartal" if span.kind == "kvartal" else "period"


def verdict_line(verdict: Verdict | None, span: Span) -> VerdictLine | None:
    """A verdict in words; ``None`` without one."""
    if verdict is None:
        return None
    kind = _kind(span)
    return VerdictLine(
        signal_badge(BADGES[verdict.usual.state]),
        usual_sentence(verdict.usual, kind),
        notes(verdict, kind),
    )


def usuals(
    context: Context, area: Area, group: str | None, spans: Sequence[Span]
) -> tuple[Usual | None, ...]:
    """The verdicts on a series through time, one for each span. A year has none."""
    series = series_of(area, group)
    found = (None if s.kind == "ar" else context.analysis.verdict(s, series) for s in spans)
    return tuple(None if v is None else v.usual for v in found)


def stands_out(context: Context, span: Span) -> StandsOut | None:
    """The signals of a fortnight or a quarter, the region first, then by name; ``None`` if none was asked."""
    key = digest(context.prints.upto(span), span.id)
    found = json.loads(context.memo.text("markeringar", key, lambda: json.dumps(_signals(context, span))))
    if found is None:
        return None
    marks = [_mark(context, span, *row) for row in found[1]]
    marks.sort(key=lambda m: (m.place is not None, m.place.text if m.place else "", m.what))
    return StandsOut(found[0], tuple(marks))


def _signals(context: Context, span: Span) -> tuple[str, list[Signal]] | None:
    """How many signals there are, and of each: area, category, state, words and notes."""
    verdicts = context.analysis.verdicts(span)
    if not any(level.verdicts for level in verdicts.levels.values()):
        return None
    kind = _kind(span)
    rows: list[Signal] = []
    for verdict in (v for level in verdicts.levels.values() for v in level.marks):
        series, usual = verdict.series, verdict.usual
        area = None if series.area == REGION else series.area
        words = usual_sentence(usual, kind), notes(verdict, kind)
        rows.append((area, series.category, usual.state, *words))
    return tally_sentence(verdicts.tally(), kind), rows


def directions(context: Context, quarter: Span) -> tuple[Going, ...]:
    """Where the region and each municipality is going over a quarter, the region first, then by name."""
    found = []
    for area in (None, *context.published.municipalities):
        series = series_of(area, None)
        if context.analysis.verdict(quarter, series) is None:
            continue
        change = context.analysis.direction(quarter, series)
        place = context.area_link(area.id) if area else None
        found.append(Going(place, direction_word(change.direction), direction_sentence(change)))
    return tuple(found)


def going_words(context: Context, area: Area) -> str:
    """``Kvartal 3, 2026: Ökar: …`` for the latest quarter of an area; empty without a comparison."""
    series = series_of(area, None)
    for quarter in reversed(context.published.quarters):
        if context.analysis.verdict(quarter, series) is not None:
            change = context.analysis.direction(quarter, series)
            if change.now is None:
                return ""
            return f"{capital(quarter.label)}: {direction_sentence(change)}"
    return ""


def _mark(
    context: Context, span: Span, area: str | None, category: str | None, state: str, *words: Any
) -> Mark:
    text, told = words
    return Mark(
        context.area_link(area) if area else None,
        "alla rapporter" if category is None else _label(context, category),
        VerdictLine(signal_badge(BADGES[State(state)]), text, tuple(told)),
        _checked(_note(context, span, area, category)),
    )


def _label(context: Context, code: str) -> str:
    label = context.published.codes.label("kategorier", code)
    return label[:1].lower() + label[1:]


def _note(context: Context, span: Span, area: str | None, category: str | None) -> MarkNote | None:
    picture = context.published.texts.pictures.get(span.id)
    written = picture.markeringar if picture else ()
    return next((n for n in written if (n.omrade, n.kategori) == (area, category)), None)


def _checked(note: MarkNote | None) -> str:
    return NOT_LOOKED_INTO if note is None else f"Kontrollerad {day(note.kontrollerad)}: {note.text}"
