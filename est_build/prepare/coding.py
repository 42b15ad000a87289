"""From words in an export to codes. Free text is dropped here and goes no further."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from est_build.load.csv_file import letter
from est_build.load.frame import Frame
from est_build.load.span import Span
from est_build.prepare.export import CELL_TIME, Export, heading
from est_build.prepare.settings import Settings
from est_build.prepare.words import Words, build_words, fold
from est_build.problems import Kind, Place, Problem, ProblemsError, nearest
from est_build.problems import catalogue_steps as kinds
from est_build.schema.survey import CANONICAL_COLUMNS, Member

REQUIRED = ("svar_id", "inskickat", "organisation", "kategori")


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


def answer_id(text: str) -> str:
    """A digest of the survey tool's id (which may be an e-mail address)."""
    return hashlib.blake2b(text.encode("utf-8"), digest_size=12).hexdigest()


def code_export(
    export: Export, settings: Settings, frame: Frame, span: Span, towns: Collection[str]
) -> Coded:
    """Code all answers from the municipalities ``towns`` that arrived in ``span``.

    Raises :class:`ProblemsError` with every cell that cannot be understood.
    """
    columns = _columns(export, settings)
    words = build_words(frame, settings.survey, frame.calendar.year(span))
    coder = _Coder(export.name, columns, settings, words, (span, towns))
    for line, fields in export.rows:
        coder.row(line, fields)
    if coder.problems:
        raise ProblemsError(coder.problems)
    return Coded(tuple(coder.answers.values()), tuple(coder.reports), len(coder.outside))


def _columns(export: Export, settings: Settings) -> dict[str, int]:
    """Canonical column -> index in the export; problems for missing and unknown headings."""
    survey = settings.survey
    named = {str(column): heading(text) for column, text in survey.kolumner.items()}
    ignored = {heading(text) for text in survey.ignorera}
    wanted = {name: named.get(name, name) for name in CANONICAL_COLUMNS}
    found: dict[str, int] = {name: export.header.index(h) for name, h in wanted.items() if h in export.header}
    heads = ", ".join(export.header)
    problems = [
        Problem(
            kinds.EXPORT_COLUMN,
            Place(export.name, export.first),
            {"column": wanted[name], "canonical": name, "found": heads},
            nearest(wanted[name], export.header),
        )
        for name in CANONICAL_COLUMNS
        if name not in found and (name in REQUIRED or name in survey.kolumner)
    ]
    for i, text in enumerate(export.header):
        if i in found.values() or text in ignored:
            continue
        if not text and not any(fields[i] for _, fields in export.rows):
            continue
        place = Place(export.name, export.first, letter=letter(i))
        problems.append(Problem(kinds.EXPORT_HEADING, place, {"column": text}))
    if problems:
        raise ProblemsError(problems)
    return found


