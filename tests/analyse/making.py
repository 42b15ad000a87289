"""Series for the tests: exact counts, rungs of five, and judging one series alone."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from est_build.analyse.between import Between, exactly
from est_build.analyse.observed import Observed, before
from est_build.analyse.rule import Rule
from est_build.analyse.spread import Pool
from est_build.analyse.usual import Level, Usual, judge

EXACT = Rule()
WIDEST = Rule(reading="vidast", prior=2.0, step=5)
MIDDLE = Rule(reading="mitten", prior=2.0, step=5)


def observed(count: Between | int, answers: Between | int = 80, span: str = "p") -> Observed:
    return Observed(
        span,
        exactly(count) if isinstance(count, int) else count,
        exactly(answers) if isinstance(answers, int) else answers,
    )


def history(
    counts: Sequence[Between | int], answers: Sequence[Between | int] | None = None
) -> list[Observed]:
    weights = answers if answers is not None else [80] * len(counts)
    return [observed(c, a, f"p{i}") for i, (c, a) in enumerate(zip(counts, weights, strict=True))]


def level(alpha: float = 0.01, dispersion: float = 1.5, tested: int = 50) -> Level:
    return Level(Pool(dispersion, dispersion, 10), tested, alpha)


def verdict(
    now: Observed, past: Sequence[Observed | None], rule: Rule = EXACT, at: Level | None = None
) -> Usual:
    return judge(now, before(past, rule), at or level(), rule)


def rung(count: int) -> Between:
    """As it is published: a step of five, or hidden."""
    if count < 5:
        return Between(0, 4, shown=False, full=False)
    low = count - count % 5
    return Between(low, low + 4)


def draw(random_: random.Random, mean: float, ratio: float = 1.0) -> int:
    """A count with this mean, and this variance divided by mean."""
    if ratio > 1:
        mean = random_.gammavariate(mean / (ratio - 1), ratio - 1)
    limit, count, product = math.exp(-min(mean, 700)), 0, random_.random()
    while product > limit:
        count += 1
        product *= random_.random()
    return count
