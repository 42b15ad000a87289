"""The map to explore: folium makes the call that starts Leaflet; our own script draws the rest.

No text from data goes through folium, since its templates do not escape. Outlines and values reach the
browser as JSON files and are set there as text. The head that folium writes (foreign hosts, inline styles, a
viewport that forbids zooming) is thrown away. The still map stays in the page for those without scripts, and
for print.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from markupsafe import Markup, escape

from est_build.figures.ground import Ground, drawn
from est_build.figures.projection import bounding_window
from est_build.figures.svg import ident
from est_build.figures.symbol_map import symbol_scale, town_name
from est_build.figures.text import cell_text, swedish_key
from est_build.load.memo import Memo, digest
from est_build.model.area import Polygon
from est_build.model.cell import Cell, Shown

SCRIPTS: Final = ("assets/leaflet/leaflet.js", "assets/est-karta.js")
"""Scripts that the page needs before the map's own, from the root of the site."""
_DIGITS: Final = 4
"""Decimals of degrees: about ten metres, more than a screen can show."""


@dataclass(frozen=True, slots=True)
class MapChoice:
    """A period that the reader may choose.

    Args:
        id: stands in the address when it is chosen.
        label: on its button.
        title: in the line under the map.
        cells: all reports by area id; None where nothing was collected.
        groups: the same for each category group that is published by area in this period.
        answers: what a municipality (by id) answered, in words.
    """

    id: str
    label: str
    title: str
    cells: Mapping[str, Cell | None]
    groups: Mapping[str, Mapping[str, Cell | None]] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MapAction:
    """An ongoing action with its number on the map. ``href`` is written from the root of the site."""

    number: int
    title: str
    href: str
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MapExtras:
    """What the browser is told besides reports.

    Args:
        actions: in the order of their numbers.
        groups: id and label of each category group, in the order of the list.
        towns: address of each municipality's page by its id.
    """

    actions: Sequence[MapAction] = ()
    groups: Sequence[tuple[str, str]] = ()
    towns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WebMap:
    """The parts of the map: what stands in the page, and the text of its script file."""

    html: Markup
    script: str


def web_map(
    ground: Ground,
    *,
    key: str,
    still: Markup,
    outlines: str,
    values: str,
    example: bool = False,
    memo: Memo | None = None,
) -> WebMap:
    """The frame of the map and its script.

    Args:
        ground: the land; decides where the map begins.
        key: unique on the page; ids are made of it.
        still: the SVG map that is shown without scripts and in print.
        outlines: address of :func:`geometry_json` from the root of the site, without a slash before it.
        values: address of :func:`values_json`, likewise.
        example: marks the figures as invented.
        memo: where what folium makes may be remembered.
    """
    known = digest(key, repr(ground))
    made = (memo or Memo()).text("folium", known, lambda: json.dumps(_folium(ground, ident(key))))
    map_id, div, script = json.loads(made)
    projection = drawn(ground).projection
    css = "webbkarta webbkarta--hog" if projection.height > projection.width else "webbkarta"
    mark = '<strong class="webbkarta__ex">EXEMPEL</strong>' if example else ""
    html = (
        f'<div class="{css}" data-karta="{map_id}" data-omraden="{escape(outlines)}" '
        f'data-varden="{escape(values)}"><div class="webbkarta__yta">{div}{mark}</div>'
        f'<p class="webbkarta__las liten svag" aria-live="polite"></p>'
        f'<div class="webbkarta__bild">{still}</div></div>'
    )
    return WebMap(Markup(html), script)


def _folium(ground: Ground, key: str) -> tuple[str, str, str]:
    """Id, container and script of an empty folium map; imported late, since folium is slow to load."""
    import folium
    from branca.element import Element, Figure, MacroElement
    from folium.template import Template

    class Draw(MacroElement):
        """One call after the map has been made. Holds nothing but the map's own id."""

        _template = Template(
            "{% macro script(this, kwargs) %}"
            "estKarta.rita({{ this._parent.get_name() }}, {{ this._parent.get_name()|tojson }});"
            "{% endmacro %}"
        )

    window = bounding_window(r for m in ground.municipalities or ground.areas for p in m.polygons for r in p)
    centre = [round((window.south + window.north) / 2, 3), round((window.west + window.east) / 2, 3)]
    figure = Figure()
    canvas = folium.Map(
        location=centre,
        zoom_start=9,
        tiles=None,
        zoom_control=False,
        scroll_wheel_zoom=False,
        attribution_control=False,
        zoom_snap=0,
        zoom_delta=0.5,
    )
    canvas.default_js, canvas.default_css = [], []
    figure.add_child(canvas)
    Draw().add_to(canvas)  # type: ignore[no-untyped-call]

    def name(element: Element, path: str) -> None:
        # folium's own ids are random: two builds would differ.
        element._id = hashlib.sha256(f"{key}:{path}".encode()).hexdigest()[:12]
        for index, child in enumerate(element._children.values()):
            name(child, f"{path}.{index}")

    name(figure, "0")
    figure.render()
    return canvas.get_name(), _tidy(figure.html.render()), _tidy(figure.script.render()) + "\n"


