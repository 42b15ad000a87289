"""Need and influence: a table of nine squares that says where to begin. It sorts issues, never places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from markupsafe import Markup, escape

NEED: Final = {3: "Stort behov", 2: "Medelstort behov", 1: "Litet behov"}
INFLUENCE: Final = {1: "Kan påverka lite", 2: "Kan påverka en del", 3: "Kan påverka mycket"}
BEGIN = "Börja här"


def need_matrix(caption: str, issues: Mapping[tuple[int, int], Sequence[Markup]]) -> Markup:
    """The table.

    Args:
        caption: what it holds, and when.
        issues: (need, influence), each 1-3 -> links to the issues in that square.
    """
    heads = "".join(f'<th scope="col">{words}</th>' for words in INFLUENCE.values())
    rows = []
    for need, name in NEED.items():
        cells = []
        for influence, label in INFLUENCE.items():
            found = issues.get((need, influence), ())
            first = need == influence == max(NEED)
            css = ' class="matris__forst"' if first else ""
            begin = f'<p class="matris__ord">{BEGIN}</p>' if first else ""
            body = "".join(f"<li>{escape(link)}</li>" for link in found)
            shown = f"<ul>{body}</ul>" if body else "–"
            cells.append(f'<td{css} data-label="{label}"><div>{begin}{shown}</div></td>')
        rows.append(f'<tr><th scope="row">{name}</th>{"".join(cells)}</tr>')
    return Markup(
        f'<table class="tabell tabell--vik matris"><caption class="dold">{escape(caption)}</caption>'
        f'<thead><tr><th scope="col">Behov</th>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
    )
