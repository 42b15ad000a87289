"""The axes of a block: one municipality and a stretch of time whose figures hang together.

Fortnights are tied to each other only by a published quarter, quarters only by a published year. So
the block of a release is its own span: a fortnight by itself until its quarter is published, then the
quarter with its fortnights, then the year with all of it. Over blocks that share no published figure
the least mass of a box is the sum of the least masses of its parts, so nothing is lost by taking them
one by one (a test compares with the whole year).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from est_build.load.span import KINDS, SpanKind
from est_build.protect.audit.nesting import Box, Nesting
from est_build.protect.plan import ALL

Ints = npt.NDArray[np.int64]
CategoryLevel = Literal["alla", "grupp", "kategori"]
NOWHERE = -1
"""Index of a finest cell that is in no cell of a level (an unknown area, a protective category)."""


class Level(NamedTuple):
    """One level of each core axis: its cells are the boxes of the lattice at that level."""

    kind: SpanKind
    small: bool
    """True for small areas, False for the municipality."""
    category: CategoryLevel


@dataclass(frozen=True, slots=True)
class Axes:
    """The core axes of a block. ``areas`` and ``categories`` end with what only counts at coarser levels."""

    kind: SpanKind
    """Kind of the block's own span."""
    periods: tuple[str, ...]
    quarter_of: tuple[int, ...]
    quarters: tuple[str, ...]
    year: str
    areas: tuple[str, ...]
    """Small areas, then ``""`` for reports that only name the municipality."""
    categories: tuple[str, ...]
    """Leaves, then each group once more for reports that only name the group."""
    leaf_count: int
    group_of: tuple[int, ...]
    groups: tuple[str, ...]
    protective: tuple[bool, ...]
    """By category."""
    municipality: str

    @property
    def shape(self) -> tuple[int, int, int]:
        """Periods x areas x categories."""
        return len(self.periods), len(self.areas), len(self.categories)

    @property
    def cells(self) -> int:
        """Number of finest cells."""
        return len(self.periods) * len(self.areas) * len(self.categories)

    @property
    def levels(self) -> tuple[Level, ...]:
        """Every level of the lattice within the block, the finest first."""
        kinds = KINDS[: KINDS.index(self.kind) + 1]
        names: tuple[CategoryLevel, ...] = ("kategori", "grupp", "alla")
        return tuple(Level(k, small, c) for k in kinds for small in (True, False) for c in names)

    def spans(self, kind: SpanKind) -> tuple[str, ...]:
        """Ids of the spans of a kind."""
        return {"period": self.periods, "kvartal": self.quarters, "ar": (self.year,)}[kind]

    def size(self, level: Level) -> tuple[int, int, int]:
        """Number of boxes along each axis at a level."""
        names = self._names(level.category)
        return len(self.spans(level.kind)), len(self.areas) - 1 if level.small else 1, len(names)

    def count(self, level: Level) -> int:
        """Number of boxes at a level."""
        times, areas, categories = self.size(level)
        return times * areas * categories

    def boxes_of_cells(self, level: Level) -> Ints:
        """For each finest cell the number of its box at ``level``, or ``NOWHERE``."""
        _, areas, categories = self.size(level)
        t = self._time_key(level.kind)[:, None, None]
        a = self._area_key(level.small)[None, :, None]
        c = self._category_key(level.category)[None, None, :]
        found = (t * areas + a) * categories + c
        return np.where((a < 0) | (c < 0), NOWHERE, found).ravel()

    def place(self, box: Box) -> tuple[Level, int] | None:
        """Level and number of a core box; ``None`` if it lies outside the block."""
        small = box.area != self.municipality
        level = Level(box.kind, small, self._level_of(box.category))
        names, spans = self._names(level.category), self.spans(box.kind)
        inside = box.span in spans and box.category in names and (not small or box.area in self.areas[:-1])
        if not inside or KINDS.index(level.kind) > KINDS.index(self.kind):
            return None
        _, areas, categories = self.size(level)
        area = self.areas.index(box.area) if small else 0
        return level, (spans.index(box.span) * areas + area) * categories + names.index(box.category)

    def box(self, level: Level, number: int) -> Box:
        """The inverse of :meth:`place`."""
        _, areas, categories = self.size(level)
        rest, category = divmod(number, categories)
        time, area = divmod(rest, areas)
        name = self.areas[area] if level.small else self.municipality
        return Box(level.kind, self.spans(level.kind)[time], name, self._names(level.category)[category])

    def _level_of(self, category: str) -> CategoryLevel:
        if category == ALL:
            return "alla"
        return "grupp" if category in self.groups else "kategori"

    def _names(self, level: CategoryLevel) -> tuple[str, ...]:
        return {"alla": (ALL,), "grupp": self.groups, "kategori": self.categories[: self.leaf_count]}[level]

    def _time_key(self, kind: SpanKind) -> Ints:
        if kind == "period":
            return np.arange(len(self.periods))
        if kind == "kvartal":
            return np.array(self.quarter_of, dtype=np.int64)
        return np.zeros(len(self.periods), dtype=np.int64)

    def _area_key(self, small: bool) -> Ints:
        if not small:
            return np.zeros(len(self.areas), dtype=np.int64)
        keys = np.arange(len(self.areas))
        keys[-1] = NOWHERE
        return keys

    def _category_key(self, level: CategoryLevel) -> Ints:
        if level == "kategori":
            keys = np.arange(len(self.categories))
            keys[self.leaf_count :] = NOWHERE
            return keys
        if level == "grupp":
            return np.array(self.group_of, dtype=np.int64)
        return np.where(np.array(self.protective), NOWHERE, 0).astype(np.int64)


def build_axes(nest: Nesting, collected: frozenset[str]) -> Axes:
    """The axes of a block. Periods in which nobody was asked (not in ``collected``) are left out."""
    periods = [p for p in nest.quarter_of if p in collected]
    quarters = list(dict.fromkeys(nest.quarter_of.values()))
    groups = list(dict.fromkeys(nest.group_of.values()))
    leaves = [c for c in nest.group_of if c not in groups]
    owner = [groups.index(nest.group_of[c]) for c in (*leaves, *groups)]
    return Axes(
        kind=nest.block.kind,
        periods=tuple(periods),
        quarter_of=tuple(quarters.index(nest.quarter_of[p]) for p in periods),
        quarters=tuple(quarters),
        year=nest.year,
        areas=(*nest.areas, ""),
        categories=(*leaves, *groups),
        leaf_count=len(leaves),
        group_of=tuple(owner),
        groups=tuple(groups),
        protective=tuple(c in nest.protective for c in (*leaves, *groups)),
        municipality=nest.municipality,
    )
