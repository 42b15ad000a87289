"""The commands as they describe themselves, for the pages that tell of them.

The descriptions are written in ``cli``, which nothing below may import. ``kommandon.yml`` is what they say,
and a test holds that it is still so (``EST_SKRIV_OM=1`` writes it anew).
"""

from __future__ import annotations

import functools
import importlib.resources
from collections.abc import Iterable
from dataclasses import dataclass

import yaml

FILE = "kommandon.yml"
_HEAD = """\
# Vad kommandona säger om sig själva, för handboken. Skrivs om av ett test:
# EST_SKRIV_OM=1 .venv/bin/python -m pytest tests/check/test_handbook.py
"""


@dataclass(frozen=True, slots=True)
class Option:
    """An option as the help shows it: ``--period TEXT``, and what it means."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command: ``est-build new atgard``, how it is written, and what it does."""

    name: str
    usage: str
    text: str
    options: tuple[Option, ...]

    @property
    def anchor(self) -> str:
        """Its name in an address: ``new-atgard``."""
        return "-".join(self.name.split()[1:])


@functools.cache
def commands() -> tuple[Command, ...]:
    """Every command, in the order of their names; one in a group comes after the group."""
    text = (importlib.resources.files("est_build.desk") / FILE).read_text(encoding="utf-8")
    return tuple(
        Command(
            row["namn"],
            row["skrivs"],
            row["gor"],
            tuple(Option(name, meaning) for name, meaning in row["val"].items()),
        )
        for row in yaml.load(text, Loader=yaml.BaseLoader)
    )


def text_of(every: Iterable[Command]) -> str:
    """The whole of ``kommandon.yml``."""
    rows = [
        {
            "namn": one.name,
            "skrivs": one.usage,
            "gor": one.text,
            "val": {option.name: option.text for option in one.options},
        }
        for one in every
    ]
    return _HEAD + yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=100)
