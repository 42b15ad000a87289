"""The numbers of the rule "vanligt spann", with what they mean. Two sets: for all readers, and in private."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Literal

Reading = Literal["vidast", "mitten"]
"""How intervals are read. ``vidast`` (widest): each end so that the claim is hardest to make; what is claimed
then holds for every count inside the intervals. ``mitten``: the counts before at their midpoints, this
period's count still at the end that makes the claim hardest. For exact counts both are the same."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Every number that a verdict depends on."""

    budget: float = 1.0
    """False signals to expect at most, per level and period."""
    reading: Reading = "vidast"
    cap: float = 0.01
    """The chance of a false signal in one series is never above this, however few the series are."""
    floor: int = 5
    """No signal with fewer reports."""
    longest: int = 13
    """Periods that the usual range is taken from, at most: half a year of fortnights."""
    shortest: int = 6
    """With fewer nothing is judged."""
    reach: int = 26
    """How many periods of the calendar back they may lie."""
    triple: float = 3.0
    """A rise by this factor must reach the limit, or the series has too few reports to be judged."""
    low_share: float = 0.5
    """Participation below this share of the usual is low."""
    prior: float = 1.5
    """Dispersion (variance divided by mean) that is assumed before any data."""
    prior_weight: float = 50.0
    """Degrees of freedom that the assumption counts for."""
    own_weight: float = 13.0
    """Degrees of freedom that the dispersion of the level counts for in a single series."""
    least_sum: float = 5.0
    """Series with fewer reports than this in all say nothing of the dispersion."""
    shown_share: float = 0.0
    """Share of the periods before that must be shown. A hidden count can be larger than its interval
    says, when it is hidden for having too few sources."""
    step: int = 1
    """Width of the interval ladder; 1 for exact counts."""
    season_from: int = 32
    """From this many collected periods the same time last year can be compared with."""


PRIVATE = Rule(budget=3.0)
"""For the coordinators' check list: exact counts."""
PUBLIC = Rule(reading="mitten", prior=2.0, shown_share=0.5, step=5)
"""For what is published: intervals of five, hidden cells."""


def for_quarters(rule: Rule) -> Rule:
    """The same rule on quarters: they may lie as far back as there are enough of them."""
    return dataclasses.replace(rule, reach=rule.longest)
