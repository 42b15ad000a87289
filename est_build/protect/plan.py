"""The plan of tables (rule R0): exactly which cells exist for a municipality and a span of time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

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


class Shape(NamedTuple):
    """The dimensions of a table."""

    small: bool
    """True: a cell for each small area; False: one for the municipality."""
    category: Literal["alla", "grupp", "kategori"]
    side: Literal["", "miljo", "tid"] = ""


SHAPES: Mapping[TableId, Shape] = {
    "kommun": Shape(False, "alla"),
    "kommun_grupp": Shape(False, "grupp"),
    "omrade": Shape(True, "alla"),
    "kommun_kategori": Shape(False, "kategori"),
    "omrade_grupp": Shape(True, "grupp"),
    "kommun_miljo": Shape(False, "alla", "miljo"),
    "kommun_miljo_grupp": Shape(False, "grupp", "miljo"),
    "omrade_miljo": Shape(True, "alla", "miljo"),
    "kommun_tid": Shape(False, "alla", "tid"),
    "kommun_tid_grupp": Shape(False, "grupp", "tid"),
    "omrade_tid": Shape(True, "alla", "tid"),
}


@dataclass(frozen=True, slots=True)
class Geography:
    """The areas of one municipality that stand in tables: merged ones are gone."""

    municipality: Area
    areas: tuple[Area, ...]


def geography(areas: Iterable[Area], code: str, rules: Protection) -> Geography:
    """Municipality ``code`` with its small areas in file order, as they are merged by ``rules``."""
    inside = [a for a in areas if a.municipality == code]
    top = next(a for a in inside if a.level == "kommun")
    alone = (a for a in inside if a.level == "omrade" and a.id not in rules.sammanslagna)
    return Geography(top, tuple(alone))


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
    shape = SHAPES[table]
    areas = [a.id for a in place.areas] if shape.small else [place.municipality.id]
    environments = codes.ids("miljoer") if shape.side == "miljo" else [""]
    times = codes.ids("tider") if shape.side == "tid" else [""]
    categories = _categories(shape, kind, groups, codes, year)
    for area in areas:
        for environment in environments:
            for time in times:
                yield from (CellKey(table, area, c, environment, time) for c in categories)


def _categories(
    shape: Shape, kind: SpanKind, groups: list[Category], codes: CodeBook, year: int
) -> list[str]:
    """Groups and leaves that a table may have: the more private a category, the coarser the rest."""
    if shape.category == "alla":
        return [ALL]
    if shape.category == "kategori":
        return [leaf.id for g in groups for leaf in codes.leaves(g.id, year)]
    if shape.side:
        return [g.id for g in groups if g.kanslighet == "oppen"]
    # A category for the municipality only is never shown for less than it, nor for less than a quarter.
    narrow = shape.small or kind == "period"
    return [g.id for g in groups if not narrow or g.kanslighet != "kommun"]


def is_sensitive(key: CellKey, codes: CodeBook) -> bool:
    """True if the cell's category needs the higher threshold of R2."""
    category = codes.category(key.category)
    return category is not None and category.kanslig
