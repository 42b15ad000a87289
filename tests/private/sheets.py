"""Exports as workbooks, in the shapes in which survey tools and people leave them."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from .instance import COLUMNS, Row


def workbook_bytes(
    rows: Sequence[Row],
    *,
    sheet: str = "Svar",
    real_dates: bool = False,
    empty_before: int = 0,
    empty_between: bool = False,
    other_sheet: str | None = None,
    number_ids: bool = False,
) -> bytes:
    """Rows as XLSX. ``real_dates``: ``inskickat`` as date cells; ``number_ids``: ``svar_id`` as numbers."""
    book = Workbook()
    page: Any = book.active
    if other_sheet is not None:
        page.title = other_sheet
        page.append(["En lista över annat"])
        page = book.create_sheet(sheet)
    page.title = sheet
    line = empty_before + 1
    put(page, line, list(COLUMNS))
    for number, row in enumerate(rows, start=1):
        line += 2 if empty_between else 1
        cells: list[Any] = [value or None for value in row.cells().values()]
        if real_dates:
            # Excel's own clock is a fraction of a day: some moments are a hair off.
            cells[1] = dt.datetime.fromisoformat(row.inskickat) + dt.timedelta(microseconds=3)
        if number_ids:
            cells[0] = float(number)
        put(page, line, cells)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def put(page: Any, line: int, cells: Sequence[Any]) -> None:
    for column, value in enumerate(cells, start=1):
        page.cell(line, column, value)


def changed(raw: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one of its inner files changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.namelist():
            content = old.read(item)
            new.writestr(item, change(content) if item == name else content)
    return out.getvalue()


def wrong_size(raw: bytes) -> bytes:
    """As some tools write: the sheet says that it is a single cell."""
    return changed(
        raw,
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(rb'<dimension ref="[^"]+"', b'<dimension ref="A1"', xml),
    )


def write(path: Path, raw: bytes) -> Path:
    path.write_bytes(raw)
    return path
