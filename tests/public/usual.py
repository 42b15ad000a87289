"""The usual range, counted again from the published files with nothing of the program.

Written from the method page and ``signals.md`` alone: midpoints before, the hard end now, thirteen
fortnights, two keys, a spread that the level shares.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field
from functools import cached_property
from statistics import median
from typing import Any

import yaml

from tests.public.recount import DASH, Recount

LEAST, MOST, BACK = 6, 13, 26
FLOOR, CAP, STEP = 5, 0.01, 5
PRIOR, WEIGHT, OWN = 2.0, 50, 13
Row = tuple[int, int, int, int]
"""Reports from and to, answers from and to; ``(0, 4, …)`` when under the limit."""


def limits_of(mean: float, ratio: float, alpha: float) -> tuple[int, int]:
    """The largest count with P(Y <= count) <= alpha, and the smallest with P(Y >= count) <= alpha."""
    below, count, lower = 0.0, 0, -1
    while 1.0 - below > alpha:
        below += mass(count, mean, ratio)
        lower = count if below <= alpha else lower
        count += 1
    return lower, count


def mass(count: int, mean: float, ratio: float) -> float:
    """P(Y = count)."""
    if ratio <= 1 + 1e-12:
        return math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))
    size = mean / (ratio - 1)
    return math.exp(
        math.lgamma(count + size) - math.lgamma(size) - math.lgamma(count + 1)
        - size * math.log(ratio) + count * math.log(1 - 1 / ratio)
    )  # fmt: skip


@dataclass
class Judged:
    """What the recount says of a series in a fortnight."""

    word: str
    band: tuple[int, int] | None = None


@dataclass
class UsualRecount:
    """All verdicts of municipalities, small areas and groups by municipality."""

    counted: Recount
    _ready: dict[tuple[str, str], dict[tuple[str, str | None], Judged]] = field(default_factory=dict)

    @cached_property
    def days(self) -> dict[str, tuple[dt.date, dt.date]]:
        """First and last day of each fortnight."""
        rows = self.counted.calendar
        iso = dt.date.fromisoformat
        return {r["period"]: (iso(r["start"]), iso(r["slut"])) for r in rows}

    @cached_property
    def changes(self) -> list[dict[str, Any]]:
        """What has changed in how things are counted, where it breaks a series."""
        path = self.counted.data.parent / "content" / "andringar.yml"
        every = yaml.safe_load(path.read_text(encoding="utf-8"))["andringar"]
        return [c for c in every if c["bryter"] in (True, "ja")]

    def verdict(self, period: str, area: str, group: str | None = None) -> Judged:
        """The verdict on a series in a fortnight."""
        small = area in self.counted.small()
        level = "omrade" if small else "kommun" if group is None else "kommun_grupp"
        if (period, level) not in self._ready:
            self._ready[period, level] = self._level(period, level)
        return self._ready[period, level][area, group]

    def _level(self, period: str, level: str) -> dict[tuple[str, str | None], Judged]:
        c = self.counted
        areas = c.small() if level == "omrade" else c.towns
        groups = c.groups if level == "kommun_grupp" else [None]
        every = [(a, g) for a in areas for g in groups if self._cell(period, a, g) != DASH]
        now = {s: self._row(period, *s) for s in every}
        before = {s: self._before(period, *s) for s in every}
        usable = [s for s in every if now[s] is not None and self._enough(before[s])]
        alpha = min(CAP, 1 / max(1, len(usable)))
        spread = {key: self._pool([before[s] for s in usable], key) for key in (0, 1)}
        return {s: self._judge(now[s], before[s], alpha, spread) for s in every}

    def _cell(self, period: str, area: str, group: str | None) -> str:
        return self.counted.total(period, area) if group is None else self.counted.group(period, area, group)

    def _row(self, period: str, area: str, group: str | None) -> Row | None:
        c, code = self.counted, self.counted.code(area)
        if not c.collected(period, code) or self._cell(period, area, group) == DASH:
            return None
        low, high = ends_of(self._cell(period, area, group))
        invited, answered = c.people[period, code, "alla"]
        least, most = answered if answered is not None else (0, min(4, invited))
        return low, high, min(least, invited), min(most or 0, invited)

    def _before(self, period: str, area: str, group: str | None) -> list[Row]:
        c = self.counted
        known = [p for p in c.published if self.days[p][0] < self.days[period][0]]
        for change in self.changes:
            day = change["datum"]
            here = not change.get("kommuner") or c.code(area) in map(str, change["kommuner"])
            named = {n.split(".")[0] for n in change.get("kategorier", [])}
            if here and (not named or group in named) and day <= self.days[period][1]:
                known = [p for p in known if self.days[p][1] >= day]
        rows = [self._row(p, area, group) for p in known[-BACK:]]
        return [r for r in rows if r is not None][-MOST:]

    @staticmethod
    def _enough(rows: list[Row]) -> bool:
        return (
            len(rows) >= LEAST
            and 2 * sum(r[0] > 0 for r in rows) >= len(rows)
            and sum(r[2] for r in rows) > 0
        )

    def _pool(self, every: list[list[Row]], key: int) -> float:
        found = [(x, len(rows) - 1) for rows in every if (x := self._pearson(rows, key)) is not None]
        return (sum(x for x, _ in found) + PRIOR * WEIGHT) / (sum(n for _, n in found) + WEIGHT)

    @staticmethod
    def _pearson(rows: list[Row], key: int) -> float | None:
        if len(rows) < LEAST or any(r[0] == 0 for r in rows) or (key == 0 and any(r[2] == 0 for r in rows)):
            return None
        counts = [(r[0] + r[1]) / 2 for r in rows]
        weights = [(r[2] + r[3]) / 2 if key == 0 else 1.0 for r in rows]
        rate = sum(counts) / sum(weights)
        if sum(counts) < FLOOR:
            return None
        return sum((y - rate * w) ** 2 / (rate * w) for y, w in zip(counts, weights, strict=True))

    def _judge(self, now: Row | None, rows: list[Row], alpha: float, spread: dict[int, float]) -> Judged:
        if now is None:
            return Judged("Ingen insamling")
        hidden = now[0] == 0
        if not self._enough(rows):
            return Judged("Under visningsgränsen" if hidden else "För lite underlag")
        means, limits, lowers = [], [], []
        for key in (0, 1):
            weights = sum((r[2] + r[3]) / 2 if key == 0 else 1.0 for r in rows)
            weight = (now[2] + now[3]) / 2 if key == 0 else 1.0
            x = self._pearson(rows, key)
            own = spread[key] if x is None else (x + OWN * spread[key]) / (len(rows) - 1 + OWN)
            mean = (sum((r[0] + r[1]) / 2 for r in rows) + 0.5) * weight / weights
            ratio = max(1.0, own) * (1 + weight / weights)
            means.append(mean)
            lower_end, upper_end = limits_of(mean, ratio, alpha)
            lowers.append(lower_end)
            limits.append(upper_end)
        limit, lower = max(FLOOR, *limits), min(lowers)
        few = (now[2] + now[3]) / 2 < 0.5 * median((r[2] + r[3]) / 2 for r in rows)
        high = -(-limit // STEP) * STEP - 1
        band = (0 if few else (lower + 1) // STEP * STEP, high)
        if hidden:
            return Judged("Under visningsgränsen")
        if now[0] >= limit:
            return Judged("Fler än vanligt", band)
        if few:
            return Judged("För lite underlag")
        if now[1] <= lower:
            return Judged("Färre än vanligt", band)
        if 3 * min(means) < limit:
            return Judged("För lite underlag")
        return Judged("Inom det vanliga", band)


def ends_of(text: str) -> tuple[int, int]:
    """Both ends of a published cell; nought to four when it is hidden."""
    if "–" not in text:
        return 0, 4
    low, high = text.replace("\u202f", "").split("–")
    return int(low), int(high)
