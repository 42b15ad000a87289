"""Where a series may not be compared across: the changes that ``andringar.yml`` marks with ``bryter``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from est_build.load.calendar import DAYS
from est_build.load.codebook import CodeBook
from est_build.model.span import Span
from est_build.schema.changes import MethodChange


def break_days(
    changes: Iterable[MethodChange], codes: CodeBook, municipality: str, category: str | None
) -> tuple[dt.date, ...]:
    """The days on which a series breaks, oldest first.

    A change of categories breaks those it names and the groups that they belong to; not the total.

    Args:
        changes: everything that has changed in how things are measured.
        codes: the category tree.
        municipality: code of the municipality that the series belongs to.
        category: group or category; ``None`` for all reports.
    """
    found = set()
    for change in changes:
        if not change.bryter or (change.kommuner and municipality not in change.kommuner):
            continue
        named = set(change.kategorier) | {codes.group_of(c) for c in change.kategorier}
        if not named or category in named:
            found.add(change.datum)
    return tuple(sorted(found))


def begins_after(span: Span, day: dt.date) -> bool:
    """True if a span is counted in the new way from its beginning.

    The fortnight in which the change falls is the first of the new: its answers are given at its end, and
    there the figures draw their line. A quarter in which it falls later is mixed, and belongs to neither.
    """
    return span.start + dt.timedelta(days=DAYS - 1) >= day


def comparable(earlier: Span, now: Span, days: Iterable[dt.date]) -> bool:
    """True if no break lies between two spans, or inside one of them."""
    return all(begins_after(earlier, day) for day in days if day <= now.end)
