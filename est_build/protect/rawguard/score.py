"""The second net: does a table in a text look like answers, one by one?

Two things set answers apart from tables that are published. Each row has something of its own: a number,
a sentence, a moment that falls at no round minute. And a row tells at once where, what, and who or when, in
the words of the form; a published table tells two of these at most, once for each combination, and how many.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from est_build.problems import catalogue_guard as kinds
from est_build.protect.rawguard.finding import Finding, Said, joined
from est_build.protect.rawguard.grids import Grid, grids_in
from est_build.protect.rawguard.headings import Reading, read_headings
from est_build.protect.rawguard.words import Words, choice

LIMIT = 4.0
ROWS = 8
"""Rows below which a table is an example: tests and handbooks have small ones."""
NAMED_ROWS = 4
"""The same for a table in prose that has the headings of a survey: a handbook may show three."""
_CODE_SIGNS = 2.0
"""What the rows themselves must show in program code: there names alone are names of variables."""
_MOST = 0.7
"""Share of the cells of a column that must be of a kind."""
_SURELY = 4
"""Questions answered on one row from which nothing more is needed to know it for an answer."""
_WHO_OR_WHEN = frozenset({"sektor", "dag", "tid"})
"""What an answer tells and a list of issues or actions does not."""

_STAMP = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})[T ,]{1,3}\d{1,2}[:.](\d{2})"
    r"(?:[:.](\d{2})(?:[.,]\d+)?)?\s*(?:[AaPpEeFf]\.?[Mm]\.?)?\s*(?:Z|[+-]\d{2}:?\d{2}|[A-Z]{3,5})?"
)
_SERIAL = re.compile(r"4[3-9]\d{3}[.,]\d{3,}|1[5-9]\d{8}(?:\d{3})?")
"""Moments as spreadsheets and programs count them: days since 1900, seconds since 1970."""
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}")
_IP = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|(?:[0-9a-f]{1,4}:){3,}[0-9a-f:]*", re.IGNORECASE)
_UUID = re.compile(r"(?:uuid:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{24,32}", re.IGNORECASE)
_NUMBER = re.compile(r"(?:[A-Za-z]{1,4}[-_]?)?\d{1,20}")
_PERIOD = re.compile(r"\d{4}-v\d\d-(?:\d{4}-v)?\d\d|\d{4}-?[wv]\d\d", re.IGNORECASE)
_PATTERNS = {"stamp": _STAMP, "mail": _MAIL, "ip": _IP, "uuid": _UUID, "period": _PERIOD}
_SEVERAL = re.compile(r"[;|,]")
_EMPTY = frozenset({"", "null", "none", "nan", "-", "n/a", "na"})

_NO_HEADINGS = Reading(0.0, (), 0, False)


class Sign(NamedTuple):
    """Something in the rows that answers have."""

    weight: float
    said: Said
    single: bool = False
    """True if a row must be one answer."""


_STAMPED = Said("en kolumn med dag och klockslag", "a column of days with times")
_BEGUN_ENDED = Said("flera kolumner med dag och klockslag", "several columns of days with times")
_ADDRESSED = Said("en kolumn med ip-adresser", "a column of IP addresses")
_MAILED = Said("en kolumn med e-postadresser", "a column of e-mail addresses")
_NUMBERED = Said("ett nummer för varje rad", "a number for each row")
_WRITTEN = Said("en kolumn med fritext", "a column of free text")
_CHOSEN = Said("kolumner med enkätens svarsalternativ", "columns of the form's choices")


def raw_findings(text: str, words: Words, *, code: bool) -> list[Finding]:
    """At most one finding: the table that looks most like answers. ``code``: the text is a program."""
    best: tuple[float, Finding] | None = None
    for grid in grids_in(text):
        score, reasons = _judge(grid, words, code=code)
        if score >= LIMIT and (best is None or score > best[0]):
            best = (score, Finding(kinds.LOOKS_RAW, joined(reasons), grid.line))
    return [] if best is None else [best[1]]


def _judge(grid: Grid, words: Words, *, code: bool) -> tuple[float, list[Said]]:
    columns = grid.columns
    reading = read_headings(grid.header) if grid.header else _NO_HEADINGS
    inside = read_headings([column[0] for column in columns]) if grid.aligned else _NO_HEADINGS
    if inside.hits >= 2 and inside.score >= reading.score:
        reading, columns = inside, tuple(column[1:] for column in columns)
    elif reading.hits < 2:
        reading = _NO_HEADINGS
    height = max((len(column) for column in columns), default=0)
    named = reading.score >= LIMIT - 1 and not code
    if height < (NAMED_ROWS if named else ROWS):
        return 0.0, []
    signs = _signs(columns, words, aligned=grid.aligned)
    shown = sum(sign.weight for sign in signs)
    single = reading.single or any(sign.single for sign in signs)
    if not single or (code and shown < _CODE_SIGNS):
        return 0.0, []
    return reading.score + shown, list(dict.fromkeys([*reading.reasons, *(s.said for s in signs)]))


def _signs(columns: Sequence[Sequence[str]], words: Words, *, aligned: bool) -> list[Sign]:
    """What the columns show, each sign with its weight."""
    found = [_kind(column, words) for column in columns]
    count = Counter(found)
    signs: list[Sign] = []
    if count["stamp"]:
        both = count["stamp"] > 1
        signs.append(Sign(4.0 if both else 2.5, _BEGUN_ENDED if both else _STAMPED, single=True))
    if count["ip"]:
        signs.append(Sign(3.0, _ADDRESSED, single=True))
    if count["mail"]:
        signs.append(Sign(1.0, _MAILED))
    if count["uuid"] or count["id"]:
        signs.append(Sign(1.0, _NUMBERED))
    if count["text"]:
        # Sentences with a moment each are a log of what somebody saw.
        signs.append(Sign(1.5 if count["stamp"] else 1.0, _WRITTEN))
    told = set(found) & set(words.told)
    if told:
        own = bool(count["stamp"] or count["uuid"] or count["id"] or count["text"])
        single = len(told) >= _SURELY or (
            len(told) == _SURELY - 1
            and bool(told & _WHO_OR_WHEN)
            and (own or (aligned and _comes_again(columns)))
        )
        signs.append(Sign(len(told) + 0.5 * bool(count["period"]), _CHOSEN, single=single))
    return signs


def _kind(column: Sequence[str], words: Words) -> str:
    """What most of the filled cells of a column are; ``""`` for nothing that says anything."""
    filled = [cell for cell in column if cell.lower() not in _EMPTY]
    if len(filled) < max(3, 0.1 * len(column)):
        return ""
    for kind, pattern in _PATTERNS.items():
        if _share(filled, pattern) >= _MOST:
            return "" if kind == "stamp" and not _are_moments(filled) else kind
    if _share(filled, _SERIAL) >= _MOST:
        return "stamp"
    if (told := _told(filled, words)) is not None:
        return told
    distinct = len(set(filled))
    if distinct == len(filled) >= 5 and len(filled) >= 0.9 * len(column):
        # The first cell may be a heading that nobody knows.
        numbers = filled if _NUMBER.fullmatch(filled[0]) else filled[1:]
        if _share(numbers, _NUMBER) == 1:
            return "id" if _is_running(numbers) else ""
    long = sum(cell.count(" ") >= 3 for cell in filled)
    return "text" if long >= max(3, 0.5 * len(filled)) and distinct > 0.5 * len(filled) else ""


def _share(cells: Sequence[str], pattern: re.Pattern[str]) -> float:
    return sum(pattern.fullmatch(cell) is not None for cell in cells) / len(cells)


def _are_moments(cells: Sequence[str]) -> bool:
    """Somebody pressed "send": at any minute. Meetings, timetables and measurements keep to round ones."""
    found = [match for cell in cells if (match := _STAMP.fullmatch(cell))]
    if len(set(cells)) < max(3, 0.3 * len(cells)):
        return False
    odd = sum(int(match[1]) % 5 != 0 or bool(int(match[2] or 0)) for match in found)
    minutes = {match[1] for match in found}
    return odd >= 0.5 * len(found) and len(minutes) >= min(5, 0.5 * len(found))


def _told(filled: Sequence[str], words: Words) -> str | None:
    """Which question of the form most cells answer (with several choices in one cell, too).

    The same choices must come again: a column that names each area once is the key of a table.
    """
    cells = [
        (choice(cell), [choice(part) for part in _SEVERAL.split(cell) if part.strip()]) for cell in filled
    ]
    for question, known in words.told.items():
        chosen = [whole for whole, parts in cells if whole in known or (parts and known.issuperset(parts))]
        if len(chosen) >= _MOST * len(filled) and len(set(chosen)) <= _MOST * len(chosen):
            return question
    return None


def _is_running(filled: Sequence[str]) -> bool:
    """Numbers in order, or long ones: how rows are numbered."""
    numbers = [int(re.sub(r"\D", "", cell)) for cell in filled]
    rising = sum(b > a for a, b in itertools.pairwise(numbers))
    return rising >= 0.8 * (len(numbers) - 1) or len(filled[0]) >= 8


def _comes_again(columns: Sequence[Sequence[str]]) -> bool:
    """Whole rows come again: a published table has each combination once."""
    rows = list(zip(*columns, strict=True))
    return len(rows) - len(set(rows)) >= 0.2 * len(rows)
