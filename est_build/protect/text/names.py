"""Names of persons. Soft: no list holds every name, and many names are words too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from est_build.problems import catalogue_text as kinds
from est_build.protect.text.finding import Hit, Token, View
from est_build.protect.text.lists import names, words_of

_CERTAIN = re.compile(
    r".{2,}(?:sson|qvist|kvist|quist|ström|gren|stedt|feldt|ović|ovic|ević|evic|oğlu|oglu)s?"
)
_SMALL = {"von", "af", "de", "van", "der", "el", "al", "da", "la", "bin", "ben"}
_INITIALS = re.compile(r"(?<![^\W_.])(?!S\.?S\.|U\.?S\.|E\.?U\.)[A-ZÅÄÖ]\.\s?[A-ZÅÄÖ]\.(?![\w.])")
_ONE_LETTER = re.compile(r"[A-ZÅÄÖ]\.?")


def persons(view: View) -> Iterator[Hit]:
    """EST424: a first name and a surname, a title and a name, initials. EST425: what may be a name."""
    tokens = view.tokens
    for match in _INITIALS.finditer(view.text):
        yield kinds.NAME, match.start(), match.end(), {"value": match[0]}
    i = 0
    while i < len(tokens):
        if tokens[i].text[0].islower() and tokens[i].low not in words_of("titlar.txt"):
            i += 1
            continue
        last = _full_name(view, tokens, i)
        if last is not None:
            quote = view.text[tokens[i].start : tokens[last].end]
            yield kinds.NAME, tokens[i].start, tokens[last].end, {"value": quote}
            i = last + 1
            continue
        if _lone(view, tokens, i):
            yield kinds.NAME_MAYBE, tokens[i].start, tokens[i].end, {"value": tokens[i].text}
        elif _strange_pair(view, tokens, i):
            quote = view.text[tokens[i].start : tokens[i + 1].end]
            yield kinds.NAME_MAYBE, tokens[i].start, tokens[i + 1].end, {"value": quote}
            i += 1
        i += 1


def _full_name(view: View, tokens: tuple[Token, ...], i: int) -> int | None:
    """Index of the last word of a full name that begins at ``i``."""
    token = tokens[i]
    if token.low in words_of("titlar.txt") and i + 1 < len(tokens) and _capital(view, tokens, i + 1):
        following = tokens[i + 1]
        known_place = _is_known(view, following.low)
        if view.gap(token, following) == " " and not known_place and _like_name(following.low):
            return i + 1
    if not token.text[:1].isupper() or _after_saint(tokens, i):
        return None
    if not _is_first(token.low):
        second = tokens[i + 1] if i + 1 < len(tokens) else None
        sure = second is not None and second.text[0].isupper() and _CERTAIN.fullmatch(second.low)
        unknown = len(token.text) > 2 and token.text.isalpha() and not _is_known(view, token.low)
        return i + 1 if sure and unknown and view.gap(token, tokens[i + 1]) == " " else None
    j = i + 1
    while j < len(tokens) and j - i <= 3 and view.gap(tokens[j - 1], tokens[j]) in {" ", ". ", "-", "."}:
        word, after = tokens[j], tokens[j + 1] if j + 1 < len(tokens) else None
        between = word.low in _SMALL or _ONE_LETTER.fullmatch(word.text) or _is_first(word.low)
        if not between or after is None or not after.text[0].isupper():
            break
        if view.gap(word, after) not in {" ", ". "}:
            break
        j += 1
    if j >= len(tokens) or view.gap(tokens[j - 1], tokens[j]) not in {" ", ". "}:
        return None
    surname = tokens[j]
    if not surname.text[0].isupper() or len(surname.text) < 2:
        return None
    # Lund is a town and a surname: after a name that is nothing else it is a surname.
    place = surname.low in view.rules.known or token.low in words_of("tvetydiga_namn.txt")
    return None if place and _is_known(view, surname.low) else j


def _lone(view: View, tokens: tuple[Token, ...], i: int) -> bool:
    """A first name or a certain surname by itself, inside a sentence."""
    token = tokens[i]
    if not token.text[0].isupper() or _is_known(view, token.low) or _after_saint(tokens, i):
        return False
    base = token.low.removesuffix("s") if token.low not in names() else token.low
    if _CERTAIN.fullmatch(token.low) and not token.text.isupper():
        return True
    if base not in names() or base in words_of("tvetydiga_namn.txt") or token.text.isupper():
        return False
    return not _begins(view, token) or token.low == base


def _strange_pair(view: View, tokens: tuple[Token, ...], i: int) -> bool:
    """Two capitalised words in the middle of a sentence that are no known place, body or month."""
    if i + 1 >= len(tokens):
        return False
    first, second = tokens[i], tokens[i + 1]
    for token in (first, second):
        plain = token.text.isalpha() and token.text[1:].islower() and len(token.text) > 2
        if not plain or not token.text[0].isupper() or _is_known(view, token.low):
            return False
    return view.gap(first, second) == " " and not _begins(view, first)


def _begins(view: View, token: Token) -> bool:
    """True at the beginning of a sentence, a line, a quotation or a heading, where all words are capital."""
    before = view.text[max(0, token.start - 4) : token.start].rstrip(" ")
    return not before or not (before[-1].isalnum() or before[-1] in ",-/") or "\n" in before


def _capital(view: View, tokens: tuple[Token, ...], i: int) -> bool:
    return tokens[i].text[0].isupper() and not tokens[i].text.isupper()


@cache
def _like_name(low: str) -> bool:
    return low.isalpha() and len(low) > 2


@cache
def _is_first(low: str) -> bool:
    return low in names() or ("-" in low and any(part in names() for part in low.split("-")))


def _after_saint(tokens: tuple[Token, ...], i: int) -> bool:
    return bool(i) and tokens[i - 1].low in {"sankt", "sankta", "s", "st", "t", "ta"}


def _is_known(view: View, low: str) -> bool:
    others = words_of("inte_personer.txt")
    base = low.removesuffix("s")
    return low in others or base in others or low in view.rules.known or base in view.rules.known


__all__ = ["persons"]
