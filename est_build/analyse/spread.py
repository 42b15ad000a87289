"""How much wider than chance alone counts spread: the dispersion of a level, and of a series in it.

``X = sum((y - mu)^2 / mu)`` with ``mu = (s / M) * w``; ``D_pool = (sum X + prior * 50) / (sum (n - 1) + 50)``
over the series with at least five reports; ``D_i = max(1, (X_i + 13 * D_pool) / (n_i - 1 + 13))``
(Farrington's overdispersion, pooled because thirteen points of one series are far too few). Only series
without hidden counts are used, at the midpoints of their intervals.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from est_build.analyse.observed import KEYS, Key, Observed
from est_build.analyse.rule import Rule


@dataclass(frozen=True, slots=True)
class Pool:
    """Dispersion of a level by key (variance divided by mean; 1 = chance alone), and what it rests on."""

    answers: float
    plain: float
    series: int
    """How many series it is estimated from, by the plain count."""

    def of(self, key: Key) -> float:
        """Dispersion by one of the keys."""
        return self.answers if key == "svar" else self.plain


def pearson(counts: Sequence[float], weights: Sequence[float]) -> float:
    """Pearson's sum ``X`` of the counts against what their weights say."""
    rate = sum(counts) / sum(weights)
    return sum((y - rate * w) ** 2 / (rate * w) for y, w in zip(counts, weights, strict=True))


def pool(histories: Iterable[Sequence[Observed]], rule: Rule) -> Pool:
    """The dispersion of a level from the periods before of each of its series."""
    found: dict[Key, tuple[float, float, int]] = dict.fromkeys(KEYS, (0.0, 0.0, 0))
    for history in histories:
        for key in KEYS:
            value = _sum(history, key, rule)
            if value is not None:
                total, freedom, series = found[key]
                found[key] = total + value, freedom + len(history) - 1, series + 1
    answers, plain = (_pooled(found[key][0], found[key][1], rule) for key in KEYS)
    return Pool(answers, plain, found["antal"][2])


def of_series(history: Sequence[Observed], key: Key, level: Pool, rule: Rule) -> float:
    """The dispersion of one series: its own, drawn towards that of its level. Never below 1."""
    value = _sum(history, key, rule)
    if value is None:
        return max(1.0, level.of(key))
    return max(1.0, (value + rule.own_weight * level.of(key)) / (len(history) - 1 + rule.own_weight))


def _pooled(total: float, freedom: float, rule: Rule) -> float:
    return (total + rule.prior * rule.prior_weight) / (freedom + rule.prior_weight)


def _sum(history: Sequence[Observed], key: Key, rule: Rule) -> float | None:
    """``X`` of a series, or ``None`` if it says nothing of the dispersion."""
    if len(history) < rule.shortest or not all(o.count.full for o in history):
        return None
    if key == "svar" and not all(o.answers.full and o.answers.middle > 0 for o in history):
        return None
    counts = [o.count.middle for o in history]
    if sum(counts) < rule.least_sum:
        return None
    return pearson(counts, [o.weight(key).middle for o in history])
