"""From words in an export to codes. Free text is dropped here and goes no further."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from est_build.load.frame import Frame
from est_build.load.span import Span
from est_build.prepare.codes import member_words
from est_build.prepare.export import EPOCH, Export
from est_build.prepare.folding import fold
from est_build.prepare.moment import moment
from est_build.prepare.settings import Settings
from est_build.prepare.shape import Cell, Row, shape
from est_build.prepare.tools import Manner, manner_of
from est_build.prepare.words import Words, build_words
from est_build.problems import Kind, Problem, ProblemsError, nearest
from est_build.problems import catalogue_steps as kinds
from est_build.schema.survey import Member


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to the survey, from one organisation."""

    id: str
    """Digest of the tool's id: enough to know the answer again, nothing to trace it by."""
    municipality: str
    organisation: str
    sector: str
    arrived: str


@dataclass(frozen=True, slots=True)
class Report:
    """One observation in an answer. ``area`` is ``""`` when only the municipality is known."""

    answer: str
    municipality: str
    area: str
    category: str
    environment: str
    time: str


@dataclass(frozen=True, slots=True)
class Coded:
    """The coded answers of one period, and what was left out."""

    answers: tuple[Answer, ...]
    reports: tuple[Report, ...]
    outside: int
    """Answers that arrived before or after the period."""
    drafts: int = 0
    """Answers that were never sent in."""
    contradicted: int = 0
    """Answers that say that there is nothing, and say something all the same."""
    elsewhere: int = 0
    """Rows of the period from municipalities that were not asked for."""


def answer_id(text: str) -> str:
    """A digest of the survey tool's id (which may be an e-mail address)."""
    return hashlib.blake2b(text.encode("utf-8"), digest_size=12).hexdigest()


def code_export(
    tables: Sequence[Export], settings: Settings, frame: Frame, span: Span, towns: Collection[str]
) -> Coded:
    """Code all answers from the municipalities ``towns`` that arrived in ``span``.

    Raises :class:`ProblemsError` with every cell that cannot be understood.
    """
    manner = manner_of(settings.survey)
    shaped = shape(tables, settings.survey, manner)
    words = build_words(frame, settings.survey, frame.calendar.year(span))
    coder = _Coder(settings, words, manner, (span, towns), tables[0].epoch)
    for row in shaped.rows:
        coder.row(row)
    problems = [*shaped.problems, *coder.problems]
    if problems:
        raise ProblemsError(problems)
    outside = len(coder.outside)
    left_out = (outside, shaped.drafts, shaped.contradicted, coder.elsewhere)
    return Coded(tuple(coder.answers.values()), tuple(coder.reports), *left_out)


