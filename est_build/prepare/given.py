"""What was really given: the unsafe boxes of a block, and what each attacker knows of it. Private."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from est_build.load.frame import Frame
from est_build.load.span import KINDS
from est_build.prepare.folding import fold
from est_build.protect.audit.nesting import Box, Nesting
from est_build.protect.audit.system import Floats
from est_build.protect.audit.universe import Universe
from est_build.protect.plan import ALL, SHAPES, tables_for
from est_build.protect.rules import Evidence, enough
from est_build.schema.protection import Protection


class Report(NamedTuple):
    """A coded report as the audit sees it."""

    cell: Box
    """Its finest cell: fortnight, small area or ``""``, category."""
    sides: tuple[Box, ...]
    """Its cells in the tables of environment and time of day."""
    organisation: str
    sector: str


class Insider(NamedTuple):
    """Somebody who knows some of the reports."""

    name: str
    reports: Sequence[Report]
    known_sources: bool = False
    """The known sources themselves: nobody of them has given what the rules say of the others."""
    boxes: frozenset[Box] | None = None
    """The boxes to ask about; ``None``: all."""


@dataclass(frozen=True, slots=True)
class Given:
    """The reports of a block, seen by the audit."""

    nest: Nesting
    filled: Mapping[Box, int]
    """Every non-empty box, with its reports."""
    unsafe: frozenset[Box]
    """Those that R2 would not let be shown."""
    insiders: Sequence[Insider]

    def own(self, universe: Universe, reports: Sequence[Report]) -> Floats:
        """The mass of an attacker's own reports in each column of the model."""
        axes = universe.axes
        columns = np.zeros(universe.columns)
        period = {p: i for i, p in enumerate(axes.periods)}
        area = {a: i for i, a in enumerate(axes.areas)}
        category = {c: i for i, c in enumerate(axes.categories)}
        _, areas, categories = axes.shape
        where = {}
        for side in universe.sides:
            where.update({box: column for column, (box, _, _) in enumerate(side.shown, side.start)})
            where.update({box: side.start + len(side.shown) for box in side.hidden})
        for report in reports:
            cell = report.cell
            place = period[cell.span] * areas + area[cell.area]
            columns[universe.members[place * categories + category[cell.category]]] += 1
            for box in report.sides:
                if box in where:
                    columns[where[box]] += 1
        return columns

    def mine(self, reports: Sequence[Report]) -> dict[Box, int]:
        """How much of each box an attacker gave."""
        return _count(self.nest, reports)


def boxes_of(nest: Nesting, report: Report) -> Iterator[Box]:
    """Every box of the lattice that a report lies in."""
    yield from nest.outer(report.cell)
    yield from report.sides


def what_was_given(frame: Frame, nest: Nesting, reports: pd.DataFrame) -> Given:
    """The reports of a municipality in a block (coded, as the store has them)."""
    rules = frame.rules_for(int(nest.year))
    coded = list(_coded(nest, rules, reports))
    filled = _count(nest, coded)
    insiders = list(_insiders(nest, rules, coded))
    return Given(nest, filled, frozenset(_unsafe(nest, rules, coded)), insiders)


def _count(nest: Nesting, reports: Iterable[Report]) -> dict[Box, int]:
    found: dict[Box, int] = {}
    for report in reports:
        for box in boxes_of(nest, report):
            found[box] = found.get(box, 0) + 1
    return found


def _insiders(nest: Nesting, rules: Protection, reports: Sequence[Report]) -> Iterator[Insider]:
    """The known sources together; each organisation, with what the known sources gave and without.

    What the police know is public in part: a member may have all of it. If he cannot tell anything of
    a box then, he cannot without it either, unless the known sources have reports in that very box.
    """
    known = set(rules.kanda_kallor)
    public = [r for r in reports if r.sector in known]
    theirs = frozenset(_count(nest, public))
    if public:
        yield Insider("", public, known_sources=True)
    by: dict[str, list[Report]] = {}
    for report in reports:
        by.setdefault(report.organisation, []).append(report)
    for name, own in sorted(by.items()):
        more = [r for r in public if r.organisation != name]
        yield Insider(name, [*own, *more])
        if more:
            yield Insider(f"{name} utan polisen", own, boxes=theirs)


def _coded(nest: Nesting, rules: Protection, reports: pd.DataFrame) -> Iterator[Report]:
    sides = [
        (kind, SHAPES[table]) for kind in KINDS for table in tables_for(kind, rules) if SHAPES[table].side
    ]
    columns = ["period", "area", "category", "environment", "time", "organisation", "sector"]
    for p, a, c, environment, time, organisation, sector in zip(
        *(reports[name].tolist() for name in columns), strict=True
    ):
        cell = Box("period", p, a or "", c)
        around = set(nest.outer(cell))
        found = []
        for kind, shape in sides:
            side = (environment, "") if shape.side == "miljo" else ("", time)
            area = a if shape.small else nest.municipality
            category = {"alla": ALL, "grupp": nest.group_of[c], "kategori": c}[shape.category]
            span = {"period": p, "kvartal": nest.quarter_of[p], "ar": nest.year}[kind]
            box = Box(kind, span, area, category, *side)
            if box.margin in around:
                found.append(box)
        yield Report(cell, tuple(found), fold(organisation), sector)


def _unsafe(nest: Nesting, rules: Protection, reports: Sequence[Report]) -> dict[Box, int]:
    known = set(rules.kanda_kallor)
    given: dict[Box, dict[str, int]] = {}
    sectors: dict[Box, set[str]] = {}
    published: dict[Box, dict[str, int]] = {}
    for report in reports:
        for box in boxes_of(nest, report):
            per = given.setdefault(box, {})
            per[report.organisation] = per.get(report.organisation, 0) + 1
            sectors.setdefault(box, set()).add(report.sector)
            if report.sector in known:
                theirs = published.setdefault(box, {})
                theirs[report.organisation] = theirs.get(report.organisation, 0) + 1
    found = {}
    for box, per in given.items():
        theirs = published.get(box, {})
        rest = {o: n - theirs.get(o, 0) for o, n in per.items() if n > theirs.get(o, 0)}
        views = (_evidence(per, sectors[box]), _evidence(rest, sectors[box] - known))
        sensitive = box.category in nest.sensitive
        if not all(enough(view, rules.granser, sensitive=sensitive) for view in views):
            found[box] = views[0].reports
    return found


def _evidence(per: Mapping[str, int], sectors: set[str]) -> Evidence:
    return Evidence(sum(per.values()), len(per), len(sectors), max(per.values(), default=0))
