"""Usual range ("vanligt spann"): is this period's count more, or less, than chance usually gives?

The count is compared with a negative-binomial interval from the thirteen periods before, twice: per answer,
and as a plain count. Both must agree, so that neither a growing network nor a holiday makes a signal. With
``s`` reports and weights ``M`` before, weight ``w`` now (answers, or 1) and dispersion ``D``:

    mean = (s + 1/2) * w / M        ratio = D * (1 + w / M)        Y ~ NegBin(mean, variance ratio * mean)

More than usual: P(Y >= y) <= alpha by both keys, and y >= 5. Fewer: P(Y <= y) <= alpha by both. With D = 1
and equal weights this is ``algo.bayes`` of the R package surveillance (Riebler 2004; Höhle 2007): a gamma
prior of Jeffreys, the 1/2, and Poisson counts.

**Intervals.** A signal upwards takes the count at its low end and reads the periods before so that their
mean is as large as they allow (or at their midpoints, see :data:`rule.Reading`); downwards the other way
round. The tails move one way in ``s`` and in ``w / M`` (the size and the probability of the distribution
do), so with the same dispersion and alpha, what is signalled at those ends is signalled for every count
inside them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import Literal, TypeVar

from est_build.analyse import negbin
from est_build.analyse.between import Between
from est_build.analyse.observed import KEYS, Key, Observed
from est_build.analyse.rule import Reading, Rule
from est_build.analyse.spread import Pool, of_series, pool

Side = Literal["upp", "ned"]
Reason = Literal["", "perioder", "dolda", "deltagande", "fa_svar", "fa_rapporter"]
"""Why nothing is judged: too few periods; too many of them hidden; no answers to count by; few answered this
time; or so few reports that even a tripling might be missed."""


Row = tuple[Observed | None, tuple[Observed, ...]]
"""This period's count (``None``: nobody was asked) and the periods before."""
S = TypeVar("S", bound=Hashable)


class State(StrEnum):
    """What can be said of a count."""

    NY = "ny"
    FLER = "fler"
    INOM = "inom_vanligt"
    FARRE = "farre"
    FOR_LITE = "for_lite_underlag"
    DOLD = "dold"
    INGEN_INSAMLING = "ingen_insamling"


MARKED = frozenset({State.NY, State.FLER, State.FARRE})
"""States that are a signal."""
JUDGED = MARKED | {State.INOM}
"""States in which a level has been judged."""


@dataclass(frozen=True, slots=True)
class KeyTest:
    """One comparison, with every number that is needed to do it again by hand."""

    key: Key
    total: float
    """``s``: reports in the periods before."""
    weights: float
    """``M``: answers, or fortnights, in the periods before."""
    weight: float
    """``w``: the same in this period."""
    mean: float
    ratio: float
    """Variance divided by mean of the next count (``V``)."""
    dispersion: float
    """``D``."""
    p: float
    """Chance of a count at least (at most, downwards) as far out as this one."""
    limit: int
    """The first count that is out, by this key. -1 downwards: not even nought is."""


@dataclass(frozen=True, slots=True)
class Band:
    """The usual range as it is drawn: a published count is wholly outside exactly when it is a signal."""

    low: int
    high: int
    dashed: bool
    """True for a range from fewer than thirteen periods: ``preliminärt spann``."""


@dataclass(frozen=True, slots=True)
class Usual:
    """A verdict on one count, and what it rests on."""

    state: State
    reason: Reason = ""
    now: Observed | None = None
    history: tuple[Observed, ...] = ()
    up: tuple[KeyTest, ...] = ()
    """Per answer and as a plain count; empty when nothing could be computed."""
    down: tuple[KeyTest, ...] = ()
    alpha: float = 0.0
    tested: int = 0
    """``m``: series at the level that share the budget."""
    limit: int | None = None
    """``U``: the smallest count that would be more than usual."""
    lower: int = -1
    """The largest count that would be fewer than usual; -1 if none would."""
    band: Band | None = None
    holds: bool = False
    """True for a signal that holds whatever the counts inside the intervals are. A rise above hidden counts
    never does: they can be larger than their interval."""
    low_participation: bool = False

    @property
    def marked(self) -> bool:
        """True for a signal."""
        return self.state in MARKED

    @property
    def judged(self) -> bool:
        """True if the level was judged."""
        return self.state in JUDGED

    @property
    def periods(self) -> tuple[str, ...]:
        """Ids of the periods before, oldest first."""
        return tuple(o.span for o in self.history)

    @property
    def hidden_before(self) -> int:
        """How many of the periods before are under the display limit, wholly or in part."""
        return sum(not o.count.full for o in self.history)

    @property
    def also_per_answer(self) -> bool:
        """True if the count is more than usual per answer too (``syns även räknat per svar``)."""
        return any(t.key == "svar" and t.p <= self.alpha for t in self.up)

    @property
    def only_as_count(self) -> bool:
        """True if there are more reports than usual, but not more per answer: more people answered."""
        plain = any(t.key == "antal" and t.p <= self.alpha for t in self.up)
        return plain and not self.also_per_answer and not self.marked

    @property
    def answers_usual(self) -> Between | None:
        """Median number of answers in the periods before, as an interval."""
        if not self.history:
            return None
        low, high = (median(_end(o.answers, end) for o in self.history) for end in ("low", "high"))
        return Between(int(low), int(high))


@dataclass(frozen=True, slots=True)
class Level:
    """What all series of a level share in a period."""

    pool: Pool
    tested: int
    alpha: float


