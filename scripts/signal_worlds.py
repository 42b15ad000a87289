"""Invented networks for ``bench_signals``: what is usual in them, who answers, and what happens."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from est_build.demo.calendar import calendar_text
from est_build.load.area import Area
from est_build.load.calendar import CALENDAR_CHECKS, Calendar, build_calendar
from est_build.load.codebook import codebook
from est_build.load.csv_file import parse_csv
from est_build.load.frame import Frame
from est_build.prepare.coding import Answer, Report
from est_build.prepare.release import Draft, draft_releases
from est_build.prepare.store import Store
from est_build.protect.plan import PROTECTIVE
from est_build.schema.protection import Protection
from est_build.schema.site import Contact, Municipality, Site
from est_build.schema.survey import Member
from est_build.schema.tables import CalendarRow

TOWNS, SMALL, ORGANISATIONS, YEAR = 10, 10, 45, 2023
SECTORS = ("skola", "naringsliv", "foreningsliv", "polis", "socialtjanst", "bostadsbolag", "omsorg")


@dataclass(frozen=True)
class Case:
    """What kind of network, and which of its fortnights are judged (numbered from 0)."""

    id: str
    windows: tuple[tuple[str, int, int], ...]
    """Name, first fortnight and the first one after."""
    networks: int = 10
    power: bool = False
    spread: float = 1.5
    """Variance divided by mean of a count."""
    noise: float = 0.15
    season: float = 0.3
    sizes: tuple[float, float] = (1.0, 40.0)
    """Usual reports per fortnight from a small area."""
    dip: tuple[int, int] = (0, 0)
    follow: float = 1.0
    """How reports follow participation: to this power."""
    begins: float = 1.0
    """Share of the network that is there in the first fortnight."""


CASES = (
    Case("A", (("A ren slump", 13, 25),), networks=14, power=True, spread=1.0, noise=0.0, season=0.0),
    Case("B", (("B verklighetsnära", 13, 25),), networks=28, power=True),
    Case("B6", (("B med 6–9 perioder", 6, 10),), networks=20),
    Case("C", (("C nätverket växer", 13, 25),), begins=0.42),
    Case("D1", (("D svacka", 15, 18), ("D efter svackan", 18, 24)), 14, dip=(15, 18)),
    Case("D2", (("D svacka, rapporter följer till hälften", 15, 18),), 14, dip=(15, 18), follow=0.4),
    Case(
        "D3",
        (("D svacka, rapporter följer inte", 15, 18), ("D efter svackan, rapporter följde inte", 18, 24)),
        14,
        dip=(15, 18),
        follow=0.0,
    ),
    Case("F", (("F få rapporter", 13, 25),), power=True, sizes=(0.1, 6.0)),
    Case("G", (("G starka årstider", 13, 25),), networks=20, season=0.6),
)


def frame_of(fortnights: int) -> Frame:
    """Ten municipalities with a calendar of so many fortnights. Outlines do not matter here."""
    towns = tuple(
        Municipality(kod=f"99{t:02}", namn=f"Kommun {t}", id=f"kommun-{t}", kontakt="prov@prov.example")
        for t in range(TOWNS)
    )
    tops = [Area(t.id, t.namn, t.kod, "kommun", "", 30_000, (), (0.0, 0.0)) for t in towns]
    small = [
        Area(f"omrade-{t}-{n}", f"Område {t} {n}", top.municipality, "omrade", top.id, 1000, (), (0.0, 0.0))
        for t, top in enumerate(tops)
        for n in range(SMALL)
    ]
    site = Site(
        format="1",
        namn="Prov",
        kortnamn="Prov",
        beskrivning="Prov",
        bas_url="https://prov.example/",
        utgivare="Prov",
        kontakt=Contact(funktion="Prov", epost="prov@prov.example"),
        kommuner=towns,
        exempeldata=True,
        licens_data="CC0-1.0",
        metod_sedan="2023-01-02",
    )
    rows, _ = parse_csv(calendar_text(), "kalender.csv", CalendarRow, CALENDAR_CHECKS)
    whole = build_calendar(rows)
    calendar = Calendar(whole.periods[:fortnights], (), (), whole.quarter_of, whole.year_of)
    rules = Protection(format="1")
    return Frame(Path(), site, rules, ((0, rules),), codebook(None), calendar, (*tops, *small), (), ())


class World:
    """An invented network: what is usual in it, and who answers when."""

    def __init__(self, case: Case, frame: Frame, seed: int) -> None:
        """Everything but the counts themselves is drawn here; those are drawn fortnight by fortnight."""
        self.case, self.frame = case, frame
        self.dice = dice = np.random.default_rng(seed)
        planned = [g for g in frame.codes.groups(YEAR) if g.kanslighet != "kommun"]
        planned.sort(key=lambda g: g.slag == PROTECTIVE)
        self.groups = [g.id for g in planned]
        self.worries = sum(g.slag != PROTECTIVE for g in planned)
        """So many of the groups, the first ones, count in a total."""
        self.leaves = [frame.codes.leaves(g, YEAR)[0].id for g in self.groups]
        kinds, self.length = len(self.groups), len(frame.calendar.periods)
        least, most = (math.log(size) for size in case.sizes)
        area = np.exp(dice.uniform(least, most, (TOWNS, SMALL)))
        share = np.exp(dice.uniform(np.log(0.5), np.log(20), kinds))
        mixed = share * np.exp(dice.normal(0, 0.3, (TOWNS, SMALL, kinds)))
        mixed /= mixed.sum(axis=2, keepdims=True)
        self.usual = area[:, :, None] * mixed
        """Reports per fortnight by municipality, area and group."""
        home = dice.choice(SMALL, (TOWNS, ORGANISATIONS))
        own = np.eye(SMALL)[home]
        self.cover = 0.5 * own + 0.5 * (area / area.sum(axis=1, keepdims=True))[:, None, :]
        self.answers = self._answers()
        phase = dice.uniform(0, 2 * math.pi, kinds)
        height = dice.uniform(0, case.season, kinds)
        turn = np.arange(self.length)[:, None] * 2 * math.pi / 26
        self.season = 1 + height * np.sin(turn + phase)
        self.level = np.exp(
            self._lasting((TOWNS, SMALL))[:, :, :, None] + self._lasting((TOWNS, kinds))[:, :, None, :]
        )
        if case.noise:
            self._earlier_outbreaks()

    def _lasting(self, shape: tuple[int, ...]) -> Any:
        """Noise that lasts: each fortnight keeps 0.7 of the one before."""
        noise = np.empty((self.length, *shape))
        noise[0] = self.dice.normal(0, self.case.noise, shape)
        for t in range(1, self.length):
            new = self.dice.normal(0, self.case.noise * math.sqrt(1 - 0.49), shape)
            noise[t] = 0.7 * noise[t - 1] + new
        return noise

    def _answers(self) -> Any:
        """Who answers: by fortnight, municipality and organisation. About 0.69 of those who are there."""
        case, dice = self.case, self.dice
        mood = np.zeros((self.length, TOWNS))
        for t in range(self.length):
            mood[t] = 0.7 * mood[t - 1] + dice.normal(0, 0.15, TOWNS)
        chance = 1 / (1 + np.exp(-0.8 - mood))
        chance[slice(*case.dip)] *= 0.5
        self.there = np.ceil(ORGANISATIONS * np.linspace(case.begins, 1, self.length)).astype(int)
        joined = np.arange(ORGANISATIONS)[None, None, :] < self.there[:, None, None]
        return joined & (dice.random((self.length, TOWNS, ORGANISATIONS)) < chance[:, :, None])

    def _earlier_outbreaks(self) -> None:
        """Twice as many for some fortnights now and then, all of it before the judging begins."""
        last = min(first for _, first, _ in self.case.windows)
        for t in range(last - 1):
            hit = self.dice.random((TOWNS, SMALL)) < 0.02
            self.level[t : min(last, t + int(self.dice.integers(2, 5))), hit] *= 2

    def mean(self, t: int, boost: Any = 1.0) -> Any:
        """Expected reports by municipality, area and group. ``boost``: times this many."""
        heard = np.einsum("to,tos->ts", self.answers[t], self.cover)
        exposure = heard / (0.69 * self.cover.sum(axis=1))
        return self.usual * self.level[t] * self.season[t] * exposure[:, :, None] ** self.case.follow * boost

    def answer(self, store: Store, t: int, boost: Any = 1.0) -> list[Draft]:
        """Draw the reports of a fortnight and let the rules make releases of them."""
        mean = self.mean(t, boost)
        if (spread := self.case.spread) > 1:
            mean = self.dice.gamma(np.maximum(mean, 1e-9) / (spread - 1), spread - 1)
        counts = self.dice.poisson(mean)
        span = self.frame.calendar.periods[t]
        codes = [m.kod for m in self.frame.site.kommuner]
        with store.transaction():
            for town, code in enumerate(codes):
                store.replace(span.id, code, *self._town(t, town, code, counts[town]))
        return draft_releases(self.frame, store, span, codes, {})

    def _town(
        self, t: int, town: int, code: str, counts: Any
    ) -> tuple[list[Member], list[Answer], list[Report]]:
        who = np.flatnonzero(self.answers[t, town])
        names = [f"Organisation {n}" for n in range(self.there[t])]
        sectors = [SECTORS[n % len(SECTORS)] for n in range(self.there[t])]
        members = [
            Member.model_construct(organisation=n, sektor=s, kommun=code)
            for n, s in zip(names, sectors, strict=True)
        ]
        answers = [Answer(f"{t}-{code}-{n}", code, names[n], sectors[n], "") for n in who]
        reports = []
        for area, row in enumerate(counts):
            if not row.sum() or not len(who):
                continue
            weights = self.cover[town, who, area]
            givers = iter(self.dice.choice(len(who), int(row.sum()), p=weights / weights.sum()))
            for kind in np.repeat(np.arange(len(row)), row):
                given = answers[next(givers)].id
                where = f"omrade-{town}-{area}"
                reports.append(Report(given, code, where, self.leaves[kind], "okand", "okand"))
        return members, answers, reports
