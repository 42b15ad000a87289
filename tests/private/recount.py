"""The release of a municipality, counted a second time and in another way.

Written from the rules as they are published (R0-R7), straight on the rows that a test wrote, with
plain loops and the numbers spelled out. It shares no code with what it checks: the code lists are
read as the CSV files that they are.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from .instance import AREAS, MEMBERS, MERGED, TOWNS, Row

LISTS = Path(__file__).resolve().parents[2] / "est_build" / "schema" / "lists"
WEEKEND_DAY, WEEKEND_LATE = {"lördag", "söndag"}, {"fredag", "lördag"}
PARTS = {"förmiddag": "formiddag", "eftermiddag": "eftermiddag", "kväll": "kvall", "natt": "natt"}

Address = tuple[str, str, str, str, str]
Interval = tuple[int, int] | None


def _list(name: str) -> list[dict[str, str]]:
    with (LISTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CATEGORIES = {row["id"]: row for row in _list("kategorier") if row["aktiv"] == "ja"}
GROUPS = [code for code, row in CATEGORIES.items() if not row["forald"]]
ENVIRONMENTS = [row["id"] for row in _list("miljoer")]
TIMES = [row["id"] for row in _list("tider")]


def may_be_shown(reports: Iterable[Row], least: int) -> bool:
    """R2 for one cell, from the rows behind it."""
    mine = list(reports)
    for counted in (mine, [r for r in mine if MEMBERS[r.organisation][0] != "polis"]):
        per = Counter(r.organisation for r in counted)
        sectors = {MEMBERS[name][0] for name in per}
        if len(counted) < least or len(per) < 3 or len(sectors) < 2:
            return False
        if len(counted) - max(per.values()) < 3:
            return False
    return True


def interval(reports: Iterable[Row], category: str) -> Interval:
    """What may be published of a cell."""
    mine = list(reports)
    sensitive = CATEGORIES.get(category, {}).get("kanslig") == "ja"
    if not may_be_shown(mine, 10 if sensitive else 5):
        return None
    low = 5 * (len(mine) // 5)
    return low, low + 4


def agree(found: dict[Address, Interval], expected: dict[Address, Interval]) -> None:
    """What is published is what the rules say, cell by cell and in the same order.

    The audit (R8) may have withheld a cell that R1-R7 would show: never the other way round.
    """
    assert list(found) == list(expected)
    assert {k: v for k, v in found.items() if v != expected[k] and v is not None} == {}


def _group(row: Row) -> str:
    return CATEGORIES[row.kategori]["forald"] or row.kategori


def _time(row: Row) -> str:
    if not row.veckodag or not row.tid:
        return "okand"
    late = row.tid in ("kväll", "natt")
    weekend = row.veckodag in (WEEKEND_LATE if late else WEEKEND_DAY)
    return f"{'helg' if weekend else 'vardag'}-{PARTS[row.tid]}"


def release(kind: str, town: str, rows: Iterable[Row]) -> dict[Address, Interval]:
    """All cells of ``rapporter.csv`` in order. ``kind``: ``period``, ``kvartal`` or ``ar``."""
    mine = [r for r in rows if MEMBERS[r.organisation][1] == town and r.kategori]
    worry = [r for r in mine if CATEGORIES[r.kategori]["slag"] != "skydd"]
    top = TOWNS[town][0]
    areas = [a for a, (_, code, _) in AREAS.items() if code == town and a not in MERGED]
    cells: dict[Address, Interval] = {}

    def cell(address: Address, among: list[Row], wanted: Callable[[Row], bool]) -> None:
        cells[address] = interval([r for r in among if wanted(r)], address[2])

    def place(row: Row) -> str:
        return MERGED.get(row.omrade, row.omrade)

    cell(("kommun", top, "alla", "", ""), worry, lambda _: True)
    for g in GROUPS:
        if kind != "period" or CATEGORIES[g]["kanslighet"] != "kommun":
            cell(("kommun_grupp", top, g, "", ""), mine, lambda r, g=g: _group(r) == g)  # type: ignore[misc]
    for a in areas:
        cell(("omrade", a, "alla", "", ""), worry, lambda r, a=a: place(r) == a)  # type: ignore[misc]
    if kind == "period":
        return cells
    for g in GROUPS:
        for c, entry in CATEGORIES.items():
            if entry["forald"] == g:
                cell(("kommun_kategori", top, c, "", ""), mine, lambda r, c=c: r.kategori == c)  # type: ignore[misc]
    for a in areas:
        for g in GROUPS:
            if CATEGORIES[g]["kanslighet"] != "kommun":
                wanted = lambda r, a=a, g=g: place(r) == a and _group(r) == g  # noqa: E731
                cell(("omrade_grupp", a, g, "", ""), mine, wanted)  # type: ignore[arg-type]
    if kind == "ar":
        return cells
    for m in ENVIRONMENTS:
        for g in GROUPS:
            if CATEGORIES[g]["kanslighet"] == "oppen":
                wanted = lambda r, m=m, g=g: (r.miljo or "okand") == m and _group(r) == g  # noqa: E731
                cell(("kommun_miljo_grupp", top, g, m, ""), mine, wanted)  # type: ignore[arg-type]
    for t in TIMES:
        cell(("kommun_tid", top, "alla", "", t), worry, lambda r, t=t: _time(r) == t)  # type: ignore[misc]
    return cells
