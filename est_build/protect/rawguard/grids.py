"""Tables inside a text, however they are written: with delimiters, as Markdown, HTML, JSON, XML, YAML …

A survey export can be pasted into any file. What makes it one is not the syntax but rows of answers, so
everything that looks like rows is brought to one form, :class:`Grid`, and scored there.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

MOST_ROWS = 400
"""Rows that are looked at: enough to know what a table is."""
MOST_CELL = 300
"""Characters of a cell that are looked at."""
FEWEST_ROWS = 3
_LEAST = {";": 1, "\t": 1, "|": 2, ",": 3}
"""Delimiters that a line of a table has at least: a form may have one question, prose has commas."""
_WIDTHS, _STRAY = 3, 2
"""Widths of rows that are looked at in a stretch of text; rows of other widths inside a table."""

_LEFT, _RIGHT = " \t>#*+/([{\\-", " )]}\\\r"
"""What may stand around a row: a quotation, a comment, a list, a tuple in a program."""
_QUOTED_LEFT, _QUOTED_RIGHT = _LEFT + "|\"'", _RIGHT + "|\"',;\t"
_AROUND_CELL = " \t\r\n\"'`()[]{}=*_~"
_PIPES = re.compile(r"^[ \t>#*-]{0,20}\|?|\|?[ \t\r]{0,20}$")
_RULE = re.compile(r"[\s|:+=_-]+")
_JOINTS = re.compile(r"[)\]}]\s*,\s*[(\[{]")
"""Between rows on one line: ``(1, "a"), (2, "b")`` and ``[[1, "a"], [2, "b"]]``."""
_INSERT = re.compile(r"^[ \t]*INSERT INTO [^\n]{0,400}?VALUES[ \t]*", re.MULTILINE | re.IGNORECASE)
_UNFINISHED = re.compile(r"([,(\[{])[ \t]{0,9}\n\s{0,40}|\n\s{0,40}(?=[)\]}])")
_GAPS = re.compile(r"[ \t\u00a0]{2,}")
_ROW = re.compile(r"<tr[\s>](.*?)(?=</tr|<tr[\s>]|</table|$)", re.IGNORECASE | re.DOTALL)
_TD = re.compile(r"<t[dh](?:\s[^>]*)?>(.*?)(?=</t[dh]|<t[dh][\s>]|$)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_JSON = re.compile(
    r"""(?:"((?:[^"\\\n]|\\.){1,160})"|'((?:[^'\\\n]|\\.){1,160})')\s*:\s*"""
    r"""(?:"((?:[^"\\]|\\.){0,600})"|'((?:[^'\\\n]|\\.){0,600})'|(-?[0-9][0-9.eE+-]*|null|true|false|None|True|False))"""
)
_LINE = re.compile(
    r"^[ \t]*(?:[-*>] ?)*[*_\"']{0,3}([^\W\d_][^:=\n\"'<>{}()\[\]]{0,80}\??)[*_\"']{0,3}[ \t]*"
    r"[:=][ \t]*(\S.*)?$",
    re.MULTILINE,
)
_MOST_PAIRS = 60_000
_WINDOW = 8_000
"""Characters of a part: room for forty answers."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells. ``header`` is empty when the names of the columns are not known as such."""

    header: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    line: int
    aligned: bool = True
    """False: the columns were gathered one by one, and do not share their rows."""

    @property
    def height(self) -> int:
        """Number of rows: of the longest column."""
        return max((len(column) for column in self.columns), default=0)


def grids_in(text: str) -> Iterator[Grid]:
    """Every table in ``text``. The same rows may be given more than once, read in different ways."""
    for variant in _variants(text):
        lines = variant.split("\n")
        for delimiter in (";", "\t", "|", ","):
            yield from _delimited(lines, delimiter)
        yield from _spaced(lines)
    yield from _html(text)
    yield from _pairs(text)


