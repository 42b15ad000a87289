"""The series of each level, as the analysis reads them from what has been published. Nothing else goes in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from est_build.analyse.between import Between, add, of_cell
from est_build.analyse.between import rest as rest_of
from est_build.analyse.breaks import begins_after, break_days
from est_build.analyse.observed import Observed
from est_build.analyse.protocol import cell_of, hidden_high
from est_build.model.area import Area
from est_build.model.published import Published
from est_build.model.span import Span

LevelName = Literal[
    "kommun", "omrade", "kommun_grupp", "region", "region_grupp", "kommun_kategori", "omrade_grupp"
]
"""A level is named after its table; the region's are sums of what the municipalities have published."""
FORTNIGHT: Final[tuple[LevelName, ...]] = ("kommun", "omrade", "kommun_grupp", "region", "region_grupp")
QUARTER: Final[tuple[LevelName, ...]] = (*FORTNIGHT, "kommun_kategori", "omrade_grupp")
REGION: Final = "region"
"""Stands for the id of an area in the series of the region."""


@dataclass(frozen=True, slots=True, order=True)
class SeriesId:
    """Which series: a level, an area and a category (``None``: all reports)."""

    level: LevelName
    area: str
    category: str | None = None


def levels_of(span: Span) -> tuple[LevelName, ...]:
    """The levels that are judged for a fortnight or a quarter; none for a year."""
    return {"period": FORTNIGHT, "kvartal": QUARTER}.get(span.kind, ())