class _Coder:
    """Codes row by row and gathers problems with row and column letter."""

    def __init__(
        self,
        name: str,
        columns: Mapping[str, int],
        settings: Settings,
        words: Words,
        wanted: tuple[Span, Collection[str]],
    ) -> None:
        self.name = name
        self.columns = columns
        self.settings = settings
        self.words = words
        self.span, self.towns = wanted
        self.answers: dict[tuple[str, str], Answer] = {}
        self.reports: list[Report] = []
        self.outside: set[str] = set()
        self.problems: list[Problem] = []
        self._members: dict[str, list[Member]] = {}
        for member in settings.members:
            self._members.setdefault(fold(member.organisation), []).append(member)
        self._invited = {
            (m.kommun, m.organisation) for t in self.towns for m in settings.active(self.span, t)
        }

    def row(self, line: int, fields: tuple[str, ...]) -> None:
        """One row of the export."""
        cells = {name: fields[i] for name, i in self.columns.items() if name != "fritext"}
        for column in ("svar_id", "inskickat", "organisation"):
            if not cells[column]:
                self._add(kinds.ROW_EMPTY_KEY, line, column, column=column)
                return
        arrived = self._time(cells["inskickat"], line)
        if arrived is None:
            return
        if not self.span.start <= arrived.date() <= self.span.end:
            self.outside.add(cells["svar_id"])
            return
        member = self._member(cells, line)
        if member is None:
            return
        answer = Answer(
            answer_id(cells["svar_id"]),
            member.kommun,
            member.organisation,
            member.sektor,
            arrived.isoformat(sep=" ", timespec="minutes"),
        )
        self._keep(answer, cells["svar_id"], line)
        self._reports(cells, answer, line)

    def _keep(self, answer: Answer, original: str, line: int) -> None:
        known = self.answers.setdefault((answer.id, answer.municipality), answer)
        if known.organisation != answer.organisation:
            # Times may differ: tools let an answer be added to, row by row.
            self._add(kinds.ANSWER_SPLIT, line, "svar_id", value=original)

    def _time(self, text: str, line: int) -> dt.datetime | None:
        formats = self.settings.survey.datumformat
        for form in (*formats, CELL_TIME):
            try:
                # Local time as the survey tool writes it: the network and its calendar share it.
                return dt.datetime.strptime(text, form)  # noqa: DTZ007
            except ValueError:
                continue
        self._add(kinds.EXPORT_TIME, line, "inskickat", value=text, allowed=", ".join(formats))
        return None

    def _member(self, cells: Mapping[str, str], line: int) -> Member | None:
        """Who answered; ``None`` if that is not clear, or a municipality that is not to be written."""
        found = self._members.get(fold(cells["organisation"]), [])
        town = self._word("kommun", cells, line)
        if town is None or (town and town not in self.towns):
            return None
        if town:
            found = [m for m in found if m.kommun == town]
        if len(found) != 1:
            names = sorted({m.organisation for m in self.settings.members if m.kommun == town or not town})
            near = None if found else nearest(cells["organisation"], names)
            self._unknown_member(cells, line, self.words.municipality_names.get(town, "nätverket"), near)
            return None
        member = found[0]
        if member.kommun not in self.towns:
            return None
        if (member.kommun, member.organisation) not in self._invited:
            where = f"{self.words.municipality_names[member.kommun]} under {self.span.label}"
            self._unknown_member(cells, line, where, None)
            return None
        sector = self._word("sektor", cells, line)
        if sector is None:
            return None
        if sector and sector != member.sektor:
            values = {"value": cells["organisation"], "found": sector, "expected": member.sektor}
            self._add(kinds.MEMBER_SECTOR, line, "sektor", **values)
            return None
        return member

    def _unknown_member(self, cells: Mapping[str, str], line: int, where: str, near: str | None) -> None:
        place = Place(self.name, line, letter=letter(self.columns["organisation"]))
        values = {"value": cells["organisation"], "where": where}
        self.problems.append(Problem(kinds.MEMBER_UNKNOWN, place, values, near))

    def _reports(self, cells: Mapping[str, str], answer: Answer, line: int) -> None:
        parts = self.words.split(cells["kategori"], self.settings.survey.flerval)
        parts = [part for part in parts if not self.words.is_nothing(part)]
        if not parts:
            return
        area = self._area(cells, answer.municipality, line)
        environment = self._word("miljo", cells, line)
        time = self._daypart(cells, line)
        for part in parts:
            category = self._look_up("kategori", part, line)
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

    def _area(self, cells: Mapping[str, str], municipality: str, line: int) -> str | None:
        text = cells.get("omrade", "")
        mapped = self.words.mapped("omrade", text)
        word = fold(text if mapped is None else mapped)
        # The small area first: many a municipality has its name from its largest place.
        if (found := self.words.areas[municipality].get(word)) is not None:
            return found
        if not text or word in self.words.whole[municipality]:
            return ""
        if any(word in other for other in self.words.areas.values()):
            where = self.words.municipality_names[municipality]
            self._add(kinds.AREA_ELSEWHERE, line, "omrade", value=text, where=where)
            return None
        place = Place(self.name, line, letter=letter(self.columns["omrade"]))
        near = nearest(text, self.words.area_names[municipality])
        values = {"column": "omrade", "value": text}
        self.problems.append(Problem(kinds.EXPORT_WORD, place, values, near))
        return None

    def _daypart(self, cells: Mapping[str, str], line: int) -> str | None:
        """Weekday and part of day as one block: a Friday evening belongs to the weekend."""
        day, part = self._word("veckodag", cells, line), self._word("tid", cells, line)
        if day is None or part is None:
            return None
        if part in self.words.time_codes:
            return part
        if not day or not part:
            return "okand"
        late = part in {"kvall", "natt"}
        weekend = day in ({"fredag", "lordag"} if late else {"lordag", "sondag"})
        return f"{'helg' if weekend else 'vardag'}-{part}"

    def _word(self, column: str, cells: Mapping[str, str], line: int) -> str | None:
        """The code of an optional cell: ``""`` if empty or absent, ``None`` if not understood."""
        text = cells.get(column, "")
        return self._look_up(column, text, line) if text else ""

    def _look_up(self, column: str, text: str, line: int) -> str | None:
        found = self.words.code(column, text)
        if found is None:
            place = Place(self.name, line, letter=letter(self.columns[column]))
            mapped = self.words.mapped(column, text)
            if column == "kategori" and fold(text if mapped is None else mapped) in self.words.groups:
                self.problems.append(Problem(kinds.EXPORT_GROUP, place, {"value": text}))
                return None
            near = nearest(text, self.words.spellings(column))
            self.problems.append(Problem(kinds.EXPORT_WORD, place, {"column": column, "value": text}, near))
        return found

    def _add(self, kind: Kind, line: int, at: str, **values: str) -> None:
        place = Place(self.name, line, letter=letter(self.columns[at]))
        self.problems.append(Problem(kind, place, values))
