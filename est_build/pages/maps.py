"""Maps on pages: the static symbol map first, the explorable one on top of it on ``/karta/``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from est_build.analyse.actions import ENDED
from est_build.figures.figure import figure
from est_build.figures.icons import number_icon
from est_build.figures.legend import map_legend
from est_build.figures.locator_map import locator_map
from est_build.figures.map_table import map_table
from est_build.figures.symbol_map import MapLook, symbol_map, symbol_scale
from est_build.figures.table import Column, Content, data_table
from est_build.figures.text import NO_COLLECTION, cell_text
from est_build.figures.web_map import SCRIPTS, MapChoice, geometry_json, values_json, web_map
from est_build.model.area import Area
from est_build.model.cell import Cell, Hidden, Shown
from est_build.model.span import Span
from est_build.pages.context import Context, Link, anchor, render
from est_build.pages.page import Page

SCRIPT = "assets/kartor/karta.js"
OUTLINES = "assets/kartor/omraden.json"
VALUES = "assets/kartor/karta.json"
LEAFLET_CSS = "assets/leaflet/leaflet.css"


def values_of(context: Context, span: Span) -> dict[str, Cell | None]:
    """All reports per small area."""
    published = context.published
    return {
        a.id: published.total_cell(span, a) if published.collected(span, a.municipality) else None
        for a in published.small_areas()
    }


def map_title(values: Mapping[str, Cell | None]) -> str:
    """What the map shows, as a sentence that names no area before another."""
    shown = sum(isinstance(cell, Shown) for cell in values.values())
    hidden = sum(isinstance(cell, Hidden) for cell in values.values())
    if not shown and not hidden:
        return "Ingen insamling under perioden"
    if not shown:
        return f"Alla {hidden} områden är under visningsgränsen"
    word = "område" if shown + hidden == 1 else "områden"
    return f"{shown} av {shown + hidden} {word} är över visningsgränsen"


def _picture(context: Context, span: Span, key: str, numbers: Mapping[str, int]) -> Markup:
    """The still symbol map alone."""
    values = values_of(context, span)
    look = MapLook(
        key=key,
        example=context.published.site.exempeldata,
        numbers=numbers,
        links={a.id: context.area_href(a) for a in context.published.small_areas()},
    )
    title, under = map_title(values), map_subtitle(span)
    return symbol_map(context.ground, values, title=title, description=under, look=look)


def _figure(context: Context, span: Span, map_: Markup) -> Markup:
    """A map with its message above it."""
    return figure(map_title(values_of(context, span)), map_, subtitle=map_subtitle(span))


def _legend(context: Context, span: Span, *, actions: bool = False) -> Markup:
    """How to read the map."""
    values = values_of(context, span)
    scale = symbol_scale(context.ground, values)
    return map_legend(scale, list(values.values()), actions=actions)


def map_subtitle(span: Span) -> str:
    """What is counted, and when."""
    return f"Rapporter per område, {span.label}. Antal i steg om fem."


def area_table(context: Context, span: Span, caption: str) -> Markup:
    """Municipality by municipality, areas in alphabetical order: the map's twin."""
    published = context.published
    rows: list[list[Content]] = []
    for town in published.municipalities:
        for area in published.small_areas(town.municipality):
            name = anchor(context.area_link(area.id))
            gap = not published.collected(span, area.municipality)
            rows.append(
                [name, town.name, NO_COLLECTION if gap else cell_text(published.total_cell(span, area))]
            )
    columns: list[Column | str] = ["Område", "Kommun", Column("Rapporter", "tal")]
    return data_table(caption, columns, rows, hide_caption=True, fold=True)


@dataclass(frozen=True, slots=True)
class PeriodMap:
    """The map of a fortnight with what stands beside it."""

    picture: Markup
    legend: Markup
    table: Markup
    count: int


def period_map(context: Context, span: Span) -> PeriodMap:
    """Still map, legend and table."""
    return PeriodMap(
        _figure(context, span, _picture(context, span, f"karta-{span.id}", {})),
        _legend(context, span),
        area_table(context, span, f"Rapporter per område, {span.label}"),
        len(context.published.small_areas()),
    )


def area_locator(context: Context, area: Area) -> Markup:
    """Where an area is."""
    example = context.published.site.exempeldata
    return locator_map(context.ground, area.id, key=f"lage-{area.id}", example=example)


@dataclass(frozen=True, slots=True)
class NumberedAction:
    """An action with its number on the map."""

    icon: Markup
    link: Link
    place: str


@dataclass(frozen=True, slots=True)
class MapPage:
    """Everything on the page of the map."""

    span: Span
    answered: tuple[str, str] | None
    actions: tuple[NumberedAction, ...]
    map: Markup
    legend: Markup
    tables: Markup


def map_page(context: Context) -> tuple[Page, dict[str, bytes]]:
    """``/karta/``, and the files that its explorable map reads."""
    span, example = context.latest, context.published.site.exempeldata
    numbered, numbers = _numbered(context)
    links = {a.id: context.area_href(a) for a in context.published.small_areas()}
    picture = _picture(context, span, "karta", numbers)
    web = web_map(
        context.ground, key="karta", still=picture, outlines=OUTLINES, values=VALUES, example=example
    )
    page = MapPage(
        span=span,
        answered=context.answered(span),
        actions=numbered,
        map=_figure(context, span, web.html),
        legend=_legend(context, span, actions=bool(numbers)),
        tables=map_table(
            context.ground,
            values_of(context, span),
            caption=f"Rapporter {span.label}",
            links=links,
        ),
    )
    html = render("map.html.j2", page)
    words = f"Var rapporterna kommer från, {span.label}: karta och tabell."
    scripts, styles = (*SCRIPTS, SCRIPT), (LEAFLET_CSS,)
    assets = {
        SCRIPT: web.script.encode("utf-8"),
        OUTLINES: geometry_json(context.ground).encode("utf-8"),
        VALUES: values_json(context.ground, _choices(context), links, numbers).encode("utf-8"),
    }
    return Page("karta/", "Karta", words, "laget", html, scripts=scripts, styles=styles), assets


def _choices(context: Context) -> list[MapChoice]:
    """The latest fortnight, quarter and year that have numbers."""
    published = context.published
    found = [context.latest]
    for spans in (published.quarters, published.years):
        counted = [s for s in spans if any(cell is not None for cell in values_of(context, s).values())]
        found += counted[-1:]
    return [MapChoice(s.id, s.short, map_subtitle(s), values_of(context, s)) for s in found]


def _numbered(context: Context) -> tuple[tuple[NumberedAction, ...], dict[str, int]]:
    """Ongoing actions with a number each; an area with several carries the first one's."""
    rows: list[NumberedAction] = []
    numbers: dict[str, int] = {}
    small = {a.id for a in context.published.small_areas()}
    for action in context.current_actions:
        places = [i for i in action.omraden if i in small]
        if action.status in ENDED or not places:
            continue
        number = len(rows) + 1
        link = context.action_link(action.id)
        rows.append(NumberedAction(number_icon(number), link, context.area_names(action.omraden)))
        for place in places:
            numbers.setdefault(place, number)
    return tuple(rows), numbers