class Lines:
    """Reads the series of one kind of span (fortnights or quarters), each cell once."""

    def __init__(self, published: Published, kind: Literal["period", "kvartal"]) -> None:
        """Nothing is read before it is asked for."""
        calendar = published.calendar
        self._published = published
        self._spans = calendar.periods if kind == "period" else calendar.quarters
        self._index = {span.id: i for i, span in enumerate(self._spans)}
        self._read: dict[tuple[str, str | None], tuple[Observed | None, ...]] = {}
        self._sums: dict[tuple[tuple[str, ...], str | None], tuple[Observed | None, ...]] = {}
        self._breaks: dict[tuple[str, str | None], tuple[tuple[dt.date, int], ...]] = {}
        self._members: dict[str, tuple[Area, ...]] = {}
        self._towns = published.municipalities
        self._small = published.small_areas()

    def series(self, span: Span, level: LevelName) -> tuple[SeriesId, ...]:
        """Every series of a level with a cell in ``span``, in the order of the files; never by size."""
        published = self._published
        if level in ("region", "region_grupp"):
            categories = [None] if level == "region" else self._groups(span, self.members(span))
            return tuple(SeriesId(level, REGION, c) for c in categories if self.members(span))
        small = level.startswith("omrade")
        areas = self._small if small else self._towns
        found = []
        for area in areas:
            for category in self._categories(span, level, area):
                if cell_of(published, span, area, category) is not None:
                    found.append(SeriesId(level, area.id, category))
        return tuple(found)

    def members(self, span: Span) -> tuple[Area, ...]:
        """The municipalities whose figures the region's sum in ``span`` is made of."""
        if span.id not in self._members:
            collected = self._published.collected
            self._members[span.id] = tuple(a for a in self._towns if collected(span, a.municipality))
        return self._members[span.id]

    def now(self, series: SeriesId, span: Span) -> Observed | None:
        """The series in ``span``; ``None`` if nobody was asked."""
        return self._values(series, span)[self._index[span.id]]

    def history(self, series: SeriesId, span: Span) -> tuple[Observed | None, ...]:
        """Every span before ``span`` that it may be compared with, oldest first."""
        first = 0
        for area in self._areas(series, span):
            starts = self._starts(area, series.category)
            first = max([first, *(index for day, index in starts if day <= span.end)])
        return self._values(series, span)[first : self._index[span.id]]

    def rest(self, series: SeriesId, span: Span, where: Sequence[str]) -> tuple[Between, ...] | None:
        """The same kind of reports from the other areas, in each of the spans ``where``.

        For a small area: the rest of its municipality. For a municipality: the other municipalities. ``None``
        if there are none, or one of them is missing somewhere.
        """
        if series.area == REGION:
            return None
        published, area = self._published, self._published.area(series.area)
        if area.level == "omrade":
            whole = SeriesId("kommun", published.area(area.parent).id, series.category)
            return self._differences(whole, series, where)
        others = [a for a in self.members(span) if a.id != area.id]
        found = []
        for span_id in where:
            parts = [self._cells(a, series.category)[self._index[span_id]] for a in others]
            known = [p.count for p in parts if p is not None]
            if not others or len(known) != len(others):
                return None
            found.append(add(known))
        return tuple(found)

    def _differences(
        self, whole: SeriesId, part: SeriesId, where: Iterable[str]
    ) -> tuple[Between, ...] | None:
        found = []
        for span_id in where:
            at = self._index[span_id]
            pair = [self._cells(self._published.area(s.area), part.category)[at] for s in (whole, part)]
            if pair[0] is None or pair[1] is None:
                return None
            found.append(rest_of(pair[0].count, pair[1].count))
        return tuple(found)

    def _areas(self, series: SeriesId, span: Span) -> tuple[Area, ...]:
        return self.members(span) if series.area == REGION else (self._published.area(series.area),)

    def _values(self, series: SeriesId, span: Span) -> tuple[Observed | None, ...]:
        if series.area != REGION:
            return self._cells(self._published.area(series.area), series.category)
        members = self.members(span)
        key = (tuple(a.id for a in members), series.category)
        if key not in self._sums:
            parts = [self._cells(a, series.category) for a in members]
            self._sums[key] = tuple(_together(row) for row in zip(*parts, strict=True))
        return self._sums[key]

    def _cells(self, area: Area, category: str | None) -> tuple[Observed | None, ...]:
        key = (area.id, category)
        if key not in self._read:
            high = hidden_high(self._published, category)
            self._read[key] = tuple(self._observe(span, area, category, high) for span in self._spans)
        return self._read[key]

    def _observe(self, span: Span, area: Area, category: str | None, high: int) -> Observed | None:
        published = self._published
        people = published.participation(span, area.municipality)
        cell = cell_of(published, span, area, category)
        if people is None or people.invited == 0 or cell is None:
            return None
        answers = of_cell(people.answered, min(4, people.invited))
        answers = Between(
            min(answers.low, people.invited), min(answers.high, people.invited), answers.shown, answers.full
        )
        inside = published.calendar.periods_in(span)
        length = sum(published.collected(p, area.municipality) for p in inside)
        return Observed(span.id, of_cell(cell, high), answers, max(1, length))

    def _groups(self, span: Span, areas: Iterable[Area]) -> list[str]:
        """Groups that every one of the areas has a cell for."""
        every, published = list(areas), self._published
        groups = published.codes.groups(published.calendar.year(span))
        return [g.id for g in groups if all(cell_of(published, span, a, g.id) is not None for a in every)]

    def _categories(self, span: Span, level: LevelName, area: Area) -> list[str | None]:
        codes, year = self._published.codes, self._published.calendar.year(span)
        if level in ("kommun", "omrade"):
            return [None]
        if level == "kommun_kategori":
            return [leaf.id for g in codes.groups(year) for leaf in codes.leaves(g.id, year)]
        return list(self._groups(span, (area,)))

    def _starts(self, area: Area, category: str | None) -> tuple[tuple[dt.date, int], ...]:
        """Each break of a series, with the place of the first span that is counted in the new way."""
        key = (area.municipality, category)
        if key not in self._breaks:
            changes, codes = self._published.texts.changes, self._published.codes
            spans = self._spans
            self._breaks[key] = tuple(
                (day, next((i for i, span in enumerate(spans) if begins_after(span, day)), len(spans)))
                for day in break_days(changes, codes, *key)
            )
        return self._breaks[key]


def _together(row: Sequence[Observed | None]) -> Observed | None:
    """The sum of the municipalities in a span; ``None`` if one of them is missing."""
    known = [o for o in row if o is not None]
    if not known or len(known) != len(row):
        return None
    counts, answers = add(o.count for o in known), add(o.answers for o in known)
    return Observed(known[0].span, counts, answers, max(o.length for o in known))
