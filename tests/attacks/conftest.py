"""Fresh small instances for the attacks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.attacks import off
from tests.attacks.worlds import small_world
from tests.private.instance import Instance, make_instance


@pytest.fixture
def small(tmp_path: Path) -> Instance:
    """Return an instance with two groups of two categories, and nothing published."""
    return small_world(tmp_path / "prov")


@pytest.fixture
def plain(tmp_path: Path) -> Instance:
    """Return an instance with the packaged categories, and nothing published."""
    return make_instance(tmp_path / "prov")


@pytest.fixture
def succeeds(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Return whether the attack must succeed: a defence is switched off (see ``worlds.pair``)."""
    request.param(monkeypatch)
    return request.param is not off.nothing
