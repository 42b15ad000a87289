"""Chance with a fixed seed: the same name gives the same draws, on every machine and version.

Only ``random.Random.random`` is used, which Python promises to keep; all else is built on it. A
draw is named by what it is for (period, municipality, purpose), so that a change in one place does
not move the rest.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A source of chance with a name. Strings are seeds that do not vary between runs."""

    def __init__(self, *name: str | int) -> None:
        self._random = random.Random("/".join(["est-exempel", *map(str, name)]))

    def share(self) -> float:
        """A number from 0 up to but not including 1."""
        return self._random.random()

    def happens(self, probability: float) -> bool:
        """True with this probability."""
        return self.share() < probability

    def whole(self, low: int, high: int) -> int:
        """A whole number from ``low`` through ``high``."""
        return low + int(self.share() * (high - low + 1))

    def pick(self, values: Sequence[T], weights: Sequence[float]) -> T:
        """One of the values, by weight. ValueError if no weight is above zero."""
        total = math.fsum(weights)
        if total <= 0:
            raise ValueError("Inget att välja bland.")
        left = self.share() * total
        for value, weight in zip(values, weights, strict=True):
            left -= weight
            if left < 0:
                return value
        return next(v for v, w in zip(reversed(values), reversed(weights), strict=True) if w > 0)

    def normal(self) -> float:
        """A draw from the standard normal distribution."""
        radius = math.sqrt(-2.0 * math.log(1.0 - self.share()))
        return radius * math.cos(2.0 * math.pi * self.share())

    def poisson(self, mean: float) -> int:
        """A draw from the Poisson distribution (for the small means of this example)."""
        limit, product, count = math.exp(-mean), self.share(), 0
        while product > limit:
            product *= self.share()
            count += 1
        return count

    def clump(self, overdispersion: float) -> int:
        """Size of a clump (1, 2, ...), from the logarithmic distribution.

        A Poisson number of such clumps is a negative binomial count whose variance is
        ``overdispersion`` times its mean: the way real reports come, in bunches.
        """
        q = 1.0 - 1.0 / overdispersion
        term = -q / math.log(1.0 - q)
        size, left = 1, self.share() - term
        while left >= 0 and size < 50:
            term *= q * size / (size + 1)
            size += 1
            left -= term
        return size


def clump_mean(overdispersion: float) -> float:
    """Mean size of a clump: how many reports an event gives on average."""
    q = 1.0 - 1.0 / overdispersion
    return -q / ((1.0 - q) * math.log(1.0 - q))
