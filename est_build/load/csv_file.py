"""The strict CSV of an instance: UTF-8, comma, a header, one record model per row."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from est_build.load.tree import read_text
from est_build.load.validate import problem_of
from est_build.problems import Place, Problem, nearest
from est_build.problems import catalogue as kinds
from est_build.schema.base import Record

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Row(Generic[R]):
    """A row with the line on which it starts."""

    line: int
    value: R


def letter(index: int) -> str:
    """Column letter of a spreadsheet, from 0: 0 -> A, 25 -> Z, 26 -> AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def read_csv(path: Path, name: str, model: type[R]) -> tuple[list[Row[R]], list[Problem]]:
    """All rows of a file that fit ``model``, and a problem for each that does not."""
    text = read_text(path, name)
    if isinstance(text, Problem):
        return [], [text]
    return parse_csv(text, name, model)


def parse_csv(text: str, name: str, model: type[R]) -> tuple[list[Row[R]], list[Problem]]:
    """As :func:`read_csv`, from text."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row[R]] = []
    problems: list[Problem] = []
    try:
        header = next(reader, None)
        if header is None:
            return [], [Problem(kinds.FILE_EMPTY, Place(name))]
        columns = tuple(model.model_fields)
        if faults := header_problems(header, columns, name):
            return [], faults
        for fields in reader:
            _one(fields, reader.line_num, header, (name, model, rows, problems))
    except csv.Error as error:
        problems.append(Problem(kinds.CSV_BROKEN, Place(name, reader.line_num), {"why": str(error)}))
    return rows, problems


def _one(
    fields: list[str],
    line: int,
    header: list[str],
    sink: tuple[str, type[R], list[Row[R]], list[Problem]],
) -> None:
    name, model, rows, problems = sink
    if len(fields) != len(header):
        values = {"found": str(len(fields)), "expected": str(len(header))}
        problems.append(Problem(kinds.ROW_RAGGED, Place(name, line), values))
        return
    raw: dict[str, Any] = dict(zip(header, fields, strict=True))
    try:
        rows.append(Row(line, model.model_validate(raw)))
    except ValidationError as error:
        for item in error.errors(include_url=False):
            column = str(item["loc"][0]) if item["loc"] else ""
            where = letter(header.index(column)) if column in header else None
            place = Place(name, line, letter=where)
            problems.append(problem_of(item, place, model))


def header_problems(header: Sequence[str], columns: Sequence[str], name: str) -> list[Problem]:
    """What is wrong with the first row, if anything."""
    if len(header) == 1 and ";" in header[0]:
        return [Problem(kinds.CSV_SEMICOLON, Place(name, 1))]
    expected = ",".join(columns)
    problems = []
    for i, word in enumerate(header):
        if word not in columns:
            problems.append(
                Problem(
                    kinds.COLUMN_UNKNOWN,
                    Place(name, 1, letter=letter(i)),
                    {"column": word, "expected": expected},
                    nearest(word, [c for c in columns if c not in header]),
                )
            )
    for column in columns:
        if column not in header:
            values = {"column": column, "expected": expected}
            problems.append(Problem(kinds.COLUMN_MISSING, Place(name, 1), values))
    return problems
