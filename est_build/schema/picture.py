"""``perioder/<id>/lagesbild.yml``: the joint text of a fortnight (``domain.md`` 6.5)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from est_build.schema.base import IsoDate, Line, Record, RunningId, Slug, Text, Url
from est_build.schema.tables import Level

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


class Fact(Record):
    """A checked fact where a rumour goes round. The rumour itself has no place: it is never repeated."""

    fakta: Line
    kalla: Line
    """Organisation or authority, never a person."""
    adress: Url | None = None
    kontrollerad: IsoDate


class MarkNote(Record):
    """What the coordinators found when they looked into a signal (``signals.md`` 5)."""

    omrade: Slug | None = None
    """A municipality or a small area; without it the whole network."""
    kategori: Slug | None = None
    """A group of categories; without it all reports."""
    kontrollerad: IsoDate
    text: Line


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
    markeringar: tuple[MarkNote, ...] = ()
    """Notes on the signals of the fortnight. A signal without one is told as not yet looked into."""
    kommentar: Text | None = None
    kommentar_av: Line | None = None
    niva: Level | None = None
    """The level of the whole in words, as the coordinators judge it."""
    rykten: tuple[Fact, ...] = ()
    att_titta_efter: tuple[Line, ...] = ()
    """What the network should look for next."""
    att_besluta: tuple[Line, ...] = ()
    """What needs a decision by somebody."""
    lattlast: Text | None = None
    """The summary in easy Swedish, written by a person."""
    sammanfattning_en: Text | None = None
