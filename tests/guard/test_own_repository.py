"""This repository itself: every file there is, and every one there has ever been, passes the guard."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from est_build.cli.guard import check_named
from est_build.cli.guard_git import Git
from est_build.protect.rawguard.inspect import Entry, inspect
from est_build.protect.rawguard.report import INCIDENT
from est_build.protect.rawguard.words import Words

from .repo import ROOT, Repo, environment, make_repo


def git(*args: str) -> bytes:
    done = subprocess.run(("git", *args), cwd=ROOT, env=environment(), capture_output=True, check=False)
    if done.returncode:
        pytest.skip("ingen git-katalog (ett uppackat arkiv)")
    return done.stdout


def files() -> Iterator[tuple[str, bytes]]:
    """Name and content of the files in git, and of those that would be added."""
    listed = git("ls-files", "-z", "--cached", "--others", "--exclude-standard").decode("utf-8")
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.is_file():
            yield name, path.read_bytes()


def test_nothing_in_the_work_tree_is_refused(words: Words) -> None:
    """Told as one list: a new kind of file needs a row in ``rawguard/places.py``."""
    start = time.process_time()
    seen = 0
    refused = []
    for name, content in files():
        seen += 1
        findings = inspect(Entry(name, "100644", len(content), content), words)
        refused += [f"{name}:{f.line or ''} {f.kind.code} {f.why.sv}" for f in findings]
    assert refused == []
    assert seen > 2_000
    assert time.process_time() - start < 5


def test_nothing_in_the_history_is_refused() -> None:
    if git("rev-parse", "--is-shallow-repository").strip() == b"true":
        pytest.skip("historiken är avkortad här")
    checked = check_named(Git(ROOT), None, None)
    assert [f"{p.place.text()} {p.code} {p.message()}" for p in checked.problems] == []
    assert checked.files > 1_000


# ---- fast, and light -----------------------------------------------------------------------------

_HEAVY = "pandas geopandas numpy shapely highspy openpyxl mkdocs folium jinja2 rich"
_PROBE = f"""
import sys
from est_build.cli.guard import vakt
try:
    vakt(["--staged"])
except SystemExit as stop:
    print(stop.code, *sorted(set("{_HEAVY}".split()) & set(sys.modules)))
"""


@pytest.fixture(scope="module")
def fortnight(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """Return a repository with a fortnight staged: all its files, an issue, an action and a page."""
    repo = make_repo(tmp_path_factory.mktemp("tid") / "förråd")
    for path in sorted((ROOT / "data" / "perioder" / "2026-v45-46").rglob("*")):
        if path.is_file():
            repo.write(path.relative_to(ROOT).as_posix(), path.read_bytes())
    for name in ("data/fragor/2026-004.yml", "data/atgarder/2026-017.yml", "content/metod.md"):
        repo.write(name, (ROOT / name).read_bytes())
    repo.git("add", "-A", "-f")
    return repo


def test_a_commit_imports_nothing_heavy(fortnight: Repo) -> None:
    done = subprocess.run(
        (sys.executable, "-P", "-c", _PROBE),
        cwd=fortnight.path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("0\n", "")


def test_a_commit_takes_half_a_second_at_most(fortnight: Repo) -> None:
    """Processor time of the guard and of git together: what else the machine does is not counted."""
    taken = []
    for _ in range(3):
        before = os.times()
        assert fortnight.guard("--staged").returncode == 0
        after = os.times()
        taken.append(
            after.children_user + after.children_system - before.children_user - before.children_system
        )
    assert min(taken) < 0.5


def test_only_the_command_line_calls_git() -> None:
    for path in sorted((ROOT / "est_build" / "protect" / "rawguard").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        for word in ("subprocess", "import os", "open(", "print("):
            assert word not in text, (path.name, word)


def test_the_cure_leads_somewhere() -> None:
    title = INCIDENT.split("”")[1]
    assert f"# {title}\n" in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_files_are_short() -> None:
    mine = [
        *(ROOT / "est_build/protect/rawguard").glob("*.py"),
        *Path(ROOT / "est_build/cli").glob("guard*.py"),
    ]
    assert all(len(path.read_text(encoding="utf-8").splitlines()) <= 400 for path in mine)
