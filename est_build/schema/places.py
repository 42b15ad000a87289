"""``omradestexter.yml`` and ``platser.yml`` in ``content/``: what works in an area, and names of places."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from est_build.schema.base import Line, Record, Slug


class AreaText(Record):
    """What works in an area: meeting places, lit paths, people who are there."""

    omrade: Slug
    fungerar: Annotated[tuple[Line, ...], Field(min_length=1)]


class AreaTexts(Record):
    """The whole of ``omradestexter.yml``."""

    format: Literal["1"]
    texter: tuple[AreaText, ...] = ()


class PlaceName(Record):
    """A village, a part of a town or a public place, and the area that it is counted in. Never a home."""

    namn: Line
    omrade: Slug


class PlaceNames(Record):
    """The whole of ``platser.yml``."""

    format: Literal["1"]
    platser: tuple[PlaceName, ...] = ()
