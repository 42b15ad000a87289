"""Measures the honesty of the signals: how often chance alone makes one, and what a true rise gives.

    make bench-signals                              all cases, about six CPU minutes
    make bench-signals BENCH_ARGS="--quick"         a few networks of each case
    make bench-signals BENCH_ARGS="--skriv"         keep the figures in est_build/analyse

Invented networks (ten municipalities with ten small areas each) answer for some fortnights in memory. Their
reports go through the real rules R1-R7 (``draft_releases``) and what is published through the real
analysis. R8, the audit, is left out: it takes seconds a fortnight, and hides less than one shown cell in a
hundred (``make bench-protect``). Quarters are left out too: six of them take a year and a half.

The cases are those of the design: A pure chance; B as it is (variance 1.5 times the mean, noise that lasts,
seasons, earlier outbreaks, uneven participation); C a growing network; D a dip in participation, with
reports that follow it, half follow it, or do not; F few reports; G strong seasons. In all of them nothing
happens, so each signal is false; those of a level are counted per fortnight, up and down together. Then an
area, a group of categories or a whole municipality gets twice or three times its reports for three
fortnights: power is the share found within them, delay the fortnights before the first signal.

Beside it on exact counts: the same rule, "+25 % since last time", XmR (mean + 2.66 mean moving ranges) and
EARS C2 (mean + 3.09 standard deviations of seven, the last two left out). The budget of the working report,
3, gives the same signals here: with 100 series or fewer the cap on each of them, one in a hundred, decides.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import math
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from signal_worlds import CASES, SMALL, TOWNS, Case, World, frame_of

from est_build.analyse.rule import Rule
from est_build.analyse.usual import State, Usual
from est_build.analyse.verdicts import Analysis
from est_build.load.frame import Frame
from est_build.load.span import Span
from est_build.load.texts import Texts
from est_build.model.cell import HIDDEN, Shown
from est_build.model.published import Figures, Published
from est_build.model.series import Participation
from est_build.prepare.release import Draft
from est_build.prepare.store import Store

OUTBREAK, FACTORS = 3, (2, 3)
SIZES = ((5, 10), (10, 20), (20, 40), (40, 80), (80, 1000))
"""Classes of usual reports per fortnight that power is told for."""
FEWEST = 5
"""Power is told from this many outbreaks."""
FOLDER = Path(__file__).resolve().parent.parent / "est_build" / "analyse"
Seen = dict[tuple[str, str], Figures]


def exact_figures(draft: Draft) -> Figures:
    """A release with the counts themselves, to compare with."""
    cells = {c.key: Shown(c.evidence.reports, c.evidence.reports) for c in draft.cells}
    people = {s.id: Participation(s.invited, Shown(s.answered, s.answered)) for s in draft.sectors}
    return Figures(cells, people)


def public_figures(draft: Draft) -> Figures:
    """A release as it is published."""
    cells = {c.key: HIDDEN if c.interval is None else Shown(*c.interval) for c in draft.cells}
    people = {
        s.id: Participation(s.invited, HIDDEN if s.interval is None else Shown(*s.interval))
        for s in draft.sectors
    }
    return Figures(cells, people)


def published(frame: Frame, figures: Seen) -> Published:
    """What the analysis reads."""
    texts = Texts({}, {}, {}, {}, {}, {}, {}, {}, ())
    date = frame.calendar.periods[-1].publishes
    areas = {a.id: a for a in frame.areas}
    return Published(
        frame.site, frame.protection, frame.codes, frame.calendar, frame.areas, (), (), figures, texts,
        date, (), areas,
    )  # fmt: skip


# ---- the methods ---------------------------------------------------------------------------------


def rises_25(now: int, before: Sequence[int]) -> bool:
    """``+25 % sedan sist``."""
    return now > 1.25 * before[-1]


def xmr(now: int, before: Sequence[int]) -> bool:
    """Above the natural process limit: mean + 2.66 mean moving ranges."""
    ranges = [abs(b - a) for a, b in itertools.pairwise(before)]
    return now > statistics.fmean(before) + 2.66 * statistics.fmean(ranges)


def ears_c2(now: int, before: Sequence[int]) -> bool:
    """Above mean + 3.09 standard deviations of seven counts, the last two left out."""
    base = before[:-2][-7:]
    return now > statistics.fmean(base) + 3.0902 * statistics.stdev(base)


OTHERS: dict[str, Callable[[int, Sequence[int]], bool]] = {
    "plus25": rises_25,
    "xmr": xmr,
    "ears_c2": ears_c2,
}
METHODS = ("publicerat", "exakt", *OTHERS)


@dataclass
class Said:
    """What the methods say of one fortnight: by method and level, each series with its mark."""

    marks: dict[str, dict[str, dict[tuple[str, str | None], int]]]
    """1 = a signal upwards, -1 = downwards, 0 = none."""
    judged: dict[str, dict[str, float]]


def judge(frame: Frame, exact: Seen, public: Seen, spans: Iterable[Span]) -> list[Said]:
    """Every method on every series of these fortnights."""
    seen = published(frame, exact)
    rules = {
        "publicerat": Analysis(published(frame, public)),
        "exakt": Analysis(seen, Rule()),
    }
    found = []
    for span in spans:
        said = Said(defaultdict(dict), defaultdict(dict))
        for method, analysis in rules.items():
            for name, level in analysis.verdicts(span).levels.items():
                marks = {(v.series.area, v.series.category): _mark(v.usual) for v in level.verdicts}
                said.marks[method][name] = marks
                said.judged[method][name] = level.judged / max(1, len(marks))
        for name, level in rules["exakt"].verdicts(span).levels.items():
            for method, rule in OTHERS.items():
                said.marks[method][name] = {
                    (v.series.area, v.series.category): _other(rule, v.usual) for v in level.verdicts
                }
        found.append(said)
    return found


def _mark(usual: Usual) -> int:
    return (usual.state in (State.NY, State.FLER)) - (usual.state is State.FARRE)


def _other(rule: Callable[[int, Sequence[int]], bool], usual: Usual) -> int:
    before = [o.count.low for o in usual.history]
    return int(usual.now is not None and len(before) >= 6 and rule(usual.now.count.low, before))


# ---- running -------------------------------------------------------------------------------------


@dataclass
class Found:
    """What all networks of the cases gave."""

    false: dict[tuple[str, str, str], list[tuple[float, float]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """Case, level, method -> signals up and down per fortnight, a pair for each network."""
    judged: dict[tuple[str, str, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    series: dict[str, int] = field(default_factory=dict)
    """How many there are of each level."""
    power: dict[tuple[str, str, str, int, tuple[int, int]], list[int | None]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """Case, level, method, factor, size -> for each outbreak the delay, or ``None`` if it was missed."""


def run_network(case: Case, seed: int, found: Found) -> None:
    """One network: the fortnights in which nothing happens, then the outbreaks."""
    length = max(last for _, _, last in case.windows)
    frame = frame_of(length)
    world = World(case, frame, seed)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        exact: Seen = {}
        public: Seen = {}
        for t in range(length):
            _keep(world.answer(store, t), exact, public)
        for name, first, last in case.windows:
            _count_false(name, judge(frame, exact, public, frame.calendar.periods[first:last]), found)
        if case.power:
            for factor in FACTORS:
                _outbreak(world, store, factor, (dict(exact), dict(public)), found)
        store.close()


def _keep(drafts: Iterable[Draft], exact: Seen, public: Seen) -> None:
    for draft in drafts:
        exact[draft.span.id, draft.municipality] = exact_figures(draft)
        public[draft.span.id, draft.municipality] = public_figures(draft)


def _count_false(name: str, said: Sequence[Said], found: Found) -> None:
    for method in METHODS:
        for level in said[0].marks[method]:
            marks = [list(s.marks[method][level].values()) for s in said]
            up, down = (sum(row.count(sign) for row in marks) / len(said) for sign in (1, -1))
            found.false[name, level, method].append((up, down))
            found.series[level] = len(marks[0])
            if method in said[0].judged:
                share = statistics.fmean(s.judged[method][level] for s in said)
                found.judged[name, level, method].append(share)


def _outbreak(world: World, store: Store, factor: int, seen: tuple[Seen, Seen], found: Found) -> None:
    """Areas in half of the municipalities, groups in the others, and the whole of the last one."""
    name, first, _ = world.case.windows[0]
    start = first + 2
    boost = np.ones_like(world.usual)
    targets: list[tuple[str, tuple[str, str | None], float]] = []
    for town in range(TOWNS):
        top, place, kind = (
            f"kommun-{town}",
            int(world.dice.integers(SMALL)),
            int(world.dice.integers(world.worries)),
        )
        if town == TOWNS - 1:
            boost[town] = factor
            targets.append(("kommun", (top, None), world.usual[town, :, : world.worries].sum()))
        elif town % 2:
            boost[town, place] = factor
            where = f"omrade-{town}-{place}"
            targets.append(("omrade", (where, None), world.usual[town, place, : world.worries].sum()))
        else:
            boost[town, :, kind] = factor
            targets.append(("kommun_grupp", (top, world.groups[kind]), world.usual[town, :, kind].sum()))
    times = range(start, start + OUTBREAK)
    for t in times:
        _keep(world.answer(store, t, boost), *seen)
    said = judge(world.frame, *seen, [world.frame.calendar.periods[t] for t in times])
    for level, series, usual in targets:
        size = next((s for s in SIZES if s[0] <= usual < s[1]), None)
        for method in METHODS if size else ():
            hits = [i for i, one in enumerate(said) if one.marks[method][level][series] == 1]
            found.power[name, level, method, factor, size or SIZES[0]].append(hits[0] if hits else None)


# ---- the tables ----------------------------------------------------------------------------------

FALSE_COLUMNS = (
    *(
        "fall",
        "niva",
        "metod",
        "falska",
        "medelfel",
        "falska_upp",
        "falska_ned",
        "bedomda",
        "serier",
        "natverk",
    ),
)
"""Case, level, method; false signals per fortnight with their standard error, those upwards and downwards;
share of the series that is judged (only the rule refuses to judge); series; networks."""
POWER_COLUMNS = (
    *("fall", "niva", "metod", "faktor", "medel_fran", "medel_till"),
    *("funna", "medelfel", "drojsmal", "utbrott"),
)
"""Case, level, method; times as many reports as usual; usual reports per fortnight, from and below; share
found within three fortnights with its standard error, mean delay in fortnights of those found; outbreaks."""


def false_rows(found: Found) -> list[tuple[str, ...]]:
    """``simulated.csv``."""
    rows: list[tuple[str, ...]] = []
    for key, pairs in found.false.items():
        both = [up + down for up, down in pairs]
        up, down = (statistics.fmean(p[i] for p in pairs) for i in (0, 1))
        judged = found.judged.get(key)
        share = f"{statistics.fmean(judged):.2f}" if judged else ""
        error = statistics.stdev(both) / math.sqrt(len(both)) if len(both) > 1 else 0.0
        numbers = (f"{up + down:.2f}", f"{error:.2f}", f"{up:.2f}", f"{down:.2f}", share)
        rows.append((*key, *numbers, str(found.series[key[1]]), str(len(both))))
    return rows


def power_rows(found: Found) -> list[tuple[str, ...]]:
    """``simulated_power.csv``."""
    rows: list[tuple[str, ...]] = []
    for (case, level, method, factor, size), delays in sorted(found.power.items()):
        if len(delays) < FEWEST:
            continue
        hits = [d for d in delays if d is not None]
        share = len(hits) / len(delays)
        error = math.sqrt(share * (1 - share) / len(delays))
        delay = f"{statistics.fmean(hits):.1f}" if hits else ""
        what = (str(factor), str(size[0]), str(size[1]))
        rows.append((case, level, method, *what, f"{share:.2f}", f"{error:.2f}", delay, str(len(delays))))
    return rows


def run(networks: int | None = None, cases: Sequence[str] = (), seed: int = 1) -> Found:
    """All cases, or some of them by id. ``networks``: so many of each, instead of what a case says."""
    found = Found()
    for number, case in enumerate(CASES):
        if cases and case.id not in cases:
            continue
        for i in range(networks or case.networks):
            run_network(case, seed * 1_000_000 + number * 1000 + i, found)
        print(f"{case.id}: {time.process_time():.0f} s", file=sys.stderr, flush=True)
    return found


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="two networks of each case")
    parser.add_argument("--fall", nargs="*", default=[], help="only these cases")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--skriv", action="store_true", help="keep the figures in est_build/analyse")
    chosen = parser.parse_args()
    found = run(2 if chosen.quick else None, chosen.fall, chosen.seed)
    tables = (
        ("simulated.csv", FALSE_COLUMNS, false_rows(found)),
        ("simulated_power.csv", POWER_COLUMNS, power_rows(found)),
    )
    for name, columns, rows in tables:
        print(" | ".join(columns))
        for row in rows:
            print(" | ".join(row))
        print()
        if chosen.skriv:
            with (FOLDER / name).open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows([columns, *rows])
    over = [row[:4] for row in tables[0][2] if row[2] == "publicerat" and float(row[3]) > 1]
    print("Budgeten hålls." if not over else f"Över en falsk markering per 14 dagar: {over}")
    print(f"CPU {time.process_time():.0f} s")


if __name__ == "__main__":
    main()
