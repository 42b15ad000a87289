"""Measures the audit (R8) through a whole year, for municipalities of different size.

    make bench-protect                                  12, 60 and 200 areas
    make bench-protect BENCH_ARGS="--areas 12 --runs 3"

Invented answers of one year go fortnight by fortnight through the real rules and the real audit, in
memory. Printed for an ordinary fortnight, a quarter's and the year's end: boxes, seconds, cells that
the audit had to withhold, and the peak of memory. The floor is the same releases without the audit
(rules R1-R7 alone), in the same run.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from est_build.demo.calendar import calendar_text
from est_build.load.area import Area
from est_build.load.calendar import CALENDAR_CHECKS, build_calendar
from est_build.load.codebook import codebook
from est_build.load.csv_file import parse_csv
from est_build.load.frame import Frame
from est_build.load.span import Span
from est_build.prepare.audit import Case, audit
from est_build.prepare.coding import Answer, Report
from est_build.prepare.given import what_was_given
from est_build.prepare.release import Draft, draft_releases
from est_build.prepare.store import Store
from est_build.protect.audit.block import Figures, within
from est_build.protect.audit.nesting import nesting
from est_build.protect.plan import geography
from est_build.schema.protection import Protection
from est_build.schema.site import Contact, Municipality, Site
from est_build.schema.survey import Member
from est_build.schema.tables import CalendarRow

CODE, YEAR = "9999", 2025
ORGANISATIONS = {12: 45, 60: 180, 200: 500}
"""As in the design's prototype: about two reports a fortnight from each."""
SECTORS = (
    "skola",
    "naringsliv",
    "foreningsliv",
    "polis",
    "socialtjanst",
    "bostadsbolag",
    "gata-park",
    "omsorg",
)


@dataclass
class Cost:
    """What the releases of one kind of fortnight cost."""

    boxes: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)
    shown: int = 0
    withheld: int = 0


def frame_of(size: int) -> Frame:
    """A municipality with ``size`` small areas. Outlines do not matter here: there are none."""
    top = Area("provby", "Provby", CODE, "kommun", "provby", 30_000, (), (0.0, 0.0))
    small = [
        Area(f"omrade-{n:03}", f"Område {n}", CODE, "omrade", "provby", 1000, (), (0.0, 0.0))
        for n in range(size)
    ]
    site = Site(
        format="1",
        namn="Prov",
        kortnamn="Prov",
        beskrivning="Prov",
        bas_url="https://prov.example/",
        utgivare="Prov",
        kontakt=Contact(funktion="Prov", epost="prov@prov.example"),
        kommuner=(Municipality(kod=CODE, namn="Provby", id="provby", kontakt="prov@prov.example"),),
        exempeldata=True,
        licens_data="CC0-1.0",
        metod_sedan="2023-01-02",
    )
    rules = Protection(format="1")
    rows, _ = parse_csv(calendar_text(), "kalender.csv", CalendarRow, CALENDAR_CHECKS)
    calendar = build_calendar(rows)
    return Frame(Path(), site, rules, ((0, rules),), codebook(None), calendar, (top, *small), (), ())


def fill(frame: Frame, store: Store, size: int, seed: int) -> None:
    """A year of invented answers: few areas and few categories have most of them, as in life."""
    dice = random.Random(seed)
    areas = [a.id for a in frame.areas if a.level == "omrade"]
    weight = [1.0 / (n + 1) ** 0.9 for n in range(len(areas))]
    groups = [g.id for g in frame.codes.groups(YEAR)]
    leaves = [leaf.id for g in groups for leaf in frame.codes.leaves(g, YEAR)]
    heavy = [1.0 / (n + 1) for n in range(len(leaves))]
    dice.shuffle(heavy)
    environments, times = frame.codes.ids("miljoer"), frame.codes.ids("tider")
    homes = dice.choices(areas, weight, k=ORGANISATIONS.get(size, 4 * size))
    members = [
        Member(organisation=f"Organisation {n}", sektor=SECTORS[n % len(SECTORS)], kommun=CODE)
        for n in range(len(homes))
    ]
    year = next(y for y in frame.calendar.years if y.id == str(YEAR))
    for period in frame.calendar.periods_in(year):
        answers, reports = [], []
        for member, home in zip(members, homes, strict=True):
            answer = Answer(
                f"{period.id}-{member.organisation}", CODE, member.organisation, member.sektor, ""
            )
            answers.append(answer)
            for _ in range(sum(dice.random() < 0.2 for _ in range(10))):
                area = home if dice.random() < 0.5 else dice.choices(areas, weight)[0]
                place = "" if dice.random() < 0.05 else area
                category = dice.choices(leaves, heavy)[0]
                where, when = dice.choice(environments), dice.choice(times)
                reports.append(Report(answer.id, CODE, place, category, where, when))
        store.replace(period.id, CODE, members, answers, reports)


