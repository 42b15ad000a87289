"""What a build remembers from the one before: made texts by the checksum of everything they are made of.

One SQLite file, ``build/minne.sqlite``. It may be deleted at any time, and nothing in it is trusted: a value
that does not match its own checksum is made anew, a file that is no database is replaced, and a disk that
refuses is no reason to stop. The program itself goes into every key, so a new version begins from nothing.
"""

from __future__ import annotations

import contextlib
import functools
import sqlite3
import sys
from collections.abc import Callable
from importlib import metadata
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from est_build.load.memo import Memo, digest

NAME: Final = "minne.sqlite"
"""Name of the file, in the folder ``build/``."""
_LIBRARIES: Final = ("folium", "icalendar", "jinja2", "markdown", "markupsafe", "mkdocs", "mkdocs-material")
_LIBRARIES_TOO: Final = ("pydantic", "pyphen", "pyyaml", "rdflib", "shapely")
_TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS minne"
    " (slag TEXT, nyckel TEXT, summa TEXT, text TEXT, PRIMARY KEY (slag, nyckel)) WITHOUT ROWID"
)
_PUT: Final = "INSERT OR REPLACE INTO minne VALUES (?, ?, ?, ?)"
_FIND: Final = "SELECT summa, text FROM minne WHERE slag=? AND nyckel=?"


class Cache(Memo):
    """Remembers on disk. What a build did not ask for is forgotten when it ends."""

    def __init__(self, path: Path) -> None:
        """``path``: the file; it and its folder need not be there."""
        self._path = path
        self.made = 0
        """How many texts could not be remembered."""
        self._asked: set[tuple[str, str]] = set()
        self._known = self._open()

    def text(self, kind: str, key: str, make: Callable[[], str]) -> str:
        """A text of a kind, read if it is there and whole, else made (:meth:`Memo.text`)."""
        found = self.get(kind, key)
        if found is None:
            found = make()
            self.put(kind, key, found)
        return found

    def get(self, kind: str, key: str) -> str | None:
        """A remembered text, or ``None``."""
        at = (kind, digest(program(), key))
        self._asked.add(at)
        try:
            row = self._known.execute(_FIND, at).fetchone()
        except sqlite3.Error:
            return None
        if row is None or not isinstance(row[1], str) or row[0] != digest(*at, row[1]):
            return None
        return row[1]

    def put(self, kind: str, key: str, text: str) -> None:
        """Remember a text, for others only after :meth:`save`. A full disk is no fault."""
        at = (kind, digest(program(), key))
        self._asked.add(at)
        self.made += 1
        with contextlib.suppress(sqlite3.Error):
            self._known.execute(
                "INSERT OR REPLACE INTO minne VALUES (?, ?, ?, ?)", (*at, digest(*at, text), text)
            )

    def save(self) -> None:
        """Keep what is new and forget what was not asked for, all or nothing."""
        try:
            every = self._known.execute("SELECT slag, nyckel FROM minne").fetchall()
            stale = [at for at in every if at not in self._asked]
            self._known.executemany("DELETE FROM minne WHERE slag=? AND nyckel=?", stale)
            self._known.commit()
        except sqlite3.Error:
            with contextlib.suppress(sqlite3.Error):
                self._known.rollback()

    def close(self) -> None:
        """Let go of the file."""
        self._known.close()

    def _open(self) -> sqlite3.Connection:
        for again in (False, True):
            try:
                if again:
                    self._path.unlink(missing_ok=True)
                self._path.parent.mkdir(parents=True, exist_ok=True)
                known = sqlite3.connect(self._path, isolation_level="IMMEDIATE", timeout=0)
                known.execute("PRAGMA journal_mode=DELETE")
                known.execute(_TABLE)
                known.execute("SELECT slag, nyckel, summa, text FROM minne LIMIT 1").fetchone()
            except (sqlite3.Error, OSError):
                continue
            return known
        known = sqlite3.connect(":memory:")
        known.execute(_TABLE)
        return known


@functools.cache
def program() -> str:
    """Checksum of the program: its own files, the interpreter and the libraries that write pages."""
    versions = [f"{name} {metadata.version(name)}" for name in (*_LIBRARIES, *_LIBRARIES_TOO)]
    parts: list[str | bytes] = [sys.version, *versions]
    for name, file in _files(files("est_build"), ""):
        parts += [name, file.read_bytes()]
    return digest(*parts)


def _files(folder: Traversable, at: str) -> list[tuple[str, Traversable]]:
    found = []
    for item in sorted(folder.iterdir(), key=lambda i: i.name):
        name = f"{at}/{item.name}"
        if item.is_dir():
            found += [] if item.name == "__pycache__" else _files(item, name)
        else:
            found.append((name, item))
    return found
