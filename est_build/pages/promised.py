"""*Det ni sa, det vi gjorde*: what had been promised, and how it went by the day of a picture."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from markupsafe import Markup

from est_build.analyse.actions import action_state
from est_build.analyse.history import action_as_of
from est_build.analyse.promises import Outcome, Promise, between, outcome, tally
from est_build.figures.icons import status_mark
from est_build.figures.phrases import (
    NOTHING_DUE,
    OUTCOMES,
    due_sentence,
    promise_sentence,
    still_late_words,
    tally_sentence,
)
from est_build.figures.text import first_sentence
from est_build.model.span import Span
from est_build.pages.context import Context
from est_build.pages.links import Link

_SIGNS: dict[Outcome, str] = {"hallet": "genomford", "sent": "forsenad", "struket": "avbruten"}


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise with its outcome, and what the network had said that led to it."""

    mark: Markup
    action: Link
    place: str
    how: str
    said: Link | None


@dataclass(frozen=True, slots=True)
class Promised:
    """The section of a picture: what came to its day now, then what has been late since an earlier one."""

    summary: str
    rows: tuple[Kept, ...]


def promised(context: Context, span: Span) -> Promised | None:
    """Promises that came to their day since the picture before; ``None`` for a span without a picture."""
    picture = context.published.texts.pictures.get(span.id)
    if picture is None:
        return None
    today = picture.publicerad
    since = _before(context, span) + dt.timedelta(days=1)
    counted = [p for p in context.promises if p.counted and p.action is not None]
    new = [p for p in between(counted, since, today) if outcome(p, today) != "ej_an"]
    still = [p for p in counted if p not in new and p.made <= today and _waiting(p, today)]
    summary = f"Det här var lovat till nu. {tally_sentence(tally(new, today))}" if new else NOTHING_DUE
    if still:
        summary += f" {still_late_words(len(still))}"
    return Promised(summary, tuple(_kept(context, p, today) for p in (*new, *still)))


def _waiting(promise: Promise, today: dt.date) -> bool:
    return outcome(promise, today) == "sent" and (promise.done is None or promise.done > today)


def _before(context: Context, span: Span) -> dt.date:
    """Day of the picture before this one; the day before the fortnight if there is none."""
    pictures = context.published.texts.pictures
    earlier = [
        pictures[p.id].publicerad
        for p in context.published.periods
        if p.end < span.start and p.id in pictures
    ]
    return earlier[-1] if earlier else span.start - dt.timedelta(days=1)


def _kept(context: Context, promise: Promise, today: dt.date) -> Kept:
    action = context.published.texts.actions[promise.action or ""]
    how = outcome(promise, today)
    issue = context.issue_link(action.fragor[0]) if action.fragor else None
    return Kept(
        status_mark(_SIGNS.get(how, how), OUTCOMES[how]),
        context.action_link(action.id),
        context.area_names(action.omraden),
        _sentence(context, promise, today),
        issue,
    )


def _sentence(context: Context, promise: Promise, today: dt.date) -> str:
    """How it went, and for what is not done yet the new date and why."""
    action = context.published.texts.actions[promise.action or ""]
    stood = action_as_of(action, today)
    if promise.sort != "klar" or stood is None or not _waiting(promise, today):
        return promise_sentence(promise, today)
    state = action_state(stood, context.published.texts.issues, today)
    why = first_sentence(stood.forsenad_varfor)[0] if stood.forsenad_varfor else ""
    return f"{due_sentence(state, today)} {why}".strip()
