"""Checks of every table of the site against the recount: a module for each group of page builders."""

from __future__ import annotations

from tests.public.checkers import karta, kunskap, lage, omraden, oppnadata, slingan
from tests.public.checkers.base import INTERVAL, Check
from tests.public.dom import Table

MODULES = (lage, slingan, omraden, karta, kunskap, oppnadata)
TEMPLATES = tuple(address for module in MODULES for address in module.TEMPLATES)
FIXED = tuple(address for module in MODULES for address in module.FIXED)
FAMILIES = tuple(pattern for module in MODULES for pattern in module.FAMILIES)
WANTED: set[str] = set().union(*(module.WANTED for module in MODULES))


def check_table(check: Check, table: Table) -> str | None:
    """Compare a table with the recount; gives its sort. A table with numbers that nobody knows is a fault."""
    rules = [found for module in MODULES if (found := module.rule(check, table.head)) is not None]
    if not rules:
        words = " ".join(" ".join(row) for row in table.rows)
        assert not INTERVAL.search(words), f"{check.address}: nobody checks the table {table.caption!r}"
        return None
    assert len(rules) == 1, f"{check.address}: two rules for the table {table.caption!r}"
    rules[0](check, table)
    return f"{table.head[0]}/{table.head[1]}"
