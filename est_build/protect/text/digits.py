"""Runs of digits, however they are grouped: the raw material of numbers that point to a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

_RUN = re.compile(r"\+?\d(?:[ ./_+()\-]{0,4}\d)*")
_SPACED = re.compile(r"(?<![^\W_])\d(?:[ ./_+()|*,:;·~=\-]{1,3}\d(?!\d)){7,}")
# No part may be tried in two ways: a long key would be tried in millions.
_HEX = re.compile(
    r"(?<![^\W_])(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{12,}+)(?:-[0-9a-fA-F]{4,}+)*(?![^\W_])",
)
_KEY = 16
"""Hexadecimal digits that a key has at least."""


@dataclass(frozen=True)
class Run:
    """Groups of digits with short separators between. ``start`` and ``end`` span the whole run."""

    text: str
    start: int
    groups: tuple[tuple[str, int, int], ...]
    """Digits, start, end of each group."""

    @cached_property
    def digits(self) -> str:
        """All digits of the run."""
        return "".join(group for group, _, _ in self.groups)

    @cached_property
    def single(self) -> bool:
        """True if every digit stands by itself: ``7 0 1 2``."""
        return all(len(group) == 1 for group, _, _ in self.groups)

    def before(self, index: int) -> str:
        """What stands before a group, within the run."""
        left = self.groups[index - 1][2] if index else self.start
        return self.text[left - self.start : self.groups[index][1] - self.start]

    def after(self, index: int) -> str:
        """What stands after a group, within the run; empty at its end."""
        return self.before(index + 1) if index + 1 < len(self.groups) else ""

    def spans(self, lengths: frozenset[int]) -> Iterator[tuple[int, int, str]]:
        """First and last group, and digits, of every part of the run that has one of the lengths."""
        longest = max(lengths)
        for i in range(len(self.groups)):
            joined = ""
            for j in range(i, len(self.groups)):
                joined += self.groups[j][0]
                if len(joined) > longest:
                    break
                if len(joined) in lengths:
                    yield i, j, joined


def runs(text: str, least: int) -> list[Run]:
    """Runs of at least ``least`` digits; hexadecimal keys (as in addresses) are passed over."""
    found: dict[tuple[int, int], Run] = {}
    for pattern in (_RUN, _SPACED):
        for match in pattern.finditer(text):
            if sum(map(str.isdigit, match[0])) < least:
                continue
            span = match.span()
            groups = tuple(
                (m[0], span[0] + m.start(), span[0] + m.end()) for m in re.finditer(r"\d+", match[0])
            )
            found.setdefault(span, Run(match[0], span[0], groups))
    every = _HEX.finditer(text) if found else ()
    keys = [m.span() for m in every if len(m[0]) - m[0].count("-") >= _KEY]
    return [run for (a, b), run in found.items() if not any(x <= a and b <= y for x, y in keys)]
