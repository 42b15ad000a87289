"""The index of the search: which page holds which words. Read by ``est-sok.js`` on ``/sok/`` only.

The whole search is one file, the same bytes for the same pages, and one small script. Nothing that is asked
for leaves the browser. Tables and pictures are left out: every area stands in a table on a hundred pages.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from est_build.load.memo import Memo, digest
from est_build.site.stem import stem

INDEX: Final = "assets/sok.json"
"""Where the index stands in the site."""
WORD: Final = re.compile(r"[a-zà-öø-ÿ][a-zà-öø-ÿ0-9]*|\d{4}-\d{3}")
"""What counts as a word: letters, and the number of an action or an issue."""
_COMMON: Final = 0.6
"""A word that stands on a greater part of the pages than this tells nothing."""
_TITLE, _HEAD, _BODY = 3, 2, 1
_SKIP: Final = re.compile(r"<(svg|table|script|style|nav)\b.*?</\1>", re.DOTALL)
"""Not read at all: most of a page's bytes stand in them."""
_END: Final = "</main>"
_VOID: Final = frozenset({"br", "img", "input", "link", "meta", "hr", "wbr", "area", "base", "col", "source"})

ALIKE: Final[dict[str, str]] = {
    "lampa": "belysning",
    "lyse": "belysning",
    "gatlampa": "belysning",
    "mörkt": "belysning",
    "sopor": "nedskräpning",
    "skräp": "nedskräpning",
    "papperskorg": "nedskräpning",
    "epa": "traktor",
    "moppe": "moped",
    "knark": "narkotika",
    "droger": "narkotika",
    "fylla": "alkohol",
    "sabotage": "skadegörelse",
    "vandalism": "skadegörelse",
    "raketer": "fyrverkeri",
    "smällare": "fyrverkeri",
    "bråk": "ordningsstörning",
    "fortkörning": "hastighet",
    "kakor": "integritet",
    "cookies": "integritet",
    "gdpr": "integritet",
    "sekretess": "skydd",
    "mejl": "kontakt",
    "statistik": "data",
}
"""What people write, and the word that the pages use."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page as the search knows it."""

    address: str
    """From the root of the site, without a slash before it; ``""`` for the start page."""
    title: str
    description: str
    kind: str
    places: tuple[str, ...]
    year: str
    words: dict[str, int]
    """Stem -> where it weighs most: 3 title, 2 heading, 1 text."""


def write_index(site: Path, memo: Memo | None = None) -> int:
    """Read every page that may be found and write the index. Returns the number of pages."""
    paths, memo = sorted(site.rglob("index.html")), memo or Memo()
    found = [page for path in paths if (page := _read(site, path, memo)) is not None]
    (site / INDEX).parent.mkdir(parents=True, exist_ok=True)
    (site / INDEX).write_bytes(index(found).encode("utf-8"))
    return len(found)


def index(pages: list[Found]) -> str:
    """The index as JSON: pages, stems, and for each stem the pages that hold it.

    A stem's row is a list of numbers: the distance to the next page's number times four, plus the weight.
    """
    where: dict[str, list[int]] = defaultdict(list)
    last: dict[str, int] = {}
    spread: dict[str, int] = defaultdict(int)
    for page in pages:
        for word in page.words:
            spread[word] += 1
    limit = max(3, _COMMON * len(pages))
    for number, page in enumerate(pages):
        for word, weight in page.words.items():
            if weight == _BODY and spread[word] > limit:
                continue
            where[word].append((number - last.get(word, 0)) * 4 + weight)
            last[word] = number
    kinds = sorted({page.kind for page in pages})
    names = sorted({place for page in pages for place in page.places})
    rows = [
        [p.address, p.title, p.description, kinds.index(p.kind), [names.index(x) for x in p.places], p.year]
        for p in pages
    ]
    stems = sorted(where)
    alike = {stem(said): stem(meant) for said, meant in sorted(ALIKE.items())}
    value = {
        "slag": kinds,
        "platser": names,
        "sidor": rows,
        "ord": " ".join(stems),
        "var": [where[word] for word in stems],
        "lika": {said: meant for said, meant in alike.items() if meant in where},
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def words_of(text: str) -> Iterator[str]:
    """Stems of the words of a text."""
    return (stem(match[0]) for match in WORD.finditer(text.replace("\u00ad", "").lower()))


def _read(site: Path, path: Path, memo: Memo) -> Found | None:
    text = path.read_text(encoding="utf-8")
    address = path.parent.relative_to(site).as_posix()
    address = "" if address == "." else f"{address}/"
    made = memo.text("sok", digest(address, text), lambda: json.dumps(_found(address, text)))
    values = json.loads(made)
    if values is None:
        return None
    title, description, kind, places, year, words = values
    return Found(address, title, description, kind, tuple(places), year, words)


def _found(address: str, text: str) -> tuple[object, ...] | None:
    """The fields of :class:`Found`; ``None`` for a page that is not to be found."""
    reader = _Reader()
    reader.feed(_SKIP.sub("", text[: text.rfind(_END) + len(_END)]))
    reader.close()
    if reader.filters is None:
        return None
    title = reader.title.partition(" – ")[0]
    words: dict[str, int] = {}
    for weight, text in ((_TITLE, title), *reader.texts):
        for word in words_of(text):
            words[word] = max(weight, words.get(word, 0))
    several: dict[str, list[str]] = defaultdict(list)
    for part in reader.filters.split(", "):
        name, _, value = part.partition(":")
        several[name].append(value)
    return (
        title,
        reader.description,
        "".join(several["slag"][:1]) or "Sida",
        tuple(several["plats"]),
        "".join(several["ar"][:1]),
        words,
    )


@dataclass
class _Reader(HTMLParser):
    """Title, description, filters, and the texts of ``main`` with their weights."""

    title: str = ""
    description: str = ""
    filters: str | None = None
    texts: list[tuple[int, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "meta" and values.get("name") == "description":
            self.description = values.get("content") or ""
        if tag == "main":
            self.filters = values.get("data-sok")
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            return
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "title":
            self.title += data
        if "main" not in self._open:
            return
        heading = any(tag in {"h1", "h2", "h3", "h4", "dt", "summary"} for tag in self._open)
        self.texts.append((_HEAD if heading else _BODY, data))
