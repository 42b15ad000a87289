"""The fortnights of the example."""

from __future__ import annotations

import collections
import csv
import datetime as dt
import itertools

from est_build.demo.calendar import (
    PERIODS_WITH_FIGURES,
    calendar,
    calendar_text,
    index_of,
    is_collected,
    period_id,
)
from est_build.schema.tables import CALENDAR_COLUMNS, CalendarRow


def test_unbroken_from_2023_through_2027() -> None:
    rows = calendar()
    assert rows[0].start == dt.date(2023, 1, 2)
    assert rows[-1].slut >= dt.date(2027, 12, 12)
    for before, after in itertools.pairwise(rows):
        assert after.start == before.slut + dt.timedelta(days=1)
    assert all(row.start.weekday() == 0 and row.slut.weekday() == 6 for row in rows)


def test_twenty_six_a_year_in_quarters_of_six_seven_six_seven() -> None:
    years = collections.Counter(row.ar for row in calendar())
    assert set(years.values()) == {26}
    quarters = collections.Counter(row.kvartal for row in calendar())
    for year in years:
        assert [quarters[f"{year}-kv{n}"] for n in (1, 2, 3, 4)] == [6, 7, 6, 7]


def test_years_that_start_before_new_year() -> None:
    first = {row.ar: row for row in reversed(calendar())}
    assert first[2024].start == dt.date(2024, 1, 1)
    assert (first[2025].start, first[2025].period) == (dt.date(2024, 12, 30), "2025-v01-02")
    assert (first[2026].start, first[2026].period) == (dt.date(2025, 12, 29), "2026-v01-02")
    assert first[2027].start == dt.date(2026, 12, 28)
    assert first[2027].period == "2026-v53-2027-v01"


def test_id_across_new_year_and_within_a_year() -> None:
    assert period_id(dt.date(2026, 12, 28)) == "2026-v53-2027-v01"
    assert period_id(dt.date(2026, 11, 2)) == "2026-v45-46"
    assert len({row.period for row in calendar()}) == len(calendar())


def test_the_example_ends_with_2026_v45_46() -> None:
    assert PERIODS_WITH_FIGURES == 101
    assert calendar()[PERIODS_WITH_FIGURES - 1].period == "2026-v45-46"
    assert index_of("2023-v01-02") == 0


def test_published_on_the_thursday_after() -> None:
    assert all((row.publiceras - row.slut).days == 4 for row in calendar())
    assert all(row.publiceras.isoweekday() == 4 for row in calendar())


def test_summer_break_is_weeks_29_to_32() -> None:
    rows = calendar()[:PERIODS_WITH_FIGURES]
    closed = [row.period for row in rows if not is_collected(row)]
    assert closed == [f"{y}-v{w}" for y in (2023, 2024, 2025, 2026) for w in ("29-30", "31-32")]


def test_file_reads_back() -> None:
    rows = list(csv.DictReader(calendar_text().splitlines()))
    assert tuple(rows[0]) == CALENDAR_COLUMNS
    parsed = [CalendarRow.model_validate({**row, "ar": int(row["ar"])}) for row in rows]
    assert tuple(parsed) == calendar()
    assert "\r" not in calendar_text()
