"""Tables of the fortnights: ``/``, ``/lage/`` and below."""

from __future__ import annotations

from tests.public.checkers.base import Check, Head, Rule, share
from tests.public.dom import Table
from tests.public.recount import DASH, rows

TEMPLATES = (
    "/",
    "/lage/2026-v37-38/",
    "/lage/2026-v29-30/",
    "/lage/",
    "/lattlast/",
    "/en/",
)
"""One page of every kind, for the browser to visit."""
FIXED = (
    "/",
    "/lage/",
    "/lattlast/",
    "/en/",
)
"""Pages that must be there whatever the data."""
FAMILIES = (
    r"/lage/[0-9v-]+/",
    "/en/method/",
)
"""Patterns of all addresses that may be there; an address lives for ever."""
WANTED: set[str] = {"Kommun/Rapporter", "Kommun/Svar av inbjudna", "Område/Kommun", "Område/Nivå"}
"""Sorts of tables that must be met somewhere: else a rule below has been renamed away."""


def rule(check: Check, head: Head) -> Rule | None:
    """What checks a table with this head, if it is one of these pages' tables."""
    rules: dict[Head, Rule] = {
        ("Kommun", "Rapporter", "Förra perioden", "Svarade"): period_towns,
        ("Kommun", "Svar av inbjudna", "Andel"): participation,
        ("Område", "Nivå", "Bedömning"): judgements,
    }
    if head == ("Område", "Kommun", "Rapporter") and check.section in {"lage", ""}:
        return period_areas
    return rules.get(head)


def period_towns(check: Check, table: Table) -> None:
    c, span = check.counted, check.span_of(table)
    assert table.column("Kommun") == [c.areas[t]["namn"] for t in c.towns]
    before = c.before(span)
    for town, row in zip(c.towns, table.rows, strict=True):
        assert row[1] == c.total(span, town), (check.address, row)
        assert row[2] == (c.total(before, town) if before else DASH), (check.address, row)
        assert row[3] == share(c, span, c.code(town)), (check.address, row)


def participation(check: Check, table: Table) -> None:
    c, span = check.counted, check.span_of(table)
    assert table.column("Kommun") == [c.areas[t]["namn"] for t in c.towns]
    for town, row in zip(c.towns, table.rows, strict=True):
        assert row[1] == c.answers(span, c.code(town)), (check.address, row)
        assert row[2] == share(c, span, c.code(town)), (check.address, row)


def period_areas(check: Check, table: Table) -> None:
    c, span = check.counted, check.span_of(table)
    every = [(t, a) for t in c.towns for a in c.small(t)]
    assert table.column("Område") == [c.areas[a]["namn"] for _, a in every]
    for (town, area), row in zip(every, table.rows, strict=True):
        assert row[1:] == (c.areas[town]["namn"], c.total(span, area)), (check.address, row)


def judgements(check: Check, table: Table) -> None:
    span = check.own if check.section == "lage" else check.counted.published[-1]
    wanted = rows(check.counted.data / "perioder" / span / "bedomning.csv")
    assert [r[0] for r in table.rows] == [check.counted.areas[w["omrade"]]["namn"] for w in wanted]
    assert [r[2] for r in table.rows] == [w["text"].strip() for w in wanted]
