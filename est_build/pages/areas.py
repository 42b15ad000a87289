"""Areas A–Ö, and one page per municipality and small area: the same template for all."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from est_build.analyse.actions import ENDED, touches
from est_build.analyse.fallback import coarser
from est_build.figures.icons import participation_dots
from est_build.figures.table import Column, Content, data_table
from est_build.figures.text import (
    NO_COLLECTION,
    cell_text,
    participation_count,
    participation_words,
)
from est_build.model.area import Area
from est_build.model.cell import Cell, Shown
from est_build.model.published import swedish_key
from est_build.model.span import Span
from est_build.pages.context import ActionCard, Context, Link, anchor, listed, render
from est_build.pages.maps import area_locator
from est_build.pages.page import Page
from est_build.pages.period import LEVELS
from est_build.pages.trends import area_trend, recent
from est_build.protect.plan import ALL, CellKey


@dataclass(frozen=True, slots=True)
class Number:
    """A number with all that must stand beside it; or why it is not shown and what is known instead."""

    text: str
    span: Span
    before: str
    """``Förra perioden: 15–19.``"""
    instead: str


@dataclass(frozen=True, slots=True)
class AreaPage:
    """Everything on the page of an area."""

    name: str
    over: Link | None
    level: str
    span: Span
    number: Number
    state: str
    state_of: str | None
    """Name of the municipality when the judgement is of the whole of it."""
    doing: Link | None
    dots: Markup
    asked: str
    cards: tuple[ActionCard, ...]
    ended: tuple[ActionCard, ...]
    issues: tuple[Link, ...]
    trend: Markup
    quarter: Span | None
    group_table: Markup | None
    leaf_table: Markup | None
    time_table: Markup | None
    environment_table: Markup | None
    sector_table: Markup | None
    locator: Markup
    small: tuple[Link, ...]
    neighbours: tuple[Link, ...]
    included: str
    contact: str
    population_note: str


def area_pages(context: Context) -> list[Page]:
    """Index and a page per area."""
    published = context.published
    every = [*published.municipalities, *published.small_areas()]
    pages = []
    for area in every:
        page = _area(context, area)
        html = render("area.html.j2", page)
        words = f"{area.name}: vad nätverket har sett, vad som görs och hur det gick."
        places = context.place_names([area.id])
        path = f"omraden/{area.id}/"
        pages.append(Page(path, area.name, words, "omraden", html, kind="Område", places=places))
    return [_index(context), *pages]


def _area(context: Context, area: Area) -> AreaPage:
    published, span = context.published, context.latest
    town = area if area.level == "kommun" else published.area(area.parent)
    own_ids = [area.id] if area.level == "omrade" else [area.id, *_ids_inside(context, area)]
    actions = [a for a in context.current_actions if touches(a, own_ids)]
    going = [a for a in actions if a.status not in ENDED]
    people = published.participation(span, area.municipality)
    quarter = next(
        (q for q in reversed(published.quarters) if published.total_cell(q, area) is not None), None
    )
    state, state_of = _judgement(context, area, town)
    neighbours = [published.area(i) for i in area.neighbours if i != area.parent]
    return AreaPage(
        name=area.name,
        over=None if area is town else context.area_link(town.id),
        level=area.level,
        span=span,
        number=_number(context, area, span),
        state=state,
        state_of=state_of,
        doing=context.action_link(going[0].id) if going else None,
        dots=participation_dots(people) if people else Markup(""),
        asked=f"{participation_count(people)} i {town.name}" if people and people.invited else "",
        cards=tuple(context.card(a) for a in going),
        ended=tuple(context.card(a) for a in actions if a.status in ENDED),
        issues=tuple(context.issue_link(i.id) for i in context.issues_of(own_ids)),
        trend=area_trend(context, area, recent(context)),
        quarter=quarter,
        group_table=_groups(context, area, quarter) if quarter else None,
        leaf_table=_leaves(context, area, quarter) if quarter and area is town else None,
        time_table=_times(context, area, quarter) if quarter and area is town else None,
        environment_table=_environments(context, area, quarter) if quarter and area is town else None,
        sector_table=_sectors(context, area, quarter) if quarter and area is town else None,
        locator=area_locator(context, area),
        small=tuple(context.area_link(a.id) for a in published.small_areas(area.municipality))
        if area is town
        else (),
        neighbours=_unique([context.area_link(n.id) for n in neighbours], area.name),
        included=listed([a.name for a in published.areas if a.merged_into == area.id]),
        contact=published.municipality(area.municipality).kontakt,
        population_note="",
    )


def _ids_inside(context: Context, town: Area) -> list[str]:
    return [a.id for a in context.published.areas if a.parent == town.id]


def _unique(links: list[Link], own: str) -> tuple[Link, ...]:
    """A merged neighbour leads to the area it is counted in: name each address once."""
    by_href = {link.href: link for link in reversed(links) if link.text != own}
    return tuple(link for link in links if by_href.get(link.href) is link)


def _judgement(context: Context, area: Area, town: Area) -> tuple[str, str | None]:
    rows = context.published.texts.assessments.get(context.latest.id, ())
    for where in (area, town):
        for row in rows:
            if row.omrade == where.id:
                own = None if where is area else town.name
                return f"{LEVELS[row.niva]}. {row.text}", own
    return "Nätverket har inte skrivit någon bedömning för perioden.", None


def _number(context: Context, area: Area, span: Span) -> Number:
    published = context.published
    index = published.periods.index(span)
    before = ""
    if index and published.collected(published.periods[index - 1], area.municipality):
        earlier = published.periods[index - 1]
        cell = published.total_cell(earlier, area)
        shown = cell_text(cell) if isinstance(cell, Shown) else "under visningsgränsen"
        before = f"Förra perioden, {earlier.label}: {shown}."
    if not published.collected(span, area.municipality):
        return Number(NO_COLLECTION.capitalize(), span, before, "")
    cell = published.total_cell(span, area)
    if isinstance(cell, Shown):
        return Number(cell_text(cell), span, before, "")
    other = coarser(published, area, span)
    instead = ""
    if other is not None:
        instead = (
            f"Närmast som visas: {cell_text(other.cell)} rapporter i {other.area.name}, {other.span.label}."
        )
    return Number("", span, before, instead)


def _groups(context: Context, area: Area, quarter: Span) -> Markup:
    published = context.published
    rows: list[list[Content]] = []
    for group in published.codes.groups(published.calendar.year(quarter)):
        cell = published.group_cell(quarter, area, group.id)
        if cell is not None:
            label = anchor(context.category_link(group))
            rows.append([label, cell_text(cell)])
    columns: list[Column | str] = ["Kategori", Column("Rapporter", "tal")]
    return data_table(f"{area.name}, {quarter.label}", columns, rows, hide_caption=True)


def _rows_shown(cells: list[tuple[str, Cell | None]]) -> list[list[Content]]:
    """Only rows with a shown cell; a long table of dots helps nobody (all rows stand in the CSV)."""
    return [[label, cell_text(cell)] for label, cell in cells if isinstance(cell, Shown)]


def _leaves(context: Context, area: Area, quarter: Span) -> Markup | None:
    published = context.published
    year = published.calendar.year(quarter)
    cells = [
        (leaf.sv, published.cell(quarter, CellKey("kommun_kategori", area.id, leaf.id)))
        for group in published.codes.groups(year)
        for leaf in published.codes.leaves(group.id, year)
    ]
    return _small_table("Underkategorier som kan visas", "Underkategori", _rows_shown(cells))


def _times(context: Context, area: Area, quarter: Span) -> Markup | None:
    published = context.published
    cells = [
        (code.sv, published.cell(quarter, CellKey("kommun_tid", area.id, ALL, "", code.id)))
        for code in published.codes.lists["tider"].values()
    ]
    rows: list[list[Content]] = [[label, cell_text(cell)] for label, cell in cells]
    return _small_table("När på dygnet och i veckan", "Tid", rows)


def _environments(context: Context, area: Area, quarter: Span) -> Markup | None:
    published = context.published
    rows: list[list[Content]] = []
    for environment in published.codes.lists["miljoer"].values():
        for group in published.codes.groups(published.calendar.year(quarter)):
            key = CellKey("kommun_miljo_grupp", area.id, group.id, environment.id)
            cell = published.cell(quarter, key)
            if isinstance(cell, Shown):
                rows.append([environment.sv, group.sv, cell_text(cell)])
    if not rows:
        return None
    columns: list[Column | str] = ["Miljö", "Kategori", Column("Rapporter", "tal")]
    return data_table("Miljöer som kan visas", columns, rows, fold=True)


def _sectors(context: Context, area: Area, quarter: Span) -> Markup | None:
    figures = context.published.figures.get((quarter.id, area.municipality))
    if figures is None:
        return None
    rows: list[list[Content]] = []
    for sector, people in figures.participation.items():
        label = "Alla sektorer" if sector == ALL else context.published.codes.label("sektorer", sector)
        rows.append([label, participation_count(people), participation_words(people)])
    columns: list[Column | str] = ["Sektor", "Svar av utskick", "Andel"]
    return data_table(f"Deltagande, {quarter.label}", columns, rows)


def _small_table(caption: str, head: str, rows: list[list[Content]]) -> Markup | None:
    if not rows:
        return None
    return data_table(caption, [head, Column("Rapporter", "tal")], rows)


@dataclass(frozen=True, slots=True)
class TownList:
    """A municipality with its small areas."""

    town: Link
    areas: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class AreaIndex:
    """Areas by municipality and A–Ö."""

    towns: tuple[TownList, ...]
    every: tuple[Link, ...]


def _index(context: Context) -> Page:
    published = context.published
    towns = tuple(
        TownList(
            context.area_link(town.id),
            tuple(context.area_link(a.id) for a in published.small_areas(town.municipality)),
        )
        for town in published.municipalities
    )
    names = [Link(a.name, context.area_href(a)) for a in published.areas]
    every = tuple(sorted(names, key=lambda link: swedish_key(link.text)))
    html = render("areas.html.j2", AreaIndex(towns, every))
    words = "Hitta ditt område: kommuner och mindre områden från A till Ö."
    return Page("omraden/", "Ditt område", words, "omraden", html)