def _tidy(text: str) -> str:
    """Without the blank lines and the indentation of folium's templates."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _geometry(polygons: Iterable[Polygon]) -> dict[str, Any]:
    parts = [
        [[[round(x, _DIGITS), round(y, _DIGITS)] for x, y in ring] for ring in polygon]
        for polygon in polygons
    ]
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "MultiPolygon", "coordinates": parts}


def geometry_json(ground: Ground) -> str:
    """GeoJSON of the land for the browser: neighbours, municipalities, small areas in alphabetical order.

    Areas that stand for themselves have ``punkt`` (where the symbol stands), ``kort`` (name on the map) and
    ``tatort``; others have ``i``, the area that they are counted in.
    """
    features: list[dict[str, Any]] = [
        _feature({"niva": "omgivning", "namn": land.name}, land.polygons) for land in ground.background
    ]
    for town in sorted(ground.municipalities, key=lambda m: (swedish_key(m.name), m.id)):
        features.append(_feature({"niva": "kommun", "id": town.id, "namn": town.name}, town.polygons))
    for area in sorted(ground.areas, key=lambda a: (swedish_key(a.name), a.id)):
        properties: dict[str, Any] = {"niva": "omrade", "id": area.id, "namn": area.name}
        if area.merged_into is None:
            short = town_name(area, ground.municipalities)
            properties |= {
                "kort": short or area.name,
                "tatort": short is not None,
                "punkt": [round(value, _DIGITS) for value in area.label_point],
            }
        else:
            properties["i"] = area.merged_into
        features.append(_feature(properties, area.polygons))
    return _dump({"type": "FeatureCollection", "features": features})


def _feature(properties: dict[str, Any], polygons: Iterable[Polygon]) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": _geometry(polygons)}


def values_json(
    ground: Ground,
    choices: Sequence[MapChoice],
    links: Mapping[str, str],
    extras: MapExtras | None = None,
) -> str:
    """Values for the browser: per choice a cell as ``[low, high, text]``, or null when it is hidden.

    Args:
        ground: the land of the map.
        choices: the first is shown first.
        links: address of each area's page from the root of the site.
        extras: actions, names of category groups, addresses of municipalities.
    """
    more = extras or MapExtras()
    numbers: dict[str, int] = {}
    for action in more.actions:
        for area in action.areas:
            numbers.setdefault(area, action.number)
    actions = [[a.number, a.title, a.href.lstrip("/"), list(a.areas)] for a in more.actions]
    towns = {
        town.id: [*(round(value, _DIGITS) for value in town.label_point), town.name, href.lstrip("/")]
        for town in sorted(ground.municipalities, key=lambda m: (swedish_key(m.name), m.id))
        if (href := more.towns.get(town.id)) is not None
    }
    value = {
        "val": [_choice(ground, choice) for choice in choices],
        "lankar": {key: href.lstrip("/") for key, href in sorted(links.items())},
        "nummer": dict(sorted(numbers.items())),
        "atgarder": actions,
        "grupper": [list(group) for group in more.groups],
        "kommuner": towns,
        "vatten": [[name, round(x, _DIGITS), round(y, _DIGITS)] for name, x, y in ground.waters],
    }
    return _dump(value)


def _choice(ground: Ground, choice: MapChoice) -> dict[str, Any]:
    return {
        "id": choice.id,
        "text": choice.label,
        "titel": choice.title,
        "skala": round(symbol_scale(ground, choice.cells).factor, 3),
        "celler": _cells(choice.cells),
        "grupper": {key: _cells(cells) for key, cells in sorted(choice.groups.items())},
        "svar": dict(sorted(choice.answers.items())),
    }


def _cells(cells: Mapping[str, Cell | None]) -> dict[str, list[int | str] | None]:
    return {
        key: [cell.low, cell.high, cell_text(cell)] if isinstance(cell, Shown) else None
        for key, cell in sorted(cells.items())
        if cell is not None
    }


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
