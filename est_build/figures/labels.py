"""Where names go on a map: beside their symbol, never on another name, a symbol or the frame.

Greedy and deterministic: the symbols are taken in the order given, and each takes the first place that is
free. A label that finds none loses its second line, then moves away and gets a leader line, and is left out
as the last resort.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from est_build.figures.measure import text_width

Align = Literal["start", "middle", "end"]
Point = tuple[float, float]
_CELL: Final = 48.0
_SHORTER: Final = 1.6
"""What it costs to leave out the second line."""
_AMBIGUOUS: Final = 5.0
"""From this cost on, a leader line is better than a place beside the symbol."""
_NEAR_ANOTHER: Final = 2.0
"""At the end of a leader line, a name read worse than this may be taken for that of another symbol."""
_LEADER_DISTANCES: Final = (14.0, 24.0, 36.0, 52.0)
_LEADER_DIRECTIONS: Final = tuple(range(0, 360, 30))
LINE_HEIGHT: Final = 1.16


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


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a label."""

    content: str
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol that wants a label. ``lines`` may be empty: then it is only in the way.

    ``weight`` is what its label is worth when not all find a place: a town's is worth several others.
    """

    id: str
    x: float
    y: float
    r: float
    lines: tuple[Line, ...] = ()
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Label:
    """A label that got a place. ``x`` is where its text is anchored; ``leader`` is the end of its line."""

    id: str
    lines: tuple[Line, ...]
    x: float
    align: Align
    box: Box
    leader: tuple[float, float, float, float] | None = None


class _Grid:
    """Boxes, circles and points by the squares that they touch: only near ones are compared.

    A map asks tens of thousands of times, so the comparisons are written out here instead of called.
    """

    def __init__(self, points: Mapping[tuple[int, int], Sequence[Point]]) -> None:
        self._boxes: dict[tuple[int, int], list[tuple[float, float, float, float]]] = {}
        self._circles: dict[tuple[int, int], list[tuple[float, float, float, str]]] = {}
        self._points = points

    def add_box(self, box: Box) -> None:
        for key in _squares(box.x0, box.y0, box.x1, box.y1):
            self._boxes.setdefault(key, []).append((box.x0, box.y0, box.x1, box.y1))

    def add_circle(self, x: float, y: float, r: float, owner: str) -> None:
        for key in _squares(x - r, y - r, x + r, y + r):
            self._circles.setdefault(key, []).append((x, y, r, owner))

    def free(self, box: Box, owner: str = "") -> bool:
        """True when nothing but the owner's own circle is in the way."""
        x0, y0, x1, y1 = box.x0, box.y0, box.x1, box.y1
        for key in _squares(x0, y0, x1, y1):
            for left, top, right, bottom in self._boxes.get(key, ()):
                if x0 < right and left < x1 and y0 < bottom and top < y1:
                    return False
            for x, y, r, name in self._circles.get(key, ()):
                if name != owner:
                    # How far the centre is outside the box, in each direction.
                    dx = x0 - x if x < x0 else x - x1 if x > x1 else 0.0
                    dy = y0 - y if y < y0 else y - y1 if y > y1 else 0.0
                    if dx * dx + dy * dy < r * r:
                        return False
        return True

    def unease(self, box: Box, owner: str, near: float) -> float:
        """How badly a free place is read: symbols that the name could be taken for, and borders."""
        x0, y0, x1, y1 = box.x0, box.y0, box.x1, box.y1
        wide = Box(x0 - near, y0 - near, x1 + near, y1 + near)
        others: dict[tuple[float, float, float], None] = {}
        crossed = 0
        for key in _squares(wide.x0, wide.y0, wide.x1, wide.y1):
            for x, y, r, name in self._circles.get(key, ()):
                if name != owner and wide.meets_circle(x, y, r):
                    others[x, y, r] = None
            for x, y in self._points.get(key, ()):
                if x0 < x < x1 and y0 < y < y1:
                    crossed += 1
        nearness = math.fsum(1 - box.distance(x, y, r) / near for x, y, r in others)
        return 2.2 * nearness + 0.12 * min(crossed, 12)


