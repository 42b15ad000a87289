"""The letter back to those who answered: what they told, what was done, what comes next (``domain.md`` 1.8).

One for each municipality and fortnight, as a file that an e-mail program takes as it is and as plain text.
Everything in it is as it stood on the day when the picture came: a letter is never rewritten by what
happened later.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import jinja2

from est_build.analyse.actions import action_state, by_urgency
from est_build.analyse.history import actions_as_of, is_open
from est_build.figures.phrases import due_sentence, how_many
from est_build.figures.text import cell_text, cell_words, participation_words
from est_build.model.area import Area
from est_build.model.cell import Shown
from est_build.model.span import Span, day
from est_build.pages import addresses
from est_build.pages.context import Context
from est_build.pages.links import Link
from est_build.pages.period_blocks import LEVELS, letter_towns
from est_build.schema.picture import SituationPicture

AHEAD = dt.timedelta(days=56)
"""How far ahead the letter looks for actions that are due."""

_ENV = jinja2.Environment(
    loader=jinja2.PackageLoader("est_build.publish", "templates"),
    autoescape=jinja2.select_autoescape(["html.j2"], default=False),
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done or is to come, about an action."""

    link: Link
    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything in a letter. Links are whole addresses."""

    example: bool
    site: str
    home: str
    town: str
    label: str
    dates: str
    days: str
    """From the last day to answer until the letter, in words."""
    total: str
    people: str
    groups: tuple[tuple[str, str], ...]
    """Categories with a figure that can be shown, in the order of the list."""
    hidden: bool
    """True if there are categories whose figure cannot be shown."""
    judged: tuple[tuple[str, str, str], ...]
    """Place, how it is judged, why."""
    summary: str
    done: tuple[Step, ...]
    coming: tuple[Step, ...]
    look_for: tuple[str, ...]
    next_answer: str
    next_picture: str
    next_meeting: str
    picture: str
    mailbox: str


def letter_files(context: Context) -> dict[str, bytes]:
    """Path under the site -> the file. No survey or no joint text: no letter."""
    files = {}
    html, text = _ENV.get_template("brev.html.j2"), _ENV.get_template("brev.txt.j2")
    for span in context.published.periods:
        picture = context.published.texts.pictures.get(span.id)
        if picture is None:
            continue
        for town in letter_towns(context, span):
            letter = _letter(context, span, town, picture)
            for kind, template in (("html", html), ("txt", text)):
                path = addresses.path(addresses.letter(span.id, town.id, kind))
                files[path] = template.render(p=letter).encode("utf-8")
    return files


def _letter(context: Context, span: Span, town: Area, picture: SituationPicture) -> Letter:
    published = context.published
    site, today = published.site, picture.publicerad
    people = published.participation(span, town.municipality)
    groups = [
        (group.sv, published.group_cell(span, town, group.id))
        for group in published.codes.groups(published.calendar.year(span))
    ]
    after = next((p for p in published.calendar.periods if p.start > span.end), None)
    return Letter(
        example=site.exempeldata,
        site=site.namn,
        home=site.bas_url,
        town=town.name,
        label=span.label,
        dates=span.dates,
        days=how_many((today - span.end).days, "dag"),
        total=cell_words(published.total_cell(span, town)),
        people="" if people is None else participation_words(people),
        groups=tuple((name, cell_text(cell)) for name, cell in groups if isinstance(cell, Shown)),
        hidden=any(cell is not None and not isinstance(cell, Shown) for _, cell in groups),
        judged=tuple(_judged(context, span, town)),
        summary=picture.sammanfattning,
        done=tuple(_done(context, span, town, today)),
        coming=tuple(_coming(context, town, today)),
        look_for=picture.att_titta_efter,
        next_answer=day(after.end) if after is not None else "",
        next_picture=day(picture.nasta) if picture.nasta is not None else "",
        next_meeting=_next_meeting(context, today),
        picture=_whole(context, addresses.picture(span.id)),
        mailbox=published.municipality(town.municipality).kontakt,
    )


def _whole(context: Context, address: str) -> str:
    return context.published.site.bas_url.rstrip("/") + address


def _judged(context: Context, span: Span, town: Area) -> Iterator[tuple[str, str, str]]:
    for row in context.published.texts.assessments.get(span.id) or ():
        area = context.published.area(row.omrade)
        if area.municipality == town.municipality:
            yield area.name, LEVELS[row.niva], row.text


def _done(context: Context, span: Span, town: Area, today: dt.date) -> Iterator[Step]:
    """What happened with the municipality's actions since the picture before."""
    since = _before(context, span)
    found: list[tuple[dt.date, str, str]] = []
    for action in actions_as_of(context.published.texts.actions.values(), today):
        if not _is_in(context, town, action.omraden):
            continue
        for event in action.historik:
            if since < event.datum <= today:
                words = f" {event.text}" if event.text else ""
                found.append((event.datum, action.id, f"{context.status_word(event.status)}.{words}"))
        for row in action.uppfoljningar:
            if since < row.datum <= today:
                found.append((row.datum, action.id, context.finding(action, row)))
    for _, number, text in sorted(found):
        yield _step(context, number, text)


def _before(context: Context, span: Span) -> dt.date:
    """The day of the picture before, or the first day of the fortnight."""
    earlier = (p for p in reversed(context.published.periods) if p.end < span.start)
    before = next(earlier, None)
    picture = context.published.texts.pictures.get(before.id) if before is not None else None
    return picture.publicerad if picture is not None else span.start - dt.timedelta(days=1)


def _coming(context: Context, town: Area, today: dt.date) -> Iterator[Step]:
    """What the municipality's open actions wait for before long."""
    texts = context.published.texts
    own = [
        action
        for action in actions_as_of(texts.actions.values(), today)
        if is_open(action) and _is_in(context, town, action.omraden)
    ]
    states = {action.id: action_state(action, texts.issues, today) for action in own}
    for action in by_urgency(own, states):
        if states[action.id].due <= today + AHEAD:
            yield _step(context, action.id, due_sentence(states[action.id], today))


def _step(context: Context, number: str, text: str) -> Step:
    link = context.action_link(number)
    return Step(Link(link.text, _whole(context, link.href)), text)


def _is_in(context: Context, town: Area, areas: tuple[str, ...]) -> bool:
    return any(context.published.area(area).municipality == town.municipality for area in areas)


def _next_meeting(context: Context, today: dt.date) -> str:
    """The first meeting that had been announced by ``today`` and not been held."""
    found = (
        e.nasta_mote
        for e in context.published.texts.evaluations.values()
        if e.nasta_mote is not None and e.publicerad <= today < e.nasta_mote
    )
    coming = min(found, default=None)
    return day(coming) if coming is not None else ""
