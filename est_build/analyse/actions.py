"""The state of actions, computed from the data's own date: late, follow-up missing, the thread."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from est_build.schema.action import Action
from est_build.schema.issue import Issue

FOLLOW_UP_DAYS = 90
"""A finished action should have been followed up within this many days."""
ENDED = frozenset({"genomford", "avbruten", "overlamnad"})


@dataclass(frozen=True, slots=True)
class ActionState:
    """What a reader should be told about an action on the data's date."""

    status: str
    """Code of the status list, or ``uppfoljd`` when it is done and followed up."""
    late: bool
    follow_up_missing: bool
    due: dt.date
    """The date promised now: a later one if a new one has been announced."""
    first_due: dt.date
    next_follow_up: dt.date | None
    thread: tuple[str, ...]
    """Knots of the five stations (figures.icons.Knot)."""


def follow_up_due(action: Action) -> dt.date:
    """The day by which a finished action should have been followed up: that announced, or 90 days after."""
    waited = (action.klar or action.historik[-1].datum) + dt.timedelta(days=FOLLOW_UP_DAYS)
    return waited if action.folj_upp is None else min(waited, action.folj_upp)


def action_state(action: Action, issues: Mapping[str, Issue], today: dt.date) -> ActionState:
    """Late: promised before ``today`` and not ended. Missing: done, and nobody has looked back."""
    announced = [e.ny_klar_senast for e in action.historik if e.ny_klar_senast is not None]
    due = announced[-1] if announced else action.klar_senast
    ended = action.status in ENDED
    late = not ended and action.klar_senast < today
    done_on = action.klar or (action.historik[-1].datum if ended else None)
    looked_back = bool(action.uppfoljningar)
    waited = done_on is not None and (today - done_on).days > FOLLOW_UP_DAYS
    promised = action.folj_upp is not None and action.folj_upp < today
    missing = action.status == "genomford" and not looked_back and (waited or promised)
    status = "uppfoljd" if action.status == "genomford" and looked_back else action.status
    upcoming = action.folj_upp if action.folj_upp is not None and action.folj_upp >= today else None
    return ActionState(
        status,
        late,
        missing,
        due,
        action.klar_senast,
        upcoming,
        _thread(action, issues, status, missing, upcoming),
    )


def _thread(
    action: Action,
    issues: Mapping[str, Issue],
    status: str,
    missing: bool,
    upcoming: dt.date | None,
) -> tuple[str, ...]:
    followed = [issues[n] for n in action.fragor if n in issues]
    has_cause = bool(action.orsaker) or any(i.orsaker for i in followed)
    last = "tom"
    if action.uppfoljningar:
        last = "klar"
    elif missing:
        last = "saknas"
    elif upcoming is not None and status == "genomford":
        last = "planerad"
    own = "genomford" if status == "uppfoljd" else status
    return (
        "klar" if followed else "tom",
        "klar" if followed else "tom",
        "klar" if has_cause else "tom",
        own,
        last,
    )


def by_urgency(actions: Iterable[Action], states: Mapping[str, ActionState]) -> list[Action]:
    """Ongoing before finished; among each, what comes soonest first. Never by area."""

    def key(action: Action) -> tuple[int, dt.date, str]:
        state = states[action.id]
        ended = action.status in ENDED
        day = -(action.klar or action.historik[-1].datum).toordinal() if ended else state.due.toordinal()
        return (2 if ended else 1, dt.date.fromordinal(abs(day)), action.id)

    every = list(actions)
    going = sorted((a for a in every if a.status not in ENDED), key=key)
    ended = sorted((a for a in every if a.status in ENDED), key=key, reverse=True)
    return [*going, *ended]


def touches(action: Action, areas: Iterable[str]) -> bool:
    """True if the action concerns one of the areas."""
    return bool(set(action.omraden) & set(areas))
