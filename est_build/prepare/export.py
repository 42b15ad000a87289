"""Reading survey exports (CSV, XLSX or a zip of CSV, from any tool) as tables of text with their places."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from est_build.disk.reason import reason
from est_build.load.csv_file import letter
from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue_steps as kinds

DELIMITERS = (";", ",", "\t")
CELL_TIME = "%Y-%m-%d %H:%M:%S"
"""How a real date in a workbook is written here, whatever form the survey's texts have."""
EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 (a spreadsheet has no time zone)
"""Day nought of a spreadsheet's serial dates (an old Mac's workbook has its own)."""
MAX_ROWS = 250_000
"""Answers in one table. No survey of a network has so many; a sheet that is full was cut off."""
MAX_COLUMNS = 16_384
MAX_LINES = 5_000_000
"""Lines of a text file: an answer may be written over many of them."""
MAX_LINE = 1_000_000
"""Characters in one line."""
MAX_BYTES = 100_000_000
"""Bytes of one file."""

Cells = list[str]
Rows = Iterable[tuple[int, Cells]]


@dataclass(frozen=True, slots=True)
class Export:
    """One table: ``header`` and ``rows``, each with its line in the file and as many texts as the header."""

    name: str
    """What messages call it: the file, with the sheet if it is not the first."""
    first: int
    """Line of the header."""
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    sheet: str = ""
    """Name of the sheet, or of the file in a zip without its ending."""
    formulas: frozenset[tuple[int, int]] = frozenset()
    """Line and column (from 0) of cells that hold a formula."""
    faults: tuple[Problem, ...] = ()
    """Broken rows: told if the table is used."""
    epoch: dt.datetime = EPOCH


def read_export(path: Path, sheet: str | None = None) -> Export:
    """One table of an export: the sheet called ``sheet``, or the first.

    Raises :class:`ProblemsError` (EST504) for anything that is not a readable table.
    """
    tables = read_tables([path])
    found = pick(tables, sheet)
    if found.faults:
        raise ProblemsError(found.faults)
    return found


def pick(tables: Sequence[Export], sheet: str | None) -> Export:
    """The table called ``sheet``, or the first. A CSV file has no sheets, and is the table whatever is asked.

    Raises :class:`ProblemsError` (EST504).
    """
    if sheet is None or not tables[0].sheet:
        return tables[0]
    found = next((table for table in tables if table.sheet == sheet), None)
    if found is None:
        sheets = ", ".join(table.sheet for table in tables if table.sheet)
        name = tables[0].name.split(" (")[0]
        raise unreadable(name, f"bladet ”{sheet}” finns inte, bara {sheets}")
    return found


def read_tables(paths: Sequence[Path]) -> tuple[Export, ...]:
    """Every table of an export that has a heading: sheets, files of a zip, several files.

    Raises :class:`ProblemsError` (EST504).
    """
    return tuple(table for path in paths for table in _tables_of(path))


def _tables_of(path: Path) -> list[Export]:
    from est_build.prepare import workbook

    try:
        # Asked first: a device or a pipe has no end.
        if not path.is_file() and path.exists() and not path.is_dir():
            raise unreadable(path.name, "det är ingen vanlig fil")
        if path.stat().st_size > MAX_BYTES:
            raise unreadable(path.name, f"den är större än {MAX_BYTES // 10**6} MB. Så stor är ingen export")
        raw = path.read_bytes()
    except OSError as error:
        why = "filen finns inte" if isinstance(error, FileNotFoundError) else reason(error)
        raise unreadable(path.name, why) from error
    if raw.startswith(b"PK"):
        return workbook.tables(raw, path.name)
    if raw.startswith(workbook.OLD):
        raise unreadable(path.name, workbook.old_words(raw))
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:9].lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise unreadable(path.name, "det är en webbsida, ingen tabell")
    return [csv_table(raw, path.name)]


def unreadable(name: str, why: str, line: int | None = None, column: int | None = None) -> ProblemsError:
    """EST504 for a file, or for a place in it (column from 0)."""
    place = Place(name, line, letter=None if column is None else letter(column))
    return ProblemsError([Problem(kinds.EXPORT_UNREADABLE, place, {"why": why})])


