"""Stories: what colours pictures and assessments for a time, and the texts that take turns."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from pydantic import Field

from est_build.demo.texts.fortnights import Fortnight, by_id, collected
from est_build.demo.texts.sources import read_list
from est_build.schema.base import Line, PeriodId, Record, Slug
from est_build.schema.tables import Level

_FILES = ("berattelser-2023-2025.yml", "berattelser-2025-2026.yml")

APART = 3
"""A reader of three pictures in a row meets no text twice."""

Step = Annotated[int, Field(ge=1)]


class StoryLevel(Record):
    """The level of one area while the story lasts, with the texts for it."""

    niva: Level
    text: Annotated[tuple[Line, ...], Field(min_length=1)]
    glesa: Step = 1


class Story(Record):
    """Texts that hold from one fortnight to another. ``glesa`` 3 means every third picture only."""

    fran: PeriodId
    till: PeriodId
    glesa: Step = 1
    lage: tuple[Line, ...] = ()
    vet_inte: tuple[Line, ...] = ()
    bedomning: dict[Slug, StoryLevel] = Field(default_factory=dict)

    def turn(self, fortnight: Fortnight) -> int | None:
        """How many pictures the story has had before this one; None outside it."""
        first, last = by_id()[self.fran], by_id()[self.till]
        if not first.number <= fortnight.number <= last.number:
            return None
        return sum(1 for f in collected() if first.number <= f.number < fortnight.number)

    def line(self, texts: tuple[str, ...], fortnight: Fortnight) -> str | None:
        """The text whose turn it is, or None outside the story and in the pictures it skips.

        A story with few texts rests, so that no text comes back before the third picture after it.
        """
        turn = self.turn(fortnight)
        if turn is None or not texts or turn % self.glesa:
            return None
        round_length = max(len(texts), -(-APART // self.glesa))
        place = turn // self.glesa % round_length
        return texts[place] if place < len(texts) else None


@cache
def stories() -> tuple[Story, ...]:
    """All stories in the order of the sources: for an area the last one that holds wins."""
    return tuple(Story.model_validate(entry) for entry in read_list(*_FILES))
