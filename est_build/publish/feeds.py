"""Atom (RFC 4287) and JSON Feed 1.1 of what has happened, with archives of the older entries (RFC 5005)."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from markupsafe import Markup

from est_build.figures.text import swedish_key
from est_build.load.memo import digest
from est_build.model.area import Area
from est_build.pages import addresses
from est_build.pages.context import Context
from est_build.publish.news import News, every_news, of_area, of_municipality

ENTRIES = 50
"""Entries of a feed at most. Older ones stand in its archives, which never change."""
_ATOM = "http://www.w3.org/2005/Atom"
_HISTORY = "http://purl.org/syndication/history/1.0"
JSON_FEED = "https://jsonfeed.org/version/1.1"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: what it is called, where it stands, what it tells (the oldest first)."""

    name: str
    """``allt``, ``kommun/ystad``: its files are that with ``.xml`` and ``.json``."""
    title: str
    about: str
    """The page that tells the same, from the root of the site."""
    news: tuple[News, ...]


def feeds(context: Context) -> tuple[Feed, ...]:
    """Every feed of the site: all, actions, corrections, each municipality, each small area."""
    every, published = every_news(context), context.published
    acts = tuple(one for one in every if one.sort == "atgard")
    mends = tuple(one for one in every if one.sort in ("rattelse", "metod"))
    found = [
        Feed("allt", "Allt nytt", addresses.START, every),
        Feed("atgarder", "Åtgärder", addresses.ACTIONS, acts),
        Feed("rattelser", "Rättelser och ändringar", addresses.CORRECTIONS, mends),
    ]
    for town in published.municipalities:
        news = of_municipality(context, every, town)
        found.append(Feed(addresses.feed_of(town), town.name, addresses.area(town), news))
    places: list[Area] = sorted(published.small_areas(), key=lambda area: (swedish_key(area.name), area.id))
    for area in places:
        found.append(
            Feed(addresses.feed_of(area), area.name, addresses.area(area), of_area(context, every, area))
        )
    return tuple(found)


def feed_files(context: Context) -> dict[str, bytes]:
    """Path under the site -> the file, for every feed and its archives."""
    files: dict[str, bytes] = {}
    about = repr((context.published.site, context.published.date))
    for feed in feeds(context):
        for part in _parts(feed):
            place = repr((part.name, part.older, part.archived))
            for kind, write in (("xml", _atom), ("json", _json)):
                key = digest(about, feed.title, feed.about, place, *map(_print, part.news))
                make = functools.partial(write, context, feed, part)
                files[_path(part.name, kind)] = context.memo.text(f"flode-{kind}", key, make).encode("utf-8")
    return files


def _path(name: str, kind: str) -> str:
    return addresses.path(addresses.feed(name, kind))


@dataclass(frozen=True, slots=True)
class _Part:
    """The feed itself, or one of its archives."""

    name: str
    news: tuple[News, ...]
    older: str | None
    """Name of the archive before this one."""
    archived: bool


