"""Was an action followed by a change? Ratio of ratios against comparison areas, never a claim of cause.

With ``T0, T1`` reports in the areas of the action before and after, and ``C0, C1`` in the comparison areas:

    expected  E = T0 * C1 / C0
    r = ((T1+.5)/(T0+.5)) / ((C1+.5)/(C0+.5))
    interval  exp(ln r ± 1.645 * sqrt(D * (1/(T0+.5) + 1/(T1+.5) + 1/(C0+.5) + 1/(C1+.5))))        (90 %)

The weighted displacement difference (:mod:`wdd`) is the companion in reports. On intervals every end told
is the furthest for any counts inside them: both ends of the ratio bend one way in the logarithm of each
count, so the furthest lie in the corners.
"""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

from est_build.analyse import wdd
from est_build.analyse.between import Between, exactly

Z90 = NormalDist().inv_cdf(0.95)
"""Two-sided 90 %."""
POWER = NormalDist().inv_cdf(0.8)
"""A change that "can be seen" is seen with at least four chances in five."""
LEAST_TREATED, LEAST_COMPARED, LEAST_PERIODS = 20, 40, 6
"""Reports before in the areas of the action and of comparison, and fortnights on each side."""
DISPERSION = 1.5
"""Used when nothing is known of the level."""
CAVEAT = 0.25
"""A change in participation above this is told beside the result."""


class Outcome(StrEnum):
    """What a follow-up can say."""

    FARRE = "farre_an_vantat"
    FLER = "fler_an_vantat"
    KAN_EJ = "kan_ej"
    FOR_FA = "for_fa_rapporter"
    FOR_FA_JAMFORELSE = "for_fa_i_jamforelsen"
    FOR_FA_PERIODER = "for_fa_perioder"
    BROTT = "brott"
    """The way of counting changed between before and after."""
    EJ_AN = "ej_an"
    """The stretch after is not over."""
    EJ_PUBLICERAT = "ej_publicerat"
    """The protocol asks for figures that are not published."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Reports (or answers) before and after, in some areas together."""

    before: Between
    after: Between


@dataclass(frozen=True, slots=True)
class Span:
    """Two ends of a number that is not a count."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Material:
    """All that a follow-up is made from."""

    treated: Sides
    comparison: Sides
    periods_before: int
    """Fortnights collected."""
    periods_after: int
    displacement: Sides | None = None
    answers: Sides | None = None
    """Answers in the municipalities of the action."""

    @property
    def full(self) -> bool:
        """True if no count of reports is under the display limit, wholly or in part."""
        every = [self.treated, self.comparison, *([self.displacement] if self.displacement else [])]
        return all(side.before.full and side.after.full for side in every)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The outcome with its numbers. Those that could not be computed are ``None``."""

    outcome: Outcome
    material: Material | None = None
    dispersion: float = DISPERSION
    expected: Span | None = None
    """``E``: reports after, if the area had changed as the comparison areas did."""
    ratio: Span | None = None
    """``r`` for the counts inside the intervals."""
    interval: Span | None = None
    """``r`` with its uncertainty (90 %)."""
    difference: Span | None = None
    """WDD with its uncertainty (90 %): reports in the stretch after, displacement areas included."""
    moved: Outcome | None = None
    """The same question for the displacement areas; ``fler_an_vantat`` may mean that it has moved."""
    moved_interval: Span | None = None
    smallest_fall: int | None = None
    """The smallest fall, in whole per cent, that is seen four times in five; ``None`` if none is."""
    to_see_half: tuple[int, int] = (0, 0)
    """Reports before that are needed to see a halving: with large comparison areas, and with equal ones."""
    participation_changed: bool = False
    """True if the answers per fortnight differ by more than a quarter before and after."""

    @property
    def hidden(self) -> bool:
        """True if a part of the counts is under the display limit. It is taken as nought to the limit."""
        return self.material is not None and not self.material.full


def follow_up(material: Material, dispersion: float = DISPERSION) -> FollowUp:
    """The outcome of a follow-up whose stretches are over."""
    d = max(1.0, dispersion)
    found = dataclasses.replace(planned(material, d), participation_changed=_participation(material))
    lacking = _lacking(material)
    if lacking is not None:
        return dataclasses.replace(found, outcome=lacking)
    interval = ratio_interval(material.treated, material.comparison, d)
    moved = moved_interval = None
    if material.displacement is not None:
        moved_interval = ratio_interval(material.displacement, material.comparison, d)
        moved = _outcome(moved_interval)
    return dataclasses.replace(
        found,
        outcome=_outcome(interval),
        expected=_expected(material.treated, material.comparison),
        ratio=_ratio(material.treated, material.comparison),
        interval=interval,
        difference=_difference(material, d),
        moved=moved,
        moved_interval=moved_interval,
    )


