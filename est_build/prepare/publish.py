"""Writing releases: staged beside their place, then moved in; a broken run is undone or finished."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue_steps as kinds

STAGE = ".est-prepare"
JOURNAL = "klar.json"


@contextmanager
def locked(data: Path) -> Iterator[None]:
    """Hold the data folder alone. The lock dies with the process, so a kill leaves none behind."""
    try:
        import fcntl
    except ImportError:  # Windows: the store's own lock must do
        yield
        return
    handle = os.open(data, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ProblemsError([Problem(kinds.STORE_LOCKED, Place(data.name))]) from error
        yield
    finally:
        os.close(handle)


def recover(data: Path) -> bool:
    """Finish or undo what an interrupted run left. True if it finished a publication.

    Before the journal stands, nothing of the run counts: the staged files are thrown away.
    After it, everything was safely written: the moves that are left are made.
    """
    stage = data / STAGE
    if not stage.exists():
        return False
    journal = stage / JOURNAL
    done = journal.exists()
    if done:
        _move(stage, data, json.loads(journal.read_text(encoding="utf-8")))
    shutil.rmtree(stage)
    return done


def publish(data: Path, releases: Mapping[str, Mapping[str, bytes]]) -> list[Path]:
    """Write releases (folder relative to ``data`` -> file name -> bytes), all or nothing.

    Raises :class:`ProblemsError` (EST520) if the disk refuses; then nothing has changed.
    """
    stage = data / STAGE
    folders = sorted(releases)
    try:
        for folder in folders:
            target = stage / folder
            target.mkdir(parents=True)
            for name, content in releases[folder].items():
                _write(target / name, content)
        _write(stage / "klar.tmp", json.dumps(folders).encode("utf-8"))
        (stage / "klar.tmp").replace(stage / JOURNAL)
    except OSError as error:
        shutil.rmtree(stage, ignore_errors=True)
        why = error.strerror or "okänt fel"
        raise ProblemsError([Problem(kinds.DISK_FAILED, Place(data.name), {"why": why})]) from error
    _move(stage, data, folders)
    shutil.rmtree(stage)
    return [data / folder for folder in folders]


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _move(stage: Path, data: Path, folders: list[str]) -> None:
    for folder in folders:
        source, target = stage / folder, data / folder
        if source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            source.replace(target)
