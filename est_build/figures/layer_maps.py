"""Two still maps beside the one of reports: how many answered, and where something is being done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from est_build.figures.boxes import Box
from est_build.figures.ground import MAP_WIDTH, Ground, drawn
from est_build.figures.icons import number_badge
from est_build.figures.labels import LINE_HEIGHT, Label, Line, Room, Symbol, place_labels
from est_build.figures.map_parts import Page, corner_box, land, scale_parts
from est_build.figures.svg import example_mark, ident, num, opening, paint, text
from est_build.figures.symbol_map import town_name
from est_build.figures.text import participation_count, participation_words, tenths
from est_build.model.area import Area
from est_build.model.cell import Shown
from est_build.model.series import Participation

_UNITS: Final = {"b": 1.45, "s": 2.22}
"""Units per pixel: these maps are 440 pixels wide on a page, 288 on a phone."""
_MOST: Final = 40
"""With more municipalities than this, dots on a map can be read by nobody: the table says it."""
_STEP: Final = 10.0


@dataclass(frozen=True, slots=True)
class PlacedAction:
    """An action on the map: number, title and address, and the areas where it goes on."""

    number: int
    title: str
    href: str
    areas: tuple[str, ...]


def participation_map(
    ground: Ground,
    values: Mapping[str, Participation | None],
    *,
    key: str,
    words: tuple[str, str],
    example: bool,
) -> Markup:
    """Ten dots for each municipality: how many of ten answered.

    Args:
        ground: the land, the same object for all maps.
        values: by the id of the municipality.
        key: unique on the page.
        words: title and description.
        example: marks the figures as invented.
    """
    if len(ground.municipalities) > _MOST:
        return Markup("")

    def body(page: Page) -> str:
        return "".join(_answers(town, values.get(town.id), page) for town in ground.municipalities)

    return _both(ground, key, words, example, body)


def action_map(
    ground: Ground, actions: Sequence[PlacedAction], *, key: str, words: tuple[str, str], example: bool
) -> Markup:
    """A numbered post for every action; each is a link.

    Args:
        ground: the land, the same object for all maps.
        actions: in the order of their numbers.
        key: unique on the page.
        words: title and description.
        example: marks the map as an example.
    """

    def body(page: Page) -> str:
        return _actions(ground, actions, page, example)

    return _both(ground, key, words, example, body)


def _both(
    ground: Ground, key: str, words: tuple[str, str], example: bool, body: Callable[[Page], str]
) -> Markup:
    pictures = []
    art = drawn(ground)
    for name, unit in _UNITS.items():
        page = Page(f"{ident(key)}-{name}", unit, art.projection)
        css = "bild bred-bild" if name == "b" else "bild smal-bild"
        named = f' role="group" aria-labelledby="{page.id}-t" aria-describedby="{page.id}-d"'
        edge = num(6 * unit)
        mark = f'<g transform="translate({edge} {edge}) scale({unit:g})">{example_mark(0, 0)}</g>'
        bar, _ = scale_parts(page, [])
        pictures.append(
            opening(css, MAP_WIDTH, art.projection.height, named)
            + f'<title id="{page.id}-t">{escape(words[0])}</title>'
            + f'<desc id="{page.id}-d">{escape(words[1])}</desc>'
            + f"{land(art, page)}{body(page)}{bar}{mark if example else ''}</svg>"
        )
    return Markup(f'<div class="karta">{"".join(pictures)}</div>')


def _answers(town: Area, value: Participation | None, page: Page) -> str:
    """Name, two rows of five dots, and the numbers under them."""
    x, y = page.projection.point(*town.label_point)
    unit = page.unit
    halo = paint(fill="ink", stroke="land", width=2.6 * unit) + ' text-anchor="middle" paint-order="stroke"'
    name = town.name.removesuffix(" kommun")
    parts = [text(x, y - 15 * unit, name, size=12 * unit, attrs=f'{halo} font-weight="700"')]
    count = participation_count(value) if value is not None else "ingen uppgift"
    if value is not None and value.invited and isinstance(value.answered, Shown):
        first, last = tenths(value.answered.low, value.answered.high, value.invited)
        parts.append(_dots(x, y - 6 * unit, first, last, unit))
        parts.append(text(x, y + 22 * unit, count, size=11 * unit, attrs=halo))
    else:
        parts.append(text(x, y, count, size=11 * unit, attrs=halo))
    said = f"{name}: {participation_words(value) if value is not None else 'ingen uppgift'}, {count}"
    return f'<g role="img" aria-label="{escape(said)}">{"".join(parts)}</g>'


def _dots(x: float, y: float, first: int, last: int, unit: float) -> str:
    parts = []
    for index in range(10):
        cx = x + (index % 5 - 2) * _STEP * unit
        cy = y + index // 5 * _STEP * unit
        r = 3.9 * unit
        if index < first:
            parts.append(f'<circle cx="{num(cx)}" cy="{num(cy)}" r="{num(r)}"{paint(fill="ink")}/>')
            continue
        ring = paint(fill="land", stroke="linje2", width=1.2 * unit)
        parts.append(f'<circle cx="{num(cx)}" cy="{num(cy)}" r="{num(r * 0.88)}"{ring}/>')
        if index < last:
            h, whole, ink = num(r * 0.88), num(r * 1.76), paint(fill="ink")
            parts.append(f'<path d="M{num(cx)} {num(cy - r * 0.88)}a{h} {h} 0 0 0 0 {whole}z"{ink}/>')
    return "".join(parts)


def _actions(ground: Ground, actions: Sequence[PlacedAction], page: Page, example: bool) -> str:
    """Posts at their areas, and the names of those areas."""
    unit, art = page.unit, drawn(ground)
    at: dict[str, list[PlacedAction]] = {}
    for action in actions:
        for key in action.areas:
            at.setdefault(key, []).append(action)
    areas = [a for a in ground.areas if a.id in at]
    _, bar = scale_parts(page, [])
    symbols = []
    for area in areas:
        x, y = art.points[area.id]
        town = town_name(area, ground.municipalities)
        line = Line(town or area.name, 11.5 * unit, bold=town is not None)
        symbols.append(Symbol(area.id, x, y, (4 + 8.5 * len(at[area.id])) * unit, (line,)))
    frame = Box(3 * unit, 3 * unit, MAP_WIDTH - 3 * unit, page.projection.height - 3 * unit)
    fixed = [bar, *([corner_box(page)] if example else [])]
    labels = place_labels(symbols, Room(frame, fixed, art.shore, unit))
    parts = [_name(labels[a.id], unit) for a in areas if a.id in labels]
    for action in actions:
        badges = []
        for key in action.areas:
            x, y = art.points[key]
            place = at[key].index(action)
            cx = x + (place - (len(at[key]) - 1) / 2) * 19 * unit
            badges.append(number_badge(action.number, cx, y, r=8.5 * unit))
        said = escape(f"{action.number}: {action.title}")
        parts.append(f'<a href="{escape(action.href)}" aria-label="{said}">{"".join(badges)}</a>')
    return "".join(parts)


def _name(label: Label, unit: float) -> str:
    line = label.lines[0]
    look = paint(fill="ink", stroke="land", width=2.6 * unit)
    bold = ' font-weight="700"' if line.bold else ""
    y = label.box.y0 + line.size * (LINE_HEIGHT - 0.27)
    anchor = f' text-anchor="{label.align}" paint-order="stroke"'
    return (
        f'<text x="{num(label.x)}" y="{num(y)}" font-size="{num(line.size)}"{look}{bold}{anchor} '
        f'aria-hidden="true">{escape(line.content)}</text>'
    )
