"""Rings that are sound beyond doubt, told by whole numbers only; the rest are for a geometry library."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

MOST = 80
"""Corners. Each side is held against all others, so a longer ring is quicker with the library."""
Corner = tuple[int, int]


def is_simple(ring: Sequence[Sequence[float]], decimals: int) -> bool:
    """True for a closed ring whose sides meet at its corners only, and whose corners are all different.

    Such a ring is a valid outline. False says nothing: the ring may be sound all the same.
    ``decimals``: the most that a coordinate has, so that whole numbers hold it exactly.
    """
    scale = 10**decimals
    points = [(round(x * scale), round(y * scale)) for x, y, *_ in ring]
    corners = points[:-1]
    if not 3 <= len(corners) <= MOST or points[0] != points[-1] or len(set(corners)) != len(corners):
        return False
    sides = list(pairwise(points))
    last = len(sides) - 1
    for i, (a, b) in enumerate(sides):
        # The next side begins where this ends: it must not lead back over it.
        c = sides[(i + 1) % len(sides)][1]
        if _turn(a, b, c) == 0 and (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) < 0:
            return False
        for j in range(i + 2, last + 1):
            if (i, j) != (0, last) and _touch((a, b), sides[j]):
                return False
    return True


def _touch(first: tuple[Corner, Corner], second: tuple[Corner, Corner]) -> bool:
    """True if two sides have a point in common, or if it is too close to a straight line to say."""
    (a, b), (c, d) = first, second
    if (
        max(a[0], b[0]) < min(c[0], d[0])
        or max(c[0], d[0]) < min(a[0], b[0])
        or max(a[1], b[1]) < min(c[1], d[1])
        or max(c[1], d[1]) < min(a[1], b[1])
    ):
        return False
    one, two = _turn(a, b, c), _turn(a, b, d)
    if (one > 0 and two > 0) or (one < 0 and two < 0):
        return False
    one, two = _turn(c, d, a), _turn(c, d, b)
    return not ((one > 0 and two > 0) or (one < 0 and two < 0))


def _turn(a: Corner, b: Corner, c: Corner) -> int:
    """More than 0: ``c`` lies to the left of the line from ``a`` to ``b``; 0: on it."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
