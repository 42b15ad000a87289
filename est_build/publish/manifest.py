"""The list of all files of a site with the sha256 of each, for whoever wants to know that a copy is whole.

It is a text that ``sha256sum -c`` reads, with the name that BagIt (RFC 8493) gives to such a list. It stands
in the top folder, since the names in it are written from there. The same site gives the same list, so that
whoever builds the site from the open repository can compare it with what is published.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue as base
from est_build.problems import catalogue_site as kinds
from est_build.problems import catalogue_steps as steps

MANIFEST = "manifest-sha256.txt"
MOST_BYTES = 64 * 1024 * 1024
"""A longer list is refused before it is read: ours has a hundred bytes a file."""
LONGEST_NAME = 1000
_ROW = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\\]|^[A-Za-z]:|^/|^~")
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Verified:
    """What a comparison found."""

    problems: tuple[Problem, ...]
    right: int
    """Files that are what the list says."""
    listed: int
    digest: str
    """sha256 of the list itself: one number that stands for the whole site."""
    names: frozenset[str]
    """What the list names."""


def write_manifest(site: Path) -> None:
    """Write the list of all files in ``site``, in the order of the bytes of their names.

    Raises :class:`ProblemsError` (EST604) if a file has a name that a list cannot hold.
    """
    rows, problems = [], []
    for name, path in files_in(site):
        if name == MANIFEST:
            continue
        if path is None or fault_of(name) is not None:
            problems.append(
                Problem(steps.CHECK_FAILED, Place(name), {"why": "filen kan inte stå i fillistan"})
            )
        else:
            rows.append((name.encode("utf-8"), sha256_of(path)))
    if problems:
        raise ProblemsError(problems)
    text = b"".join(digest.encode("ascii") + b"  " + name + b"\n" for name, digest in sorted(rows))
    (site / MANIFEST).write_bytes(text)


def read_manifest(path: Path) -> tuple[Mapping[str, str], str]:
    """The rows of a list (name -> sha256), and the sha256 of the list itself.

    Whoever made it may mean harm: nothing in it is followed before it has been looked at.
    Raises :class:`ProblemsError`: EST641 if there is none, EST642 if it is not what a list should be.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise FileNotFoundError
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise ProblemsError([Problem(kinds.LIST_MISSING, Place(path.name))]) from None
    if len(raw) > MOST_BYTES:
        raise _refused(path, "den är för stor")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise _refused(path, "den är inte text i UTF-8") from None
    if not text.endswith("\n"):
        raise _refused(path, "den är avklippt eller tom")
    rows: dict[str, str] = {}
    for number, line in enumerate(text[:-1].split("\n"), 1):
        match = _ROW.fullmatch(line.removesuffix("\r"))
        why = "den är inte en sha256 och ett namn" if match is None else fault_of(match[2])
        if match is not None and why is None and match[2] in rows:
            why = "samma namn står två gånger"
        if match is None or why is not None:
            raise _refused(path, f"rad {number}: {why}")
        rows[match[2]] = match[1]
    return rows, hashlib.sha256(raw).hexdigest()


def verify(site: Path, manifest: Path, *, partial: bool = False) -> Verified:
    """Compare the files in ``site`` with a list.

    Args:
        site: the folder; links in it are never followed.
        manifest: the list, in the folder or somewhere else.
        partial: say nothing of files that are missing.

    Raises :class:`ProblemsError` (EST641, EST642) if the list cannot be used.
    """
    rows, digest = read_manifest(manifest)
    problems: list[Problem] = []
    found, right = set(), 0
    for name, path in files_in(site):
        if name == MANIFEST:
            continue
        found.add(name)
        if name not in rows:
            problems.append(Problem(kinds.FILE_ADDED, Place(name)))
            continue
        try:
            same = path is not None and sha256_of(path) == rows[name]
        except OSError as error:
            problems.append(
                Problem(base.FILE_UNREADABLE, Place(name), {"why": error.strerror or "okänt fel"})
            )
            continue
        right += same
        if not same:
            problems.append(Problem(kinds.FILE_CHANGED, Place(name)))
    if not partial:
        problems += [Problem(kinds.FILE_GONE, Place(name)) for name in rows if name not in found]
    problems.sort(key=lambda problem: (problem.code, problem.place.file))
    return Verified(tuple(problems), right, len(rows), digest, frozenset(rows))


def files_in(site: Path) -> Iterator[tuple[str, Path | None]]:
    """Name and path of everything in a folder that is no folder; ``None`` for what is no plain file.

    A link is told by its own name and never followed: it may lead out of the folder, or to itself.
    """
    for folder, folders, files in os.walk(site):
        where = Path(folder)
        for name in (*files, *(f for f in folders if (where / f).is_symlink())):
            path = where / name
            told = path.relative_to(site).as_posix().encode("utf-8", "surrogateescape")
            plain = stat.S_ISREG(path.lstat().st_mode)
            yield told.decode("utf-8", "replace"), path if plain else None


def sha256_of(path: Path) -> str:
    """sha256 of a file, read piece by piece."""
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def fault_of(name: str) -> str | None:
    """Why a name may not stand in a list; ``None`` if it may."""
    if len(name) > LONGEST_NAME:
        return "namnet är för långt"
    if _UNSAFE.search(name):
        return "namnet har tecken som inte är tillåtna"
    parts = name.split("/")
    if ".." in parts:
        return "namnet leder ut ur mappen"
    return "namnet är inte rätt skrivet" if "" in parts or "." in parts else None


def _refused(path: Path, why: str) -> ProblemsError:
    return ProblemsError([Problem(kinds.LIST_REFUSED, Place(path.name), {"why": why})])
