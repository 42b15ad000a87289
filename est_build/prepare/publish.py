"""Writing releases: staged beside their place, then moved in; a broken run is undone or finished."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from est_build.disk.reason import reason, refused
from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue_steps as kinds

STAGE = ".est-prepare"
JOURNAL = "klar.json"
_RELEASE = re.compile(r"(?:perioder|kvartal|ar)/[0-9a-z-]+/[0-9]+")
"""What a journal may name: it is read from a folder that others can write to through git."""


def recover(data: Path) -> tuple[Path, ...]:
    """Finish or undo what an interrupted run left. Returns the folders that it published.

    Before the journal stands, nothing of the run counts: the staged files are thrown away.
    After it, everything was safely written: the moves that are left are made.
    """
    stage = data / STAGE
    if not stage.exists() and not stage.is_symlink():
        return ()
    # What is there beside its staged copy was published by somebody else since: closed, left alone.
    folders = [f for f in _journal(stage) if not ((stage / f).exists() and (data / f).exists())]
    try:
        _move(stage, data, folders)
        if stage.is_symlink() or not stage.is_dir():
            stage.unlink()
        else:
            shutil.rmtree(stage)
    except OSError as error:
        raise _unfinished(data, error) from error
    return tuple(data / folder for folder in folders)


def _journal(stage: Path) -> list[str]:
    """The folders of a run that was to be published; none if there is no journal of ours."""
    if stage.is_symlink():
        return []
    try:
        found = json.loads((stage / JOURNAL).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    names = found if isinstance(found, list) else []
    whole = all(isinstance(name, str) and _RELEASE.fullmatch(name) for name in names)
    return names if whole else []


def stage_releases(data: Path, releases: Mapping[str, Mapping[str, bytes]]) -> None:
    """Write releases (folder relative to ``data`` -> file name -> bytes) beside their place.

    Raises :class:`ProblemsError` (EST520) if the disk refuses; then nothing has changed.
    """
    stage = data / STAGE
    try:
        for folder in sorted(releases):
            target = stage / folder
            target.mkdir(parents=True)
            for name, content in releases[folder].items():
                _write(target / name, content)
    except OSError as error:
        discard(data)
        raise refused(data.name, error) from error


def discard(data: Path) -> None:
    """Throw away what is staged."""
    stage = data / STAGE
    # The journal goes first: what is half thrown away must never be taken for a publication.
    with contextlib.suppress(OSError):
        (stage / JOURNAL).unlink()
    shutil.rmtree(stage, ignore_errors=True)


def publish(data: Path, folders: Sequence[str]) -> list[Path]:
    """Move the staged releases into place, all or none.

    Raises :class:`ProblemsError`: EST520 if the disk refused and nothing has changed, EST524 if it
    would not even take back what was moved. Then the next run finishes the work.
    """
    stage = data / STAGE
    try:
        _write(stage / "klar.tmp", json.dumps(sorted(folders)).encode("utf-8"))
        (stage / "klar.tmp").replace(stage / JOURNAL)
        _move(stage, data, folders)
    except BaseException as error:
        _take_back(stage, data, folders)
        if isinstance(error, OSError):
            raise refused(data.name, error) from error
        raise
    shutil.rmtree(stage, ignore_errors=True)
    return [data / folder for folder in folders]


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _move(stage: Path, data: Path, folders: Sequence[str]) -> None:
    for folder in folders:
        source, target = stage / folder, data / folder
        if source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            source.replace(target)


def _take_back(stage: Path, data: Path, folders: Sequence[str]) -> None:
    """Undo :func:`_move`. While the journal stands, a kill in the midst of this is no harm."""
    try:
        for folder in folders:
            source, target = stage / folder, data / folder
            if not source.exists() and target.exists():
                target.replace(source)
            for made in (target.parent, target.parent.parent):
                with contextlib.suppress(OSError):
                    made.rmdir()  # only if it is empty: then it was made for this
    except OSError as error:
        raise _unfinished(data, error) from error
    discard(data)


def _unfinished(data: Path, error: OSError) -> ProblemsError:
    return ProblemsError([Problem(kinds.UNFINISHED, Place(data.name), {"why": reason(error)})])
