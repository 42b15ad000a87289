"""The year wheel: twelve months, and which of them each recurring pattern names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from markupsafe import Markup, escape

from est_build.figures.axis import MONTH_SHORT
from est_build.figures.icons import status_icon
from est_build.model.span import MONTHS

_MONTH: Final = re.compile(rf"\b({'|'.join(MONTHS)})\b", re.IGNORECASE)
_RANGE: Final = re.compile(
    rf"\bfrån (?:\w+ av )?({'|'.join(MONTHS)}) till ({'|'.join(MONTHS)})\b", re.IGNORECASE
)
_FROM: Final = re.compile(rf"\bfrån (?:\w+ av )?({'|'.join(MONTHS)})\b(?! till)", re.IGNORECASE)


def months_named(line: str) -> tuple[int, ...]:
    """Months (1–12) that a line names. ``från oktober`` goes on to the end of the year."""
    found = {_number(m[1]) for m in _MONTH.finditer(line)}
    for match in _RANGE.finditer(line):
        month, last = _number(match[1]), _number(match[2])
        while month != last:
            found.add(month)
            month = month % 12 + 1
    for match in _FROM.finditer(line):
        found |= set(range(_number(match[1]), 13))
    return tuple(sorted(found))


def _number(name: str) -> int:
    return MONTHS.index(name.casefold()) + 1


def year_wheel(lines: Sequence[str]) -> Markup:
    """A table of twelve months with a knot in those that a pattern names; ``""`` if no line names any."""
    rows = [(line, set(months_named(line))) for line in lines]
    if not any(months for _, months in rows):
        return Markup("")
    heads = "".join(
        f'<th scope="col"><abbr title="{MONTHS[i]}">{escape(MONTH_SHORT[i][:3])}</abbr></th>'
        for i in range(12)
    )
    body = []
    for line, months in rows:
        cells = "".join(_cell(index + 1 in months, MONTHS[index]) for index in range(12))
        body.append(f'<tr><th scope="row">{escape(line)}</th>{cells}</tr>')
    return Markup(
        '<table class="arshjul"><caption>Årshjul: månader som mönstren gäller</caption>'
        f'<thead><tr><th scope="col">Mönster</th>{heads}</tr></thead><tbody>{"".join(body)}</tbody></table>'
    )


def _cell(named: bool, month: str) -> str:
    if not named:
        return '<td class="arshjul__nej"><span class="dold">–</span></td>'
    return f'<td class="arshjul__ja">{status_icon("klar")}<span class="dold">{escape(month)}</span></td>'
