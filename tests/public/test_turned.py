"""The machine that ``test_build`` builds on once more is really another, and whoever calls out is found."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.public.turned import turned

SLIPS = {
    "a connection": "import socket; socket.create_connection(('127.0.0.1', 9), 1)",
    "a name looked up": "import socket; socket.getaddrinfo('est-build.example', 443)",
    "a page fetched": "import urllib.request as u; u.urlopen('http://127.0.0.1:9/', timeout=1)",
    "by a child": "import os, sys; os.system(sys.executable + ' -c \"import socket as s; s.socket()\"')",
    "an error that somebody swallows": (
        "import contextlib, socket\nwith contextlib.suppress(OSError): socket.create_connection(('::1', 9))"
    ),
}


@pytest.mark.parametrize("name", SLIPS)
def test_whoever_calls_out_is_found(tmp_path: Path, name: str) -> None:
    log = tmp_path / "natet.txt"
    command, environment = turned(tmp_path / "hem", log)
    subprocess.run([*command, "-c", SLIPS[name]], env=environment, capture_output=True, check=False)
    assert "socket." in log.read_text(encoding="utf-8")


def test_the_clock_and_the_order_are_really_turned(tmp_path: Path) -> None:
    command, environment = turned(tmp_path / "hem", tmp_path / "natet.txt")
    (tmp_path / "b").mkdir()
    (tmp_path / "c").mkdir()
    code = (
        "import datetime, os, pathlib, time; "
        f"here = pathlib.Path({str(tmp_path)!r}); "
        "print(int(time.time()), time.localtime().tm_year, datetime.date.today().year, "
        "[p.name for p in here.iterdir()], [p.name for p in here.glob('*')], next(os.walk(here))[1])"
    )
    done = subprocess.run([*command, "-c", code], env=environment, capture_output=True, text=True, check=True)
    names = "['hem', 'c', 'b']"
    seconds, year, day, rest = done.stdout.strip().split(maxsplit=3)
    real = subprocess.run(["date", "+%s %Y"], capture_output=True, text=True, check=True).stdout.split()
    assert int(seconds) - int(real[0]) > 390 * 86400
    assert int(year) == int(day) > int(real[1])
    assert rest == f"{names} {names} {names}"
