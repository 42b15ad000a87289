"""A machine on which everything that must not matter to a build is something else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

FAR = 4_000_000_000
"""A time of files: in the year 2096."""

TURNED = '''
"""Loaded first by every Python: a clock of another year, folders listed backwards, and no network."""
import os, sys, time

SHIFT = 400 * 86400
_time, _time_ns, _gmtime, _localtime = time.time, time.time_ns, time.gmtime, time.localtime
time.time = lambda: _time() + SHIFT
time.time_ns = lambda: _time_ns() + SHIFT * 10**9
time.gmtime = lambda at=None: _gmtime(time.time() if at is None else at)
time.localtime = lambda at=None: _localtime(time.time() if at is None else at)

_listdir, _scandir = os.listdir, os.scandir
os.listdir = lambda *a: sorted(_listdir(*a), key=str, reverse=True)


class Backwards:
    def __init__(self, *a):
        with _scandir(*a) as found:
            self.rows = iter(sorted(found, key=lambda entry: str(entry.name), reverse=True))

    def __iter__(self):
        return self.rows

    def __next__(self):
        return next(self.rows)

    def __enter__(self):
        return self

    def __exit__(self, *a):
        return None

    def close(self):
        return None


os.scandir = Backwards


def frames():
    frame = sys._getframe(2)
    while frame is not None:
        yield frame
        frame = frame.f_back


def watch(event, args):
    # A socket between parts of one machine (AF_UNIX) is nobody else's business.
    outside = event == "socket.__new__" and int(args[1]) in (2, 10)
    asked = ("getaddrinfo", "gethostbyname", "connect", "bind", "sendto")
    if outside or event in {f"socket.{name}" for name in asked}:
        # A library that the map is drawn with looks, when it is loaded, whether the machine knows IPv6. It
        # calls nobody by that, and it may be refused.
        if any(frame.f_code.co_name == "_has_ipv6" for frame in frames()):
            raise OSError("no network in this test")
        with open(os.environ["EST_PROV_LOGG"], "a") as log:
            log.write(f"{event} {args[1:]!r}\\n")
        raise OSError(f"no network in this test: {event}")


sys.addaudithook(watch)
'''


def turned(folder: Path, log: Path) -> tuple[list[str], dict[str, str]]:
    """A prefix and an environment in which everything that must not matter is something else."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(TURNED, encoding="utf-8")
    prefix: list[str] = []
    for command in (["unshare", "-rn"], ["unshare", "-n"]):
        # A machine may forbid it. The hook holds there too; the namespace also holds what is no Python.
        if shutil.which("unshare") and subprocess.run([*command, "true"], check=False).returncode == 0:
            prefix = command
            break
    if shutil.which("faketime"):
        # The hook turns the clock for what asks time.time; this does for what asks the machine.
        prefix = [*prefix, "faketime", "2031-05-06 07:08:09"]
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "PYTHON", "SOURCE_DATE"))}
    environment |= {"TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "4711"}
    environment |= {"PYTHONPATH": str(folder), "EST_PROV_LOGG": str(log)}
    environment |= {"HOME": str(folder), "TMPDIR": str(folder)}
    return ["sh", "-c", 'umask 077 && exec "$@"', "sh", *prefix, sys.executable], environment


def other_way_round(source: Path, target: Path) -> Path:
    """A copy whose files are made last name first, bear another time, and may be read by nobody else."""
    for path in sorted((p for p in source.rglob("*") if p.is_file()), reverse=True):
        name = path.relative_to(source)
        if name.parts[0] in ("data", "content", "mkdocs.yml"):
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target / name)
            (target / name).chmod(0o600)
            os.utime(target / name, (FAR, FAR))
    return target
