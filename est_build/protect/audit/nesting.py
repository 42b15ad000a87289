"""Which box lies in which: one nested geography, category tree and calendar (rule R0).

Only the standard library: the verifier needs no more than this.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from est_build.load.calendar import Calendar
from est_build.load.codebook import CodeBook
from est_build.load.span import KINDS, Span, SpanKind
from est_build.protect.plan import ALL, PROTECTIVE, CellKey, Geography


class Box(NamedTuple):
    """A part of what could be reported: somebody could ask whether it holds anything.

    ``""`` in ``area``: reports that name no small area; in ``environment`` or ``time``: all of them.
    """

    kind: SpanKind
    span: str
    area: str
    category: str
    environment: str = ""
    time: str = ""

    @property
    def margin(self) -> Box:
        """The same box without environment and time of day."""
        return self._replace(environment="", time="")


def box_of(kind: SpanKind, span: str, key: CellKey) -> Box:
    """The box that a planned cell of a release is."""
    return Box(kind, span, key.area, key.category, key.environment, key.time)


@dataclass(frozen=True, slots=True)
class Nesting:
    """How the boxes of one municipality and block lie in each other.

    The block is the span of a release: its own fortnight, its quarter or its year. Boxes that are
    longer than the block are not part of it.
    """

    block: Span
    year: str
    quarter_of: Mapping[str, str]
    """Quarter of each fortnight of the block."""
    municipality: str
    areas: tuple[str, ...]
    """Small areas that stand in tables."""
    group_of: Mapping[str, str]
    """Group of each category; a group is its own."""
    protective: frozenset[str]
    """Categories that count what works: outside the total."""
    sensitive: frozenset[str]
    """Categories with the higher threshold."""

    def outer(self, box: Box) -> Iterator[Box]:
        """Every box of the block that holds ``box`` wholly, itself included."""
        if box != box.margin:
            yield box
        areas = [self.municipality] if box.area in ("", self.municipality) else [box.area, self.municipality]
        categories = list(dict.fromkeys((box.category, self.group_of.get(box.category, ALL))))
        if box.category not in self.protective and ALL not in categories:
            categories.append(ALL)
        spans = {"period": box.span, "kvartal": self.quarter_of.get(box.span, box.span), "ar": self.year}
        first, last = KINDS.index(box.kind), KINDS.index(self.block.kind)
        for kind in KINDS[first : last + 1]:
            for area in areas:
                for category in categories:
                    yield Box(kind, spans[kind], area, category)


def nesting(calendar: Calendar, codes: CodeBook, place: Geography, block: Span) -> Nesting:
    """The nesting of a municipality in a block, from the frame files alone."""
    year = calendar.year(block)
    groups = codes.groups(year)
    group_of = {g.id: g.id for g in groups}
    group_of.update({leaf.id: g.id for g in groups for leaf in codes.leaves(g.id, year)})
    kinds = {name: codes.category(name) for name in group_of}
    return Nesting(
        block=block,
        year=str(year),
        quarter_of={p.id: calendar.quarter_of[p.id] for p in calendar.periods_in(block)},
        municipality=place.municipality.id,
        areas=tuple(a.id for a in place.areas),
        group_of=group_of,
        protective=frozenset(n for n, c in kinds.items() if c is not None and c.slag == PROTECTIVE),
        sensitive=frozenset(n for n, c in kinds.items() if c is not None and c.kanslig),
    )
