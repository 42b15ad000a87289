"""Stems of Swedish words: ``otryggheten`` and ``otryggt`` both become ``otrygg``.

The rules are those of the Snowball stemmer for Swedish, with the definite ``-et`` and ``-an`` added (``torg``
finds ``torget``). The script of the search page, ``est-sok.js``, has the same rules; a test compares the two.
"""

from __future__ import annotations

from functools import lru_cache

VOWELS = "aeiouyäåö"
_ENDINGS: tuple[str, ...] = (
    *("heterna", "hetens", "arens", "andes", "andet", "anden", "heten", "heter", "arnas", "ernas", "ornas"),
    *("arna", "erna", "orna", "ande", "arne", "aste", "aren", "ades", "erns", "ade", "are", "ern", "ens"),
    *("het", "ast", "ets", "ans", "ad", "an", "en", "ar", "er", "or", "as", "es", "at", "et", "a", "e"),
)
"""Longest first: a longer ending is never hidden by a shorter."""
_BEFORE_S = "bcdfghjklmnoprtvy"
_DOUBLE = ("dd", "gd", "nn", "dt", "gt", "kt", "tt")
_FOLD = str.maketrans("åäöéüæø", "aaoeuao")


def fold(word: str) -> str:
    """Without rings and dots, for those who write ``abbekas``."""
    return word.translate(_FOLD)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a word in small letters, folded."""
    start = _region(word)
    word = _without_ending(word, start)
    if word.endswith(_DOUBLE) and len(word) - 2 >= start:
        word = word[:-1]
    for ending, kept in (("lig", 0), ("els", 0), ("ig", 0), ("löst", 3), ("fullt", 4)):
        if word.endswith(ending) and len(word) - len(ending) >= start:
            word = word[: len(word) - len(ending) + kept]
            break
    return fold(word)


def _region(word: str) -> int:
    """Where endings may begin: after the first consonant that follows a vowel, and after three letters."""
    for index in range(1, len(word)):
        if word[index] not in VOWELS and word[index - 1] in VOWELS:
            return max(3, index + 1)
    return len(word)


def _without_ending(word: str, start: int) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= start:
            return word[: -len(ending)]
    if word.endswith("s") and len(word) - 1 >= start and word[-2] in _BEFORE_S:
        return word[:-1]
    return word
