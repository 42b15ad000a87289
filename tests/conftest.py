"""What all tests share: where things are, and which browser there is."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

# The same examples on every run in CI, and no failure because a machine was slow.
settings.register_profile("est", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("est")


SLOWEST = (
    "test_every_page.py",
    "test_national.py",
    "test_incremental.py",
    "test_hostile_exports.py",
    "test_hostile_files.py",
    "test_parts_of_a_site.py",
    "test_kill_build.py",
    "test_kill.py",
    "test_walk.py",
    "test_handbook.py",
    "test_pull_request.py",
    "test_browser.py",
    "test_build.py",
    "test_escape.py",
)
"""Files that take longest. They begin first, so that no process is left with one of them at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the slowest files first; everything else stays in its order."""
    place = {name: n for n, name in enumerate(SLOWEST)}
    items.sort(key=lambda item: place.get(item.path.name, len(place)))


def load_script(name: str) -> ModuleType:
    """Import ``scripts/<name>.py``, which is no package."""
    # Under a name of its own: a folder of tests may be called as a script.
    spec = importlib.util.spec_from_file_location(f"skript_{name}", ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def missing(reason: str) -> None:
    """Skip, or fail in CI: there a test that quietly does not run is a hole."""
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def repo_root() -> Path:
    """Return the top folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Return the folder of reference and real data beside the repository; it may not exist."""
    return Path(os.environ.get("EST_SHARED") or ROOT.parent / "shared").resolve()


@pytest.fixture(scope="session")
def need_shared(shared_dir: Path) -> Callable[[str], Path]:
    """Return ``need_shared("reference/disclosure")``: the path, or a skip that says why.

    In CI it fails instead, unless ``EST_SHARED=saknas`` says that this CI has the repository only.
    """

    def need(path: str) -> Path:
        wanted = shared_dir / path
        if wanted.exists():
            return wanted
        reason = f"{path} saknas i {shared_dir}: referens- och provdata ligger utanför förrådet"
        if os.environ.get("EST_SHARED") == "saknas":
            pytest.skip(reason)
        missing(reason)
        raise AssertionError

    return need


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Return the path of a Chromium that starts; without one: a skip, in CI a failure."""
    path: str | None = load_script("find_chromium").find()
    if path is None:
        missing("ingen Chromium på datorn: kör make test, som hämtar en")
        raise AssertionError
    return path
