"""Reading a survey export (CSV or XLSX from any tool) as rows of text with their place in the sheet."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from est_build.load.csv_file import letter
from est_build.prepare.disk import reason
from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue_steps as kinds

DELIMITERS = (";", ",", "\t")
CELL_TIME = "%Y-%m-%d %H:%M:%S"
"""How a real date in a workbook is written here, whatever form the survey's texts have."""


@dataclass(frozen=True, slots=True)
class Export:
    """``header`` and ``rows``: each row has its line in the file and as many texts as the header."""

    name: str
    first: int
    """Line of the header."""
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_export(path: Path, sheet: str | None = None) -> Export:
    """Read an export.

    Raises :class:`ProblemsError` (EST504) for anything that is not a readable table.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        why = "filen finns inte" if isinstance(error, FileNotFoundError) else reason(error)
        raise _unreadable(path.name, why) from error
    if raw.startswith(b"PK"):
        return _from_workbook(raw, path.name, sheet)
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise _unreadable(path.name, "det är en gammal Excel-fil (.xls), eller en med lösenord")
    return _from_csv(raw, path.name)


def _unreadable(name: str, why: str, line: int | None = None) -> ProblemsError:
    return ProblemsError([Problem(kinds.EXPORT_UNREADABLE, Place(name, line), {"why": why})])


def _decode(raw: bytes, name: str) -> str:
    """UTF-8 or UTF-16 with BOM; else Windows-1252, as Swedish spreadsheets save."""
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if wide else ["utf-8-sig", "cp1252"]:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable(name, "okänd teckenkodning")


def _from_csv(raw: bytes, name: str) -> Export:
    text = _decode(raw, name)
    if "\x00" in text:
        raise _unreadable(name, "det är ingen textfil")
    lines = io.StringIO(text, newline="")
    first = 0
    # Some spreadsheets write their separator on a line of its own.
    if said := re.match(r"sep=(.)\r?\n", text):
        lines.readline()
        first, delimiter = 1, said[1]
    else:
        head = text.lstrip().splitlines()
        delimiter = max(DELIMITERS, key=head[0].count) if head else ","
    return _table(name, _numbered(csv.reader(lines, delimiter=delimiter, strict=True), name, first))


def _csv_words(message: str) -> str:
    if "unexpected end of data" in message or "field limit" in message:
        return "ett citattecken öppnas men stängs aldrig"
    if "expected after" in message:
        return "text efter ett stängt citattecken"
    return "tabellen är trasig"


def _numbered(reader: Any, name: str, first: int) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line on which they start; quoted cells may span lines."""
    start = first + 1
    try:
        for fields in reader:
            yield start, fields
            start = first + int(reader.line_num) + 1
    except csv.Error as error:
        raise _unreadable(name, _csv_words(str(error)), start) from error


def _from_workbook(raw: bytes, name: str, sheet: str | None) -> Export:
    # A broken workbook can break in any layer (zip, XML, cells), with whatever error that layer has.
    try:
        rows = _sheet_rows(raw, name, sheet)
    except ProblemsError:
        raise
    except Exception as error:
        raise _unreadable(name, "arbetsboken är trasig eller har lösenord") from error
    return _table(name, iter(rows))


def _sheet_rows(raw: bytes, name: str, sheet: str | None) -> list[tuple[int, list[str]]]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    try:
        if sheet is not None and sheet not in book.sheetnames:
            found = ", ".join(book.sheetnames)
            raise _unreadable(name, f"bladet ”{sheet}” finns inte, bara {found}")
        page: Any = book[sheet] if sheet is not None else book.worksheets[0]
        # Survey tools often write a size that is not the sheet's.
        page.reset_dimensions()
        return [
            (number, [_cell_text(value) for value in row])
            for number, row in enumerate(page.iter_rows(values_only=True), start=1)
        ]
    finally:
        book.close()


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.strftime(CELL_TIME)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _table(name: str, rows: Iterator[tuple[int, list[str]]]) -> Export:
    header: tuple[str, ...] = ()
    first = 1
    kept: list[tuple[int, tuple[str, ...]]] = []
    problems: list[Problem] = []
    for line, fields in rows:
        if not any(field.strip() for field in fields):
            continue
        if not header:
            header, first = _header(fields), line
            problems += _repeated(name, header, line)
            continue
        if len(fields) > len(header) and any(f.strip() for f in fields[len(header) :]):
            why = f"raden har {len(fields)} fält men rubriken {len(header)}"
            place = Place(name, line, letter=letter(len(header)))
            problems.append(Problem(kinds.EXPORT_UNREADABLE, place, {"why": why}))
        padded = [*fields, *[""] * len(header)][: len(header)]
        kept.append((line, tuple(field.strip() for field in padded)))
    if not header:
        raise _unreadable(name, "filen är tom")
    if problems:
        raise ProblemsError(problems)
    return Export(name, first, header, tuple(kept))


def heading(text: str) -> str:
    """A heading as it is compared: tools differ in hard spaces, line breaks and composed letters."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _header(fields: list[str]) -> tuple[str, ...]:
    words = [heading(field) for field in fields]
    while not words[-1]:
        words.pop()
    return tuple(words)


def _repeated(name: str, header: tuple[str, ...], line: int) -> list[Problem]:
    return [
        Problem(
            kinds.EXPORT_UNREADABLE,
            Place(name, line, letter=letter(i)),
            {"why": f"rubriken ”{word}” står två gånger"},
        )
        for i, word in enumerate(header)
        if word and word in header[:i]
    ]
