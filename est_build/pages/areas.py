"""Areas: the index, and one page per municipality and small area."""

from __future__ import annotations

from est_build.pages import addresses
from est_build.pages.area_index import area_index
from est_build.pages.area_page import area_value
from est_build.pages.context import Context
from est_build.pages.links import render
from est_build.pages.page import NOT_DRAWN, Page


def area_pages(context: Context) -> list[Page]:
    """Index and a page per area."""
    published = context.published
    pages = [area_index(context)]
    for area in (*published.municipalities, *published.small_areas()):
        words = f"{area.name}: vad nätverket har sett, vad som görs och hur det gick."
        places = context.place_names([area.id])
        path = addresses.path(addresses.area(area))
        drawn = context.draws(path)
        html = render("area.html.j2", area_value(context, area)) if drawn else NOT_DRAWN
        feed = (area.name, addresses.feed(addresses.feed_of(area)))
        kind = "Område"
        pages.append(Page(path, area.name, words, "omraden", html, kind=kind, places=places, feed=feed))
    return pages
