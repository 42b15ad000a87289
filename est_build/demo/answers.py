"""Invented answers to one fortnight's survey: seeded, clumped, with seasons and stories.

Each municipality and fortnight has chance of its own, named by both: a change in one place leaves
every other answer as it was.
"""

from __future__ import annotations

import datetime as dt
import math
from functools import cache
from typing import NamedTuple

from est_build.demo.calendar import calendar, index_of, is_collected
from est_build.demo.chance import Chance, clump_mean
from est_build.demo.network import DemoMember, is_silent, network
from est_build.demo.places import BY_CODE, MUNICIPALITIES, TOWNS, localities_of
from est_build.demo.profiles import (
    AFFINITY,
    BASE_REPORTS,
    COAST,
    LEAVES,
    PLACELESS,
    PLACELESS_ELSE,
    TOWN_SHARE,
    VILLAGE_SIZE,
    VILLAGE_VOICE,
    day_weights,
    environments,
    group_of,
    place_weight,
    season,
    weight_of,
)
from est_build.demo.stories import EXTRAS, extra_mean, factor, is_still
from est_build.schema.tables import CalendarRow

OVERDISPERSION = 1.5
"""Variance against mean of a count (``signals.md`` 2.1)."""
_MEMORY = 0.7
_NOISE = 0.12
_HOLIDAYS = {"27": 0.78, "33": 0.88, "51": 0.8, "52": 0.8}
"""First week of a fortnight in which fewer answer than usual: share of the usual rate."""


class Report(NamedTuple):
    """One thing seen, as codes. Empty strings where the reporter did not know.

    Without an area it concerns the municipality as a whole.
    """

    omrade: str
    kategori: str
    miljo: str
    veckodag: str
    tid: str


class Answer(NamedTuple):
    """What one organisation sent in at one moment; no reports means nothing to report."""

    inskickat: dt.datetime
    organisation: str
    sektor: str
    kommun: str
    rapporter: tuple[Report, ...]


@cache
def _shock(index: int, *name: str) -> float:
    return Chance("brus", index, *name).normal()


@cache
def _slow_noise(index: int, *name: str) -> float:
    """A factor round 1 that remembers: high fortnights come beside high ones."""
    level = math.sqrt(1.0 - _MEMORY**2)
    total = math.fsum(_MEMORY**lag * _shock(index - lag, *name) for lag in range(12))
    return math.exp(_NOISE * level * total - _NOISE**2 / 2)


def _swing(index: int, code: str, what: str) -> float:
    return 1.0 if is_still(code, index) else _slow_noise(index, code, what)


def invited(code: str, row: CalendarRow) -> list[DemoMember]:
    """Members of a municipality's network in a fortnight."""
    return [m for m in network() if m.kommun == code and m.invited(row.start, row.slut)]


def answering(code: str, row: CalendarRow) -> list[DemoMember]:
    """Those of the invited who answer: 55-80 %, fewer around holidays."""
    week = f"{row.start.isocalendar().week:02d}"
    common = _HOLIDAYS.get(week, 1.0) * _slow_noise(index_of(row.period), code, "svar") ** 0.4
    result = []
    for member in invited(code, row):
        comes = Chance("svarar", row.period, member.organisation).happens(
            min(0.97, member.svarsvana * common)
        )
        if comes and not is_silent(member, row.kvartal):
            result.append(member)
    return result


@cache
def _ordinary_effort(code: str) -> float:
    """Reporting that the network of the start gives in an ordinary fortnight."""
    first = calendar()[0]
    return sum(member.svarsvana * member.flit for member in invited(code, first))


@cache
def _area_weights(code: str) -> dict[str, float]:
    """Share of the reports that concerns each small area: the town most, villages by size."""
    places = localities_of(code)
    villages = {
        p.id: p.folkmangd**VILLAGE_SIZE * VILLAGE_VOICE.get(p.id, 1.0)
        for p in places
        if p.id not in TOWNS
    }
    total = sum(villages.values())
    rest = 1 - TOWN_SHARE[code]
    shares = {area: rest * weight / total for area, weight in villages.items()}
    return {BY_CODE[code].huvudort: TOWN_SHARE[code], **shares}


@cache
def _leaf_total(area: str, year: int) -> float:
    return math.fsum(weight_of(leaf, year) * place_weight(area, leaf) for leaf in LEAVES)


def usual_mean(code: str, area: str, leaf: str, row: CalendarRow) -> float:
    """Expected reports of a category in an area, before participation, noise and extras."""
    share = weight_of(leaf, row.ar) * place_weight(area, leaf) / _leaf_total(area, row.ar)
    mean = BASE_REPORTS[code] * _area_weights(code)[area] * share
    return mean * season(leaf, row.start, area in COAST) * factor(area, leaf, index_of(row.period))


