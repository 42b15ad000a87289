"""The handbook that a new instance gets: the same files as this repository's own ``content/handbok``."""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path

FOLDER = "content/handbok"
PACKAGED = "mall/handbok"
"""Where an installed package has the files, below ``est_build/desk`` (``pyproject.toml`` puts them there)."""


def handbook_files() -> dict[str, bytes]:
    """Path from the folder of an instance -> content: the pages and their pictures."""
    return dict(_below(_source(), FOLDER))


def _source() -> Traversable:
    """The packaged copy; in a checkout, which has none, the folder itself."""
    packaged = importlib.resources.files("est_build.desk") / PACKAGED
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / FOLDER


def _below(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        path = f"{name}/{one.name}"
        if one.is_dir():
            yield from _below(one, path)
        elif one.name.endswith((".md", ".png")):
            yield path, one.read_bytes()
