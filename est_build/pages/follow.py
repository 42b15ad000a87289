"""``/folj/``: when the next picture and the next meeting come, and where to look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from est_build.model.span import day
from est_build.pages import addresses
from est_build.pages.context import Context, Link, render
from est_build.pages.page import Page

_COMING = 4
"""How many of the dates to come are shown."""


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed in its forms, and a calendar if there is one."""

    title: str
    atom: str
    json: str
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class FollowPage:
    """Dates to wait for; empty when none is set."""

    picture: str
    meeting: str
    late: bool
    coming: tuple[tuple[str, str], ...]
    """The next pictures: what they are about, and when they come."""
    actions: tuple[tuple[Link, str, str], ...]
    """What is due next: the action, what happens, when."""
    latest: Link
    changes: tuple[Link, ...]
    mailbox: str
    feeds: tuple[FeedRow, ...]
    """Of the whole site, then of each municipality."""
    small: tuple[FeedRow, ...]
    """Of each small area."""


def follow_pages(context: Context) -> list[Page]:
    """The page about how to follow the work."""
    published = context.published
    picture = published.texts.pictures.get(context.latest.id)
    meeting = context.relations.next_meeting
    page = FollowPage(
        day(picture.nasta) if picture and picture.nasta else "",
        day(meeting) if meeting else "",
        context.late_picture is not None,
        tuple(
            (span.label.capitalize(), day(span.publishes))
            for span in published.calendar.periods
            if span.publishes > published.date
        )[:_COMING],
        _due(context),
        context.relations.picture_link(context.latest),
        _changes(context),
        published.site.kontakt.epost,
        tuple(_feeds(context)),
        tuple(_row(area.name, addresses.feed_of(area)) for area in published.small_areas()),
    )
    html = render("follow.html.j2", page)
    words = "När nästa lägesbild och nästa kvartalsmöte kommer, och vad som är på väg."
    return [Page(addresses.path(addresses.FOLLOW), "Följ arbetet", words, "", html)]


def _changes(context: Context) -> tuple[Link, ...]:
    rows = [Link("Rättelser", addresses.CORRECTIONS)]
    if context.published.texts.changes:
        rows.append(Link("Ändringar i metoden", addresses.CHANGES))
    return tuple(rows)


def _row(title: str, name: str, calendar: str = "") -> FeedRow:
    return FeedRow(title, addresses.feed(name), addresses.feed(name, "json"), calendar)


def _feeds(context: Context) -> Iterator[FeedRow]:
    yield _row("Allt nytt", "allt", addresses.CALENDAR)
    yield _row("Åtgärder", "atgarder")
    yield _row("Rättelser och ändringar", "rattelser")
    for town in context.published.municipalities:
        yield _row(town.name, addresses.feed_of(town), addresses.calendar_of(town.id))


def _due(context: Context) -> tuple[tuple[Link, str, str], ...]:
    """What the network has promised next: an action done, or followed up."""
    today = context.published.date
    rows = []
    for action in context.published.texts.actions.values():
        state = context.states[action.id]
        link = context.action_link(action.id)
        if action.status == "pagar" and state.due > today:
            rows.append((state.due, action.id, link, "Ska vara klart"))
        elif state.next_follow_up is not None and state.next_follow_up > today:
            rows.append((state.next_follow_up, action.id, link, "Ska följas upp"))
    return tuple((link, what, day(date)) for date, _, link, what in sorted(rows, key=lambda r: r[:2])[:5])
