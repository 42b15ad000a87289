"""``est-build serve`` as somebody uses it who writes: change a file, reload the page."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from est_build.site.build import build_site
from tests.public.instances import edit, linked

PATIENCE = 90.0
"""Seconds to wait for something that takes two: the machine may be busy."""
ACTION = "2026-017"


def waited(what: str, ask: Callable[[], bool]) -> None:
    """Wait until something is so."""
    until = time.monotonic() + PATIENCE
    while not ask():
        assert time.monotonic() < until, f"inte i tid: {what}"
        time.sleep(0.05)


@dataclass
class Server:
    """A server at work."""

    process: subprocess.Popen[bytes]
    log: Path

    @property
    def said(self) -> str:
        """All that it has written."""
        return self.log.read_text(encoding="utf-8")

    def page(self, path: str) -> str:
        """A page, as a browser gets it; empty while the site is changed for another."""
        found = re.search(r"http://127\.0\.0\.1:\d+/", self.said)
        assert found is not None
        try:
            with urllib.request.urlopen(f"{found[0]}{path}", timeout=PATIENCE) as answer:
                return str(answer.read().decode("utf-8"))
        except urllib.error.HTTPError:
            return ""


def listen() -> None:
    """Let Ctrl+C through: what is begun in the background ignores it, and so would its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def root(slim_root: Path, tmp_path: Path) -> Path:
    """Return a slim instance with a site."""
    root = linked(slim_root, tmp_path / "instans")
    build_site(root, root / "site")
    return root


@pytest.fixture
def server(root: Path, tmp_path: Path) -> Iterator[Server]:
    """Yield a server that looks at the instance."""
    log = tmp_path / "utskrift.txt"
    command = [sys.executable, "-u", "-m", "est_build", "serve", "--root", str(root), "--port", "0"]
    with (
        log.open("wb") as out,
        subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, preexec_fn=listen) as process,
    ):
        found = Server(process, log)
        waited("svarar", lambda: "Ctrl+C" in found.said)
        try:
            yield found
        finally:
            process.kill()


def test_who_changes_a_file_sees_it_and_a_fault_leaves_the_last_site(root: Path, server: Server) -> None:
    page, path = f"atgarder/{ACTION}/", root / "data" / "atgarder" / f"{ACTION}.yml"
    title = re.search(r"(?m)^titel: (.+)$", path.read_text(encoding="utf-8"))
    assert title is not None
    assert title[1] in server.page(page)
    edit(path, f"titel: {title[1]}", "titel: Lampor i tunneln")
    waited("bygger om", lambda: "Byggd igen på" in server.said)
    assert "Lampor i tunneln" in server.page(page)
    # Fewer pages than all: the rest are remembered.
    assert int(re.findall(r"(\d+) nya sidor", server.said)[-1]) < 100

    edit(path, "titel: Lampor i tunneln", "titel:")
    waited("säger felet", lambda: "Den förra sajten visas fortfarande." in server.said)
    assert "EST" in server.said
    assert f"{ACTION}.yml" in server.said
    assert "Lampor i tunneln" in server.page(page)

    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(PATIENCE) == 0
    assert "Traceback" not in server.said


def test_a_folder_without_data_is_only_shown(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    command = [sys.executable, "-m", "est_build", "serve", "--root", str(tmp_path), "--port", "0"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert "Kör est-build build först." in done.stderr
