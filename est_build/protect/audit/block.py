"""What has been published of a municipality in a block, as the audit and the verifier see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from est_build.load.calendar import Calendar
from est_build.load.frame import Frame
from est_build.load.span import Span
from est_build.protect.audit.nesting import Box, Nesting, box_of, nesting
from est_build.protect.ladder import Interval
from est_build.protect.plan import CellKey, geography
from est_build.schema.protection import Thresholds

CellsOf = Mapping[CellKey, Interval]


@dataclass(frozen=True, slots=True)
class Figures:
    """The cells of one release, shown or hidden, and the boxes that it confirms."""

    span: Span
    cells: CellsOf
    confirmed: frozenset[Box]
    invited: int
    """0: nobody was asked, so there is nothing to find."""


@dataclass(frozen=True, slots=True)
class Block:
    """All releases of a municipality within a span, and how their boxes lie in each other."""

    nest: Nesting
    cells: Mapping[Box, Interval]
    confirmed: Mapping[Box, int]
    """Each with the threshold that it is known to reach."""
    collected: frozenset[str]
    """Fortnights in which anybody was asked, as far as is published."""


def block_of(frame: Frame, code: str, span: Span, releases: Iterable[Figures]) -> Block:
    """The block of ``span`` from releases of the municipality; those outside it are left out."""
    rules = frame.rules_for(frame.calendar.year(span))
    nest = nesting(frame.calendar, frame.codes, geography(frame.areas, code, rules), span)
    inside = [r for r in releases if within(frame.calendar, r.span, span)]
    cells: dict[Box, Interval] = {}
    for release in inside:
        for key, interval in release.cells.items():
            box = box_of(release.span.kind, release.span.id, key)
            # A shown cell meets every threshold: with raised ones it holds more than its interval says.
            low = max(interval[0], least(nest, box, rules.granser)) if interval is not None else 0
            cells[box] = None if interval is None else (low, interval[1])
    confirmed = {box: least(nest, box, rules.granser) for r in inside for box in sorted(r.confirmed)}
    # Of a fortnight without a release nothing is known: anything may have been reported in it.
    nobody = {r.span.id for r in inside if r.span.kind == "period" and r.invited == 0}
    return Block(nest, cells, confirmed, frozenset(nest.quarter_of) - nobody)


def within(calendar: Calendar, inner: Span, outer: Span) -> bool:
    """True if every fortnight of ``inner`` lies in ``outer``."""
    if inner.id == outer.id:
        return True
    if outer.kind == "kvartal":
        return inner.kind == "period" and calendar.quarter_of[inner.id] == outer.id
    return outer.kind == "ar" and calendar.year(inner) == int(outer.id)


def least(nest: Nesting, box: Box, limits: Thresholds) -> int:
    """The reports that a box must hold, if it is known to be safe under R2: one from each organisation."""
    return least_of(box.category in nest.sensitive, limits)


def least_of(sensitive: bool, limits: Thresholds) -> int:
    """The reports that a safe box must hold; ``sensitive``: of a category with the higher threshold."""
    reports = limits.rapporter_kanslig if sensitive else limits.rapporter
    return max(reports, limits.organisationer, limits.utan_storsta + 1)
