"""Tables of the fortnights: ``/``, ``/lage/`` and below."""

from __future__ import annotations

from tests.public.checkers.base import Check, Head, Rule, share_words
from tests.public.dom import Table
from tests.public.recount import DASH, Recount

TEMPLATES = (
    "/",
    "/lage/2026-v37-38/",
    "/lage/2026-v29-30/",
    "/lage/",
    "/lattlast/",
    "/en/",
    "/en/method/",
)
"""One page of every kind, for the browser to visit."""
FIXED = (
    "/",
    "/lage/",
    "/lattlast/",
    "/en/",
    "/en/method/",
)
"""Pages that must be there whatever the data."""
FAMILIES = (r"/lage/[0-9v-]+/",)
"""Patterns of all addresses that may be there; an address lives for ever."""
WANTED: set[str] = {"Kommun/Rapporter", "Område/Rapporter"}
"""Sorts of tables that must be met somewhere: else a rule below has been renamed away."""


def rule(check: Check, head: Head) -> Rule | None:
    """What checks a table with this head, if it is one of these pages' tables."""
    if head == ("Kommun", "Rapporter", "Förra perioden", "Svarade"):
        return period_towns
    if head == ("Område", "Rapporter") and check.section in {"lage", ""}:
        return period_areas
    return None


def period_towns(check: Check, table: Table) -> None:
    c, span = check.counted, check.span_of(table)
    assert table.column("Kommun") == [c.areas[t]["namn"] for t in c.towns]
    before = c.before(span)
    for town, row in zip(c.towns, table.rows, strict=True):
        assert row[1] == c.total(span, town), (check.address, row)
        assert row[2] == (c.total(before, town) if before else DASH), (check.address, row)
        assert row[3] == answers(c, span, c.code(town)), (check.address, row)


def answers(c: Recount, span: str, code: str) -> str:
    """The count, and the share where so many were invited that a share says something."""
    invited, answered = c.people[span, code, "alla"]
    if not invited:
        return "Ingen insamling"
    count = c.answers(span, code)
    if answered is None or invited < 20:
        return count
    return f"{count} ({share_words(*answered, invited)})"


def period_areas(check: Check, table: Table) -> None:
    """A table for each municipality; the page's own fortnight."""
    c, span = check.counted, check.own if check.section == "lage" else check.counted.published[-1]
    town = c.areas[c.area_ids[table.rows[0][0]]]["foralder"]
    assert table.column("Område") == [c.areas[a]["namn"] for a in c.small(town)]
    for name, text in table.rows:
        assert text == c.total(span, c.area_ids[name]), (check.address, name)
