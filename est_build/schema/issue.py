"""``fragor/<id>.yml``: an issue that the network follows (``domain.md`` 6.11)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from est_build.schema.base import IsoDate, Line, PeriodId, QuarterId, Record, RunningId, Slug, Text

Weight = Annotated[int, Field(ge=1, le=3)]


class Cause(Record):
    """A likely cause, with the ground for it: an assumption is shown as one."""

    id: Slug
    text: Line
    grund: Slug
    """Code of the list ``grund``: iakttagelse, statistik, dialog, forskning, antagande ..."""


class IssueGoal(Record):
    """What the issue is measured by, and the goal."""

    matt: Line
    utgangslage: Line | None = None
    mal: Line
    senast: QuarterId | None = None


class IssueEvent(Record):
    """A decision or change of status, with its day."""

    datum: IsoDate
    status: Slug
    text: Line


class Issue(Record):
    """A problem in an environment, never a group of people."""

    format: Literal["1"]
    id: RunningId
    titel: Line
    omraden: tuple[Slug, ...]
    kategorier: tuple[Slug, ...]
    miljoer: tuple[Slug, ...] = ()
    forsta_period: PeriodId
    sista_period: PeriodId | None = None
    status: Slug
    behov: Weight
    paverkan: Weight
    """Possibility to influence: need and this give the priority, shown as words."""
    varfor: Text
    konsekvenser: Text | None = None
    orsaker: tuple[Cause, ...] = ()
    kallor: tuple[Line, ...] = ()
    mal: IssueGoal | None = None
    varfor_ingen_atgard: Text | None = None
    stangd_varfor: Text | None = None
    stangd: IsoDate | None = None
    historik: tuple[IssueEvent, ...] = ()
