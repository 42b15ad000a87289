"""Workbooks and zips: read as tables without trusting them, and written without the moment of writing."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any

from est_build.prepare.export import (
    CELL_TIME,
    EPOCH,
    MAX_COLUMNS,
    Export,
    csv_table,
    table,
    unreadable,
)
from est_build.problems import ProblemsError

OLD = b"\xd0\xcf\x11\xe0"
"""How a file in Microsoft's old container begins: an .xls, or an .xlsx with a password."""
MAX_UNPACKED = 200_000_000
"""Bytes of all files in a workbook together: a packed file may swell a thousandfold."""
MAX_BESIDE = 2_000_000
"""Bytes of a part that is neither a sheet nor the texts of the sheets: formats, names, relations."""
MAX_TEXTS = 30_000_000
"""Bytes of the texts that the sheets share: all of them are held at once."""
MAX_TABLES = 200
"""Sheets of a workbook, or files in a zip."""
MAX_SHEET_ROWS = 1_048_576
"""Rows of a sheet, empty ones too: no spreadsheet has more."""
_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def old_words(raw: bytes) -> str:
    """What a file in the old container is. A workbook with a password lies in it as one stream."""
    if "EncryptedPackage".encode("utf-16-le") in raw:
        return "arbetsboken har ett lösenord. Ta bort lösenordet i Excel och spara på nytt"
    if "Workbook".encode("utf-16-le") in raw or "Book".encode("utf-16-le") in raw:
        return "det är en gammal Excel-fil (.xls). Spara den som .xlsx"
    return "det är en gammal Excel-fil (.xls), eller en med lösenord"


def tables(raw: bytes, name: str) -> list[Export]:
    """Every sheet of a workbook, or every CSV file of a zip, that has a heading.

    Raises :class:`ProblemsError` (EST504).
    """
    # What is broken can break in any layer (zip, XML, cells), with whatever error that layer has.
    try:
        with warnings.catch_warnings(), zipfile.ZipFile(io.BytesIO(raw)) as packed:
            # What the library finds odd is either told by us or no harm.
            warnings.simplefilter("ignore")
            names = packed.namelist()
            _refuse_swollen(packed.infolist(), name)
            inner = sorted(n for n in names if n.lower().endswith(".csv") and not n.startswith("__MACOSX"))
            if "[Content_Types].xml" not in names and inner:
                found = [_inner(packed.read(n), name, n) for n in inner]
            else:
                found = [sheet for sheet in _sheets(raw, name) if sheet is not None]
    except (ProblemsError, MemoryError):
        raise
    except Exception as error:
        raise unreadable(name, "arbetsboken är trasig eller har lösenord") from error
    if not found:
        raise unreadable(name, "filen är tom")
    return found


def _refuse_swollen(parts: Sequence[zipfile.ZipInfo], name: str) -> None:
    """Raise (EST504) for what could fill the memory or the day when it is unpacked."""
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise unreadable(name, "den är orimligt stor när den packas upp")
    tables = [p for p in parts if p.filename.lower().endswith(".csv") or "/worksheets/" in p.filename]
    if len(tables) > MAX_TABLES:
        raise unreadable(name, f"den har fler än {MAX_TABLES} tabeller")
    for part in parts:
        about = PurePosixPath(part.filename)
        is_media = len(about.parts) > 2 and about.parts[1] in ("media", "drawings", "embeddings")
        if about.suffix not in (".xml", ".rels") or is_media or "worksheets" in about.parts[:-1]:
            continue
        if part.file_size > (MAX_TEXTS if about.name == "sharedStrings.xml" else MAX_BESIDE):
            why = "den har orimligt många format eller texter. Spara den som CSV"
            raise unreadable(name, why)


def _inner(raw: bytes, name: str, inner: str) -> Export:
    return csv_table(raw, f"{name} ({PurePosixPath(inner).name})", PurePosixPath(inner).stem)


def _sheets(raw: bytes, name: str) -> Iterator[Export | None]:
    import openpyxl

    # Not the values that the last program worked out: a tool's formula often has none, and would be blank.
    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True)
    try:
        for number, page in enumerate(book.worksheets):
            # Survey tools often write a size that is not the sheet's.
            page.reset_dimensions()
            called = name if number == 0 else f"{name} ({page.title})"
            formulas: set[tuple[int, int]] = set()
            rows = _rows(page, formulas, called)
            yield table(called, rows, page.title, formulas, _epoch(book))
    finally:
        book.close()


def _epoch(book: Any) -> dt.datetime:
    """Day nought as serial numbers are counted here: openpyxl's is that of real dates after February 1900."""
    return EPOCH if book.epoch.year == 1899 else dt.datetime(1904, 1, 1)  # noqa: DTZ001


def _rows(page: Any, formulas: set[tuple[int, int]], name: str) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(page.iter_rows(max_row=MAX_SHEET_ROWS + 1), start=1):
        if number > MAX_SHEET_ROWS:
            raise unreadable(name, "bladet har fler rader än ett kalkylblad kan ha", number)
        if len(row) > MAX_COLUMNS:
            raise unreadable(name, "raden har fler kolumner än ett kalkylblad kan ha", number)
        for column, cell in enumerate(row):
            if cell.data_type == "f":
                formulas.add((number, column))
        yield number, [_cell_text(cell.value) for cell in row]


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.strftime(CELL_TIME)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def timeless(workbook: bytes) -> bytes:
    """The same workbook without the moment at which it was written: same content, same bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as source,
        zipfile.ZipFile(out, "w") as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _MOMENT.sub(b"2023-01-02T00:00:00Z", content)
            # Stored, not packed: what packing gives depends on the machine's library.
            target.writestr(zipfile.ZipInfo(name, (2023, 1, 2, 0, 0, 0)), content)
    return out.getvalue()
