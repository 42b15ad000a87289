"""Our bounds against an independent oracle: the audit of tau-ARGUS, on random linked and nested tables.

Its model, its bounds and its code are its own; the simplex method under it is HiGHS too. That a minimum
is right without any solver is shown by its prices, in ``test_system.py``.
"""

from __future__ import annotations

import functools
import importlib
import math
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from est_build.protect.audit.system import INFINITY, Entries, InfeasibleError, Solver, build_system
from tests.conftest import missing

from .puzzle import Axis, Interval, Puzzle, Sum, axis, by_our_rules, exactly, filled, name, table_sums

CEILING = 1_000_000.0
"""The oracle wants an upper bound for every cell. Far above any count here."""
TOLERANCE = 1e-6
TABLES = 60
SIZES = [0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 8, 11, 17, 40]

Bounds = dict[str, Interval]
Oracle = Callable[["Table"], Bounds]


@dataclass(frozen=True)
class Table:
    """A random table: what is published of it, and what it really holds."""

    puzzle: Puzzle
    counts: Mapping[str, int]

    @property
    def open(self) -> list[str]:
        """Cells that are not told exactly: hidden, or shown as an interval."""
        known = self.puzzle.known
        return [c for c in self.puzzle.cells if c not in known or known[c][0] != known[c][1]]


# ---- random tables --------------------------------------------------------------------------------


def random_axis(rng: random.Random, letter: str, most: int, *, linked: bool) -> Axis:
    """Places in groups in a total; ``linked``: also in groups that cut across the first ones."""
    finest = [f"{letter}{n}" for n in range(rng.randint(2, most))]
    above: dict[str, Sequence[str]] = {f"{letter}*": finest}
    for way in range(1 + linked):
        cut = rng.randint(1, len(finest) - 1)
        mixed = rng.sample(finest, len(finest))
        above |= {f"{letter}<{way}": mixed[:cut], f"{letter}>{way}": mixed[cut:]}
    return axis(finest, **above)


@functools.cache
def random_table(seed: int) -> Table:
    """Every third table is linked. Every second is shown in intervals, the others exactly."""
    rng = random.Random(seed)
    letters = "abc"[: rng.choice([1, 2, 2, 3])]
    most = 3 if len(letters) > 2 else 5
    axes = [random_axis(rng, letter, most, linked=seed % 3 == 0 and letter == "a") for letter in letters]
    sums = tuple(table_sums(*axes))
    parts = {part for total in sums for part in total.parts}
    counts = filled(sums, {part: rng.choice(SIZES) for part in sorted(parts)})
    small = {cell for cell, count in counts.items() if count < 5}
    also = {cell for cell in sorted(counts) if rng.random() < 0.25}
    if rng.random() < 0.7:
        also -= {name(*(f"{letter}*" for letter in letters))}
    shown = by_our_rules(counts) if seed % 2 else exactly(counts, small)
    return Table(Puzzle(sums, {cell: at for cell, at in shown.items() if cell not in also}), counts)


# ---- three ways to the bounds ---------------------------------------------------------------------


def our_bounds(table: Table) -> Bounds:
    """Each cell a column, each sum a row."""
    return {cell: table.puzzle.bounds(cell) for cell in table.open}


@functools.cache
def bounds_of(seed: int) -> Bounds:
    """Our bounds of a random table, worked out once."""
    return our_bounds(random_table(seed))


def our_bounds_by_rows(table: Table) -> Bounds:
    """Each finest cell a column, each published sum a row: as the audit of a release does it."""
    puzzle = table.puzzle
    total_of = dict(puzzle.sums)
    finest = [cell for cell in puzzle.cells if cell not in total_of]
    masks = np.array([[float(f in total_of.get(cell, (cell,))) for f in finest] for cell in puzzle.cells])
    rows = [(n, *puzzle.known[cell]) for n, cell in enumerate(puzzle.cells) if cell in puzzle.known]
    entries = Entries()
    for row, (number, *_) in enumerate(rows):
        inside = np.nonzero(masks[number])[0]
        entries.add(np.full(len(inside), row), inside, 1.0)
    limits = np.array([(low, high) for _, low, high in rows], dtype=float).reshape(-1, 2).T
    columns = np.zeros(len(finest)), np.full(len(finest), INFINITY)
    solver = Solver(build_system(columns, (limits[0].copy(), limits[1].copy()), entries))
    return {cell: _ends(solver, masks[puzzle.cells.index(cell)]) for cell in table.open}