def _variants(text: str) -> Iterator[str]:
    """The text as it stands, and with the line breaks that a program would make of it."""
    text = _INSERT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    yield text
    if text.count("\\n") >= FEWEST_ROWS:
        yield text.replace("\\r", "").replace("\\n", "\n").replace("\\t", "\t")
    if any(len(_JOINTS.findall(line)) >= FEWEST_ROWS for line in text.split("\n") if len(line) > 80):
        yield _JOINTS.sub("\n", text)
    if 2 * len(_UNFINISHED.findall(text)) > text.count("\n") >= 4 * FEWEST_ROWS:
        # One cell a line, as programs lay out nested lists.
        yield _JOINTS.sub("\n", _UNFINISHED.sub(r"\1 ", text))


def _delimited(lines: list[str], delimiter: str) -> Iterator[Grid]:
    least = _LEAST[delimiter]
    run: list[str] = []
    start = gap = 0
    is_open = False
    for number, line in enumerate(lines, 1):
        if line.count(delimiter) >= max(1, least - bool(run)) or (is_open and run):
            if not run:
                start = number
            run.append(line)
            gap = 0
            is_open ^= line.count('"') % 2 == 1
        elif run and gap == 0 and (not line.strip() or _RULE.fullmatch(line)):
            gap += 1
        elif run:
            yield from _parsed(run, delimiter, start)
            run, is_open = [], False
    if run:
        yield from _parsed(run, delimiter, start)


def _parsed(run: list[str], delimiter: str, start: int) -> Iterator[Grid]:
    if len(run) < FEWEST_ROWS:
        return
    if len(run) > 3 * MOST_ROWS:
        middle = len(run) // 2
        run = [*run[:MOST_ROWS], *run[middle : middle + MOST_ROWS]]
    quote = "'" if sum(line.count("'") > line.count('"') for line in run) > len(run) / 2 else '"'
    least = _LEAST[delimiter] + 1
    yield from _uniform(_split(run, delimiter, quote), start, least)
    if any(quote in line for line in run):
        # A stray quotation mark swallows rows: read once more without them.
        bare = (line.lstrip(_QUOTED_LEFT).rstrip(_QUOTED_RIGHT) for line in run)
        plain = [line.replace(quote, "").split(delimiter) for line in bare]
        yield from _uniform(([_clean(cell) for cell in row] for row in plain), start, least)


def _split(run: list[str], delimiter: str, quote: str) -> Iterator[list[str]]:
    """Fields of each row. Only what cannot belong to a field is cut away at the ends of the lines."""
    trimmed = [_PIPES.sub("", line) if delimiter == "|" else _trimmed(line) for line in run]
    try:
        for fields in csv.reader(trimmed, delimiter=delimiter, quotechar=quote, skipinitialspace=True):
            yield [_clean(field) for field in fields]
    except csv.Error:
        return


def _trimmed(line: str) -> str:
    """Without what cannot belong to a field. A comma after a closing bracket ends a row of a program."""
    line = line.rstrip(" \r")
    if line.endswith(("),", "],", "},")):
        line = line[:-1]
    return line.lstrip(_LEFT).rstrip(_RIGHT)


def _clean(cell: str) -> str:
    return cell[:MOST_CELL].strip(_AROUND_CELL)


def _uniform(rows: Iterable[list[str]], start: int, least: int = 3) -> Iterator[Grid]:
    """Stretches of rows that have equally many fields: prose before and after a table has other widths."""
    kept = [row for row in rows if any(row) and not _RULE.fullmatch("".join(row) or "-")]
    widths = Counter(len(row) for row in kept)
    for width, count in widths.most_common(_WIDTHS):
        if width < min(least, 3) or count < FEWEST_ROWS:
            continue
        for first, fitting in _stretches(kept, width):
            # A header whose last cells are empty, or whose texts hold the delimiter, has another width.
            above = kept[first - 1] if first else []
            columns = tuple(zip(*fitting[: MOST_ROWS + 1], strict=True))
            yield Grid(tuple(above), columns, start + first)


