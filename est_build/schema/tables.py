"""The CSV files: one row model each, with the columns in the order in which they are written."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from est_build.schema.base import (
    IsoDate,
    Line,
    MunicipalityCode,
    PeriodId,
    QuarterId,
    Record,
    Slug,
    Whole,
    Year,
)
from est_build.schema.protection import TableId


def _empty_is_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


OptionalSlug = Annotated[Slug | None, BeforeValidator(_empty_is_none)]
OptionalWhole = Annotated[Whole | None, BeforeValidator(_empty_is_none)]
Level = Annotated[Literal["normalt", "okad", "sarskilda", "ej_bedomt"], BeforeValidator(_empty_is_none)]


class CalendarRow(Record):
    """A fortnight as data: start, end and the quarter and year that it counts in."""

    period: PeriodId
    start: IsoDate
    slut: IsoDate
    kvartal: QuarterId
    ar: Year
    publiceras: IsoDate


class ReportRow(Record):
    """A cell of ``rapporter.csv``: an interval of the ladder, or hidden (both ends empty)."""

    tabell: TableId
    omrade: OptionalSlug
    kategori: OptionalSlug
    miljo: OptionalSlug
    tid: OptionalSlug
    fran: OptionalWhole
    till: OptionalWhole


class ParticipationRow(Record):
    """A row of ``deltagande.csv``: how many were asked, and the interval of those who answered."""

    kommun: MunicipalityCode
    sektor: Slug
    inbjudna: Annotated[int, Field(ge=0)]
    svar_fran: OptionalWhole
    svar_till: OptionalWhole


class AssessmentRow(Record):
    """A row of ``bedomning.csv``: the network's own judgement of one area, in words."""

    omrade: Slug
    niva: Level
    text: Line


class WorldRow(Record):
    """A row of ``verkligheter.csv``: an invented count, in a world that fits everything published.

    Nothing here was reported. ``spann`` is a fortnight with an empty ``miljo`` and ``tid``, or the span
    of a table of environment or time of day.
    """

    verklighet: Annotated[str, StringConstraints(pattern=r"^påhittad-[1-9][0-9]*$")]
    spann: Slug
    omrade: OptionalSlug
    kategori: Slug
    miljo: OptionalSlug
    tid: OptionalSlug
    antal: Whole


class ConfirmedRow(Record):
    """A row of ``bekraftade_rutor.csv``: a box that is not shown but must hold something, and is safe."""

    spann: Slug
    omrade: Slug
    kategori: Slug
    miljo: OptionalSlug
    tid: OptionalSlug


class LedgerRow(Record):
    """A row of ``liggare.csv``: an address that has been published, and what stood there if it is closed."""

    adress: Annotated[str, StringConstraints(pattern=r"^/[a-z0-9./_-]*$", max_length=200)]
    sha256: Annotated[str, StringConstraints(pattern=r"^(?:[0-9a-f]{64})?$")] = ""
    """Of the text that may only change with a correction; empty for a page that lives."""
    rattelser: Whole = 0
    """How many corrections the page had then."""


LEDGER_COLUMNS = tuple(LedgerRow.model_fields)
WORLD_COLUMNS = tuple(WorldRow.model_fields)
CONFIRMED_COLUMNS = tuple(ConfirmedRow.model_fields)
REPORT_COLUMNS = tuple(ReportRow.model_fields)
PARTICIPATION_COLUMNS = tuple(ParticipationRow.model_fields)
CALENDAR_COLUMNS = tuple(CalendarRow.model_fields)
ASSESSMENT_COLUMNS = tuple(AssessmentRow.model_fields)
