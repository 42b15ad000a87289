"""Pieces that the pages of the loop share: numbers in texts as links, choices, the quarter of a day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from est_build.analyse.promises import Promise, outcome
from est_build.figures.phrases import promise_sentence
from est_build.figures.promises import Told
from est_build.model.span import Span, day
from est_build.pages import addresses
from est_build.pages.context import Context
from est_build.pages.links import Link, anchor
from est_build.pages.parts import Citation
from est_build.schema.action import Action

_NUMBER = re.compile(r"\b([Åå]tgärd|[Ff]råga) (\d{4}-\d{3})\b")


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice among several: a page that shows only what was chosen."""

    text: str
    href: str
    count: int
    here: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """Choices of one sort."""

    name: str
    rows: tuple[Choice, ...]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Links of one sort at the foot of a page: what the page hangs together with."""

    name: str
    links: tuple[Link, ...]


def linked(context: Context, text: str) -> Markup:
    """A text in which every number of an action or an issue leads to its page."""
    texts = context.published.texts

    def place(match: re.Match[str]) -> str:
        word, number = match[1], match[2]
        if word.casefold() == "åtgärd" and number in texts.actions:
            return str(anchor(Link(match[0], addresses.action(number))))
        if word.casefold() == "fråga" and number in texts.issues:
            return str(anchor(Link(match[0], addresses.issue(number))))
        return match[0]

    # Escaping leaves words, digits and hyphens as they are.
    return Markup(_NUMBER.sub(place, str(escape(text))))


def quarter_of(context: Context, when: dt.date) -> Span | None:
    """The quarter with a page that a day falls in."""
    return next((q for q in context.published.quarters if q.start <= when <= q.end), None)


def meeting_of(context: Context, when: dt.date) -> Span | None:
    """The quarter whose meeting took up what was found on a day: the first meeting from that day on.

    A quarter that has figures but no evaluation takes up what was found inside it.
    """
    evaluations = context.published.texts.evaluations
    held = sorted((e.motesdag, number) for number, e in evaluations.items())
    number = next((number for meeting, number in held if meeting >= when), None)
    if number is None:
        return quarter_of(context, when)
    return next((q for q in context.published.quarters if q.id == number), None)


def quarters_of_action(context: Context, action: Action) -> tuple[Link, ...]:
    """Quarters that decided on an action, in which something happened with it, or that took up its result."""
    found = {link.href: link for link in context.relations.quarters_of_action(action.id)}
    for row in action.uppfoljningar:
        span = meeting_of(context, row.datum)
        if span is not None:
            link = context.relations.quarter_link(span)
            found.setdefault(link.href, link)
    return tuple(found[href] for href in sorted(found, reverse=True))


def links_of(links: Iterable[Link], between: str = ", ") -> Markup:
    """Links on one line."""
    return Markup(between).join(anchor(link) for link in links)


def cited(context: Context, title: str, address: str, published: dt.date) -> Citation:
    """How to refer to a page of the loop."""
    site = context.published.site
    return Citation(site.utgivare, title, day(published), f"{site.bas_url.rstrip('/')}{address}")


def told(context: Context, found: Iterable[Promise], when: dt.date) -> tuple[Told, ...]:
    """Promises as they stood on a day, each with the page that tells of it."""
    rows = []
    for promise in found:
        href = addresses.action(promise.action) if promise.action else None
        rows.append(
            Told(
                outcome(promise, when),
                promise.text,
                href,
                promise_sentence(promise, when),
                promise.responsible,
            )
        )
    return tuple(rows)


_SORTS = {"start": "Start: ", "uppfoljning": "Uppföljning: "}


def named(found: Iterable[Promise], rows: Iterable[Told]) -> tuple[Told, ...]:
    """The rows with what was promised of each: that it starts, is ready, or is looked at afterwards."""
    pairs = zip(found, rows, strict=True)
    return tuple(replace(row, text=_SORTS.get(p.sort, "") + row.text) for p, row in pairs)


def settling_day(promise: Promise) -> dt.date:
    """The day on which a promise is first kept, late or dropped: each promise has one, in one quarter.

    One that is late is told when its day has passed, however long it takes until it is done.
    """
    return min(d for d in (promise.due, promise.done, promise.dropped) if d is not None)


def groups(*pairs: tuple[str, Sequence[Link]]) -> tuple[Group, ...]:
    """Groups that hold something."""
    return tuple(Group(name, tuple(links)) for name, links in pairs if links)
