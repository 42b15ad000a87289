"""``sitemap.xml``: every page, with the day when what it says last changed, where that is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as ET

from est_build.pages import addresses
from est_build.pages.context import Context
from est_build.publish.news import every_news

SITEMAP = "sitemap.xml"
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_ALIVE = (addresses.AREAS, addresses.CATEGORIES)
"""Folders whose pages tell the newest figures: they change when a picture comes."""
_NEW = frozenset(
    {
        *(addresses.START, addresses.MAP, addresses.DEVELOPMENT, addresses.ACTIONS, addresses.PICTURES),
        *(addresses.FOLLOW, addresses.OPEN_DATA, addresses.QUALITY, addresses.USUAL, addresses.PROTECTION),
    }
)


def changed_on(context: Context) -> Mapping[str, dt.date]:
    """Address -> the last day when something happened that the page is about."""
    found: dict[str, dt.date] = {}
    for news in every_news(context):
        address = news.address.partition("#")[0]
        found[address] = max(news.updated, found.get(address, news.updated))
    return found


def sitemap_xml(context: Context, paths: Iterable[str]) -> str:
    """The file. ``paths``: of every page, without the first slash (``""`` for the start page).

    A page of words that somebody has written has no date: nobody can tell one from its text.
    """
    dates, published = changed_on(context), context.published
    ET.register_namespace("", _SPACE)
    root = ET.Element(f"{{{_SPACE}}}urlset")
    for path in sorted(paths):
        address = f"/{path}"
        place = ET.SubElement(root, f"{{{_SPACE}}}url")
        ET.SubElement(place, f"{{{_SPACE}}}loc").text = f"{published.site.bas_url}{path}"
        date = dates.get(address)
        if address in _NEW or address.startswith(_ALIVE):
            date = published.date
        if date is not None:
            ET.SubElement(place, f"{{{_SPACE}}}lastmod").text = date.isoformat()
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'
