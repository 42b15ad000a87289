"""Checksums of what has been published, for those who remember what they have made of it."""

from __future__ import annotations

from est_build.load.memo import digest
from est_build.model.cell import Cell, Shown
from est_build.model.published import Figures, Published
from est_build.model.span import Span


class Prints:
    """Checksums of the figures and of what they are read by. No text and no action is in them.

    ``frame`` is that of all but the figures: settings, thresholds, codes, calendar, land, changes of method.
    """

    def __init__(self, published: Published) -> None:
        self.frame = digest(
            *map(
                repr,
                (
                    published.site,
                    published.protection,
                    published.codes,
                    published.calendar,
                    published.areas,
                    published.background,
                    published.waters,
                    published.texts.changes,
                ),
            )
        )
        calendar = published.calendar
        self._ends = {span.id: span.end for span in calendar.spans}
        self._releases = {
            (span, town): digest(span, town, _text(figures))
            for (span, town), figures in sorted(published.figures.items(), key=lambda item: item[0])
        }
        self._upto: dict[str, str] = {}

    def upto(self, span: Span) -> str:
        """Of all figures until the end of ``span``: what a closed period is made of stays as it is."""
        if span.id not in self._upto:
            known = (p for (s, _), p in self._releases.items() if self._ends[s] <= span.end)
            self._upto[span.id] = digest(self.frame, *known)
        return self._upto[span.id]


def _text(figures: Figures) -> str:
    cells = (f"{'/'.join(key)}={_ends(cell)}" for key, cell in figures.cells.items())
    people = (f"{s}={p.invited},{_ends(p.answered)}" for s, p in figures.participation.items())
    return "\n".join((*cells, "", *people))


def _ends(cell: Cell) -> str:
    return f"{cell.low}-{cell.high}" if isinstance(cell, Shown) else ""
