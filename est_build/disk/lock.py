"""One run at a time in a folder. The lock dies with its process, so a kill leaves none behind."""

from __future__ import annotations

import datetime as dt
import errno
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from est_build.disk.reason import refused
from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue_steps as kinds

_BUSY = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES}
_NOWHERE = {errno.ENOENT, errno.ENOTDIR}
_held: set[tuple[int, int, int]] = set()
"""Thread, disk and number of the folders held alone: what that thread calls may ask for them again."""


@contextmanager
def locked(folder: Path, *, shared: bool = False, wait: bool = False) -> Iterator[None]:
    """Hold ``folder`` alone, or ``shared`` with others who only read.

    ``wait``: until it is free, for what takes a moment. Without a lock goes on: a folder that is not there,
    a system or a disk that has no such locks (Windows, some shares in a network).

    Raises :class:`ProblemsError`: EST515 if another run holds it, EST520 if the disk refuses.
    """
    try:
        import fcntl

        handle = os.open(folder, os.O_RDONLY)
    except ImportError:
        yield
        return
    except OSError as error:
        if error.errno in _NOWHERE:
            yield
            return
        raise refused(folder.name, error) from error
    try:
        about = os.fstat(handle)
        key = (threading.get_ident(), about.st_dev, about.st_ino)
        if key in _held:
            yield
            return
        _take(handle, folder, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB))
        if not shared:
            _held.add(key)
        try:
            yield
        finally:
            _held.discard(key)
    finally:
        os.close(handle)


def _take(handle: int, folder: Path, how: int) -> None:
    import fcntl

    try:
        fcntl.flock(handle, how)
    except OSError as error:
        if error.errno in _BUSY:
            raise ProblemsError([busy(folder)]) from error


def busy(folder: Path) -> Problem:
    """EST515 for ``folder``: which process holds it, and since when that has been running."""
    who = _holder(folder)
    values = {"value": folder.resolve().name, "who": "en process som inte syns härifrån"}
    if who is not None:
        since = _started(who)
        values["who"] = f"process {who}" + (f", som startade {since}" if since else "")
    return Problem(kinds.STORE_LOCKED, Place(folder.name), values)


def _holder(folder: Path) -> int | None:
    """The process that has locked ``folder``, where the system tells (Linux)."""
    try:
        number = folder.stat().st_ino
        lines = Path("/proc/locks").read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):
        return None
    for line in lines:
        words = line.split()
        # ``1: FLOCK ADVISORY WRITE 4711 08:01:131 0 EOF``; a line with -> is one that waits.
        if len(words) > 5 and words[1] == "FLOCK" and words[5].rpartition(":")[2] == str(number):
            return int(words[4]) if words[4].isdigit() and words[4] != "0" else None
    return None


def _started(process: int) -> str | None:
    """When a process began, by the clock on the wall: ``2026-11-23 14.05``."""
    try:
        # The name of the program stands in brackets and may hold anything.
        told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
        boot = next(
            int(line.split()[1])
            for line in Path("/proc/stat").read_text(encoding="ascii").splitlines()
            if line.startswith("btime")
        )
        seconds = boot + int(told.rpartition(")")[2].split()[19]) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError, StopIteration):
        return None
    return dt.datetime.fromtimestamp(seconds).astimezone().strftime("%Y-%m-%d %H.%M")
