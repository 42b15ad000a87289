"""The planned cells of releases, and a quick eye for a file that holds exactly them.

A release has one right form: the planned cells in their order, each hidden or on its rung. Nearly every file
has it, so it is compared with that form as text. Only what differs is read value by value, to say what is
wrong. The quick way accepts nothing that the thorough one would refuse.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from est_build.load.codebook import CodeBook
from est_build.load.frame import Frame
from est_build.load.span import Span
from est_build.protect.ladder import Interval, on_ladder
from est_build.protect.plan import CellKey, geography, is_sensitive, planned_cells
from est_build.schema.protection import Protection
from est_build.schema.tables import REPORT_COLUMNS

_HEADER = ",".join(REPORT_COLUMNS)
_PLAIN = re.compile(r"[a-z0-9_.,-]*")
_ENDS = re.compile(r"([1-9][0-9]{0,8}),([1-9][0-9]{0,8})")
_HIDDEN = ","


class ReportLine(NamedTuple):
    """A row of ``rapporter.csv``: its cell, and both ends of its interval or nothing."""

    key: CellKey
    fran: int | None
    till: int | None


class Planned:
    """The cells that a release must have, and the lowest rung of each."""

    def __init__(self, cells: tuple[CellKey, ...], codes: CodeBook, rules: Protection) -> None:
        self.cells = cells
        self.step = rules.steg
        self._codes = codes
        self._limits = rules.granser
        rows = [(key, f"{','.join(key)},", self.least(key)) for key in cells]
        self._rows = rows if all(_PLAIN.fullmatch(start) for _, start, _ in rows) else None
        self._known: dict[tuple[str, int], Interval] = {}

    def least(self, key: CellKey) -> int:
        """The fewest reports that a cell may show (R2)."""
        sensitive = is_sensitive(key, self._codes)
        return self._limits.rapporter_kanslig if sensitive else self._limits.rapporter

    def exact(self, text: str) -> tuple[ReportLine, ...] | None:
        """The rows of a file that is right to the last character; ``None`` if it needs a closer look."""
        lines = text.split("\n")
        if self._rows is None or lines[0] != _HEADER or lines[-1] or len(lines) != len(self._rows) + 2:
            return None
        found = []
        for (key, start, least), line in zip(self._rows, lines[1:-1], strict=True):
            if not line.startswith(start):
                return None
            end = line[len(start) :]
            if end == _HIDDEN:
                found.append(ReportLine(key, None, None))
            elif (interval := self._interval(end, least)) is not None:
                found.append(ReportLine(key, *interval))
            else:
                return None
        return tuple(found)

    def _interval(self, end: str, least: int) -> Interval:
        """A rung at or above ``least``, or ``None``."""
        asked = (end, least)
        if asked not in self._known:
            match = _ENDS.fullmatch(end)
            ends = (int(match[1]), int(match[2])) if match else None
            right = ends is not None and on_ladder(*ends, self.step, least)
            self._known[asked] = ends if right else None
        return self._known[asked]


class Plans:
    """The planned cells of an instance, each worked out once."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._found: dict[tuple[str, int, str], Planned] = {}

    def of(self, span: Span, code: str) -> Planned:
        """Those of a municipality and a span."""
        frame, year = self._frame, self._frame.calendar.year(span)
        asked = (span.kind, year, code)
        if asked not in self._found:
            rules = frame.rules_for(year)
            place = geography(frame.areas, code, rules)
            cells = planned_cells(span.kind, year, place, frame.codes, rules)
            self._found[asked] = Planned(cells, frame.codes, rules)
        return self._found[asked]
