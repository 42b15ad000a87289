"""Is a signal local, or seen everywhere? The same comparison, held against the reports from the rest.

The weight of a period is the reports of the same kind from the other areas (the idea of the space-time
permutation scan, Kulldorff 2005): what grows everywhere, by season or because more people answer, does not
look local. An explanation beside a signal, never a signal of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from est_build.analyse import negbin
from est_build.analyse.between import Between
from est_build.analyse.observed import Observed

LEVEL = 0.05


class Scope(StrEnum):
    """Where a rise is seen."""

    LOKALT = "lokalt"
    OVERALLT = "overallt"
    """In the rest too: of the municipality for an area, of the region for a municipality."""
    KAN_EJ = "kan_ej"
    """The intervals allow both."""


def scope_of(
    now: Observed, now_rest: Between, history: Sequence[Observed], rests: Sequence[Between], dispersion: float
) -> Scope:
    """Where the rise is, if the intervals can tell.

    Local: P(Y >= y) <= 0.05 at the ends that make it hardest. Everywhere: above 0.05 even at the ends that
    make it easiest. ``rests``: the reports from the other areas in the periods of ``history``.
    """
    hard = _p(
        now.count.low,
        now_rest.high,
        sum(o.count.high for o in history),
        sum(r.low for r in rests),
        dispersion,
    )
    if hard is not None and hard <= LEVEL:
        return Scope.LOKALT
    easy = _p(
        now.count.high,
        now_rest.low,
        sum(o.count.low for o in history),
        sum(r.high for r in rests),
        dispersion,
    )
    return Scope.OVERALLT if easy is not None and easy > LEVEL else Scope.KAN_EJ


def _p(count: int, weight: int, total: int, weights: int, dispersion: float) -> float | None:
    if weights <= 0 or weight <= 0:
        return None
    share = weight / weights
    return negbin.upper_tail(count, (total + 0.5) * share, dispersion * (1 + share))
