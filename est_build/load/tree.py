"""A read file as plain values (dict, list, str) with the position of each of them."""

from __future__ import annotations

import errno
import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from est_build.disk.reason import reason
from est_build.problems import Place, Problem
from est_build.problems import catalogue as kinds

Path_ = tuple[str | int, ...]
MAX_DEPTH = 40
"""Levels inside one another. No file of an instance has ten; a thousand would exhaust the stack."""

MAX_BYTES = 20_000_000
"""Bytes of one file. The largest there is holds the borders of a whole country, in less than a megabyte."""
MAX_PAGE = 200_000
"""Characters of a hand-written page: a book of a hundred pages."""
MOST_TOLD = 500
"""Faults of one file that are told. Nobody reads more, and a million of them fill the memory."""

# Everything that has no shape: C0 and C1 but tab and line breaks, surrogates, non-characters. They break
# what is built from a text (XML, the engine's own place holders), and nobody has written them on purpose.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(slots=True)
class Tree:
    """``data`` with every scalar as text, and where each value and key stands.

    ``empty``: keys that stand in the file without a value; ``data`` does not have them.
    """

    file: str
    data: Any
    values: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    empty: tuple[Path_, ...] = ()

    def place(self, path: Path_, *, of_key: bool = False) -> Place:
        """Where the value at ``path`` stands, or the nearest parent that has a place."""
        if of_key and path in self.keys:
            return Place(self.file, *self.keys[path])
        current = path
        while current and current not in self.values:
            current = current[:-1]
        if current not in self.values:
            return Place(self.file)
        return Place(self.file, *self.values[current])


def relative(path: Path, root: Path) -> str:
    """The path as a person would name it: from the folder that holds the instance."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.name


def read_text(path: Path, name: str) -> str | Problem:
    """The text of a file, without BOM; or what stops it from being read."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode) and not stat.S_ISDIR(about.st_mode):
            # A device or a pipe has no end.
            return Problem(kinds.FILE_UNREADABLE, Place(name), {"why": "det är ingen vanlig fil"})
        if about.st_size > MAX_BYTES:
            why = f"den är på {about.st_size // 10**6} MB, och ingen får vara större än {MAX_BYTES // 10**6}"
            return Problem(kinds.FILE_TOO_LARGE, Place(name), {"why": why})
        raw = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return Problem(kinds.FILE_MISSING, Place(name))
    except OSError as error:
        return Problem(kinds.FILE_UNREADABLE, Place(name), {"why": reason(error)})
    return text_of(raw, name)


def first_of(problems: list[Problem], name: str) -> list[Problem]:
    """The problems of one file; of very many the first, and one (EST122) that says that there are more."""
    if len(problems) <= MOST_TOLD:
        return problems
    return [*problems[:MOST_TOLD], Problem(kinds.TOO_MANY, Place(name), {"value": str(MOST_TOLD)})]


def read_bytes(path: Path) -> bytes:
    """The whole of a file. Hundreds of small files are read, so without the detour over a buffer.

    Raises ``OSError``, for a file that is far too large as well.
    """
    with path.open("rb", buffering=0) as file:
        if os.fstat(file.fileno()).st_size > MAX_BYTES:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
        return file.read()


def text_of(raw: bytes, name: str) -> str | Problem:
    """As :func:`read_text`, from bytes."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = raw.rfind(b"\n", 0, error.start) + 1
        line = raw[: error.start].count(b"\n") + 1
        before = raw[start : error.start].decode("utf-8", errors="replace").removeprefix("\ufeff")
        return Problem(kinds.NOT_UTF8, Place(name, line, len(before) + 1))
    if (found := control_character(text)) is not None:
        index, value = found
        line = text.count("\n", 0, index) + 1
        place = Place(name, line, index - text.rfind("\n", 0, index))
        return Problem(kinds.CONTROL_CHARACTER, place, {"value": value})
    return text


def control_character(text: str) -> tuple[int, str] | None:
    """Index and name (``U+0007``) of the first character that may not stand in a text."""
    match = _CONTROL.search(text)
    return None if match is None else (match.start(), f"U+{ord(match[0]):04X}")
