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
    """An option as the help shows it: ``--period TEXT``, and what it means. Or another row of a list."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A part of a help text: words, or a list of two columns."""

    text: str = ""
    rows: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """A command: ``est-build new atgard``, how it is written, and what it does."""

    name: str
    usage: str
    text: tuple[Paragraph, ...]
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
            tuple(_paragraph(part) for part in row["gor"]),
            _options(row["val"]),
        )
        for row in yaml.load(text, Loader=yaml.BaseLoader)
    )


def _paragraph(part: str | dict[str, str]) -> Paragraph:
    return Paragraph(part) if isinstance(part, str) else Paragraph(rows=_options(part))


def _options(rows: dict[str, str]) -> tuple[Option, ...]:
    return tuple(Option(name, meaning) for name, meaning in rows.items())


def text_of(every: Iterable[Command]) -> str:
    """The whole of ``kommandon.yml``."""
    rows = [
        {
            "namn": one.name,
            "skrivs": one.usage,
            "gor": [part.text or _named(part.rows) for part in one.text],
            "val": _named(one.options),
        }
        for one in every
    ]
    return _HEAD + yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=100)


def _named(rows: Iterable[Option]) -> dict[str, str]:
    return {row.name: row.text for row in rows}
