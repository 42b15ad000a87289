"""The questions that the headings of an export stand for: choices and repeated questions put together.

A tool has a column for each choice (``Fråga [Svar]``, ``fraga/svar``), a number for a question that comes
again (``Fråga2``, ``Iakttagelse 2. Fråga``), or the same heading once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from est_build.prepare.export import Export
from est_build.prepare.folding import fold
from est_build.prepare.shape import NO, YES

_BRACKETS = re.compile(r"(.*\S)\s*\[([^\[\]]+)\]")
_SLASH = re.compile(r"(.+)/([^/]+)")
_JOINED = re.compile(r"([A-Za-z][A-Za-z0-9]*)_([A-Za-z0-9]+)")
_DIGITS = re.compile(r"(\D*?)(\d{1,2})(?!\d)(.*)")
BEFORE_YEARS = 40
"""A number above this in a heading counts no observations."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of one table."""

    heading: str
    """As ``enkat.yml`` calls it; with ``*`` if each choice has a column."""
    indices: tuple[int, ...]
    words: tuple[str, ...] = ()
    """The choices, where each has a column."""
    number: int = 0
    """Which observation it belongs to, from 1; 0 if it is asked once."""
    family: str = ""
    """The same for a question and its repetitions."""

    def texts(self, table: Export) -> list[str]:
        """The different answers, in the order in which they come."""
        if self.words:
            return list(self.words)
        cells = (fields[i] for _, fields in table.rows for i in self.indices)
        return list(dict.fromkeys(cell for cell in cells if cell))


def questions_of(table: Export, skipped: frozenset[int]) -> list[Asked]:
    """All questions of a table but the columns ``skipped``."""
    left = [i for i in range(len(table.header)) if i not in skipped and table.header[i]]
    found = list(_choices(table, left))
    taken = {i for one in found for i in one.indices}
    found += [Asked(name, (i,)) for i, name in _named(table, [i for i in left if i not in taken])]
    return sorted(_numbered(found), key=lambda one: one.indices[0])


def _named(table: Export, columns: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Column and heading; one that has come before gets its number, as ``columns.find`` reads it."""
    for i in columns:
        text = table.header[i]
        before = table.header[:i].count(text)
        yield i, text if before == 0 else f"{text}{before + 1}"


def _choices(table: Export, columns: Sequence[int]) -> Iterator[Asked]:
    """Columns that share a question and say only whether a choice was made."""
    for pattern, mark in ((_BRACKETS, "{}[*]"), (_SLASH, "{}/*"), (_JOINED, "{}_*")):
        stems: dict[str, list[tuple[int, str]]] = {}
        for i in columns:
            match = pattern.fullmatch(table.header[i])
            if match is not None and _is_mark(table, i, match[2]):
                stems.setdefault(match[1], []).append((i, match[2]))
        for stem, members in stems.items():
            if len(members) > 1:
                # A blank before the bracket is a part of the heading.
                blank = " " if table.header[members[0][0]].startswith(f"{stem} [") else ""
                words = tuple(word for _, word in members)
                yield Asked(mark.format(stem + blank), tuple(i for i, _ in members), words)


def _is_mark(table: Export, column: int, word: str) -> bool:
    cells = {fold(fields[column]) for _, fields in table.rows}
    return cells <= YES | NO | {fold(word)}


def _numbered(found: Sequence[Asked]) -> Iterator[Asked]:
    """Give the questions that come again their number."""
    families: dict[str, dict[int, Asked]] = {}
    for one in found:
        stem, number = _split(one.heading)
        families.setdefault(stem, {}).setdefault(number, one)
    for one in found:
        stem, number = _split(one.heading)
        if _in_a_row(set(families[stem])) and families[stem][number] is one:
            yield Asked(one.heading, one.indices, one.words, number or 1, stem)
        else:
            yield Asked(one.heading, one.indices, one.words, 0, one.heading)


def _in_a_row(numbers: set[int]) -> bool:
    """1, 2, 3 …; or the first one without a number, as a tool writes what comes again."""
    last = max(numbers)
    return last > 1 and numbers in ({*range(1, last + 1)}, {0, *range(2, last + 1)})


def _split(heading: str) -> tuple[str, int]:
    """A heading without its first number, and the number (0 if there is none)."""
    match = _DIGITS.fullmatch(heading)
    if match is None or not 0 < int(match[2]) <= BEFORE_YEARS:
        return heading, 0
    # With nothing after it the number may have been put there by the tool.
    return (match[1] if not match[3] else f"{match[1]}#{match[3]}"), int(match[2])
