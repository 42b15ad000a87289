"""The map of reports: circles whose area follows the interval, a hatched circle where nothing may be shown.

Each map is two pictures of the same land: one for a page, one with larger and fewer labels for a telephone.
The style sheet shows one of them, so nobody meets both. Areas are links in alphabetical order.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from markupsafe import Markup, escape

from est_build.figures.boxes import Box
from est_build.figures.ground import MAP_WIDTH, Drawn, Ground, drawn, town_ground
from est_build.figures.icons import hidden_shape, number_badge
from est_build.figures.labels import LINE_HEIGHT, Label, Line, Room, Symbol, place_labels
from est_build.figures.map_parts import Page, corner_box, land, scale_parts, water_names
from est_build.figures.svg import example_mark, ident, num, opening, paint
from est_build.figures.text import cell_text, cell_words, swedish_key
from est_build.model.area import Area
from est_build.model.cell import Cell, Hidden, Shown

HIDDEN_RADIUS: Final = 6.2
_FACTOR: Final = 3.4
_LARGEST: Final = 27.0
_SMALLEST: Final = 3.2
_COVERED: Final = 0.16
"""The greatest part of the land that circles may cover."""
_MANY: Final = 80
"""With more areas than this, labels take the first free place and the narrow picture has no leader lines."""
_UNITS: Final = {"b": 1.0, "s": 2.22, "k": 2.22}
"""Units per pixel: the narrow pictures are 288 pixels wide, the wide one 640. ``k`` is one municipality."""


@dataclass(frozen=True, slots=True)
class SymbolScale:
    """Radius in pixels of the circle for a cell: its area follows the middle of the interval."""

    factor: float

    def radius(self, cell: Shown) -> float:
        """The radius. Very small numbers beside very large ones keep a dot that can be seen."""
        return max(_SMALLEST, self.factor * math.sqrt((cell.low + cell.high) / 2))


def symbol_scale(ground: Ground, values: Mapping[str, Cell | None], top: int | None = None) -> SymbolScale:
    """The scale of a map: circles stay under a largest size, and together leave most of the land free.

    Args:
        ground: the land of the map.
        values: its cells.
        top: an upper end that makes several maps comparable.
    """
    middles = [(c.low + c.high) / 2 for c in values.values() if isinstance(c, Shown)]
    high = max([top or 0, *middles])
    if not high:
        return SymbolScale(_FACTOR)
    room = _COVERED * drawn(ground).land_area
    crowd = math.sqrt(room / (math.pi * sum(middles))) if sum(middles) else _FACTOR
    return SymbolScale(min(_FACTOR, _LARGEST / math.sqrt(high), crowd))


@dataclass(frozen=True, slots=True)
class MapLook:
    """What differs between maps of the same ground.

    Args:
        key: unique on the page; ids are made of it.
        example: marks the figures as invented.
        labels: False leaves out all names.
        highlight: id of an area to tint.
        numbers: ochre numbers of actions by area id.
        links: address of each area's page by area id.
        top: upper end that the circles are scaled by, to compare maps.
    """

    key: str
    example: bool = False
    labels: bool = True
    highlight: str | None = None
    numbers: Mapping[str, int] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    top: int | None = None


def symbol_map(
    ground: Ground,
    values: Mapping[str, Cell | None],
    *,
    title: str,
    description: str,
    look: MapLook,
) -> Markup:
    """Both pictures of the map.

    Args:
        ground: the land, the same object for all maps.
        values: cell by area id; an area without a value gets a small ring and no number.
        title: the message.
        description: what the map shows, in sentences.
        look: what differs from map to map.
    """
    scale = symbol_scale(ground, values, look.top)
    pictures = (_picture(name, ground, values, (title, description), (look, scale)) for name in ("b", "s"))
    return Markup(f'<div class="karta">{"".join(pictures)}</div>')


def town_maps(
    ground: Ground, values: Mapping[str, Cell | None], *, subtitle: str, look: MapLook
) -> dict[str, Markup]:
    """A map of each municipality by its code, for a telephone: there is room for every name and number.

    Args:
        ground: the land of the map that they are parts of.
        values: cell by area id.
        subtitle: what is counted, and when.
        look: that of the whole map; the circles keep its scale.
    """
    scale = symbol_scale(ground, values, look.top)
    maps: dict[str, Markup] = {}
    for town in ground.municipalities:
        own = replace(look, key=f"{look.key}-{town.id}")
        part = town_ground(ground, town.municipality)
        picture = _picture("k", part, values, (town.name, subtitle), (own, scale))
        maps[town.municipality] = Markup(f'<div class="karta smal-bild">{picture}</div>')
    return maps


def town_name(area: Area, municipalities: Sequence[Area]) -> str | None:
    """``Ystads tätort`` -> ``Ystad``: the name of a town on a map; None for other areas."""
    stem = area.name.removesuffix(" tätort")
    if stem == area.name:
        return None
    for municipality in municipalities:
        name = municipality.name.removesuffix(" kommun")
        if stem in {name, f"{name}s"}:
            return name
    return stem


def area_words(area: Area, cell: Cell | None, number: int | None = None, town: str | None = None) -> str:
    """The accessible name of an area: ``Blentarp: 20–24 rapporter, åtgärd 2``.

    It begins with what is written on the map, so that a reader can say it aloud to choose the area: with
    ``town`` it is ``Sjöbo: 20–24 rapporter, åtgärd 2 (Sjöbo tätort)``.
    """
    action = f", åtgärd {number}" if number is not None else ""
    whole = f" ({area.name})" if town is not None and town != area.name else ""
    return f"{town or area.name}: {cell_words(cell)}{action}{whole}"


def _picture(
    name: str,
    ground: Ground,
    values: Mapping[str, Cell | None],
    words: tuple[str, str],
    how: tuple[MapLook, SymbolScale],
) -> str:
    look, scale = how
    art = drawn(ground)
    page = Page(f"{ident(look.key)}-{name}", _UNITS[name], art.projection, name != "s")
    areas = sorted(
        (a for a in ground.areas if a.merged_into is None), key=lambda a: (swedish_key(a.name), a.id)
    )
    symbols = {a.id: _symbol(a, values.get(a.id), art, page, scale) for a in areas}
    bar, bar_box = scale_parts(page, [(s.x, s.y, s.r) for s in symbols.values()])
    fixed = [bar_box, *_badge_boxes(symbols, look, page), *([corner_box(page)] if look.example else [])]
    circles = [Box(s.x - s.r, s.y - s.r, s.x + s.r, s.y + s.r) for s in symbols.values()]
    waters, water_boxes = water_names(ground.waters, page, [*fixed, *circles], art.shore)
    fixed += water_boxes
    labels = _labels(ground, areas, values, symbols, (look, page, fixed, art))
    height = art.projection.height
    css = "bild bred-bild" if name == "b" else "bild smal-bild"
    towns = ground.municipalities
    said = {a.id: area_words(a, values.get(a.id), look.numbers.get(a.id), town_name(a, towns)) for a in areas}
    shown = (
        _area(a, values.get(a.id), (symbols[a.id], labels.get(a.id), said[a.id]), (look, page, art))
        for a in areas
    )
    named = f' role="group" aria-labelledby="{page.id}-t" aria-describedby="{page.id}-d"'
    return (
        opening(css, MAP_WIDTH, height, named)
        + f'<title id="{page.id}-t">{escape(words[0])}</title>'
        + f'<desc id="{page.id}-d">{escape(words[1])}</desc>'
        + f"{land(art, page)}<defs>{hidden_symbol(page.id, page.unit)}</defs>"
        + f"{_tint(look.highlight, art)}{waters}{''.join(shown)}{_badges(symbols, look, page)}{bar}"
        + f"{_mark(page) if look.example else ''}</svg>"
    )


def _symbol(area: Area, cell: Cell | None, art: Drawn, page: Page, scale: SymbolScale) -> Symbol:
    """The symbol's place and size. The narrow picture has somewhat smaller circles for its width."""
    x, y = art.points[area.id]
    shrink = 1.0 if page.full else 0.74
    if isinstance(cell, Shown):
        r = max(scale.radius(cell) * shrink, _SMALLEST)
    else:
        r = HIDDEN_RADIUS * (1.0 if page.unit == 1 else 0.8) if isinstance(cell, Hidden) else 2.5
    return Symbol(area.id, x, y, r * page.unit)


