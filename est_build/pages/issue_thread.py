"""Where the thread of an issue stands: reports, priority, causes, actions, follow-up; knot and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from est_build.analyse.actions import ENDED, ActionState
from est_build.figures.loop_words import month_words, priority_word
from est_build.figures.text import number
from est_build.schema.action import Action
from est_build.schema.issue import Issue

Knots = tuple[tuple[str, str], ...]


def issue_thread(issue: Issue, actions: Sequence[Action], states: Mapping[str, ActionState]) -> Knots:
    """Five pairs of knot and words.

    Args:
        issue: the issue.
        actions: those that it led to, as they stood on the day that is told of.
        states: their states on the same day.
    """
    causes = len(issue.orsaker)
    return (
        ("klar", f"sedan {issue.forsta_period[:4]}"),
        ("uppfoljd", "stängd")
        if issue.status == "stangd"
        else ("klar", priority_word(issue.behov, issue.paverkan)),
        ("klar", number(causes)) if causes else ("saknas", "ingen"),
        _actions(actions),
        _last(actions, states),
    )


def _actions(actions: Sequence[Action]) -> tuple[str, str]:
    if not actions:
        return "tom", "ingen"
    count = number(len(actions))
    statuses = {a.status for a in actions}
    if "pagar" in statuses:
        return "pagar", count
    going = statuses - ENDED
    if going:
        return ("planerad" if statuses <= {"planerad", "beslutad", "pausad"} else "pagar"), count
    return ("genomford" if "genomford" in statuses else "avbruten"), count


def _last(actions: Sequence[Action], states: Mapping[str, ActionState]) -> tuple[str, str]:
    if any(states[a.id].follow_up_missing for a in actions):
        return "saknas", "saknas"
    upcoming = [d for a in actions if (d := states[a.id].next_follow_up) is not None]
    done = [f.datum for a in actions for f in a.uppfoljningar]
    if upcoming and (not done or any(a.status not in ENDED for a in actions)):
        return "planerad", month_words(min(upcoming))
    if done:
        return "uppfoljd", month_words(max(done))
    return "tom", "inte än"
