"""Published cases of differencing: one release less another, one map less another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from est_build.load.area import Area
from est_build.load.codebook import codebook
from est_build.load.span import SpanKind
from est_build.protect.plan import CellKey, geography, planned_cells

from .puzzle import (
    RULES,
    Interval,
    Puzzle,
    Sum,
    axis,
    by_our_rules,
    exactly,
    filled,
    name,
    near,
    our_interval,
    repaired,
    table_sums,
)

Case = Callable[[str], Any]

# ---- 07: four successive releases -----------------------------------------------------------------

QUARTERS = ["Q1", "Q2", "Q3", "Q4"]
ROLL_UPS = {"quarter_Q1_Q2": QUARTERS[:2], "quarter_Q1_Q3": QUARTERS[:3]}
INCOMES = ["assistance", "other", "pensions", "wages"]
SUMS = tuple(
    table_sums(
        axis(QUARTERS, **ROLL_UPS, Total=QUARTERS),
        axis(INCOMES, Total=INCOMES),
        axis(["BIG", "small"], Total=["BIG", "small"]),
    )
)


def place_of(row: dict[str, Any]) -> str:
    return name(row["quarter"], row["main_income"], row["size"])


def marked(release: list[dict[str, Any]], *marks: str) -> set[str]:
    return {place_of(row) for row in release if any(row.get(mark) for mark in marks)}


def everything(facts: Any) -> dict[str, int]:
    """All counts of the four quarters and their sums, from the single records."""
    finest: dict[str, int] = {}
    for row in facts["data"]:
        finest[place_of(row)] = finest.get(place_of(row), 0) + row["freq"]
    return filled(SUMS, finest)


def releases(facts: Any) -> list[list[dict[str, Any]]]:
    return [facts[f"release{number}"] for number in (1, 2, 3, 4)]


def test_07_releases_that_remember_keep_every_primary_cell(case: Case) -> None:
    facts = case("07")
    counts = everything(facts)
    out: dict[str, Interval] = {}
    for release in releases(facts):
        assert {place_of(row): row["freq"] for row in release}.items() <= counts.items()
        hidden = marked(release, "suppressed")
        # What was once published stays so, and what was once hidden stays hidden.
        assert not hidden & set(out)
        assert marked(release, "forced") == set(out) & {place_of(row) for row in release}
        out |= exactly({place_of(row): row["freq"] for row in release if place_of(row) not in hidden})
        puzzle = Puzzle(SUMS, out)
        for cell in marked(release, "primary"):
            low, high = puzzle.bounds(cell)
            assert low <= counts[cell] <= high
            assert high - low >= 1
        assert not puzzle.exact() & hidden


def test_07_a_threshold_alone_hides_nothing(case: Case) -> None:
    facts = case("07")
    release = releases(facts)[-1]
    small = {place_of(row) for row in release if row["freq"] <= facts["maxN"]}
    puzzle = Puzzle(SUMS, exactly({place_of(row): row["freq"] for row in release}, small))
    assert len(small) == 13
    assert puzzle.exact() == small


def test_07_a_release_that_forgets_is_unsafe(case: Case) -> None:
    """A roll-up of two quarters that is safe with what it sums up, but not with what came before."""
    second = releases(case("07"))[1]
    hidden, primary = marked(second, "suppressed"), marked(second, "primary")
    told = exactly({place_of(row): row["freq"] for row in second}, hidden)
    # The first release hid "other" and "wages". Doing so once more forgets that it told "pensions".
    again = {"quarter_Q1_Q2|wages|BIG", "quarter_Q1_Q2|wages|small"}
    roll_up = {"quarter_Q1_Q2|pensions|BIG": (165.0, 165.0), "quarter_Q1_Q2|pensions|small": (47.0, 47.0)}
    assert set(roll_up) <= hidden
    forgetful = Puzzle(SUMS, {**told, **roll_up}).hiding(*again)
    alone = replace(forgetful, known={c: at for c, at in forgetful.known.items() if not c.startswith("Q1|")})
    assert not alone.exact() & primary
    assert "Q2|pensions|small" in primary
    assert forgetful.bounds("Q2|pensions|small") == near(14, 14)


def test_07_annual_totals_cannot_all_stand(case: Case) -> None:
    facts = case("07")
    assert "with such a method some annual totals must be suppressed" in facts["documented_facts"]
    release = releases(facts)[3]
    puzzle = Puzzle(
        SUMS, exactly({place_of(row): row["freq"] for row in release}, marked(release, "suppressed"))
    )
    annual = {cell for cell in puzzle.hidden if cell.startswith("Total|")}
    assert annual == {f"Total|{income}|{size}" for income in ("other", "wages") for size in ("BIG", "small")}
    # One of the four told, and the other three follow.
    for cell in annual:
        count = next(row["freq"] for row in release if place_of(row) == cell)
        assert annual - {cell} <= puzzle.telling({cell: (count, count)}).exact()


def test_07_our_nested_calendar_needs_no_roll_up_hidden(case: Case) -> None:
    counts = everything(case("07"))
    nested = {cell: count for cell, count in counts.items() if not cell.startswith("quarter_")}
    out: dict[str, Interval] = {}
    for span in (*QUARTERS, "Total"):
        out |= by_our_rules({cell: count for cell, count in nested.items() if cell.startswith(f"{span}|")})
        small = {cell for cell, count in nested.items() if our_interval(count) is None}
        puzzle = Puzzle(SUMS, out)
        assert len(small) == 5
        assert not puzzle.felt() & small
        assert not puzzle.exact() & small


def test_07_rolling_spans_would_need_it_even_with_intervals(case: Case) -> None:
    """Why rule R0 forbids spans that overlap: intervals alone do not bear them."""
    counts = everything(case("07"))
    ours = Puzzle(SUMS, by_our_rules(counts))
    assert ours.felt() == {"Q1|wages|small"}
    out = {cell for cell in ours.known if cell.startswith(("Q1|", "Q2|"))}
    safe = repaired(ours, ours.hidden, frozen=out)
    assert out < set(safe.known) < set(ours.known)
    assert not safe.felt() & set(ours.hidden)


# ---- 09 and 10: differencing of areas -------------------------------------------------------------

SPANS: tuple[SpanKind, ...] = ("period", "kvartal", "ar")


def test_09_new_borders_on_old_figures_show_a_sliver(case: Case) -> None:
    facts = case("09")["geographical"]
    old, new = (
        {
            name(age, sex): count
            for age, pair in facts[area].items()
            for sex, count in zip("mf", pair, strict=True)
        }
        for area in ("area_2001", "area_1991")
    )
    sums = tuple(Sum(f"1991 {cell}", (f"2001 {cell}", f"sliver {cell}")) for cell in old)
    counts = {f"2001 {cell}": count for cell, count in old.items()}
    counts |= {f"1991 {cell}": count for cell, count in new.items()}
    puzzle = Puzzle(sums, exactly(counts))
    expected = {
        f"sliver {name(age, sex)}": count
        for age, pair in facts["difference"].items()
        for sex, count in zip("mf", pair, strict=True)
    }
    assert puzzle.exact() == set(expected)
    assert {cell: puzzle.bounds(cell) for cell in expected} == {c: near(n, n) for c, n in expected.items()}
    # Intervals do not bear two maps of the same figures either: R0 allows one.
    ours = Puzzle(sums, by_our_rules(counts))
    assert ours.felt() == {"sliver >30|f", "sliver 16-30|m"}
    assert ours.bounds("sliver >30|f") == near(1, 9)


def map_of(simple: Any) -> tuple[tuple[Sum, ...], dict[str, int]]:
    """Two municipalities, tiles that lie wholly in one of them, and a tile that both share."""
    sums = [Sum("tile", ("A shared", "B shared"))]
    counts: dict[str, int] = {"tile": simple["shared_tile"], "A": simple["A"], "B": simple["B"]}
    for town in "AB":
        inside = {f"{town}{n}": count for n, count in enumerate(simple[f"tiles_inside_{town}"])}
        counts |= inside
        sums.append(Sum(town, (*inside, f"{town} shared")))
        sums.append(Sum(f"{town} with tile", (*inside, "tile")))
    return tuple(sums), counts


def test_10_tiles_across_a_border_show_three(case: Case) -> None:
    facts = case("10")
    sums, counts = map_of(facts["simple"])
    expected = facts["simple"]["expected"]
    puzzle = Puzzle(sums, exactly(counts))
    for town in "AB":
        part = expected[f"{town}_part_of_shared_tile"]
        assert puzzle.bounds(f"{town} shared") == near(part, part)
        assert puzzle.bounds(f"{town} with tile") == near(
            expected[f"{town}_external"], expected[f"{town}_external"]
        )
    assert expected["A_part_of_shared_tile"] == 3 < facts["threshold"]
    assert our_interval(3) is None


def test_10_six_areas_show_three_from_inside_and_from_outside(case: Case) -> None:
    facts = case("10")["six_areas"]
    tiles = tuple(f"tile {n}" for n in range(len(facts["internal_tiles_ABCD"])))
    sums = (
        Sum("ABCD", ("A", "B", "C", "D")),
        Sum("ABCD", (*tiles, "inside")),
        Sum("F and tiles across", ("F", "outside")),
    )
    counts = dict(zip("ABCD", facts["populations_ABCD"], strict=True))
    counts |= dict(zip(tiles, facts["internal_tiles_ABCD"], strict=True))
    counts |= {"F": facts["F"], "F and tiles across": facts["F_external"]}
    puzzle = Puzzle(sums, exactly(counts))
    assert puzzle.bounds("inside") == near(facts["internal_difference"], 3)
    assert puzzle.bounds("outside") == near(facts["external_difference"], 3)


def test_10_nested_areas_in_intervals_show_nothing(case: Case) -> None:
    sums, counts = map_of(case("10")["simple"])
    counts |= {"A shared": 3, "B shared": 27}
    nested = {cell: at for cell, at in by_our_rules(counts).items() if "tile" not in cell}
    puzzle = Puzzle(sums, nested)
    assert "A shared" in puzzle.hidden
    assert puzzle.bounds("A shared") == near(0, 9)


def area(key: str, town: str) -> Area:
    if key == town:
        return Area(key, key, town, "kommun", "", 1000, (), (13.0, 55.0))
    return Area(key, key, town, "omrade", town, 1000, (), (13.0, 55.0))


MAP = [area(key, key[0]) for key in ("a", "a1", "a2", "a-del", "b", "b1", "b-del")]
MERGED = RULES.model_copy(update={"sammanslagna": {"a-del": "a2"}})


def cells(town: str, kind: SpanKind) -> tuple[CellKey, ...]:
    return planned_cells(kind, 2026, geography(MAP, town, MERGED), codebook(None), MERGED)


@pytest.mark.parametrize("kind", SPANS)
def test_10_the_plan_has_one_map_without_overlaps(kind: SpanKind) -> None:
    """Rule R0: whole municipalities and their own small areas. A tile across a border has no cell."""
    a, b = ({cell.area for cell in cells(town, kind)} for town in "ab")
    assert (a, b) == ({"a", "a1", "a2"}, {"b", "b1", "b-del"})
    assert not a & b
