"""Published cells in the order of time."""

from __future__ import annotations

from dataclasses import dataclass

from est_build.model.cell import Cell, Hidden, Shown
from est_build.model.span import Span


@dataclass(frozen=True, slots=True)
class Participation:
    """How many were asked (``invited``; 0 = no collection) and how many answered."""

    invited: int
    answered: Cell


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a series. ``cell`` is ``None`` when there is no release or no collection."""

    span: Span
    cell: Cell | None
    participation: Participation | None

    @property
    def collected(self) -> bool:
        """False when nobody was asked in the period: a gap, not a nought."""
        return self.participation is not None and self.participation.invited > 0


@dataclass(frozen=True, slots=True)
class Series:
    """A line through time for one area and one category (or all)."""

    key: str
    """Stable id, for example ``ystad/alla``; used for ids in the page."""
    area_name: str
    category_label: str
    points: tuple[Point, ...]

    @property
    def latest(self) -> Point | None:
        """The last point with a release."""
        known = [point for point in self.points if point.cell is not None]
        return known[-1] if known else None

    @property
    def top(self) -> int:
        """Highest upper end among the shown cells, 0 if none is shown."""
        return max((p.cell.high for p in self.points if isinstance(p.cell, Shown)), default=0)

    @property
    def hidden_count(self) -> int:
        """Number of periods under the display limit."""
        return sum(isinstance(p.cell, Hidden) for p in self.points)


@dataclass(frozen=True, slots=True)
class Marker:
    """Something that happened, drawn as a post in a chart: an action that started, a new survey form."""

    date_label: str
    span_id: str
    """Period in which it happened."""
    number: int | None
    """Number of the post; None for a break in the series."""
    text: str
    href: str | None = None
