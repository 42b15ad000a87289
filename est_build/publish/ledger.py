"""The ledger: every address that has been published, and what stood on the pages that are closed.

An address never dies: links, bookmarks and papers lead to it. A picture, an evaluation and a review may
change only with a correction that says so. The ledger stands in the repository, so that whoever takes
something out of it does so where everybody can see.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from est_build.load.csv_file import Checks, read_csv
from est_build.model.published import Published
from est_build.pages import addresses
from est_build.problems import Place, Problem
from est_build.problems import catalogue_steps as kinds
from est_build.schema.base import Record
from est_build.schema.tables import LEDGER_COLUMNS, LedgerRow

FILE = "liggare.csv"
_LATER = frozenset({"markeringar", "lattlast", "sammanfattning_en", "aterkoppling", "natverkets_omdome"})
"""Fields that may be filled in after a text has been published: they take nothing back."""
_OF_DECISION = frozenset({"klar", "struken", "struken_varfor", "atgard"})
"""What happens to a decision later is written into it: that is how it is followed up."""
NARROWED = ("/atgarder/ansvarig/", "/atgarder/status/", "/atgarder/kommun/", "/atgarder/sort/")
"""Lists of a choice. One that nothing falls under any more still answers."""


def read_ledger(data: Path) -> tuple[tuple[LedgerRow, ...], list[Problem]]:
    """The rows of ``liggare.csv``, in the order of the file; none if there is no ledger yet."""
    path = data / FILE
    if not path.exists():
        return (), []
    rows, problems = read_csv(path, FILE, LedgerRow, Checks(unique=("adress",)))
    return tuple(row.value for row in rows), problems


def rows_of(published: Published, every: Iterable[str]) -> tuple[LedgerRow, ...]:
    """What the ledger should say of these addresses (from the root of the site)."""
    digests, corrected = _digests(published), _corrections(published)
    return tuple(
        LedgerRow(adress=address, sha256=digests.get(address, ""), rattelser=corrected.get(address, 0))
        for address in sorted(every)
    )


def _digests(published: Published) -> dict[str, str]:
    texts, found = published.texts, {}
    for span, picture in texts.pictures.items():
        rows = [_plain(row) for row in texts.assessments.get(span, ())]
        found[addresses.picture(span)] = _digest({"text": _plain(picture), "bedomning": rows})
    for span, evaluation in texts.evaluations.items():
        found[addresses.quarter(span)] = _digest(_plain(evaluation))
    for span, review in texts.reviews.items():
        found[addresses.year(span)] = _digest(_plain(review))
    return found


def _plain(record: Record) -> dict[str, object]:
    """What may not change: without what is filled in later, and without fields that say nothing.

    A new field of the format therefore changes no text that lacks it.
    """
    data = record.model_dump(mode="json", exclude_defaults=True)
    kept = {key: value for key, value in data.items() if key not in _LATER}
    if isinstance(kept.get("beslut"), list):
        kept["beslut"] = [
            {key: value for key, value in row.items() if key not in _OF_DECISION} for row in kept["beslut"]
        ]
    return kept


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _corrections(published: Published) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for row in published.texts.corrections:
        counts[row.galler] = counts.get(row.galler, 0) + 1
    return counts


def lost(ledger: Iterable[LedgerRow], now: Iterable[LedgerRow]) -> tuple[str, ...]:
    """Addresses that have been published and are not there any more."""
    there = {row.adress for row in now}
    return tuple(row.adress for row in ledger if row.adress not in there)


def ledger_problems(ledger: Iterable[LedgerRow], now: Iterable[LedgerRow]) -> list[Problem]:
    """Each lost address (EST605), and each closed text that changed without a correction (EST606)."""
    kept, present = list(ledger), {row.adress: row for row in now}
    found = [Problem(kinds.ADDRESS_LOST, Place(FILE), {"value": row}) for row in lost(kept, present.values())]
    for row in kept:
        fresh = present.get(row.adress)
        if fresh is None or not row.sha256 or row.sha256 == fresh.sha256:
            continue
        if fresh.rattelser <= row.rattelser:
            found.append(Problem(kinds.CLOSED_TEXT_CHANGED, Place(FILE), {"value": row.adress}))
    return found


def missing(ledger: Iterable[LedgerRow], now: Iterable[LedgerRow]) -> int:
    """How many addresses the ledger lacks."""
    known = {row.adress for row in ledger}
    return sum(row.adress not in known for row in now)


def ledger_file(ledger: Iterable[LedgerRow], now: Iterable[LedgerRow]) -> bytes:
    """The ledger with what is new, and with what closed texts say now. Nothing is taken out."""
    rows = {row.adress: row for row in ledger} | {row.adress: row for row in now}
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(LEDGER_COLUMNS)
    writer.writerows((row.adress, row.sha256, row.rattelser) for _, row in sorted(rows.items()))
    return buffer.getvalue().encode("utf-8")
