"""What the tests of the guard share: a repository, and the words of the example."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from est_build.protect.rawguard.words import FRAME_FILES, Words, words_from

from .repo import ROOT, Repo, environment, make_repo


@pytest.fixture(scope="session")
def words() -> Words:
    """Return the words of the example instance."""
    return words_from((name, (ROOT / name).read_bytes()) for name in FRAME_FILES)


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let git, called by the guard in this process, see nobody's settings."""
    wanted = environment()
    for name in [name for name in os.environ if name.startswith("GIT_") and name not in wanted]:
        monkeypatch.delenv(name)
    for name, value in wanted.items():
        if name.startswith("GIT_"):
            monkeypatch.setenv(name, value)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small repository that is only copied."""
    return make_repo(tmp_path_factory.mktemp("mall") / "förråd").path


@pytest.fixture
def repo(tmp_path: Path, template: Path) -> Repo:
    """Return a small repository with one sound commit."""
    return Repo(Path(shutil.copytree(template, tmp_path / "förråd", symlinks=True)))
