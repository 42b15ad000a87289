"""A walk through everything that is published: every file of a data folder, every file of a site.

:func:`data_faults` and :func:`site_faults` return what breaks the rules that hold whatever the true
counts are: a count is an interval of the ladder from 5 and up, a sum of such, or hidden. No nought,
no 1-4, no exact number. :func:`found` looks for words that must be nowhere, in any byte.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

INTERVAL = re.compile(r"^(\d[\d ]*)–(\d[\d ]*)$")
OPEN = re.compile(r"^minst (\d[\d ]*)$", re.IGNORECASE)
BETWEEN = re.compile(r"^mellan (\d[\d ]*) och (\d[\d ]*)$", re.IGNORECASE)
OF = re.compile(r"^(.*) av (\d[\d ]*)(?: svarade)?$")
NOT_COUNTED = {"··", "..", "–", "ingen insamling", ""}
COUNT_WORD = r"(?:rapport|iakttagels|anmälning|händelse)"
BARE = re.compile(rf"(\S+\s+)?(?<![–\d.,])\b(\d[\d ]*)\s+{COUNT_WORD}", re.IGNORECASE)
LIMIT_WORDS = {"än", "minst", "och", "under", "mellan", "över", "till"}
"""Before a limit or an end of an interval: ``färre än 5 rapporter``, ``mellan 205 och 229 rapporter``."""
COUNT_LABELS = {"rapporter", "förra perioden", "svar", "svarade", "samma period i fjol"}
"""Headings of columns whose cells are counts of answers or reports."""


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def is_rung(low: int, high: int) -> bool:
    """One interval of the ladder."""
    return low >= 5 and low % 5 == 0 and high == low + 4


def is_sum(low: int, high: int) -> bool:
    """A sum of intervals: each part adds four between the ends."""
    return low >= 5 and low % 5 == 0 and high > low and (high - low) % 4 == 0 and 5 * (high - low) <= 4 * low


def is_count(text: str) -> bool:
    """True if a text says a count in a form that may be published."""
    plain = re.sub(r"[\s\u202f\xa0]+", " ", text).strip()
    if plain in NOT_COUNTED:
        return True
    most = None
    if match := OF.match(plain):
        plain, most = match[1], number(match[2])
        if plain == "··":
            return True
    if match := OPEN.match(plain):
        return number(match[1]) >= 5 and number(match[1]) % 5 == 0
    match = INTERVAL.match(plain) or BETWEEN.match(plain)
    if match is None:
        return False
    low, high = number(match[1]), number(match[2])
    # More than were asked cannot have answered: the upper end may be cut off there.
    return is_sum(low, high) or (most is not None and low % 5 == 0 and 5 <= low <= high == most)


def files(root: Path) -> Iterator[tuple[str, bytes]]:
    """Every file with its content; packed files are unpacked as well."""
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        name, content = path.relative_to(root).as_posix(), path.read_bytes()
        yield name, content
        if path.suffix == ".gz":
            yield f"{name}!", gzip.decompress(content)
        if content[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                yield from ((f"{name}!{inner}", packed.read(inner)) for inner in packed.namelist())


def found(root: Path, words: Iterable[str]) -> list[str]:
    """Where any of the words stands, in names and bytes, whatever the case and the encoding."""
    wanted = [w.casefold() for w in words]
    hits = []
    for name, content in files(root):
        for text in {
            name,
            content.decode("utf-8", "replace"),
            content.decode("utf-16-le", "replace"),
            content.decode("utf-8", "replace").encode().decode("unicode_escape", "replace")
            if b"\\u" in content
            else "",
        }:
            folded = text.casefold()
            hits += [f"{name}: {word}" for word in wanted if word in folded]
    return hits


# ---- tables -------------------------------------------------------------------------------------


WORLDS = re.compile(
    r"(?:perioder|kvartal|ar)/[^/]+/\d{2,4}/verkligheter\.csv|data/bevis/pahittade-verkligheter-[a-z0-9-]+\.csv"
)
"""The only files with small and exact numbers: realities that the audit has made up. In ``data/``, and on
the site."""
INVENTED = re.compile(r"påhittad-[1-9]\d*")
"""How every row of such a file begins."""
NO_COUNTS = {
    *("fran", "till", "svar_fran", "svar_till", "inbjudna"),
    *("kommun", "ar", "tid", "spann", "publicering", "rattelser", "nr", "folkmangd"),
}
"""Columns with whole numbers: ends of intervals, those asked or living there, codes, years, corrections,
an order."""
OBSERVED = re.compile(r";e:antal n:(\S+);")
"""The interval of an observation in a data cube."""


def world_faults(name: str, text: str) -> list[str]:
    """Made-up realities: nobody may take a row for a report, not even one that stands alone."""
    rows = list(csv.reader(io.StringIO(text)))
    faults = [] if rows and rows[0][0] == "verklighet" else [f"{name}: ingen kolumn för verklighet"]
    for line, row in enumerate(rows[1:], start=2):
        if not row or not INVENTED.fullmatch(row[0]):
            faults.append(f"{name} rad {line}: säger inte att den är påhittad")
    return faults


def table_faults(name: str, text: str) -> list[str]:
    """A CSV: each pair of ends is a rung or empty, and no other column counts anything."""
    if WORLDS.fullmatch(name):
        return world_faults(name, text)
    return row_faults(name, list(csv.DictReader(io.StringIO(text, newline=""))))


def row_faults(name: str, rows: list[dict[str, str]]) -> list[str]:
    """The rows of a table, whatever form it had."""
    pairs = [("fran", "till"), ("svar_fran", "svar_till")]
    faults = []
    for line, row in enumerate(rows, start=2):
        faults += [
            f"{name} rad {line}: {column}={value}"
            for column, value in row.items()
            if column not in NO_COUNTS and str(value).strip().isdigit()
        ]
        for low, high in pairs:
            if low not in row:
                continue
            ends = (row[low], row[high])
            if ends != ("", "") and not (all(ends) and is_rung(int(ends[0]), int(ends[1]))):
                faults.append(f"{name} rad {line}: {ends}")
    return faults


def json_faults(name: str, value: Any, key: str = "") -> list[str]:
    """Lists of two numbers or more under a name that means counts."""
    faults: list[str] = []
    if isinstance(value, dict) and isinstance(value.get("kolumner"), list):
        rows = [dict(zip(value["kolumner"], map(_as_csv, row), strict=True)) for row in value["rader"]]
        return row_faults(name, rows)
    if isinstance(value, dict) and {"fran", "till"} <= value.keys():
        return row_faults(name, [{end: _as_csv(value[end]) for end in ("fran", "till")}])
    if isinstance(value, dict):
        for inner, content in value.items():
            faults += json_faults(name, content, inner if key != "celler" else key)
    elif key == "celler":
        if value is not None and not (isinstance(value, list) and is_rung(value[0], value[1])):
            faults.append(f"{name}: {value}")
    elif isinstance(value, list):
        for content in value:
            faults += json_faults(name, content, key)
    elif key in ("antal", "rapporter", "count") and isinstance(value, int | float):
        faults.append(f"{name}: {key}={value}")
    return faults


def _as_csv(value: Any) -> str:
    return "" if value is None else " ".join(value) if isinstance(value, list) else str(value)


def cube_faults(name: str, text: str) -> list[str]:
    """A data cube: each observation has a rung or one of the two codes that stand for no number."""
    faults = []
    for interval in OBSERVED.findall(text):
        low, _, high = interval.partition("-")
        if interval not in {"c", "L"} and not (high and is_rung(int(low), int(high))):
            faults.append(f"{name}: {interval}")
    return faults


def data_faults(root: Path) -> list[str]:
    """Every file of ``data/``. A file of a kind that is not expected there is a fault itself."""
    faults = []
    for name, content in files(root):
        kind = name.rsplit(".", 1)[-1]
        if kind == "csv":
            faults += table_faults(name, content.decode("utf-8"))
        elif kind in ("json", "geojson"):
            faults += json_faults(name, json.loads(content))
        elif kind in ("yml", "yaml"):
            faults += [f"{name}: {hit}" for hit in bare_counts(content.decode("utf-8"))]
        else:
            faults.append(f"{name}: okänt slag av fil")
    return faults


def bare_counts(text: str) -> list[str]:
    """``3 rapporter`` in running text: a number before a word for reports that is no interval."""
    plain = re.sub(r"[\s\u202f\xa0]+", " ", text)
    hits = []
    for match in BARE.finditer(plain):
        before = (match[1] or "").strip(" .,:;(").casefold()
        if before not in LIMIT_WORDS:
            hits.append(match[0])
    return hits


# ---- pages --------------------------------------------------------------------------------------


class Page(HTMLParser):
    """Collects texts, texts of attributes, and table cells with the heading that they stand under."""

    ATTRIBUTES = ("title", "aria-label", "alt", "content", "data-label", "data-text")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.cells: list[tuple[str, str]] = []
        self.figure_texts: list[str] = []
        self._cell: tuple[str, list[str]] | None = None
        self._skip = 0
        self._svg_text = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {k: v or "" for k, v in attrs}
        self.texts += [values[a] for a in self.ATTRIBUTES if a in values]
        if tag in ("script", "style"):
            self._skip += 1
        if tag == "td":
            self._cell = (values.get("data-label", ""), [])
        self._svg_text = tag == "text" or (self._svg_text and tag == "tspan")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._skip -= 1
        if tag == "td" and self._cell is not None:
            self.cells.append((self._cell[0], "".join(self._cell[1])))
            self._cell = None
        if tag == "text":
            self._svg_text = False

    def handle_data(self, data: str) -> None:
        if self._skip:
            return
        self.texts.append(data)
        if self._svg_text:
            self.figure_texts.append(data)
        if self._cell is not None:
            self._cell[1].append(data)


def page_faults(name: str, text: str, places: set[str]) -> list[str]:
    """Counts in tables, figures and texts of a page. ``places``: headings that are names of places."""
    page = Page()
    page.feed(text)
    faults = []
    for label, cell in page.cells:
        counted = label.casefold() in COUNT_LABELS or label in places
        if counted and any(c.isdigit() for c in cell) and not _cell_ok(cell):
            faults.append(f"{name}: {label}: {cell!r}")
    for drawn in page.figure_texts:
        plain = drawn.strip()
        if INTERVAL.match(plain) and not is_count(plain):
            faults.append(f"{name}: figur: {plain!r}")
    for said in page.texts:
        faults += [f"{name}: text: {hit!r}" for hit in bare_counts(said)]
    return faults


SHARE = re.compile(r"^(?:mellan \d och (?:\d|10)|minst \d|\d) av 10 svarade$", re.IGNORECASE)
"""A share in tenths, made from intervals (R5)."""
COUNT_AND_SHARE = re.compile(r"^(.+ av \d+) \((.+ av 10)\)$")
"""``15–19 av 24 (mellan 6 och 8 av 10)``."""
SINCE = re.compile(r"^sedan 20\d\d$")
"""Since when an issue has been followed: a year, and no count."""


def _cell_ok(cell: str) -> bool:
    plain = re.sub(r"[\s\u202f\xa0]+", " ", cell).strip()
    if match := COUNT_AND_SHARE.match(plain):
        return is_count(match[1]) and SHARE.match(f"{match[2]} svarade") is not None
    return is_count(plain) or SHARE.match(plain) is not None or SINCE.match(plain) is not None


def site_faults(root: Path, places: Iterable[str]) -> list[str]:
    """Every file of a built site."""
    names = set(places)
    faults = []
    for name, content in files(root):
        kind = name.rsplit(".", 1)[-1]
        if kind in ("html", "svg", "xml"):
            faults += page_faults(name, content.decode("utf-8"), names)
        elif kind == "csv":
            faults += table_faults(name, content.decode("utf-8"))
        elif kind in ("json", "geojson", "jsonld"):
            faults += json_faults(name, json.loads(content))
        elif kind == "ttl":
            faults += cube_faults(name, content.decode("utf-8"))
    return faults
