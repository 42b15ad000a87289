"""The rows of every published table, from published values only, in a fixed order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from est_build.model.cell import Cell, Shown
from est_build.model.published import Published
from est_build.model.series import Participation
from est_build.model.span import Span
from est_build.publish.proofs import confirmed_rows
from est_build.schema.opendata.column import Value
from est_build.schema.opendata.tables import HIDDEN, NOT_ASKED

Row = tuple[Value, ...]
Mark = Literal["ja", "nej"]


def releases(published: Published) -> Iterator[tuple[Span, str]]:
    """(span, municipality code) of all that is published: fortnights, then quarters, then years."""
    for span in (*published.periods, *published.quarters, *published.years):
        for municipality in published.site.kommuner:
            if (span.id, municipality.kod) in published.figures:
                yield span, municipality.kod


def mark(published: Published) -> Mark:
    """``ja`` if the figures are invented."""
    return "ja" if published.site.exempeldata else "nej"


def report_rows(published: Published, span: Span, code: str) -> list[Row]:
    """The reports of one release."""
    figures, example = published.figures[span.id, code], mark(published)
    head = (*_span(span), code)
    why = hidden_as(published.participation(span, code))
    return [
        (*head, *key, cell.low, cell.high, example, None)
        if isinstance(cell, Shown)
        else (*head, *key, None, None, example, why)
        for key, cell in figures.cells.items()
    ]


def people_rows(published: Published, span: Span, code: str) -> list[Row]:
    """Who was asked in one release, and how many answered."""
    example = mark(published)
    return [
        (*_span(span), code, sector, row.invited, *_ends(row.answered), example, _why(row))
        for sector, row in published.figures[span.id, code].participation.items()
    ]


def hidden_as(people: Participation | None) -> str:
    """What an empty cell says: that nobody was asked (which everybody knows), or nothing at all (R4)."""
    return NOT_ASKED if people is not None and people.invited == 0 else HIDDEN


def _why(row: Participation) -> str | None:
    return None if isinstance(row.answered, Shown) else hidden_as(row)


def _span(span: Span) -> tuple[str, str, str, str]:
    return span.kind, span.id, span.start.isoformat(), span.end.isoformat()


def _ends(cell: Cell) -> tuple[int | None, int | None]:
    return (cell.low, cell.high) if isinstance(cell, Shown) else (None, None)


def assessment_rows(published: Published) -> Mapping[str, list[Row]]:
    """The assessments of each fortnight that has any."""
    example = mark(published)
    return {
        span.id: [
            (*_span(span)[1:], row.omrade, row.niva, row.text, example)
            for row in published.texts.assessments[span.id]
        ]
        for span in published.periods
        if published.texts.assessments.get(span.id)
    }


def other_rows(published: Published, data: Path) -> Mapping[str, list[Row]]:
    """Rows of the tables that no release owns, by table. ``data`` is read for confirmed boxes only."""
    example = mark(published)
    return {
        "atgarder": list(_actions(published)),
        "atgardshistorik": list(_history(published)),
        "uppfoljningar": list(_follow_ups(published)),
        "omraden": [
            (a.id, a.name, a.municipality, a.level, a.parent or None, a.population, example, a.merged_into)
            for a in published.areas
        ],
        "kodlistor": [
            (name, code.id, code.forald, code.sv, code.en, example)
            for name, codes in published.codes.lists.items()
            for code in codes.values()
        ],
        "kalender": list(_calendar(published)),
        "bekraftade-rutor": [(*row, example) for row in confirmed_rows(published, data)],
    }


def _actions(published: Published) -> Iterator[Row]:
    for action in published.texts.actions.values():
        last = action.uppfoljningar[-1] if action.uppfoljningar else None
        yield (
            action.id,
            action.titel,
            action.omraden,
            action.fragor,
            action.horisont,
            action.typ,
            action.ansvarig,
            action.beslutad.isoformat(),
            action.klar_senast.isoformat(),
            _day(action.klar),
            action.status,
            last.datum.isoformat() if last else None,
            last.effekt if last else None,
            mark(published),
        )


def _history(published: Published) -> Iterator[Row]:
    for action in published.texts.actions.values():
        for number, event in enumerate(action.historik, 1):
            yield (
                action.id,
                number,
                event.datum.isoformat(),
                event.status,
                event.text,
                _day(event.ny_klar_senast),
                mark(published),
            )


def _follow_ups(published: Published) -> Iterator[Row]:
    for action in published.texts.actions.values():
        for number, row in enumerate(action.uppfoljningar, 1):
            yield (
                action.id,
                number,
                row.datum.isoformat(),
                row.genomforande,
                row.effekt,
                row.hur,
                row.slutsats,
                row.nasta,
                row.bieffekter,
                row.lardom,
                mark(published),
            )


def _calendar(published: Published) -> Iterator[Row]:
    calendar = published.calendar
    for p in calendar.periods:
        quarter, year = calendar.quarter_of[p.id], calendar.year_of[p.id]
        yield (*_span(p)[1:], quarter, year, p.publishes.isoformat(), mark(published))


def _day(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None
