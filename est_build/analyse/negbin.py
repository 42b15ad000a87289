"""Tails and limits of the negative binomial: the law of the next count, seen from the counts before it.

Written as mean and ``ratio`` (variance divided by mean, 1 = Poisson): size ``mean / (ratio - 1)``,
probability ``1 / ratio``. Terms are summed outwards from the count asked for, so that a tail is right to
many digits however large the counts are.
"""

from __future__ import annotations

import math

POISSON = 1 + 1e-9
"""Ratios at or below this are Poisson: the size would be too large to compute with."""
_NEGLIGIBLE = 1e-17


def upper_tail(count: int, mean: float, ratio: float) -> float:
    """P(Y >= count)."""
    if count <= 0:
        return 1.0
    if mean <= 0:
        return 0.0
    if count <= mean:
        return max(0.0, 1.0 - _sum_down(count - 1, mean, ratio))
    return _sum_up(count, mean, ratio)


def lower_tail(count: int, mean: float, ratio: float) -> float:
    """P(Y <= count)."""
    if count < 0:
        return 0.0
    if mean <= 0:
        return 1.0
    if count >= mean:
        return max(0.0, 1.0 - _sum_up(count + 1, mean, ratio))
    return _sum_down(count, mean, ratio)


def upper_limit(mean: float, ratio: float, alpha: float, floor: int = 0) -> int:
    """The smallest count, at least ``floor``, with P(Y >= count) <= alpha."""
    count = max(floor, math.floor(mean))
    tail = upper_tail(count, mean, ratio)
    if tail <= alpha:
        # The floor lies in the tail already; below it nothing is asked for, above it nothing is smaller.
        return _down_to(count, floor, mean, ratio, alpha)
    term = _mass(count, mean, ratio)
    while tail > alpha:
        tail -= term
        term *= _step(count, mean, ratio)
        count += 1
        if tail < 1e-9:  # what is left of a difference is no longer a number to trust
            tail = upper_tail(count, mean, ratio)
    return count


def lower_limit(mean: float, ratio: float, alpha: float) -> int:
    """The largest count with P(Y <= count) <= alpha; -1 if not even nought is that rare."""
    total, term = 0.0, _mass(0, mean, ratio)
    if term == 0.0 and mean > 0:
        return _lower_limit_far(mean, ratio, alpha)
    count = -1
    while total + term <= alpha:
        total += term
        count += 1
        term *= _step(count, mean, ratio)
    return count


def _down_to(count: int, floor: int, mean: float, ratio: float, alpha: float) -> int:
    while count > floor and upper_tail(count - 1, mean, ratio) <= alpha:
        count -= 1
    return count


def _lower_limit_far(mean: float, ratio: float, alpha: float) -> int:
    # The chance of nought is below the smallest number there is: halve the distance instead.
    low, high = -1, math.floor(mean)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if lower_tail(middle, mean, ratio) <= alpha else (low, middle)
    return low


def _mass(count: int, mean: float, ratio: float) -> float:
    if mean <= 0:
        return 1.0 if count == 0 else 0.0
    if ratio <= POISSON:
        return math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))
    size = mean / (ratio - 1)
    ways = math.lgamma(count + size) - math.lgamma(size) - math.lgamma(count + 1)
    return math.exp(ways - size * math.log(ratio) + count * math.log1p(-1 / ratio))


def _step(count: int, mean: float, ratio: float) -> float:
    """P(Y = count + 1) divided by P(Y = count)."""
    if ratio <= POISSON:
        return mean / (count + 1)
    return (mean / (ratio - 1) + count) / (count + 1) * (1 - 1 / ratio)


# The steps of the two sums are written out: all verdicts of a site take them more than a million times.
def _sum_up(count: int, mean: float, ratio: float) -> float:
    total, term = 0.0, _mass(count, mean, ratio)
    if ratio <= POISSON:
        while term > _NEGLIGIBLE * total:
            total += term
            count += 1
            term *= mean / count
        return min(1.0, total)
    size, q = mean / (ratio - 1), 1 - 1 / ratio
    while term > _NEGLIGIBLE * total:
        total += term
        term *= (size + count) / (count + 1) * q
        count += 1
    return min(1.0, total)


def _sum_down(count: int, mean: float, ratio: float) -> float:
    total, term = 0.0, _mass(count, mean, ratio)
    if ratio <= POISSON:
        while term > _NEGLIGIBLE * total and count >= 0:
            total += term
            term /= mean / max(count, 1)
            count -= 1
        return min(1.0, total)
    size, q = mean / (ratio - 1), 1 - 1 / ratio
    while term > _NEGLIGIBLE * total and count >= 0:
        total += term
        count -= 1
        if count >= 0:
            term /= (size + count) / (count + 1) * q
    return min(1.0, total)
