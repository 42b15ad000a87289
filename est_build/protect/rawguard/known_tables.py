"""The CSV files of format 1, cell by cell: ladder intervals only, known words only, no row twice.

What a cell may hold follows from the name of its column, so that a new table of a release needs no code here
as long as it uses the columns that there are. A column that is not known is refused.

Files that a machine writes must be right to the last value. In files that people write, up to ``SLIPS``
rows may be wrong: a misspelt word must be told by ``est-build check``, which looks at the last commit only,
and must not stand for ever in the way of a branch whose history cannot be changed.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping

from est_build.problems import catalogue_guard as kinds
from est_build.protect.rawguard.finding import Finding, Said
from est_build.protect.rawguard.places import Role
from est_build.protect.rawguard.shapes import CODE_COLUMNS, columns
from est_build.protect.rawguard.words import Words

SLIPS = 3
"""Rows or keys that may be wrong in a file that a person wrote."""
ALL = "alla"
STEP = 5
"""The narrowest ladder that the protection allows."""
MOST_INVITED = 5_000
LONGEST_CELL = 500
"""Characters of a cell in a table that people write."""
TABLES: dict[str, tuple[str, ...]] = {
    "kommun": (),
    "kommun_grupp": ("kategori",),
    "omrade": (),
    "kommun_kategori": ("kategori",),
    "omrade_grupp": ("kategori",),
    "kommun_miljo": ("miljo",),
    "kommun_miljo_grupp": ("kategori", "miljo"),
    "omrade_miljo": ("miljo",),
    "kommun_tid": ("tid",),
    "kommun_tid_grupp": ("kategori", "tid"),
    "omrade_tid": ("tid",),
}
"""Table of the plan -> the dimensions that it has besides the area."""

_SLUG = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CODE = re.compile(r"[0-9]{2}(?:[0-9]{2})?")
_DECIMAL = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,5})?")

Row = Mapping[str, str]

_HEADER = Said("kolumnerna är inte de som filen ska ha", "the columns are not those of the file")
_CSV = Said("den är ingen tabell med komma mellan fälten", "it is no comma-separated table")
_FIELDS = Said("en rad har fel antal fält", "a row has the wrong number of fields")
_LADDER = Said("ett antal är inget steg på stegen", "a count is no rung of the ladder")
_STEPS = Said("stegen har olika bredd", "the rungs differ in width")
_TWICE = Said("samma ruta står på två rader", "the same cell stands on two rows")
_WORD = Said(
    "ett ord finns inte i kodlistor, områden eller plan", "a word is not in code lists, areas or plan"
)
_VALUE = Said("ett värde har fel form", "a value has the wrong form")


def _is_area(value: str, words: Words) -> bool:
    return value in words.areas if words.areas else bool(_SLUG.fullmatch(value))


def _shaped(pattern: re.Pattern[str]) -> Callable[[str, Words], bool]:
    return lambda value, _: bool(pattern.fullmatch(value))


_NAMED: dict[str, Callable[[str, Words], bool]] = {
    "tabell": lambda value, _: value in TABLES,
    "omrade": _is_area,
    "kategori": lambda value, words: value == ALL or value in words.categories,
    "miljo": lambda value, words: not value or value in words.environments,
    "tid": lambda value, words: not value or value in words.times,
    "sektor": lambda value, words: value in {ALL, "ovriga"} or value in words.sectors,
    "niva": lambda value, _: len(value) <= 20,
}
"""Columns of words, and what they may be."""
_SHAPED: dict[str, Callable[[str, Words], bool]] = {
    "kommun": _shaped(_CODE),
    "inbjudna": lambda value, _: bool(_WHOLE.fullmatch(value)) and int(value) <= MOST_INVITED,
    **dict.fromkeys(("start", "slut", "publiceras"), _shaped(_DATE)),
    **dict.fromkeys(("period", "kvartal", "ar"), lambda value, _: len(value) <= 20),
    "id": _shaped(_SLUG),
    "ord": lambda value, _: len(value) <= 80,
    "text": lambda value, _: len(value) <= 200,
    **dict.fromkeys(("lat", "lon"), _shaped(_DECIMAL)),
    "folkmangd": _shaped(_WHOLE),
    # What is invented says so in every row: whoever puts answers here must lie in every row too.
    "verklighet": _shaped(re.compile(r"påhittad-[1-9][0-9]?")),
    "spann": _shaped(_SLUG),
    # What a simulation found: a case by its letter, and numbers.
    "fall": _shaped(re.compile(r"[A-Z] [a-zåäö0-9– ,]{3,40}")),
    "metod": _shaped(re.compile(r"[a-z0-9_]{3,12}")),
    **dict.fromkeys(
        (
            *("falska", "medelfel", "falska_upp", "falska_ned", "bedomda", "serier", "natverk"),
            *("faktor", "medel_fran", "medel_till", "funna", "drojsmal", "utbrott"),
        ),
        _shaped(re.compile(r"(?:[0-9]{1,5}(?:\.[0-9]{1,3})?)?")),
    ),
    "antal": _shaped(_WHOLE),
    # The ledger: addresses as the site makes them, not so long that anything else could be put in one.
    "adress": _shaped(
        re.compile(
            r"/datasets/dcat|/(?:[a-z0-9][a-z0-9_-]{0,60}/){0,5}"
            r"(?:[a-z0-9_-]{1,60}(?:\.(?:csv-metadata|csvw|schema|tabell))?\.[a-z]{2,7})?"
        )
    ),
    "sha256": _shaped(re.compile(r"(?:[0-9a-f]{64})?")),
    "rattelser": _shaped(re.compile(r"[0-9]{1,2}")),
}
"""Columns of values, and their shape."""
_LADDERS = (("fran", "till"), ("svar_fran", "svar_till"))
_ENDS = {end for ladder in _LADDERS for end in ladder}
_BY_HAND = frozenset({Role.CALENDAR, Role.ASSESSMENT})
_GUIDANCE = frozenset({Role.CATEGORY_NOTES, Role.EVIDENCE})
_LISTS = frozenset({Role.CODE_LIST, Role.WORD_LIST, Role.GAZETTEER}) | _GUIDANCE
_KEYS: dict[Role, tuple[str, ...]] = {
    Role.PARTICIPATION: ("kommun", "sektor"),
    Role.WORLDS: ("verklighet", "spann", "omrade", "kategori", "miljo", "tid"),
    Role.CALENDAR: ("period",),
    Role.LEDGER: ("adress",),
    Role.ASSESSMENT: ("omrade",),
    Role.CODE_LIST: ("id",),
    Role.WORD_LIST: ("ord",),
    Role.GAZETTEER: ("id",),
    Role.FALSE_SIGNALS: ("fall", "niva", "metod"),
    Role.POWER: ("fall", "niva", "metod", "faktor", "medel_fran"),
    **dict.fromkeys(_GUIDANCE, ("id",)),
}
"""What tells the rows apart; for other tables everything but the ladder."""


def table_findings(text: str, role: Role, words: Words) -> list[Finding]:
    """What in a table of ``role`` is not as format 1 has it: at most one finding."""
    read = _rows(text, role)
    if isinstance(read, Finding):
        return [read]
    seen: dict[tuple[str, ...], int] = {}
    widths: set[int] = set()
    wrong: list[Finding] = []
    for line, row in read:
        said = _cells(row, role, words) or _planned(row) or _rungs(row, widths)
        key = tuple(row[name] for name in _KEYS.get(role) or [c for c in row if c not in _ENDS])
        if said is None and seen.setdefault(key, line) != line:
            said = _TWICE
        if said is not None:
            wrong.append(Finding(kinds.NOT_AS_KNOWN, said, line))
    return wrong[:1] if len(wrong) > (SLIPS if role in _BY_HAND else 0) else []


def _rows(text: str, role: Role) -> list[tuple[int, Row]] | Finding:
    """Rows with their line; or what is wrong with the table as such."""
    lines = text.removeprefix("\ufeff")
    first = lines.partition("\n")[0]
    by_hand = role in _BY_HAND
    delimiter = ";" if by_hand and ";" in first and "," not in first else ","
    reader = csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter, strict=not by_hand)
    header: list[str] | None = None
    rows: list[tuple[int, Row]] = []
    ragged: list[int] = []
    try:
        for fields in reader:
            if header is None:
                header = [field.strip().lower() if by_hand else field for field in fields]
                if not _header_fits(header, role):
                    return Finding(kinds.NOT_AS_KNOWN, _HEADER, 1)
            elif len(fields) == len(header):
                cells = [field.strip() for field in fields] if by_hand else fields
                rows.append((reader.line_num, dict(zip(header, cells, strict=True))))
            elif any(field.strip() for field in fields):
                ragged.append(reader.line_num)
    except csv.Error:
        return Finding(kinds.NOT_AS_KNOWN, _CSV, reader.line_num)
    if len(ragged) > (SLIPS if by_hand else 0):
        return Finding(kinds.NOT_AS_KNOWN, _FIELDS, ragged[0])
    return rows


def _header_fits(header: list[str], role: Role) -> bool:
    if role is Role.CODE_LIST:
        return len(set(header)) == len(header) and {"id", "sv"} <= set(header) <= set(CODE_COLUMNS)
    return tuple(header) == columns(role)


def _cells(row: Row, role: Role, words: Words) -> Said | None:
    """What is wrong with a cell of a row, seen by itself."""
    for column, value in row.items():
        if column == "omrade" and not value and role is Role.WORLDS:
            continue  # a report that names the municipality only
        if column in _NAMED:
            if not _NAMED[column](value, words):
                return _WORD
        elif column in _SHAPED and not (column in {"text", "adress"} and role in _GUIDANCE):
            if not _SHAPED[column](value, words):
                return _VALUE
        elif column not in _ENDS and (role not in _LISTS or len(value) > LONGEST_CELL):
            return _VALUE
    return None


def _planned(row: Row) -> Said | None:
    """A table of the plan has the dimensions that it has, and no others."""
    dimensions = TABLES.get(row["tabell"]) if "tabell" in row else None
    if dimensions is None:
        return None
    for column, none in (("kategori", ALL), ("miljo", ""), ("tid", "")):
        value = row.get(column, none)
        if (value == none) == (column in dimensions):
            return _WORD
    return None


def _rungs(row: Row, widths: set[int]) -> Said | None:
    """A shown cell is ``[k·w, k·w + w − 1]`` with k ≥ 1, and the same w in the whole file."""
    for low, high in _LADDERS:
        start, end = row.get(low, ""), row.get(high, "")
        if not start and not end:
            continue
        if not _WHOLE.fullmatch(start) or not _WHOLE.fullmatch(end):
            return _LADDER
        width = int(end) - int(start) + 1
        if width < STEP or int(start) < width or int(start) % width:
            return _LADDER
        widths.add(width)
    return _STEPS if len(widths) > 1 else None
