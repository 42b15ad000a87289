"""The certificate: whole-number worlds in which every box that must not show is empty at least once."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from est_build.protect.audit.lattice import BoxSet, Lattice, box_set
from est_build.protect.audit.nesting import Box, Nesting
from est_build.protect.audit.settle import Exposure, boxes_to_settle
from est_build.protect.audit.system import Floats, InfeasibleError, Ints, Solver, whole
from est_build.protect.audit.universe import Known
from est_build.protect.audit.worlds import Placer, World, necessary

REWEIGHTED = 3
"""Times that a world is asked for again, with the weights of the last one."""


@dataclass
class Certificate:
    """Worlds that fit, the number of boxes that they settle, and boxes that only whole numbers expose."""

    boxes: int
    worlds: list[World] = field(default_factory=list)
    exposed: list[Exposure] = field(default_factory=list)


class Imagination:
    """Makes worlds until every box is empty in one of them."""

    def __init__(self, lattice: Lattice, nest: Nesting, known: Known) -> None:
        self.lattice = lattice
        self.nest = nest
        self.asked = boxes_to_settle(lattice, nest, known)
        self.pending = self.asked
        self._placer = Placer(lattice, known.cells)
        self._solver = Solver(lattice.universe.system)
        self._filled: list[BoxSet] = []
        self._solution: Ints | None = None
        self._certificate = Certificate(len(self.asked))

    def certificate(self) -> Certificate:
        """The worlds. Raises :class:`InfeasibleError` if nothing fits what is published."""
        nothing = np.zeros(self.lattice.universe.columns)
        while len(self.pending) or not self._filled:
            before = len(self.pending)
            self._imagine(nothing)
            if before - len(self.pending) <= before // 20:
                break
        while len(self.pending):
            self._ask(self.pending.first())
        result = self._certificate
        kept = necessary(self._filled, self.asked - box_set(self.lattice.axes, self._never_empty()))
        result.worlds = [result.worlds[n] for n in kept or (0,)]
        return result

    def _ask(self, box: Box) -> None:
        """Settle one box that every world so far fills."""
        alone = self.lattice.single(box)
        if not alone.any() and self._solution is not None:
            # Nothing lies there for certain: the same masses can be spread otherwise.
            self._place(self._solution)
            return
        try:
            self._imagine(alone)
        except InfeasibleError:
            self._certificate.exposed.append(Exposure(box, None))
            self.pending = self.pending - box_set(self.lattice.axes, self.nest.outer(box))

    def _imagine(self, empty: Floats) -> None:
        """One more world: the columns marked in ``empty`` hold nothing, and as few boxes as can be."""
        cost = self.lattice.crowd(self.pending)
        guess = self._solver.minimise(cost, empty=empty).columns
        for _ in range(REWEIGHTED):
            cost = self.lattice.crowd(self.pending, guess)
            guess = self._solver.minimise(cost, empty=empty).columns
        self._place(whole(self.lattice.universe.system, cost, guess, empty))

    def _place(self, solution: Ints) -> None:
        self._solution = solution
        world, filled = self._placer.place(solution, self.pending, len(self._filled))
        self._certificate.worlds.append(world)
        self._filled.append(filled)
        self.pending = self.pending & filled

    def _never_empty(self) -> list[Box]:
        exposed = self._certificate.exposed
        return [outer for exposure in exposed for outer in self.nest.outer(exposure.box)]
