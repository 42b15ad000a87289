"""The measuring of honesty itself: a small run holds the budget, and what others do breaks it by far."""

from __future__ import annotations

import csv
import dataclasses
import importlib
import statistics
from pathlib import Path
from typing import Any

import pytest

from est_build.analyse.rule import PUBLIC
from est_build.model.cell import Shown

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def bench() -> Any:
    """Return the script, with the one that it imports beside it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "scripts"))
        return importlib.import_module("bench_signals")


@pytest.fixture(scope="module")
def found(bench: Any) -> Any:
    """Return what one realistic network gives in six fortnights."""
    result = bench.Found()
    case = next(c for c in bench.CASES if c.id == "B")
    small = dataclasses.replace(case, windows=((case.windows[0][0], 13, 19),), power=False)
    bench.run_network(small, 5, result)
    return result


def false(found: Any, method: str) -> dict[str, float]:
    """Level -> false signals per fortnight."""
    return {
        level: statistics.fmean(sum(pair) for pair in pairs)
        for (_, level, name), pairs in found.false.items()
        if name == method
    }


def test_the_budget_holds_through_the_real_protection(found: Any) -> None:
    seen = false(found, "publicerat")
    assert set(seen) == {"kommun", "omrade", "kommun_grupp", "region", "region_grupp"}
    assert max(seen.values()) <= 1
    judged = {level: shares[0] for (_, level, name), shares in found.judged.items() if name == "publicerat"}
    assert judged["kommun"] == 1  # not by refusing to judge
    assert 0.1 < judged["omrade"] < 0.9


def test_a_quarter_more_than_last_time_breaks_it_by_far(found: Any) -> None:
    assert false(found, "plus25")["omrade"] > 20
    assert false(found, "plus25")["kommun_grupp"] > 20
    assert false(found, "ears_c2")["omrade"] > 2 * max(1, false(found, "publicerat")["omrade"])


def test_a_loose_rule_is_caught(bench: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The measure can fail: with alpha at one in ten the budget breaks."""
    loose = dataclasses.replace(PUBLIC, budget=1e9, cap=0.1)
    monkeypatch.setattr("est_build.analyse.verdicts.PUBLIC", loose)
    result = bench.Found()
    case = next(c for c in bench.CASES if c.id == "B6")
    bench.run_network(case, 5, result)
    assert false(result, "publicerat")["omrade"] > 1


def test_hidden_cells_reach_the_analysis_as_hidden(bench: Any, tmp_path: Path) -> None:
    case = next(c for c in bench.CASES if c.id == "F")
    world = bench.World(case, bench.frame_of(25), 1)
    store = bench.Store(tmp_path)
    drafts = world.answer(store, 0)
    store.close()
    public = [c for d in drafts for c in bench.public_figures(d).cells.values()]
    exact = [c for d in drafts for c in bench.exact_figures(d).cells.values()]
    assert 0 < sum(isinstance(c, Shown) for c in public) < len(public) / 2
    assert all(isinstance(c, Shown) and c.low == c.high for c in exact)
    assert sum(c.low for c in exact) > 0


def test_the_same_seed_gives_the_same(bench: Any, tmp_path: Path) -> None:
    case = next(c for c in bench.CASES if c.id == "B")
    made = []
    for name in ("a", "b"):
        store = bench.Store(tmp_path / name)
        made.append(bench.World(case, bench.frame_of(25), 7).answer(store, 3))
        store.close()
    assert made[0] == made[1]


def test_the_other_methods(bench: Any) -> None:
    assert bench.rises_25(6, [9, 4])
    assert not bench.rises_25(5, [9, 4])
    # Mean 5, moving ranges 2 2 2 2 2: the limit is 10.32.
    assert bench.xmr(11, [4, 6, 4, 6, 4, 6])
    assert not bench.xmr(10, [4, 6, 4, 6, 4, 6])
    # Seven counts with mean 4 and standard deviation 2.16; the last two are left out. The limit is 10.68.
    assert bench.ears_c2(11, [90, 1, 2, 3, 4, 5, 6, 7, 50, 60])
    assert not bench.ears_c2(10, [90, 1, 2, 3, 4, 5, 6, 7, 50, 60])


def test_the_kept_figures_hold_the_budget(bench: Any) -> None:
    """What the method page shows: every case and level within one false signal per fortnight."""
    with (bench.FOLDER / "simulated.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == bench.FALSE_COLUMNS
    names = {name for case in bench.CASES for name, _, _ in case.windows}
    assert {r["fall"] for r in rows} == names
    assert {r["metod"] for r in rows} == set(bench.METHODS)
    assert [r for r in rows if r["metod"] == "publicerat" and float(r["falska"]) > 1] == []
    with (bench.FOLDER / "simulated_power.csv").open(encoding="utf-8", newline="") as file:
        power = list(csv.DictReader(file))
    assert tuple(power[0]) == bench.POWER_COLUMNS
    assert all(None not in (*r, *r.values()) for r in (*rows, *power))
    assert {r["faktor"] for r in power} == {"2", "3"}