def _parts(feed: Feed) -> list[_Part]:
    """Archives of :data:`ENTRIES` entries each, from the oldest on; the feed has all that they lack.

    An archive is only closed when as many entries again have come, so that the feed is never short.
    """
    closed = max(0, len(feed.news) // ENTRIES - 1)
    parts: list[_Part] = []
    for n in range(closed):
        older = parts[-1].name if parts else None
        part = feed.news[n * ENTRIES : (n + 1) * ENTRIES]
        parts.append(_Part(f"{feed.name}-arkiv-{n + 1}", part, older, archived=True))
    rest = feed.news[closed * ENTRIES :]
    if len(rest) > ENTRIES:
        # What is too much for the feed stands in an archive that grows until it is full.
        name = f"{feed.name}-arkiv-{closed + 1}"
        older = parts[-1].name if parts else None
        parts.append(_Part(name, rest[:-ENTRIES], older, archived=True))
        rest = rest[-ENTRIES:]
    parts.append(_Part(feed.name, rest, parts[-1].name if parts else None, archived=False))
    return parts


def _home(context: Context) -> str:
    return context.published.site.bas_url.rstrip("/")


def _tag(context: Context, what: str) -> str:
    """A name for ever (RFC 4151): the host and a day when the site was its owner's."""
    site = context.published.site
    return f"tag:{urlsplit(site.bas_url).hostname},{site.metod_sedan}:{what}"


def _time(news: Iterable[News], fallback: str) -> str:
    latest = max((one.updated for one in news), default=None)
    return f"{latest or fallback}T00:00:00Z"


def _title(context: Context, feed: Feed) -> str:
    site = context.published.site
    mark = " (exempel, påhittade uppgifter)" if site.exempeldata else ""
    return f"{site.namn}: {feed.title}{mark}"


def _atom(context: Context, feed: Feed, part: _Part) -> str:
    home, site = _home(context), context.published.site
    ET.register_namespace("", _ATOM)
    ET.register_namespace("fh", _HISTORY)
    root = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "sv"})
    _put(root, "title", _title(context, feed))
    _put(root, "id", _tag(context, f"floden/{part.name}"))
    _put(root, "updated", _time(part.news, str(context.published.date)))
    author = _put(root, "author")
    _put(author, "name", site.utgivare)
    _put(root, "rights", "CC0 1.0" if site.licens_data == "CC0-1.0" else "CC BY 4.0")
    _put(root, "link", rel="self", type="application/atom+xml", href=f"{home}/{_path(part.name, 'xml')}")
    _put(root, "link", rel="alternate", type="text/html", href=f"{home}{feed.about}")
    if part.older is not None:
        _put(root, "link", rel="prev-archive", href=f"{home}/{_path(part.older, 'xml')}")
    if part.archived:
        ET.SubElement(root, f"{{{_HISTORY}}}archive")
        _put(root, "link", rel="current", href=f"{home}/{_path(feed.name, 'xml')}")
    for news in reversed(part.news):
        entry = _put(root, "entry")
        _put(entry, "title", news.title)
        _put(entry, "id", _tag(context, news.id))
        _put(entry, "published", f"{news.date}T00:00:00Z")
        _put(entry, "updated", f"{news.updated}T00:00:00Z")
        _put(entry, "link", rel="alternate", type="text/html", href=f"{home}{news.address}")
        _put(entry, "category", term=news.sort)
        _put(entry, "content", str(_html(news)), type="html")
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _put(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{_ATOM}}}{tag}", attributes)
    if text:
        element.text = text
    return element


@functools.lru_cache(maxsize=4096)
def _print(news: News) -> str:
    """A piece of news stands in several feeds, and so do its checksum and its HTML."""
    return digest(repr(news))


@functools.lru_cache(maxsize=4096)
def _html(news: News) -> Markup:
    rows = [Markup("<p>{}</p>").format(line) for line in news.lines]
    if news.figures:
        items = Markup().join(
            Markup("<li><strong>{}:</strong> {}</li>").format(where, told) for where, told in news.figures
        )
        rows.append(Markup("<ul>{}</ul>").format(items))
    return Markup("\n").join(rows)


def plain_lines(news: News) -> list[str]:
    """The same without markup."""
    return [*news.lines, *(f"{where}: {told}" for where, told in news.figures)]


def _json(context: Context, feed: Feed, part: _Part) -> str:
    home = _home(context)
    content: dict[str, Any] = {
        "version": JSON_FEED,
        "title": _title(context, feed),
        "home_page_url": f"{home}{feed.about}",
        "feed_url": f"{home}/{_path(part.name, 'json')}",
        "language": "sv",
        "authors": [{"name": context.published.site.utgivare}],
        "items": [_item(context, news) for news in reversed(part.news)],
    }
    if part.older is not None:
        content["next_url"] = f"{home}/{_path(part.older, 'json')}"
    # As an escape: whatever a reader takes the file for, a text in it begins no element.
    text = json.dumps(content, ensure_ascii=False, indent=1).replace("<", "\\u003c")
    return f"{text}\n"


def _item(context: Context, news: News) -> dict[str, Any]:
    return {
        "id": _tag(context, news.id),
        "url": f"{_home(context)}{news.address}",
        "title": news.title,
        "content_html": str(_html(news)),
        "content_text": "\n".join(plain_lines(news)),
        "date_published": f"{news.date}T00:00:00Z",
        "date_modified": f"{news.updated}T00:00:00Z",
        "tags": [news.sort],
    }
