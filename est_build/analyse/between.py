"""What is known of a count: that it lies between two ends. An exact count has both ends equal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from est_build.model.cell import Cell, Shown


@dataclass(frozen=True, slots=True)
class Between:
    """A count, from ``low`` to ``high`` (both included)."""

    low: int
    high: int
    shown: bool = True
    """False for a count under the display limit."""
    full: bool = True
    """False if the count, or a part of it, is under the display limit."""

    @property
    def middle(self) -> float:
        """Midpoint of the ends."""
        return (self.low + self.high) / 2

    @property
    def exact(self) -> bool:
        """True if there is only one count that it can be."""
        return self.low == self.high


def exactly(count: int) -> Between:
    """A count that is known."""
    return Between(count, count)


def of_cell(cell: Cell, hidden_high: int = 4) -> Between:
    """A published cell; a hidden one reaches from nought to ``hidden_high``, one below the display limit.

    A cell can be hidden for having too few sources too, and is then larger than that. Whoever lets a claim
    rest on hidden cells must reckon with it.
    """
    if isinstance(cell, Shown):
        return Between(cell.low, cell.high)
    return Between(0, hidden_high, shown=False, full=False)


def add(parts: Iterable[Between]) -> Between:
    """A sum, end by end. It is shown if a part is, and full only if every part is."""
    low, high, shown, full = 0, 0, False, True
    for part in parts:
        low += part.low
        high += part.high
        shown = shown or part.shown
        full = full and part.full
    return Between(low, high, shown, full)


def rest(whole: Between, part: Between) -> Between:
    """What is left of the whole without the part; never below nought."""
    low, high = max(0, whole.low - part.high), max(0, whole.high - part.low)
    return Between(low, high, whole.shown, whole.full and part.full)
