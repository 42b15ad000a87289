"""A small model that settles most boxes: groups instead of categories.

A category is shown for the whole municipality and a quarter or a year only. There it is one more table
that hangs on its group's total, as environment does; so the joint table of fortnight x area x category,
which is large, is not needed to know whether a world exists. Masses of groups (by fortnight and area)
and of categories (by quarter) can be joined in any way: a category can be kept out of a part S of its
group exactly when it fits into the rest, that is when category <= group - group in S (Frechet's bound).

What this model shows empty is empty in a world of the whole model too. What it cannot settle is asked
there: so it saves time and decides nothing by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from est_build.load.span import KINDS, SpanKind
from est_build.protect.audit.axes import Axes, Level
from est_build.protect.audit.lattice import BoxSet, Lattice, Marks
from est_build.protect.audit.nesting import Box
from est_build.protect.audit.system import TOLERANCE, Floats, Ints
from est_build.protect.audit.universe import MARK, Known, Link, Universe, build_universe
from est_build.protect.plan import ALL

MUCH = 10**9
Cell = tuple[Box, tuple[Box, ...]]
"""A report: its finest cell, and its cells in side tables."""


class Coarse:
    """The lattice of a block, seen through the small model. Has what ``Attacker`` needs of a lattice."""

    def __init__(self, axes: Axes, kind: SpanKind, universe: Universe, corners: Mapping[Box, int]) -> None:
        self.axes = axes
        self.kind = kind
        """The shortest span with a table of categories."""
        self.universe = universe
        self.corners = corners
        """Confirmed parts of categories, which the small model has no room for, each with its least."""
        self._inner = Lattice(universe)
        self._where = _columns(universe)
        self._group = np.array(axes.group_of[: axes.leaf_count], dtype=np.int64)
        self._leaf = self._leaf_columns()
        self._span_of = {k: _span_of(axes, k, kind) for k in KINDS[: KINDS.index(kind) + 1]}
        marks = {level: np.ones(axes.count(level), dtype=np.bool_) for level in axes.levels}
        self.fillable = BoxSet(axes, marks, frozenset(self._inner.lone))

    def _leaf_columns(self) -> Ints:
        """Column of each (span of ``kind``, leaf), or -1 where nothing tells the leaf apart."""
        axes = self.axes
        leaves = axes.categories[: axes.leaf_count]
        return np.array(
            [
                [self._where.get(leaf_box(axes, self.kind, span, leaf), -1) for leaf in leaves]
                for span in axes.spans(self.kind)
            ]
        ).reshape(len(axes.spans(self.kind)), len(leaves))

    def filled(self, columns: Floats) -> BoxSet:
        """Boxes that hold something, however groups and categories are joined."""
        sizes = self.universe.axes.size
        mass = {level: m.reshape(sizes(level)) for level, m in self._inner.mass(columns).items()}
        leaves = np.where(self._leaf >= 0, columns[self._leaf], 0.0)
        marks: dict[Level, Marks] = {}
        for level in self.axes.levels:
            found = self._part(level, mass, leaves) if level.category == "kategori" else mass[level]
            marks[level] = found.ravel() > TOLERANCE
        lone = self._inner.lone.items()
        return BoxSet(self.axes, marks, frozenset(box for box, c in lone if columns[c] > TOLERANCE))

    def _part(self, level: Level, mass: Mapping[Level, Floats], leaves: Floats) -> Floats:
        """The mass of each (time, area, leaf) that cannot be anywhere else in its group."""
        longer = KINDS.index(level.kind) > KINDS.index(self.kind)
        if longer and not level.small:
            return np.asarray(leaves.sum(axis=0)[None, None, :])
        kind = self.kind if longer else level.kind
        span = self._span_of[kind]
        inside = mass[Level(kind, level.small, "grupp")][:, :, self._group]
        whole = mass[Level(self.kind, False, "grupp")][span][:, :, self._group]
        stuck = np.maximum(leaves[span][:, None, :] - (whole - inside), 0.0)
        found: Floats = np.asarray(stuck.sum(axis=0)[None] if longer else stuck)
        return found

    def crowd(self, boxes: BoxSet, guess: Floats | None = None) -> Floats:
        """A cost that counts the mass in each of the boxes; for parts of a category, all of it."""
        axes = self.universe.axes
        empty = {level: np.zeros(axes.count(level), dtype=np.bool_) for level in axes.levels}
        inner = {level: boxes.marks[level] for level in axes.levels if level.category != "kategori"}
        cost = self._inner.crowd(BoxSet(axes, {**empty, **inner}, boxes.sides), guess)
        leaves = len(self._group)
        for level, marks in boxes.marks.items():
            if level.category == "kategori" and leaves:
                wanted = marks.reshape(-1, leaves).any(axis=0)
                columns = self._leaf[:, wanted]
                cost[columns[columns >= 0]] += 1.0
        return cost

    def single(self, box: Box) -> Floats:
        """A cost that counts the mass of one box; nought everywhere for a part of a category."""
        if box.category == ALL or box.category in self.axes.groups:
            return self._inner.single(box)
        cost = np.zeros(self.universe.columns)
        if box.area == self.axes.municipality and KINDS.index(box.kind) >= KINDS.index(self.kind):
            leaf = self.axes.categories.index(box.category)
            spans = self.axes.spans(self.kind)
            chosen = [spans.index(box.span)] if box.kind == self.kind else list(range(len(spans)))
            columns = self._leaf[chosen, leaf]
            cost[columns[columns >= 0]] = 1.0
        return cost

    def own(self, reports: Iterable[Cell]) -> Floats:
        """The mass of an attacker's own reports in each column."""
        columns = np.zeros(self.universe.columns)
        for cell, sides in reports:
            self._add(columns, cell, 1.0)
            for box in sides:
                if box in self._where:
                    columns[self._where[box]] += 1
        return columns

    def reserve(self, own: Mapping[Box, int]) -> Floats:
        """Mass that stands for the confirmed parts of categories, less what the attacker gave there.

        It is put into one cell of each part: a stricter demand than the real one, so what can be shown
        empty beside it can be empty.
        """
        columns = np.zeros(self.universe.columns)
        placed: dict[Box, int] = {}

        def missing(box: Box) -> int:
            there = sum(n for cell, n in placed.items() if self._inside(cell, box))
            return self.corners[box] - own.get(box, 0) - there

        # The narrow parts first: what stands for them counts in the wide ones too.
        for box in sorted(self.corners, key=lambda b: (b.area == self.axes.municipality, b)):
            wanted = missing(box)
            if wanted > 0:
                area = "" if box.area == self.axes.municipality else box.area
                cells = [Box("period", p, area, box.category) for p in self.axes.periods]
                inside = [cell for cell in cells if self._inside(cell, box)]
                # Where a fortnight's part is confirmed too, one mass stands for both.
                gain = {
                    cell: sum(missing(b) for b in self.corners if self._inside(cell, b)) for cell in inside
                }
                best = max(inside, key=lambda cell: gain[cell])
                placed[best] = placed.get(best, 0) + wanted
        for cell, mass in placed.items():
            self._add(columns, cell, float(mass))
        return columns

    def _inside(self, cell: Box, box: Box) -> bool:
        """True if a finest cell lies in a confirmed part of a category."""
        if cell.category != box.category or box.area not in (cell.area, self.axes.municipality):
            return False
        if box.kind == "period":
            return cell.span == box.span
        quarter = self.axes.quarters[self.axes.quarter_of[self.axes.periods.index(cell.span)]]
        return box.kind == "ar" or quarter == box.span

    def _add(self, columns: Floats, cell: Box, mass: float) -> None:
        """Put mass into the class of a finest cell, and into its category's column."""
        axes = self.universe.axes
        period, area = axes.periods.index(cell.span), axes.areas.index(cell.area)
        category = self.axes.categories.index(cell.category)
        group = self.axes.group_of[category]
        place = (period * len(axes.areas) + area) * len(axes.groups) + group
        columns[self.universe.members[place]] += mass
        span = self.axes.spans(self.kind)[self._span_of["period"][period]]
        leaf = leaf_box(self.axes, self.kind, span, cell.category)
        rest = leaf._replace(environment=MARK)
        column = self._where.get(leaf, self._where.get(rest))
        if column is not None:
            columns[column] += mass


