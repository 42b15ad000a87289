"""Work in a child with limits of time and memory: what somebody sends us must not cost more."""

from __future__ import annotations

import os
import pickle
import resource
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
MEGABYTES, SECONDS = 700, 20
"""Above what the process already has; seconds of processor time."""


def bounded(work: Callable[[], T], *, megabytes: int = MEGABYTES, seconds: int = SECONDS) -> T:
    """What ``work`` returns (it must be picklable). A traceback, a kill or too much of anything fails."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(read)
            _limit(megabytes, seconds)
            with os.fdopen(write, "wb") as out:
                pickle.dump(work(), out)
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    os.close(write)
    with os.fdopen(read, "rb") as told:
        found = told.read()
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code == 0, f"barnet slutade med {code}: för lång tid, för mycket minne eller ett fel i koden"
    result: T = pickle.loads(found)
    return result


def _limit(megabytes: int, seconds: int) -> None:
    now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    most = now + megabytes * 10**6
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    used = int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, used + seconds))
