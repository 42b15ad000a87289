"""The facts of published cases, which lie beside the repository."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def case(need_shared: Callable[[str], Path]) -> Callable[[str], Any]:
    """Return ``case("01")``: the facts of a case, as they were published."""

    def read(number: str) -> Any:
        (path,) = need_shared("reference/disclosure").glob(f"{number}_*.json")
        return json.loads(path.read_text(encoding="utf-8"))

    return read