def coarse_of(axes: Axes, known: Known) -> Coarse | None:
    """The small model of a block; ``None`` where it would not be exact or would save nothing."""
    leaves = axes.categories[: axes.leaf_count]
    outside = [axes.protective[axes.leaf_count + g] for g in axes.group_of]
    if list(axes.protective) != outside:
        return None
    tables = {box.kind: box for box in known.cells if box.category in leaves}
    fine = any(b.area != axes.municipality for b in known.cells if b.category in leaves)
    if fine or not tables or "period" in tables:
        return None
    kind: SpanKind = "kvartal" if "kvartal" in tables else "ar"
    told = {box: i for box, i in known.cells.items() if box.category in leaves and i is not None}
    corners: dict[Box, int] = {}
    direct: dict[Box, int] = {}
    for box, least in known.confirmed.items():
        if box.category in leaves:
            whole = box.area == axes.municipality and KINDS.index(box.kind) >= KINDS.index(kind)
            (direct if whole else corners)[box] = least
    groups = replace(
        axes,
        categories=axes.groups,
        leaf_count=0,
        group_of=tuple(range(len(axes.groups))),
        protective=axes.protective[axes.leaf_count :],
    )
    cells = {box: i for box, i in known.cells.items() if box.category not in leaves}
    shown = {box.category for box in (*told, *direct)}
    cells.update(_sheets(axes, kind, shown, (told, direct)))
    confirmed = {box: n for box, n in known.confirmed.items() if box.category not in leaves}
    links = _links(axes, kind, told, direct)
    return Coarse(axes, kind, build_universe(groups, Known(cells, confirmed), links), corners)


