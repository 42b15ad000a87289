"""A verdict on a series, and those of a level and of a span: plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from est_build.analyse.lines import LevelName, SeriesId
from est_build.analyse.share import Scope
from est_build.analyse.usual import Level, Usual
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


class Levels(Mapping[LevelName, LevelVerdicts]):
    """The levels of a span by name, each judged when it is first asked for."""

    def __init__(self, names: Sequence[LevelName], judge: Callable[[LevelName], LevelVerdicts]) -> None:
        self._names, self._judge = tuple(names), judge
        self._found: dict[LevelName, LevelVerdicts] = {}

    def __getitem__(self, name: LevelName) -> LevelVerdicts:
        if name not in self._names:
            raise KeyError(name)
        if name not in self._found:
            self._found[name] = self._judge(name)
        return self._found[name]

    def __iter__(self) -> Iterator[LevelName]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


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
