"""Counting: what stands behind each planned cell. Exact counts live only here, in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from est_build.load.codebook import CodeBook
from est_build.protect.plan import PROTECTIVE, CellKey
from est_build.protect.rules import NOTHING, Evidence
from est_build.schema.protection import TableId

KEYS: Mapping[TableId, tuple[str, ...]] = {
    "kommun": ("municipality",),
    "kommun_grupp": ("municipality", "group"),
    "omrade": ("municipality", "area"),
    "kommun_kategori": ("municipality", "category"),
    "omrade_grupp": ("municipality", "area", "group"),
    "kommun_miljo_grupp": ("municipality", "group", "environment"),
    "kommun_tid": ("municipality", "time"),
}
TOTALS = {"kommun", "omrade", "kommun_tid"}
"""Tables over all categories: what works (protective) is not part of a total of what worries."""

Counts = dict[tuple[str, ...], Evidence]


def count(reports: pd.DataFrame, tables: Sequence[TableId], codes: CodeBook) -> dict[TableId, Counts]:
    """Evidence per table and key, for all municipalities at once."""
    with_groups = reports.assign(group=reports["category"].map(codes.group_of))
    protective = {c.id for c in codes.categories() if c.slag == PROTECTIVE}
    worries = with_groups[~with_groups["category"].isin(protective)]
    return {
        table: _evidence(worries if table in TOTALS else with_groups, list(KEYS[table])) for table in tables
    }


def _evidence(frame: pd.DataFrame, by: list[str]) -> Counts:
    if frame.empty:
        return {}
    each = frame.groupby([*by, "organisation", "sector"], sort=False, observed=True).size()
    per = (
        each.reset_index(name="n")
        .groupby(by, sort=False, observed=True)
        .agg(
            reports=("n", "sum"),
            organisations=("organisation", "nunique"),
            sectors=("sector", "nunique"),
            largest=("n", "max"),
        )
    )
    rows = zip(per.index, per.itertuples(index=False, name=None), strict=True)
    return {
        (key if isinstance(key, tuple) else (key,)): Evidence(*(int(v) for v in values))
        for key, values in rows
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
