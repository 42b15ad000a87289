"""Stretches of time that figures are published for: a fortnight, a quarter, a year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

SpanKind = Literal["period", "kvartal", "ar"]
KINDS: tuple[SpanKind, ...] = ("period", "kvartal", "ar")
"""The kinds of span, the shortest first."""
MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch, ``start`` and ``end`` included."""

    kind: SpanKind
    id: str
    start: dt.date
    end: dt.date
    publishes: dt.date

    @property
    def label(self) -> str:
        """``vecka 45–46``, ``kvartal 3, 2026``, ``år 2025``."""
        if self.kind == "period":
            return week_label(self.id)
        if self.kind == "kvartal":
            return f"kvartal {self.id[-1]}, {self.id[:4]}"
        return f"år {self.id}"

    @property
    def short(self) -> str:
        """``v. 45–46``, ``kv 3 2026``, ``2025``."""
        if self.kind == "period":
            return week_label(self.id).replace("vecka ", "v. ")
        if self.kind == "kvartal":
            return f"kv {self.id[-1]} {self.id[:4]}"
        return self.id

    @property
    def dates(self) -> str:
        """``2–15 november 2026``."""
        return date_range(self.start, self.end)


def week_label(period_id: str) -> str:
    """``2026-v45-46`` -> ``vecka 45–46``; ``2026-v53-2027-v01`` -> ``vecka 53–1``."""
    parts = period_id.split("-")
    first, last = int(parts[1].removeprefix("v")), int(parts[-1].removeprefix("v"))
    return f"vecka {first}–{last}"


def day(date: dt.date, *, year: bool = True) -> str:
    """``19 november 2026``."""
    text = f"{date.day} {MONTHS[date.month - 1]}"
    return f"{text} {date.year}" if year else text


def date_range(start: dt.date, end: dt.date) -> str:
    """A range without words said twice: ``2–15 november 2026``, ``28 december 2026–10 januari 2027``."""
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    return f"{day(start, year=start.year != end.year)}–{day(end)}"
