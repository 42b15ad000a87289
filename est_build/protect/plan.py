"""The plan of tables (rule R0): exactly which cells exist for a municipality and a span of time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from est_build.load.area import Area
from est_build.load.codebook import CodeBook
from est_build.load.span import SpanKind
from est_build.schema.codes import Category
from est_build.schema.protection import Protection, TableId

ALL = "alla"
PROTECTIVE = "skydd"
"""Kind of category that counts what works. It is counted for itself, never in the total."""


class CellKey(NamedTuple):
    """Address of a cell. A dimension that its table does not have is ``""``."""

    table: TableId
    area: str
    category: str
    environment: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class Geography:
    """The areas of one municipality that stand in tables: merged ones are gone."""

    municipality: Area
    areas: tuple[Area, ...]


def geography(areas: Iterable[Area], code: str) -> Geography:
    """Municipality ``code`` with its small areas in file order."""
    inside = [a for a in areas if a.municipality == code]
    top = next(a for a in inside if a.level == "kommun")
    return Geography(top, tuple(a for a in inside if a.level == "omrade" and a.merged_into is None))


def tables_for(kind: SpanKind, protection: Protection) -> Sequence[TableId]:
    """The tables that the plan has for a kind of span."""
    return getattr(protection.tabeller, kind)  # type: ignore[no-any-return]


def planned_cells(
    kind: SpanKind, year: int, place: Geography, codes: CodeBook, protection: Protection
) -> tuple[CellKey, ...]:
    """Every cell of a release in the order in which the rows are written."""
    groups = codes.groups(year)
    cells: list[CellKey] = []
    for table in tables_for(kind, protection):
        cells.extend(_cells(table, kind, year, (place, groups, codes)))
    return tuple(cells)


def _cells(
    table: TableId, kind: SpanKind, year: int, frame: tuple[Geography, list[Category], CodeBook]
) -> Iterator[CellKey]:
    place, groups, codes = frame
    top = place.municipality.id
    if table == "kommun":
        yield CellKey(table, top, ALL)
    elif table == "kommun_grupp":
        # A category for the municipality only is never shown for less than a quarter.
        allowed = [g for g in groups if kind != "period" or g.kanslighet != "kommun"]
        yield from (CellKey(table, top, g.id) for g in allowed)
    elif table == "omrade":
        yield from (CellKey(table, a.id, ALL) for a in place.areas)
    elif table == "kommun_kategori":
        yield from (CellKey(table, top, c.id) for g in groups for c in codes.leaves(g.id, year))
    elif table == "omrade_grupp":
        local = [g for g in groups if g.kanslighet != "kommun"]
        yield from (CellKey(table, a.id, g.id) for a in place.areas for g in local)
    elif table == "kommun_miljo_grupp":
        open_groups = [g for g in groups if g.kanslighet == "oppen"]
        environments = codes.ids("miljoer")
        yield from (CellKey(table, top, g.id, m) for m in environments for g in open_groups)
    elif table == "kommun_tid":
        yield from (CellKey(table, top, ALL, "", t) for t in codes.ids("tider"))


def is_sensitive(key: CellKey, codes: CodeBook) -> bool:
    """True if the cell's category needs the higher threshold of R2."""
    category = codes.category(key.category)
    return category is not None and category.kanslig
