"""``/sok/``: ways to find what you are looking for."""

from __future__ import annotations

from dataclasses import dataclass

from est_build.pages import addresses
from est_build.pages.context import Context, Link, render
from est_build.pages.page import Page


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Where the lists from A to Ö are."""

    lists: tuple[Link, ...]


def search_pages(context: Context) -> list[Page]:
    """The page that the head of every page leads to."""
    lists = (
        Link("Områden från A till Ö", f"{addresses.AREAS}#a-o"),
        Link("Kategorier", addresses.CATEGORIES),
        Link("Åtgärder", addresses.ACTIONS),
        Link("Frågor vi följer", addresses.ISSUES),
        Link("Alla lägesbilder", addresses.PICTURES),
        Link("Ord och begrepp", addresses.GLOSSARY),
    )
    html = render("search.html.j2", SearchPage(lists))
    words = "Hitta områden, åtgärder, frågor, lägesbilder och ord från A till Ö."
    return [Page(addresses.path(addresses.SEARCH), "Sök A–Ö", words, "", html, searchable=False)]
