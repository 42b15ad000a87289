"""Merging of thin sectors: a sector of one or two organisations is never shown by itself (R5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

OTHER = "ovriga"


def merged_sectors(members: Mapping[str, int], order: Sequence[str], least: int) -> dict[str, str]:
    """Sector -> the sector it is shown in.

    Sectors with fewer than ``least`` member organisations go into ``ovriga``; if those together
    are still too few, the smallest of the others joins them (ties by code-list order).
    """
    present = [s for s in order if members.get(s, 0) > 0]
    target = {s: s if members[s] >= least and s != OTHER else OTHER for s in present}
    while True:
        inside = [s for s in present if target[s] == OTHER]
        outside = [s for s in present if target[s] != OTHER]
        if not inside or sum(members[s] for s in inside) >= least or not outside:
            return target
        smallest = min(outside, key=lambda s: (members[s], order.index(s)))
        target[smallest] = OTHER
