"""From degrees to the page: an equirectangular projection, true to scale at its middle latitude."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

Coordinate = tuple[float, float]
Ring = Sequence[Coordinate]

KM_PER_DEGREE: Final = 111.32
_BAR_KM: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500)


@dataclass(frozen=True, slots=True)
class Window:
    """A rectangle of degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Projection:
    """A window of degrees fitted into a page of ``width`` times ``height`` units."""

    window: Window
    width: float
    height: float
    scale: float
    """Units per degree of latitude."""
    x0: float
    y0: float
    stretch: float
    """Length of a degree of longitude against one of latitude."""

    def point(self, longitude: float, latitude: float) -> Coordinate:
        """Degrees to the page; y grows downwards."""
        return (
            self.x0 + (longitude - self.window.west) * self.stretch * self.scale,
            self.y0 + (self.window.north - latitude) * self.scale,
        )

    @property
    def units_per_km(self) -> float:
        """Length on the page of a kilometre."""
        return self.scale / KM_PER_DEGREE


def bounding_window(rings: Iterable[Ring]) -> Window:
    """The smallest window around all rings.

    Raises:
        ValueError: if there is no point.
    """
    west = south = math.inf
    east = north = -math.inf
    for ring in rings:
        for x, y in ring:
            west, east = min(west, x), max(east, x)
            south, north = min(south, y), max(north, y)
    if west > east:
        raise ValueError("a map needs at least one outline")
    return Window(west, south, east, north)


def fit(window: Window, width: float, *, margin: float = 0.045, tallest: float = 1.5) -> Projection:
    """Fits a window into a page.

    Args:
        window: what must be seen.
        width: width of the page in units.
        margin: air around the window, as a part of its longer side.
        tallest: greatest height as a part of the width; a taller window gets air at its sides.
    """
    stretch = math.cos(math.radians((window.south + window.north) / 2))
    wide = max((window.east - window.west) * stretch, 1e-6)
    high = max(window.north - window.south, 1e-6)
    air = margin * max(wide, high)
    scale = min(width / (wide + 2 * air), tallest * width / (high + 2 * air))
    height = round((high + 2 * air) * scale)
    return Projection(
        window,
        width,
        height,
        scale,
        (width - wide * scale) / 2,
        (height - high * scale) / 2,
        stretch,
    )


def scale_bar(projection: Projection, longest: float) -> tuple[int, float]:
    """Whole kilometres of a scale bar and its length in units, at most ``longest``."""
    best = (_BAR_KM[0], _BAR_KM[0] * projection.units_per_km)
    for km in _BAR_KM:
        length = km * projection.units_per_km
        if length <= longest:
            best = (km, length)
    return best


def path_data(rings: Iterable[Ring], digits: int = 1) -> str:
    """Projected rings as closed path data with relative steps.

    Points are rounded before they are compared, so that two areas that share a border share it on the
    page too; points that fall together are left out.
    """
    return "".join(_steps(ring, digits, close=True) for ring in rings)


def line_data(lines: Iterable[Ring], digits: int = 1) -> str:
    """Projected lines as open path data."""
    return "".join(_steps(line, digits, close=False) for line in lines)


def _steps(points: Ring, digits: int, *, close: bool) -> str:
    factor = 10**digits
    whole = [(round(x * factor), round(y * factor)) for x, y in points]
    if close and len(whole) > 1 and whole[0] == whole[-1]:
        whole.pop()
    kept = [p for i, p in enumerate(whole) if i == 0 or p != whole[i - 1]]
    if len(kept) < (3 if close else 2):
        return ""
    out = [f"M{_short(kept[0][0], factor)} {_short(kept[0][1], factor)}l"]
    x, y = kept[0]
    first = True
    for px, py in kept[1:]:
        dx, dy = _short(px - x, factor), _short(py - y, factor)
        out.append(dx if first or dx.startswith("-") else f" {dx}")
        out.append(dy if dy.startswith("-") else f" {dy}")
        x, y, first = px, py, False
    if close:
        out.append("z")
    return "".join(out)


def _short(value: int, factor: int) -> str:
    """A scaled whole number as the shortest decimal: 5 of 10 is ``.5``."""
    if value % factor == 0:
        return str(value // factor)
    text = f"{value / factor:.{len(str(factor)) - 1}f}"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def clip(ring: Ring, left: float, top: float, right: float, bottom: float) -> list[Coordinate]:
    """The part of a ring inside a box (Sutherland–Hodgman). Empty when nothing is inside."""
    points = list(ring)
    for axis, limit, keep_above in ((0, left, True), (0, right, False), (1, top, True), (1, bottom, False)):
        if not points:
            return []
        points = _clip_side(points, axis, limit, keep_above=keep_above)
    return points


def _clip_side(points: list[Coordinate], axis: int, limit: float, *, keep_above: bool) -> list[Coordinate]:
    out: list[Coordinate] = []
    before = points[-1]
    before_in = (before[axis] >= limit) is keep_above or before[axis] == limit
    for point in points:
        inside = (point[axis] >= limit) is keep_above or point[axis] == limit
        if inside != before_in:
            share = (limit - before[axis]) / (point[axis] - before[axis])
            out.append(
                (
                    before[0] + share * (point[0] - before[0]),
                    before[1] + share * (point[1] - before[1]),
                )
            )
        if inside:
            out.append(point)
        before, before_in = point, inside
    return out
