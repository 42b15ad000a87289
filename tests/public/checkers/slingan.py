"""Tables of the loop: actions, issues, quarters, plan."""

from __future__ import annotations

from tests.public.checkers.base import Check, Head, Rule, share
from tests.public.dom import Table

TEMPLATES = (
    "/atgarder/",
    "/atgarder/2026-017/",
    "/atgarder/2026-011/",
    "/fragor/",
    "/fragor/2026-004/",
    "/utvardering/",
    "/utvardering/2026-kv3/",
)
"""One page of every kind, for the browser to visit."""
FIXED = (
    "/atgarder/",
    "/fragor/",
    "/utvardering/",
)
"""Pages that must be there whatever the data."""
FAMILIES = (
    "/(?:atgarder|fragor)/[0-9-]+/",
    "/utvardering/[0-9a-z-]+/",
    "/atgarder/avslutade/",
    "/atgarder/(?:status|kommun|ansvarig|sort)/[a-z0-9-]+/",
    "/plan/(?:[a-z-]+/)?",
)
"""Patterns of all addresses that may be there; an address lives for ever."""
WANTED: set[str] = {"Kommun/Rapporter"}
"""Sorts of tables that must be met somewhere: else a rule below has been renamed away."""


def rule(check: Check, head: Head) -> Rule | None:
    """What checks a table with this head, if it is one of these pages' tables."""
    return towns if head == ("Kommun", "Rapporter", "Svarade") else None


def towns(check: Check, table: Table) -> None:
    c, span = check.counted, check.span_of(table)
    assert table.column("Kommun") == [c.areas[t]["namn"] for t in c.towns]
    for town, row in zip(c.towns, table.rows, strict=True):
        assert row[1] == c.total(span, town), (check.address, row)
        assert row[2] == share(c, span, c.code(town)), (check.address, row)
