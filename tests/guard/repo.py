"""Real git repositories in a temporary folder, with nobody's settings."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from est_build.cli.guard import Checked, check_named, check_staged
from est_build.cli.guard_git import Git

ROOT = Path(__file__).resolve().parents[2]
FRAME = ("data/webbplats.yml", "data/kodlistor.yml", "data/omraden.geojson")
_ENV = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Prov",
    "GIT_AUTHOR_EMAIL": "prov@provet.example",
    "GIT_COMMITTER_NAME": "Prov",
    "GIT_COMMITTER_EMAIL": "prov@provet.example",
    "GIT_AUTHOR_DATE": "2026-11-19T09:00:00Z",
    "GIT_COMMITTER_DATE": "2026-11-19T09:00:00Z",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ALLOW_PROTOCOL": "file",
}


def environment(**more: str) -> dict[str, str]:
    """The surroundings of a git command: no hooks, indexes or settings from outside."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**kept, **_ENV, "PYTHONPATH": str(ROOT), **more}


@dataclass(frozen=True, slots=True)
class Repo:
    """A work tree."""

    path: Path

    def git(self, *args: str, check: bool = True, **env: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            ("git", *args),
            cwd=self.path,
            env=environment(**env),
            capture_output=True,
            text=True,
            check=False,
            encoding="utf-8",
        )
        assert not check or done.returncode == 0, done.stderr
        return done

    def write(self, name: str, content: bytes | str) -> Path:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def add(self, name: str, content: bytes | str) -> None:
        self.write(name, content)
        self.git("add", "-f", "--", name)

    def commit(self, text: str = "Ändrat", **files: bytes | str) -> str:
        """Commit ``files`` (names with ``/`` as keys of a mapping) past every hook. Returns the id."""
        for name, content in files.items():
            self.add(name, content)
        self.git("commit", "-q", "--no-verify", "--allow-empty", "-m", text)
        return self.git("rev-parse", "HEAD").stdout.strip()

    def remove(self, name: str) -> str:
        self.git("rm", "-q", "--", name)
        return self.commit(f"Tar bort {name}")

    def check(self, base: str | None = None, head: str | None = None) -> Checked:
        return check_named(Git(self.path), base, head)

    def staged(self) -> Checked:
        return check_staged(Git(self.path))

    def guard(self, *args: str, feed: str = "", **env: str) -> subprocess.CompletedProcess[str]:
        """The guard as a hook runs it: a process of its own."""
        return subprocess.run(
            (sys.executable, "-P", "-m", "est_build", "vakt", *args),
            cwd=self.path,
            env=environment(**env),
            input=feed,
            capture_output=True,
            text=True,
            check=False,
            encoding="utf-8",
        )


def make_repo(path: Path, *options: str) -> Repo:
    """A repository with the frame of the example and one page, in one commit."""
    path.mkdir(parents=True, exist_ok=True)
    repo = Repo(path)
    repo.git("init", "-q", "-b", "main", *options)
    for name in FRAME:
        repo.add(name, (ROOT / name).read_bytes())
    repo.commit("Början", **{"content/om.md": "# Om\n\nEn sida.\n", "README.md": "# Prov\n"})
    return repo


def codes(checked: Checked) -> set[str]:
    """The codes of what was found."""
    return {problem.code for problem in checked.problems}
