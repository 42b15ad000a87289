"""``indikatorer/*.yml``: external indicators with their method breaks (``domain.md`` 6.16)."""

from __future__ import annotations

from typing import Literal

from est_build.schema.base import IsoDate, Line, Record, Slug, Text, Url, Year


class IndicatorValue(Record):
    """One value, with the version of the method that it was measured by."""

    omrade: Slug
    ar: Year
    varde: float
    antal_svar: int | None = None
    svarsandel: float | None = None
    metod: Slug


class SeriesBreak(Record):
    """From this year on values must not be compared with those before."""

    ar: Year
    text: Line


class Indicator(Record):
    """A published figure from somebody else; never mixed with the network's own reports."""

    format: Literal["1"]
    id: Slug
    titel: Line
    kalla: Line
    enhet: Line
    skala: Text
    """What the ends of the scale mean: is high good or bad?"""
    namn: dict[Slug, Line] = {}
    """Labels of methods, and of areas that are not in ``omraden.geojson``."""
    varden: tuple[IndicatorValue, ...]
    brott: tuple[SeriesBreak, ...] = ()
    adress: Url | None = None
    hamtad: IsoDate
    paminnelse: Text | None = None
