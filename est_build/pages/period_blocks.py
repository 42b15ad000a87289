"""Blocks of a fortnight's page: tables, lists and dots, each from published values alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from est_build.analyse.actions import action_state, by_urgency
from est_build.analyse.history import actions_as_of, is_open, open_issues_as_of
from est_build.figures.icons import dots_row, status_mark
from est_build.figures.phrases import due_sentence, next_date, notes, now_sentence
from est_build.figures.table import Column, Content, data_table
from est_build.figures.text import (
    FEW_INVITED,
    NO_COLLECTION,
    capital,
    cell_text,
    participation_count,
    share_words,
    sum_text,
    tenths,
)
from est_build.figures.thread import Station, action_dots, thread_strip
from est_build.model.area import Area
from est_build.model.cell import Shown, Sum
from est_build.model.series import Participation
from est_build.model.span import Span, date_range, day
from est_build.pages import addresses
from est_build.pages.context import ActionCard, Context, Link, anchor
from est_build.schema.action import Action
from est_build.schema.opendata.tables import LEVELS as LEVEL_WORDS
from est_build.schema.picture import Change, SituationPicture

LEVELS = dict(LEVEL_WORDS)


@dataclass(frozen=True, slots=True)
class Changed:
    """One line of what changed. ``about`` are the issue and the action that the line itself does not link."""

    text: str
    href: str | None
    about: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Doing:
    """What is being done about what is told first."""

    link: Link
    when: str


@dataclass(frozen=True, slots=True)
class ActionNews:
    """Something that happened to an action during the period."""

    date: str
    link: Link
    """What happened, leading to the action."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The network's own judgement of a place."""

    place: Link
    level: str
    strong: bool
    text: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something planned that colours a period."""

    title: str
    when: str
    where: str


# ---- what was said and done ---------------------------------------------------------------------


def day_of(context: Context, span: Span) -> dt.date:
    """The day that a page tells of: the data's own for the newest, else when the picture was published."""
    if span == context.latest:
        return context.published.date
    picture = context.published.texts.pictures.get(span.id)
    return picture.publicerad if picture else span.publishes


def changed(context: Context, row: Change, doing: Doing | None) -> Changed:
    """A change with its link; the issue comes before the action, which has other ways in."""
    links = []
    if row.fraga is not None:
        links.append(context.issue_link(row.fraga))
    if row.atgard is not None and row.atgard in context.published.texts.actions:
        links.append(context.action_link(row.atgard))
    rest = (link for link in links[1:] if doing is None or link != doing.link)
    return Changed(row.text, links[0].href if links else None, tuple(rest))


def doing(context: Context, picture: SituationPicture | None, today: dt.date) -> Doing | None:
    """The open action of the story that is told first; else the one whose day comes soonest."""
    texts = context.published.texts
    every = actions_as_of(texts.actions.values(), today)
    going = {a.id: a for a in every if is_open(a)}
    found = next(_told(picture, going), None)
    if found is None:
        states = {a.id: action_state(a, texts.issues, today) for a in going.values()}
        found = next(iter(by_urgency(going.values(), states)), None)
    if found is None:
        return None
    state = action_state(found, texts.issues, today)
    coming = found.start is not None and found.start > today
    when = now_sentence(found, state, today) if coming else due_sentence(state, today)
    return Doing(context.action_link(found.id), when)


def _told(picture: SituationPicture | None, going: dict[str, Action]) -> Iterator[Action]:
    for row in picture.andrat if picture else ():
        if row.atgard in going:
            yield going[row.atgard]
        yield from (a for a in going.values() if row.fraga is not None and row.fraga in a.fragor)


def cards(context: Context, today: dt.date, most: int) -> tuple[ActionCard, ...]:
    """Ongoing and planned actions as they stood on ``today``, what comes soonest first."""
    issues = context.published.texts.issues
    every = {a.id: a for a in actions_as_of(context.published.texts.actions.values(), today) if is_open(a)}
    states = {a.id: action_state(a, issues, today) for a in every.values()}
    rows = []
    for action in by_urgency(every.values(), states)[:most]:
        state = states[action.id]
        word = context.status_word(state.status)
        mark = status_mark(state.status, word, *notes(state))
        rows.append(
            ActionCard(
                action.id,
                action.titel,
                addresses.action(action.id),
                mark,
                action_dots(state.thread, reason=not action.fragor and bool(action.allman_varfor)),
                context.area_names(action.omraden),
                action.ansvarig,
                context.issue_link(action.fragor[0]) if action.fragor else None,
                next_date(action, state, today),
            )
        )
    return tuple(rows)


def news(context: Context, span: Span, told: Iterable[str]) -> tuple[ActionNews, ...]:
    """What happened with actions during the fortnight, and is not already told (``told``: those texts)."""
    known = set(told)
    found: list[tuple[dt.date, str, str]] = []
    for action in context.published.texts.actions.values():
        for event in action.historik:
            if span.start <= event.datum <= span.end and event.text and event.text not in known:
                found.append((event.datum, action.id, event.text))
    return tuple(
        ActionNews(day(date, year=False), Link(text, addresses.action(number)))
        for date, number, text in sorted(found)
    )


def region_thread(context: Context, span: Span, today: dt.date) -> Markup:
    """The thread with what is counted at each station on ``today``."""
    texts = context.published.texts
    total = context.published.region_total(span)
    reports = sum_text(total).replace("mellan ", "").replace(" och ", "–") if total else "–"
    issues = open_issues_as_of(texts.issues.values(), today)
    actions = actions_as_of(texts.actions.values(), today)
    followed = sum(bool(a.uppfoljningar) for a in actions)
    return thread_strip(
        [
            Station("Rapporter", reports),
            Station("Frågor", str(len(issues)), href=addresses.ISSUES),
            Station("Orsaker", str(sum(len(i.orsaker) for i in issues))),
            Station("Åtgärder", str(len(actions)), href=addresses.ACTIONS),
            Station("Uppföljda", str(followed)),
        ]
    )


