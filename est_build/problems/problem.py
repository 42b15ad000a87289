"""The values that describe a fault in something that a person wrote."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

PAGE = "/handbok/fel/"
"""Address of the page that explains every code."""
Severity = Literal["fel", "varning", "not"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault. ``message`` and ``cure`` are templates over the problem's values."""

    code: str
    severity: Severity
    sv: str
    cure_sv: str
    en: str
    cure_en: str

    @property
    def address(self) -> str:
        """Where it is explained, from the root of the site: ``/handbok/fel/#est301``."""
        return f"{PAGE}#{self.code.lower()}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where: a file with line and column (from 1), or the cell of a sheet (``rad 4, kolumn A``)."""

    file: str
    line: int | None = None
    column: int | None = None
    letter: str | None = None
    """Column letter in a table, as the spreadsheet names it."""

    def text(self, lang: str = "sv") -> str:
        """``atgarder/2026-017.yml rad 7, kolumn 12`` or ``svar.csv rad 4, kolumn A``."""
        row, col = ("rad", "kolumn") if lang == "sv" else ("line", "column")
        if self.line is None:
            return self.file
        where = f"{self.file} {row} {self.line}"
        if self.letter is not None:
            return f"{where}, {col} {self.letter}"
        return f"{where}, {col} {self.column}" if self.column is not None else where


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault. ``near`` is the closest allowed spelling, if there is one."""

    kind: Kind
    place: Place
    values: dict[str, str] = field(default_factory=dict)
    near: str | None = None

    @property
    def code(self) -> str:
        """Stable code, for example ``EST201``."""
        return self.kind.code

    def message(self, lang: str = "sv") -> str:
        """What is wrong, in one or two sentences."""
        text = (self.kind.sv if lang == "sv" else self.kind.en).format_map(_Values(self.values))
        if self.near is not None:
            text += f" Menade du ”{self.near}”?" if lang == "sv" else f' Did you mean "{self.near}"?'
        return text

    def cure(self, lang: str = "sv") -> str:
        """What to do about it."""
        template = self.kind.cure_sv if lang == "sv" else self.kind.cure_en
        return template.format_map(_Values(self.values))


class _Values(dict[str, str]):
    """A value that a problem lacks shows as ``?`` rather than breaking the message."""

    def __missing__(self, key: str) -> str:
        return "?"


class ProblemsError(Exception):
    """Raised when work cannot go on; carries every problem found so far."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("; ".join(f"{p.code} {p.place.text()}: {p.message()}" for p in self.problems))


def nearest(word: str, allowed: Sequence[str]) -> str | None:
    """The closest allowed word, or ``None`` when nothing is close enough to be meant."""
    wanted = word.strip().lower()
    folded = {candidate.lower(): candidate for candidate in reversed(allowed)}
    if wanted in folded:
        return folded[wanted]
    hits = difflib.get_close_matches(wanted, list(folded), n=3, cutoff=0.6)
    # Swapped characters are the commonest slip of all: 2026-071 is meant as 2026-017.
    swapped = [hit for hit in hits if sorted(hit) == sorted(wanted)]
    return folded[(swapped or hits)[0]] if hits else None
