"""Tables of the open data: columns of files, checksums, and editions."""

from __future__ import annotations

from tests.public.checkers.base import Check, Head, Rule
from tests.public.dom import Table

TEMPLATES = ("/oppna-data/rapporter/", "/oppna-data/utgavor/", "/oppna-data/utgavor/ystad/")
"""One page of every kind, for the browser to visit."""
FIXED = tuple(
    f"/oppna-data/{name}/"
    for name in (
        *("rapporter", "deltagande", "bedomningar", "atgarder", "uppfoljningar", "omraden", "kodlistor"),
        *("kalender", "bevis", "utgavor"),
    )
)
"""Pages that must be there whatever the data."""
FAMILIES = (r"/oppna-data/utgavor/[a-z0-9-]+/",)
"""Patterns of all addresses that may be there; an address lives for ever."""
WANTED: set[str] = {"Utgåva/Publicerad"}
"""Sorts of tables that must be met somewhere: else a rule below has been renamed away."""

MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober"),
    *("november", "december"),
)


def rule(check: Check, head: Head) -> Rule | None:
    """What checks a table with this head, if it is one of these pages' tables."""
    return editions if head[:2] == ("Utgåva", "Publicerad") else None


def editions(check: Check, table: Table) -> None:
    """Newest first, each with the day of the calendar."""
    c, year = check.counted, table.caption.rpartition(" ")[2]
    known = {words.lower(): span for words, span in c.spans_by_words.items()}
    known |= {f"kvartal {r['kvartal'][-1]}, {r['ar']}": r["kvartal"] for r in c.calendar}
    ends = []
    for name, published, *_ in table.rows:
        span = known[name.lower()]
        inside = [r for r in c.calendar if span in {r["period"], r["kvartal"], r["ar"]}]
        assert {r["ar"] for r in inside} == {year}, (check.address, name)
        date = max(r["publiceras"] for r in inside)
        assert published == f"{int(date[8:])} {MONTHS[int(date[5:7]) - 1]} {date[:4]}", (check.address, name)
        ends.append(max(r["slut"] for r in inside))
    assert ends == sorted(ends, reverse=True), check.address
