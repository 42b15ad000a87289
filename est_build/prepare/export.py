"""Reading a survey export (CSV or XLSX from any tool) as rows of text with their place in the sheet."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue_steps as kinds

DELIMITERS = (";", ",", "\t")


@dataclass(frozen=True, slots=True)
class Export:
    """``header`` and ``rows``: each row has its line in the file and as many texts as the header."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_export(path: Path, sheet: str | None = None) -> Export:
    """Read an export.

    Raises :class:`ProblemsError` (EST504) for anything that is not a readable table.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise _unreadable(path.name, error.strerror or "filen finns inte") from error
    if raw.startswith(b"PK"):
        return _from_workbook(raw, path.name, sheet)
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise _unreadable(path.name, "det är en gammal Excel-fil (.xls)")
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
    if not text.strip():
        raise _unreadable(name, "filen är tom")
    if "\x00" in text:
        raise _unreadable(name, "det är ingen textfil")
    first = text.lstrip().splitlines()[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return _table(name, _numbered(reader))
    except csv.Error as error:
        raise _unreadable(name, _csv_words(str(error)), reader.line_num) from error


def _csv_words(message: str) -> str:
    if "unexpected end of data" in message:
        return "ett citattecken öppnas men stängs aldrig"
    if "expected after" in message:
        return "text efter ett stängt citattecken"
    return "tabellen är trasig"


def _numbered(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line on which they start; quoted cells may span lines."""
    start = 1
    for fields in reader:
        yield start, fields
        start = reader.line_num + 1


def _from_workbook(raw: bytes, name: str, sheet: str | None) -> Export:
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError) as error:
        raise _unreadable(name, "arbetsboken är trasig eller har lösenord") from error
    with_sheet = sheet if sheet is not None else book.sheetnames[0]
    if with_sheet not in book.sheetnames:
        found = ", ".join(book.sheetnames)
        raise _unreadable(name, f"bladet ”{sheet}” finns inte, bara {found}")
    rows = (
        (number, [_cell_text(value) for value in row])
        for number, row in enumerate(book[with_sheet].iter_rows(values_only=True), start=1)
    )
    try:
        return _table(name, rows)
    finally:
        book.close()


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _table(name: str, rows: Iterator[tuple[int, list[str]]]) -> Export:
    header: tuple[str, ...] = ()
    kept: list[tuple[int, tuple[str, ...]]] = []
    for line, fields in rows:
        if not any(field.strip() for field in fields):
            continue
        if not header:
            header = _header(name, fields)
            continue
        if len(fields) > len(header) and any(f.strip() for f in fields[len(header) :]):
            why = f"raden har {len(fields)} fält men rubriken {len(header)}"
            raise _unreadable(name, why, line)
        padded = [*fields, *[""] * len(header)][: len(header)]
        kept.append((line, tuple(field.strip() for field in padded)))
    if not header:
        raise _unreadable(name, "filen är tom")
    return Export(name, header, tuple(kept))


def _header(name: str, fields: list[str]) -> tuple[str, ...]:
    words = [field.strip() for field in fields]
    while words and not words[-1]:
        words.pop()
    repeated = {w for w in words if words.count(w) > 1}
    if repeated:
        raise _unreadable(name, f"rubriken ”{sorted(repeated)[0]}” står två gånger", 1)
    return tuple(words)
