"""Many threads at once: a row for each issue, a knot for each station, and the word under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from est_build.figures.icons import DONE, knot, solid_between
from est_build.figures.table import data_table

COLUMNS: Final = ("Rapporter", "Prioritet", "Orsaker", "Åtgärder", "Följs upp")


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """An issue and where its thread stands: five pairs of knot and words."""

    title: Markup
    stations: tuple[tuple[str, str], ...]

    @property
    def whole(self) -> bool:
        """True when no station is left."""
        return all(state in DONE for state, _ in self.stations)

    @property
    def loose(self) -> bool:
        """True when something is missing that should have been there."""
        return any(state == "saknas" for state, _ in self.stations)


def thread_table(caption: str, rows: Sequence[ThreadRow], first: str = "Fråga vi följer") -> Markup:
    """The table. The line between two knots is whole when the first is done."""
    body = []
    for row in rows:
        cells = []
        for index, (state, words) in enumerate(row.stations):
            ahead = row.stations[index + 1][0] if index + 1 < len(row.stations) else None
            css = "station"
            if ahead is not None and not solid_between(state, ahead):
                css += " station--bruten"
            icon = (
                '<svg class="knut" width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">'
                f"{knot(state, 10, 10, 8)}</svg>"
            )
            cells.append(Markup(f'<span class="{css}">{icon}<span>{escape(words)}</span></span>'))
        body.append([row.title, *cells])
    return data_table(caption, [first, *COLUMNS], body, hide_caption=True, css="tradtabell")
