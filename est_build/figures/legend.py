"""How to read a figure, in words beside the symbols that it uses."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from est_build.figures.icons import hidden_mark, number_badge
from est_build.figures.measure import text_width
from est_build.figures.svg import hatch_box, num, paint, text
from est_build.figures.symbol_map import SymbolScale
from est_build.figures.text import cell_text, number
from est_build.model.cell import Cell, Shown

READ_THE_MAP = "En stor cirkel betyder många rapporter, inte en farlig plats."


def map_legend(scale: SymbolScale, cells: Sequence[Cell | None], *, actions: bool = False) -> Markup:
    """Circles of three sizes with their intervals, the hatched circle, and what a circle does not say.

    Args:
        scale: the scale of the map.
        cells: the cells of the map: the legend shows the smallest, a middle and the largest.
        actions: True explains the ochre numbers too.
    """
    items = []
    shown = _three(cells)
    if shown:
        items.append(f"<li>{_nested(scale, shown)}<span>Rapporter</span></li>")
    if any(cell is not None and not isinstance(cell, Shown) for cell in cells):
        items.append(f"<li>{hidden_mark()}<span>Visas inte: under visningsgränsen, kan vara noll</span></li>")
    if actions:
        badge = number_badge(1, 9, 9)
        items.append(
            '<li><svg class="ikon" width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">'
            f"{badge}</svg><span>Åtgärd</span></li>"
        )
    return Markup(f'<ul class="forklaring">{"".join(items)}</ul><p class="liten svag">{READ_THE_MAP}</p>')


def _three(cells: Sequence[Cell | None]) -> list[Shown]:
    shown = sorted({c for c in cells if isinstance(c, Shown)}, key=lambda c: (c.low, c.high))
    if len(shown) < 4:
        return shown
    goal = (shown[0].low + shown[-1].high) / 2.6
    middle = min(shown[1:-1], key=lambda c: abs((c.low + c.high) / 2 - goal))
    return [shown[0], middle, shown[-1]]


def _nested(scale: SymbolScale, cells: Sequence[Shown]) -> str:
    """Circles standing on one line inside each other, each with a line to its interval."""
    radii = [scale.radius(cell) for cell in cells]
    most = radii[-1]
    row = 15.0
    height = max(2 * most, row * len(cells)) + 4
    base, cx = height - 2, most + 2
    parts: list[str] = []
    words: list[str] = []
    for index in range(len(cells) - 1, -1, -1):
        r = radii[index]
        parts.append(
            f'<circle cx="{num(cx)}" cy="{num(base - r)}" r="{num(r)}"'
            f'{paint(fill="dataton", stroke="data", width=1.4)} fill-opacity=".8"/>'
        )
        y = base - 5 - row * index
        words.append(
            f'<path d="M{num(cx)} {num(base - 2 * r)}L{num(2 * most + 14)} {num(y)}h6"'
            f"{paint(fill='none', stroke='ink2', width=0.9)}/>"
        )
        words.append(text(2 * most + 24, y + 4, cell_text(cells[index]), size=12.5, attrs=paint(fill="ink2")))
    width = 2 * most + 26 + max(text_width(cell_text(cell), 12.5) for cell in cells)
    said = ", ".join(cell_text(cell) for cell in cells)
    w, h = num(width), num(height)
    return (
        f'<svg class="ikon" width="{w}" height="{h}" viewBox="0 0 {w} {h}" '
        f'role="img" aria-label="Cirklar för {escape(said)}">{"".join(parts)}{"".join(words)}</svg>'
    )


def trend_legend(
    *, invited: int | None = None, actions: bool = False, hidden: bool = True, usual: bool = False
) -> Markup:
    """How to read the blocks.

    Args:
        invited: how many are asked now, if participation is drawn.
        actions: True explains the posts.
        hidden: True explains the hatched feet.
        usual: True explains the usual range and the sign outside it.
    """
    block = f'<rect x="4" y="4" width="16" height="8"{paint(fill="tidigare")}/>'
    rows = [(block, "En kloss är en period. Klossen är lika hög som steget som visas.")]
    if hidden:
        foot = f'<path d="{hatch_box(4, 6, 16, 7)}M2 14h20"{paint(stroke="linje2", width=1)}/>'
        rows.append((foot, "Visas inte: under visningsgränsen, kan vara noll"))
    if invited is not None:
        bars = f'<path d="M4 14V4h6v10zM13 14V6h6v8z"{paint(fill="linje2")}/>'
        rows.append((bars, f"Så många svarade, av {number(invited)}"))
    if usual:
        field = f'<rect x="2" y="3" width="20" height="11"{paint(fill="bandlinje")} fill-opacity=".2"/>'
        edge = f'<path d="M2 3h20"{paint(stroke="bandlinje", width=1.2)}/>'
        rows.append((field + edge, "Vanligt spann. Streckad kant: preliminärt"))
        sign = f'<path d="M8 12h8l-4 -7z"{paint(fill="fler")}/>'
        rows.append((sign, "Fler än vanligt"))
    if actions:
        rows.append((number_badge(1, 12, 8, 7), "Åtgärd startar"))
    items = "".join(
        '<li><svg class="ikon" width="24" height="16" viewBox="0 0 24 16" aria-hidden="true">'
        f"{shape}</svg><span>{escape(words)}</span></li>"
        for shape, words in rows
    )
    return Markup(f'<ul class="forklaring forklaring--lodrat">{items}</ul>')
