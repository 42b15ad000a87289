"""Where the texts of an instance stand: every value and comment of its YAML, tables, pages, place names."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from est_build.load.csv_file import letter
from est_build.load.frame import Frame
from est_build.load.tree import MAX_PAGE, Path_, read_text
from est_build.load.yaml_file import parse_yaml
from est_build.problems import Place

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FRAME = {"webbplats.yml", "skydd.yml", "kodlistor.yml"}
"""Their comments explain the rules, so numbers of the rules may stand there."""
_CODES = {
    "typ", "status", "miljoer", "kategorier", "strategier", "omraden", "horisont", "form", "orsaker", "id",
    "grund", "effekt", "genomforande", "nasta", "bieffekter", "kostnad", "stod", "slag", "jamforelse",
    "flytt", "utelamna", "omrade", "metod", "kanslighet", "forald", "beslutad_av", "kanda_kallor",
    "sektorer", "sektor", "format", "kommun", "kod", "sprak", "licens_data", "fragor", "atgarder", "fraga",
    "atgard", "sammanslagna",
}  # fmt: skip
"""Keys whose values are codes. A value that does not look like one is read all the same."""
_CODE = re.compile(r"[a-z0-9][a-z0-9._-]*")
_DATE_OR_NUMBER = re.compile(
    r"\d{4}-\d\d-\d\d|\d{4}-\d{3}|\d{4}-(?:kv\d|v\d\d-(?:\d{4}-v)?\d\d)|-?\d{1,6}(?:\.\d+)?|ja|nej"
)
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#[^\n]*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Piece:
    """One text, with the way from an index in it to a place in its file."""

    file: str
    text: str
    place: Callable[[int], Place]
    page: bool = False
    markdown: bool = False
    english: bool = False
    key: str = ""
    """Key of a YAML value; that of the list for what stands in a list."""


def pieces(frame: Frame, content: Path) -> Iterator[Piece]:
    """Every text of the instance that a person wrote, file by file. Files that cannot be read are skipped:
    loading has told their faults.
    """
    for path in sorted(frame.root.rglob("*.yml")):
        name = path.relative_to(frame.root).as_posix()
        if not name.startswith("."):
            yield from _yaml(path, name)
    for path in sorted(frame.root.glob("perioder/*/bedomning.csv")):
        yield from _csv(path, path.relative_to(frame.root).as_posix())
    for path in sorted(content.rglob("*.md")):
        yield from _markdown(path, f"content/{path.relative_to(content).as_posix()}")
    for path in sorted(content.glob("*.yml")):
        yield from _yaml(path, f"content/{path.name}")
    names = [("omraden.geojson", area.name) for area in frame.areas]
    names += [("omgivning.geojson", land.name) for land in frame.background]
    names += [("omgivning.geojson", water.name) for water in frame.waters]
    for file, name in names:
        yield Piece(file, name, _fixed(Place(file)))


def _yaml(path: Path, name: str) -> Iterator[Piece]:
    raw = read_text(path, name)
    if not isinstance(raw, str):
        return
    tree, _ = parse_yaml(raw, name)
    if tree is None:
        return
    page = name in _FRAME
    for where, value in _scalars(tree.data, ()):
        key = next((part for part in reversed(where) if isinstance(part, str)), "")
        if not value or _DATE_OR_NUMBER.fullmatch(value) or (key in _CODES and _CODE.fullmatch(value)):
            continue
        start = tree.values.get(where, (1, 1))
        yield Piece(name, value, _in_yaml(raw, name, start, value), page, key=key)
    if "#" in raw:
        for match in _comments(raw):
            yield Piece(name, match[0][1:], _at(raw, name, match.start() + 1), page)


def _scalars(value: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _scalars(inner, (*path, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _scalars(inner, (*path, i))
    elif isinstance(value, str):
        yield path, value


def _comments(raw: str) -> Iterator[re.Match[str]]:
    """Comments: what follows a # that stands in no value."""
    starts = [0, *(m.end() for m in re.finditer("\n", raw))]
    spans = []
    for event in yaml.parse(raw, Loader=_Loader):
        if isinstance(event, yaml.ScalarEvent):
            first, last = event.start_mark, event.end_mark
            if first is not None and last is not None:
                end = starts[min(last.line, len(starts) - 1)] + last.column
                spans.append((starts[first.line] + first.column, end))
    for match in _COMMENT.finditer(raw):
        if not any(a <= match.start() < b for a, b in spans):
            yield match


def _in_yaml(raw: str, name: str, start: tuple[int, int], value: str) -> Callable[[int], Place]:
    """The place of an index in a value: the value's characters are found again, one by one, in the file."""

    def place(index: int) -> Place:
        at = _offset(raw, start)
        head = raw[at : at + 1]
        if head in {"|", ">"}:
            at = raw.find("\n", at) + 1
        elif head in {'"', "'"}:
            at += 1
        found = at
        for char in value[: index + 1]:
            if char.isspace():
                continue
            following = raw.find(char, at)
            # An escape (\u00e5) is not found as it is: stay close to where it must be.
            if following < 0 or following - at > 200:
                continue
            found, at = following, following + 1
        return _at(raw, name, found)(0)

    return place


def _offset(raw: str, start: tuple[int, int]) -> int:
    line, column = start
    at = 0
    for _ in range(line - 1):
        at = raw.index("\n", at) + 1
    return at + column - 1


def _at(raw: str, name: str, base: int) -> Callable[[int], Place]:
    """The place of an index in a part of a file that begins at ``base``."""

    def place(index: int) -> Place:
        at = base + index
        return Place(name, raw.count("\n", 0, at) + 1, at - raw.rfind("\n", 0, at))

    return place


def _fixed(place: Place) -> Callable[[int], Place]:
    return lambda _: place


def _csv(path: Path, name: str) -> Iterator[Piece]:
    raw = read_text(path, name)
    if not isinstance(raw, str):
        return
    reader = csv.reader(io.StringIO(raw, newline=""))
    try:
        for n, fields in enumerate(reader):
            for i, field in enumerate(fields):
                if n and field and not _CODE.fullmatch(field):
                    place = Place(name, reader.line_num, letter=letter(i))
                    yield Piece(name, field, _fixed(place))
    except csv.Error:
        return


def _markdown(path: Path, name: str) -> Iterator[Piece]:
    raw = read_text(path, name)
    # What is longer is no page: the build refuses it, unread.
    if isinstance(raw, str) and len(raw) <= MAX_PAGE:
        english = path.stem == "en" or path.stem.startswith("en-")
        yield Piece(name, raw, _at(raw, name, 0), page=True, markdown=True, english=english)
