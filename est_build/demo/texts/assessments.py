"""The network's own judgement in words, area by area, for every fortnight."""

from __future__ import annotations

from functools import cache

from est_build.demo.calendar import PER_YEAR
from est_build.demo.places import MUNICIPALITIES
from est_build.demo.texts.fortnights import Fortnight, collected, fortnights
from est_build.demo.texts.sources import read_source
from est_build.demo.texts.stories import stories
from est_build.schema.tables import AssessmentRow

_IDS = [municipality.id for municipality in MUNICIPALITIES]
_NOT_ASSESSED = "Ingen insamling under sommaruppehållet, så vi bedömer inte läget."
_SEASONS = (
    (4, "vinter"),
    (8, "var"),
    (12, "forsommar"),
    (17, "sommar"),
    (21, "host"),
    (PER_YEAR, "senhost"),
)
"""Place in the year before which the season ends, counted in fortnights."""


@cache
def assessments() -> dict[str, tuple[AssessmentRow, ...]]:
    """Rows by period: the five municipalities, then the small areas that a story is about."""
    return {fortnight.id: _rows(fortnight) for fortnight in fortnights()}


def _rows(fortnight: Fortnight) -> tuple[AssessmentRow, ...]:
    if not fortnight.collected:
        return tuple(_row(area, "ej_bedomt", _NOT_ASSESSED) for area in _IDS)
    told = _told(fortnight)
    rows = [told.get(area) or _row(area, "normalt", _usual(area, fortnight)) for area in _IDS]
    return (*rows, *(told[area] for area in sorted(told) if area not in _IDS))


def _told(fortnight: Fortnight) -> dict[str, AssessmentRow]:
    """What stories say, by area."""
    rows: dict[str, AssessmentRow] = {}
    for story in stories():
        turn = story.turn(fortnight)
        if turn is None:
            continue
        for area, level in story.bedomning.items():
            if turn % level.glesa == 0:
                text = level.text[turn // level.glesa % len(level.text)]
                rows[area] = _row(area, level.niva, text)
    return rows


def _usual(area: str, fortnight: Fortnight) -> str:
    """The season's text; year and municipality shift it, so that neighbours do not say the same."""
    # Only fortnights with a picture take turns, so the summer break does not bring a text back.
    turn = sum(1 for f in collected() if f.year == fortnight.year and f.place < fortnight.place)
    season = next(name for before, name in _SEASONS if fortnight.place < before)
    texts: list[str] = _texts()[area][season]
    return texts[(turn + fortnight.year + _IDS.index(area)) % len(texts)]


@cache
def _texts() -> dict[str, dict[str, list[str]]]:
    sources: dict[str, dict[str, list[str]]] = read_source("bedomning-sasong.yml")
    return sources


def _row(area: str, level: str, text: str) -> AssessmentRow:
    return AssessmentRow.model_validate({"omrade": area, "niva": level, "text": text})