def _decode(raw: bytes, name: str) -> str:
    """UTF-8 or UTF-16 with BOM; else Windows-1252, as Swedish spreadsheets save."""
    wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if wide else ["utf-8-sig", "cp1252"]:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise unreadable(name, "okänd teckenkodning")


def csv_table(raw: bytes, name: str, sheet: str = "") -> Export:
    """A CSV file as a table. Raises :class:`ProblemsError` (EST504)."""
    text = _decode(raw, name)
    if "\x00" in text:
        raise unreadable(name, "det är ingen textfil")
    _refuse_endless(text, name)
    lines = io.StringIO(text, newline="")
    first = 0
    # Some spreadsheets write their separator on a line of its own.
    if said := re.match(r"sep=(.)\r?\n", text):
        lines.readline()
        first, delimiter = 1, said[1]
    else:
        head = text.lstrip().splitlines()
        delimiter = max(DELIMITERS, key=_outside_quotes(head[0]).count) if head else ","
    rows = _numbered(csv.reader(lines, delimiter=delimiter, strict=True), name, first)
    found = table(name, rows, sheet)
    if found is None:
        raise unreadable(name, "filen är tom")
    return found


def _refuse_endless(text: str, name: str) -> None:
    """Raise (EST504) for lines or a number of lines that no table has, before they are taken apart."""
    if text.count("\n") + text.count("\r") > 2 * MAX_LINES:
        raise unreadable(name, f"den har fler än {MAX_LINES} rader")
    start = 0
    while len(text) - start > MAX_LINE:
        end = max(text.rfind(mark, start, start + MAX_LINE) for mark in "\r\n")
        if end < 0:
            line = len(text[:start].splitlines()) + 1
            raise unreadable(name, f"raden är längre än {MAX_LINE} tecken", line)
        start = end + 1


def _outside_quotes(line: str) -> str:
    """A heading may be a whole sentence, with more commas in it than there are columns."""
    return re.sub(r'"[^"]*"', "", line) or line


def _csv_words(message: str) -> str:
    if "unexpected end of data" in message or "field limit" in message:
        return "ett citattecken öppnas men stängs aldrig"
    if "expected after" in message:
        return "text efter ett stängt citattecken"
    return "tabellen är trasig"


def _numbered(reader: Any, name: str, first: int) -> Iterator[tuple[int, Cells]]:
    """Rows with the line on which they start; quoted cells may span lines."""
    start = first + 1
    try:
        for fields in reader:
            yield start, fields
            start = first + int(reader.line_num) + 1
    except csv.Error as error:
        raise unreadable(name, _csv_words(str(error)), start) from error


def table(
    name: str,
    rows: Rows,
    sheet: str = "",
    formulas: set[tuple[int, int]] | None = None,
    epoch: dt.datetime = EPOCH,
) -> Export | None:
    """Rows as a table: the first that is not empty is the header. ``None`` if there is none.

    ``formulas`` may be filled while the rows are read. Raises :class:`ProblemsError` (EST504) for a
    table that is too large.
    """
    header: tuple[str, ...] = ()
    first = 1
    kept: list[tuple[int, tuple[str, ...]]] = []
    faults: list[Problem] = []
    for line, fields in rows:
        if not any(field.strip() for field in fields):
            continue
        if not header:
            header, first = _header(fields), line
            continue
        if len(kept) >= MAX_ROWS:
            raise unreadable(name, f"den har fler än {MAX_ROWS} rader. Så många svar har ingen enkät", line)
        if len(fields) > len(header) and any(f.strip() for f in fields[len(header) :]):
            why = f"raden har {len(fields)} fält men rubriken {len(header)}"
            place = Place(name, line, letter=letter(len(header)))
            faults.append(Problem(kinds.EXPORT_UNREADABLE, place, {"why": why}))
        padded = [*fields, *[""] * len(header)][: len(header)]
        kept.append((line, tuple(field.strip() for field in padded)))
    if not header:
        return None
    found = frozenset(formulas or ())
    return Export(name, first, header, tuple(kept), sheet, found, tuple(faults), epoch)


def heading(text: str) -> str:
    """A heading as it is compared: tools differ in hard spaces, line breaks and composed letters."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\ufeff", "").split())


def _header(fields: Cells) -> tuple[str, ...]:
    words = [heading(field) for field in fields]
    while not words[-1]:
        words.pop()
    return tuple(words)
