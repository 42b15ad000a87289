"""Every verdict of a fortnight or a quarter, level by level, from what has been published and nothing else.

What is published gives the verdicts, so they tell nothing more, and anyone can compute them again. The
series of a level share one budget of false signals and one dispersion (:mod:`usual`, :mod:`spread`).
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable
from functools import cached_property

from est_build.analyse.between import add
from est_build.analyse.direction import Change, Direction, Stretch, change
from est_build.analyse.lines import LevelName, Lines, SeriesId, levels_of
from est_build.analyse.observed import Observed, before
from est_build.analyse.remembered import packed, unpacked
from est_build.analyse.rule import PUBLIC, Rule, for_quarters
from est_build.analyse.share import Scope, scope_of
from est_build.analyse.usual import State, Usual, judge_level
from est_build.analyse.verdict import Levels, LevelVerdicts, SpanVerdicts, Verdict
from est_build.load.memo import Memo, digest
from est_build.model.prints import Prints
from est_build.model.published import Published
from est_build.model.span import Span


class Analysis:
    """The verdicts of an instance. Each span is judged when it is first asked for, and then remembered."""

    def __init__(self, published: Published, rule: Rule | None = None, memo: Memo | None = None) -> None:
        """``rule``: other numbers than those of all published figures (for tests and comparisons).

        ``memo``: where the verdicts of a level may be remembered.
        """
        self._published = published
        self._rule = rule or public_rule(published)
        self._memo = memo
        self._lines = {"period": Lines(published, "period"), "kvartal": Lines(published, "kvartal")}
        self._spans: dict[str, SpanVerdicts] = {}
        self._series: dict[tuple[str, LevelName], dict[SeriesId, Verdict]] = {}
        self._changes: dict[tuple[str, LevelName], dict[SeriesId, Change]] = {}

    @cached_property
    def _prints(self) -> Prints:
        return Prints(self._published)

    def verdicts(self, span: Span) -> SpanVerdicts:
        """Every verdict of a fortnight or a quarter. A year has none."""
        if span.id not in self._spans:
            levels = Levels(levels_of(span), functools.partial(self._level, span))
            self._spans[span.id] = SpanVerdicts(span, levels)
        return self._spans[span.id]

    def verdict(self, span: Span, series: SeriesId) -> Verdict | None:
        """The verdict on one series; ``None`` if it has no cell in the span."""
        key = (span.id, series.level)
        if key not in self._series:
            level = self.verdicts(span).levels.get(series.level)
            self._series[key] = {v.series: v for v in level.verdicts} if level is not None else {}
        return self._series[key].get(series)

    def direction(self, quarter: Span, series: SeriesId) -> Change:
        """Where a series is going, from a quarter's published figures (:mod:`direction`)."""
        key = (quarter.id, series.level)
        if key not in self._changes:
            self._changes[key] = self._directions(quarter, series.level)
        return self._changes[key].get(series, Change(Direction.FOR_LITE))

    def _rule_for(self, span: Span) -> Rule:
        return self._rule if span.kind == "period" else for_quarters(self._rule)

    def _level(self, span: Span, name: LevelName) -> LevelVerdicts:
        """The verdicts of a level, remembered by what they are made of: nothing later than ``span``."""
        if self._memo is None:
            return self._judged(span, name)
        rule = self._rule_for(span)
        key = digest(self._prints.upto(span), repr(rule), span.id, name)
        made: list[LevelVerdicts] = []

        def judge() -> str:
            made.append(self._judged(span, name))
            return packed(made[0])

        text = self._memo.text("omdome", key, judge)
        return made[0] if made else unpacked(text, lambda series: self._seen(span, series, rule))

    def _seen(self, span: Span, series: SeriesId, rule: Rule) -> tuple[Observed | None, tuple[Observed, ...]]:
        lines = self._lines[span.kind]
        return lines.now(series, span), before(lines.history(series, span), rule)

    def _judged(self, span: Span, name: LevelName) -> LevelVerdicts:
        rule, lines = self._rule_for(span), self._lines[span.kind]
        rows = {series: self._seen(span, series, rule) for series in lines.series(span, name)}
        level, found = judge_level(rows, rule)
        verdicts = []
        for series, usual in found.items():
            scope = self._scope(series, span, usual) if usual.state in (State.NY, State.FLER) else None
            season = self._season(lines.history(series, span))
            verdicts.append(Verdict(series, usual, scope, season))
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
