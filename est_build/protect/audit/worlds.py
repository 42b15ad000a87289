"""Worlds: whole answers to "what may have been reported?" that fit everything published.

A world is a count for each finest cell (fortnight x small area x category) and for each cell of the
side tables. It is made from public figures alone: of what was really reported it knows nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from est_build.protect.audit.axes import NOWHERE, Ints, Level
from est_build.protect.audit.lattice import BoxSet, Lattice, Marks
from est_build.protect.audit.nesting import Box
from est_build.protect.audit.universe import Cells, lines

World = Mapping[Box, int]
MOST_MEMBERS = 4096
"""Places that are tried for the mass of a class; evenly spread over its members if there are more."""


class Placer:
    """Spreads the classes of a world over finest cells, so that the boxes asked about stay empty."""

    def __init__(self, lattice: Lattice, cells: Cells) -> None:
        self.lattice = lattice
        universe = lattice.universe
        order = np.argsort(universe.members, kind="stable")
        cuts = np.cumsum(np.bincount(universe.members, minlength=universe.class_count))
        self.members = np.split(order, cuts[:-1])
        bound = {box for side in universe.sides for box in (*(s[0] for s in side.shown), *side.hidden)}
        self.free = {
            key: [box for box, _ in parts] for key, parts in lines(cells).items() if parts[0][0] not in bound
        }
        """Side tables without any shown cell, by their margin: all of it may be in any one of them."""

    def place(self, columns: Ints, pending: BoxSet, turn: int) -> tuple[World, BoxSet]:
        """A world from a whole-number solution, and the boxes that it fills.

        ``pending`` are boxes that no world has yet shown empty: their cells are avoided. ``turn``
        counts the worlds, so that what nothing else decides falls out differently each time.
        """
        asked = {level: np.append(marks, False) for level, marks in pending.marks.items()}
        classes = np.nonzero(columns[: self.lattice.universe.class_count])[0]
        cells = np.array([self._put(self.members[n], asked, turn) for n in classes], dtype=np.int64)
        counts = columns[classes]
        held = {level: self._held(level, cells, counts) for level in self.lattice.finest}
        sides = self._sides(columns, held, pending.sides, turn)
        _, areas, categories = self.lattice.axes.shape
        world: dict[Box, int] = {}
        for cell, count in zip(cells.tolist(), counts.tolist(), strict=True):
            rest, category = divmod(cell, categories)
            period, area = divmod(rest, areas)
            box = self._finest(period, area, category)
            world[box] = world.get(box, 0) + count
        world.update(sides)
        marks = {level: counted > 0 for level, counted in held.items()}
        return world, BoxSet(self.lattice.axes, marks, frozenset(sides))

    def _finest(self, period: int, area: int, category: int) -> Box:
        axes = self.lattice.axes
        return Box("period", axes.periods[period], axes.areas[area], axes.categories[category])

    def _put(self, members: Ints, asked: Mapping[Level, Marks], turn: int) -> int:
        """The member cell that fills fewest of the boxes asked about; they then count as filled."""
        if len(members) > MOST_MEMBERS:
            members = members[np.linspace(0, len(members) - 1, MOST_MEMBERS).astype(np.int64)]
        cell = int(members[0])
        if len(members) > 1:
            cost = np.zeros(len(members), dtype=np.int64)
            for level, keys in self.lattice.finest.items():
                cost += asked[level][keys[members]]
            cheapest = members[cost == cost.min()]
            cell = int(cheapest[(turn * 7919) % len(cheapest)])
        for level, keys in self.lattice.finest.items():
            if keys[cell] != NOWHERE:
                asked[level][keys[cell]] = False
        return cell

    def _held(self, level: Level, cells: Ints, counts: Ints) -> Ints:
        keys = self.lattice.finest[level][cells]
        inside = keys >= 0
        size = self.lattice.axes.count(level)
        found = np.bincount(keys[inside], weights=counts[inside].astype(float), minlength=size)
        return np.rint(found).astype(np.int64)

    def _sides(
        self, columns: Ints, held: Mapping[Level, Ints], asked: frozenset[Box], turn: int
    ) -> dict[Box, int]:
        """Cells of the side tables: each line adds up to its margin."""
        world: dict[Box, int] = {}
        for side in self.lattice.universe.sides:
            for offset, (box, _, _) in enumerate(side.shown):
                world[box] = int(columns[side.start + offset])
            if side.hidden:
                world[_chosen(side.hidden, asked, turn)] = int(columns[side.start + len(side.shown)])
        for (margin, _), boxes in self.free.items():
            found = self.lattice.axes.place(margin)
            if found is not None:
                level, number = found
                world[_chosen(boxes, asked, turn)] = int(held[level][number])
        return {box: count for box, count in world.items() if count}


def _chosen(boxes: Sequence[Box], asked: frozenset[Box], turn: int) -> Box:
    """One of the hidden cells of a line: if possible one that is already known to be possibly empty."""
    best = [box for box in boxes if box not in asked] or list(boxes)
    return best[turn % len(best)]


def necessary(filled: Sequence[BoxSet], asked: BoxSet) -> list[int]:
    """Numbers of the worlds that suffice: every box of ``asked`` is empty in one of them."""
    kept: list[int] = []
    left = asked
    while len(left):
        gains = [len(left) - len(left & boxes) for boxes in filled]
        best = max(range(len(filled)), key=lambda n: (gains[n], -n))
        if not gains[best]:
            break
        kept.append(best)
        left = left & filled[best]
    return sorted(kept)
