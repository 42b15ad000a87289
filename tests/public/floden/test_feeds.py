"""Feeds and calendars as a reader's program meets them."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import feedparser
import pytest
from icalendar import Calendar

from est_build.figures.text import cell_words
from est_build.pages.context import Context
from est_build.publish import feeds as making
from est_build.publish.feeds import feed_files, feeds
from est_build.publish.ical import calendar_files
from est_build.publish.news import every_news
from tests.public.conftest import BuiltSite

HOME = "https://trygghet.example"
EVIL = "<script>alert(1)</script> & ]]> ”x”"


@pytest.fixture(scope="module")
def folder(built: BuiltSite) -> Path:
    """Return where the feeds of the example stand."""
    return built.site / "folj"


@pytest.fixture(scope="module")
def context(built: BuiltSite) -> Context:
    """Return the values that the example was made from."""
    return Context(built.published)


def atoms(folder: Path) -> list[Path]:
    """Every Atom file."""
    return sorted(folder.rglob("*.xml"))


def chain(folder: Path, name: str) -> list[Any]:
    """A feed and its archives as a reader fetches them: the newest first."""
    found = [feedparser.parse((folder / f"{name}.xml").read_bytes())]
    while older := [link.href for link in found[-1].feed.links if link.rel == "prev-archive"]:
        path = folder / older[0].removeprefix(f"{HOME}/folj/")
        found.append(feedparser.parse(path.read_bytes()))
    return found


# ---- every file --------------------------------------------------------------------------------


def test_every_feed_is_read_and_leads_somewhere(built: BuiltSite, folder: Path) -> None:
    pages = set(built.pages)
    names = atoms(folder)
    assert len(names) > 40
    for path in names:
        told = feedparser.parse(path.read_bytes())
        assert not told.bozo, (path, told.get("bozo_exception"))
        assert told.version == "atom10"
        assert told.feed.id.startswith("tag:trygghet.example,2023-01-02:")
        assert "exempel" in told.feed.title
        own = [link.href for link in told.feed.links if link.rel == "self"]
        assert own == [f"{HOME}/folj/{path.relative_to(folder).as_posix()}"]
        assert len(told.entries) <= making.ENTRIES
        for entry in told.entries:
            address = entry.link.removeprefix(HOME)
            assert entry.link.startswith(f"{HOME}/")
            assert address.partition("#")[0] in pages, entry.link
            assert entry.title
            assert entry.published <= entry.updated <= f"{built.published.date}T00:00:00Z"
        days = [entry.published for entry in told.entries]
        assert all(a >= b for a, b in pairwise(days))


def test_json_says_the_same_as_atom(folder: Path) -> None:
    for path in atoms(folder):
        told = feedparser.parse(path.read_bytes())
        other = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        assert other["version"] == "https://jsonfeed.org/version/1.1"
        assert other["feed_url"] == f"{HOME}/folj/{path.relative_to(folder).with_suffix('.json').as_posix()}"
        assert [i["id"] for i in other["items"]] == [e.id for e in told.entries]
        assert [i["title"] for i in other["items"]] == [e.title for e in told.entries]
        assert [i["url"] for i in other["items"]] == [e.link for e in told.entries]
        for item in other["items"]:
            bare = re.sub(r"<[^>]+>", " ", item["content_html"]).split()
            assert bare == item["content_text"].replace("&", "&amp;").split()


def test_nothing_is_lost_between_a_feed_and_its_archives(folder: Path, context: Context) -> None:
    for feed in feeds(context):
        parts = chain(folder, feed.name)
        ids = [entry.id.partition(":")[2].partition(":")[2] for part in parts for entry in part.entries]
        assert ids == [news.id for news in reversed(feed.news)], feed.name
        assert len(parts[0].entries) == min(len(feed.news), making.ENTRIES)
        for part in parts[1:]:
            assert [x.href for x in part.feed.links if x.rel == "current"] == [f"{HOME}/folj/{feed.name}.xml"]
    names = [feed.name for feed in feeds(context)]
    assert len(set(names)) == len(names) == 3 + 5 + len(context.published.small_areas())


def test_a_name_is_given_once(context: Context) -> None:
    ids = [news.id for news in every_news(context)]
    assert len(ids) == len(set(ids)) > 150


# ---- what stands in them -----------------------------------------------------------------------


def test_the_figure_stands_in_the_entry(folder: Path, context: Context) -> None:
    published = context.published
    for area in (*published.municipalities, *published.small_areas()):
        name = f"{area.level}/{area.id}"
        told = {e.id: e.content[0].value for part in chain(folder, name) for e in part.entries}
        for span in published.periods:
            text = told[f"tag:trygghet.example,2023-01-02:lage/{span.id}/{area.id}"]
            if published.collected(span, area.municipality):
                words = cell_words(published.total_cell(span, area))
                assert f"{area.name}:</strong> {words}. " in text
            else:
                assert "ingen insamling" in text


def test_an_area_is_told_what_is_done_there_only(context: Context) -> None:
    by_name = {feed.name: feed for feed in feeds(context)}
    for area in context.published.small_areas():
        for news in by_name[f"omrade/{area.id}"].news:
            assert news.sort == "lage" or area.id in news.places
    town = next(a for a in context.published.municipalities if a.id == "ystad")
    own = {a.id for a in context.published.areas if a.municipality == town.municipality}
    told = {news.id for news in by_name["kommun/ystad"].news}
    for news in by_name["allt"].news:
        if news.sort in ("atgard", "fraga"):
            assert (news.id in told) == bool(news.places & own), news.id


def test_a_correction_renews_what_it_corrects(folder: Path, context: Context) -> None:
    corrections = [c for c in context.published.texts.corrections if c.galler.startswith("/lage/")]
    assert corrections
    told = {e.id: e for part in chain(folder, "allt") for e in part.entries}
    for row in corrections:
        entry = told[f"tag:trygghet.example,2023-01-02:{row.galler.strip('/')}"]
        assert entry.updated >= f"{row.datum}T00:00:00Z" > entry.published
    names = [e.title for e in feedparser.parse((folder / "rattelser.xml").read_bytes()).entries]
    assert sum(name.startswith("Rättelse: ") for name in names) == len(context.published.texts.corrections)


def test_a_full_archive_never_changes(context: Context) -> None:
    """One fortnight later everything that was closed has the same bytes."""
    published = context.published
    last = published.periods[-1]
    figures = {key: value for key, value in published.figures.items() if key[0] != last.id}
    texts = replace(
        published.texts,
        pictures={k: v for k, v in published.texts.pictures.items() if k != last.id},
        assessments={k: v for k, v in published.texts.assessments.items() if k != last.id},
    )
    before = feed_files(Context(replace(published, figures=figures, texts=texts)))
    after = feed_files(context)
    closed = [name for name in before if re.search(r"-arkiv-\d+\.", name)]
    full = [n for n in closed if len(re.findall(rb"<entry>|\"url\":", before[n])) == making.ENTRIES]
    assert len(full) > 20
    assert [name for name in full if before[name] != after[name]] == []
    assert set(before) - set(after) == set()


def test_text_is_text(context: Context) -> None:
    published = context.published
    number, action = next(iter(published.texts.actions.items()))
    bad = action.model_copy(update={"titel": EVIL, "vad": EVIL})
    texts = replace(published.texts, actions={**published.texts.actions, number: bad})
    files = feed_files(Context(replace(published, texts=texts)))
    told = feedparser.parse(files["folj/atgarder-arkiv-1.xml"])
    assert not told.bozo
    entry = next(e for e in told.entries if f"atgard/{number}/" in e.id)
    assert "<script" not in entry.content[0].value
    assert [name for name, content in files.items() if b"<script" in content] == []
    for path, content in calendar_files(Context(replace(published, texts=texts))).items():
        assert Calendar.from_ical(content).errors == [], path


def test_a_short_site_has_short_feeds(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "ENTRIES", 3)
    for feed in feeds(context)[:3]:
        parts = making._parts(feed)
        assert all(len(part.news) == 3 for part in parts[:-2])
        assert sum(len(part.news) for part in parts) == len(feed.news)
        assert [news for part in parts for news in part.news] == list(feed.news)


def test_every_page_names_its_feed(built: BuiltSite) -> None:
    page = built.path("/omraden/kivik/").read_text(encoding="utf-8")
    found = re.findall(
        r'<link rel="alternate" type="application/atom\+xml" title="([^"]+)" href="([^"]+)"', page
    )
    assert found == [("Allt nytt", "../../folj/allt.xml"), ("Kivik", "../../folj/omrade/kivik.xml")]
    for address, document in built.every():
        assert document is not None
        text = built.path(address).read_text(encoding="utf-8")
        assert 'folj/allt.xml"' in text, address


# ---- calendars ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole(folder: Path) -> Any:
    """Return the calendar of the network, read."""
    return Calendar.from_ical((folder / "kalender.ics").read_bytes())


def test_calendars_are_read(folder: Path) -> None:
    names = [folder / "kalender.ics", *sorted((folder / "kommun").glob("*.ics"))]
    assert len(names) == 6
    for path in names:
        raw = path.read_bytes()
        assert raw.count(b"\n") == raw.count(b"\r\n")
        assert max(map(len, raw.split(b"\r\n"))) <= 75
        calendar = Calendar.from_ical(raw)
        assert calendar.errors == []
        assert [z["TZID"] for z in calendar.walk("VTIMEZONE")] == ["Europe/Stockholm"]
        ids = [str(event["UID"]) for event in calendar.walk("VEVENT")]
        assert len(ids) == len(set(ids)) > 20
        assert all(name.endswith("@trygghet.example") for name in ids)
        assert all(str(event["URL"]).startswith(f"{HOME}/") for event in calendar.walk("VEVENT"))


def test_swedish_time_is_that_of_the_union(whole: Any) -> None:
    zone = whole.walk("VTIMEZONE")[0].to_tz()
    for month, hours in ((3, 1), (4, 2), (7, 2), (10, 2), (11, 1), (12, 1)):
        day = dt.datetime(2026, month, 5, 12, tzinfo=zone)
        assert day.utcoffset() == dt.timedelta(hours=hours)


def test_every_date_that_is_waited_for(whole: Any, context: Context) -> None:
    published = context.published
    days = {
        str(e["UID"]).partition("@")[0]: (e.decoded("DTSTART"), str(e["SUMMARY"]))
        for e in whole.walk("VEVENT")
    }
    for span in published.calendar.periods:
        if span.end > published.date:
            assert days[f"enkat/{span.id}"] == (span.end, f"Sista dagen att svara på enkäten om {span.label}")
            assert days[f"lage/{span.id}"][0] == span.publishes
    meeting = context.relations.next_meeting
    assert meeting is not None
    assert any(day == meeting and "Kvartalsmöte" in title for day, title in days.values())
    for action in published.texts.actions.values():
        state = context.states[action.id]
        if state.next_follow_up is not None:
            assert days[f"uppfoljning/{action.id}"][0] == state.next_follow_up
        if action.status == "pagar":
            assert days[f"klar/{action.id}"][0] == state.due
        if action.status in ("avbruten", "genomford"):
            assert f"klar/{action.id}" not in days


def test_no_survey_when_nobody_was_asked(whole: Any, context: Context) -> None:
    told = {str(e["UID"]).partition("@")[0] for e in whole.walk("VEVENT")}
    published = context.published
    towns = [town.municipality for town in published.municipalities]
    since = published.date - dt.timedelta(days=150)
    late = [span for span in published.periods if span.publishes > since]
    silent = [span for span in late if not any(published.collected(span, code) for code in towns)]
    assert silent
    for span in silent:
        assert f"enkat/{span.id}" not in told
        assert f"lage/{span.id}" in told
