"""Tables of the map, the search and the ways to follow."""

from __future__ import annotations

from tests.public.checkers.base import Check, Head, Rule, share_cell
from tests.public.dom import Table

TEMPLATES = (
    "/karta/",
    "/sok/",
    "/sok/a-o/",
    "/folj/",
    "/404.html",
)
"""One page of every kind, for the browser to visit."""
FIXED = (
    "/karta/",
    "/sok/",
    "/sok/a-o/",
    "/folj/",
    "/404.html",
)
"""Pages that must be there whatever the data."""
FAMILIES = ("/sok/a-o/",)
"""Patterns of all addresses that may be there; an address lives for ever."""
WANTED: set[str] = {"Område/Rapporter", "Kommun/Andel som svarade"}
"""Sorts of tables that must be met somewhere: else a rule below has been renamed away."""


def rule(check: Check, head: Head) -> Rule | None:
    """What checks a table with this head, if it is one of these pages' tables."""
    if check.section != "karta":
        return None
    rules: dict[Head, Rule] = {
        ("Område", "Rapporter"): map_areas,
        ("Kommun", "Andel som svarade", "Organisationer"): map_answers,
    }
    return rules.get(head)


def map_areas(check: Check, table: Table) -> None:
    c, span = check.counted, check.counted.published[-1]
    town = c.areas[c.area_ids[table.rows[0][0]]]["foralder"]
    assert table.column("Område") == [c.areas[a]["namn"] for a in c.small(town)]
    for name, text in table.rows:
        assert text == c.total(span, c.area_ids[name]), (check.address, name)


def map_answers(check: Check, table: Table) -> None:
    c, span = check.counted, check.counted.published[-1]
    assert table.column("Kommun") == [c.areas[t]["namn"] for t in c.towns]
    for name, share, count in table.rows:
        code = c.code(c.area_ids[name])
        assert count == c.answers(span, code), (check.address, name)
        assert share == share_cell(c, span, code), (check.address, name)
