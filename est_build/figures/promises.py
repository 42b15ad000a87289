"""Promises as readers meet them: kept, late and dropped, each in the same form and at the same size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from est_build.analyse.promises import Outcome, Tally
from est_build.figures.icons import status_icon
from est_build.figures.phrases import OUTCOMES
from est_build.figures.text import number

KNOTS: Final[dict[Outcome, str]] = {
    "hallet": "klar",
    "sent": "forsenad",
    "struket": "avbruten",
    "ej_an": "planerad",
}
_HEADS: Final[tuple[tuple[Outcome, str, str], ...]] = (
    ("hallet", "hölls i tid", "hölls i tid"),
    ("sent", "blev sent", "blev sena"),
    ("struket", "ströks", "ströks"),
)


@dataclass(frozen=True, slots=True)
class Told:
    """A promise in a list: what was promised, where it is told, and how it went in a sentence."""

    outcome: Outcome
    text: str
    href: str | None
    sentence: str
    who: str = ""


def promise_mark(how: Outcome) -> Markup:
    """Sign and word of how a promise went."""
    return Markup('<span class="status">{}<b>{}</b></span>').format(status_icon(KNOTS[how]), OUTCOMES[how])


def promise_dots(found: Tally) -> Markup:
    """A knot for each promise, in as many rows as it takes. The words belong beside it."""
    counts = ((found.kept, "hallet"), (found.late, "sent"), (found.dropped, "struket"))
    icons = [status_icon(KNOTS[how], 20) for count, how in counts for _ in range(count)]  # type: ignore[index]
    return Markup('<p class="loften" aria-hidden="true">{}</p>').format(Markup(" ").join(icons))


def promise_columns(found: Tally, rows: Sequence[Told], level: int = 3) -> Markup:
    """Three columns: those kept, those late and those dropped, with every promise named in all three."""
    counts = {"hallet": found.kept, "sent": found.late, "struket": found.dropped}
    columns = []
    for how, one, many in _HEADS:
        count = counts[how]
        words = one if count == 1 else many
        columns.append(
            f'<div class="loftesspalt"><h{level}><b class="stortal">{number(count)}</b> {words}</h{level}>'
            f"{promise_list(row for row in rows if row.outcome == how)}</div>"
        )
    return Markup(f'<div class="tre">{"".join(columns)}</div>')


def promise_list(rows: Iterable[Told]) -> Markup:
    """Promises one under the other, each with its sign, its words and how it went."""
    items = []
    for row in rows:
        name = f'<a href="{escape(row.href)}">{escape(row.text)}</a>' if row.href else escape(row.text)
        who = f' <span class="svag">{escape(row.who)}.</span>' if row.who else ""
        items.append(
            f"<li>{status_icon(KNOTS[row.outcome])}<div><p>{name}</p>"
            f'<p class="liten">{escape(row.sentence)}{who}</p></div></li>'
        )
    return Markup(f'<ul class="loftesrader">{"".join(items)}</ul>') if items else Markup("")
