"""The same weeks this year and last year, side by side: what the season does, without a verdict."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from est_build.figures.table import Column, Content, data_table
from est_build.figures.text import capital, point_text
from est_build.figures.trend import span_words
from est_build.model.series import Point
from est_build.model.span import Span


def season_table(
    head: str, now: Span, then: Span, rows: Sequence[tuple[Markup | str, Point, Point]], *, caption: str
) -> Markup:
    """A row for each area or category: its reports in ``now`` and in the same weeks the year before.

    Args:
        head: what the rows are: ``Kommun``.
        now: the fortnight that is told of.
        then: the same weeks a year earlier.
        rows: name, point now, point then. Nothing is taken from one another: both are intervals.
        caption: what the table holds.
    """
    body: list[list[Content]] = [[name, point_text(a), point_text(b)] for name, a, b in rows]
    columns: list[Column | str] = [head, Column(capital(span_words(now)), "tal"),
                                   Column(capital(span_words(then)), "tal")]  # fmt: skip
    return data_table(caption, columns, body, fold=True, css="tabell--smal")
