"""Tables of the loop: actions, issues, quarters, plan."""

from __future__ import annotations

import datetime as dt

import yaml

from tests.public.checkers.base import Check, Head, Rule, share, share_words, sum_words
from tests.public.dom import Table
from tests.public.recount import HIDDEN, number

TEMPLATES = (
    "/atgarder/",
    "/atgarder/2026-017/",
    "/atgarder/2026-011/",
    "/atgarder/2025-009/",
    "/atgarder/avslutade/",
    "/fragor/",
    "/fragor/2026-004/",
    "/utvardering/",
    "/utvardering/2026-kv3/",
    "/plan/",
    "/plan/sjobo/",
)
"""One page of every kind, for the browser to visit."""
FIXED = (
    "/atgarder/",
    "/atgarder/avslutade/",
    "/fragor/",
    "/utvardering/",
    "/plan/",
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
WANTED: set[str] = {
    "Kommun/Rapporter",
    "Kommun/Lägesbilden uppdateras senast",
    "Paragraf/Det säger lagen",
    "Sektor/Svarade",
}
"""Sorts of tables that must be met somewhere: else a rule below has been renamed away."""
PARAGRAPHS = ["4 §", "5 §", "6 §", "7 §", "8–9 §§", "10 §", "11–12 §§", "13 §", "14 §"]
CYCLE = 24
TODAY = dt.date(2026, 11, 19)
"""The data's own date: the example says so in many places."""


def rule(check: Check, head: Head) -> Rule | None:
    """What checks a table with this head, if it is one of these pages' tables."""
    if head == ("Kommun", "Rapporter", "Svarade"):
        return towns
    if head == ("Sektor", "Svarade", "Svar av utskick"):
        return sectors
    if head[:2] == ("Kommun", "Lägesbilden uppdateras senast"):
        return clocks
    if head[0] == "Paragraf":
        return law
    return None


def towns(check: Check, table: Table) -> None:
    c, span = check.counted, check.span_of(table)
    assert table.column("Kommun") == [c.areas[t]["namn"] for t in c.towns]
    for town, row in zip(c.towns, table.rows, strict=True):
        assert row[1] == c.total(span, town), (check.address, row)
        assert row[2] == share(c, span, c.code(town)), (check.address, row)


def sectors(check: Check, table: Table) -> None:
    """Sums over the municipalities of what each has published, end by end."""
    c, span = check.counted, check.span_of(table)
    codes = [c.code(town) for town in c.towns]
    known = [s for s in c.labels["sektorer"] if any(c.people.get((span, k, s), (0,))[0] for k in codes)]
    assert table.column("Sektor") == [c.labels["sektorer"][s] for s in known], check.address
    for sector, row in zip(known, table.rows, strict=True):
        found = [c.people[span, k, sector] for k in codes if c.people.get((span, k, sector), (0,))[0]]
        invited = sum(asked for asked, _ in found)
        shown = [answered for _, answered in found if answered is not None]
        low = sum(a for a, _ in shown)
        high = sum(b for _, b in shown) if len(shown) == len(found) else None
        count = (
            HIDDEN
            if high is None and not low
            else sum_words(low, None if high is None else min(high, invited))
        )
        assert row[2] == f"{count} av {number(invited)}", (check.address, row)
        if invited >= 20 and low:
            words = share_words(low, high, invited)
            assert row[1] == words[:1].upper() + words[1:] + " svarade", (check.address, row)


def law(check: Check, table: Table) -> None:
    """Every paragraph is there, in order."""
    first = [row[0] for row in table.rows]
    for paragraph, cell in zip(PARAGRAPHS, first, strict=True):
        assert cell.endswith(paragraph), (check.address, cell)


def clocks(check: Check, table: Table) -> None:
    """Two years from the day of adoption, or from the latest follow-up."""
    c = check.counted
    assert table.column("Kommun") == [c.areas[t]["namn"] for t in c.towns]
    for town, row in zip(c.towns, table.rows, strict=True):
        data = yaml.safe_load((c.data / "plan" / f"{town}.yml").read_text(encoding="utf-8"))
        plan = data["atgardsplan"]
        for cell, start in (
            (row[1], data["lagesbild"]["antagen"]),
            (row[2], max([plan["antagen"], *plan.get("uppfoljd", [])])),
        ):
            due = start.replace(year=start.year + 2)
            assert cell.startswith(f"{due.day} "), (check.address, cell)
            assert f"{due.year}" in cell, (check.address, cell)
            passed = (TODAY.year - start.year) * 12 + TODAY.month - start.month - (TODAY.day < start.day)
            assert f"{passed} av {CYCLE} månader har gått" in cell, (check.address, cell)
