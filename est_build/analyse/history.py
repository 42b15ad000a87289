"""Actions and issues as they stood on an earlier day: an older page is not changed by what came later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from est_build.analyse.actions import ENDED
from est_build.schema.action import Action
from est_build.schema.issue import Issue


def action_as_of(action: Action, day: dt.date) -> Action | None:
    """The action with what had happened by ``day``; ``None`` if it had not been decided.

    What is written without a day of its own (how many of the goal are done, why it is late) is told only
    on a day when nothing has happened since.
    """
    if action.beslutad > day:
        return None
    history = tuple(event for event in action.historik if event.datum <= day)
    follow_ups = tuple(row for row in action.uppfoljningar if row.datum <= day)
    if len(history) == len(action.historik) and len(follow_ups) == len(action.uppfoljningar):
        return action
    status = history[-1].status if history else "beslutad"
    dropped = status in {"avbruten", "overlamnad"}
    later = len(follow_ups) < len(action.uppfoljningar)
    changes: dict[str, object] = {
        "historik": history or action.historik[:1],
        "uppfoljningar": follow_ups,
        "status": status,
        "klar": action.klar if action.klar is not None and action.klar <= day else None,
        "forsenad_varfor": None,
        "avbruten_varfor": action.avbruten_varfor if dropped else None,
        "overlamnad_till": action.overlamnad_till if dropped else None,
        "mal_antal": action.mal_antal if status in ENDED else None,
        # A follow-up that came later had its own day, which has been written over since.
        "folj_upp": None if later else action.folj_upp,
    }
    return action.model_copy(update=changes)


def actions_as_of(actions: Iterable[Action], day: dt.date) -> tuple[Action, ...]:
    """Every action that had been decided by ``day``, as it stood then."""
    return tuple(found for a in actions if (found := action_as_of(a, day)) is not None)


def open_issues_as_of(issues: Iterable[Issue], day: dt.date) -> tuple[Issue, ...]:
    """Issues that the network followed on ``day``."""
    return tuple(
        i
        for i in issues
        if (not i.historik or i.historik[0].datum <= day) and (i.stangd is None or i.stangd > day)
    )


def is_open(action: Action) -> bool:
    """False for an action that is done, cancelled or handed over."""
    return action.status not in ENDED
