"""What an attacker can tell: for each box a point that leaves it empty, or the proof that none does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from est_build.protect.audit.coarse import Coarse
from est_build.protect.audit.lattice import BoxSet, Lattice, box_set, no_boxes
from est_build.protect.audit.nesting import Box, Nesting
from est_build.protect.audit.system import TOLERANCE, Floats, Optimum, Solver
from est_build.protect.audit.universe import Known, category_of

ROUNDS = 6
"""Questions that try to empty all boxes at once, before the boxes that are left are asked one by one."""
FEW = 8
"""So many boxes are asked one by one at once: that is cheaper than one more question about all."""


Others = Callable[[str], int]
"""Category -> reports of others that a cell of it must hold to be safe."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """A box that holds something in every world that fits."""

    box: Box
    proof: Optimum | None
    """Prices of the linear programme; ``None`` if only whole numbers prove it."""


def boxes_to_settle(lattice: Lattice, nest: Nesting, known: Known) -> BoxSet:
    """Every box of the block but those that hold a shown cell or a confirmed box: no secret there."""
    axes = lattice.axes
    marks = {level: np.ones(axes.count(level), dtype=np.bool_) for level in axes.levels}
    sides = frozenset(box for box in known.cells if box != box.margin)
    shown = [box for box, interval in known.cells.items() if interval is not None]
    given = (outer for box in (*shown, *known.confirmed) for outer in nest.outer(box))
    return BoxSet(axes, marks, sides) - box_set(axes, given)


class Attacker:
    """Somebody who has read everything published, and may know some of the reports besides.

    One solver serves any number of attackers, one after the other. What differs between them is only
    the lower bounds: so each is first asked the same few questions as the first one, from where that
    one ended (the dual simplex method), and then about the boxes that are left, one by one (the primal).
    """

    def __init__(self, lattice: Lattice | Coarse, nest: Nesting) -> None:
        self.lattice = lattice
        self.nest = nest
        self.solver = Solver(lattice.universe.system)
        self._questions: list[tuple[Floats, Any]] = []
        """Costs that empty many boxes at once, each with the basis in which its answer was found."""

    def exposures(
        self,
        asked: BoxSet,
        own: Floats | None = None,
        *,
        others: Others | None = None,
        most: int | None = None,
    ) -> list[Exposure]:
        """Boxes of ``asked`` that always hold more than ``own``, the attacker's own mass by column.

        ``others``: what the rules tell the attacker of a shown cell besides: at least so many reports
        in it, by category, are not his own.

        A box that lies around an exposed one is not asked about: what is inside it shows already.
        ``most``: stop when so many are found.
        """
        own = np.zeros(self.lattice.universe.columns) if own is None else own
        pending = self._narrowed(asked & self.lattice.fillable, own, own, others)
        found: list[Exposure] = []
        while len(pending) and (most is None or len(found) < most):
            box = pending.first()
            cost = self.lattice.single(box)
            optimum = self.solver.minimise(cost)
            if optimum.value - float(cost @ own) > TOLERANCE:
                found.append(Exposure(box, optimum))
                pending = pending - box_set(self.lattice.axes, self.nest.outer(box))
            pending = self._left(pending, optimum, own)
        return found

    def unsettled(self, asked: BoxSet, own: Floats, held: Floats, others: Others | None = None) -> BoxSet:
        """Boxes of ``asked`` that this model cannot show to be empty: the whole model must be asked.

        ``held``: mass that must be there, ``own`` and what stands for confirmed parts of categories.
        """
        pending = self._narrowed(asked & self.lattice.fillable, own, held, others)
        left = no_boxes(self.lattice.axes)
        while len(pending):
            box = pending.first()
            cost = self.lattice.single(box)
            pending = pending - box_set(self.lattice.axes, [box])
            if cost.any():
                optimum = self.solver.minimise(cost)
                pending = self._left(pending, optimum, own)
            if not cost.any() or optimum.value - float(cost @ own) > TOLERANCE:
                left = left | box_set(self.lattice.axes, [box])
        return left

    def _narrowed(self, pending: BoxSet, own: Floats, held: Floats, others: Others | None) -> BoxSet:
        """The boxes that are left after the questions about all of them."""
        rows, columns = self._told(own, others)
        self.solver.know(np.maximum(held, columns))
        self.solver.demand(rows)
        if not self._questions:
            return self._learn(pending, own)
        for cost, basis in self._questions:
            if len(pending) > FEW:
                self.solver.restore(basis)
                pending = self._left(pending, self.solver.minimise(cost, dual=True), own)
        return pending

    def _told(self, own: Floats, others: Others | None) -> tuple[Floats, Floats]:
        """Lower bounds of rows and columns: in each cell that is safe there are others' reports too."""
        universe = self.lattice.universe
        rows, columns = np.zeros(len(universe.system.row_low)), np.zeros(len(own))
        if others is None:
            return rows, columns
        mine = self.solver.sums(own)
        for number, row in enumerate(universe.rows):
            if row.low > 0:
                rows[number] = mine[number] + others(row.box.category)
        for number, (boxes, least, _) in enumerate(universe.links, len(universe.rows) + len(universe.sides)):
            if least > 0:
                rows[number] = mine[number] + others(category_of(boxes[0]))
        for side in universe.sides:
            for column, (box, _, _) in enumerate(side.shown, side.start):
                if self.solver.system.low[column] > 0:  # not hidden meanwhile
                    columns[column] = own[column] + others(category_of(box))
        return rows, columns

    def _learn(self, pending: BoxSet, own: Floats) -> BoxSet:
        """Find good questions: each is weighed by the answer to the last one."""
        guess: Floats | None = None
        for _ in range(ROUNDS):
            if len(pending) <= FEW:
                break
            before = len(pending)
            cost = self.lattice.crowd(pending, guess)
            optimum = self.solver.minimise(cost, dual=True)
            guess = optimum.columns
            self._questions.append((cost, self.solver.basis()))
            pending = self._left(pending, optimum, own)
            if before - len(pending) <= before // 10:
                break
        return pending

    def _left(self, pending: BoxSet, optimum: Optimum, own: Floats) -> BoxSet:
        return pending & self.lattice.filled(optimum.columns - own)