def _badge_at(symbol: Symbol, page: Page) -> tuple[float, float]:
    reach = (symbol.r + 6 * page.unit) * 0.7071
    return symbol.x - reach, symbol.y - reach


def _badge_boxes(symbols: Mapping[str, Symbol], look: MapLook, page: Page) -> list[Box]:
    r = 8.5 * page.unit
    places = [_badge_at(symbols[i], page) for i in sorted(look.numbers) if i in symbols]
    return [Box(x - r, y - r, x + r, y + r) for x, y in places]


def _badges(symbols: Mapping[str, Symbol], look: MapLook, page: Page) -> str:
    """Numbers of actions. The links say them too, so they are hidden from screen readers here."""
    parts = [
        number_badge(look.numbers[key], *_badge_at(symbols[key], page), r=8 * page.unit)
        for key in sorted(look.numbers)
        if key in symbols
    ]
    return f'<g aria-hidden="true">{"".join(parts)}</g>' if parts else ""


def _labels(
    ground: Ground,
    areas: Sequence[Area],
    values: Mapping[str, Cell | None],
    symbols: Mapping[str, Symbol],
    how: tuple[MapLook, Page, list[Box], Drawn],
) -> dict[str, Label]:
    """Towns first, then shown areas by size, then the rest.

    The narrow picture names only areas with a number, and leaves the number to the table beside the map.
    """
    look, page, fixed, art = how
    if not look.labels:
        return {}
    wide = page.full
    wanted: list[tuple[tuple[int, float, str], Symbol]] = []
    for area in areas:
        cell = values.get(area.id)
        town = town_name(area, ground.municipalities)
        base = symbols[area.id]
        lines: list[Line] = []
        if wide or isinstance(cell, Shown):
            size = (12.5 if page.unit == 1 else 11.5) * page.unit
            lines.append(Line(town or area.name, size, bold=town is not None))
            if wide and isinstance(cell, Shown):
                lines.append(Line(cell_text(cell), size * 0.96))
        rank = (0 if town else 1 if isinstance(cell, Shown) else 2, -base.r, area.id)
        # A town is never left out to make room for other names.
        wanted.append((rank, Symbol(base.id, base.x, base.y, base.r, tuple(lines), 20 if town else 1)))
    edge = 3 * page.unit
    frame = Box(edge, edge, MAP_WIDTH - edge, page.projection.height - edge)
    order = [symbol for _, symbol in sorted(wanted, key=lambda pair: pair[0])]
    few = len(areas) <= _MANY
    avoid = art.shore if few else ()
    # On a phone a long leader line says more than the name at its end.
    reach = 52.0 if wide else 24.0
    return place_labels(order, Room(frame, fixed, avoid, page.unit, few or wide, 6 if few else 1, reach))


