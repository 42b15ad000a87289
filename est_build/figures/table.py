"""Real tables: a caption, scopes, and a label on every cell, so that narrow screens can fold them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup, escape

from est_build.figures.svg import unbroken

Content = Markup | str | int
"""What a cell may hold. Text is escaped, markup is kept."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading and how its cells are set (``tal`` = numbers, to the right)."""

    label: str
    kind: Literal["text", "tal"] = "text"


def data_table(
    caption: Markup | str,
    columns: Sequence[Column | str],
    rows: Sequence[Sequence[Content]],
    *,
    hide_caption: bool = False,
    fold: bool | None = None,
    css: str = "",
) -> Markup:
    """A table whose first column names the rows.

    Args:
        caption: says what the table holds; always there, hidden from sight if ``hide_caption``.
        columns: headings; a plain string is a text column.
        rows: as many cells as there are columns.
        fold: True lets rows fold into labelled lines on a narrow screen; None folds more than
            three columns, and three of which more than the first hold words.
        css: further classes.

    Raises:
        ValueError: if a row is too long or too short, or a heading is empty.
    """
    heads = [Column(c) if isinstance(c, str) else c for c in columns]
    if any(not head.label.strip() for head in heads):
        raise ValueError(f"empty heading in the table {caption!r}")
    names = ["tabell"]
    wordy = len(heads) == 3 and any(head.kind == "text" for head in heads[1:])
    if fold if fold is not None else len(heads) > 3 or wordy:
        names.append("tabell--vik")
    if css:
        names.append(css)
    hidden = ' class="dold"' if hide_caption else ""
    body = "".join(_row(caption, heads, row) for row in rows)
    head = "".join(f'<th scope="col"{_kind(column)}>{escape(column.label)}</th>' for column in heads)
    return Markup(
        f'<table class="{escape(" ".join(names))}"><caption{hidden}>{unbroken(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _kind(column: Column) -> str:
    return ' class="tal"' if column.kind == "tal" else ""


def _row(caption: str, heads: Sequence[Column], row: Sequence[Content]) -> str:
    if len(row) != len(heads):
        raise ValueError(f"{len(row)} cells in a row of {len(heads)} columns: {caption!r}")
    cells = [f'<th scope="row"{_kind(heads[0])}>{escape(row[0])}</th>']
    cells += [
        f'<td{_kind(head)} data-label="{escape(head.label)}">{escape(content)}</td>'
        for head, content in zip(heads[1:], row[1:], strict=True)
    ]
    return f"<tr>{''.join(cells)}</tr>"
