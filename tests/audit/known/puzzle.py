"""What a reader of some tables knows, as a linear system: cells, sums, and cells that are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import NamedTuple

import numpy as np
import pytest

from est_build.protect.audit.system import INFINITY, Entries, Optimum, Solver, System, build_system
from est_build.protect.rules import Evidence, shown_interval
from est_build.schema.protection import Protection

RULES = Protection(format="1")
"""Our rules with their defaults, the lowest that any network may have."""

Interval = tuple[float, float]
Axis = Mapping[str, Sequence[str]]
"""Names along a dimension, each with the finest names that it is made of."""


class Sum(NamedTuple):
    """A cell that is the sum of others. Everybody knows that it is, whatever it holds."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Puzzle:
    """Sums, and what is published: a cell that is not in ``known`` is hidden."""

    sums: tuple[Sum, ...]
    known: Mapping[str, Interval]
    least: float = 0.0
    """What everybody knows that a hidden cell holds: 1 where zeros are never hidden."""
    most: float = INFINITY

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """Every cell, in a fixed order: the columns of the system."""
        return tuple(dict.fromkeys(cell for total, parts in self.sums for cell in (total, *parts)))

    @property
    def hidden(self) -> list[str]:
        """The cells that are not published."""
        return [cell for cell in self.cells if cell not in self.known]

    def system(self) -> System:
        """One column for each cell; one row for each sum, its total less its parts."""
        number = {cell: n for n, cell in enumerate(self.cells)}
        entries = Entries()
        for row, (total, parts) in enumerate(self.sums):
            entries.add(np.array([row]), np.array([number[total]]), -1.0)
            entries.add(np.full(len(parts), row), np.array([number[part] for part in parts]), 1.0)
        bounds = [self.known.get(cell, (self.least, self.most)) for cell in self.cells]
        low, high = np.array(bounds, dtype=float).T
        nought = np.zeros(len(self.sums))
        return build_system((low.copy(), high.copy()), (nought, nought.copy()), entries)

    @cached_property
    def solver(self) -> Solver:
        """The solver of the system."""
        return Solver(self.system())

    def bounds(self, cell: str) -> Interval:
        """What a reader can tell of a cell."""
        return self.solver.bounds(self.cells.index(cell))

    def exact(self) -> set[str]:
        """Hidden cells that a reader can work out."""
        found = {cell: self.bounds(cell) for cell in self.hidden}
        return {cell for cell, (low, high) in found.items() if high - low < 0.5}

    def felt(self) -> set[str]:
        """Hidden cells that a reader knows to hold something."""
        return {cell for cell in self.hidden if self.least_of(cell).value > 1e-6}

    def least_of(self, cell: str) -> Optimum:
        """The world in which a cell holds least."""
        return self.solver.minimise(np.array([float(cell == other) for other in self.cells]))

    def hiding(self, *cells: str) -> Puzzle:
        """The same with more cells hidden."""
        assert set(cells) <= set(self.known)
        return replace(self, known={c: at for c, at in self.known.items() if c not in cells})

    def telling(self, told: Mapping[str, Interval]) -> Puzzle:
        """The same with more told."""
        return replace(self, known={**self.known, **told})


def exactly(values: Mapping[str, float], hidden: Iterable[str] = ()) -> dict[str, Interval]:
    """The bad publication: exact counts, but for the hidden cells."""
    gone = set(hidden)
    assert gone <= set(values), gone - set(values)
    return {cell: (count, count) for cell, count in values.items() if cell not in gone}


def by_our_rules(values: Mapping[str, int]) -> dict[str, Interval]:
    """What our rules show at the most: as if each report came from an organisation of its own."""
    found = {cell: our_interval(count) for cell, count in values.items()}
    return {cell: interval for cell, interval in found.items() if interval is not None}


def our_interval(count: int) -> tuple[int, int] | None:
    """The interval that a count is shown as when nothing but the count can hide it."""
    evidence = Evidence(reports=count, organisations=count, sectors=count, largest=min(count, 1))
    return shown_interval(evidence, evidence, RULES)


def near(low: float, high: float) -> object:
    """Equal to an interval, but for the rounding of the solver."""
    return pytest.approx((low, high), abs=1e-6)


def name(*parts: str) -> str:
    """The name of a cell: its place along each axis."""
    return "|".join(parts)


def table_sums(*axes: Axis) -> Iterator[Sum]:
    """Every cell of a table that is not a finest one, as the sum of finest ones."""
    for place in product(*(axis.items() for axis in axes)):
        total = name(*(label for label, _ in place))
        parts = tuple(name(*finest) for finest in product(*(inside for _, inside in place)))
        if parts != (total,):
            yield Sum(total, parts)


def axis(finest: Sequence[str], **above: Sequence[str]) -> Axis:
    """An axis with a name for each finest place, and names above them."""
    return {**{label: (label,) for label in finest}, **above}


def filled(sums: Iterable[Sum], finest: Mapping[str, int]) -> dict[str, int]:
    """The counts of all cells, from those of the finest."""
    counts = dict(finest)
    for total, parts in sums:
        counts[total] = sum(counts[part] for part in parts)
    return counts


def repaired(puzzle: Puzzle, protected: Iterable[str], frozen: Iterable[str] = ()) -> Puzzle:
    """Rule R8: hide the lowest cell that carries a bound, until no protected cell is felt.

    ``frozen``: cells of earlier releases, never touched. The prices of the solver say what carries it.
    """
    guarded, kept = sorted(set(protected) - set(puzzle.known)), set(frozen)
    while felt := next((worst for c in guarded if (worst := puzzle.least_of(c)).value > 1e-6), None):
        priced = zip(puzzle.cells, felt.column_prices, strict=True)
        carrying = [cell for cell, price in priced if abs(price) > 1e-6 and cell in puzzle.known]
        _, lowest = min((puzzle.known[cell], cell) for cell in carrying if cell not in kept)
        puzzle = puzzle.hiding(lowest)
    return puzzle
