"""What has happened, one entry each: what the feeds tell, made from published values only."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from est_build.figures.text import cell_words, participation_words
from est_build.model.area import Area
from est_build.model.span import Span
from est_build.pages import addresses
from est_build.pages.changes import change_rows
from est_build.pages.context import Context
from est_build.pages.corrections import corrected
from est_build.pages.relations import Relations
from est_build.schema.action import Action
from est_build.schema.issue import Issue

Sort = Literal["lage", "kvartal", "ar", "atgard", "fraga", "rattelse", "metod"]


@dataclass(frozen=True, slots=True)
class News:
    """One thing that has happened."""

    id: str
    """Stable for ever, unique on the site: ``lage/2026-v45-46``."""
    sort: Sort
    date: dt.date
    updated: dt.date
    """Later than ``date`` if it has been corrected."""
    title: str
    address: str
    """From the root of the site."""
    lines: tuple[str, ...]
    """What it says, a paragraph each, as plain text."""
    figures: tuple[tuple[str, str], ...] = ()
    """Where, and the published figure in words."""
    places: frozenset[str] = frozenset()
    """Municipalities (codes) and areas (ids) that it concerns; empty for all of them."""


def every_news(context: Context) -> tuple[News, ...]:
    """Everything that has happened, the oldest first."""
    found = [*_pictures(context), *_longer(context), *_of_actions(context), *_of_issues(context)]
    found += [*_corrections(context), *_changes(context)]
    return tuple(sorted(found, key=lambda news: (news.date, news.id)))


def of_municipality(context: Context, news: Iterable[News], town: Area) -> tuple[News, ...]:
    """The news of one municipality; pictures tell its own figure only."""
    own = {town.municipality, *(a.id for a in context.published.areas if a.municipality == town.municipality)}
    return tuple(_narrowed(context, one, town) for one in news if not one.places or one.places & own)


def of_area(context: Context, news: Iterable[News], area: Area) -> tuple[News, ...]:
    """The news of a small area: its figures, and what was done and corrected there."""
    return tuple(
        _narrowed(context, one, area)
        for one in news
        if area.id in one.places or (one.sort == "lage" and not one.places)
    )


def _narrowed(context: Context, news: News, area: Area) -> News:
    """A picture as it is about one area: how it is judged, and its own figure."""
    if news.sort != "lage":
        return news
    name = news.id.rpartition("/")[2]
    span = context.published.calendar.span(name)
    rows = context.published.texts.assessments.get(name, ())
    judged = tuple(row.text for row in rows if row.omrade == area.id)
    figures = () if span is None else tuple(_figures(context, span, [area]))
    title = f"{news.title}: {area.name}"
    return replace(news, id=f"{news.id}/{area.id}", title=title, lines=judged, figures=figures)


def _pictures(context: Context) -> Iterator[News]:
    published = context.published
    for span in published.periods:
        picture = published.texts.pictures.get(span.id)
        address = addresses.picture(span.id)
        date = picture.publicerad if picture is not None else span.publishes
        lines = () if picture is None else (picture.sammanfattning, *(row.text for row in picture.andrat))
        yield News(
            f"lage/{span.id}",
            "lage",
            date,
            _updated(context.relations, address, date),
            f"Läget {span.label}, {span.end.year}",
            address,
            lines,
            tuple(_figures(context, span, published.municipalities)),
        )


def _figures(context: Context, span: Span, areas: Iterable[Area]) -> Iterator[tuple[str, str]]:
    published = context.published
    for area in areas:
        people = published.participation(span, area.municipality)
        cell = published.total_cell(span, area)
        if people is None:
            continue
        told = cell_words(cell) if people.invited else "ingen insamling"
        yield area.name, f"{told}. {participation_words(people)}" if people.invited else told


def _updated(relations: Relations, address: str, date: dt.date) -> dt.date:
    """The day of the last correction of a page, or the day when it came."""
    texts = relations.published.texts
    return max([date, *(c.datum for c in texts.corrections if c.galler == address)])


def _longer(context: Context) -> Iterator[News]:
    texts, relations = context.published.texts, context.relations
    for span in context.published.quarters:
        evaluation = texts.evaluations.get(span.id)
        if evaluation is None:
            continue
        address, date = addresses.quarter(span.id), evaluation.publicerad
        lines = (evaluation.sammanfattning, *(f"Beslut: {row.text}" for row in evaluation.beslut))
        title = f"Det vi lärde oss {span.label}"
        updated = _updated(relations, address, date)
        yield News(f"kvartal/{span.id}", "kvartal", date, updated, title, address, lines)
    for span in context.published.years:
        review = texts.reviews.get(span.id)
        if review is not None:
            address, date = addresses.year(span.id), review.publicerad
            updated = _updated(relations, address, date)
            yield News(
                f"ar/{span.id}", "ar", date, updated, f"Året {span.id}", address, (review.sammanfattning,)
            )


def _of_actions(context: Context) -> Iterator[News]:
    for action in context.published.texts.actions.values():
        address, places, seen = addresses.action(action.id), frozenset(action.omraden), Counter[str]()
        for word, date, title, lines in _steps(context, action):
            key = _key(f"atgard/{action.id}/{date}-{word}", seen)
            yield News(key, "atgard", date, date, title, address, lines, places=places)


def _steps(context: Context, action: Action) -> Iterator[tuple[str, dt.date, str, tuple[str, ...]]]:
    """Each change of status, and each follow-up, in the order in which they are written."""
    for event in action.historik:
        word = context.status_word(event.status)
        yield event.status, event.datum, f"{word}: {action.titel}", (event.text or action.vad,)
    for row in action.uppfoljningar:
        lines = (context.finding(action, row), row.slutsats)
        yield "uppfoljd", row.datum, f"Uppföljd: {action.titel}", lines


def _key(name: str, seen: Counter[str]) -> str:
    """A name that stays when rows are added: what happened, when; a second of the same day gets a number."""
    seen[name] += 1
    return name if seen[name] == 1 else f"{name}-{seen[name]}"


def _of_issues(context: Context) -> Iterator[News]:
    for issue in context.published.texts.issues.values():
        address, places, seen = addresses.issue(issue.id), frozenset(issue.omraden), Counter[str]()
        for event in issue.historik:
            title = f"{_issue_word(context, event.status)}: {issue.titel}"
            key = _key(f"fraga/{issue.id}/{event.datum}-{event.status}", seen)
            yield News(key, "fraga", event.datum, event.datum, title, address, (event.text,), places=places)


def _issue_word(context: Context, status: str) -> str:
    return context.published.codes.label("fragestatus", status)


def _corrections(context: Context) -> Iterator[News]:
    seen = Counter[str]()
    # The oldest first: a number that has been given stays when there are more.
    for row in reversed(context.published.texts.corrections):
        key = _key(f"rattelse/{row.datum}{row.galler.rstrip('/')}", seen)
        title = f"Rättelse: {corrected(context, row.galler).text}"
        lines = (f"Det var fel: {row.vad_var_fel}", f"Det är ändrat: {row.vad_andrades}")
        places = _places_of(context, row.galler)
        yield News(key, "rattelse", row.datum, row.datum, title, row.galler, lines, places=places)


def _places_of(context: Context, address: str) -> frozenset[str]:
    """The areas that a corrected page is about; none for a page about all of them."""
    texts = context.published.texts
    folder, _, number = address.strip("/").partition("/")
    found: Action | Issue | None = None
    if folder == "atgarder":
        found = texts.actions.get(number)
    elif folder == "fragor":
        found = texts.issues.get(number)
    return frozenset(found.omraden) if found is not None else frozenset()


def _changes(context: Context) -> Iterator[News]:
    for row in change_rows(context):
        lines = (row.change.vad, row.change.varfor)
        address = f"{addresses.CHANGES}#{row.anchor}"
        title = f"Ändring i metoden: {row.change.kort}"
        date, places = row.change.datum, frozenset(row.change.kommuner)
        yield News(f"metod/{row.anchor}", "metod", date, date, title, address, lines, places=places)
