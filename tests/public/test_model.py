"""The published values: sums of intervals, series with gaps, the calendar, the finest safe level."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import json
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from est_build.analyse.fallback import coarser
from est_build.load.calendar import calendar_problems, period_id
from est_build.load.csv_file import Row
from est_build.load.span import date_range, week_label
from est_build.model.cell import HIDDEN, Cell, Hidden, Shown, Sum, total
from est_build.model.published import Published, load_published, swedish_key
from est_build.model.series import Participation, Point, Series
from est_build.model.span import Span
from est_build.protect.plan import ALL, CellKey
from est_build.schema.tables import CalendarRow
from tests.public.conftest import BuiltSite
from tests.public.instances import load, write

RUNGS = st.integers(1, 60).map(lambda n: Shown(5 * n, 5 * n + 4))
CELLS = st.one_of(RUNGS, st.just(HIDDEN))


# ---- cells and sums ----------------------------------------------------------------------------


def test_sums_of_known_cells() -> None:
    assert total([Shown(5, 9), Shown(10, 14)]) == Sum(15, 23, 0)
    assert total([Shown(5, 9), HIDDEN, Shown(80, 84)]) == Sum(85, None, 2 - 1)
    assert total([HIDDEN, HIDDEN]) == Sum(0, None, 2)
    assert total([]) == Sum(0, 0, 0)


@given(st.lists(CELLS, max_size=8), st.randoms())
def test_a_sum_holds_for_any_true_counts(cells: list[Cell], dice: object) -> None:
    true = [dice.randint(c.low, c.high) if isinstance(c, Shown) else dice.randint(0, 30) for c in cells]  # type: ignore[attr-defined]
    found = total(cells)
    assert found.low <= sum(true)
    assert found.high is None or sum(true) <= found.high
    assert found.hidden_parts == sum(isinstance(c, Hidden) for c in cells)
    assert (found.high is None) == (found.hidden_parts > 0)
    assert total(reversed(cells)) == found


def test_values_are_frozen() -> None:
    for value in (Shown(5, 9), Sum(1, 2, 0)):
        with pytest.raises(dataclasses.FrozenInstanceError):
            value.low = 1  # type: ignore[misc]
    assert not hasattr(HIDDEN, "low")
    assert not hasattr(HIDDEN, "high")


# ---- series ------------------------------------------------------------------------------------


def span(number: int) -> Span:
    start = dt.date(2026, 1, 5) + dt.timedelta(days=14 * number)
    end = start + dt.timedelta(days=13)
    return Span("period", period_id(start, end), start, end, end + dt.timedelta(days=4))


def test_a_series_with_gaps() -> None:
    asked, none = Participation(20, Shown(10, 14)), Participation(0, HIDDEN)
    points = (
        Point(span(0), Shown(5, 9), asked),
        Point(span(1), HIDDEN, asked),
        Point(span(2), None, none),
        Point(span(3), Shown(20, 24), asked),
        Point(span(4), None, None),
    )
    series = Series("x/alla", "X", "alla", points)
    assert [p.collected for p in points] == [True, True, False, True, False]
    assert series.top == 24
    assert series.hidden_count == 1
    assert series.latest is points[3]
    assert Series("x", "X", "alla", ()).latest is None
    assert Series("x", "X", "alla", ()).top == 0


def test_the_summer_is_a_gap_and_not_a_nought(built: BuiltSite) -> None:
    published = built.published
    summer = [p for p in published.periods if p.id.endswith(("v29-30", "v31-32"))]
    assert len(summer) == 8
    for town in published.municipalities:
        series = published.series(town, None, published.periods)
        for point in series.points:
            if point.span in summer:
                assert point.cell is None
                assert not point.collected
            else:
                assert point.cell is not None
    assert all(published.region_total(p) is None for p in summer)
    assert all(published.region_participation(p) is None for p in summer)


def test_series_of_quarters_and_fortnights_have_names_of_their_own(built: BuiltSite) -> None:
    published = built.published
    town = published.municipalities[0]
    keys = {
        published.series(town, None, spans).key
        for spans in (published.periods, published.quarters, published.years)
    }
    assert len(keys) == 3


# ---- totals of the region ----------------------------------------------------------------------


def test_region_totals_are_sums_of_what_is_published(built: BuiltSite) -> None:
    published = built.published
    for span_ in (*published.periods, *published.quarters, *published.years):
        cells = [
            published.figures[span_.id, t.municipality].cells[CellKey("kommun", t.id, ALL)]
            for t in published.municipalities
            if (span_.id, t.municipality) in published.figures and published.collected(span_, t.municipality)
        ]
        found = published.region_total(span_)
        assert found == (total(cells) if cells else None)


def test_a_region_with_hidden_and_missing_parts(data: Path, built: BuiltSite) -> None:
    latest = built.published.periods[-1]
    whole = built.published.region_total(latest)
    assert whole is not None
    assert whole.high is not None
    folder = data / "perioder" / latest.id / "1264"
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    published, problems = load(data)
    assert problems == ()
    assert published is not None
    part = published.region_total(published.periods[-1])
    assert part is not None
    assert part.high is not None
    assert part.low < whole.low
    assert published.participation(latest, "1264") is None
    assert not published.collected(latest, "1264")
    assert published.total_cell(latest, published.area("skurup")) is None


# ---- the data's own date -----------------------------------------------------------------------


def test_the_date_is_the_data_s(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    published, _ = load(data)
    assert published is not None
    assert published.date == dt.date(2026, 11, 19)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    monkeypatch.setattr(time, "time", lambda: 4e9)
    try:
        assert load_published(data).date == published.date
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_clock_is_read_nowhere_in_the_library(repo_root: Path) -> None:
    words = ("datetime.now", "date.today", "utcnow", "time.time(", "time.localtime", "perf_counter")
    for path in (repo_root / "est_build").rglob("*.py"):
        folder = path.relative_to(repo_root / "est_build").parts[0]
        if folder in {"cli", "prepare"}:
            continue
        text = path.read_text(encoding="utf-8")
        assert not any(word in text for word in words), path.name


def test_a_file_s_own_time_means_nothing(data: Path) -> None:
    before, _ = load(data)
    for path in data.rglob("*.yml"):
        content = path.read_bytes()
        write(path, content)
        os.utime(path, (1, 1))
    after, _ = load(data)
    assert before is not None
    assert after is not None
    assert after.date == before.date
    assert list(after.texts.actions) == list(before.texts.actions)


# ---- order -------------------------------------------------------------------------------------


def test_swedish_order() -> None:
    names = [
        "Östra",
        "Ystad",
        "Ängelholm",
        "Åhus",
        "Zinkgruvan",
        "Abbekås",
        "Éslöv",
        "Üb",
        "Simrishamn",
        "ängen",
    ]
    assert sorted(names, key=swedish_key) == [
        "Abbekås", "Éslöv", "Simrishamn", "Üb", "Ystad", "Zinkgruvan", "Åhus", "Ängelholm", "ängen", "Östra",
    ]  # fmt: skip


def test_areas_come_in_alphabetical_order(built: BuiltSite) -> None:
    published = built.published
    assert [a.name for a in published.municipalities] == [
        "Simrishamn",
        "Sjöbo",
        "Skurup",
        "Tomelilla",
        "Ystad",
    ]
    small = [a.name for a in published.small_areas()]
    assert small == sorted(small, key=swedish_key)
    assert "Slimminge" not in small


# ---- the calendar ------------------------------------------------------------------------------


def test_the_calendar_of_the_example_is_unbroken(built: BuiltSite) -> None:
    calendar = built.published.calendar
    assert calendar.periods[0].start == dt.date(2023, 1, 2)
    for before, after in itertools.pairwise(calendar.periods):
        assert after.start - before.end == dt.timedelta(days=1)
    for period in calendar.periods:
        assert period.start.isoweekday() == 1
        assert (period.end - period.start).days == 13
        assert period.publishes == period.end + dt.timedelta(days=4)
        assert period.publishes.isoweekday() == 4


def test_quarters_hold_6_7_6_7_whole_fortnights(built: BuiltSite) -> None:
    calendar = built.published.calendar
    for year in (2023, 2024, 2025, 2026):
        quarters = [q for q in calendar.quarters if q.id.startswith(str(year))]
        assert [len(calendar.periods_in(q)) for q in quarters] == [6, 7, 6, 7]
        whole = next(y for y in calendar.years if y.id == str(year))
        assert len(calendar.periods_in(whole)) == 26
        assert (whole.start, whole.end) == (quarters[0].start, quarters[-1].end)
        for before, after in itertools.pairwise(quarters):
            assert after.start - before.end == dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("start", "name", "label"),
    [
        ("2026-11-02", "2026-v45-46", "vecka 45–46"),
        ("2026-12-14", "2026-v51-52", "vecka 51–52"),
        ("2026-12-28", "2026-v53-2027-v01", "vecka 53–1"),
        ("2027-01-11", "2027-v02-03", "vecka 2–3"),
        ("2025-12-29", "2026-v01-02", "vecka 1–2"),
        ("2024-12-30", "2025-v01-02", "vecka 1–2"),
        ("2020-12-21", "2020-v52-53", "vecka 52–53"),
    ],
)
def test_names_of_periods_over_a_new_year(start: str, name: str, label: str) -> None:
    first = dt.date.fromisoformat(start)
    assert period_id(first, first + dt.timedelta(days=13)) == name
    assert week_label(name) == label


@given(st.integers(0, 2000))
def test_every_fortnight_has_a_name_of_its_own_that_the_schema_knows(number: int) -> None:
    start = dt.date(2023, 1, 2) + dt.timedelta(days=14 * number)
    end = start + dt.timedelta(days=13)
    row = CalendarRow.model_validate(
        {
            "period": period_id(start, end),
            "start": start.isoformat(),
            "slut": end.isoformat(),
            "kvartal": f"{start.year}-kv1",
            "ar": str(start.year),
            "publiceras": (end + dt.timedelta(days=4)).isoformat(),
        }
    )
    assert calendar_problems([Row(2, row)], "kalender.csv") == []
    following = end + dt.timedelta(days=1)
    assert period_id(following, following + dt.timedelta(days=13)) != row.period


def test_the_example_reaches_over_the_new_year_of_53_weeks(built: BuiltSite) -> None:
    found = built.published.calendar.span("2026-v53-2027-v01")
    assert found is not None
    assert (found.start, found.end) == (dt.date(2026, 12, 28), dt.date(2027, 1, 10))
    assert built.published.calendar.year_of[found.id] == 2027


def test_dates_in_words() -> None:
    assert date_range(dt.date(2026, 11, 2), dt.date(2026, 11, 15)) == "2–15 november 2026"
    assert date_range(dt.date(2026, 10, 19), dt.date(2026, 11, 1)) == "19 oktober–1 november 2026"
    assert date_range(dt.date(2026, 12, 28), dt.date(2027, 1, 10)) == "28 december 2026–10 januari 2027"


# ---- the finest safe level (R7) ----------------------------------------------------------------


def test_a_hidden_cell_falls_back_on_the_nearest_that_is_shown(built: BuiltSite) -> None:
    published, latest = built.published, built.published.periods[-1]
    last_quarter = [q for q in published.quarters if q.end <= latest.end][-1]
    seen = set()
    for area in published.small_areas():
        found = coarser(published, area, latest)
        wanted = _by_hand(published, area.id, latest.id, last_quarter.id)
        if wanted is None:
            assert found is None
            continue
        assert found is not None
        assert (found.area.id, found.span.id, found.cell) == wanted
        seen.add((found.area.level, found.span.kind))
    assert len(seen) > 1


def _by_hand(published: Published, area: str, period: str, quarter: str) -> tuple[str, str, Shown] | None:
    code, town = published.area(area).municipality, published.area(area).parent
    for where, when in ((area, quarter), (area, "2025"), (town, period), (town, quarter)):
        table = "kommun" if where == town else "omrade"
        figures = published.figures.get((when, code))
        cell = figures.cells.get(CellKey(table, where, ALL)) if figures else None  # type: ignore[arg-type]
        if isinstance(cell, Shown):
            return where, when, cell
    return None


def test_a_quarter_with_an_evaluation_but_no_figures_is_passed_over(data: Path) -> None:
    published, _ = load(data)
    assert published is not None
    area = next(
        a
        for a in published.small_areas("1286")
        if isinstance(published.total_cell(published.quarters[-1], a), Shown)
    )
    for path in sorted((data / "kvartal/2026-kv3/1286").iterdir()):
        path.unlink()
    (data / "kvartal/2026-kv3/1286").rmdir()
    changed, problems = load(data)
    assert problems == ()
    assert changed is not None
    found = coarser(changed, area, changed.periods[-1])
    assert found is None or found.span.id != "2026-kv3" or found.area.id != area.id


def test_attested_files_are_what_the_model_has(data: Path) -> None:
    published, _ = load(data)
    assert published is not None
    for (span_id, code), figures in published.figures.items():
        folder = next(p for p in data.glob(f"*/{span_id}/{code}"))
        attestation = json.loads((folder / "intyg.json").read_text(encoding="utf-8"))
        assert len(figures.cells) == attestation["rader"]
        assert sum(isinstance(c, Shown) for c in figures.cells.values()) == attestation["visade"]
