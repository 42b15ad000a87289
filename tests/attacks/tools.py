"""The attacker's tools: the published files, read anew, and subtraction.

Nothing here knows how the project protects or audits. All that is read stands in ``data/``: the
figures, the calendar, the code lists, the borders and the rules. His linear programme is in ``reader``.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

LISTS = Path(__file__).resolve().parents[2] / "est_build" / "schema" / "lists"
FOLDERS = {"perioder": 0, "kvartal": 1, "ar": 2}
TOTAL = "alla"


class Cell(NamedTuple):
    """Something that can be asked: what was reported in a time, a place and a category?"""

    span: str
    area: str
    category: str
    environment: str = ""
    time: str = ""


Interval = tuple[int, int]


# ---- reading ------------------------------------------------------------------------------------


@dataclass
class Tree:
    """Categories as the published code lists have them."""

    group_of: dict[str, str]
    calm: set[str]
    """Categories of what works: outside every total."""
    sensitive: set[str]

    @property
    def groups(self) -> list[str]:
        return [c for c, group in self.group_of.items() if c == group]


def read_tree(data: Path, year: int) -> Tree:
    """The packaged lists with what the instance changes."""
    own: dict[str, Any] = {}
    if (data / "kodlistor.yml").exists():
        own = yaml.safe_load((data / "kodlistor.yml").read_text(encoding="utf-8"))
    rows: list[dict[str, Any]] = []
    if own.get("bara_egna_kategorier") not in (True, "ja"):
        with (LISTS / "kategorier.csv").open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file)
    rows += own.get("egna_kategorier", [])
    for row in rows:
        row |= (own.get("andringar", {}).get("kategorier") or {}).get(row["id"], {})
    active = [
        r
        for r in rows
        if r.get("aktiv", "ja") in (True, "ja")
        and (r.get("fran_ar") or year) <= year <= (r.get("till_ar") or year)
    ]
    return Tree(
        {r["id"]: r.get("forald") or r["id"] for r in active},
        {r["id"] for r in active if r.get("slag") == "skydd"},
        {r["id"] for r in active if r.get("kanslig") in (True, "ja")},
    )


@dataclass
class Published:
    """All that has been published of one municipality in a year."""

    shown: dict[Cell, Interval]
    hidden: list[Cell]
    periods: list[str]
    """Fortnights in which anybody was asked."""
    quarter_of: dict[str, str]
    year: str
    town: str
    areas: list[str]
    tree: Tree
    confirmed: set[Cell] = field(default_factory=set)

    @property
    def cells(self) -> set[Cell]:
        """Every planned cell."""
        return {*self.shown, *self.hidden}

    def around(self, cell: Cell) -> Iterator[Cell]:
        """Everything that holds a cell wholly."""
        if cell.environment or cell.time:
            yield cell
        spans = [cell.span]
        if cell.span in self.quarter_of:
            spans.append(self.quarter_of[cell.span])
        if cell.span != self.year:
            spans.append(self.year)
        areas = [self.town] if cell.area in ("", self.town) else [cell.area, self.town]
        categories = [cell.category]
        if cell.category != TOTAL:
            categories.append(self.tree.group_of[cell.category])
            if cell.category not in self.tree.calm:
                categories.append(TOTAL)
        for span in spans:
            for area in areas:
                for category in dict.fromkeys(categories):
                    yield Cell(span, area, category)

    def finest(self) -> Iterator[Cell]:
        """The smallest parts: a fortnight, a small area or none, a category or only a group."""
        for period in self.periods:
            for area in (*self.areas, ""):
                for category in self.tree.group_of:
                    yield Cell(period, area, category)

    def lattice(self) -> set[Cell]:
        """Every question about a time, a place and a category, and each cell of the side tables."""
        spans = [*self.periods, *{self.quarter_of[p]: 0 for p in self.periods}, self.year]
        categories = [TOTAL, *self.tree.group_of]
        boxes = {Cell(s, a, c) for s in spans for a in (*self.areas, self.town) for c in categories}
        return boxes | {c for c in self.cells if c.environment or c.time}


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_published(data: Path, code: str, year: int, only: Iterable[str] | None = None) -> Published:
    """The figures of a municipality and a year; ``only``: of these spans."""
    calendar = [r for r in read_rows(data / "kalender.csv") if r["ar"] == str(year)]
    borders = json.loads((data / "omraden.geojson").read_text(encoding="utf-8"))["features"]
    places = [f["properties"] for f in borders if f["properties"]["kommun"] == code]
    rules = yaml.safe_load((data / "skydd.yml").read_text(encoding="utf-8"))
    quarter_of = {r["period"]: r["kvartal"] for r in calendar}
    merged = rules.get("sammanslagna") or {}
    found = Published(
        {}, [], [], quarter_of, str(year),
        next(p["id"] for p in places if p["niva"] == "kommun"),
        [p["id"] for p in places if p["niva"] == "omrade" and p["id"] not in merged],
        read_tree(data, year),
    )  # fmt: skip
    wanted = {*quarter_of, *quarter_of.values(), str(year)} & set(
        only or {*quarter_of.values(), *quarter_of, str(year)}
    )
    for folder in FOLDERS:
        for release in sorted((data / folder).glob(f"*/{code}")):
            if release.parent.name in wanted:
                _read_release(found, release, release.parent.name)
    return found


def _read_release(found: Published, release: Path, span: str) -> None:
    for row in read_rows(release / "rapporter.csv"):
        cell = Cell(span, row["omrade"], row["kategori"], row["miljo"], row["tid"])
        if row["fran"]:
            found.shown[cell] = int(row["fran"]), int(row["till"])
        else:
            found.hidden.append(cell)
    if (release / "bekraftade_rutor.csv").exists():
        rows = read_rows(release / "bekraftade_rutor.csv")
        found.confirmed |= {Cell(r["spann"], r["omrade"], r["kategori"], r["miljo"], r["tid"]) for r in rows}
    asked = next(r for r in read_rows(release / "deltagande.csv") if r["sektor"] == TOTAL)
    if span in found.quarter_of and int(asked["inbjudna"]):
        found.periods.append(span)


# ---- subtraction --------------------------------------------------------------------------------


def left(whole: Interval, parts: Iterable[Interval]) -> Interval:
    """Least and most of what is left of a whole when its known parts are taken away."""
    known = list(parts)
    return max(whole[0] - sum(p[1] for p in known), 0), whole[1] - sum(p[0] for p in known)


def over_time(seen: Published, span: str, area: str, category: str) -> Interval | None:
    """A longer time less its shown fortnights: what the hidden ones hold together."""
    if (whole := seen.shown.get(Cell(span, area, category))) is None:
        return None
    inside = [p for p in seen.periods if span in (seen.quarter_of[p], seen.year)]
    return left(whole, (seen.shown[c] for p in inside if (c := Cell(p, area, category)) in seen.shown))


def over_groups(seen: Published, span: str, area: str) -> Interval | None:
    """A total less its shown groups, if all of the rest is in one group."""
    whole = seen.shown.get(Cell(span, area, TOTAL))
    worries = [Cell(span, area, g) for g in seen.tree.groups if g not in seen.tree.calm]
    if whole is None or sum(cell not in seen.shown for cell in worries) != 1:
        return None
    return left(whole, (seen.shown[cell] for cell in worries if cell in seen.shown))
