"""Sets of boxes as one mark per box and level: what is asked, what is empty, what holds something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from est_build.protect.audit.axes import NOWHERE, Axes, Ints, Level
from est_build.protect.audit.nesting import Box
from est_build.protect.audit.system import TOLERANCE, Floats
from est_build.protect.audit.universe import Universe

Marks = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class BoxSet:
    """Some boxes of a block: a mark per box and level, and cells of side tables by name."""

    axes: Axes
    marks: dict[Level, Marks]
    sides: frozenset[Box] = frozenset()

    def __len__(self) -> int:
        return sum(int(marks.sum()) for marks in self.marks.values()) + len(self.sides)

    def __iter__(self) -> Iterator[Box]:
        for level, marks in self.marks.items():
            for number in np.nonzero(marks)[0]:
                yield self.axes.box(level, int(number))
        yield from sorted(self.sides)

    def __and__(self, other: BoxSet) -> BoxSet:
        marks = {level: mine & other.marks[level] for level, mine in self.marks.items()}
        return BoxSet(self.axes, marks, self.sides & other.sides)

    def __sub__(self, other: BoxSet) -> BoxSet:
        marks = {level: mine & ~other.marks[level] for level, mine in self.marks.items()}
        return BoxSet(self.axes, marks, self.sides - other.sides)

    def __or__(self, other: BoxSet) -> BoxSet:
        marks = {level: mine | other.marks[level] for level, mine in self.marks.items()}
        return BoxSet(self.axes, marks, self.sides | other.sides)

    def first(self) -> Box:
        """The first box in a fixed order. Raises ``StopIteration`` if there is none."""
        return next(iter(self))


def no_boxes(axes: Axes) -> BoxSet:
    """The empty set."""
    return BoxSet(axes, {level: np.zeros(axes.count(level), dtype=np.bool_) for level in axes.levels})


def box_set(axes: Axes, boxes: Iterable[Box]) -> BoxSet:
    """A set of named boxes; those outside the block are left out."""
    found = no_boxes(axes)
    sides = []
    for box in boxes:
        if box != box.margin:
            sides.append(box)
        elif (place := axes.place(box)) is not None:
            level, number = place
            found.marks[level][number] = True
    return BoxSet(axes, found.marks, frozenset(sides))


class Lattice:
    """Which classes of a universe lie wholly inside each box: only their mass cannot be elsewhere."""

    def __init__(self, universe: Universe) -> None:
        self.universe = universe
        self.axes = universe.axes
        self.finest = {level: self.axes.boxes_of_cells(level) for level in self.axes.levels}
        """For each finest cell its box at a level."""
        self.inside = {level: _constant(universe, keys) for level, keys in self.finest.items()}
        """For each class the box at a level that holds all of it, or ``NOWHERE``."""
        self.lone = {
            side.hidden[0]: side.start + side.width - 1 for side in universe.sides if len(side.hidden) == 1
        }
        """A hidden cell of a side table has a column of its own when it is the only hidden one."""
        self.fillable = self.filled(np.ones(universe.columns))
        """Boxes that hold a whole class: the others can be emptied in any world, by spreading it."""

    def mass(self, columns: Floats) -> dict[Level, Floats]:
        """What each box must hold of a world given by class."""
        return {
            level: np.bincount(  # type: ignore[misc]
                keys[keys >= 0],
                weights=columns[: self.universe.class_count][keys >= 0],
                minlength=self.axes.count(level),
            )
            for level, keys in self.inside.items()
        }

    def filled(self, columns: Floats) -> BoxSet:
        """Boxes that hold something in a world given by class, however its classes are spread."""
        marks = {level: mass > TOLERANCE for level, mass in self.mass(columns).items()}
        sides = frozenset(box for box, column in self.lone.items() if columns[column] > TOLERANCE)
        return BoxSet(self.axes, marks, sides)

    def crowd(self, boxes: BoxSet, guess: Floats | None = None) -> Floats:
        """A cost that counts the mass in each of the boxes: least where most of them are empty.

        With a ``guess`` at the world, a box weighs the less the more it holds there: mass gathers in
        boxes that must hold much anyway, and more of the others become empty (reweighted l1).
        """
        cost = np.zeros(self.universe.columns)
        mass = None if guess is None else self.mass(guess)
        for level, keys in self.inside.items():
            weight = boxes.marks[level].astype(float)
            if mass is not None:
                weight /= mass[level] + 0.1
            held = np.nonzero(keys >= 0)[0]
            cost[held] += weight[keys[held]]
        for box in boxes.sides:
            if box in self.lone:
                cost[self.lone[box]] += 1.0
        return cost

    def single(self, box: Box) -> Floats:
        """A cost that counts the mass of one box."""
        return self.crowd(box_set(self.axes, [box]))


def _constant(universe: Universe, keys: Ints) -> Ints:
    """For each class the key that all its members share, else ``NOWHERE``."""
    low = np.full(universe.class_count, np.iinfo(np.int64).max)
    high = np.full(universe.class_count, np.iinfo(np.int64).min)
    np.minimum.at(low, universe.members, keys)
    np.maximum.at(high, universe.members, keys)
    return np.where((low == high) & (low >= 0), low, NOWHERE)
