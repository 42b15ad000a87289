"""The verdicts of a level as text, to be remembered from one build to the next.

What was counted, now and before, is not written: it is read from the published figures again, so that a
verdict always stands beside the figures of the day.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from est_build.analyse.lines import LevelName, SeriesId
from est_build.analyse.observed import Observed
from est_build.analyse.share import Scope
from est_build.analyse.spread import Pool
from est_build.analyse.usual import Band, KeyTest, Level, State, Usual
from est_build.analyse.verdict import LevelVerdicts, Verdict

Seen = Callable[[SeriesId], tuple[Observed | None, tuple[Observed, ...]]]
"""The present count of a series, and the periods before that it was held against."""


def packed(found: LevelVerdicts) -> str:
    """The verdicts as JSON; floating-point numbers keep every digit."""
    pool = found.level.pool
    level = [[pool.answers, pool.plain, pool.series], found.level.tested, found.level.alpha]
    return json.dumps([found.name, level, [_row(v) for v in found.verdicts]])


def unpacked(text: str, seen: Seen) -> LevelVerdicts:
    """What :func:`packed` has written. ``seen`` reads the counts again."""
    name, (pool, tested, alpha), rows = json.loads(text)
    level = Level(Pool(*pool), tested, alpha)
    return LevelVerdicts(name, level, tuple(_verdict(name, row, seen) for row in rows))


def _row(verdict: Verdict) -> list[Any]:
    usual = verdict.usual
    return [
        [verdict.series.area, verdict.series.category],
        [usual.state, usual.reason],
        [[_test(test) for test in side] for side in (usual.up, usual.down)],
        [usual.alpha, usual.tested, usual.limit, usual.lower],
        [usual.band.low, usual.band.high, usual.band.dashed] if usual.band else None,
        [usual.holds, usual.low_participation, verdict.season],
        verdict.scope,
    ]


def _test(test: KeyTest) -> list[Any]:
    counts = [test.key, test.total, test.weights, test.weight]
    return [*counts, test.mean, test.ratio, test.dispersion, test.p, test.limit]


def _verdict(name: LevelName, row: list[Any], seen: Seen) -> Verdict:
    (area, category), (state, reason), (up, down), numbers, band, (holds, low, season), scope = row
    alpha, tested, limit, lower = numbers
    series = SeriesId(name, area, category)
    now, history = seen(series)
    usual = Usual(
        State(state),
        reason,
        now,
        history,
        tuple(KeyTest(*test) for test in up),
        tuple(KeyTest(*test) for test in down),
        alpha,
        tested,
        limit,
        lower,
        Band(*band) if band else None,
        holds,
        low,
    )
    return Verdict(series, usual, Scope(scope) if scope else None, season)
