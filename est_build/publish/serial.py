"""A table as CSV (RFC 4180) and as JSON: the same cells in the same order.

Both are made of parts, a part for each release, so that the file that grows is the files of the editions
put after each other.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from typing import Final

from est_build.publish.rows import Row
from est_build.schema.opendata.column import Table, Value

COLUMNS: Final = "kolumner"
ROWS: Final = "rader"
"""Names in a JSON file. A row is a list, in the order of the columns: a third of the size of objects."""
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


_RUNS = re.compile(r"(^|[;\t\r\n])(?=[\s\"'\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r])")


def safe_cell(text: str) -> str:
    """A text with an apostrophe before whatever a spreadsheet would run as a formula.

    Not only at its beginning: a Swedish spreadsheet takes a semicolon for the end of a cell, whatever the
    other commas of the file say, and what comes after it is a cell too. Some take wide signs for the plain.
    """
    return _RUNS.sub(r"\1'", text)


def csv_part(table: Table, rows: Sequence[Row]) -> str:
    """Rows as CSV, without a head."""
    buffer = io.StringIO(newline="")
    lists = [i for i, column in enumerate(table.columns) if column.kind in {"text", "lista"}]
    csv.writer(buffer, lineterminator="\n").writerows(_plain(row, lists) for row in rows)
    return buffer.getvalue()


def _plain(row: Row, indices: Sequence[int]) -> Sequence[Value]:
    if not indices:
        return row
    cells = list(row)
    for index in indices:
        cell = cells[index]
        cells[index] = " ".join(cell) if isinstance(cell, tuple) else safe_cell(str(cell or ""))
    return cells


def csv_file(table: Table, parts: Iterable[str]) -> bytes:
    """Parts under the head of the table."""
    return "".join([",".join(table.names) + "\n", *parts]).encode("utf-8")


def json_part(rows: Iterable[Row]) -> str:
    """Rows as JSON lists, one on a line."""
    return ",\n".join(map(_ENCODE, rows))


def json_file(table: Table, parts: Iterable[str], schema: str) -> bytes:
    """Parts under the columns of the table. ``schema`` is the address of the JSON Schema."""
    head = {"$schema": schema, "tabell": table.name, COLUMNS: table.names}
    body = ",\n".join(part for part in parts if part)
    return f'{_ENCODE(head)[:-1]},"{ROWS}":[\n{body}\n]}}\n'.encode()
