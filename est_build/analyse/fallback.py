"""Finest safe level (rule R7): for a hidden cell, the nearest published ancestor that is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from est_build.model.area import Area
from est_build.model.cell import Shown
from est_build.model.published import Published
from est_build.model.span import Span


@dataclass(frozen=True, slots=True)
class Coarser:
    """A shown cell for the same place over a longer time, or for the municipality around it."""

    cell: Shown
    area: Area
    span: Span


def coarser(published: Published, area: Area, span: Span, group: str | None = None) -> Coarser | None:
    """Same area over the last complete quarter, then year; then the municipality in ``span``."""
    for where, when in _ladder(published, area, span):
        cell = (
            published.total_cell(when, where) if group is None else published.group_cell(when, where, group)
        )
        if isinstance(cell, Shown):
            return Coarser(cell, where, when)
    return None


def _ladder(published: Published, area: Area, span: Span) -> Iterator[tuple[Area, Span]]:
    # A quarter may have its evaluation before its figures: the last one with figures counts.
    code = area.municipality
    quarters = [q for q in published.quarters if q.end <= span.end and (q.id, code) in published.figures]
    years = [y for y in published.years if y.end <= span.end and (y.id, code) in published.figures]
    if span.kind == "period" and quarters:
        yield area, quarters[-1]
    if years:
        yield area, years[-1]
    if area.level == "omrade":
        parent = published.area(area.parent)
        yield parent, span
        if quarters:
            yield parent, quarters[-1]
