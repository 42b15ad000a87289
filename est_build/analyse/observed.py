"""One period of a series as the analysis sees it, and the periods before that it is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from est_build.analyse.between import Between, exactly
from est_build.analyse.rule import Rule

Key = Literal["svar", "antal"]
"""What a count is held against: the number of answers, or nothing but the length of the period."""
KEYS: Final[tuple[Key, Key]] = ("svar", "antal")


@dataclass(frozen=True, slots=True)
class Observed:
    """A period in which somebody was asked."""

    span: str
    """Id of the period."""
    count: Between
    answers: Between
    """How many answered, those with nothing to report included."""
    length: int = 1
    """Fortnights collected: 1, or up to 7 in a quarter."""

    def weight(self, key: Key) -> Between:
        """What the count is held against by a key."""
        return self.answers if key == "svar" else exactly(self.length)


def before(history: Sequence[Observed | None], rule: Rule) -> tuple[Observed, ...]:
    """The periods that the usual range is taken from, oldest first.

    Args:
        history: every period of the calendar before this one and after the last break, oldest first;
            ``None`` where nothing was collected. Such a period is skipped, never filled in.
        rule: how many, and how far back.
    """
    near = history[-rule.reach :]
    return tuple(o for o in near if o is not None)[-rule.longest :]
