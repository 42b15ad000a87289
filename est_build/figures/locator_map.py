"""Where an area lies: a small outline of the whole with one area tinted. A picture, not a control."""

from __future__ import annotations

from markupsafe import Markup, escape

from est_build.figures.boxes import Box
from est_build.figures.ground import MAP_WIDTH, Ground, drawn
from est_build.figures.labels import Line, Room, Symbol, place_labels
from est_build.figures.map_parts import Page, corner_box
from est_build.figures.svg import example_mark, ident, label_attrs, num, opening, paint
from est_build.figures.symbol_map import town_name

_UNIT = 2.0
"""Units per pixel: the picture is made for 320 pixels."""


def locator_map(ground: Ground, area_id: str, *, key: str, example: bool = False) -> Markup:
    """The map for an area or a municipality.

    Args:
        ground: the same object as for the other maps.
        area_id: id of a small area or of a municipality.
        key: unique on the page.
        example: marks it as an example, since the outlines of small areas are made up too.

    Raises:
        KeyError: if there is no such area.
    """
    known = {area.id: area for area in (*ground.municipalities, *ground.areas)}
    area = known[area_id]
    art = drawn(ground)
    page = Page(ident(key), _UNIT, art.projection)
    whole = art.wholes.get(area.municipality, "")
    small = area.level == "omrade"
    home = next((m.name for m in ground.municipalities if m.municipality == area.municipality), "")
    where = f"{area.name} i {home}" if small and home else area.name
    attributes, inner = label_attrs(
        key, f"Karta: {where}", f"Konturer av alla kommuner. {area.name} är markerat."
    )
    dots = "".join(f"M{num(x)} {num(y)}h.1" for key_, (x, y) in sorted(art.points.items()) if key_ != area_id)
    tint = paint(fill="trad-ton" if small else "hojd", stroke="grans", width=_UNIT)
    strong = paint(fill="hojd", stroke="trad", width=1.8 * _UNIT)
    mark = f'<g transform="translate(12 12) scale({_UNIT:g})">{example_mark(0, 0)}</g>' if example else ""
    return Markup(
        opening("bild bild--lage", MAP_WIDTH, art.projection.height, attributes) + f"{inner}"
        f'<rect width="{num(MAP_WIDTH)}" height="{num(art.projection.height)}"{paint(fill="hav")}/>'
        f'<path d="{art.around}"{paint(fill="grannland", stroke="cell", width=1.6)}/>'
        f'<path d="{art.land}"{paint(fill="land", stroke="grans", width=_UNIT)} stroke-linejoin="round"/>'
        f'<path d="{whole}"{tint}/>'
        + (f'<path d="{art.surfaces[area.merged_into or area_id]}"{strong}/>' if small else "")
        + f'<path d="{dots}"{paint(stroke="ink2", width=6)} stroke-linecap="round"/>'
        + _name(ground, area_id, page, example)
        + f"{mark}</svg>"
    )


def _name(ground: Ground, area_id: str, page: Page, example: bool) -> str:
    """The name of a small area beside its dot, away from the other dots."""
    area = next((a for a in ground.areas if a.id == area_id), None)
    if area is None:
        return ""
    points = drawn(ground).points
    x, y = points[area_id]
    size = 13 * _UNIT
    line = Line(town_name(area, ground.municipalities) or area.name, size, bold=True)
    others = [Symbol(k, px, py, 4) for k, (px, py) in sorted(points.items()) if k != area_id]
    frame = Box(4, 4, MAP_WIDTH - 4, page.projection.height - 4)
    room = Room(frame, [corner_box(page)] if example else [], unit=_UNIT)
    label = place_labels([Symbol(area_id, x, y, 5, (line,)), *others], room).get(area_id)
    dot = f'<circle cx="{num(x)}" cy="{num(y)}" r="5"{paint(fill="ink")}/>'
    if label is None:
        return dot
    look = paint(fill="ink", stroke="land", width=6)
    anchor = "" if label.align == "start" else f' text-anchor="{label.align}"'
    return (
        f'{dot}<text x="{num(label.x)}" y="{num(label.box.y0 + size * 0.9)}" font-size="{num(size)}"{look}'
        f' font-weight="700"{anchor} paint-order="stroke" stroke-linejoin="round">'
        f"{escape(line.content)}</text>"
    )
