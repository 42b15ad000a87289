"""Counting: what stands behind each planned cell. Exact counts live only here, in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from est_build.load.codebook import CodeBook
from est_build.prepare.folding import fold
from est_build.protect.plan import PROTECTIVE, SHAPES, CellKey
from est_build.protect.rules import NOTHING, Evidence
from est_build.schema.protection import TableId

_CATEGORY = {"alla": (), "grupp": ("group",), "kategori": ("category",)}
_SIDE = {"": (), "miljo": ("environment",), "tid": ("time",)}
KEYS: Mapping[TableId, tuple[str, ...]] = {
    table: (
        "municipality",
        *(("area",) if shape.small else ()),
        *_CATEGORY[shape.category],
        *_SIDE[shape.side],
    )
    for table, shape in SHAPES.items()
}
TOTALS = {table for table, shape in SHAPES.items() if shape.category == "alla"}
"""Tables over all categories: what works (protective) is not part of a total of what worries."""

Counts = dict[tuple[str, ...], Evidence]


def count(reports: pd.DataFrame, tables: Sequence[TableId], codes: CodeBook) -> dict[TableId, Counts]:
    """Evidence per table and key, for all municipalities at once."""
    same = {name: fold(name) for name in reports["organisation"].unique()}
    with_groups = reports.assign(
        group=reports["category"].map(codes.group_of),
        # The register knows an organisation whatever its capitals and spaces: so must the counting.
        organisation=reports["organisation"].map(same),
    )
    # Also those that are switched off: what was calm never turns into a worry.
    protective = {c for c in codes.ids("kategorier") if is_protective(c, codes)}
    worries = with_groups[~with_groups["category"].isin(protective)]
    return {table: evidence(worries if table in TOTALS else with_groups, KEYS[table]) for table in tables}


def is_protective(code: str, codes: CodeBook) -> bool:
    """True for a category that counts what works."""
    category = codes.category(code)
    return category is not None and category.slag == PROTECTIVE


def evidence(frame: pd.DataFrame, by: Sequence[str]) -> Counts:
    """Evidence per key of the columns ``by``.

    One pass over the rows: for tables of this size many times faster than a grouping each.
    """
    given: dict[tuple[str, ...], dict[str, int]] = {}
    sectors: dict[tuple[str, ...], set[str]] = {}
    columns = [frame[name].tolist() for name in (*by, "organisation", "sector")]
    for *parts, organisation, sector in zip(*columns, strict=True):
        key = tuple(parts)
        # An organisation may change its sector within a quarter: it is still one organisation, and
        # what it gave is added up before the largest is looked for.
        per = given.setdefault(key, {})
        per[organisation] = per.get(organisation, 0) + 1
        sectors.setdefault(key, set()).add(sector)
    return {
        key: Evidence(sum(per.values()), len(per), len(sectors[key]), max(per.values()))
        for key, per in given.items()
    }


def evidence_for(counts: Mapping[TableId, Counts], municipality: str, key: CellKey) -> Evidence:
    """What stands behind one planned cell of a municipality; nothing at all if nobody reported."""
    parts = {
        "municipality": municipality,
        "area": key.area,
        "group": key.category,
        "category": key.category,
        "environment": key.environment,
        "time": key.time,
    }
    address = tuple(parts[name] for name in KEYS[key.table])
    return counts[key.table].get(address, NOTHING)
