"""``perioder/<id>/lagesbild.yml``: the joint text of a fortnight (``domain.md`` 6.5)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from est_build.schema.base import IsoDate, Line, Record, RunningId, Slug, Text

Summary = Annotated[str, Field(min_length=1, max_length=400)]


class ContextEvent(Record):
    """Something planned that colours a period: a market, a school break, roadworks."""

    titel: Line
    start: IsoDate
    slut: IsoDate
    slag: Literal["lov", "marknad", "festival", "match", "sasong", "vagarbete", "annat"] = "annat"
    omraden: tuple[Slug, ...] = ()


class Change(Record):
    """One thing that changed since last time, linked to the issue or action that it concerns."""

    text: Line
    fraga: RunningId | None = None
    atgard: RunningId | None = None


class SituationPicture(Record):
    """What the coordinators say together about one fortnight."""

    format: Literal["1"]
    publicerad: IsoDate
    status: Literal["utkast", "granskad", "publicerad", "rattad"] = "publicerad"
    granskad_av: tuple[Line, ...] = ()
    """Roles, never persons."""
    sammanfattning: Summary
    """Two sentences: the answer to "is it calm?"."""
    andrat: tuple[Change, ...] = ()
    vet_inte: tuple[Line, ...] = ()
    handelser: tuple[ContextEvent, ...] = ()
    nasta: IsoDate | None = None
    """When the next picture is published."""
    kommentar: Text | None = None
    kommentar_av: Line | None = None
