"""What stands out in a fortnight, on exact counts: the list that coordinators go through. Never published.

It is held against budget 3 (:data:`rule.PRIVATE`), so it holds more than the site marks. A note in
``lagesbild.yml`` is only offered for what the site marks: any other would tell what the exact counts say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from est_build.analyse.lines import REGION, LevelName, SeriesId
from est_build.analyse.rule import PRIVATE
from est_build.analyse.usual import State, Usual
from est_build.analyse.verdict import SpanVerdicts, Verdict
from est_build.analyse.verdicts import Analysis
from est_build.figures.text import decimal, number
from est_build.figures.verdict_text import notes, state_word, tally_sentence, usual_sentence
from est_build.load.frame import Frame
from est_build.load.span import Span
from est_build.prepare.exact import exact, public, window
from est_build.prepare.release import Draft
from est_build.prepare.store import Store

LEVELS: tuple[LevelName, ...] = ("kommun", "omrade", "kommun_grupp")
REGION_LEVELS: tuple[LevelName, ...] = ("region", "region_grupp")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look into."""

    where: str
    what: str
    state: str
    sentence: str
    keys: tuple[str, ...]
    """Both comparisons, with what was expected and where the limit is."""
    notes: tuple[str, ...]
    site: str
    """What readers of the site will see of it."""
    yaml: str
    """The line for ``lagesbild.yml``; empty if the site marks nothing."""


@dataclass(frozen=True, slots=True)
class CheckList:
    """The list, and what is said above it."""

    told: tuple[str, ...]
    items: tuple[Item, ...]


def check_list(frame: Frame, store: Store, span: Span, drafts: Sequence[Draft]) -> CheckList:
    """What stands out in ``span``, from the fortnights that the store holds.

    Args:
        frame: the instance.
        store: with the fortnight in it.
        span: the fortnight.
        drafts: its releases, as they will be published.
    """
    towns = [d.municipality for d in drafts]
    calendar = window(frame, span, PRIVATE.season_from)
    names = (*LEVELS, *(REGION_LEVELS if len(towns) > 1 else ()))
    inside = Analysis(exact(frame, store, calendar, towns), PRIVATE).verdicts(span)
    outside = Analysis(public(frame, calendar, drafts)).verdicts(span)
    items = []
    for verdict in (v for name in names for v in inside.levels[name].verdicts):
        seen = outside.of(verdict.series)
        if verdict.usual.marked or (seen is not None and seen.usual.marked):
            items.append(_item(frame, verdict, seen))
    return CheckList(_told(inside, names, bool(items)), tuple(items))


def _told(found: SpanVerdicts, names: Sequence[LevelName], marked: bool) -> tuple[str, ...]:
    tally = found.tally(names)
    every = [v.usual for name in names for v in found.levels[name].verdicts]
    asked = [u for u in every if u.state is not State.INGEN_INSAMLING]
    if not asked:
        return ("Ingen insamling.",)
    if marked or tally.judged:
        calm = () if marked else ("Inget sticker ut.",)
        return (*calm, tally_sentence(tally))
    longest = max(asked, key=lambda u: len(u.history))
    return ("Inget gick att bedöma.", usual_sentence(longest))


def _item(frame: Frame, verdict: Verdict, seen: Verdict | None) -> Item:
    series, usual = verdict.series, verdict.usual
    category = series.category
    marked = seen is not None and seen.usual.marked
    return Item(
        _where(frame, series),
        "alla rapporter" if category is None else frame.codes.label("kategorier", category),
        state_word(usual.state),
        usual_sentence(usual),
        _keys(usual),
        notes(verdict),
        _site(None if seen is None else seen.usual),
        _yaml(series) if marked else "",
    )


def _where(frame: Frame, series: SeriesId) -> str:
    area = frame.area(series.area)
    if area is None:
        return "Hela nätverket"
    top = frame.area(area.parent) if area.level == "omrade" else None
    return area.name if top is None else f"{area.name}, {top.name}"


def _keys(usual: Usual) -> tuple[str, ...]:
    """``Som antal: 5,3 är väntat, 14 eller fler är ovanligt.``"""
    found = []
    down = usual.state is State.FARRE
    for test in usual.down if down else usual.up:
        word = "Räknat per svar" if test.key == "svar" else "Som antal"
        if down and test.limit < 0:
            limit = "inte ens noll är ovanligt"
        else:
            limit = f"{number(test.limit)} eller {'färre' if down else 'fler'} är ovanligt"
        found.append(f"{word}: {decimal(test.mean)} är väntat, {limit}.")
    return tuple(found)


def _site(usual: Usual | None) -> str:
    if usual is None:
        return "På webbplatsen: finns inte."
    if usual.marked:
        return f"På webbplatsen: markeras som ”{state_word(usual.state)}”."
    return f"På webbplatsen: ingen markering. {usual_sentence(usual)}"


def _yaml(series: SeriesId) -> str:
    parts = [] if series.area == REGION else [f"omrade: {series.area}"]
    parts += [] if series.category is None else [f"kategori: {series.category}"]
    return "- {" + ", ".join([*parts, "kontrollerad: ÅÅÅÅ-MM-DD", "text: …"]) + "}"