def figures(draft: Draft) -> Figures:
    """A draft as the audit sees it."""
    invited = next(s.invited for s in draft.sectors if s.id == "alla")
    return Figures(draft.span, {c.key: c.interval for c in draft.cells}, frozenset(), invited)


def run_year(size: int, seed: int) -> dict[str, Cost]:
    """Every fortnight of the year, with the quarter and the year when they are complete."""
    frame = frame_of(size)
    costs = {"period": Cost(), "kvartal": Cost(), "ar": Cost()}
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        with store.transaction():
            fill(frame, store, size, seed)
        history: list[Figures] = []
        for spans in releases_of(frame):
            start = time.perf_counter()
            drafts = [d for span in spans for d in draft_releases(frame, store, span, [CODE], {})]
            drafted = time.perf_counter()
            block = spans[-1]
            place = geography(frame.areas, CODE, frame.protection)
            nest = nesting(frame.calendar, frame.codes, place, block)
            periods = [p.id for p in frame.calendar.periods_in(block)]
            given = what_was_given(frame, nest, store.reports(periods, [CODE]))
            inside = [h for h in history if within(frame.calendar, h.span, block)]
            audited = audit(Case(frame, CODE, inside, [figures(d) for d in drafts], given))
            cost = costs[block.kind]
            cost.seconds.append(time.perf_counter() - drafted)
            cost.floor.append(drafted - start)
            cost.boxes.append(audited.proofs[-1].boxes)
            cost.shown += sum(c.interval is not None for d in drafts for c in d.cells)
            cost.withheld += len(audited.hidden)
            history += audited.releases
        store.close()
    return costs


def releases_of(frame: Frame) -> list[list[Span]]:
    """What is released together: a fortnight, with its quarter and year when it is their last."""
    calendar = frame.calendar
    year = next(y for y in calendar.years if y.id == str(YEAR))
    found = []
    for period in calendar.periods_in(year):
        longer = [s for s in (*calendar.quarters, year) if calendar.periods_in(s)[-1] == period]
        found.append([period, *longer])
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--areas", type=int, nargs="*", default=[12, 60, 200])
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    heads = ("områden", "släpp", "rutor", "median s", "värsta s", "utan granskning s", "visade", "dolda", "%")
    print(" | ".join(heads))
    names = {"period": "14 dagar", "kvartal": "kvartal", "ar": "år"}
    for size in chosen.areas:
        for kind, cost in run_year(size, chosen.seed).items():
            share = 100 * cost.withheld / max(1, cost.shown)
            row = (
                size,
                f"{names[kind]} ({len(cost.seconds)})",
                max(cost.boxes),
                f"{statistics.median(cost.seconds):.2f}",
                f"{max(cost.seconds):.2f}",
                f"{statistics.median(cost.floor):.2f}",
                cost.shown,
                cost.withheld,
                f"{share:.2f}",
            )
            print(" | ".join(map(str, row)), flush=True)
        unit = 2**20 if sys.platform == "darwin" else 2**10
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
        print(f"{size} områden: högst {peak:.0f} MB minne hittills", flush=True)


if __name__ == "__main__":
    main()
