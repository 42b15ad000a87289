"""Every verdict of a fortnight or a quarter, level by level, from what has been published and nothing else.

What is published gives the verdicts, so they tell nothing more, and anyone can compute them again. The
series of a level share one budget of false signals and one dispersion (:mod:`usual`, :mod:`spread`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from est_build.analyse.between import add
from est_build.analyse.direction import Change, Direction, Stretch, change
from est_build.analyse.lines import LevelName, Lines, SeriesId, levels_of
from est_build.analyse.observed import Observed, before
from est_build.analyse.rule import PUBLIC, Rule, for_quarters
from est_build.analyse.share import Scope, scope_of
from est_build.analyse.usual import Level, State, Usual, judge_level
from est_build.model.published import Published
from est_build.model.span import Span


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of one series in one span."""

    series: SeriesId
    usual: Usual
    scope: Scope | None = None
    """Where a rise is seen; only beside a signal upwards."""
    season: bool = False
    """True while there is no comparable year to hold the count against: it may be the season."""


@dataclass(frozen=True, slots=True)
class LevelVerdicts:
    """The verdicts of a level."""

    name: LevelName
    level: Level
    verdicts: tuple[Verdict, ...]

    @property
    def marks(self) -> tuple[Verdict, ...]:
        """The signals, in the order of the series."""
        return tuple(v for v in self.verdicts if v.usual.marked)

    @property
    def judged(self) -> int:
        """How many series were judged: within the usual, more or fewer."""
        return sum(v.usual.judged for v in self.verdicts)

    @property
    def by_chance(self) -> float:
        """Signals upwards to expect from chance alone, at most."""
        return self.level.tested * self.level.alpha


@dataclass(frozen=True, slots=True)
class Tally:
    """``N markeringar av M bedömda; slumpen ger högst ungefär 1``."""

    marks: int
    judged: int
    by_chance: float
    """Signals to expect from chance alone, at most; told as at least 1."""


@dataclass(frozen=True, slots=True)
class SpanVerdicts:
    """The verdicts of a fortnight or a quarter, by level."""

    span: Span
    levels: Mapping[LevelName, LevelVerdicts]

    def of(self, series: SeriesId) -> Verdict | None:
        """The verdict on a series; ``None`` if it has no cell in the span."""
        found = self.levels.get(series.level)
        return None if found is None else next((v for v in found.verdicts if v.series == series), None)

    def tally(self, names: Iterable[LevelName] | None = None) -> Tally:
        """Signals, judged series and what chance gives, over some levels or all."""
        chosen = [self.levels[n] for n in (self.levels if names is None else names) if n in self.levels]
        return Tally(
            sum(len(level.marks) for level in chosen),
            sum(level.judged for level in chosen),
            sum(level.by_chance for level in chosen),
        )


class Analysis:
    """The verdicts of an instance. Each span is judged when it is first asked for, and then remembered."""

    def __init__(self, published: Published, rule: Rule | None = None) -> None:
        """``rule``: other numbers than those of all published figures (for tests and comparisons)."""
        self._published = published
        self._rule = rule or public_rule(published)
        self._lines = {"period": Lines(published, "period"), "kvartal": Lines(published, "kvartal")}
        self._spans: dict[str, SpanVerdicts] = {}
        self._changes: dict[tuple[str, LevelName], dict[SeriesId, Change]] = {}

    def verdicts(self, span: Span) -> SpanVerdicts:
        """Every verdict of a fortnight or a quarter. A year has none."""
        if span.id not in self._spans:
            levels = {name: self._level(span, name) for name in levels_of(span)}
            self._spans[span.id] = SpanVerdicts(span, levels)
        return self._spans[span.id]

    def verdict(self, span: Span, series: SeriesId) -> Verdict | None:
        """The verdict on one series; ``None`` if it has no cell in the span."""
        return self.verdicts(span).of(series)

    def direction(self, quarter: Span, series: SeriesId) -> Change:
        """Where a series is going, from a quarter's published figures (:mod:`direction`)."""
        key = (quarter.id, series.level)
        if key not in self._changes:
            self._changes[key] = self._directions(quarter, series.level)
        return self._changes[key].get(series, Change(Direction.FOR_LITE))

    def _rule_for(self, span: Span) -> Rule:
        return self._rule if span.kind == "period" else for_quarters(self._rule)

    def _level(self, span: Span, name: LevelName) -> LevelVerdicts:
        rule, lines = self._rule_for(span), self._lines[span.kind]
        known = {series: lines.history(series, span) for series in lines.series(span, name)}
        rows = {s: (lines.now(s, span), before(every, rule)) for s, every in known.items()}
        level, found = judge_level(rows, rule)
        verdicts = []
        for series, usual in found.items():
            scope = self._scope(series, span, usual) if usual.state in (State.NY, State.FLER) else None
            verdicts.append(Verdict(series, usual, scope, self._season(known[series])))
        return LevelVerdicts(name, level, tuple(verdicts))

    def _season(self, known: Iterable[Observed | None]) -> bool:
        fortnights = 1 + sum(o.length for o in known if o is not None)
        return fortnights < self._rule.season_from

    def _scope(self, series: SeriesId, span: Span, usual: Usual) -> Scope | None:
        now = usual.now
        rests = self._lines[span.kind].rest(series, span, (*usual.periods, span.id))
        if now is None or rests is None:
            return None
        plain = next(t.dispersion for t in usual.up if t.key == "antal")
        return scope_of(now, rests[-1], usual.history, rests[:-1], plain)

    def _directions(self, quarter: Span, name: LevelName) -> dict[SeriesId, Change]:
        lines = self._lines["kvartal"]
        pool = self.verdicts(quarter).levels[name].level.pool
        pairs = {s: self._stretches(s, quarter) for s in lines.series(quarter, name)}
        tested = sum(pair is not None for pair in pairs.values())
        found = {}
        for series, pair in pairs.items():
            if pair is None:
                found[series] = Change(Direction.FOR_LITE)
            else:
                now, then, last_year = pair
                found[series] = change(now, then, pool.plain, tested, last_year=last_year)
        return found

    def _stretches(self, series: SeriesId, quarter: Span) -> tuple[Stretch, Stretch, bool] | None:
        """The quarter, and the same one last year if 32 fortnights may be compared, else the two before.

        Two quarters are six and seven fortnights: the thirteen before.
        """
        lines = self._lines["kvartal"]
        now = lines.now(series, quarter)
        history = lines.history(series, quarter)
        if now is None:
            return None
        last_year = history[-4] if len(history) >= 4 else None
        if last_year is not None and not self._season(history):
            return _stretch([now]), _stretch([last_year]), True
        near = [o for o in history[-2:] if o is not None]
        return (_stretch([now]), _stretch(near), False) if len(near) == 2 else None


def _stretch(parts: list[Observed]) -> Stretch:
    return Stretch(add(o.count for o in parts), add(o.answers for o in parts), sum(o.length for o in parts))


def public_rule(published: Published) -> Rule:
    """The rule for published figures, on the interval ladder of the instance."""
    return dataclasses.replace(PUBLIC, step=published.protection.steg)
