"""The word lists that come with the package, read once."""

from __future__ import annotations

import csv
import importlib.resources
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from typing import Literal, cast, get_args

Level = Literal["fel", "varning", "not"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a word list: what to look for, how serious it is, why, and what to write instead."""

    word: str
    level: Level
    why: str
    instead: str


def _folder(name: str) -> Traversable:
    return importlib.resources.files("est_build.protect.text") / name


@cache
def words_of(name: str) -> frozenset[str]:
    """A plain list in ``listor/``: one word a line, ``#`` begins a comment."""
    lines = (_folder("listor") / name).read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines for word in line.partition("#")[0].split())


@cache
def names() -> frozenset[str]:
    """First names, in small letters."""
    return words_of("fornamn.txt")


@cache
def entries() -> tuple[Entry, ...]:
    """All rows of the CSV files in ``ord/``, file by file in the order of their names."""
    found = []
    for path in sorted(_folder("ord").iterdir(), key=lambda p: p.name):
        if path.name.endswith(".csv"):
            rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
            found += [_entry(row, path.name) for row in rows]
    return tuple(found)


def _entry(row: dict[str, str], name: str) -> Entry:
    if row["niva"] not in get_args(Level) or not all(row.values()):
        raise ValueError(f"{name}: {row}")
    return Entry(row["ord"].lower(), cast(Level, row["niva"]), row["skal"], row["forslag"])
