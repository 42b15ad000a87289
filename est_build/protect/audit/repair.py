"""Repair: which cell to hide when a box shows. The lowest of the current ones that carry the proof."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from est_build.protect.audit.nesting import Box, Nesting
from est_build.protect.audit.settle import Exposure
from est_build.protect.audit.system import TOLERANCE, Solver
from est_build.protect.audit.universe import Universe


def carrier(
    universe: Universe, nest: Nesting, exposure: Exposure, current: Mapping[Box, tuple[int, int]]
) -> Box | None:
    """The cell to hide, among the shown cells of the releases that are still to be published.

    A bound carries the proof if its price (dual value) is not nought. If only whole numbers prove
    the exposure there are no prices: then a cell around the box, inside it or beside it. ``None``
    if nothing of what is to be published has to do with it.
    """
    if exposure.proof is None:
        return _nearest(nest, exposure.box, current)
    prices = np.abs(exposure.proof.prices)
    found = [row.box for n, row in enumerate(universe.rows) if prices[n] > TOLERANCE]
    column_prices = np.abs(exposure.proof.column_prices)
    for side in universe.sides:
        shown = enumerate(side.shown, side.start)
        found += [box for column, (box, _, _) in shown if column_prices[column] > TOLERANCE]
    carried = _lowest((box for box in found if box in current), current)
    # What follows from a confirmed box, or from a cell hidden a moment ago, has no price of its own.
    return carried if carried is not None else _nearest(nest, exposure.box, current)


def _nearest(nest: Nesting, box: Box, current: Mapping[Box, tuple[int, int]]) -> Box | None:
    around = set(nest.outer(box))
    touching = [shown for shown in current if shown in around or box in set(nest.outer(shown))]
    return _lowest(touching or current, current)


def _lowest(boxes: Iterable[Box], current: Mapping[Box, tuple[int, int]]) -> Box | None:
    return min(boxes, key=lambda box: (current[box][0], box), default=None)


def release(universe: Universe, solver: Solver, box: Box) -> None:
    """Take a cell's bounds out of a running solver: from now on it is hidden."""
    for number, row in enumerate(universe.rows):
        if row.box == box:
            solver.release_row(number)
    for side in universe.sides:
        for column, (shown, _, _) in enumerate(side.shown, side.start):
            if shown == box:
                solver.release_column(column)