@lru_cache(maxsize=64)
def _points(points: tuple[Point, ...]) -> Mapping[tuple[int, int], Sequence[Point]]:
    """Points by the square that they stand in. All maps of a ground avoid the same ones."""
    found: dict[tuple[int, int], list[Point]] = {}
    for x, y in points:
        found.setdefault((math.floor(x / _CELL), math.floor(y / _CELL)), []).append((x, y))
    return found


def _squares(x0: float, y0: float, x1: float, y1: float) -> list[tuple[int, int]]:
    left, right = int(x0 // _CELL), int(x1 // _CELL)
    top, bottom = int(y0 // _CELL), int(y1 // _CELL)
    if left == right and top == bottom:
        return [(left, top)]
    return [(column, row) for column in range(left, right + 1) for row in range(top, bottom + 1)]


def label_size(lines: Sequence[Line]) -> tuple[float, float]:
    """Width and height of a label."""
    return (
        max(text_width(line.content, line.size, bold=line.bold) for line in lines),
        sum(line.size * LINE_HEIGHT for line in lines),
    )


@dataclass(frozen=True, slots=True)
class Room:
    """Where labels may stand.

    Args:
        frame: the page; no label sticks out of it.
        obstacles: boxes that must stay free (marks, scale, names of waters).
        avoid: points along lines that a label had better not cover.
        unit: units per pixel on the page: gaps and leader lines grow with it.
        leaders: False leaves out labels that find no place beside their symbol.
        tries: how often to begin anew for labels that found no place.
        reach: the longest leader line, in pixels.
    """

    frame: Box
    obstacles: Sequence[Box] = ()
    avoid: Sequence[tuple[float, float]] = ()
    unit: float = 1.0
    leaders: bool = True
    tries: int = 1
    reach: float = 52.0


def place_labels(symbols: Sequence[Symbol], room: Room) -> dict[str, Label]:
    """Finds a place for the labels of symbols in order of importance.

    All symbols are in the way from the start. The result has the labels that got a place, by the id of
    their symbol; none of them meets another, a symbol, an obstacle or the frame. When some find no place,
    they go first in another try, and the try with the worthiest labels wins.
    """
    order = list(symbols)
    best = _greedy(order, room)
    wanted = sum(bool(symbol.lines) for symbol in symbols)
    weights = {symbol.id: symbol.weight for symbol in symbols}
    for _ in range(room.tries - 1):
        missing = [s for s in order if s.lines and s.id not in best]
        if not missing:
            break
        left_out = {symbol.id for symbol in missing}
        order = [*missing, *(s for s in order if s.id not in left_out)]
        other = _greedy(order, room)
        if _worth(other, weights) > _worth(best, weights):
            best = other
        if len(best) == wanted:
            break
    return best


def _worth(labels: Mapping[str, Label], weights: Mapping[str, int]) -> tuple[int, int]:
    return sum(weights[key] for key in labels), sum(len(label.lines) for label in labels.values())


def _greedy(symbols: Sequence[Symbol], room: Room) -> dict[str, Label]:
    grid = _Grid(_points(tuple(room.avoid)))
    for box in room.obstacles:
        grid.add_box(box)
    for symbol in symbols:
        grid.add_circle(symbol.x, symbol.y, symbol.r + room.unit, symbol.id)
    placed: dict[str, Label] = {}
    for symbol in symbols:
        label = _find(symbol, room, grid) if symbol.lines else None
        if label is not None:
            # Two names on one line need air between them, or they are read as one.
            air, box = 3.5 * room.unit, label.box
            grid.add_box(Box(box.x0 - air, box.y0, box.x1 + air, box.y1))
            placed[symbol.id] = label
    return placed


def _find(symbol: Symbol, room: Room, grid: _Grid) -> Label | None:
    """The place that is read most easily; without its second line, or further away, if need be."""
    short = symbol.lines[:1]
    options = [(0.0, symbol.lines)] + ([(_SHORTER, short)] if len(symbol.lines) > 1 else [])
    best: tuple[float, Label] | None = None
    for extra, lines in options:
        for rank, x, align, box in _near(symbol, lines, room.unit):
            if best is not None and rank + extra >= best[0]:
                continue
            if box.inside(room.frame) and grid.free(box, symbol.id):
                cost = rank + extra + grid.unease(box, symbol.id, 7 * room.unit)
                if best is None or cost < best[0]:
                    best = (cost, Label(symbol.id, lines, x, align, box))
    if best is not None and (best[0] < _AMBIGUOUS or not room.leaders):
        return best[1]
    if room.leaders:
        for lines in dict.fromkeys(option for _, option in options):
            for label in _far(symbol, lines, room):
                if (
                    label.box.inside(room.frame)
                    and grid.free(label.box)
                    and _clear(label, symbol, room, grid)
                ):
                    return label
    return best[1] if best is not None else None


def _near(symbol: Symbol, lines: tuple[Line, ...], unit: float) -> Iterator[tuple[float, float, Align, Box]]:
    """Places beside a symbol with how good they are (0 is best): right, left, below, above, corners."""
    width, height = label_size(lines)
    cx, cy, r, gap = symbol.x, symbol.y, symbol.r, 3.5 * unit
    right, left = cx + r + gap, cx - r - gap
    for more, my in ((0.0, cy), (0.3, cy - height * 0.3), (0.3, cy + height * 0.3)):
        yield more, right, "start", Box(right, my - height / 2, right + width, my + height / 2)
        yield 0.4 + more, left, "end", Box(left - width, my - height / 2, left, my + height / 2)
    below, above = cy + r + gap * 0.5, cy - r - gap * 0.5
    for more, part in ((0.0, 0.0), (0.3, 0.25), (0.3, -0.25), (0.6, 0.4), (0.6, -0.4)):
        shift = part * width
        x0 = cx - width / 2 + shift
        yield 0.6 + more, cx + shift, "middle", Box(x0, below, x0 + width, below + height)
        yield 0.7 + more, cx + shift, "middle", Box(x0, above - height, x0 + width, above)
    corner = r * 0.72 + gap * 0.6
    for y0 in (cy - corner - height, cy + corner):
        yield 1.1, cx + corner, "start", Box(cx + corner, y0, cx + corner + width, y0 + height)
        yield 1.2, cx - corner, "end", Box(cx - corner - width, y0, cx - corner, y0 + height)


def _far(symbol: Symbol, lines: tuple[Line, ...], room: Room) -> Iterator[Label]:
    """Places at the end of a leader line, the nearest first."""
    unit = room.unit
    width, height = label_size(lines)
    for distance in (d for d in _LEADER_DISTANCES if d <= room.reach):
        for degrees in _LEADER_DIRECTIONS:
            dx, dy = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
            x0, y0 = symbol.x + dx * (symbol.r + unit), symbol.y + dy * (symbol.r + unit)
            reach = symbol.r + distance * unit
            x1, y1 = symbol.x + dx * reach, symbol.y + dy * reach
            if abs(dx) > 0.3:
                align: Align = "start" if dx > 0 else "end"
                left = x1 + 2 * unit if dx > 0 else x1 - 2 * unit - width
                box = Box(left, y1 - height / 2, left + width, y1 + height / 2)
                anchor = left if dx > 0 else left + width
            else:
                align, anchor = "middle", x1
                top = y1 + unit if dy > 0 else y1 - unit - height
                box = Box(x1 - width / 2, top, x1 + width / 2, top + height)
            yield Label(symbol.id, lines, anchor, align, box, (x0, y0, x1, y1))


def _clear(label: Label, symbol: Symbol, room: Room, grid: _Grid) -> bool:
    """True when the line keeps off other symbols and labels, and the name stands by no other symbol."""
    if grid.unease(label.box, symbol.id, 5 * room.unit) > _NEAR_ANOTHER:
        return False
    if label.leader is None:
        return True
    x0, y0, x1, y1 = label.leader
    off = room.unit
    steps = max(2, int(math.hypot(x1 - x0, y1 - y0) / 3))
    for step in range(steps + 1):
        x, y = x0 + (x1 - x0) * step / steps, y0 + (y1 - y0) * step / steps
        if not grid.free(Box(x - off, y - off, x + off, y + off), symbol.id):
            return False
    return True
