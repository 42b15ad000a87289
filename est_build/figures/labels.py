"""Where names go on a map: beside their symbol, never on another name, a symbol or the frame.

Greedy and deterministic: the symbols are taken in the order given, and each takes the first place that is
free. A label that finds none loses its second line, then moves away and gets a leader line, and is left out
as the last resort.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, Literal

from est_build.figures.boxes import CELL, Box, Square, squares
from est_build.figures.measure import text_width

Align = Literal["start", "middle", "end"]
Point = tuple[float, float]
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
    """What stands still on a map: obstacles, circles and points, by the squares that they touch.

    A map asks thousands of times, so the comparisons are written out here instead of called.
    """

    def __init__(self, symbols: Sequence[Symbol], room: Room) -> None:
        self._boxes: dict[Square, list[Box]] = {}
        self._circles: dict[Square, list[tuple[float, float, float, str]]] = {}
        self._points = _points(tuple(room.avoid))
        for box in room.obstacles:
            for key in squares(box.x0, box.y0, box.x1, box.y1):
                self._boxes.setdefault(key, []).append(box)
        for symbol in symbols:
            x, y, r = symbol.x, symbol.y, symbol.r + room.unit
            for key in squares(x - r, y - r, x + r, y + r):
                self._circles.setdefault(key, []).append((x, y, r, symbol.id))

    def free(self, box: Box, touched: Sequence[Square], owner: str = "") -> bool:
        """True when nothing but the owner's own circle is in the way."""
        x0, y0, x1, y1 = box.x0, box.y0, box.x1, box.y1
        for key in touched:
            for other in self._boxes.get(key, ()):
                if x0 < other.x1 and other.x0 < x1 and y0 < other.y1 and other.y0 < y1:
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
        for key in squares(wide.x0, wide.y0, wide.x1, wide.y1):
            for x, y, r, name in self._circles.get(key, ()):
                if name != owner and wide.meets_circle(x, y, r):
                    others[x, y, r] = None
            for x, y in self._points.get(key, ()):
                if x0 < x < x1 and y0 < y < y1:
                    crossed += 1
        # In the corners of the wide box a circle may be further away than near.
        nearness = math.fsum(max(0.0, 1 - box.distance(x, y, r) / near) for x, y, r in others)
        return 2.2 * nearness + 0.12 * min(crossed, 12)


class _Taken:
    """The labels that have got a place in one try."""

    def __init__(self) -> None:
        self._boxes: dict[Square, list[Box]] = {}

    def add(self, box: Box) -> None:
        for key in squares(box.x0, box.y0, box.x1, box.y1):
            self._boxes.setdefault(key, []).append(box)

    def free(self, place: _Place) -> bool:
        """True when no label is in the way of the place, nor of its leader line."""
        for box, touched in place.parts:
            for key in touched:
                for other in self._boxes.get(key, ()):
                    if box.x0 < other.x1 and other.x0 < box.x1 and box.y0 < other.y1 and other.y0 < box.y1:
                        return False
        return True


@dataclass(frozen=True, slots=True)
class _Place:
    """A place where a label may stand as far as all that stands still is concerned."""

    cost: float
    label: Label
    parts: tuple[tuple[Box, list[Square]], ...]
    """Its box, and boxes along its leader line, with the squares that they touch."""


class _Places:
    """The places of one symbol's label. They are the same in every try, so each is looked into once."""

    def __init__(self, symbol: Symbol, room: Room, grid: _Grid) -> None:
        self._symbol, self._room, self._grid = symbol, room, grid
        self._looked: dict[int, _Place | None] = {}
        self._away: list[_Place] = []
        self._further = _leading(symbol, room, grid)

    @cached_property
    def _beside(self) -> list[tuple[float, tuple[Line, ...], float, Align, Box]]:
        """Places beside the symbol with the least that they can cost, the best first."""
        every = [
            (rank + extra, lines, x, align, box)
            for extra, lines in _options(self._symbol)
            for rank, x, align, box in _near(self._symbol, lines, self._room.unit)
            if box.inside(self._room.frame)
        ]
        return sorted(every, key=lambda place: place[0])

    @cached_property
    def _open(self) -> list[int]:
        return list(range(len(self._beside)))

    def _place(self, index: int) -> _Place | None:
        """One of them with its whole cost; ``None`` if something that stands still is in the way."""
        if index not in self._looked:
            least, lines, x, align, box = self._beside[index]
            symbol, touched, found = self._symbol, squares(box.x0, box.y0, box.x1, box.y1), None
            if self._grid.free(box, touched, symbol.id):
                cost = least + self._grid.unease(box, symbol.id, 7 * self._room.unit)
                found = _Place(cost, Label(symbol.id, lines, x, align, box), ((box, touched),))
            self._looked[index] = found
        return self._looked[index]

    def _near(self, taken: _Taken) -> _Place | None:
        """The place beside the symbol that is read most easily."""
        best: _Place | None = None
        for index in self._open:
            if best is not None and self._beside[index][0] >= best.cost:
                return best
            place = self._place(index)
            if place is not None and (best is None or place.cost < best.cost) and taken.free(place):
                best = place
        # All have been looked into: those that can never be had are not asked for again.
        self._open = [index for index in self._open if self._looked[index] is not None]
        return best

    def _far(self, taken: _Taken) -> Label | None:
        """The nearest place at the end of a leader line. Looked for only as far as need be."""
        for index in itertools.count():
            while len(self._away) <= index:
                place = next(self._further, None)
                if place is None:
                    return None
                self._away.append(place)
            if taken.free(self._away[index]):
                return self._away[index].label
        return None

    def first(self, taken: _Taken) -> Label | None:
        """The place that is read most easily; without its second line, or further away, if need be."""
        best = self._near(taken)
        if best is not None and (best.cost < _AMBIGUOUS or not self._room.leaders):
            return best.label
        away = self._far(taken) if self._room.leaders else None
        return away or (best.label if best is not None else None)


