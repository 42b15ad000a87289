"""What a detector gets to see, and what it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from est_build.problems import Kind
from est_build.protect.text.fold import Folded
from est_build.protect.text.numbers import SPOKEN_LEAST, spoken, spoken_words

_TOKEN = re.compile(r"[^\W_]+(?:[-'][^\W\d_]+)*")
_END = re.compile(r"(?<![.\s][^\W\d_])[.!?:;](?=\s+[A-ZÅÄÖ\"(])|[!?]|\n+")
_DIGIT = re.compile(r"\d")
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing in a text. ``start`` and ``end`` are indices in the text as it was given."""

    kind: Kind
    start: int
    end: int
    quote: str
    """What stands there, as it was written. Not for messages: those use ``values``."""
    values: Mapping[str, str] = field(default_factory=dict)
    """For the message; ``value`` is the quote, half covered if it points somebody out."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What is allowed in the texts of one instance. The defaults allow nothing that need not be."""

    shown: frozenset[tuple[int, int]] = frozenset()
    """Intervals that are published: they may be named."""
    limits: frozenset[int] = frozenset()
    """Numbers of ``skydd.yml``; a page that explains the rules says "minst 5 rapporter"."""
    step: int = 5
    emails: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    """Digits only, with the leading zero."""
    known: frozenset[str] = frozenset()
    """Words in small letters that are names of places and organisations, so not of persons."""


class Token(NamedTuple):
    """A word or a number; ``low`` is it in small letters."""

    text: str
    low: str
    start: int
    end: int


@dataclass(frozen=True)
class View:
    """A folded text as detectors see it."""

    folded: Folded
    rules: Rules = field(default_factory=Rules)
    page: bool = False
    """True where the rules themselves are explained: pages of ``content/``, comments of the frame."""

    @property
    def text(self) -> str:
        """The folded text."""
        return self.folded.text

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Words and numbers in order."""
        return tuple(Token(m[0], m[0].lower(), m.start(), m.end()) for m in _TOKEN.finditer(self.text))

    @cached_property
    def sentences(self) -> tuple[tuple[Token, ...], ...]:
        """The tokens, sentence by sentence."""
        ends = [m.start() for m in _END.finditer(self.text)]
        found: list[tuple[Token, ...]] = []
        current: list[Token] = []
        i = 0
        for token in self.tokens:
            if i < len(ends) and ends[i] < token.start:
                found.append(tuple(current))
                current = []
                while i < len(ends) and ends[i] < token.start:
                    i += 1
            current.append(token)
        return tuple(s for s in (*found, tuple(current)) if s)

    @cached_property
    def has_digits(self) -> bool:
        """True if there is a digit anywhere."""
        return _DIGIT.search(self.text) is not None

    @cached_property
    def digit_views(self) -> tuple[Folded, ...]:
        """The text if it has digits, and the text with spelled-out digits as digits if it has any."""
        known = spoken_words()
        spelled = sum((t.low in known) + t.low.count("-") for t in self.tokens)
        written = sum(t.low[0].isdecimal() for t in self.tokens) if spelled else 0
        words = spoken(self.text) if spelled + written >= SPOKEN_LEAST else None
        plain = (Folded(self.text),) if self.has_digits else ()
        return plain if words is None else (*plain, words)

    def gap(self, left: Token, right: Token) -> str:
        """What stands between two tokens."""
        return self.text[left.end : right.start]


Hit = tuple[Kind, int, int, Mapping[str, str]]
"""Kind, start and end in the folded text, values for the message."""
Detector = Callable[[View], Iterator[Hit]]


def covered(text: str) -> str:
    """A number or an address with its middle left out: a message must not spread what it warns of."""
    plain = text.strip()
    keep = 2 if len(plain) > 5 else 1
    return plain[:keep] + "…" + plain[-keep:] if len(plain) > 3 else "…"