def events(context: Context, picture: SituationPicture | None) -> tuple[Event, ...]:
    """What was planned, with its days and places."""
    rows = picture.handelser if picture else ()
    return tuple(
        Event(
            e.titel,
            day(e.start) if e.start == e.slut else date_range(e.start, e.slut),
            context.area_names(e.omraden) if e.omraden else "",
        )
        for e in rows
    )


def judgements(context: Context, span: Span) -> tuple[Judgement, ...]:
    """The network's own words about each place, in the order of the file."""
    rows = context.published.texts.assessments.get(span.id) or ()
    return tuple(
        Judgement(context.area_link(r.omrade), LEVELS[r.niva], r.niva in {"okad", "sarskilda"}, r.text)
        for r in rows
    )


# ---- participation ------------------------------------------------------------------------------


def region_dots(context: Context, span: Span) -> Markup:
    """Ten dots for the participation of the whole region; nothing where it cannot be said."""
    known = context.published.region_participation(span)
    if known is None:
        return Markup("")
    invited, answers = known
    if answers.high is None or share_words(answers.low, answers.high, invited).startswith("okänt"):
        return Markup("")
    return dots_row(*tenths(answers.low, answers.high, invited))


def short_share(words: str) -> str:
    """``Mellan 6 och 8 av 10 svarade`` as ``6–8 av 10``, to stand beside the dots."""
    plain = words.removesuffix(" svarade")
    if plain.startswith("Mellan "):
        plain = plain.removeprefix("Mellan ").replace(" och ", "–")
    return plain


def answered(people: Participation | None) -> Markup | str:
    """``15–19 av 24 (mellan 6 och 8 av 10)``; only the count where a share would look too exact."""
    if people is None:
        return "–"
    if people.invited == 0:
        return capital(NO_COLLECTION)
    count = participation_count(people)
    if people.invited < FEW_INVITED or not isinstance(people.answered, Shown):
        return count
    words = share_words(people.answered.low, people.answered.high, people.invited)
    # On a phone the count is enough.
    return Markup('{}<span class="mer-ord"> ({})</span>').format(count, words)


# ---- tables -------------------------------------------------------------------------------------


def collected_anywhere(context: Context, span: Span) -> bool:
    """False for a fortnight in which nobody was asked (a summer break)."""
    published = context.published
    return any(published.collected(span, town.municipality) for town in published.municipalities)


def _reports(context: Context, span: Span | None, area: Area) -> str:
    if span is None:
        return "–"
    people = context.published.participation(span, area.municipality)
    if people is not None and people.invited == 0:
        return NO_COLLECTION
    return cell_text(context.published.total_cell(span, area))


def letter_towns(context: Context, span: Span) -> tuple[Area, ...]:
    """Municipalities that get a letter back: they were asked, and a joint text is written."""
    published = context.published
    if span.id not in published.texts.pictures:
        return ()
    return tuple(a for a in published.municipalities if published.collected(span, a.municipality))


def town_table(context: Context, span: Span) -> Markup:
    """Per municipality: this period, the one before, how many answered."""
    published = context.published
    index = published.periods.index(span)
    before = published.periods[index - 1] if index else None
    rows: list[list[Content]] = [
        [
            anchor(context.area_link(town.id)),
            _reports(context, span, town),
            _reports(context, before, town),
            answered(published.participation(span, town.municipality)),
        ]
        for town in published.municipalities
    ]
    columns: list[Column | str] = [
        "Kommun",
        Column("Rapporter", "tal"),
        Column("Förra perioden", "tal"),
        "Svarade",
    ]
    return data_table(f"Rapporter och svar, {span.label}", columns, rows)


def area_tables(context: Context, span: Span) -> Markup:
    """The map's twin: a small table for each municipality, everything in alphabetical order."""
    tables = []
    for town in context.published.municipalities:
        rows: list[list[Content]] = [
            [anchor(context.area_link(area.id)), _reports(context, span, area)]
            for area in context.published.small_areas(town.municipality)
        ]
        if rows:
            caption = Markup('{}<span class="dold">: rapporter per område, {}</span>').format(
                town.name, span.label
            )
            tables.append(data_table(caption, ["Område", Column("Rapporter", "tal")], rows))
    return Markup('<div class="tabeller">{}</div>').format(Markup("").join(tables))


def group_table(context: Context, span: Span) -> Markup | None:
    """Categories that may be shown for a fortnight, with a column per municipality."""
    published = context.published
    towns = published.municipalities
    if len(towns) > 8 or not collected_anywhere(context, span):
        return None
    rows: list[list[Content]] = []
    for group in published.codes.groups(published.calendar.year(span)):
        found = [published.group_cell(span, town, group.id) for town in towns]
        if any(cell is not None for cell in found):
            label = anchor(context.category_link(group))
            rows.append([label, *(cell_text(cell) for cell in found)])
    columns: list[Column | str] = ["Kategori", *(Column(town.name, "tal") for town in towns)]
    return data_table(f"Rapporter per kategori, {span.label}", columns, rows)


def plain_summary(context: Context, span: Span) -> str:
    """For a fortnight without a joint text: what was collected, and nothing more."""
    total: Sum | None = context.published.region_total(span)
    if total is None:
        return "Ingen insamling gjordes under perioden."
    return f"Nätverket lämnade {sum_text(total)} rapporter. Ingen gemensam text är skriven för perioden."
