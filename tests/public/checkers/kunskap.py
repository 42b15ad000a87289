"""Tables of method, quality, protection and the other pages of knowledge."""

from __future__ import annotations

from tests.public.checkers.base import Check, Head, Rule

TEMPLATES = (
    "/oppna-data/",
    "/rattelser/",
    "/om/",
    "/metod/",
    "/metod/skydd/",
    "/tillganglighetsredogorelse/",
)
"""One page of every kind, for the browser to visit."""
FIXED = (
    "/oppna-data/",
    "/rattelser/",
    "/om/",
    "/om/est/",
    "/metod/",
    "/metod/skydd/",
    "/metod/ord/",
    "/delta/",
    "/integritet/",
    "/tillganglighetsredogorelse/",
)
"""Pages that must be there whatever the data."""
FAMILIES = (
    "/metod/kvalitet/",
    "/andringar/",
    "/om/vilka/",
)
"""Patterns of all addresses that may be there; an address lives for ever."""
WANTED: set[str] = set()
"""Sorts of tables that must be met somewhere: else a rule below has been renamed away."""


def rule(check: Check, head: Head) -> Rule | None:
    """What checks a table with this head, if it is one of these pages' tables."""
    return None
