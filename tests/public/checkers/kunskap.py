"""Tables of method, quality, protection and the other pages of knowledge."""

from __future__ import annotations

from tests.public.checkers.base import Check, Head, Rule, share_words, sum_words
from tests.public.dom import Table

TEMPLATES = (
    "/oppna-data/",
    "/rattelser/",
    "/om/",
    "/metod/",
    "/metod/skydd/",
    "/metod/kvalitet/",
    "/metod/ord/",
    "/andringar/",
    "/delta/",
    "/integritet/",
    "/om/vilka/",
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
    "/metod/kvalitet/",
    "/andringar/",
    "/om/vilka/",
    "/delta/",
    "/integritet/",
    "/tillganglighetsredogorelse/",
)
"""Pages that must be there whatever the data."""
FAMILIES: tuple[str, ...] = ()
"""Patterns of all addresses that may be there; an address lives for ever."""
WANTED: set[str] = {"Kvartal/Svarade", "Sektor/Utskick kvartal 3, 2026"}
"""Sorts of tables that must be met somewhere: else a rule below has been renamed away."""


QUARTERS = (
    "Kvartal",
    "Svarade",
    "Svar av utskick",
    "Lägesbilder i tid",
    "Längsta väntan",
    "Svar till nätverket",
)


def rule(check: Check, head: Head) -> Rule | None:
    """What checks a table with this head, if it is one of these pages' tables."""
    if head == QUARTERS:
        return quarters
    if len(head) == 2 and head[0] == "Sektor" and head[1].startswith("Utskick "):
        return sectors
    return None


def quarters(check: Check, table: Table) -> None:
    """Answers of all municipalities together, quarter by quarter."""
    c = check.counted
    known = {c.words(span).lower(): span for span in c.published_spans("kvartal")}
    for row in table.rows:
        span = known.get(row[0].lower())
        if span is None:
            assert row[1] == "inte räknat än", (check.address, row)
            continue
        found = c.region_answers(span)
        assert found is not None, (check.address, row)
        invited, (low, high) = found
        top = None if high is None else min(high, invited)
        words = share_words(low, high, invited)
        assert row[1] == f"{words[:1].upper()}{words[1:]} svarade", (check.address, row)
        assert row[2] == f"{sum_words(low, top)} av {invited}", (check.address, row)


def sectors(check: Check, table: Table) -> None:
    """Questionnaires sent to a sector, in all municipalities."""
    c = check.counted
    span = c.published_spans("kvartal")[-1]
    for name, sent in table.rows:
        sector = c.code_of("sektorer", name)
        every = [c.people.get((span, c.code(town), sector), (0, None))[0] for town in c.towns]
        assert sent == str(sum(every)), (check.address, name)
