"""Rule R0: the plan of tables must be decomposable, or the audit would be too optimistic.

The audit sees fortnight x small area x category as one joint table. A table with environment or time
of day hangs on it by a margin. That is exact as long as such tables meet the rest, and each other, in
nothing but margins that they share: their dimensions then form a tree (a junction tree). In a ring,
each pair of tables could look safe although all of them together give a cell away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from est_build.load.span import KINDS, SpanKind
from est_build.protect.plan import SHAPES
from est_build.schema.protection import TableId, TablePlan

CORE = frozenset({"tid", "omrade", "kategori"})
_SIDE = {"miljo": "miljö", "tid": "tid på dygnet"}


def plan_fault(plan: TablePlan) -> str | None:
    """Why the plan must be refused, in Swedish; ``None`` if every table can be audited exactly."""
    tables: dict[SpanKind, tuple[TableId, ...]] = {kind: tuple(getattr(plan, kind)) for kind in KINDS}
    for kind, names in tables.items():
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            return f"{twice[0]} står två gånger under {kind}"
    ring = ring_of({name for names in tables.values() for name in names})
    if ring is not None:
        return ring
    for side, word in _SIDE.items():
        uses = [(kind, name) for kind in KINDS for name in tables[kind] if SHAPES[name].side == side]
        if len(uses) > 1:
            named = " och ".join(f"{name} ({kind})" for kind, name in uses)
            return f"{named} delar dimensionen {word}. Bara en tabell får ha den, och bara för ett slags tid"
    return None


def ring_of(tables: Iterable[TableId]) -> str | None:
    """The tables that form a ring, as an explanation; ``None`` if there is no ring.

    Graham's reduction (Beeri, Fagin, Maier and Yannakakis 1983): take away dimensions that only one
    table has, and tables that lie inside another; what cannot be taken away is a ring.
    """
    edges: dict[str, set[str]] = {"kärntabellerna": set(CORE)}
    edges.update({name: dimensions(name) for name in sorted(tables) if SHAPES[name].side})
    changed = True
    while changed:
        changed = False
        for name, own in edges.items():
            lone = {d for d in own if not any(d in rest for other, rest in edges.items() if other != name)}
            changed |= bool(lone)
            own -= lone
        inside = next((n for n, own in edges.items() if _within(n, own, edges)), None)
        if inside is not None:
            del edges[inside]
            changed = True
    if len(edges) < 2:
        return None
    parts = "; ".join(f"{name} ({', '.join(sorted(own))})" for name, own in edges.items())
    return f"tabellerna bildar en ring: {parts}. Tillsammans kan de röja vad ingen av dem röjer för sig"


def dimensions(table: TableId) -> set[str]:
    """The dimensions of a table. The time of day is called ``dygnstid`` here; ``tid`` is the calendar."""
    shape = SHAPES[table]
    found = {"tid"}
    if shape.small:
        found.add("omrade")
    if shape.category != "alla":
        found.add("kategori")
    if shape.side:
        found.add({"miljo": "miljo", "tid": "dygnstid"}[shape.side])
    return found


def _within(name: str, own: set[str], edges: Mapping[str, set[str]]) -> bool:
    return any(own <= rest for other, rest in edges.items() if other != name)
