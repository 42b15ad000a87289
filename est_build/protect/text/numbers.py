"""Numbers in words: what ``tjugotre`` means, and numbers spelled out digit by digit."""

from __future__ import annotations

import re
from functools import cache

from est_build.protect.text.fold import Folded

_ONES = ["noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio"]
_TEENS = [
    "tio", "elva", "tolv", "tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton",
]  # fmt: skip
_TENS = [
    "tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio",
]  # fmt: skip
_ENGLISH = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_ENGLISH_TENS = [
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
]  # fmt: skip
_VAGUE = {"båda": 2, "bägge": 2, "tvenne": 2, "dussin": 12, "tjog": 20, "dozen": 12, "både": 2}
_ORDINALS = [
    "tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde", "nionde", "tionde", "elfte", "tolfte",
]  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+|\d+")
SPOKEN_LEAST = 4
"""Number words (and digits) in a row that make a number spoken digit by digit, not a count."""


@cache
def number_words() -> dict[str, int]:
    """Every Swedish number word from 0 to 999 and the English ones to 90, without ``en`` and ``ett``."""
    below = {word: n for n, word in enumerate([*_ONES, *_TEENS])}
    for i, ten in enumerate(_TENS, 2):
        below[ten] = i * 10
        below |= {ten + word: i * 10 + n for n, word in enumerate(_ONES[1:], 1)} | {f"{ten}en": i * 10 + 1}
    below |= {"aderton": 18, "förti": 40, "fyrti": 40, "tretti": 30, "femti": 50, "sjutti": 70}
    found = dict(below)
    for n, word in enumerate(["", *_ONES[1:]]):
        for hundred in {f"{word}hundra", f"{word}hundrade"}:
            found[hundred] = max(n, 1) * 100
            found |= {hundred + w: max(n, 1) * 100 + m for w, m in below.items() if m}
    found |= {word: n for n, word in enumerate(_ENGLISH)}
    found |= {word: (i + 2) * 10 for i, word in enumerate(_ENGLISH_TENS)}
    found |= _VAGUE
    del found["ett"], found["one"], found["både"]
    return found


@cache
def ordinal_words() -> dict[str, int]:
    """``tredje`` and on; ``första`` and ``andra`` mean too much else."""
    return {word: n for n, word in enumerate(_ORDINALS, 3)}


def number_of(word: str) -> int | None:
    """The value of digits or of a number word in small letters; ``None`` for any other word."""
    if word.isdecimal():
        return int(word[:9])
    return number_words().get(word)


def spoken(text: str) -> Folded | None:
    """The text with runs of number words as digits (``noll sju noll`` becomes ``070``), if it has any.

    Digits may stand among the words: ``070 174 noll sex noll fem``.
    """
    words = list(_WORD.finditer(text))
    values = [_spoken(match[0].lower()) for match in words]
    out: list[str] = []
    at: list[int] = []
    end, i = 0, 0
    while i < len(words):
        j = i
        while j < len(words) and values[j] is not None and _near(words, i, j, text):
            j += 1
        if j - i >= SPOKEN_LEAST and not all(match[0].isdecimal() for match in words[i:j]):
            out.append(text[end : words[i].start()])
            at.extend(range(end, words[i].start()))
            for match, digits in zip(words[i:j], values[i:j], strict=True):
                out.append(digits or "")
                at.extend([match.start()] * len(digits or ""))
            end = words[j - 1].end()
        i = max(j, i + 1)
    if not out:
        return None
    out.append(text[end:])
    at.extend(range(end, len(text) + 1))
    return Folded("".join(out), tuple(at))


def _spoken(low: str) -> str | None:
    """The digits that a word stands for; digits stand for themselves."""
    if low.isdecimal():
        return low
    value = spoken_words().get(low)
    return None if value is None else str(value)


@cache
def spoken_words() -> dict[str, int]:
    """The words that a number spelled out digit by digit is made of."""
    return number_words() | {"ett": 1, "en": 1, "one": 1, "o": 0, "oh": 0}


def _near(words: list[re.Match[str]], first: int, index: int, text: str) -> bool:
    """True if the word follows the one before it with little but space between."""
    if index == first:
        return True
    gap = text[words[index - 1].end() : words[index].start()]
    return len(gap) <= 3 and "\n" not in gap and not any(c.isalnum() for c in gap)
