"""Direction over a quarter ("Riktning"): two stretches of time, compared per answer and per fortnight.

``r = ((y1 + .5) / e1) / ((y0 + .5) / e0)``, interval ``exp(ln r ± z * sqrt(D * (1/(y1+.5) + 1/(y0+.5))))``
with ``e`` the answers, and again the fortnights; the interval told is the hull of the two. ``z`` is that of
alpha = min(0.05, 1/m), two-sided.

**Intervals.** The ends told are the furthest for any counts and answers inside their intervals. Both ends
bend one way in the logarithm of each count (the slope of the lower end falls as the count grows, that of
the upper end rises), so the furthest lie in the corners.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

from est_build.analyse.between import Between

GROWN, SHRUNK = 1.25, 0.8
"""A direction is told only of a change at least this large."""
HALF, DOUBLE = 0.5, 2.0
FEWEST = 10
"""Reports in the two stretches together; with fewer nothing is said."""
CAP = 0.05


class Direction(StrEnum):
    """What can be said of a change."""

    OKAR = "okar"
    MINSKAR = "minskar"
    INGEN_STOR = "ingen_stor"
    """A halving and a doubling can both be ruled out."""
    KAN_EJ = "kan_ej"
    FOR_LITE = "for_lite_underlag"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time: its reports, its answers, and how many fortnights were collected."""

    count: Between
    answers: Between
    fortnights: int


@dataclass(frozen=True, slots=True)
class Change:
    """A direction with the numbers behind it."""

    direction: Direction
    now: Stretch | None = None
    then: Stretch | None = None
    low: float = 0.0
    """Lower end of the ratio, for the counts and the key that give the lowest."""
    high: float = math.inf
    nearest: float = 1.0
    """The ratio itself where it is closest to 1, over both keys and all counts in the intervals."""
    dispersion: float = 1.0
    z: float = 0.0
    last_year: bool = False
    """True: compared with the same time last year. False: with the stretch before (it may be the season)."""


def change(now: Stretch, then: Stretch, dispersion: float, tested: int, *, last_year: bool = False) -> Change:
    """The direction from ``then`` to ``now``.

    Args:
        now: the latest stretch.
        then: the stretch before, or the same stretch a year earlier.
        dispersion: of the level (never taken below 1).
        tested: how many series are told a direction at the level; they share the risk.
        last_year: ``then`` lies a year earlier.
    """
    d = max(1.0, dispersion)
    z = NormalDist().inv_cdf(1 - min(CAP, 1 / max(tested, 1)) / 2)
    if now.count.low + then.count.low < FEWEST or min(_least(now), _least(then)) <= 0:
        return Change(Direction.FOR_LITE, now, then, dispersion=d, z=z, last_year=last_year)
    lows, highs, ratios = [], [], []
    for (e1, e0), y1, y0 in itertools.product(_weights(now, then), _ends(now.count), _ends(then.count)):
        ratio = (y1 + 0.5) / e1 / ((y0 + 0.5) / e0)
        width = z * math.sqrt(d * (1 / (y1 + 0.5) + 1 / (y0 + 0.5)))
        lows.append(ratio * math.exp(-width))
        highs.append(ratio * math.exp(width))
        ratios.append(ratio)
    low, high = min(lows), max(highs)
    nearest = max(min(ratios), min(1.0, max(ratios)))
    word = _word(low, high, min(ratios), max(ratios))
    return Change(word, now, then, low, high, nearest, d, z, last_year)


def _word(low: float, high: float, least: float, most: float) -> Direction:
    if low > 1 and least >= GROWN:
        return Direction.OKAR
    if high < 1 and most <= SHRUNK:
        return Direction.MINSKAR
    return Direction.INGEN_STOR if low > HALF and high < DOUBLE else Direction.KAN_EJ


def _least(stretch: Stretch) -> int:
    return min(stretch.answers.low, stretch.fortnights)


def _ends(value: Between) -> tuple[int, ...]:
    return (value.low,) if value.exact else (value.low, value.high)


def _weights(now: Stretch, then: Stretch) -> list[tuple[int, int]]:
    """Both keys: answers now and then, in every corner; fortnights now and then."""
    answers = itertools.product(_ends(now.answers), _ends(then.answers))
    return [*answers, (now.fortnights, then.fortnights)]
