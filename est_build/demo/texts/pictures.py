"""The pictures: the latest written by hand, the rest composed of texts that fit season and story.

Nothing is drawn by lot. Which text comes is arithmetic on the number of the fortnight, so that two
runs give the same files, and so that nobody who reads three in a row meets the same sentence twice.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any, NamedTuple

from est_build.demo.calendar import FIRST_DAY
from est_build.demo.texts.fortnights import Fortnight, collected, next_picture
from est_build.demo.texts.sources import actions, issues, read_list, read_source
from est_build.demo.texts.stories import stories
from est_build.schema.picture import ContextEvent, SituationPicture

ROLES = ("trygghetssamordnare", "fältsekreterare", "kommunpolis")
MAX_CHANGES = 5
_MAX_SUMMARY = 400
_RESULTS = {
    "for-tidigt": "Det är för tidigt att säga något om resultatet.",
    "forbattring": "Vi ser en förbättring, men vi vet inte säkert varför.",
    "oforandrat": "Vi ser ingen förändring.",
    "forsamring": "Det har blivit sämre.",
    "flyttat": "En del av problemet verkar ha flyttat.",
    "oklart": "Det går inte att avgöra om det har blivit bättre.",
    "ej-uppfoljt": "Resultatet går inte att följa upp.",
}
"""A finding in plain words, never as an effect of the action."""
_RANKS = {
    "avbruten": 0,
    "overlamnad": 0,
    "pausad": 0,
    "stangd": 0,
    "genomford": 1,
    "signal": 2,
    "prioriterad": 2,
    "beslutad": 3,
}
_LAST = 4
_VARIANT_FILES = ("lagesbilder-sasong-var.yml", "lagesbilder-sasong-host.yml")


@cache
def pictures() -> dict[str, SituationPicture]:
    """All pictures by period; none for the summer break."""
    by_hand = read_source("lagesbilder-2026.yml")
    result = {}
    for fortnight in collected():
        entry = {
            "format": "1",
            "publicerad": fortnight.published.isoformat(),
            "status": "publicerad",
            "granskad_av": ROLES,
            **by_hand.get(fortnight.id, {}),
            "handelser": _events(fortnight),
            "nasta": next_picture(fortnight).published.isoformat(),
        }
        if fortnight.id not in by_hand:
            entry["sammanfattning"] = _summary(fortnight)
            entry["andrat"] = _changes(fortnight)
            entry["vet_inte"] = _unknowns()[fortnight.id]
        result[fortnight.id] = SituationPicture.model_validate(entry)
    return result


@cache
def _variants() -> dict[str, list[list[str]]]:
    return {weeks: texts for name in _VARIANT_FILES for weeks, texts in read_source(name).items()}


def _summary(fortnight: Fortnight) -> str:
    """Two sentences: is it calm, and what colours these weeks (a story, if one holds)."""
    choices = _variants()[fortnight.weeks]
    first, second = choices[(fortnight.year + fortnight.place) % len(choices)]
    told = [(s.glesa, line) for s in stories() if (line := s.line(s.lage, fortnight))]
    # A story that comes now and then gives way to one that goes on.
    nearest = [line for glesa, line in told if glesa == min(told)[0]]
    if nearest:
        second = nearest[fortnight.number % len(nearest)]
    text = f"{first} {second}"
    if len(text) > _MAX_SUMMARY:
        raise ValueError(f"{fortnight.id}: sammanfattning")
    return text


class _News(NamedTuple):
    """Something that happened on a day. ``rank`` 0 is what a reader must not miss."""

    day: dt.date
    rank: int
    about: str
    change: dict[str, str]


def _changes(fortnight: Fortnight) -> list[dict[str, str]]:
    """What was decided, done or followed up since the last picture, in the order of days."""
    since = _published_before(fortnight)
    found = [news for news in _all_news() if since < news.day <= fortnight.published]
    chosen = sorted(found, key=lambda news: (news.rank, -news.day.toordinal(), news.about))
    in_time = sorted(chosen[:MAX_CHANGES], key=lambda news: (news.day, news.about))
    return [news.change for news in in_time]


@cache
def _all_news() -> tuple[_News, ...]:
    """Every event of issues and actions that has a text."""
    news: list[_News] = []
    for issue in issues().values():
        for event in issue.historik:
            change = {"text": event.text, "fraga": issue.id}
            news.append(_News(event.datum, _RANKS.get(event.status, _LAST), issue.id, change))
    for action in actions().values():
        links = {"fraga": action.fragor[0]} if action.fragor else {}
        links["atgard"] = action.id
        for step in action.historik:
            rank = 0 if step.ny_klar_senast else _RANKS.get(step.status, _LAST)
            if step.text:
                news.append(_News(step.datum, rank, action.id, {"text": step.text, **links}))
        for found in action.uppfoljningar:
            text = f"Uppföljt: {action.titel}. {_RESULTS[found.effekt]}"
            news.append(_News(found.datum, 1, action.id, {"text": text, **links}))
    return tuple(news)


def _published_before(fortnight: Fortnight) -> dt.date:
    """Day of the picture before this one; the day before the first fortnight for the first."""
    earlier = [f.published for f in collected() if f.number < fortnight.number]
    return earlier[-1] if earlier else FIRST_DAY - dt.timedelta(days=1)


@cache
def _unknowns() -> dict[str, list[str]]:
    """Two or three lines for each picture: those of stories, then general ones in turn."""
    queue = read_list("vet-inte.yml")
    result = {}
    for fortnight in collected():
        told = [line for story in stories() if (line := story.line(story.vet_inte, fortnight))][:2]
        month = str(fortnight.end.month)
        fitting = [entry for entry in queue if month in entry.get("manader", [month])]
        wanted = 1 if told else 2
        # Those used go last in the queue, so that each comes back as late as it can.
        for entry in fitting[:wanted]:
            queue.remove(entry)
            queue.append(entry)
        result[fortnight.id] = [*told, *(entry["text"] for entry in fitting[:wanted])]
    return result


@cache
def _all_events() -> tuple[ContextEvent, ...]:
    return tuple(ContextEvent.model_validate(entry) for entry in read_list("handelser.yml"))


def _events(fortnight: Fortnight) -> list[dict[str, Any]]:
    """What is planned from the first day of the fortnight until the next picture takes over."""
    until = next_picture(fortnight).start
    return [
        event.model_dump(mode="json", exclude_unset=True)
        for event in sorted(_all_events(), key=lambda event: (event.start, event.titel))
        if event.start < until and event.slut >= fortnight.start
    ]
