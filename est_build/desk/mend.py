"""Safe repairs of the files that people write: what is plainly meant, in the form that the tool wants.

A repair never touches a release (what ``prepare`` wrote), never the rules of the protection beyond their
bytes, and never changes what a text says. Mending twice is mending once.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from est_build.desk.encoding import decoded, one_line_end, without_blanks
from est_build.desk.mend_csv import mended_table
from est_build.desk.mend_yaml import mended_yaml
from est_build.desk.words import Vocabulary
from est_build.disk.lock import locked
from est_build.disk.whole import write_all
from est_build.load.frame import load_frame
from est_build.load.yaml_file import parse_yaml
from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue_desk as kinds
from est_build.protect.rawguard.places import Role, role_of
from est_build.protect.rawguard.shapes import ROWS, TREES

_CLOSED = ("data/perioder/", "data/kvartal/", "data/ar/")
"""What is published in time. Texts in there are mended only if somebody names them."""
_BYTES_ONLY = {Role.PROTECTION, Role.AREAS, Role.OUTLINES, Role.PAGE}
_NEVER = {Role.REPORTS, Role.PARTICIPATION, Role.ATTESTATION, Role.WORLDS, Role.CONFIRMED}
_MOST = 2_000_000
"""Bytes. No file that a person wrote is larger."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A file before and after, and what was done."""

    name: str
    """From the folder of the instance: ``data/atgarder/2026-017.yml``."""
    before: bytes
    after: bytes
    done: tuple[str, ...]


def vocabulary(root: Path) -> Vocabulary | None:
    """The codes and areas of the instance; ``None`` while its frame has faults."""
    try:
        frame = load_frame(root / "data", drawn=False)
    except (ProblemsError, OSError):
        return None
    return Vocabulary(frame.codes, frame.areas)


def repairs(root: Path, named: Sequence[str] = ()) -> list[Repair]:
    """What can be mended in the instance, or in the files that are ``named`` (paths from ``root``)."""
    words = vocabulary(root)
    found = []
    for name in sorted(named) if named else _open_files(root):
        role = role_of(name)
        path = root / name
        if role is None or role in _NEVER or path.is_symlink() or not path.is_file():
            continue
        raw = path.read_bytes()
        if len(raw) <= _MOST and (done := mended(raw, role, words)) is not None:
            found.append(Repair(name, raw, *done))
    return found


def _open_files(root: Path) -> Iterator[str]:
    for folder in ("content", "data"):
        for place, folders, files in os.walk(root / folder):
            folders.sort()
            for file in sorted(files):
                name = (Path(place) / file).relative_to(root).as_posix()
                if not name.startswith(_CLOSED):
                    yield name


def mended(raw: bytes, role: Role, words: Vocabulary | None) -> tuple[bytes, tuple[str, ...]] | None:
    """The content put right and what was done; ``None`` if there is nothing to do, or nothing safe."""
    start = decoded(raw)
    if start is None or role in _NEVER:
        return None
    text, done = start
    text, more = one_line_end(text)
    done += more
    if role not in {Role.PAGE, Role.AREAS, Role.OUTLINES}:
        shorter, more = without_blanks(text)
        if role in ROWS or _says_the_same(text, shorter):
            text, done = shorter, [*done, *more]
    if role not in _BYTES_ONLY:
        if role in ROWS:
            text, more = mended_table(text, ROWS[role], words)
            done += more
        elif role in TREES:
            text, more = mended_yaml(text, TREES[role], words)
            done += more
    after = text.encode("utf-8")
    return (after, tuple(dict.fromkeys(done))) if after != raw else None


def _says_the_same(before: str, after: str) -> bool:
    """True if blanks are all that differ: those at the end of a line of a text say nothing."""
    one, first = parse_yaml(before, "")
    two, second = parse_yaml(after, "")
    if one is None:
        # A tab after a colon stops the reading, and is gone with the blanks.
        return True
    if two is None or len(first) != len(second):
        return False
    return _bare(one.data) == _bare(two.data)


def _bare(data: object) -> object:
    if isinstance(data, dict):
        return {key: _bare(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_bare(value) for value in data]
    return " ".join(str(data).split())


def write_repairs(root: Path, wanted: Iterable[Repair]) -> None:
    """Write every repair, or none.

    Raises :class:`ProblemsError` (EST615) if a file has changed since it was read, ``OSError`` from the disk.
    """
    every = list(wanted)
    with locked(root / "data"):
        for repair in every:
            if (root / repair.name).read_bytes() != repair.before:
                values = {"file": repair.name}
                raise ProblemsError([Problem(kinds.REPAIR_REFUSED, Place(repair.name), values)])
        write_all({root / repair.name: repair.after for repair in every})
