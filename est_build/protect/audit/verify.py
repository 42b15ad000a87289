"""The check of the proof: integer addition, no solver, no private data.

A release is proven when a few worlds fit everything published in its block, and every box that does
not hold a shown or a confirmed cell is empty in at least one of them: then nobody can say that there
is anything in it. What is filled in all worlds at once must be known anyway.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from est_build.load.span import KINDS
from est_build.protect.audit.nesting import Box, Nesting
from est_build.protect.ladder import Interval


def verify(
    nest: Nesting,
    cells: Mapping[Box, Interval],
    confirmed: Mapping[Box, int],
    worlds: Sequence[Mapping[Box, int]],
    collected: frozenset[str],
) -> list[str]:
    """What is wrong with the proof, in Swedish; nothing if it holds.

    ``cells``: all planned cells of all releases of the block. ``confirmed``: boxes that always hold
    something, with the least that they hold. ``collected``: fortnights in which anybody was asked.
    """
    shown = [box for box, interval in cells.items() if interval is not None]
    if not worlds:
        return ["det finns ingen tänkbar verklighet som bevis"]
    faults: list[str] = []
    always: set[Box] | None = None
    for number, world in enumerate(worlds, 1):
        held = _held(nest, world)
        faults += [f"verklighet {number}: {fault}" for fault in _misfits(nest, cells, world, held, collected)]
        faults += [
            f"verklighet {number}: {_name(box)} är bekräftad men har {held.get(box, 0)}"
            for box, least in confirmed.items()
            if held.get(box, 0) < least
        ]
        always = set(held) if always is None else always & set(held)
    known = {outer for box in (*shown, *confirmed) for outer in nest.outer(box)}
    bare = sorted((always or set()) - known)
    faults += [f"{_name(box)} är aldrig tom: det går att sluta sig till att något finns där" for box in bare]
    return faults


def count_boxes(
    nest: Nesting,
    cells: Mapping[Box, Interval],
    confirmed: Mapping[Box, int],
    collected: frozenset[str],
) -> int:
    """How many boxes the proof settles: all of the block but those that hold a shown or confirmed cell."""
    kinds = KINDS[: KINDS.index(nest.block.kind) + 1]
    times = {
        "period": len(collected & set(nest.quarter_of)),
        "kvartal": len(set(nest.quarter_of.values())),
        "ar": 1,
    }
    categories = len(nest.group_of) + 1
    lattice = sum(times[kind] for kind in kinds) * (len(nest.areas) + 1) * categories
    shown = [box for box, interval in cells.items() if interval is not None]
    known = {outer for box in (*shown, *confirmed) for outer in nest.outer(box)}
    sides = {box for box in cells if box != box.margin}
    return lattice + len(sides) - len(known)


def _held(nest: Nesting, world: Mapping[Box, int]) -> dict[Box, int]:
    """How much each box holds in a world: each finest count is added to every box around it."""
    held: dict[Box, int] = {}
    for box, count in world.items():
        # A cell of a side table is a second view of reports that the core cells already count.
        for outer in nest.outer(box) if box == box.margin else (box,):
            held[outer] = held.get(outer, 0) + count
    return held


def _misfits(
    nest: Nesting,
    cells: Mapping[Box, Interval],
    world: Mapping[Box, int],
    held: Mapping[Box, int],
    collected: frozenset[str],
) -> Iterable[str]:
    """Where a world contradicts what is published."""
    for box, count in world.items():
        if count < 1 or not (_is_finest(nest, box, collected) or (box != box.margin and box in cells)):
            yield f"{_name(box)} hör inte hit"
    lines: dict[tuple[Box, bool], int] = {}
    for box, interval in cells.items():
        count = held.get(box, 0)
        if interval is not None and not interval[0] <= count <= interval[1]:
            yield f"{_name(box)} har {count}, utanför {interval[0]}–{interval[1]}"
        if box != box.margin:
            line = box.margin, bool(box.environment)
            lines[line] = lines.get(line, 0) + count
    for (margin, _), count in lines.items():
        if count != held.get(margin, 0):
            yield f"delarna av {_name(margin)} är {count}, men summan {held.get(margin, 0)}"


def _is_finest(nest: Nesting, box: Box, collected: frozenset[str]) -> bool:
    known = box.area in ("", *nest.areas) and box.category in nest.group_of
    return (
        box == box.margin
        and box.kind == "period"
        and known
        and box.span in collected
        and box.span in nest.quarter_of
    )


def _name(box: Box) -> str:
    return " ".join(filter(None, box[1:]))
