"""``/oppna-data/utgavor/``: all that each municipality has published, as it was published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from est_build.figures.table import Content, data_table
from est_build.figures.text import capital, number
from est_build.model.span import Span, day
from est_build.pages import addresses
from est_build.pages.context import Context, render
from est_build.pages.datafiles import DataFile, Edition, OpenData
from est_build.pages.links import Link
from est_build.pages.page import Page, Related

_KINDS = {"rapporter": "rapporter", "deltagande": "deltagande", "bedomningar": "bedömningar"}
"""What a file of an edition holds, in words."""


@dataclass(frozen=True, slots=True)
class EditionsPage:
    """The list of municipalities."""

    towns: tuple[tuple[Link, str], ...]
    """Page, and how many editions it has."""
    joint: Link | None


@dataclass(frozen=True, slots=True)
class YearBlock:
    """The editions of a year."""

    year: str
    table: Markup


@dataclass(frozen=True, slots=True)
class TownPage:
    """The editions of a municipality."""

    title: str
    text: str
    years: tuple[YearBlock, ...]
    folder: str
    """Where its files stand."""


def edition_pages(context: Context, data: OpenData) -> list[Page]:
    """The list, a page for each municipality with editions, and one for the joint assessments."""
    published = context.published
    pages, towns = [], []
    for area in published.municipalities:
        town = published.municipality(area.municipality)
        own = [e for e in data.editions if e.municipality == town.kod]
        if not own:
            continue
        href = addresses.editions(town.id)
        towns.append((Link(area.name, href), f"{number(len(own))} utgåvor"))
        text = f"Varje rad är en utgåva från {area.name}. Filerna ändras aldrig."
        pages.append(_page(context, href, f"Utgåvor: {area.name}", text, own))
    joint = None
    if data.joint:
        joint = Link("Gemensamma bedömningar", addresses.JOINT_EDITIONS)
        text = "Varje rad är en period med kommunernas gemensamma bedömning av läget, område för område."
        pages.append(_page(context, joint.href, "Utgåvor: gemensamma bedömningar", text, data.joint))
    html = render("editions.html.j2", EditionsPage(tuple(towns), joint))
    words = "Varje utgåva är en kommuns siffror så som de publicerades. Den ändras aldrig."
    path = addresses.path(addresses.EDITIONS)
    return [Page(path, "Utgåvor", words, "data", html), *pages]


def _page(context: Context, href: str, title: str, text: str, own: Sequence[Edition]) -> Page:
    by_year: dict[str, list[Edition]] = {}
    for edition in own:
        by_year.setdefault(str(context.published.calendar.year(edition.span)), []).append(edition)
    years = tuple(YearBlock(y, _table(f"{title}, {y}", rows)) for y, rows in sorted(by_year.items())[::-1])
    folder = own[0].files[0].path.rpartition("/")[0]
    html = render("editions_town.html.j2", TownPage(title, text, years, f"/{folder}"))
    related = (Related("describedby", "application/json", f"{folder}/datapackage.json", "Data Package"),)
    path = addresses.path(href)
    return Page(path, title, text, "data", html, searchable=False, related=related)


def _table(caption: str, editions: Sequence[Edition]) -> Markup:
    """Newest first; the year and the quarters before the fortnights of the same end."""
    ordered = sorted(editions, key=lambda e: (e.span.end, e.span.start), reverse=True)
    kinds = [file.name.rpartition("/")[2].split("-")[0] for file in ordered[0].files[::2]]
    rows: list[list[Content]] = [
        [
            in_words(edition.span),
            day(edition.span.publishes),
            *(_links(edition, kind) for kind in kinds),
        ]
        for edition in ordered
    ]
    columns = ["Utgåva", "Publicerad", *(f"Fil med {_KINDS[kind]}" for kind in kinds)]
    return data_table(caption, columns, rows, hide_caption=True, fold=True)


def _links(edition: Edition, kind: str) -> Markup:
    own = [f for f in edition.files if f.name.rpartition("/")[2].startswith(f"{kind}-")]
    links = Markup(" · ").join(_link(file, kind, in_words(edition.span)) for file in own)
    return Markup("<span>{}</span>").format(links)


def _link(file: DataFile, kind: str, when: str) -> Markup:
    return Markup('<a href="/{}" download>{}<span class="dold">, {}, {}</span></a>').format(
        file.path, file.form, _KINDS[kind], when
    )


def in_words(span: Span) -> str:
    """``Vecka 45–46, 2026``: always with its year."""
    return capital(f"{span.label}, {span.end.year}" if span.kind == "period" else span.label)
