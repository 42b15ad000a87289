"""A published cell is an interval or hidden, nothing else: a leak of a count is a type error."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HIDDEN_MARK = "··"


@dataclass(frozen=True, slots=True)
class Shown:
    """Between ``low`` and ``high`` (both included), an interval of the ladder or a sum of such."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Hidden:
    """Under the display limit: nought, few, or too few sources. Nobody can tell which."""


Cell = Shown | Hidden
HIDDEN = Hidden()


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of cells: at least ``low``, at most ``high``; ``high`` is unknown if a part is hidden."""

    low: int
    high: int | None
    hidden_parts: int


def total(cells: Iterable[Cell]) -> Sum:
    """Add intervals end by end. A hidden part adds nothing to the lower end and opens the upper one."""
    low, high, hidden = 0, 0, 0
    for cell in cells:
        if isinstance(cell, Shown):
            low += cell.low
            high += cell.high
        else:
            hidden += 1
    return Sum(low, None if hidden else high, hidden)