def level_of(pool: Pool, tested: int, rule: Rule) -> Level:
    """Alpha = min(0.01, budget / m): chance alone gives about ``budget`` signals among the ``m`` series."""
    return Level(pool, tested, min(rule.cap, rule.budget / max(tested, 1)))


def enough(history: Sequence[Observed], rule: Rule) -> Reason:
    """Why nothing can be judged from these periods; empty if it can. It never looks at the present count."""
    if len(history) < rule.shortest:
        return "perioder"
    if sum(o.count.shown for o in history) < rule.shown_share * len(history):
        return "dolda"
    if sum(_end(o.answers, "low") for o in history) <= 0:
        return "deltagande"
    return ""


def judge(now: Observed | None, history: tuple[Observed, ...], level: Level, rule: Rule) -> Usual:
    """The verdict on ``now`` from the periods before (:func:`observed.before`).

    ``None`` for ``now`` means that nobody was asked.
    """
    if now is None:
        return Usual(State.INGEN_INSAMLING, history=history)
    reason = enough(history, rule)
    if reason:
        state = State.FOR_LITE if now.count.shown else State.DOLD
        return Usual(state, reason, now, history)
    up = _tests("upp", now, history, level, rule)
    down = _tests("ned", now, history, level, rule)
    found = Usual(
        State.INOM,
        now=now,
        history=history,
        up=up,
        down=down,
        alpha=level.alpha,
        tested=level.tested,
        limit=max(rule.floor, *(t.limit for t in up)),
        lower=min(t.limit for t in down),
        low_participation=_low(now, history, rule),
    )
    found = dataclasses.replace(found, band=_band(found, rule))
    state, reason = _state(found, rule)
    holds = state in MARKED and _holds(found, level, rule)
    return dataclasses.replace(found, state=state, reason=reason, holds=holds)


def judge_level(rows: Mapping[S, Row], rule: Rule) -> tuple[Level, dict[S, Usual]]:
    """The verdicts on every series of a level in a span. They share one dispersion and one budget.

    Args:
        rows: each series with its present count and the periods before (:func:`observed.before`).
        rule: the numbers of the rule: public, or private for exact counts.
    """
    usable = [history for now, history in rows.values() if now is not None and not enough(history, rule)]
    level = level_of(pool(usable, rule), len(usable), rule)
    return level, {series: judge(now, history, level, rule) for series, (now, history) in rows.items()}


def _state(found: Usual, rule: Rule) -> tuple[State, Reason]:
    now, limit = found.now, found.limit
    if now is None or limit is None or not now.count.shown:
        return State.DOLD, ""
    if now.count.low >= limit:
        silent = all(o.count.full and o.count.high == 0 for o in found.history)
        return (State.NY if silent else State.FLER), ""
    if found.low_participation:
        return State.FOR_LITE, "fa_svar"
    if now.count.full and now.count.high <= found.lower:
        return State.FARRE, ""
    if rule.triple * min(t.mean for t in found.down) < limit:
        return State.FOR_LITE, "fa_rapporter"
    return State.INOM, ""


def _tests(
    side: Side, now: Observed, history: tuple[Observed, ...], level: Level, rule: Rule
) -> tuple[KeyTest, ...]:
    return tuple(_test(side, key, now, history, level, rule) for key in KEYS)


def _test(
    side: Side, key: Key, now: Observed, history: tuple[Observed, ...], level: Level, rule: Rule
) -> KeyTest:
    far, near = ("high", "low") if side == "upp" else ("low", "high")
    total = sum(_read(o.count, far, rule.reading) for o in history)
    weights = sum(_read(o.weight(key), near, rule.reading) for o in history)
    weight = _read(now.weight(key), far, rule.reading)
    dispersion = of_series(history, key, level.pool, rule)
    mean = (total + 0.5) * weight / weights
    ratio = dispersion * (1 + weight / weights)
    if side == "upp":
        p = negbin.upper_tail(now.count.low, mean, ratio)
        limit = negbin.upper_limit(mean, ratio, level.alpha)
    else:
        p = negbin.lower_tail(now.count.high, mean, ratio)
        limit = negbin.lower_limit(mean, ratio, level.alpha)
    return KeyTest(key, total, weights, weight, mean, ratio, dispersion, p, limit)


def _end(value: Between, end: str) -> int:
    return value.high if end == "high" else value.low


def _read(value: Between, end: str, reading: Reading) -> float:
    return value.middle if reading == "mitten" else _end(value, end)


def _low(now: Observed, history: tuple[Observed, ...], rule: Rule) -> bool:
    """True if fewer than half as many as usual may have answered."""
    usual = median(_read(o.answers, "high", rule.reading) for o in history)
    return _read(now.answers, "low", rule.reading) < rule.low_share * usual


def _band(found: Usual, rule: Rule) -> Band:
    """The range on the steps in which counts are published, so that no step lies across its edge."""
    limit = found.limit or 0
    high = -(-limit // rule.step) * rule.step - 1
    low = 0 if found.low_participation else (found.lower + 1) // rule.step * rule.step
    return Band(low, high, len(found.history) < rule.longest)


def _holds(found: Usual, level: Level, rule: Rule) -> bool:
    if found.now is None or (found.state is not State.FARRE and found.hidden_before):
        return False
    if rule.reading == "vidast":
        return True
    widest = dataclasses.replace(rule, reading="vidast")
    side: Side = "ned" if found.state is State.FARRE else "upp"
    if side == "ned" and _low(found.now, found.history, widest):
        return False
    tests = _tests(side, found.now, found.history, level, widest)
    return all(t.p <= level.alpha for t in tests)
