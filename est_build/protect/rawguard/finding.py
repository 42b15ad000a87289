"""What the guard found in one file, in words that never repeat what the file holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from est_build.problems import Kind


class Said(NamedTuple):
    """The same words in Swedish and English."""

    sv: str
    en: str


NOTHING = Said("", "")


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason to keep a file out. ``line`` (from 1): where it begins, if that can be said."""

    kind: Kind
    why: Said = NOTHING
    line: int | None = None


def joined(parts: list[Said]) -> Said:
    """``a, b och c``."""
    return Said(_list([p.sv for p in parts], "och"), _list([p.en for p in parts], "and"))


def _list(words: list[str], last: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def size(count: int) -> str:
    """``734 kB``, ``2,1 MB``."""
    if count < 1_000_000:
        return f"{max(count // 1000, 1)} kB"
    return f"{count / 1_000_000:.1f} MB".replace(".", ",")
