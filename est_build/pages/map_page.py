"""``/karta/``: still maps of reports, answers and actions, and one to explore on top of the first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from est_build.analyse.actions import ENDED
from est_build.figures.figure import figure
from est_build.figures.icons import dots_row, number_icon
from est_build.figures.layer_maps import PlacedAction, action_map, participation_map
from est_build.figures.table import Column, Content, data_table
from est_build.figures.text import participation_count, share_cell, tenths
from est_build.figures.web_map import (
    SCRIPTS,
    MapAction,
    MapChoice,
    MapExtras,
    geometry_json,
    values_json,
    web_map,
)
from est_build.model.cell import Cell, Sum
from est_build.model.series import Participation
from est_build.model.span import Span
from est_build.pages import addresses
from est_build.pages.context import Context, Link, anchor, render
from est_build.pages.maps import legend_of, map_subtitle, map_tables, message_figure, still_map, values_of
from est_build.pages.page import Page
from est_build.schema.action import Action

SCRIPT = "assets/kartor/karta.js"
OUTLINES = "assets/kartor/omraden.json"
VALUES = "assets/kartor/karta.json"
LEAFLET_CSS = "assets/leaflet/leaflet.css"


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
    dots: Markup
    actions: tuple[NumberedAction, ...]
    wide: tuple[NumberedAction, ...]
    """Actions for whole municipalities: they have no place of their own on the map."""
    map: Markup
    legend: Markup
    tables: Markup
    answers: Markup
    answers_table: Markup
    action_map: Markup
    find: str
    quarter: Link | None


def map_page(context: Context) -> tuple[Page, dict[str, bytes]]:
    """The page, and the files that its explorable map reads."""
    span, example = context.latest, context.published.site.exempeldata
    placed, wide = _actions(context)
    numbers = _numbers(placed)
    links = {a.id: context.area_href(a) for a in context.published.small_areas()}
    picture = still_map(context, span, "karta", numbers)
    web = web_map(
        context.ground, key="karta", still=picture, outlines=OUTLINES, values=VALUES, example=example,
        memo=context.memo,
    )  # fmt: skip
    page = MapPage(
        span=span,
        answered=context.answered(span),
        dots=_dots(context, span),
        actions=tuple(_row(context, a, number_icon(p.number)) for a, p in placed),
        wide=tuple(_row(context, a, Markup("")) for a in wide),
        map=message_figure(context, span, web.html),
        legend=legend_of(context, span, actions=bool(numbers)),
        tables=map_tables(context, span, "karta", numbers),
        answers=_answers(context, span),
        answers_table=_answers_table(context, span),
        action_map=_action_figure(context, [p for _, p in placed]),
        find=addresses.AREAS,
        quarter=context.relations.quarter_of(span),
    )
    html = render("map.html.j2", page)
    words = f"Var rapporterna kommer från, {span.label}: karta och tabell."
    scripts, styles = (*SCRIPTS, SCRIPT), (LEAFLET_CSS,)
    extras = MapExtras(
        tuple(MapAction(p.number, p.title, p.href, p.areas) for _, p in placed),
        tuple((group.id, group.sv) for group in context.published.codes.groups()),
        {a.id: context.area_href(a) for a in context.published.municipalities},
    )
    assets = {
        SCRIPT: web.script.encode("utf-8"),
        OUTLINES: geometry_json(context.ground).encode("utf-8"),
        VALUES: values_json(context.ground, _choices(context), links, extras).encode("utf-8"),
    }
    head = addresses.path(addresses.MAP)
    return Page(head, "Karta", words, "laget", html, scripts=scripts, styles=styles, kind="Karta"), assets


# ---- reports -------------------------------------------------------------------------------------


def _choices(context: Context) -> list[MapChoice]:
    """The two latest fortnights, and the latest quarter and year that have numbers."""
    published = context.published
    found = list(reversed(published.periods[-2:]))
    for spans in (published.quarters, published.years):
        counted = [s for s in spans if any(cell is not None for cell in values_of(context, s).values())]
        found += counted[-1:]
    return [
        MapChoice(
            s.id,
            s.short,
            map_subtitle(s),
            values_of(context, s),
            _groups(context, s),
            {town: _said(value) for town, value in _people(context, s).items()},
        )
        for s in found
    ]


def _groups(context: Context, span: Span) -> dict[str, Mapping[str, Cell | None]]:
    """Category groups that are published by small area in the span (none is in a fortnight)."""
    published = context.published
    found: dict[str, Mapping[str, Cell | None]] = {}
    for group in published.codes.groups():
        cells = {
            a.id: published.group_cell(span, a, group.id)
            if published.collected(span, a.municipality)
            else None
            for a in published.small_areas()
        }
        if any(cell is not None for cell in cells.values()):
            found[group.id] = cells
    return found


# ---- answers -------------------------------------------------------------------------------------


def _people(context: Context, span: Span) -> dict[str, Participation | None]:
    published = context.published
    return {a.id: published.participation(span, a.municipality) for a in published.municipalities}


def _said(value: Participation | None) -> str:
    return "ingen uppgift" if value is None else participation_count(value)


def _dots(context: Context, span: Span) -> Markup:
    known = context.published.region_participation(span)
    if known is None or known[1].high is None:
        return Markup("")
    invited, answers = known
    return dots_row(*tenths(answers.low, _high(answers), invited))


def _high(answers: Sum) -> int:
    return answers.low if answers.high is None else answers.high


def _answers(context: Context, span: Span) -> Markup:
    title = "Så många svarade i varje kommun"
    under = f"{span.label.capitalize()}. En prick är en av tio. En halv prick ligger inom steget om fem."
    example = context.published.site.exempeldata
    picture = participation_map(
        context.ground, _people(context, span), key="karta-svar", words=(title, under), example=example
    )
    return figure(title, picture, subtitle=under) if picture else Markup("")


def _answers_table(context: Context, span: Span) -> Markup:
    rows: list[list[Content]] = []
    for town in context.published.municipalities:
        value = _people(context, span)[town.id]
        words = "–" if value is None else share_cell(value)
        rows.append([anchor(context.area_link(town.id)), words, _said(value)])
    columns: list[Column | str] = ["Kommun", "Andel som svarade", Column("Organisationer", "tal")]
    return data_table(f"Så många svarade, {span.label}", columns, rows, hide_caption=True, fold=True)


# ---- actions -------------------------------------------------------------------------------------


def _actions(context: Context) -> tuple[list[tuple[Action, PlacedAction]], list[Action]]:
    """Ongoing actions: those in small areas with a number each, and those for whole municipalities."""
    small = {a.id for a in context.published.small_areas()}
    placed: list[tuple[Action, PlacedAction]] = []
    wide: list[Action] = []
    for action in context.current_actions:
        if action.status in ENDED:
            continue
        places = tuple(i for i in action.omraden if i in small)
        if not places:
            wide.append(action)
            continue
        href = addresses.action(action.id)
        placed.append((action, PlacedAction(len(placed) + 1, action.titel, href, places)))
    return placed, wide


def _numbers(placed: list[tuple[Action, PlacedAction]]) -> dict[str, int]:
    """Number by area; an area with several actions carries the first one's."""
    numbers: dict[str, int] = {}
    for _, action in placed:
        for area in action.areas:
            numbers.setdefault(area, action.number)
    return numbers


def _row(context: Context, action: Action, icon: Markup) -> NumberedAction:
    return NumberedAction(icon, context.action_link(action.id), context.area_names(action.omraden))


def _action_figure(context: Context, placed: list[PlacedAction]) -> Markup:
    if not placed:
        return Markup("")
    count = len({area for action in placed for area in action.areas})
    title = f"Åtgärder som pågår eller väntar: {count} {'område' if count == 1 else 'områden'}"
    under = "Numren är de i listan överst. Varje nummer är en länk."
    example = context.published.site.exempeldata
    picture = action_map(context.ground, placed, key="karta-atgarder", words=(title, under), example=example)
    return figure(title, picture, subtitle=under)