def _area(
    area: Area,
    cell: Cell | None,
    parts: tuple[Symbol, Label | None, str],
    how: tuple[MapLook, Page, Drawn],
) -> str:
    """A link with the area's surface, its symbol, its label and its name."""
    (symbol, label, said), (look, page, art) = parts, how
    # With very many areas the narrow picture does without the surfaces: the circles are the targets.
    large = page.full or len(art.surfaces) <= _MANY
    surface = f'<path class="yta" d="{art.surfaces[area.id]}" fill="#fff" fill-opacity="0"/>' if large else ""
    body = surface + _sign(cell, symbol, page) + (_label(label, page) if label else "")
    name = escape(said)
    href = look.links.get(area.id)
    if href is None:
        return f'<g role="img" aria-label="{name}">{body}</g>'
    return f'<a href="{escape(href)}" aria-label="{name}">{body}</a>'


def _sign(cell: Cell | None, symbol: Symbol, page: Page) -> str:
    x, y = num(symbol.x), num(symbol.y)
    if isinstance(cell, Shown):
        ring = paint(fill="dataton", stroke="data", width=1.5 * page.unit)
        return (
            f'<circle cx="{x}" cy="{y}" r="{num(symbol.r)}"{ring} fill-opacity=".8"/>'
            f'<circle cx="{x}" cy="{y}" r="{num(1.3 * page.unit)}"{paint(fill="ink")}/>'
        )
    if isinstance(cell, Hidden):
        return f'<use href="#{page.id}-h" x="{x}" y="{y}"/>'
    return (
        f'<circle cx="{x}" cy="{y}" r="{num(symbol.r)}"'
        f"{paint(fill='land', stroke='linje2', width=page.unit)}/>"
    )


def _label(label: Label, page: Page) -> str:
    """The lines of a label with a halo of land around them, and its leader line if it has one."""
    parts: list[str] = []
    if label.leader is not None:
        x0, y0, x1, y1 = map(num, label.leader)
        parts.append(f'<path d="M{x0} {y0}L{x1} {y1}"{paint(stroke="ink2", width=page.unit)}/>')
    y = label.box.y0
    anchor = "" if label.align == "start" else f' text-anchor="{label.align}"'
    for index, line in enumerate(label.lines):
        y += line.size * LINE_HEIGHT
        look = paint(fill="ink" if index == 0 else "ink2", stroke="land", width=2.6 * page.unit)
        if index == 0:
            look = look.replace('class="', 'class="namn ', 1)
        bold = ' font-weight="700"' if line.bold else ""
        parts.append(
            f'<text x="{num(label.x)}" y="{num(y - line.size * 0.27)}" font-size="{num(line.size)}"'
            f'{look}{bold}{anchor} paint-order="stroke" stroke-linejoin="round">{escape(line.content)}</text>'
        )
    # Without a blank "Kivik" and "5–9" are one word to a program, and not what the link is called.
    return " ".join(parts)


def _tint(highlight: str | None, art: Drawn) -> str:
    if highlight is None or highlight not in art.surfaces:
        return ""
    look = paint(fill="hojd", stroke="trad", width=1.6)
    return f'<path d="{art.surfaces[highlight]}"{look} fill-opacity=".7"/>'


def _mark(page: Page) -> str:
    edge = num(6 * page.unit)
    return f'<g transform="translate({edge} {edge}) scale({page.unit:g})">{example_mark(0, 0)}</g>'


def hidden_symbol(page_id: str, unit: float) -> str:
    """The hatched circle, once per picture."""
    r = HIDDEN_RADIUS * (1.0 if unit == 1 else 0.8)
    return f'<g id="{page_id}-h"><g transform="scale({unit:g})">{hidden_shape(0, 0, r)}</g></g>'
