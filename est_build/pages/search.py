"""``/sok/`` and ``/sok/a-o/``: a search that runs in the browser, and everything from A to Ö."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from est_build.figures.text import capital, swedish_key
from est_build.pages import addresses
from est_build.pages.context import Context, Link, render
from est_build.pages.page import Page

SCRIPT = "assets/est-sok.js"
STYLE = "assets/est-sok.css"
INDEX = "assets/sok.json"
"""Written by :mod:`est_build.site.search` when all pages are ready."""
FIXED = (
    ("Alla lägesbilder", addresses.PICTURES),
    ("Det här gör vi: alla åtgärder", addresses.ACTIONS),
    ("Engelska: en sammanfattning", addresses.ENGLISH),
    ("Fel och råd, för dig som skriver i filerna", addresses.FAULTS),
    ("Frågor vi följer", addresses.ISSUES),
    ("Följ arbetet", addresses.FOLLOW),
    ("Handboken, för dig som sköter webbplatsen", addresses.HANDBOOK),
    ("Integritet och kakor", addresses.PRIVACY),
    ("Karta", addresses.MAP),
    ("Kategorier", addresses.CATEGORIES),
    ("Kvartalsutvärderingar", addresses.EVALUATIONS),
    ("Lättläst", addresses.EASY),
    ("Läget nu", addresses.START),
    ("Metod: så gör vi", addresses.METHOD),
    ("Om sidan", addresses.ABOUT),
    ("Områden", addresses.AREAS),
    ("Ord och begrepp", addresses.GLOSSARY),
    ("Rättelser", addresses.CORRECTIONS),
    ("Skydd för dem som berättar", addresses.PROTECTION),
    ("Tillgänglighetsredogörelse", addresses.ACCESSIBILITY),
    ("Utveckling över tid", addresses.DEVELOPMENT),
    ("Var med i nätverket", addresses.JOIN),
    ("Öppna data", addresses.OPEN_DATA),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list: words, address, and what sort of page it leads to."""

    text: str
    href: str
    kind: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter with its lines. ``id`` is its anchor (``bokstav-a``)."""

    sign: str
    id: str
    rows: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Where the index is, and the lists for those without scripts."""

    index: str
    everything: str
    lists: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class EverythingPage:
    """Everything from A to Ö."""

    letters: tuple[Letter, ...]
    search: str


def search_pages(context: Context) -> list[Page]:
    """The page that the head of every page leads to, and the list that needs no script."""
    lists = (
        Link("Områden från A till Ö", addresses.FIND_AREA),
        Link("Kategorier", addresses.CATEGORIES),
        Link("Åtgärder", addresses.ACTIONS),
        Link("Frågor vi följer", addresses.ISSUES),
        Link("Alla lägesbilder", addresses.PICTURES),
        Link("Ord och begrepp", addresses.GLOSSARY),
    )
    html = render("search.html.j2", SearchPage(INDEX, addresses.EVERYTHING, lists))
    words = "Sök bland områden, åtgärder, frågor och lägesbilder. Det du söker på skickas ingenstans."
    search = Page(
        addresses.path(addresses.SEARCH),
        "Sök",
        words,
        "",
        html,
        searchable=False,
        scripts=(SCRIPT,),
        styles=(STYLE,),
    )
    letters = tuple(_letters(sorted(set(_entries(context)), key=_order)))
    html = render("everything.html.j2", EverythingPage(letters, addresses.SEARCH))
    words = "Områden, orter, kategorier, frågor, åtgärder och sidor från A till Ö."
    path = addresses.path(addresses.EVERYTHING)
    everything = Page(path, "Allt från A till Ö", words, "", html, searchable=False, styles=(STYLE,))
    return [search, everything]


def _entries(context: Context) -> Iterator[Entry]:
    published = context.published
    texts, codes = published.texts, published.codes
    for text, href in FIXED:
        yield Entry(text, href, "Sida")
    for town in published.municipalities:
        yield Entry(town.name, context.area_href(town), "Kommun")
    for area in published.areas:
        if area.level == "omrade":
            yield Entry(area.name, context.area_href(area), "Område")
    for place in texts.places:
        area = published.area(place.omrade)
        yield Entry(f"{place.namn}, räknas i {area.name}", context.area_href(area), "Ort")
    groups = codes.groups()
    for group in groups:
        yield Entry(group.sv, addresses.category(group.id), "Kategori")
        for leaf in codes.leaves(group.id):
            if leaf.sv != group.sv:
                yield Entry(f"{leaf.sv}, del av {group.sv}", addresses.category(group.id), "Kategori")
    for issue in texts.issues.values():
        yield Entry(issue.titel, addresses.issue(issue.id), "Fråga")
    for action in texts.actions.values():
        yield Entry(action.titel, addresses.action(action.id), "Åtgärd")
    for span in published.quarters:
        yield Entry(capital(span.label), addresses.quarter(span.id), "Utvärdering")
    for span in published.years:
        yield Entry(f"Året {span.id}", addresses.year(span.id), "År")


def _order(entry: Entry) -> tuple[str, str, str]:
    return swedish_key(entry.text), entry.kind, entry.href


def _letters(rows: list[Entry]) -> Iterator[Letter]:
    """Letters in the order of the alphabet; two lines that read the same get what tells them apart."""
    same: dict[str, int] = {}
    for row in rows:
        same[row.text] = same.get(row.text, 0) + 1
    told = [
        row
        if same[row.text] == 1
        else Entry(f"{row.text} ({row.href.strip('/').rpartition('/')[2]})", row.href, row.kind)
        for row in rows
    ]
    for sign, group in groupby(told, key=lambda row: row.text[0].upper()):
        yield Letter(sign, f"bokstav-{ord(sign)}", tuple(group))
