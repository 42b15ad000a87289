"""Repairs of a table: separator, empty rows, blanks, dates, order of the calendar."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Sequence

from pydantic import BaseModel

from est_build.desk.dates import swedish_date
from est_build.desk.leaf import types_at
from est_build.desk.words import Vocabulary, choice
from est_build.schema.tables import CalendarRow

Rows = list[list[str]]


def mended_table(text: str, model: type[BaseModel], words: Vocabulary | None) -> tuple[str, list[str]]:
    """The table with what is plainly meant; as it was if it cannot be read."""
    separator = _separator(text)
    rows = _rows(text, separator)
    if not rows or sorted(cell.strip() for cell in rows[0]) != sorted(model.model_fields):
        return text, []
    done = ["semikolon blev komma" if separator == ";" else "tabb blev komma"] if separator != "," else []
    header = [cell.strip() for cell in rows[0]]
    kept = [[cell.strip() for cell in row] for row in rows[1:] if any(cell.strip() for cell in row)]
    if len(kept) != len(rows) - 1:
        done.append("tomma rader är borta")
    for row in kept:
        if len(row) == len(header):
            done += [word for i, name in enumerate(header) if (word := _cell(row, i, name, (model, words)))]
    if model is CalendarRow and all(len(row) == len(header) for row in kept):
        start = header.index("start")
        ordered = sorted(kept, key=lambda row: row[start])
        if ordered != kept and all(_is_date(row[start]) for row in kept):
            kept, done = ordered, [*done, "raderna står i tidsordning"]
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows([header, *kept])
    new = buffer.getvalue()
    if new == text:
        return text, []
    return new, list(dict.fromkeys(done or ["tabellen är skriven i sin vanliga form"]))


def _separator(text: str) -> str:
    first = text.split("\n", 1)[0]
    return next((mark for mark in (";", "\t") if mark in first and "," not in first), ",")


def _rows(text: str, separator: str) -> Rows:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator))
    except csv.Error:
        return []


def _cell(row: list[str], i: int, name: str, how: tuple[type[BaseModel], Vocabulary | None]) -> str | None:
    """Put a cell right. Returns what was done, if anything."""
    model, words = how
    found = types_at(model, (name,))
    value = row[i]
    tries: Sequence[tuple[bool, Callable[[str], str | None], str]] = (
        (dt.date in found.plain, swedish_date, "datum är skrivna år-månad-dag"),
        (float in found.plain, decimal_point, "decimalkomma blev punkt"),
        (found.choices is not None, lambda v: choice(found.choices, v), "koder är skrivna som i listan"),
        (
            words is not None,
            lambda v: words.code(model, name, v) if words else None,
            "koder är skrivna som i listan",
        ),
    )
    for fits, mend, said in tries:
        if fits and (new := mend(value)) is not None and new != value:
            row[i] = new
            return said
    return None


def decimal_point(text: str) -> str | None:
    """``1,43`` -> ``1.43``."""
    whole, mark, part = text.strip().partition(",")
    number = whole.removeprefix("-").isascii() and whole.removeprefix("-").isdigit()
    return f"{whole}.{part}" if mark and number and part.isascii() and part.isdigit() else None


def _is_date(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
