"""iCalendar (RFC 5545): when to answer, when pictures and meetings come, when actions are due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from est_build.load.memo import digest
from est_build.model.area import Area
from est_build.pages import addresses
from est_build.pages.context import Context

if TYPE_CHECKING:
    from icalendar import Calendar, Timezone

BACK = dt.timedelta(days=182)
"""How far back the calendar reaches. What is older stands on the pages."""
ZONE = "Europe/Stockholm"


@dataclass(frozen=True, slots=True)
class Day:
    """Something that happens on a day. All of them last the whole day: nobody has set an hour."""

    id: str
    date: dt.date
    title: str
    address: str
    places: frozenset[str] = frozenset()
    """Areas that it concerns; empty for the whole network."""


def calendar_files(context: Context) -> dict[str, bytes]:
    """Path under the site -> the file: one of the whole network, one of each municipality."""
    days, published = every_day(context), context.published
    files = {addresses.path(addresses.CALENDAR): _file(context, "", days)}
    for town in published.municipalities:
        own = _own(context, town)
        mine = (day for day in days if not day.places or day.places & own)
        files[addresses.path(addresses.calendar_of(town.id))] = _file(context, town.name, mine)
    return files


def _file(context: Context, place: str, days: Iterable[Day]) -> bytes:
    every = tuple(days)
    parts = [(day.id, day.date, day.title, day.address) for day in every]
    key = digest(repr(context.published.site), str(context.published.date), place, repr(parts))
    return context.memo.text("kalender", key, lambda: _ics(context, place, every)).encode("utf-8")


def _own(context: Context, town: Area) -> frozenset[str]:
    return frozenset(a.id for a in context.published.areas if a.municipality == town.municipality)


def every_day(context: Context) -> tuple[Day, ...]:
    """Every day from half a year back, in the order of time."""
    earliest = context.published.date - BACK
    found = [*_of_fortnights(context), *_of_meetings(context), *_of_actions(context)]
    return tuple(sorted((day for day in found if day.date >= earliest), key=lambda day: (day.date, day.id)))


def _of_fortnights(context: Context) -> Iterator[Day]:
    published = context.published
    towns = [town.municipality for town in published.municipalities]
    for span in published.calendar.periods:
        known = span in published.periods
        if not known or any(published.collected(span, code) for code in towns):
            title = f"Sista dagen att svara på enkäten om {span.label}"
            yield Day(f"enkat/{span.id}", span.end, title, addresses.JOIN)
        picture = published.texts.pictures.get(span.id)
        date = picture.publicerad if picture is not None else span.publishes
        address = addresses.picture(span.id) if known else addresses.FOLLOW
        yield Day(f"lage/{span.id}", date, f"Lägesbild för {span.label}", address)


def _of_meetings(context: Context) -> Iterator[Day]:
    held = {e.motesdag for e in context.published.texts.evaluations.values()}
    for span in context.published.quarters:
        evaluation = context.published.texts.evaluations.get(span.id)
        if evaluation is None:
            continue
        title = f"Kvartalsmöte om {span.label}"
        yield Day(f"mote/{span.id}", evaluation.motesdag, title, addresses.quarter(span.id))
        coming = evaluation.nasta_mote
        if coming is not None and coming > context.published.date and coming not in held:
            yield Day(f"mote/efter-{span.id}", coming, "Kvartalsmöte", addresses.EVALUATIONS)


def _of_actions(context: Context) -> Iterator[Day]:
    for action in context.published.texts.actions.values():
        state, places = context.states[action.id], frozenset(action.omraden)
        address = addresses.action(action.id)
        if action.klar is None and action.status not in ("avbruten", "overlamnad"):
            yield Day(f"klar/{action.id}", state.due, f"Ska vara klart: {action.titel}", address, places)
        if state.next_follow_up is not None:
            title = f"Ska följas upp: {action.titel}"
            yield Day(f"uppfoljning/{action.id}", state.next_follow_up, title, address, places)


def _ics(context: Context, place: str, days: Iterable[Day]) -> str:
    from icalendar import Calendar, Event

    site = context.published.site
    stamp = dt.datetime.combine(context.published.date, dt.time(), dt.UTC)
    mark = " (exempel)" if site.exempeldata else ""
    calendar: Calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//est-build//sv")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{site.namn}{f': {place}' if place else ''}{mark}")
    calendar.add("x-wr-timezone", ZONE)
    calendar.add_component(_zone())
    for day in days:
        event = Event()
        event.add("uid", f"{day.id}@{urlsplit(site.bas_url).hostname}")
        event.add("dtstamp", stamp)
        event.add("dtstart", day.date)
        event.add("dtend", day.date + dt.timedelta(days=1))
        event.add("summary", day.title)
        event.add("url", f"{site.bas_url.rstrip('/')}{day.address}")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return str(calendar.to_ical().decode("utf-8"))


@cache
def _zone() -> Timezone:
    """Swedish time by the rule of the European Union, not by the tables of this machine."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

    zone: Timezone = Timezone()
    zone.add("tzid", ZONE)
    winter, summer = dt.timedelta(hours=1), dt.timedelta(hours=2)
    for kind, name, month, since, until in (
        (TimezoneDaylight, "CEST", 3, winter, summer),
        (TimezoneStandard, "CET", 10, summer, winter),
    ):
        part = kind()
        part.add("dtstart", dt.datetime(1996, month, 31 if month == 3 else 27, 2 if month == 3 else 3))  # noqa: DTZ001
        part.add("tzname", name)
        part.add("tzoffsetfrom", since)
        part.add("tzoffsetto", until)
        part.add("rrule", vRecur({"freq": "yearly", "bymonth": month, "byday": "-1su"}))
        zone.add_component(part)
    return zone
