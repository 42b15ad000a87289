"""What an attacker can tell apart: finest cells merged when they lie in exactly the same known boxes.

The core axes are period x small area x category; the quarter's tables of environment and of time of
day hang on it by their margins, which is exact because the plan is decomposable (``structure``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from est_build.protect.audit.axes import Axes, Ints, Level
from est_build.protect.audit.nesting import Box
from est_build.protect.audit.system import INFINITY, Entries, System, build_system
from est_build.protect.ladder import Interval

Cells = Mapping[Box, Interval]


@dataclass(frozen=True, slots=True)
class Known:
    """All that everybody knows of a block."""

    cells: Cells
    """Every planned cell of every release of the block: its interval, or ``None`` if it is hidden."""
    confirmed: Mapping[Box, int]
    """Boxes that hold something in every world that fits. By the rules they are safe, or the release
    would not exist: so each is known to hold at least its threshold, and is a bound like any other."""


@dataclass(frozen=True, slots=True)
class Row:
    """A bound on a core box: of a published cell, a confirmed box, or the margin of a side table."""

    box: Box
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Side:
    """The cells of a side table that add up to one core box."""

    row: int
    """Number of the row of that box."""
    shown: tuple[tuple[Box, int, int], ...]
    hidden: tuple[Box, ...]
    """Cells that nobody can tell apart: one column for all of them."""
    least_hidden: int = 0
    start: int = 0
    """Number of the first of its columns: the shown cells, then one for those that are hidden."""

    @property
    def width(self) -> int:
        """Number of its columns."""
        return len(self.shown) + bool(self.hidden)


Link = tuple[tuple[Box, ...], int, int | None]
"""Side cells whose sum is bound, and its bounds: a longer span's table beside that of its parts."""
MARK = "§"
"""Stands where a side table has an environment: a category, seen as one more table of its group."""


def category_of(box: Box) -> str:
    """The category of a cell, also of one that is seen as a cell of a side table."""
    return box.environment.removeprefix(MARK) if box.environment.startswith(MARK) else box.category


@dataclass(frozen=True, slots=True)
class Universe:
    """Classes of finest cells, the rows that bind them, and the side tables' columns after them."""

    axes: Axes
    rows: tuple[Row, ...]
    sides: tuple[Side, ...]
    members: Ints
    """Class of each finest cell (flattened periods x areas x categories)."""
    class_count: int
    system: System
    links: tuple[Link, ...] = ()

    @property
    def columns(self) -> int:
        """Number of columns of the model."""
        return self.class_count + sum(side.width for side in self.sides)


def build_universe(axes: Axes, known: Known, links: Sequence[Link] = ()) -> Universe:
    """Merge finest cells by the set of rows they lie in, and write down the bounds."""
    rows, sides = _rows(axes, known)
    grids: dict[Level, Ints] = {}
    for number, row in enumerate(rows):
        found = axes.place(row.box)
        if found is None:
            raise ValueError(f"{row.box} lies outside the block")
        level, where = found
        grids.setdefault(level, np.full(axes.count(level), -1))[where] = number
    members = np.zeros(axes.cells, dtype=np.int64)
    tables: list[Ints] = []
    for level, grid in grids.items():
        boxes = axes.boxes_of_cells(level)
        flat = np.where(boxes < 0, -1, grid[boxes])
        tables.append(flat)
        members = np.unique(members * (len(rows) + 2) + flat + 1, return_inverse=True)[1].ravel()
    count = int(members.max()) + 1 if members.size else 0
    first = np.zeros(count, dtype=np.int64)
    first[members[::-1]] = np.arange(members.size)[::-1]
    entries = Entries()
    for flat in tables:
        inside = np.nonzero(flat[first] >= 0)[0]
        entries.add(flat[first][inside], inside, 1.0)
    placed: list[Side] = []
    start = count
    for side in sides:
        placed.append(replace(side, start=start))
        start += side.width
    system = _system(rows, placed, count, (entries, links))
    return Universe(axes, tuple(rows), tuple(placed), members, count, system, tuple(links))


def _rows(axes: Axes, known: Known) -> tuple[list[Row], list[Side]]:
    bounds: dict[Box, tuple[int, int | None]] = {
        box: interval for box, interval in known.cells.items() if interval is not None and box == box.margin
    }
    for box, least in known.confirmed.items():
        if box == box.margin:
            low, high = bounds.get(box, (0, None))
            bounds[box] = max(low, least), high
    sides: list[tuple[Box, Side]] = []
    for (margin, _), parts in lines(known.cells).items():
        shown = tuple((box, *interval) for box, interval in parts if interval is not None)
        if shown:
            bounds.setdefault(margin, (0, None))
            hidden = tuple(box for box, interval in parts if interval is None)
            least = known.confirmed.get(hidden[0], 0) if len(hidden) == 1 else 0
            sides.append((margin, Side(0, shown, hidden, least)))
    number = {box: i for i, box in enumerate(bounds)}
    rows = [Row(box, low, high) for box, (low, high) in bounds.items()]
    return rows, [replace(side, row=number[margin]) for margin, side in sides]


def lines(cells: Cells) -> dict[tuple[Box, tuple[bool, bool]], list[tuple[Box, Interval]]]:
    """Side cells by the core box that they add up to, and by the dimension that tells them apart."""
    found: dict[tuple[Box, tuple[bool, bool]], list[tuple[Box, Interval]]] = {}
    for box, interval in cells.items():
        if box != box.margin:
            key = box.margin, (bool(box.environment), bool(box.time))
            found.setdefault(key, []).append((box, interval))
    return found


def _system(
    rows: Sequence[Row], sides: Sequence[Side], classes: int, more: tuple[Entries, Sequence[Link]]
) -> System:
    """A row for each bound, one for each side table (its margin less its columns is nought), the links."""
    entries, links = more
    row_low = [float(row.low) for row in rows]
    row_high = [INFINITY if row.high is None else float(row.high) for row in rows]
    low, high = [0.0] * classes, [INFINITY] * classes
    nothing = [np.zeros(0, dtype=np.int64)]
    of_row, of_class = np.concatenate(entries.rows or nothing), np.concatenate(entries.columns or nothing)
    for side in sides:
        link = np.int64(len(row_low))
        row_low.append(0.0)
        row_high.append(0.0)
        inside = of_class[of_row == side.row]
        entries.add(np.full(len(inside), link), inside, 1.0)
        entries.add(np.full(side.width, link), np.arange(side.start, side.start + side.width), -1.0)
        low += [float(a) for _, a, _ in side.shown]
        high += [float(b) for _, _, b in side.shown]
        if side.hidden:
            low.append(float(side.least_hidden))
            high.append(INFINITY)
    column = {box: side.start + n for side in sides for n, (box, _, _) in enumerate(side.shown)}
    for boxes, least, most in links:
        inside = np.array([column[box] for box in boxes])
        entries.add(np.full(len(inside), len(row_low)), inside, 1.0)
        row_low.append(float(least))
        row_high.append(INFINITY if most is None else float(most))
    columns = np.array(low), np.array(high)
    return build_system(columns, (np.array(row_low), np.array(row_high)), entries)
