"""Copies of the slim example for the tests of what a coordinator runs: check, fix, new, doctor."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from est_build.cli.main import main
from tests.public import instances

NORRBY = ("--kommun", "0180:Norrby:9000", "--omrade", "0180:Ekby:900", "--omrade", "0180:Åsen:700",
          "--namn", "Tryggt i Norrby", "--utgivare", "Norrby kommun", "--epost", "trygghet@norrby.example",
          "--adress", "https://trygghet.norrby.example/", "--start", "2026-11-22")  # fmt: skip


def run(*args: str, feed: str | None = None) -> Any:
    """Run a command of est-build in this process."""
    return CliRunner().invoke(main, list(args), input=feed)


def git(root: Path, *args: str) -> str:
    """Run git in a repository of the test's own, whatever the settings of the machine."""
    who = ("-c", "user.name=Prov", "-c", "user.email=prov@prov.example", "-c", "commit.gpgsign=false")
    done = subprocess.run(("git", *who, *args), cwd=root, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture(scope="session")
def slim_root(repo_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the slim example. Nobody may change it."""
    return instances.slim(repo_root, tmp_path_factory.mktemp("smal") / "exempel")


@pytest.fixture
def instance(slim_root: Path, tmp_path: Path) -> Path:
    """Return a whole slim instance to break."""
    return instances.linked(slim_root, tmp_path / "instans")


@pytest.fixture(scope="session")
def norrby(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a new instance, with its private folder beside it. Nobody may change it."""
    folder = tmp_path_factory.mktemp("ny")
    done = run("new", "sajt", str(folder / "norrby"), *NORRBY, "--forrad", str(folder / "privat"))
    assert done.exit_code == 0, done.output
    return folder / "norrby"
