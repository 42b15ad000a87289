"""What an attacker can tell: for each box a point that leaves it empty, or the proof that none does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from est_build.protect.audit.lattice import BoxSet, Lattice, box_set
from est_build.protect.audit.nesting import Box, Nesting
from est_build.protect.audit.system import TOLERANCE, Floats, Optimum, Solver
from est_build.protect.audit.universe import Known

ROUNDS = 6
"""Questions that try to empty all boxes at once, before the boxes that are left are asked one by one."""
FEW = 8
"""So many boxes are asked one by one at once: that is cheaper than one more question about all."""


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

    def __init__(self, lattice: Lattice, nest: Nesting) -> None:
        self.lattice = lattice
        self.nest = nest
        self.solver = Solver(lattice.universe.system)
        self._questions: list[tuple[Floats, Any]] = []
        """Costs that empty many boxes at once, each with the basis in which its answer was found."""

    def exposures(
        self, asked: BoxSet, own: Floats | None = None, *, most: int | None = None
    ) -> list[Exposure]:
        """Boxes of ``asked`` that always hold more than ``own``, the attacker's own mass by column.

        A box that lies around an exposed one is not asked about: what is inside it shows already.
        ``most``: stop when so many are found.
        """
        own = np.zeros(self.lattice.universe.columns) if own is None else own
        pending = asked & self.lattice.fillable
        if not self._questions:
            self._learn(pending)
        self.solver.know(own)
        for cost, basis in self._questions:
            if len(pending) > FEW:
                self.solver.restore(basis)
                pending = self._left(pending, self.solver.minimise(cost, dual=True), own)
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

    def _learn(self, pending: BoxSet) -> None:
        """Find good questions: each is weighed by the answer to the last one."""
        self.solver.know(np.zeros(self.lattice.universe.columns))
        guess: Floats | None = None
        for _ in range(ROUNDS):
            cost = self.lattice.crowd(pending, guess)
            optimum = self.solver.minimise(cost, dual=True)
            guess = optimum.columns
            left = pending & self.lattice.filled(guess)
            self._questions.append((cost, self.solver.basis()))
            if len(left) <= FEW or len(pending) - len(left) <= len(pending) // 10:
                break
            pending = left

    def _left(self, pending: BoxSet, optimum: Optimum, own: Floats) -> BoxSet:
        return pending & self.lattice.filled(optimum.columns - own)
