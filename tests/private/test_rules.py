"""Rules R2-R5: known values, and what must hold for all values."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from est_build.protect.ladder import on_ladder, rung
from est_build.protect.rules import NOTHING, Evidence, enough, shown_interval
from est_build.protect.sectors import OTHER, merged_sectors
from est_build.schema.protection import Protection, Thresholds

RULES = Protection(format="1")
LIMITS = RULES.granser
JUST = Evidence(reports=5, organisations=3, sectors=2, largest=2)

numbers = st.integers(0, 60)
evidences = st.builds(Evidence, numbers, numbers, numbers, numbers)


# ---- the ladder ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "step", "expected"),
    [(5, 5, (5, 9)), (7, 5, (5, 9)), (9, 5, (5, 9)), (10, 5, (10, 14)), (1187, 5, (1185, 1189)),
     (10, 10, (10, 19)), (19, 10, (10, 19)), (20, 10, (20, 29))],
)  # fmt: skip
def test_rung_known(count: int, step: int, expected: tuple[int, int]) -> None:
    assert rung(count, step) == expected


@pytest.mark.parametrize("count", [-1, 0, 1, 4])
def test_no_rung_below_the_first(count: int) -> None:
    with pytest.raises(ValueError, match="below the first rung"):
        rung(count, 5)


@given(st.integers(0, 5000), st.integers(5, 40))
def test_rung_holds_its_count_and_nothing_tells_more(count: int, step: int) -> None:
    assume(count >= step)
    low, high = rung(count, step)
    assert low <= count <= high
    assert high - low == step - 1
    # All counts of a rung look the same.
    assert {rung(n, step) for n in range(low, high + 1)} == {(low, high)}
    assert on_ladder(low, high, step)


@given(st.integers(-5, 200), st.integers(-5, 200), st.integers(5, 20))
def test_on_ladder_takes_rungs_only(low: int, high: int, step: int) -> None:
    assert on_ladder(low, high, step) == (low >= step and rung(low, step) == (low, high))


@pytest.mark.parametrize(
    ("low", "high"), [(0, 4), (1, 4), (5, 5), (6, 10), (5, 10), (5, 14), (9, 5), (5, None), (None, 9)]
)
def test_off_the_ladder(low: int | None, high: int | None) -> None:
    assert not on_ladder(low, high, 5)


def test_ladder_of_a_sensitive_cell_begins_higher() -> None:
    assert on_ladder(None, None, 5, 10)
    assert not on_ladder(5, 9, 5, 10)
    assert on_ladder(10, 14, 5, 10)


# ---- R2 -----------------------------------------------------------------------------------------


def test_just_enough() -> None:
    assert enough(JUST, LIMITS)
    assert shown_interval(JUST, JUST, RULES) == (5, 9)


@pytest.mark.parametrize("change", [{"reports": 4}, {"organisations": 2}, {"sectors": 1}, {"largest": 3}])
@pytest.mark.parametrize("without_known", [False, True])
def test_each_threshold_alone_hides(change: dict[str, int], without_known: bool) -> None:
    thin = dataclasses.replace(JUST, **change)
    every, without = (JUST, thin) if without_known else (thin, thin)
    assert not enough(thin, LIMITS)
    assert shown_interval(every, without, RULES) is None


def test_five_by_the_police_and_one_more_is_hidden() -> None:
    every = Evidence(reports=5, organisations=3, sectors=3, largest=2)
    assert shown_interval(every, Evidence(3, 2, 2, 2), RULES) is None
    four_and_one = Evidence(reports=5, organisations=2, sectors=2, largest=4)
    assert shown_interval(four_and_one, Evidence(1, 1, 1, 1), RULES) is None


def test_known_sources_count_when_the_rest_is_safe_by_itself() -> None:
    assert shown_interval(Evidence(14, 4, 3, 9), JUST, RULES) == (10, 14)


@pytest.mark.parametrize(("reports", "expected"), [(9, None), (10, (10, 14)), (15, (15, 19))])
def test_sensitive_needs_ten(reports: int, expected: tuple[int, int] | None) -> None:
    cell = Evidence(reports, 4, 3, 3)
    assert shown_interval(cell, cell, RULES, sensitive=True) == expected
    assert shown_interval(cell, cell, RULES) is not None


def test_sensitive_needs_ten_without_the_police_too() -> None:
    cell = Evidence(12, 4, 3, 3)
    assert shown_interval(cell, Evidence(9, 3, 2, 3), RULES, sensitive=True) is None


def test_nothing_is_never_shown() -> None:
    assert shown_interval(NOTHING, NOTHING, RULES) is None


@given(evidences, evidences, st.booleans())
def test_shown_means_every_threshold_is_met(every: Evidence, without: Evidence, sensitive: bool) -> None:
    found = shown_interval(every, without, RULES, sensitive=sensitive)
    if found is None:
        return
    least = 10 if sensitive else 5
    for cell in (every, without):
        assert cell.reports >= least
        assert cell.organisations >= 3
        assert cell.sectors >= 2
        assert cell.reports - cell.largest >= 3
    assert found[0] >= least
    assert found[0] <= every.reports <= found[1]


@given(evidences, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_more_of_everything_never_hides(cell: Evidence, n: int, organisations: int, sectors: int) -> None:
    """A report more from another organisation than the largest, a further organisation or sector."""
    assume(enough(cell, LIMITS))
    more = Evidence(
        cell.reports + n, cell.organisations + organisations, cell.sectors + sectors, cell.largest
    )
    assert enough(more, LIMITS)
    low, _ = shown_interval(cell, cell, RULES) or (0, 0)
    higher, _ = shown_interval(more, more, RULES) or (0, 0)
    assert higher >= low


@given(evidences, st.integers(5, 12), st.integers(3, 6), st.integers(2, 4), st.integers(3, 6))
def test_higher_thresholds_show_nothing_new(
    cell: Evidence, reports: int, organisations: int, sectors: int, rest: int
) -> None:
    raised = Thresholds(rapporter=reports, organisationer=organisations, sektorer=sectors, utan_storsta=rest)
    assert enough(cell, LIMITS) or not enough(cell, raised)


@given(st.integers(0, 60), st.lists(st.integers(1, 9), max_size=4))
def test_one_organisation_cannot_lift_a_cell(own: int, others: list[int]) -> None:
    """Flooding: whatever one organisation sends, a cell shows only by what others gave."""
    given_ = [n for n in (own, *others) if n]
    cell = Evidence(sum(given_), len(given_), len(given_), max(given_, default=0))
    if shown_interval(cell, cell, RULES) is not None:
        assert sum(others) >= 3
        assert len(others) >= 2


# ---- R5: sectors --------------------------------------------------------------------------------

SECTORS = ["a", "b", "c", "d", "e", OTHER]
members = st.dictionaries(st.sampled_from(SECTORS), st.integers(0, 9))


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ({"a": 3, "b": 4}, {"a": "a", "b": "b"}),
        ({"a": 3, "b": 2, "c": 1}, {"a": "a", "b": OTHER, "c": OTHER}),
        # Two in the rest are too few: the smallest of the others joins, the first of equals.
        ({"a": 3, "b": 3, "c": 2}, {"a": OTHER, "b": "b", "c": OTHER}),
        ({"a": 5, "b": 3, "c": 2}, {"a": "a", "b": OTHER, "c": OTHER}),
        ({"a": 1, "b": 1}, {"a": OTHER, "b": OTHER}),
        ({OTHER: 7, "a": 3}, {"a": "a", OTHER: OTHER}),
        ({OTHER: 1, "a": 3, "b": 4}, {"a": OTHER, "b": "b", OTHER: OTHER}),
        ({}, {}),
    ],
)
def test_merged_sectors_known(given_: dict[str, int], expected: dict[str, str]) -> None:
    assert merged_sectors(given_, SECTORS, 3) == expected


@given(members, st.integers(3, 6))
def test_no_group_of_sectors_is_small(counts: dict[str, int], least: int) -> None:
    target = merged_sectors(counts, SECTORS, least)
    present = {s for s in SECTORS if counts.get(s, 0) > 0}
    assert set(target) == present
    sizes: dict[str, int] = {}
    for sector, shown_in in target.items():
        assert shown_in in (sector, OTHER)
        sizes[shown_in] = sizes.get(shown_in, 0) + counts[sector]
    if sum(sizes.values()) >= least:
        assert all(size >= least for size in sizes.values())
    else:
        assert set(sizes) <= {OTHER}


@given(members, st.randoms(use_true_random=False))
def test_merging_does_not_depend_on_the_order_of_members(counts: dict[str, int], chance: object) -> None:
    shuffled = list(counts.items())
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merged_sectors(dict(shuffled), SECTORS, 3) == merged_sectors(counts, SECTORS, 3)


# ---- the floors ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "floor"),
    [("rapporter", 5), ("organisationer", 3), ("sektorer", 2), ("utan_storsta", 3),
     ("rapporter_kanslig", 10), ("omrade_invanare", 200), ("omrade_organisationer", 6),
     ("omrade_sektorer", 3), ("sektor_inbjudna", 3)],
)  # fmt: skip
def test_thresholds_may_only_be_raised(name: str, floor: int) -> None:
    assert getattr(Thresholds(), name) == floor
    assert getattr(Thresholds(**{name: floor + 5}), name) == floor + 5
    with pytest.raises(ValueError, match="greater than or equal"):
        Thresholds(**{name: floor - 1})


@pytest.mark.parametrize("values", [{"steg": 4}, {"steg": 10}, {"steg": 6}, {"granser": {"rapporter": 7}}])
def test_thresholds_stand_on_the_ladder(values: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Protection.model_validate({"format": "1", **values})
