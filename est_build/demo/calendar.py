"""The fortnights of the example: 26 a year from Monday 2023-01-02, without a gap."""

from __future__ import annotations

import csv
import datetime as dt
import io
from functools import cache

from est_build.schema.tables import CALENDAR_COLUMNS, CalendarRow

FIRST_DAY = dt.date(2023, 1, 2)
FIRST_YEAR = 2023
LAST_YEAR = 2027
PER_YEAR = 26
QUARTER_SIZES = (6, 7, 6, 7)
"""Whole fortnights in each quarter: a quarter never cuts a fortnight (``disclosure.md`` 3.1)."""

PERIODS_WITH_FIGURES = 101
"""The example ends with 2026-v45-46."""

_BREAK_WEEKS = frozenset({29, 31})
"""First weeks of the fortnights in which nothing is collected: the holidays of July."""


def period_id(start: dt.date) -> str:
    """Id of the fortnight that starts on this Monday: ``2026-v45-46``, ``2026-v53-2027-v01``."""
    first = start.isocalendar()
    second = (start + dt.timedelta(days=7)).isocalendar()
    if first.year == second.year:
        return f"{first.year}-v{first.week:02d}-{second.week:02d}"
    return f"{first.year}-v{first.week:02d}-{second.year}-v{second.week:02d}"


def _quarter(position: int) -> int:
    """Quarter (1-4) of the fortnight at this position (0-25) of its year."""
    passed = 0
    for number, size in enumerate(QUARTER_SIZES, start=1):
        passed += size
        if position < passed:
            return number
    raise ValueError(f"Ett år har {PER_YEAR} perioder.")


@cache
def calendar() -> tuple[CalendarRow, ...]:
    """All fortnights from 2023 through 2027, in order of time."""
    rows = []
    for index in range((LAST_YEAR - FIRST_YEAR + 1) * PER_YEAR):
        start = FIRST_DAY + dt.timedelta(days=14 * index)
        end = start + dt.timedelta(days=13)
        year, position = FIRST_YEAR + index // PER_YEAR, index % PER_YEAR
        rows.append(
            CalendarRow(
                period=period_id(start),
                start=start,
                slut=end,
                kvartal=f"{year}-kv{_quarter(position)}",
                ar=year,
                publiceras=end + dt.timedelta(days=4),
            )
        )
    return tuple(rows)


@cache
def period_index() -> dict[str, int]:
    """Period id -> its number in the series, from 0."""
    return {row.period: index for index, row in enumerate(calendar())}


def index_of(period: str) -> int:
    """Number of a period in the series, from 0; KeyError for an id that the calendar lacks."""
    return period_index()[period]


def is_collected(row: CalendarRow) -> bool:
    """False in the summer break: weeks 29-32 have no survey (2023-2026)."""
    return row.start.isocalendar().week not in _BREAK_WEEKS


def calendar_text() -> str:
    """The whole of ``kalender.csv``."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CALENDAR_COLUMNS)
    for row in calendar():
        writer.writerow([row.period, row.start, row.slut, row.kvartal, row.ar, row.publiceras])
    return out.getvalue()
