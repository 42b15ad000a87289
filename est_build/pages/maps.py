"""Still maps on pages, with what stands beside them. ``/karta/`` is in :mod:`est_build.pages.map_page`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from est_build.figures.figure import figure
from est_build.figures.legend import map_legend
from est_build.figures.locator_map import locator_map
from est_build.figures.map_table import map_table
from est_build.figures.symbol_map import MapLook, symbol_map, symbol_scale, town_maps
from est_build.figures.table import Column, Content, data_table
from est_build.figures.text import NO_COLLECTION, cell_text
from est_build.load.memo import digest
from est_build.model.area import Area
from est_build.model.cell import Cell, Hidden, Shown
from est_build.model.span import Span
from est_build.pages.context import Context, anchor


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
        return "Inget område har ett antal som kan visas"
    word = "område" if shown + hidden == 1 else "områden"
    return f"{shown} av {shown + hidden} {word} har ett antal som kan visas"


def still_map(context: Context, span: Span, key: str, numbers: Mapping[str, int]) -> Markup:
    """The still symbol map alone."""
    values = values_of(context, span)
    title, under = map_title(values), map_subtitle(span)
    look = _look(context, key, numbers)
    known = digest(context.prints.frame, repr(sorted(values.items())), title, under, repr(look))
    return Markup(
        context.memo.text(
            "karta",
            known,
            lambda: symbol_map(context.ground, values, title=title, description=under, look=look),
        )
    )


def map_tables(context: Context, span: Span, key: str, numbers: Mapping[str, int]) -> Markup:
    """The numbers of the map as a table for each municipality, on a telephone below a map of its own."""
    values, look = values_of(context, span), _look(context, key, numbers)
    pictures = town_maps(context.ground, values, subtitle=map_subtitle(span), look=look)
    caption = f"Rapporter {span.label}"
    return map_table(context.ground, values, caption=caption, links=look.links, pictures=pictures)


def _look(context: Context, key: str, numbers: Mapping[str, int]) -> MapLook:
    links = {a.id: context.area_href(a) for a in context.published.small_areas()}
    return MapLook(key=key, example=context.published.site.exempeldata, numbers=numbers, links=links)


def message_figure(context: Context, span: Span, map_: Markup) -> Markup:
    """A map with its message above it."""
    return figure(map_title(values_of(context, span)), map_, subtitle=map_subtitle(span))


def legend_of(context: Context, span: Span, *, actions: bool = False) -> Markup:
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
    count: int


def period_map(context: Context, span: Span) -> PeriodMap:
    """Still map and legend."""
    return PeriodMap(
        message_figure(context, span, still_map(context, span, f"karta-{span.id}", {})),
        legend_of(context, span),
        len(context.published.small_areas()),
    )


def area_locator(context: Context, area: Area) -> Markup:
    """Where an area is."""
    example = context.published.site.exempeldata
    return locator_map(context.ground, area.id, key=f"lage-{area.id}", example=example)
