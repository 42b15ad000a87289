"""The attacker's linear programme: everything published as inequalities, and what must be there then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import highspy
import numpy as np

from tests.attacks.tools import Cell, Published

ENOUGH = 1e-6
Row = tuple[float, float, Sequence[int]]
"""Least and most of the sum of some unknowns."""


class Programme:
    """Unknown counts, and what is known of sums of them."""

    def __init__(self, low: Sequence[float], rows: Iterable[Row], *, whole: bool = False) -> None:
        self._count = len(low)
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]
        self._highs.setOptionValue("output_flag", False)
        self._highs.setOptionValue("threads", 1)
        self._highs.addVars(self._count, np.array(low), np.full(self._count, highspy.kHighsInf))
        for least, most, columns in rows:
            index = np.array(columns, dtype=np.int32)
            self._highs.addRow(least, most, len(index), index, np.ones(len(index)))
        if whole:
            every = np.arange(self._count, dtype=np.int32)
            kinds = np.full(self._count, highspy.HighsVarType.kInteger)
            self._highs.changeColsIntegrality(self._count, every, kinds)

    def equal(self, some: Sequence[int], others: Sequence[int]) -> None:
        """The sum of some unknowns is that of others."""
        index = np.array([*some, *others], dtype=np.int32)
        signs = np.array([1.0] * len(some) + [-1.0] * len(others))
        self._highs.addRow(0.0, 0.0, len(index), index, signs)

    def least(self, columns: Sequence[int]) -> float:
        """The least sum that fits. Raises ``ValueError`` if nothing fits."""
        return self._optimum(columns, 1.0)

    def most(self, columns: Sequence[int]) -> float:
        """The greatest sum that fits; infinite if nothing bounds it."""
        return -self._optimum(columns, -1.0)

    def _optimum(self, columns: Sequence[int], sign: float) -> float:
        cost = np.zeros(self._count)
        cost[list(columns)] = sign
        self._highs.changeColsCost(self._count, np.arange(self._count, dtype=np.int32), cost)
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            return float(self._highs.getObjectiveValue())
        if sign < 0 and "nbounded" in str(status):
            return -float("inf")
        raise ValueError(str(status))


@dataclass
class Knowledge:
    """What an attacker knows besides what is published."""

    own: Counter[Cell] = field(default_factory=Counter)
    """His own reports (finest cells; cells of side tables too)."""
    others: int = 0
    """By the rules at least this many reports of a shown cell are not his: 3, or 5 without the police."""
    floor: int = 0
    """By the rules at least this many reports are in a shown cell, whatever its interval says."""
    area_is_asked: bool = False
    """The form makes everybody name a small area."""
    leaf_is_asked: bool = False
    """The form makes everybody choose a category, not only a group."""


class Reader:
    """Somebody who sets up everything published as inequalities and asks what must be there.

    ``asked``: what he will ask about. Finest cells that lie in the same shown and asked boxes are one
    unknown: nothing could tell them apart.
    """

    def __init__(
        self, seen: Published, asked: Iterable[Cell], knows: Knowledge | None = None, *, whole: bool = False
    ) -> None:
        self.seen = seen
        self.asked = set(asked)
        self.knows = knows or Knowledge()
        self.held = self._held()
        """His own reports in every box."""
        bounds = self._bounds()
        watched = self.asked | set(bounds)
        watched |= {c._replace(environment="", time="") for c in watched}
        self._inside: dict[Cell, list[int]] = {}
        low = self._unknowns({c for c in watched if not (c.environment or c.time)})
        links = self._sides(watched, low)
        rows = [(least, most, self._inside.get(cell, [])) for cell, (least, most) in bounds.items()]
        self.programme = Programme(low, rows, whole=whole)
        for core, parts in links:
            self.programme.equal(core, parts)

    def _held(self) -> Counter[Cell]:
        held: Counter[Cell] = Counter()
        for cell, count in self.knows.own.items():
            for outer in self.seen.around(cell) if not (cell.environment or cell.time) else (cell,):
                held[outer] += count
        return held

    def _bounds(self) -> dict[Cell, tuple[float, float]]:
        bounds: dict[Cell, tuple[float, float]] = {}
        for cell, (low, high) in self.seen.shown.items():
            bounds[cell] = max(low, self.knows.floor, self.held[cell] + self.knows.others), high
        for cell in self.seen.confirmed:
            low = 10 if cell.category in self.seen.tree.sensitive else 5
            bounds.setdefault(cell, (max(low, self.held[cell] + self.knows.others), highspy.kHighsInf))
        return bounds

    def _unknowns(self, core: set[Cell]) -> list[float]:
        """One unknown for all finest cells that lie in the same of the boxes ``core``; the least of each."""
        column: dict[frozenset[Cell], int] = {}
        low: list[float] = []
        for cell in self.seen.finest():
            if self._possible(cell):
                signature = frozenset(c for c in self.seen.around(cell) if c in core)
                number = column.setdefault(signature, len(column))
                low += [0.0] * (len(column) - len(low))
                low[number] += self.knows.own[cell]
        for signature, number in column.items():
            for cell in signature:
                self._inside.setdefault(cell, []).append(number)
        return low

    def _possible(self, cell: Cell) -> bool:
        if self.knows.area_is_asked and not cell.area and self.knows.own[cell] == 0:
            return False
        return not self.knows.leaf_is_asked or self.seen.tree.group_of[cell.category] != cell.category

    def _sides(self, watched: set[Cell], low: list[float]) -> list[tuple[list[int], list[int]]]:
        """Unknowns for the cells of side tables, each line as large as its margin."""
        lines: dict[tuple[Cell, bool], list[Cell]] = {}
        for cell in sorted(self.seen.cells):
            if cell.environment or cell.time:
                margin = cell._replace(environment="", time="")
                lines.setdefault((margin, bool(cell.time)), []).append(cell)
        links = []
        for (margin, _), parts in lines.items():
            if margin in watched:
                columns = list(range(len(low), len(low) + len(parts)))
                self._inside.update({cell: [n] for cell, n in zip(parts, columns, strict=True)})
                low += [float(self.knows.own[cell]) for cell in parts]
                links.append((self._inside.get(margin, []), columns))
        return links

    def least(self, cell: Cell) -> float:
        """The least that can be there. Raises ``ValueError`` if nothing fits."""
        return self.programme.least(self._inside.get(cell, []))

    def most(self, cell: Cell) -> float:
        """The most that can be there; infinite if nothing bounds it."""
        return self.programme.most(self._inside.get(cell, []))

    def exposed(self) -> list[Cell]:
        """What he asked about and now knows to hold something that is not his own."""
        return sorted(c for c in self.asked if self.least(c) > self.held[c] + ENOUGH)


def concluding(seen: Published, asked: set[Cell], knows: Knowledge) -> list[Cell]:
    """What somebody finds of ``asked`` who knows that the audit let it pass.

    A box that to his eyes always holds something of others must then be safe, and so reach its limit:
    that is one inequality more, from which more may follow.
    """
    mind = replace(seen, confirmed=set(seen.confirmed))
    while True:
        known = {outer for cell in (*mind.shown, *mind.confirmed) for outer in mind.around(cell)}
        more = set(Reader(mind, seen.lattice() - known, knows).exposed())
        if not more or more & asked:
            return sorted(more & asked)
        mind.confirmed |= more