def _stretches(rows: list[list[str]], width: int) -> Iterator[tuple[int, list[list[str]]]]:
    """Runs of rows of one width, with at most ``_STRAY`` others in between, and where each begins."""
    run: list[list[str]] = []
    first = last = 0
    for i, row in enumerate(rows):
        if len(row) != width:
            continue
        if run and i - last > _STRAY + 1:
            if len(run) >= FEWEST_ROWS:
                yield first, run
            run = []
        first = first if run else i
        last = i
        run.append(row)
    if len(run) >= FEWEST_ROWS:
        yield first, run


def _spaced(lines: list[str]) -> Iterator[Grid]:
    """Columns that are held apart by two or more spaces, as programs print tables."""
    run: list[list[str]] = []
    start = 0
    for number, line in enumerate([*lines, ""], 1):
        fields = _GAPS.split(line.strip()) if "  " in line.strip() else []
        if len(fields) >= 3:
            start = start if run else number
            run.append([_clean(field) for field in fields])
        elif run:
            if len(run) >= FEWEST_ROWS:
                yield from _uniform(run, start)
            run = []


def _html(text: str) -> Iterator[Grid]:
    if text.lower().count("<tr") < FEWEST_ROWS:
        return
    rows: list[list[str]] = []
    start = 0
    for match in _ROW.finditer(text):
        cells = [_clean(_TAG.sub(" ", cell)) for cell in _TD.findall(match[1])]
        if cells:
            start = start or text.count("\n", 0, match.start()) + 1
            rows.append(cells)
    if len(rows) >= FEWEST_ROWS:
        yield from _uniform(rows, start)


# ---- rows written as names and values: JSON, YAML, mappings in a program, "question: answer" ------


def _pairs(text: str) -> Iterator[Grid]:
    """Names that come back, each with its values, as the columns of a grid.

    A long text is read part by part too: in the whole of it other names may be far commoner.
    """
    yield from _pairs_of(text)
    if len(text) > 2 * _WINDOW:
        start = line = 0
        while start < len(text):
            end = text.find("\n", start + _WINDOW) + 1 or len(text)
            for grid in _pairs_of(text[start:end]):
                yield replace(grid, line=grid.line + line)
            line += text.count("\n", start, end)
            start = end


def _pairs_of(text: str) -> Iterator[Grid]:
    if text.count('":') + text.count("':") + text.count('" :') >= FEWEST_ROWS:
        yield from _gathered(_JSON, text)
    yield from _gathered(_LINE, text)


def _gathered(pattern: re.Pattern[str], text: str) -> Iterator[Grid]:
    """One grid of the names that come about equally often as the commonest ones, in order of appearance."""
    values: dict[str, list[str]] = defaultdict(list)
    first: dict[str, int] = {}
    keys = 2 if pattern is _JSON else 1
    for count, match in enumerate(pattern.finditer(text)):
        if count > _MOST_PAIRS:
            break
        groups = match.groups()
        name = next((g for g in groups[:keys] if g is not None), "").strip()
        value = next((g for g in groups[keys:] if g is not None), "")
        first.setdefault(name, match.start())
        if len(values[name]) < MOST_ROWS:
            values[name].append(value[:MOST_CELL].strip("\"', \t\r\n"))
    for least in _levels([len(v) for v in values.values()]):
        names = [name for name, found in values.items() if len(found) >= least]
        if len(names) < 2:
            continue
        columns = tuple(tuple(values[name]) for name in names)
        aligned = len({len(column) for column in columns}) == 1
        line = text.count("\n", 0, min(first[name] for name in names)) + 1
        yield Grid(tuple(names), columns, line, aligned)


def _levels(counts: list[int]) -> list[int]:
    """How often a name must come: half of what the commonest does, then a tenth (forms with extras)."""
    most = max(counts, default=0)
    if most < FEWEST_ROWS:
        return []
    return sorted({max(FEWEST_ROWS, most // 2), max(FEWEST_ROWS, most // 10)}, reverse=True)