def _reporter(
    chance: Chance, group: str, area: str, members: list[DemoMember], used: set[str]
) -> DemoMember | None:
    """Who sees it: by diligence and sector; seldom the same organisation twice for one event."""
    weights = [
        member.flit
        * AFFINITY.get(member.sektor, {}).get(group, 1.0)
        * (1.0 if member.may_report(area) else 0.0)
        * (2.5 if member.omraden else 1.0)
        * (0.15 if member.organisation in used else 1.0)
        for member in members
    ]
    if sum(weights) <= 0:
        return None
    return chance.pick(members, weights)


class _Draw:
    """Draws the reports of one municipality in one fortnight."""

    def __init__(self, code: str, row: CalendarRow, members: list[DemoMember]) -> None:
        self.members = members
        self.row = row
        self.reports: dict[str, list[Report]] = {m.organisation: [] for m in members}
        self.chance = Chance("rapporter", row.period, code)

    def clumps(self, area: str, leaf: str, mean: float, environment: str | None = None) -> None:
        """Draw the reports of one category in one area, a clump for each event."""
        for _ in range(self.chance.poisson(mean / clump_mean(OVERDISPERSION))):
            self._event(area, leaf, environment)

    def _event(self, area: str, leaf: str, environment: str | None) -> None:
        chance, group = self.chance, group_of(leaf)
        size = chance.clump(OVERDISPERSION)
        if environment is None:
            environment = chance.pick(*environments(leaf, area, self.row.start))
        weekday, daypart = chance.pick(*day_weights(group))
        known = not chance.happens(PLACELESS.get(group, PLACELESS_ELSE))
        used: set[str] = set()
        for _ in range(size):
            member = _reporter(chance, group, area, self.members, used)
            if member is None:
                return
            used.add(member.organisation)
            knows_time = not chance.happens(0.06)
            report = Report(
                omrade=area if known else "",
                kategori=leaf,
                miljo=environment,
                veckodag=weekday if knows_time else "",
                tid=daypart if knows_time else "",
            )
            self.reports[member.organisation].append(report)


def _reports(code: str, row: CalendarRow, members: list[DemoMember]) -> dict[str, list[Report]]:
    """All reports of a municipality's network in a fortnight, by organisation."""
    index = index_of(row.period)
    effort = sum(member.flit for member in members) / _ordinary_effort(code)
    level = effort * _swing(index, code, "allt")
    draw = _Draw(code, row, members)
    for place in localities_of(code):
        for leaf in LEAVES:
            noise = _swing(index, code, group_of(leaf))
            mean = usual_mean(code, place.id, leaf, row) * level * noise
            draw.clumps(place.id, leaf, mean)
        for extra in EXTRAS:
            if extra.omrade == place.id:
                mean = extra_mean(extra, index) * effort
                draw.clumps(place.id, extra.kategori, mean, extra.miljo)
    return draw.reports


def _moment(chance: Chance, row: CalendarRow) -> dt.datetime:
    """When an answer comes in: mostly in the last days, always within the fortnight."""
    late = chance.happens(0.6)
    day = row.start + dt.timedelta(days=chance.whole(9, 13) if late else chance.whole(1, 12))
    clock = dt.time(chance.whole(7, 19), chance.whole(0, 59))
    return dt.datetime.combine(day, clock)


def _split(
    chance: Chance, row: CalendarRow, member: DemoMember, seen: list[Report]
) -> list[Answer]:
    """One answer as a rule; now and then somebody sends in what they saw in two rounds."""
    chance_moments = sorted([_moment(chance, row), _moment(chance, row)])
    if len(seen) < 3 or not chance.happens(0.12):
        parts = [(chance_moments[1], seen)]
    else:
        cut = len(seen) // 2
        parts = [(chance_moments[0], seen[:cut]), (chance_moments[1], seen[cut:])]
    return [
        Answer(moment, member.organisation, member.sektor, member.kommun, tuple(reports))
        for moment, reports in parts
    ]


def municipality_answers(code: str, period: str) -> tuple[Answer, ...]:
    """Answers of one municipality's network in one fortnight; none in the summer break."""
    row = calendar()[index_of(period)]
    if not is_collected(row):
        return ()
    members = answering(code, row)
    reports = _reports(code, row, members)
    result: list[Answer] = []
    for member in members:
        chance = Chance("inskickat", period, member.organisation)
        result += _split(chance, row, member, reports[member.organisation])
    return tuple(result)


def answers(period: str) -> tuple[Answer, ...]:
    """All answers of a fortnight, in the order in which they came in."""
    everything = [
        answer
        for municipality in MUNICIPALITIES
        for answer in municipality_answers(municipality.kod, period)
    ]
    return tuple(sorted(everything, key=lambda a: (a.inskickat, a.organisation)))
