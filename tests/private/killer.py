"""Runs ``prepare`` again and again and kills it, each time one step later. Run as a program:

    python killer.py WORK PERIOD MUNICIPALITY

``WORK`` holds an instance in ``prov/``. For n = 1, 2, ... a copy ``WORK/n`` is made, and in a process
of its own ``prepare`` runs in the copy until the n-th step that touches a file; there the process is
killed (SIGKILL: no clean-up, no ``finally``). Ends with the run that reaches its end, ``WORK/hel``.
Steps: every opening for writing, move, new or removed folder or file, forced write, statement to the
database, and the middle of every write.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from est_build.prepare.run import PrepareRequest, prepare

EVENTS = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "os.truncate", "sqlite3.connect"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Killer:
    """Counts steps; at step ``last`` the process dies."""

    def __init__(self, last: int) -> None:
        self.last, self.steps, self.on = last, 0, False

    def step(self) -> None:
        if not self.on:
            return
        self.steps += 1
        if self.steps == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def audit(self, event: str, args: tuple[Any, ...]) -> None:
        if event in EVENTS or (event == "open" and isinstance(args[2], int) and args[2] & WRITING):
            self.step()

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


def counting_connection(killer: Killer) -> type[sqlite3.Connection]:
    class Counting(sqlite3.Connection):
        def execute(self, *args: Any) -> sqlite3.Cursor:
            killer.step()
            return super().execute(*args)

        def executemany(self, *args: Any) -> sqlite3.Cursor:
            killer.step()
            return super().executemany(*args)

        def executescript(self, *args: Any) -> sqlite3.Cursor:
            killer.step()
            return super().executescript(*args)

    return Counting


def run(root: Path, period: str, town: str, last: int) -> None:
    """In the child: prepare until step ``last``."""
    killer = Killer(last)
    sys.addaudithook(killer.audit)
    os.fsync = killer.counted(os.fsync)
    Path.open = killer.torn(Path.open)  # type: ignore[method-assign]
    real = sqlite3.connect
    factory = counting_connection(killer)
    sqlite3.connect = lambda *args, **more: real(*args, **{**more, "factory": factory})  # type: ignore[assignment]
    private = root / "privat"
    request = PrepareRequest(
        root / "data", private / "enkat.yml", private / "store", period, private / "export.csv",
        municipalities=(town,),
    )  # fmt: skip
    killer.on = True
    prepare(request)
    killer.on = False


def main(work: Path, period: str, town: str) -> None:
    for last in range(1, 1000):
        copy = work / f"{last:04d}"
        shutil.copytree(work / "prov", copy)
        child = os.fork()
        if child == 0:
            run(copy, period, town, last)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
            continue
        assert status == 0, f"steg {last}: {status}"
        copy.rename(work / "hel")
        return
    raise SystemExit("prepare tog aldrig slut")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
