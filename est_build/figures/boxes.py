"""Rectangles on a page, and the squares that they touch."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

Square = tuple[int, int]
CELL: Final = 48.0
"""Side of a square."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page."""

    x0: float
    y0: float
    x1: float
    y1: float

    def meets(self, other: Box) -> bool:
        """True when the inner parts have a point in common."""
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1

    def inside(self, other: Box) -> bool:
        """True when no part sticks out of ``other``."""
        return self.x0 >= other.x0 and self.x1 <= other.x1 and self.y0 >= other.y0 and self.y1 <= other.y1

    def meets_circle(self, cx: float, cy: float, r: float) -> bool:
        """True when the rectangle comes nearer the centre than ``r``."""
        dx = cx - min(max(cx, self.x0), self.x1)
        dy = cy - min(max(cy, self.y0), self.y1)
        return dx * dx + dy * dy < r * r

    def distance(self, cx: float, cy: float, r: float) -> float:
        """From the edge of a circle; nought when they meet."""
        dx = cx - min(max(cx, self.x0), self.x1)
        dy = cy - min(max(cy, self.y0), self.y1)
        return max(0.0, math.hypot(dx, dy) - r)


def squares(x0: float, y0: float, x1: float, y1: float) -> list[Square]:
    """The squares that a rectangle touches: what shares none with it cannot meet it."""
    left, right = int(x0 // CELL), int(x1 // CELL)
    top, bottom = int(y0 // CELL), int(y1 // CELL)
    if left == right and top == bottom:
        return [(left, top)]
    return [(column, row) for column in range(left, right + 1) for row in range(top, bottom + 1)]
