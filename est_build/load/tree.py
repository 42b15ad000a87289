"""A read file as plain values (dict, list, str) with the position of each of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from est_build.problems import Place, Problem
from est_build.problems import catalogue as kinds

Path_ = tuple[str | int, ...]


@dataclass(slots=True)
class Tree:
    """``data`` with every scalar as text, and where each value and key stands."""

    file: str
    data: Any
    values: dict[Path_, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path_, tuple[int, int]] = field(default_factory=dict)

    def place(self, path: Path_, *, of_key: bool = False) -> Place:
        """Where the value at ``path`` stands, or the nearest parent that has a place."""
        where = self.keys if of_key else self.values
        current = path
        while current and current not in where:
            current = current[:-1]
        line, column = where.get(current, self.values.get((), (1, 1)))
        return Place(self.file, line, column)


def relative(path: Path, root: Path) -> str:
    """The path as a person would name it: from the folder that holds the instance."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.name


def read_text(path: Path, name: str) -> str | Problem:
    """The text of a file, without BOM; or what stops it from being read."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Problem(kinds.FILE_MISSING, Place(name))
    except IsADirectoryError:
        return Problem(kinds.FILE_MISSING, Place(name))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        return Problem(kinds.NOT_UTF8, Place(name, line, column))
