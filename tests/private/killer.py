"""Runs ``prepare`` again and again and kills it, each time one step later. Run as a program:

    python -m tests.private.killer WORK PERIOD MUNICIPALITY

``WORK`` holds an instance in ``prov/``. For n = 1, 2, ... a copy ``WORK/n`` is made, and in a process
of its own ``prepare`` runs in the copy until the n-th step that touches a file; there the process is
killed (SIGKILL: no clean-up, no ``finally``). Ends with the run that reaches its end, ``WORK/hel``.
Steps: those of :mod:`tests.killing`, and every statement to the database.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any

from est_build.prepare.run import PrepareRequest, prepare
from tests.killing import Killer, armed


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
    killer = armed(last)
    real = sqlite3.connect
    factory = counting_connection(killer)
    sqlite3.connect = lambda *args, **more: real(*args, **{**more, "factory": factory})  # type: ignore[assignment]
    private = root / "privat"
    request = PrepareRequest(
        root / "data", private / "enkat.yml", private / "store", period, private / "export.csv",
        municipalities=(town,),
    )  # fmt: skip
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