def _ends(solver: Solver, cost: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Interval:
    low = solver.minimise(cost).value
    try:
        return low, -solver.minimise(-cost).value
    except InfeasibleError:
        return low, math.inf


@pytest.fixture(scope="module")
def oracle(tmp_path_factory: pytest.TempPathFactory) -> Oracle:
    """Return the bounds that tau-ARGUS finds, with ``CEILING`` for what is hidden."""
    try:
        audit_jj = importlib.import_module("pytauargus._tauargus").audit_jj
    except ImportError:
        missing("pytauargus saknas: det finns för Linux, macOS på arm64 och Windows på x64 (kör make test)")
        raise
    path = tmp_path_factory.mktemp("jj") / "tabell.jj"

    def audit(table: Table) -> Bounds:
        write_jj(path, table)
        cells = table.puzzle.cells
        return {cells[row["cell"]]: (row["min"], row["max"]) for row in audit_jj(str(path))}

    return audit


def write_jj(path: Path, table: Table) -> None:
    """The table in the oracle's format: all cells, with their bounds, and then all sums."""
    puzzle, number = table.puzzle, {cell: n for n, cell in enumerate(table.puzzle.cells)}
    lines = ["0", str(len(number))]
    for cell in puzzle.cells:
        low, high = puzzle.known.get(cell, (0, CEILING))
        status = "s" if low == high else "u"
        count = table.counts[cell]
        lines.append(f"{number[cell]} {count} 1 {status} {low:.0f} {high:.0f} 0 0 0")
    lines.append(str(len(puzzle.sums)))
    for total, parts in puzzle.sums:
        terms = " ".join(f"{number[part]} (1)" for part in parts)
        lines.append(f"0 {len(parts) + 1} : {number[total]} (-1) {terms}")
    path.write_text("\n".join(lines) + "\n", encoding="ascii")


def disagreements(ours: Bounds, theirs: Bounds) -> list[str]:
    """Cells whose bounds differ by more than the solvers' rounding."""
    assert ours.keys() == theirs.keys()
    return [
        f"{cell}: {ours[cell]} mot {theirs[cell]}"
        for cell in ours
        if not np.allclose(ours[cell], theirs[cell], rtol=0, atol=TOLERANCE)
    ]


# ---- the tests ------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(TABLES))
def test_bounds_are_those_of_the_oracle(seed: int, oracle: Oracle) -> None:
    table = random_table(seed)
    theirs = oracle(table)
    with_ceiling = replace(table, puzzle=replace(table.puzzle, most=CEILING))
    assert not disagreements(our_bounds(with_ceiling), theirs)
    # Without the artificial ceiling: the same wherever anything bounds the cell.
    ours = dict(bounds_of(seed))
    for cell, (low, high) in ours.items():
        if math.isinf(high):
            assert theirs[cell][1] > CEILING / 2
            ours[cell] = (low, theirs[cell][1])
        assert low - TOLERANCE <= table.counts[cell] <= high + TOLERANCE
    assert not disagreements(ours, theirs)


@pytest.mark.parametrize("seed", range(TABLES))
def test_the_model_of_the_audit_gives_the_same_bounds(seed: int) -> None:
    table = random_table(seed)
    assert not disagreements(our_bounds_by_rows(table), bounds_of(seed))


def test_the_tables_are_worth_asking_about() -> None:
    tables = [random_table(seed) for seed in range(TABLES)]
    found = [bounds_of(seed) for seed in range(TABLES)]
    ends = [end for bounds in found for end in bounds.values()]
    assert len(ends) > 2000
    assert sum(math.isinf(high) for _, high in ends) > 5
    assert sum(low > TOLERANCE for low, _ in ends) > 500
    assert sum(high - low < TOLERANCE for low, high in ends) > 200
    assert sum(high - low > 1 for low, high in ends) > 1000
    linked = [table for seed, table in enumerate(tables) if seed % 3 == 0]
    assert any(len({s.total for s in t.puzzle.sums}) > 20 for t in linked)


@pytest.mark.parametrize("seed", range(1, TABLES, 6))
def test_a_narrowed_interval_is_noticed(seed: int, oracle: Oracle) -> None:
    """The comparison can fail: one interval told exactly to our side only moves a bound."""
    table = random_table(seed)
    theirs = oracle(table)
    cell, (low, high) = max(table.puzzle.known.items(), key=lambda item: item[1][1] - item[1][0])
    assert high > low
    count = float(table.counts[cell])
    narrow = replace(table, puzzle=table.puzzle.telling({cell: (count, count)}))
    told = {**our_bounds(replace(narrow, puzzle=replace(narrow.puzzle, most=CEILING))), cell: (count, count)}
    assert disagreements(told, theirs)
    again = oracle(narrow)
    assert not disagreements({open_: told[open_] for open_ in again}, again)


def test_a_missing_sum_is_noticed(oracle: Oracle) -> None:
    sums = (Sum("all", ("a", "b")), Sum("half", ("a", "c")))
    counts = {"all": 7, "half": 6, "a": 5, "b": 2, "c": 1}
    table = Table(Puzzle(sums, exactly(counts, "abc"), most=CEILING), counts)
    theirs = oracle(table)
    assert not disagreements(our_bounds(table), theirs)
    fewer = replace(table.puzzle, sums=(*sums[:1], Sum("half", ("c",))))
    assert disagreements({cell: fewer.bounds(cell) for cell in "abc"}, theirs)
