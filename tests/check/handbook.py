"""The handbook as somebody follows it: its blocks in order, and a coordinator with a machine and a GitHub."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from tests.conftest import ROOT

FOLDER = ROOT / "content" / "handbok"
PAGES = sorted(FOLDER.glob("*.md"))
ORIGIN = "https://github.com/kommunen/trygghet.git"
"""Where the pages say that the repository is."""
STORE = "~/.local/share/est-build"
"""Where the pages say that the private folder is."""


class Block(NamedTuple):
    """What stands between fences: its sort, what the page calls it, and the lines."""

    sort: str
    about: str
    text: str

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


def blocks(page: str) -> list[Block]:
    """The blocks of a page, in order."""
    text = (FOLDER / f"{page}.md").read_text(encoding="utf-8")
    found = re.findall(r"^```(\w*)[ ]?(.*)\n((?:.*\n)*?)```$", text, re.MULTILINE)
    assert 2 * len(found) == len(re.findall(r"^```", text, re.MULTILINE)), page
    return [Block(*one) for one in found]


def commands(page: str) -> list[str]:
    """Every command of a page that is to be written, in order."""
    return [line for block in blocks(page) if block.sort == "sh" for line in block.lines]


def inline(page: str) -> Iterator[str]:
    """What stands as code in the sentences of a page."""
    text = re.sub(r"^```.*?^```$", "", (FOLDER / f"{page}.md").read_text(encoding="utf-8"), flags=re.M | re.S)
    yield from re.findall(r"`([^`]+)`", text)


class Coordinator:
    """Somebody at a terminal, who writes what the page says."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "hem"
        self.github = folder / "github.git"
        self.place = self.home / "arbete"
        self.place.mkdir(parents=True)
        self.said = ""
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "XDG_", "EST_"))},
            "HOME": str(self.home),
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        self.git("init", "--quiet", "--bare", "--initial-branch", "main", str(self.github))
        self.git("config", "--global", f"url.{self.github}.insteadOf", ORIGIN)
        self.git("config", "--global", "user.name", "Prov")
        self.git("config", "--global", "user.email", "prov")

    @property
    def store(self) -> Path:
        """The private folder."""
        return self.home / ".local/share/est-build"

    def git(self, *args: str) -> str:
        done = subprocess.run(
            ("git", *args), cwd=self.place, env=self.environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    def equip(self) -> None:
        """What ``make`` does first: puts the tool in ``.venv``."""
        tool = self.place / ".venv/bin/est-build"
        tool.parent.mkdir(parents=True)
        tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m est_build "$@"\n', encoding="utf-8")
        tool.chmod(0o755)

    def write(self, line: str, feed: str = "") -> int:
        """Write a command; what it answers is in ``said``, with the names that the pages have for folders."""
        if line.startswith("cd "):
            self.place = (self.place / line[3:]).resolve()
            return 0
        if line.startswith("make "):
            assert line[5:] in targets()
            self.equip()
            return 0
        done = subprocess.run(
            ("sh", "-c", line),
            cwd=self.place,
            env=self.environment,
            input=feed,
            capture_output=True,
            text=True,
            check=False,
        )
        said = done.stdout + done.stderr
        self.said = said.replace(str(self.store), STORE).replace(str(self.home), "~")
        return done.returncode

    def fill_in(self, block: Block) -> None:
        """Write what the page shows of a file: the whole of it, or the row that is still empty."""
        path = self.place / block.about
        if block.lines[0].startswith("format:"):
            path.write_text(block.text, encoding="utf-8")
            return
        text = path.read_text(encoding="utf-8")
        for key, value in re.findall(r"^ +(?:- )?(\w+): (.+)$", block.text, re.MULTILINE):
            empty = re.compile(rf"(^ +(?:- )?{key}:).*(?![\s\S]*^ +(?:- )?{key}:)", re.MULTILINE)
            text, count = empty.subn(lambda m, v=value: f"{m[1]} {v}", text)
            assert count == 1, (block.about, key)
        path.write_text(text, encoding="utf-8")


def targets() -> set[str]:
    """What ``make`` can do in an instance."""
    from est_build.desk.top_files import MAKEFILE

    return set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))


def put_in(root: Path, block: Block) -> None:
    """Put what a page shows of a file into an instance: into the file, or one of its kind."""
    path = root / block.about
    shown = yaml.load(block.text, yaml.BaseLoader)
    if not block.lines[0].startswith("format:"):
        like = path if path.exists() else max(path.parent.parent.glob(f"*/{path.name}"))
        shown = {**yaml.load(like.read_text(encoding="utf-8"), yaml.BaseLoader), **shown}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_text(yaml.safe_dump(shown, allow_unicode=True, sort_keys=False), encoding="utf-8")


def published_to(someone: Coordinator, instance: Path, without: str) -> None:
    """Let somebody's GitHub hold an instance, as it was before a fortnight."""
    seed = someone.home / "fro"
    shutil.copytree(instance, seed)
    shutil.rmtree(seed / "data/perioder" / without)
    for name in (".gitignore", ".gitattributes"):
        shutil.copy(ROOT / name, seed / name)
    for name in (".github", ".vscode", "mallar", "scheman"):
        shutil.copytree(ROOT / name, seed / name)
    here, someone.place = someone.place, seed
    someone.git("init", "--quiet", "--initial-branch", "main")
    someone.git("add", ".")
    someone.git("commit", "--quiet", "--message", "Allt som är publicerat")
    someone.git("push", "--quiet", ORIGIN, "main")
    someone.place = here
