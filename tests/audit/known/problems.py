"""Random linear systems with a whole-number point that fits, for the property tests."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from hypothesis import strategies as st

from est_build.protect.audit.system import INFINITY, Entries, Floats, Solver, System, build_system
from est_build.protect.ladder import rung

TOLERANCE = 1e-6
Rows = list[dict[int, float]]
"""For each row the value in each of its columns."""
Ends = tuple[list[float], list[float]]
"""Lower ends, upper ends."""


@dataclass(frozen=True)
class Problem:
    """A system, its matrix in full, and a whole-number point that fits: what really was reported."""

    system: System
    matrix: Floats
    truth: Floats

    def fits(self, point: Floats) -> bool:
        """True if a point keeps within every bound."""
        return inside(self.system, self.matrix, point)

    def solver(self) -> Solver:
        """A solver of its own copy: one that is told to release a column changes its system."""
        return Solver(copied(self.system))


def inside(system: System, matrix: Floats, point: Floats) -> bool:
    """True if a point keeps within every bound of a system."""
    sums = matrix @ point
    return bool(
        (point >= system.low - TOLERANCE).all()
        and (point <= system.high + TOLERANCE).all()
        and (sums >= system.row_low - TOLERANCE).all()
        and (sums <= system.row_high + TOLERANCE).all()
    )


def copied(system: System) -> System:
    """The same with bounds of its own."""
    return replace(
        system,
        low=system.low.copy(),
        high=system.high.copy(),
        row_low=system.row_low.copy(),
        row_high=system.row_high.copy(),
    )


def built(
    rows: Rows, columns: tuple[list[float], list[float]], limits: tuple[list[float], list[float]]
) -> System:
    entries = Entries()
    for number, row in enumerate(rows):
        for column, value in row.items():
            entries.add(np.array([number]), np.array([column]), value)
    low, high, row_low, row_high = (np.array(part, dtype=float) for part in (*columns, *limits))
    return build_system((low, high), (row_low, row_high), entries)


def in_full(rows: Rows, count: int) -> Floats:
    """The matrix of a system."""
    matrix = np.zeros((len(rows), count))
    for number, row in enumerate(rows):
        for column, value in row.items():
            matrix[number, column] = value
    return matrix


@st.composite
def intervals(draw: st.DrawFn, count: int, *, loose: bool) -> tuple[float, float]:
    """Something that may be known of a count: nothing, a rung, a bound, or the count itself."""
    ways = ["nothing", "least", "most", "near", *(() if loose else ("exact", "rung", "rung"))]
    way = draw(st.sampled_from(ways))
    slack = draw(st.integers(0, 4))
    if way == "rung":
        return rung(count, 5) if count >= 5 else (0, 4)
    low, high = max(count - slack, 0), count + slack
    pairs = {"nothing": (0, INFINITY), "least": (low, INFINITY), "most": (0, high), "near": (low, high)}
    return pairs.get(way, (count, count))


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Sums over some columns within intervals, as in a release; now and then a link between two parts."""
    count = draw(st.integers(1, 6))
    truth = draw(st.lists(st.integers(0, 12), min_size=count, max_size=count))
    some = st.sets(st.integers(0, count - 1), min_size=1)
    rows: Rows = [dict.fromkeys(draw(some), 1.0) for _ in range(draw(st.integers(0, 6)))]
    limits = [draw(intervals(sum(truth[c] for c in row), loose=False)) for row in rows]
    if draw(st.booleans()):
        left, right = draw(some), draw(some)
        link = {c: 1.0 * (c in left) - 1.0 * (c in right) for c in left ^ right}
        gap = sum(value * truth[c] for c, value in link.items())
        rows.append(link)
        limits.append((gap, gap))
    columns = [draw(intervals(n, loose=draw(st.booleans()))) for n in truth]
    system = built(rows, _pair(columns), _pair(limits))
    return Problem(system, in_full(rows, count), np.array(truth, dtype=float))


def _pair(bounds: list[tuple[float, float]]) -> Ends:
    return [low for low, _ in bounds], [high for _, high in bounds]


def unit(problem: Problem, column: int) -> Floats:
    """The cost that counts one column."""
    cost = np.zeros(len(problem.truth))
    cost[column] = 1.0
    return cost


costs = st.lists(st.integers(-2, 3), min_size=6, max_size=6)


def cost_for(problem: Problem, drawn: list[int]) -> Floats:
    """As much of a drawn cost as the problem has columns."""
    return np.array(drawn[: len(problem.truth)], dtype=float)
