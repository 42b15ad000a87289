"""How good the work itself is: pictures in time, goals, follow-ups (``domain.md`` 9.8).

Everything is counted from what has been written, on the data's own date. Nothing here counts reports.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from est_build.analyse.actions import ENDED, ActionState
from est_build.model.span import Span
from est_build.schema.action import Action
from est_build.schema.evaluation import QuarterEvaluation
from est_build.schema.picture import SituationPicture

GIVEN_UP = frozenset({"avbruten", "overlamnad"})


@dataclass(frozen=True, slots=True)
class Part:
    """``count`` of ``whole``. A whole of nought means that there is nothing to count."""

    count: int
    whole: int


@dataclass(frozen=True, slots=True)
class Punctuality:
    """The pictures of a quarter: how many came on the day that the calendar promised, and how fast."""

    span: Span
    in_time: Part
    slowest: int | None
    """Most days from the last day of a period to its picture; ``None`` without pictures."""
    feedback_days: int | None
    """Median days until the network was told, as the quarterly meeting wrote it."""


@dataclass(frozen=True, slots=True)
class Work:
    """Shares of actions and issues that are as they should be, on the data's date."""

    decided: Part
    """Issues that the latest meeting put first, and that have an action that has not been given up."""
    with_goal: Part
    """Actions that have not been given up, with a goal that somebody has written."""
    followed_up: Part
    """Finished actions that somebody has looked back at, of those whose time has come."""
    late: Part
    """Late actions, of those that have not ended."""


def punctuality(
    quarters: Iterable[Span],
    periods_in: Callable[[Span], Iterable[Span]],
    pictures: Mapping[str, SituationPicture],
    evaluations: Mapping[str, QuarterEvaluation],
) -> tuple[Punctuality, ...]:
    """A row for each quarter with pictures, newest first."""
    rows = []
    for quarter in quarters:
        found = [(p, pictures[p.id]) for p in periods_in(quarter) if p.id in pictures]
        if not found:
            continue
        in_time = sum(picture.publicerad <= span.publishes for span, picture in found)
        slowest = max((picture.publicerad - span.end).days for span, picture in found)
        evaluation = evaluations.get(quarter.id)
        told = evaluation.aterkoppling if evaluation else None
        days = told.median_dagar if told else None
        rows.append(Punctuality(quarter, Part(in_time, len(found)), slowest, days))
    return tuple(reversed(rows))


def work(
    actions: Iterable[Action], states: Mapping[str, ActionState], first: Iterable[str], today: dt.date
) -> Work:
    """How the actions stand ``today``. ``first``: the issues that the latest meeting put first."""
    every = list(actions)
    alive = [a for a in every if a.status not in GIVEN_UP]
    done = [a for a in every if a.status == "genomford"]
    due = [a for a in done if a.uppfoljningar or states[a.id].follow_up_missing]
    going = [a for a in every if a.status not in ENDED]
    numbers = list(first)
    served = {number for a in alive if a.beslutad <= today for number in a.fragor}
    return Work(
        Part(sum(n in served for n in numbers), len(numbers)),
        Part(sum(bool(a.mal or a.mal_antal) for a in alive), len(alive)),
        Part(sum(bool(a.uppfoljningar) for a in due), len(due)),
        Part(sum(states[a.id].late for a in going), len(going)),
    )