class _Coder:
    """Codes row by row and gathers problems with row and column letter."""

    def __init__(
        self,
        settings: Settings,
        words: Words,
        manner: Manner,
        wanted: tuple[Span, Collection[str]],
        epoch: dt.datetime = EPOCH,
    ) -> None:
        self.settings, self.words, self.manner, self.epoch = settings, words, manner, epoch
        self.span, self.towns = wanted
        self.answers: dict[tuple[str, str], Answer] = {}
        self.reports: list[Report] = []
        self.outside: set[str] = set()
        self.elsewhere = 0
        self.problems: list[Problem] = []
        self._members: dict[str, list[Member]] = {}
        for word, member in member_words(settings.members):
            self._members.setdefault(word, []).append(member)
        self._invited = {
            (m.kommun, m.organisation) for t in self.towns for m in settings.active(self.span, t)
        }

    def row(self, row: Row) -> None:
        """One row of the export."""
        cells = row.cells
        for column in ("svar_id", "inskickat", "organisation"):
            if not cells[column].text:
                self._add(kinds.ROW_EMPTY_KEY, cells[column], column=column)
                return
        arrived = self._time(cells["inskickat"])
        if arrived is None:
            return
        if not self.span.start <= arrived.date() <= self.span.end:
            self.outside.add(cells["svar_id"].text)
            return
        member = self._member(cells)
        if member is None:
            return
        answer = Answer(
            answer_id(cells["svar_id"].text),
            member.kommun,
            member.organisation,
            member.sektor,
            arrived.isoformat(sep=" ", timespec="minutes"),
        )
        self._keep(answer, cells["svar_id"])
        self._reports(row, answer)

    def _keep(self, answer: Answer, cell: Cell) -> None:
        known = self.answers.setdefault((answer.id, answer.municipality), answer)
        if known.organisation != answer.organisation:
            # Times may differ: tools let an answer be added to, row by row.
            self._add(kinds.ANSWER_SPLIT, cell, value=cell.text)

    def _time(self, cell: Cell) -> dt.datetime | None:
        found = moment(cell.text, self.manner.formats, utc=self.manner.utc, epoch=self.epoch)
        if found is None:
            allowed = ", ".join(self.manner.formats)
            self._add(kinds.EXPORT_TIME, cell, value=cell.text, allowed=allowed)
        return found

    def _member(self, cells: Mapping[str, Cell]) -> Member | None:
        """Who answered; ``None`` if that is not clear, or a municipality that is not to be written."""
        cell = cells["organisation"]
        mapped = self.words.mapped("organisation", cell.text)
        found = self._members.get(fold(cell.text if mapped is None else mapped), [])
        town = self._word("kommun", cells)
        if town is None or (town and town not in self.towns):
            self.elsewhere += town is not None
            return None
        if town:
            found = [m for m in found if m.kommun == town]
        if len(found) != 1:
            names = sorted({m.organisation for m in self.settings.members if m.kommun == town or not town})
            near = None if found else nearest(cell.text, names)
            self._unknown_member(cell, self.words.municipality_names.get(town, "nätverket"), near)
            return None
        member = found[0]
        if member.kommun not in self.towns:
            self.elsewhere += 1
            return None
        if (member.kommun, member.organisation) not in self._invited:
            where = f"{self.words.municipality_names[member.kommun]} under {self.span.label}"
            self._unknown_member(cell, where, None)
            return None
        sector = self._word("sektor", cells)
        if sector is None:
            return None
        if sector and sector != member.sektor:
            values = {"value": cell.text, "found": sector, "expected": member.sektor}
            self._add(kinds.MEMBER_SECTOR, cells["sektor"], **values)
            return None
        return member

    def _unknown_member(self, cell: Cell, where: str, near: str | None) -> None:
        values = {"value": cell.text, "where": where}
        self.problems.append(Problem(kinds.MEMBER_UNKNOWN, cell.place, values, near))

    def _categories(self, row: Row) -> list[Cell]:
        """What was seen: the words of each choice."""
        if row.choices is not None:
            return [cell for cell in row.choices if not self.words.is_nothing(cell.text)]
        cell = row.cells.get("kategori")
        if cell is None:
            return []
        parts = self.words.split(cell.text, self.manner.separator)
        return [cell._replace(text=part) for part in parts if not self.words.is_nothing(part)]

    def _reports(self, row: Row, answer: Answer) -> None:
        parts = self._categories(row)
        if not parts:
            return
        area = self._area(row.cells, answer.municipality)
        environment = self._word("miljo", row.cells)
        time = self._daypart(row.cells)
        for part in parts:
            category = self._look_up("kategori", part)
            if None not in (area, environment, time, category):
                self.reports.append(
                    Report(
                        answer.id,
                        answer.municipality,
                        area or "",
                        category or "",
                        environment or "okand",
                        time or "okand",
                    )
                )

    def _area(self, cells: Mapping[str, Cell], municipality: str) -> str | None:
        cell = cells.get("omrade")
        if cell is None or not cell.text:
            return ""
        mapped = self.words.mapped("omrade", cell.text)
        word = fold(cell.text if mapped is None else mapped)
        # The small area first: many a municipality has its name from its largest place.
        if (found := self.words.areas[municipality].get(word)) is not None:
            return found
        if word in self.words.whole[municipality]:
            return ""
        if any(word in other for other in self.words.areas.values()):
            where = self.words.municipality_names[municipality]
            self._add(kinds.AREA_ELSEWHERE, cell, value=cell.text, where=where)
            return None
        near = nearest(cell.text, self.words.area_names[municipality])
        values = {"column": "omrade", "value": cell.text}
        self.problems.append(Problem(kinds.EXPORT_WORD, cell.place, values, near))
        return None

    def _daypart(self, cells: Mapping[str, Cell]) -> str | None:
        """Weekday and part of day as one block: a Friday evening belongs to the weekend."""
        day, part = self._word("veckodag", cells), self._word("tid", cells)
        if day is None or part is None:
            return None
        if part in self.words.time_codes:
            return part
        if not day or not part:
            return "okand"
        late = part in {"kvall", "natt"}
        weekend = day in ({"fredag", "lordag"} if late else {"lordag", "sondag"})
        return f"{'helg' if weekend else 'vardag'}-{part}"

    def _word(self, column: str, cells: Mapping[str, Cell]) -> str | None:
        """The code of an optional cell: ``""`` if empty or absent, ``None`` if not understood."""
        cell = cells.get(column)
        return self._look_up(column, cell) if cell is not None and cell.text else ""

    def _look_up(self, column: str, cell: Cell) -> str | None:
        found = self.words.code(column, cell.text)
        if found is None:
            mapped = self.words.mapped(column, cell.text)
            if column == "kategori" and fold(cell.text if mapped is None else mapped) in self.words.groups:
                self.problems.append(Problem(kinds.EXPORT_GROUP, cell.place, {"value": cell.text}))
                return None
            near = nearest(cell.text, self.words.spellings(column))
            values = {"column": column, "value": cell.text}
            self.problems.append(Problem(kinds.EXPORT_WORD, cell.place, values, near))
        return found

    def _add(self, kind: Kind, cell: Cell, **values: str) -> None:
        self.problems.append(Problem(kind, cell.place, values))
