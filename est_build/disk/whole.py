"""Files written whole or not at all: one of them, or several together."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

NEW, OLD = ".ny", ".gammal"
"""Endings of what lies beside a file while it is written: ``.rattelser.yml.ny``."""


def beside(path: Path, ending: str) -> Path:
    """Where the new content of ``path`` waits, or the old one."""
    return path.with_name(f".{path.name}{ending}")


def written_for(name: str) -> str | None:
    """The name of the file that ``name`` was to become, left by a run that was killed; otherwise ``None``."""
    for ending in (NEW, OLD):
        if name.startswith(".") and name.endswith(ending) and len(name) > len(ending) + 1:
            return name[1 : -len(ending)]
    return None


def write_whole(path: Path, content: bytes, *, mode: int | None = None) -> None:
    """Put ``content`` in the place of ``path``: a reader finds the old file or the new one, never a part.

    Folders that are missing are made. ``mode``: the rights of a file; otherwise those that it had.
    Raises ``OSError``; then ``path`` is as it was.
    """
    write_all({path: content}, mode=mode)


def write_all(files: Mapping[Path, bytes], *, mode: int | None = None) -> None:
    """Write all of the files, or none. ``mode`` as in :func:`write_whole`.

    Raises ``OSError``; then every file is as it was, and so are the folders. A kill leaves each file
    either old or new, and whole.
    """
    made: list[Path] = []
    done: list[Path] = []
    try:
        for path, content in files.items():
            made += [one for one in (path.parent, *path.parent.parents) if not one.exists()]
            path.parent.mkdir(parents=True, exist_ok=True)
            rights = path.stat().st_mode & 0o777 if mode is None and path.exists() else mode
            _write(beside(path, NEW), content, rights)
            _keep(path)
        for path in files:
            beside(path, NEW).replace(path)
            done.append(path)
    except BaseException:
        _take_back(done, made, files)
        raise
    _tidy(files)


def _write(path: Path, content: bytes, rights: int | None) -> None:
    # What a killed run left may be a link to somewhere else.
    path.unlink(missing_ok=True)
    # With its rights from the first moment: what is private never lies open.
    path.touch(mode=0o666 if rights is None else 0o600, exist_ok=False)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if rights is not None:
        path.chmod(rights)


def _keep(path: Path) -> None:
    """The old content under a second name. To take back is then to rename: it needs no room on the disk."""
    if not path.exists():
        return
    old = beside(path, OLD)
    old.unlink(missing_ok=True)
    try:
        os.link(path, old)
    except OSError:
        # A disk without second names.
        shutil.copy2(path, old)


def _take_back(done: Sequence[Path], made: Sequence[Path], files: Mapping[Path, bytes]) -> None:
    for path in done:
        with contextlib.suppress(OSError):
            if beside(path, OLD).exists():
                beside(path, OLD).replace(path)
            else:
                path.unlink()
    _tidy(files)
    for folder in made:
        with contextlib.suppress(OSError):
            folder.rmdir()


def _tidy(files: Mapping[Path, bytes]) -> None:
    for path in files:
        for ending in (NEW, OLD):
            with contextlib.suppress(OSError):
                beside(path, ending).unlink(missing_ok=True)
