"""The fortnights that the texts are written for, with what a text needs to know of each."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import NamedTuple

from est_build.demo.calendar import (
    PER_YEAR,
    PERIODS_WITH_FIGURES,
    calendar,
    is_collected,
)


class Fortnight(NamedTuple):
    """A fortnight. ``number`` counts from 0 in the whole series, ``place`` from 0 in its year."""

    number: int
    id: str
    start: dt.date
    end: dt.date
    published: dt.date
    year: int
    collected: bool
    """False in the summer break: then there is no picture."""

    @property
    def place(self) -> int:
        """Place in the year, 0 to 25."""
        return self.number % PER_YEAR

    @property
    def weeks(self) -> str:
        """Weeks of an ordinary year at this place: ``01-02`` to ``51-52``."""
        first = 2 * self.place + 1
        return f"{first:02d}-{first + 1:02d}"


@cache
def _whole_calendar() -> tuple[Fortnight, ...]:
    return tuple(
        Fortnight(n, row.period, row.start, row.slut, row.publiceras, row.ar, is_collected(row))
        for n, row in enumerate(calendar())
    )


@cache
def fortnights() -> tuple[Fortnight, ...]:
    """All that have figures, in the order of time, the summer breaks included."""
    return _whole_calendar()[:PERIODS_WITH_FIGURES]


@cache
def collected() -> tuple[Fortnight, ...]:
    """Those that have a picture."""
    return tuple(fortnight for fortnight in fortnights() if fortnight.collected)


@cache
def by_id() -> dict[str, Fortnight]:
    """Fortnights by id."""
    return {fortnight.id: fortnight for fortnight in fortnights()}


def next_picture(fortnight: Fortnight) -> Fortnight:
    """The next fortnight that gets a picture: after a summer break that is not the next one."""
    later = _whole_calendar()[fortnight.number + 1 :]
    return next(candidate for candidate in later if candidate.collected)
