"""What maps have in common: sea with calm lines, land, names of waters, scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import escape

from est_build.figures.boxes import Box
from est_build.figures.ground import Drawn
from est_build.figures.measure import text_width
from est_build.figures.projection import Projection, scale_bar
from est_build.figures.svg import SERIF, num, paint, text

_LINES = ((16.0, 0.8), (9.5, 0.9), (4.0, 1.0))
"""Distance from the shore and width of the lines in the sea, the outermost first."""


@dataclass(frozen=True, slots=True)
class Page:
    """A picture of a map: the start of its ids, units per pixel, projection, whether all is written out."""

    id: str
    unit: float
    projection: Projection
    full: bool = True


def land(art: Drawn, page: Page) -> str:
    """Sea, lines along the shore, neighbouring land, municipalities, borders of small areas."""
    unit = page.unit
    width, height = num(page.projection.width), num(page.projection.height)
    hair = (0.9 if unit == 1 else 0.7) * unit
    around, inner = f'<use href="#{page.id}-o"', f'<use href="#{page.id}-l"'
    lines = "".join(
        f"<g{paint(fill='none', stroke=token, width=(2 * d + sign * w) * unit)}>{around}/>{inner}/></g>"
        for d, w in _LINES
        for token, sign in (("havlinje", 1), ("hav", -1))
    )
    return (
        f'<defs><path id="{page.id}-o" d="{art.around}" stroke-linejoin="round"/>'
        f'<path id="{page.id}-l" d="{art.land}" stroke-linejoin="round"/></defs>'
        f'<rect width="{width}" height="{height}"{paint(fill="hav")}/>{lines}'
        f"{around}{paint(fill='grannland', stroke='cell', width=0.9 * unit)}/>"
        f"{inner}{paint(fill='land')}/>"
        f'<path d="{art.hairlines}"{paint(fill="none", stroke="cell", width=hair)}'
        f' stroke-dasharray="{num(2.6 * unit)} {num(1.8 * unit)}"/>'
        f"{inner}{paint(fill='none', stroke='grans', width=1.3 * unit)}/>"
    )


def water_names(
    waters: Sequence[tuple[str, float, float]],
    page: Page,
    taken: Sequence[Box],
    shore: Sequence[tuple[float, float]],
) -> tuple[str, list[Box]]:
    """Names of seas in italics and the boxes that they take.

    A name is moved inside the page, and left out where it would touch land or something in ``taken``.
    """
    size = 14.5 * page.unit if page.unit == 1 else 11.5 * page.unit
    parts: list[str] = []
    boxes: list[Box] = []
    look = paint(fill="ink2") + f' font-family="{escape(SERIF)}" font-style="italic" text-anchor="middle"'
    for name, longitude, latitude in waters:
        x, y = page.projection.point(longitude, latitude)
        half = text_width(name, size) / 2
        edge = half + 5 * page.unit
        if not (0 <= x <= page.projection.width and 0 <= y <= page.projection.height):
            continue
        x = min(max(x, edge), page.projection.width - edge)
        y = min(max(y, size * 1.3), page.projection.height - size * 0.6)
        box = Box(x - half, y - size, x + half, y + size * 0.3)
        on_land = any(box.x0 < sx < box.x1 and box.y0 < sy < box.y1 for sx, sy in shore)
        if on_land or any(box.meets(other) for other in taken):
            continue
        parts.append(text(x, y, name, size=size, attrs=look))
        boxes.append(box)
    return "".join(parts), boxes


def corner_box(page: Page) -> Box:
    """The room of the mark of the example, at the top left."""
    return Box(0, 0, 68 * page.unit, 25 * page.unit)


def scale_parts(page: Page, symbols: Sequence[tuple[float, float, float]]) -> tuple[str, Box]:
    """A scale bar in a lower corner: the left one, unless a symbol stands there and not at the right."""
    unit, p = page.unit, page.projection
    km, length = scale_bar(p, 110 * unit if unit == 1 else 70 * unit)
    words = f"{km} km"
    size = 11 * unit
    whole = length + 6 * unit + text_width(words, size)
    y = p.height - 9 * unit
    boxes = [Box(x, y - 12 * unit, x + whole, y + 5 * unit) for x in (8 * unit, p.width - whole - 8 * unit)]
    crowded = [any(box.meets_circle(*symbol) for symbol in symbols) for box in boxes]
    box = boxes[1] if crowded[0] and not crowded[1] else boxes[0]
    x = box.x0
    halo = paint(fill="ink2", stroke="hav", width=2.5 * unit) + ' paint-order="stroke"'
    return (
        f'<g aria-hidden="true"><path d="M{num(x)} {num(y - 4 * unit)}v{num(4 * unit)}'
        f'h{num(length)}v{num(-4 * unit)}"'
        f"{paint(fill='none', stroke='ink2', width=1.2 * unit)}/>"
        + text(x + length + 5 * unit, y + 2 * unit, words, size=size, attrs=halo)
        + "</g>",
        box,
    )
