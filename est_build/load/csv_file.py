"""The strict CSV of an instance: UTF-8, comma, a header, one record model per row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import ValidationError

from est_build.load.tree import MOST_TOLD, first_of, read_text
from est_build.load.validate import problem_of
from est_build.problems import Kind, Place, Problem, nearest
from est_build.problems import catalogue as kinds
from est_build.schema.base import Record

R = TypeVar("R", bound=Record)

MAX_ROWS = 200_000
"""Rows of one table. The longest there is names every address of a site."""
_WHY = (
    ("unexpected end of data", "ett citattecken stängs aldrig"),
    ("',' expected", "text efter ett citattecken som stängs"),
    ("';' expected", "text efter ett citattecken som stängs"),
    ("field larger", "ett fält är orimligt långt; ett citattecken stängs nog aldrig"),
)


@dataclass(frozen=True, slots=True)
class Row(Generic[R]):
    """A row with the line on which it starts."""

    line: int
    value: R


@dataclass(frozen=True, slots=True)
class Checks:
    """What is checked on the words of a row as they stand, also when something else in it is wrong."""

    unique: tuple[str, ...] = ()
    """Columns that together may not have the same content twice."""
    known: Mapping[str, tuple[Kind, Sequence[str]]] = field(default_factory=dict)
    """Column -> the kind of fault, and the words that are allowed."""


NO_CHECKS = Checks()


def letter(index: int) -> str:
    """Column letter of a spreadsheet, from 0: 0 -> A, 25 -> Z, 26 -> AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def read_csv(
    path: Path, name: str, model: type[R], checks: Checks = NO_CHECKS
) -> tuple[list[Row[R]], list[Problem]]:
    """All rows of a file that fit ``model``, and a problem for each that does not."""
    text = read_text(path, name)
    if isinstance(text, Problem):
        return [], [text]
    return parse_csv(text, name, model, checks)


def parse_csv(
    text: str, name: str, model: type[R], checks: Checks = NO_CHECKS
) -> tuple[list[Row[R]], list[Problem]]:
    """As :func:`read_csv`, from text.

    A file with the wrong separator is read on with the one it has, so that all its faults are told.
    """
    if not text.strip():
        return [], [Problem(kinds.FILE_EMPTY, Place(name))]
    separator, problems = _separator(text, name)
    header: list[str] | None = None
    rows: list[Row[R]] = []
    seen: dict[tuple[str, ...], int] = {}
    for number, (line, fields) in enumerate(_records(text, separator, name, problems)):
        if number > MAX_ROWS:
            why = f"den har fler än {MAX_ROWS} rader"
            return [], [*problems[:1], Problem(kinds.FILE_TOO_LARGE, Place(name, line), {"why": why})]
        if len(problems) > MOST_TOLD:
            break
        if header is None:
            header = fields
            if faults := header_problems(header, tuple(model.model_fields), name):
                return [], [*problems, *faults]
        elif len(fields) > 1 and not any(field.strip() for field in fields):
            problems.append(Problem(kinds.ROW_EMPTY, Place(name, line)))
        elif len(fields) != len(header):
            values = {"found": str(len(fields)), "expected": str(len(header))}
            problems.append(Problem(kinds.ROW_RAGGED, Place(name, line), values))
        else:
            raw = dict(zip(header, fields, strict=True))
            if checks is not NO_CHECKS:
                problems += _word_problems(raw, (name, line), checks, seen)
            _one(raw, line, (name, model, rows, problems))
    return rows, first_of(problems, name)


def _separator(text: str, name: str) -> tuple[str, list[Problem]]:
    """The separator that the first line has, and a problem if it is not a comma."""
    first = text.lstrip("\r\n").splitlines()[0]
    other: tuple[tuple[str, Kind], ...] = ((";", kinds.CSV_SEMICOLON), ("\t", kinds.CSV_TAB))
    for separator, kind in other:
        if separator in first and "," not in first:
            return separator, [Problem(kind, Place(name, 1))]
    return ",", []


def _records(
    text: str, separator: str, name: str, problems: list[Problem]
) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line on which each starts; lines with nothing at all are passed over."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
    while True:
        line = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            why = next((words for start, words in _WHY if str(error).startswith(start)), "ett oväntat tecken")
            problems.append(Problem(kinds.CSV_BROKEN, Place(name, line), {"why": why}))
            continue
        if fields:
            yield line, fields


def _word_problems(
    raw: Mapping[str, str], where: tuple[str, int], checks: Checks, seen: dict[tuple[str, ...], int]
) -> list[Problem]:
    name, line = where
    columns = list(raw)
    problems = []
    for column, (kind, allowed) in checks.known.items():
        word = raw[column].strip()
        if word and word not in allowed:
            place = Place(name, line, letter=letter(columns.index(column)))
            problems.append(Problem(kind, place, {"value": word}, nearest(word, allowed)))
    key = tuple(raw[column].strip() for column in checks.unique)
    if any(key):
        if key in seen:
            place = Place(name, line, letter=letter(columns.index(checks.unique[0])))
            values = {"first": str(seen[key]), "key": ", ".join(key)}
            problems.append(Problem(kinds.ROW_REPEATED, place, values))
        seen.setdefault(key, line)
    return problems


def _one(raw: dict[str, str], line: int, sink: tuple[str, type[R], list[Row[R]], list[Problem]]) -> None:
    name, model, rows, problems = sink
    try:
        rows.append(Row(line, model.model_validate(raw)))
    except ValidationError as error:
        columns = list(raw)
        for item in error.errors(include_url=False):
            column = str(item["loc"][0]) if item["loc"] else ""
            where = letter(columns.index(column)) if column in raw else None
            problems.append(problem_of(item, Place(name, line, letter=where), model))


def header_problems(header: Sequence[str], columns: Sequence[str], name: str) -> list[Problem]:
    """What is wrong with the first row, if anything. A misspelt column is not also called missing."""
    expected = ",".join(columns)
    problems = []
    meant = set(header)
    for i, word in enumerate(header):
        place = Place(name, 1, letter=letter(i))
        if word not in columns:
            near = nearest(word, [c for c in columns if c not in meant])
            if near is not None:
                meant.add(near)
            values = {"column": word, "expected": expected}
            problems.append(Problem(kinds.COLUMN_UNKNOWN, place, values, near))
        elif word in header[:i]:
            problems.append(Problem(kinds.COLUMN_REPEATED, place, {"column": word}))
    for column in columns:
        if column not in meant:
            values = {"column": column, "expected": expected}
            problems.append(Problem(kinds.COLUMN_MISSING, Place(name, 1), values))
    return problems
