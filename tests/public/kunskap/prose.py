"""Running text of a finished page, and how hard it is to read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tests.public.dom import Document, Node

BLOCKS = ("p", "li", "dd")
ASIDE = ("svg", "table", "nav", "figcaption", "h1", "h2", "h3", "h4", "summary")
# A long list keeps its parts apart with semicolons; each is read by itself.
SENTENCE = re.compile(r"(?<=;)\s+|(?<=[.!?:])\s+(?=[A-ZÅÄÖ0-9\"”])")
WORD = re.compile(r"[\w§–-]+")
SHORTEST = 4
"""A block of fewer words is a label, not text."""


def blocks(page: Document) -> list[str]:
    """Paragraphs, list items and answers in ``<main>``, the innermost; no headings, tables or pictures."""
    found = []
    for node in page.root.one("main").all(*BLOCKS):
        if node.inside(*ASIDE) or any(isinstance(n, Node) for n in node.all(*BLOCKS) if n is not node):
            continue
        words = " ".join(node.words(skip=frozenset(ASIDE)).split())
        if len(words.split()) >= SHORTEST:
            found.append(words)
    return found


def sentences(text: Iterable[str]) -> list[str]:
    """Sentences of the blocks."""
    return [part for block in text for part in SENTENCE.split(block) if WORD.search(part)]


def words(text: str) -> list[str]:
    """Words and numbers."""
    return WORD.findall(text)


def lix(text: list[str]) -> float:
    """Words in a sentence, and the share of words of more than six letters."""
    every = [word for block in text for word in words(block)]
    return len(every) / len(sentences(text)) + 100 * sum(len(w) > 6 for w in every) / len(every)


FOLLOWED_UP = re.compile(
    r"\((?:osäkerhet|förändringen kan vara allt från)[^)]*\)"
    r"|Med dagens antal rapporter kan vi bara upptäcka en förändring om de minskar med minst \d+\s%"
)
"""Where the follow-up of an action may tell a share: at least twenty reports before, with its uncertainty."""
