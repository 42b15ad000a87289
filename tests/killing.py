"""Processes that are killed at a chosen step (SIGKILL: no clean-up, no ``finally``), or refused by the disk.

Steps: every opening for writing, move, new or removed folder or file, second name, forced write, the middle
of every write, and before and after folders change places.
"""

from __future__ import annotations

import hashlib
import io
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from est_build.disk import swap
from est_build.disk.reason import reason
from est_build.problems import ProblemsError

EVENTS = {
    "os.rename",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rmdir",
    "os.chmod",
    "os.truncate",
    "sqlite3.connect",
}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Killer:
    """Counts steps; at step ``last`` the process dies.

    With ``error`` it lives, but from then on the disk refuses everything that makes or fills a file.
    """

    def __init__(self, last: int, error: int = 0) -> None:
        self.last, self.error, self.steps, self.on = last, error, 0, False

    def step(self, *, makes: bool = True) -> None:
        if not self.on:
            return
        self.steps += 1
        if self.error:
            if makes and self.steps >= self.last:
                raise OSError(self.error, os.strerror(self.error), "fil.txt")
        elif self.steps == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def audit(self, event: str, args: tuple[Any, ...]) -> None:
        if event in EVENTS or (event == "open" and isinstance(args[2], int) and args[2] & WRITING):
            self.step(makes=event in ("open", "os.mkdir", "os.link"))

    def counted(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            self.step()
            return real(*args, **more)

        return call

    def torn(self, real: Callable[..., Any]) -> Callable[..., Any]:
        """``Path.open`` whose files first write one half, then the other."""
        killer = self

        def opened(path: Path, mode: str = "r", *args: Any, **more: Any) -> Any:
            file = real(path, mode, *args, **more)
            if "r" in mode:
                return file
            whole = file.write

            def write(content: Any) -> int:
                middle = len(content) // 2
                whole(content[:middle])
                file.flush()
                killer.step()
                return middle + int(whole(content[middle:]))

            return _Torn(file, write)

        return opened


class _Torn(io.IOBase):
    """A file with another ``write``."""

    def __init__(self, file: Any, write: Callable[[Any], int]) -> None:
        self.file = file
        self.write = write  # type: ignore[method-assign]

    def __getattribute__(self, name: str) -> Any:
        if name in ("flush", "fileno", "close"):
            return getattr(object.__getattribute__(self, "file"), name)
        return object.__getattribute__(self, name)

    def __enter__(self) -> _Torn:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()


def armed(last: int, error: int = 0) -> Killer:
    """Count the steps of this process from now on. ``error``: of a disk that refuses, as ``errno`` has it."""
    killer = Killer(last, error)
    sys.addaudithook(killer.audit)
    os.fsync = killer.counted(os.fsync)
    Path.open = killer.torn(Path.open)  # type: ignore[method-assign]
    exchange = swap.exchanged

    def exchanged(one: Path, other: Path) -> bool:
        killer.step(makes=False)
        done = exchange(one, other)
        killer.step(makes=False)
        return done

    swap.exchanged = exchanged
    killer.on = True
    return killer


def killed(work: Callable[[], object], last: int) -> int | None:
    """Do ``work`` in a child that dies at step ``last``. ``None``, or how many steps it took to the end."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            killer = armed(last)
            work()
            killer.on = False
            os.write(write, str(killer.steps).encode())
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    os.close(write)
    _, status = os.waitpid(child, 0)
    with os.fdopen(read) as told:
        steps = told.read()
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return None
    assert status == 0, f"steg {last}: {status}"
    return int(steps)


def refused(work: Callable[[], object], last: int, error: int) -> bool:
    """Do ``work`` in a child whose disk refuses from step ``last`` on, with what ``error`` says.

    False if it came to its end all the same. Anything but a problem (EST520) that names the reason fails.
    """
    child = os.fork()
    if child == 0:
        try:
            armed(last, error)
            work()
            os._exit(0)
        except ProblemsError as told:
            codes = [p.code for p in told.problems]
            why = told.problems[0].values.get("why")
            if codes == ["EST520"] and why == reason(OSError(error, "")):
                os._exit(3)
            traceback.print_exc()
            os._exit(1)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, 3), f"steg {last}: {code}"
    return code == 3


def tree(folder: Path) -> dict[str, str]:
    """Name -> hash of every file."""
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }
