"""The calendar: fortnights are data, quarters and years are what the rows say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from est_build.load.csv_file import Checks, Row, letter
from est_build.load.span import Span
from est_build.problems import Place, Problem
from est_build.problems import catalogue as kinds
from est_build.schema.tables import CALENDAR_COLUMNS, CalendarRow

DAYS = 14


@dataclass(frozen=True, slots=True)
class Calendar:
    """All spans of the instance, each list in the order of time."""

    periods: tuple[Span, ...]
    quarters: tuple[Span, ...]
    years: tuple[Span, ...]
    quarter_of: dict[str, str]
    year_of: dict[str, int]

    @property
    def spans(self) -> tuple[Span, ...]:
        """Every span: the fortnights, then the quarters, then the years."""
        return (*self.periods, *self.quarters, *self.years)

    def span(self, span_id: str) -> Span | None:
        """A fortnight, quarter or year by id."""
        for span in self.spans:
            if span.id == span_id:
                return span
        return None

    def periods_in(self, span: Span) -> tuple[Span, ...]:
        """The fortnights of a quarter or a year (the fortnight itself for a fortnight)."""
        if span.kind == "period":
            return (span,)
        if span.kind == "kvartal":
            return tuple(p for p in self.periods if self.quarter_of[p.id] == span.id)
        return tuple(p for p in self.periods if self.year_of[p.id] == int(span.id))

    def year(self, span: Span) -> int:
        """The year whose plan and thresholds hold for a span."""
        if span.kind == "period":
            return self.year_of[span.id]
        return int(span.id[:4])


def period_id(start: dt.date, end: dt.date) -> str:
    """Id by ISO weeks of the first and last day: ``2026-v45-46``, ``2026-v53-2027-v01``."""
    first, last = start.isocalendar(), end.isocalendar()
    if first.year == last.year:
        return f"{first.year}-v{first.week:02d}-{last.week:02d}"
    return f"{first.year}-v{first.week:02d}-{last.year}-v{last.week:02d}"


def build_calendar(rows: Sequence[Row[CalendarRow]]) -> Calendar:
    """Spans from checked rows."""
    values = [row.value for row in rows]
    periods = tuple(Span("period", r.period, r.start, r.slut, r.publiceras) for r in values)
    quarter_of = {r.period: r.kvartal for r in values}
    year_of = {r.period: r.ar for r in values}

    def merged(kind: str, key: str, ids: list[str]) -> Span:
        inside = [r for r in values if str(getattr(r, key)) in ids]
        return Span(
            kind,  # type: ignore[arg-type]
            ids[0],
            min(r.start for r in inside),
            max(r.slut for r in inside),
            max(r.publiceras for r in inside),
        )

    quarters = tuple(merged("kvartal", "kvartal", [q]) for q in dict.fromkeys(quarter_of.values()))
    years = tuple(merged("ar", "ar", [str(y)]) for y in dict.fromkeys(year_of.values()))
    return Calendar(periods, quarters, years, quarter_of, year_of)


CALENDAR_CHECKS = Checks(unique=("period",))


def calendar_problems(rows: Sequence[Row[CalendarRow]], name: str) -> list[Problem]:
    """Gaps, wrong lengths, names that do not fit their dates, quarters and years out of order."""
    problems: list[Problem] = []
    previous: CalendarRow | None = None
    for row in rows:
        value = row.value
        found = _date_problem(value, name, row.line)
        problems += [] if found is None else [found]
        # A wrong end is told where it stands, not once more as a gap before the next period.
        due = () if previous is None else (_after(previous.slut), _after(previous.start, DAYS))
        if previous is not None and value.start not in due:
            place = Place(name, row.line, letter="B")
            values = {"value": value.period, "previous": previous.period}
            problems.append(Problem(kinds.CALENDAR_GAP, place, values))
        for column, why in _order_faults(value, previous):
            place = Place(name, row.line, letter=letter(CALENDAR_COLUMNS.index(column)))
            problems.append(Problem(kinds.CALENDAR_ORDER, place, {"value": value.period, "why": why}))
        previous = value
    return problems


def _after(day: dt.date, days: int = 1) -> dt.date:
    return day + dt.timedelta(days=days)


def _date_problem(value: CalendarRow, name: str, line: int) -> Problem | None:
    days = (value.slut - value.start).days + 1
    if days != DAYS:
        values = {"value": value.period, "found": str(days)}
        return Problem(kinds.CALENDAR_LENGTH, Place(name, line, letter="C"), values)
    expected = period_id(value.start, value.slut)
    if value.start.isoweekday() == 1 and expected != value.period:
        values = {"value": value.period, "expected": expected}
        return Problem(kinds.CALENDAR_NAME, Place(name, line, letter="A"), values)
    return None


def _order_faults(value: CalendarRow, previous: CalendarRow | None) -> Iterator[tuple[str, str]]:
    """Column and fault. A quarter that comes back later would be cut in two."""
    if value.start.isoweekday() != 1:
        yield "start", "den börjar inte en måndag"
    if value.kvartal[:4] != str(value.ar):
        yield "kvartal", f"kvartalet {value.kvartal} hör inte till år {value.ar}"
    elif previous is not None and (value.ar, value.kvartal) < (previous.ar, previous.kvartal):
        yield "kvartal", f"den hör till {value.kvartal}, men perioden före hör till {previous.kvartal}"
    if value.publiceras <= value.slut:
        yield "publiceras", "den publiceras innan den är slut"
