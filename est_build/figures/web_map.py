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
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup, escape

from est_build.figures.ground import Ground, drawn
from est_build.figures.projection import bounding_window
from est_build.figures.svg import ident
from est_build.figures.symbol_map import symbol_scale, town_name
from est_build.figures.text import cell_text, swedish_key
from est_build.model.area import Polygon
from est_build.model.cell import Cell, Shown

SCRIPTS: Final = ("assets/leaflet/leaflet.js", "assets/est-karta.js")
"""Scripts that the page needs before the map's own, from the root of the site."""
_DIGITS: Final = 4
"""Decimals of degrees: about ten metres, more than a screen can show."""


@dataclass(frozen=True, slots=True)
class MapChoice:
    """A period that the reader may choose: ``label`` on its button, ``title`` in the line under the map."""

    id: str
    label: str
    title: str
    cells: Mapping[str, Cell | None]


@dataclass(frozen=True, slots=True)
class WebMap:
    """The parts of the map: what stands in the page, and the text of its script file."""

    html: Markup
    script: str


def web_map(
    ground: Ground, *, key: str, still: Markup, outlines: str, values: str, example: bool = False
) -> WebMap:
    """The frame of the map and its script.

    Args:
        ground: the land; decides where the map begins.
        key: unique on the page; ids are made of it.
        still: the SVG map that is shown without scripts and in print.
        outlines: address of :func:`geometry_json` from the root of the site, without a slash before it.
        values: address of :func:`values_json`, likewise.
        example: marks the figures as invented.
    """
    map_id, div, script = _folium(ground, ident(key))
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
    ``tatort``.
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
        features.append(_feature(properties, area.polygons))
    return _dump({"type": "FeatureCollection", "features": features})


def _feature(properties: dict[str, Any], polygons: Iterable[Polygon]) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": _geometry(polygons)}


def values_json(
    ground: Ground,
    choices: Sequence[MapChoice],
    links: Mapping[str, str],
    numbers: Mapping[str, int] | None = None,
) -> str:
    """Values for the browser: per choice a cell as ``[low, high, text]``, or null when it is hidden.

    Args:
        ground: the land of the map.
        choices: the first is shown first.
        links: address of each area's page from the root of the site.
        numbers: ochre numbers of actions by area id, as in the still map.
    """
    rows = []
    for choice in choices:
        cells = {
            key: [cell.low, cell.high, cell_text(cell)] if isinstance(cell, Shown) else None
            for key, cell in sorted(choice.cells.items())
            if cell is not None
        }
        rows.append(
            {
                "id": choice.id,
                "text": choice.label,
                "titel": choice.title,
                "skala": round(symbol_scale(ground, choice.cells).factor, 3),
                "celler": cells,
            }
        )
    addresses = {key: href.lstrip("/") for key, href in sorted(links.items())}
    return _dump({"val": rows, "lankar": addresses, "nummer": dict(sorted((numbers or {}).items()))})


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
