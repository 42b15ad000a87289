"""What the network has promised, and how it went: kept, late, dropped, or not due yet.

A promise is something with a date that a reader can hold the network to:

* an action is to be ready by its first ``klar_senast`` (a new date does not wipe out the first);
* a planned action is to start on ``start``;
* a finished action is to be followed up, within 90 days or on the day announced;
* a decision of a quarterly meeting is to be carried out by its ``senast``.

All is told from what is written, as it stood on any day: a later event does not change an earlier page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from est_build.analyse.actions import FOLLOW_UP_DAYS, follow_up_due
from est_build.schema.action import Action
from est_build.schema.evaluation import QuarterEvaluation

Sort = Literal["klar", "start", "uppfoljning", "beslut"]
Outcome = Literal["hallet", "sent", "struket", "ej_an"]
"""Kept, late (done after its day, or not done although the day has passed), dropped, not due yet."""
_DROPPED = frozenset({"avbruten", "overlamnad"})


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise. ``about`` is the number of an action, or the id of the quarter that decided."""

    sort: Sort
    about: str
    text: str
    """Title of the action, or the decision."""
    made: dt.date
    due: dt.date
    done: dt.date | None = None
    dropped: dt.date | None = None
    why_dropped: str | None = None
    action: str | None = None
    """Number of the action that it concerns, if any."""
    responsible: str = ""

    @property
    def counted(self) -> bool:
        """False for a decision that became an action: that action's own promise is the one to count."""
        return self.sort != "beslut" or self.action is None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many promises there are of each outcome."""

    kept: int = 0
    late: int = 0
    dropped: int = 0
    waiting: int = 0

    @property
    def settled(self) -> int:
        """Those whose day has come, or that have been carried out or dropped."""
        return self.kept + self.late + self.dropped


def promises(actions: Iterable[Action], evaluations: Mapping[str, QuarterEvaluation]) -> tuple[Promise, ...]:
    """Every promise, by the day it is due."""
    known = {action.id: action for action in actions}
    found = [promise for action in known.values() for promise in _of_action(action)]
    for quarter, evaluation in evaluations.items():
        found += _of_meeting(quarter, evaluation, known)
    return tuple(sorted(found, key=lambda p: (p.due, p.about, p.sort)))


def outcome(promise: Promise, day: dt.date) -> Outcome:
    """How it stands on ``day``, with what was known then."""
    if promise.dropped is not None and promise.dropped <= day:
        return "struket"
    if promise.done is not None and promise.done <= day:
        return "hallet" if promise.done <= promise.due else "sent"
    return "sent" if promise.due < day else "ej_an"


def tally(found: Iterable[Promise], day: dt.date) -> Tally:
    """How many were kept, late, dropped and not due on ``day``; each thing is counted once."""
    outcomes = [outcome(promise, day) for promise in found if promise.counted]
    return Tally(*(outcomes.count(word) for word in ("hallet", "sent", "struket", "ej_an")))


def between(found: Iterable[Promise], first: dt.date, last: dt.date) -> tuple[Promise, ...]:
    """Promises that came due, were carried out late or were dropped from ``first`` to ``last``.

    One that was dropped before it came due is told when it was dropped; one that was carried out early, when
    it was carried out.
    """
    return tuple(p for p in found if any(first <= day <= last for day in _days(p)))


def _days(promise: Promise) -> tuple[dt.date, ...]:
    if promise.dropped is not None:
        late = promise.due < promise.dropped
        return (promise.due, promise.dropped) if late else (promise.dropped,)
    if promise.done is not None:
        return (promise.due, promise.done) if promise.done > promise.due else (promise.done,)
    return (promise.due,)


def _dropped(action: Action) -> dt.date | None:
    return next((e.datum for e in action.historik if e.status in _DROPPED), None)


def _of_action(action: Action) -> Iterable[Promise]:
    dropped = _dropped(action)
    why = action.avbruten_varfor
    if why is None and action.overlamnad_till is not None:
        why = f"Överlämnad till {action.overlamnad_till}."

    def made(sort: Sort, due: dt.date, done: dt.date | None, day: dt.date) -> Promise:
        gone = dropped if done is None else None
        reason = why if gone else None
        return Promise(
            sort, action.id, action.titel, day, due, done, gone, reason, action.id, action.ansvarig
        )  # fmt: skip

    yield made("klar", action.klar_senast, action.klar, action.beslutad)
    if action.start is not None and action.start > action.beslutad:
        began = next((e.datum for e in action.historik if e.status == "pagar"), None)
        # Done without a word of when it began: then nothing can be said of the start.
        if began is not None or action.klar is None:
            yield made("start", action.start, began, action.beslutad)
    if action.klar is not None:
        first = action.uppfoljningar[0].datum if action.uppfoljningar else None
        due = follow_up_due(action) if first is None else action.klar + dt.timedelta(days=FOLLOW_UP_DAYS)
        yield made("uppfoljning", due, first, action.klar)


def _of_meeting(
    quarter: str, evaluation: QuarterEvaluation, actions: Mapping[str, Action]
) -> Iterable[Promise]:
    for row in evaluation.beslut:
        if row.senast is None:
            continue
        # A decision that became an action goes as the action goes, unless the meeting said something else.
        action = actions.get(row.atgard or "")
        done = row.klar or (action.klar if action else None)
        dropped = row.struken or (_dropped(action) if action and done is None else None)
        why = row.struken_varfor or (action.avbruten_varfor if action and dropped else None)
        yield Promise(
            "beslut", quarter, row.text, evaluation.motesdag, row.senast, done, dropped, why,
            action.id if action else None, row.ansvarig,
        )  # fmt: skip
