"""Weighted displacement difference: the change in an area, less that in its comparison area.

Wheeler & Ratcliffe 2018, Crime Science 7:11; weights for unequal lengths of time and unequal areas as in
Wheeler's public examples. ``SE = sqrt(D * (sum of the counts, each divided by its weight squared))``; the
paper's is ``D = 1``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    """Reports before and after in an area; ``area`` is what its counts are divided by."""

    before: float
    after: float
    area: float = 1.0


NOTHING = Pair(0, 0)


@dataclass(frozen=True, slots=True)
class Difference:
    """Reports more (above nought) or fewer than if the area had changed as its comparison areas did."""

    estimate: float
    error: float

    def interval(self, z: float = 1.645) -> tuple[float, float]:
        """The estimate with its uncertainty: 90 % by default."""
        return self.estimate - z * self.error, self.estimate + z * self.error


@dataclass(frozen=True, slots=True)
class Design:
    """The areas of a follow-up and the lengths of time before and after (in any unit)."""

    treated: Pair
    comparison: Pair
    displacement: Pair = NOTHING
    displacement_comparison: Pair = NOTHING
    time_before: float = 1.0
    time_after: float = 1.0


def difference(design: Design, dispersion: float = 1.0) -> Difference:
    """The estimate and its standard error, in reports per unit of time and area."""
    estimate = variance = 0.0
    signs = (
        (design.treated, 1),
        (design.comparison, -1),
        (design.displacement, 1),
        (design.displacement_comparison, -1),
    )
    for pair, sign in signs:
        for count, time, direction in (
            (pair.before, design.time_before, -1),
            (pair.after, design.time_after, 1),
        ):
            weight = time * pair.area
            estimate += sign * direction * count / weight
            variance += count / weight**2
    return Difference(estimate, math.sqrt(max(1.0, dispersion) * variance))
