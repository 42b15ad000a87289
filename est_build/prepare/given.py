"""What was really given: the unsafe boxes of a block, and what each attacker knows of it. Private."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from est_build.load.frame import Frame
from est_build.load.span import KINDS
from est_build.prepare.words import fold
from est_build.protect.audit.nesting import Box, Nesting
from est_build.protect.audit.system import Floats
from est_build.protect.audit.universe import Universe
from est_build.protect.plan import ALL, SHAPES, tables_for
from est_build.protect.rules import Evidence, enough
from est_build.schema.protection import Protection

KNOWN_SOURCES = ""
"""Name of the attacker that is all known sources together."""


class Report(NamedTuple):
    """A coded report as the audit sees it."""

    cell: Box
    """Its finest cell: fortnight, small area or ``""``, category."""
    sides: tuple[Box, ...]
    """Its cells in the tables of environment and time of day."""
    organisation: str
    sector: str


@dataclass(frozen=True, slots=True)
class Given:
    """The reports of a block, seen by the audit."""

    nest: Nesting
    unsafe: Mapping[Box, int]
    """Every non-empty box that R2 would not let be shown, with its reports."""
    attackers: Mapping[str, Sequence[Report]]
    """What each knows besides what is published: an organisation its own reports, the known sources
    (police) all of theirs."""

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
        found: dict[Box, int] = {}
        for report in reports:
            for box in boxes_of(self.nest, report):
                found[box] = found.get(box, 0) + 1
        return found


def boxes_of(nest: Nesting, report: Report) -> Iterator[Box]:
    """Every box of the lattice that a report lies in."""
    yield from nest.outer(report.cell)
    yield from report.sides


def what_was_given(frame: Frame, nest: Nesting, reports: pd.DataFrame) -> Given:
    """The reports of a municipality in a block (coded, as the store has them)."""
    rules = frame.rules_for(int(nest.year))
    # A category that has been switched off since then counts in its group, as in the tables.
    known_here = {
        c: c if c in nest.group_of else frame.codes.group_of(c) for c in reports["category"].unique()
    }
    coded = list(_coded(nest, rules, reports.assign(category=reports["category"].map(known_here))))
    known = set(rules.kanda_kallor)
    attackers: dict[str, list[Report]] = {KNOWN_SOURCES: [r for r in coded if r.sector in known]}
    for report in coded:
        attackers.setdefault(report.organisation, []).append(report)
    return Given(
        nest, _unsafe(nest, rules, coded), {name: own for name, own in sorted(attackers.items()) if own}
    )


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
