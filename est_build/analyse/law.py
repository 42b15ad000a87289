"""What lag (2023:196) om kommuners ansvar för brottsförebyggande arbete asks for, and how it stands.

The picture (4 §) and the plan (5 §) are to be renewed and followed up at least every second year (6 §):
a clock of 24 months, read on the data's own date.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Literal

from est_build.schema.plan import Agreement, MunicipalPlan

CYCLE = 24
"""Months between two pictures, and between two follow-ups of a plan."""
SOON = 3
"""With fewer whole months than this left, it is time to begin."""
Standing = Literal["finns", "delvis", "saknas", "snart", "forsenad", "frivilligt", "okant"]


@dataclass(frozen=True, slots=True)
class Clock:
    """Two years that began on ``start``."""

    start: dt.date
    due: dt.date
    passed: int
    """Whole months since the start, at most the whole cycle."""
    left: int
    """Whole months left; nought when less than a month is left, or the day has passed."""
    days: int
    """Days left; below nought when the day has passed."""

    @property
    def state(self) -> Standing:
        """``finns`` (time enough), ``snart`` or ``forsenad``."""
        if self.days < 0:
            return "forsenad"
        return "snart" if self.left < SOON else "finns"


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last day if it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def clock(start: dt.date, today: dt.date) -> Clock:
    """The clock that began on ``start``, as it stands ``today``."""
    due = add_months(start, CYCLE)
    passed = max(0, min(CYCLE, _whole_months(start, today)))
    return Clock(start, due, passed, max(0, _whole_months(today, due)), (due - today).days)


def _whole_months(first: dt.date, last: dt.date) -> int:
    months = (last.year - first.year) * 12 + last.month - first.month
    while months > 0 and add_months(first, months) > last:
        months -= 1
    return months


def picture_clock(plan: MunicipalPlan, today: dt.date) -> Clock | None:
    """When the picture must be renewed; ``None`` without a picture."""
    return clock(plan.lagesbild.antagen, today) if plan.lagesbild else None


def plan_clock(plan: MunicipalPlan, today: dt.date) -> Clock | None:
    """When the plan must be followed up: two years from its adoption or the latest follow-up."""
    if plan.atgardsplan is None:
        return None
    done = [d for d in plan.atgardsplan.uppfoljd if d <= today]
    return clock(max([plan.atgardsplan.antagen, *done]), today)


def picture_standing(plan: MunicipalPlan) -> Standing:
    """4 §: are the parts there? The mapping shall tell of consequences too."""
    picture = plan.lagesbild
    if picture is None:
        return "saknas"
    whole = picture.kartlaggning and picture.konsekvenser and picture.annan_information and picture.analys
    return "finns" if whole else "delvis"


def plan_standing(plan: MunicipalPlan, today: dt.date) -> Standing:
    """5 §: a plan that holds today and builds on a picture."""
    own = plan.atgardsplan
    if own is None:
        return "saknas"
    if own.galler_till < today:
        return "forsenad"
    return "finns" if plan.lagesbild and plan.lagesbild.antagen <= own.antagen else "delvis"


def cycle_standing(plan: MunicipalPlan, today: dt.date) -> Standing:
    """6 §: the clock that is nearest to its end."""
    clocks = [c for c in (picture_clock(plan, today), plan_clock(plan, today)) if c is not None]
    return min(clocks, key=lambda c: c.days).state if clocks else "saknas"


def in_force(plan: MunicipalPlan, today: dt.date) -> tuple[Agreement, ...]:
    """Agreements that hold today."""
    return tuple(
        a
        for a in plan.overenskommelser
        if a.undertecknad <= today and (a.galler_till is None or a.galler_till >= today)
    )


def agreements_standing(plan: MunicipalPlan, today: dt.date) -> Standing:
    """8-9 §§: an agreement that holds; one that has run out is told as late."""
    if in_force(plan, today):
        return "finns"
    return "forsenad" if plan.overenskommelser else "saknas"