def leaf_box(axes: Axes, kind: SpanKind, span: str, leaf: str) -> Box:
    """A category of a span, seen as a cell of a side table of its group."""
    group = axes.groups[axes.group_of[axes.categories.index(leaf)]]
    return Box(kind, span, axes.municipality, group, f"{MARK}{leaf}", MARK)


def _sheets(
    axes: Axes,
    kind: SpanKind,
    leaves: set[str],
    bounds: tuple[Mapping[Box, tuple[int, int]], Mapping[Box, int]],
) -> dict[Box, tuple[int, int] | None]:
    """A side table for each group and span: the leaves that are told apart, and one cell for the rest."""
    told, direct = bounds
    cells: dict[Box, tuple[int, int] | None] = {}
    for span in axes.spans(kind):
        for leaf in sorted(leaves):
            plain = Box(kind, span, axes.municipality, leaf)
            low, high = told.get(plain, (0, MUCH))
            box = leaf_box(axes, kind, span, leaf)
            cells[box] = max(low, direct.get(plain, 0)), high
            cells[box._replace(environment=MARK)] = None
    return cells


def _links(
    axes: Axes, kind: SpanKind, told: Mapping[Box, tuple[int, int]], direct: Mapping[Box, int]
) -> list[Link]:
    """Bounds on the year's sum of a category, where the quarters have tables of their own."""
    links: list[Link] = []
    for box in dict.fromkeys((*told, *direct)):
        if box.kind != kind:
            low, high = told.get(box, (0, None))
            parts = tuple(leaf_box(axes, kind, span, box.category) for span in axes.spans(kind))
            links.append((parts, max(low, direct.get(box, 0)), high))
    return links


def _columns(universe: Universe) -> dict[Box, int]:
    found = {}
    for side in universe.sides:
        found.update({box: column for column, (box, _, _) in enumerate(side.shown, side.start)})
        found.update({box: side.start + len(side.shown) for box in side.hidden})
    return found


def _span_of(axes: Axes, kind: SpanKind, longer: SpanKind) -> Ints:
    """For each span of a kind the number of the longer span that it lies in."""
    if kind == longer:
        return np.arange(len(axes.spans(kind)))
    if longer == "ar":
        return np.zeros(len(axes.spans(kind)), dtype=np.int64)
    return np.array(axes.quarter_of, dtype=np.int64)
