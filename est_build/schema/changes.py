"""``content/andringar.yml``: what has changed in how things are measured, and where series break."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from est_build.schema.base import IsoDate, Line, MunicipalityCode, Record, Slug, YesNo


class MethodChange(Record):
    """One change. Without municipalities or categories it concerns them all."""

    datum: IsoDate
    kort: Annotated[str, Field(min_length=1, max_length=30)]
    """Words for the line in a figure: ``ny enkät``."""
    vad: Line
    varfor: Line
    bryter: YesNo
    """True if values after the day must not be compared with those before."""
    kommuner: tuple[MunicipalityCode, ...] = ()
    kategorier: tuple[Slug, ...] = ()


class MethodChanges(Record):
    """The whole of ``andringar.yml``."""

    format: Literal["1"]
    andringar: tuple[MethodChange, ...] = ()