def planned(material: Material, dispersion: float = DISPERSION) -> FollowUp:
    """What can be said before the stretch after is over: what could be seen at all."""
    d = max(1.0, dispersion)
    fall = None
    if material.treated.before.low >= LEAST_TREATED and material.comparison.before.low >= LEAST_COMPARED:
        fall = smallest_fall(material.treated.before.low, material.comparison.before.low, d)
    needed = (to_see_half(d, 4.0), to_see_half(d, 1.0))
    return FollowUp(Outcome.EJ_AN, material, d, smallest_fall=fall, to_see_half=needed)


def smallest_fall(treated: int, compared: int, dispersion: float = DISPERSION) -> int | None:
    """Smallest fall in per cent that is seen four times in five, if nothing changes in the comparison.

    Args:
        treated: reports before in the areas of the action.
        compared: reports before in the comparison areas.
        dispersion: ``D``.
    """
    for percent in range(1, 100):
        if _seen(treated, compared, 1 - percent / 100, dispersion):
            return percent
    return None


def to_see_half(dispersion: float, size: float) -> int:
    """Reports before that are needed to see a halving; the comparison areas have ``size`` times as many."""
    count = 1
    while not _seen(count, count * size, 0.5, dispersion):
        count += 1
    return count


def ratio_interval(treated: Sides, comparison: Sides, dispersion: float) -> Span:
    """``r`` with its 90 % interval, the furthest ends for any counts inside the intervals."""
    ends = [_interval(*corner, dispersion) for corner in _corners(treated, comparison)]
    return Span(min(low for low, _ in ends), max(high for _, high in ends))


def _seen(treated: float, compared: float, left: float, dispersion: float) -> bool:
    parts = 1 / (treated + 0.5) + 1 / (treated * left + 0.5) + 2 / (compared + 0.5)
    return -math.log(left) >= (Z90 + POWER) * math.sqrt(dispersion * parts)


def _lacking(material: Material) -> Outcome | None:
    if min(material.periods_before, material.periods_after) < LEAST_PERIODS:
        return Outcome.FOR_FA_PERIODER
    if material.treated.before.low < LEAST_TREATED:
        return Outcome.FOR_FA
    return Outcome.FOR_FA_JAMFORELSE if material.comparison.before.low < LEAST_COMPARED else None


def _outcome(interval: Span) -> Outcome:
    if interval.high < 1:
        return Outcome.FARRE
    return Outcome.FLER if interval.low > 1 else Outcome.KAN_EJ


def _interval(t0: int, t1: int, c0: int, c1: int, dispersion: float) -> tuple[float, float]:
    centre = _point(t0, t1, c0, c1)
    parts = sum(1 / (count + 0.5) for count in (t0, t1, c0, c1))
    width = math.exp(Z90 * math.sqrt(dispersion * parts))
    return centre / width, centre * width


def _point(t0: int, t1: int, c0: int, c1: int) -> float:
    return (t1 + 0.5) / (t0 + 0.5) / ((c1 + 0.5) / (c0 + 0.5))


def _ratio(treated: Sides, comparison: Sides) -> Span:
    points = [_point(*corner) for corner in _corners(treated, comparison)]
    return Span(min(points), max(points))


def _expected(treated: Sides, comparison: Sides) -> Span:
    t0, c0, c1 = treated.before, comparison.before, comparison.after
    return Span(t0.low * c1.low / c0.high, t0.high * c1.high / c0.low)


def _corners(treated: Sides, comparison: Sides) -> Iterator[tuple[int, int, int, int]]:
    t, c = treated, comparison
    yield from itertools.product(*(_ends(value) for value in (t.before, t.after, c.before, c.after)))


def _ends(value: Between) -> tuple[int, ...]:
    return (value.low,) if value.exact else (value.low, value.high)


def _difference(material: Material, dispersion: float) -> Span:
    """WDD in reports of the stretch after: counts before are scaled to its length."""
    moved = material.displacement or Sides(exactly(0), exactly(0))
    lows, highs = [], []
    for t0, t1, c0, c1 in _corners(material.treated, material.comparison):
        for d0, d1 in itertools.product(_ends(moved.before), _ends(moved.after)):
            design = wdd.Design(
                wdd.Pair(t0, t1),
                wdd.Pair(c0, c1),
                wdd.Pair(d0, d1),
                time_before=material.periods_before / material.periods_after,
            )
            low, high = wdd.difference(design, dispersion).interval(Z90)
            lows.append(low)
            highs.append(high)
    return Span(min(lows), max(highs))


def _participation(material: Material) -> bool:
    if material.answers is None or not (material.periods_before and material.periods_after):
        return False
    before = material.answers.before.middle / material.periods_before
    after = material.answers.after.middle / material.periods_after
    return before > 0 and abs(after / before - 1) > CAVEAT