@lru_cache(maxsize=64)
def _points(points: tuple[Point, ...]) -> Mapping[tuple[int, int], Sequence[Point]]:
    """Points by the square that they stand in. All maps of a ground avoid the same ones."""
    found: dict[tuple[int, int], list[Point]] = {}
    for x, y in points:
        found.setdefault((math.floor(x / CELL), math.floor(y / CELL)), []).append((x, y))
    return found


def _options(symbol: Symbol) -> list[tuple[float, tuple[Line, ...]]]:
    """What may be written beside a symbol, and what it costs to write less."""
    lines = symbol.lines
    return [(0.0, lines)] + ([(_SHORTER, lines[:1])] if len(lines) > 1 else [])


def _leading(symbol: Symbol, room: Room, grid: _Grid) -> Iterator[_Place]:
    """Places at the end of a leader line, the nearest first."""
    for lines in dict.fromkeys(option for _, option in _options(symbol)):
        for label in _far(symbol, lines, room):
            if not label.box.inside(room.frame):
                continue
            own = squares(label.box.x0, label.box.y0, label.box.x1, label.box.y1)
            if not grid.free(label.box, own):
                continue
            if grid.unease(label.box, symbol.id, 5 * room.unit) > _NEAR_ANOTHER:
                continue
            steps = [(box, squares(box.x0, box.y0, box.x1, box.y1)) for box in _along(label, room)]
            if all(grid.free(box, touched, symbol.id) for box, touched in steps):
                yield _Place(0.0, label, ((label.box, own), *steps))


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
    grid = _Grid(symbols, room)
    places = {symbol.id: _Places(symbol, room, grid) for symbol in symbols}
    best = _greedy(order, room, places)
    wanted = sum(bool(symbol.lines) for symbol in symbols)
    weights = {symbol.id: symbol.weight for symbol in symbols}
    for _ in range(room.tries - 1):
        missing = [s for s in order if s.lines and s.id not in best]
        if not missing:
            break
        left_out = {symbol.id for symbol in missing}
        order = [*missing, *(s for s in order if s.id not in left_out)]
        other = _greedy(order, room, places)
        if _worth(other, weights) > _worth(best, weights):
            best = other
        if len(best) == wanted:
            break
    return best


def _worth(labels: Mapping[str, Label], weights: Mapping[str, int]) -> tuple[int, int]:
    return sum(weights[key] for key in labels), sum(len(label.lines) for label in labels.values())


def _greedy(symbols: Sequence[Symbol], room: Room, places: Mapping[str, _Places]) -> dict[str, Label]:
    taken = _Taken()
    placed: dict[str, Label] = {}
    for symbol in symbols:
        label = places[symbol.id].first(taken) if symbol.lines else None
        if label is not None:
            # Two names on one line need air between them, or they are read as one.
            air, box = 3.5 * room.unit, label.box
            taken.add(Box(box.x0 - air, box.y0, box.x1 + air, box.y1))
            placed[symbol.id] = label
    return placed


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


def _along(label: Label, room: Room) -> Iterator[Box]:
    """Small boxes along a leader line: nothing may be in the way of any of them."""
    if label.leader is None:
        return
    x0, y0, x1, y1 = label.leader
    off = room.unit
    steps = max(2, int(math.hypot(x1 - x0, y1 - y0) / 3))
    for step in range(steps + 1):
        x, y = x0 + (x1 - x0) * step / steps, y0 + (y1 - y0) * step / steps
        yield Box(x - off, y - off, x + off, y + off)
