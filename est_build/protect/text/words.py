"""Words that point out groups, places or persons, at three levels (``domain.md`` 10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from est_build.problems import catalogue_text as kinds
from est_build.protect.text.finding import Hit, Token, View
from est_build.protect.text.lists import Entry, entries, words_of

_ENDINGS = {
    "s", "n", "ns", "en", "ens", "et", "ets", "t", "a", "as", "ar", "ars", "er", "ers", "or", "ors", "r",
    "rs", "na", "nas", "arna", "arnas", "erna", "ernas", "orna", "ornas", "rna", "rnas", "e", "es",
    "are", "ast", "aste", "ad", "ade", "at", "ats", "d", "de", "des", "ts", "ande", "ende",
}  # fmt: skip
_LONGEST = 5
_NOT = re.compile(r"\b(?:inte|aldrig|oklart|okänt|vet)\b", re.IGNORECASE)
_KIND = {"fel": kinds.WORD_STOP, "varning": kinds.WORD_SIGN_OFF, "not": kinds.WORD_HINT}


@dataclass(frozen=True, slots=True)
class _Index:
    """Entries by their first word. A phrase keeps its further words as tests."""

    exact: dict[str, list[tuple[Entry, tuple[str, ...]]]]
    stems: dict[str, list[tuple[Entry, tuple[str, ...]]]]
    starts: dict[str, list[tuple[str, Entry, tuple[str, ...]]]]
    """First three letters -> beginnings of words (``ord*``)."""
    ends: dict[str, list[tuple[str, Entry, tuple[str, ...]]]]
    """Last three letters -> ends of words (``*ord``)."""


def words(view: View) -> Iterator[Hit]:
    """EST421-EST423: words of the lists, in any form, also inside compounds where the list says so."""
    tokens = view.tokens
    for i, token in enumerate(tokens):
        for entry, rest in _found(token.low):
            if rest and not _follows(view, tokens, i, rest):
                continue
            last = tokens[i + len(rest)]
            quote = " ".join(t.text for t in tokens[i : i + len(rest) + 1])
            if entry.level == "not" and _denied(view, token):
                continue
            values = {"value": quote, "why": entry.why, "instead": entry.instead}
            yield _KIND[entry.level], token.start, last.end, values


def _denied(view: View, token: Token) -> bool:
    """True in a sentence that says that something is not so, or not known: no claim, so no advice."""
    before = re.split(r"[.!?\n]", view.text[: token.start])[-1]
    after = re.split(r"[.!?\n]", view.text[token.end :], maxsplit=1)[0]
    return _NOT.search(before + " " + after) is not None


def _follows(view: View, tokens: tuple[Token, ...], i: int, rest: tuple[str, ...]) -> bool:
    if i + len(rest) >= len(tokens):
        return False
    for k, pattern in enumerate(rest, 1):
        if "\n" in view.gap(tokens[i + k - 1], tokens[i + k]) or not _is(tokens[i + k].low, pattern):
            return False
    return True


def _is(low: str, pattern: str) -> bool:
    if pattern.endswith("*"):
        return low.startswith(pattern[:-1])
    return not _stems(pattern).isdisjoint(_bases(low, exact=pattern.endswith("!")))


def _stems(word: str) -> frozenset[str]:
    """What endings are put on: the word, and without a last a or e (``pojke``, ``pojkar``)."""
    plain = word.removesuffix("!")
    short = word[-1] in "ae" and len(word) > 3
    return frozenset({plain, plain[:-1]} if short else {plain})


def _bases(low: str, *, exact: bool = False) -> tuple[str, ...]:
    """The word without each ending that it may have; the whole word first."""
    if exact:
        return (low,)
    cuts = range(1, min(_LONGEST, len(low) - 2) + 1)
    return (low, *(low[:-n] for n in cuts if low[-n:] in _ENDINGS))


@cache
def _found(low: str) -> tuple[tuple[Entry, tuple[str, ...]], ...]:
    """Entries whose first word this is, the hardest and longest first."""
    if low in words_of("fria_ord.txt"):
        return ()
    index = _index()
    bases = _bases(low)
    found = list(index.exact.get(low, ()))
    for base in bases:
        found += index.stems.get(base, ())
        found += [(e, rest) for end, e, rest in index.ends.get(base[-3:], ()) if base.endswith(end)]
    found += [(e, rest) for start, e, rest in index.starts.get(low[:3], ()) if low.startswith(start)]
    # The part of a compound that a hyphen sets off counts as a word.
    if "-" in low:
        found += [hit for part in low.split("-") for hit in _found(part) if not hit[1]]
    unique = {entry.word: (entry, rest) for entry, rest in found}
    return tuple(sorted(unique.values(), key=lambda hit: (list(_KIND).index(hit[0].level), -len(hit[1]))))


@cache
def _index() -> _Index:
    index = _Index({}, {}, {}, {})
    for entry in entries():
        first, *rest = entry.word.split()
        tail = tuple(rest)
        if first.startswith("*"):
            for stem in _stems(first[1:].rstrip("*")):
                index.ends.setdefault(stem[-3:], []).append((stem, entry, tail))
        elif first.endswith("*"):
            index.starts.setdefault(first[:3], []).append((first[:-1], entry, tail))
        elif first.endswith("!"):
            index.exact.setdefault(first[:-1], []).append((entry, tail))
        else:
            for stem in _stems(first):
                index.stems.setdefault(stem, []).append((entry, tail))
    return index
