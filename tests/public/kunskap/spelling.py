"""Spelling: the Swedish dictionary of Hunspell, and the project's own words beside it. Nothing is fetched."""

from __future__ import annotations

import re
import sysconfig
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

from hunspell import Hunspell

from tests.public.dom import Document, Node

OWN = Path(__file__).with_name("ord.txt")
"""Names of places, and words of the field that the dictionary lacks: one a line, in Swedish order."""
NOT_PROSE = frozenset({"script", "style", "code", "pre"})
NAMES_OF_THINGS = re.compile(
    r"https?://\S+|\S+@\S+|\b[\w-]+(?:/[\w.-]*)+|\b[\w-]+\.(?:csv|json|geojson|yml|py|html)\b"
)
"""Addresses and files: they are spelled as the machine wants them."""
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
SHORT = 3
"""Words of at most this many letters meet each other by chance."""
ATTRIBUTES = ("aria-label", "alt", "title", "placeholder", "data-label")


@cache
def dictionary() -> Hunspell:
    """The Swedish dictionary that the package ``hunspell-sv`` brings."""
    folder = Path(sysconfig.get_path("data")) / "share" / "hunspell"
    assert (folder / "sv_SE.dic").is_file(), "kör: make setup-test"
    return Hunspell("sv_SE", hunspell_data_dir=str(folder))


@cache
def own_words() -> frozenset[str]:
    """The project's own words."""
    return frozenset(own_lines())


def own_lines() -> list[str]:
    """The words of the project's own list, as they stand in it."""
    lines = (line.partition("#")[0].strip() for line in OWN.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line]


def known(word: str) -> bool:
    """True for a word of the dictionary, and for an own word: as written, or with a capital first letter."""
    book, own = dictionary(), own_words()
    if word in own or (word[:1].isupper() and word[:1].lower() + word[1:] in own):
        return True
    return bool(book.spell(word)) or ("-" in word and all(map(known, word.split("-"))))


def words(text: str) -> list[str]:
    """Words of a text; soft hyphens are no letters."""
    return WORD.findall(NAMES_OF_THINGS.sub(" ", text.replace("\u00ad", "")))


def unknown(text: str) -> set[str]:
    """Words that neither the dictionary nor the project knows."""
    return {word for word in set(words(text)) if not known(word)}


def _foreign(node: Node) -> bool:
    return (
        node.tag in NOT_PROSE or node.attrs.get("lang", "sv") != "sv" or node.attrs.get("translate") == "no"
    )


def swedish_texts(node: Node) -> Iterator[str]:
    """Every piece of Swedish that a reader or a screen reader meets, each by itself."""
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif not _foreign(child):
            yield from (child.attrs[name] for name in ATTRIBUTES if name in child.attrs)
            yield from swedish_texts(child)


def swedish(page: Document) -> Iterator[str]:
    """Swedish of a whole page: its title and summary too. Nothing if the page is in another language."""
    root = page.root.one("html")
    if root.attrs["lang"] != "sv":
        return
    yield from (n.attrs["content"] for n in root.all("meta") if n.attrs.get("name") == "description")
    yield from swedish_texts(root)


def doubled(text: str) -> list[str]:
    """Words that stand twice in a row."""
    return [m[0] for m in re.finditer(r"\b([^\W\d_]{2,}) \1\b", text, re.IGNORECASE)]


def split_compounds(text: str, closed: Iterable[str]) -> set[str]:
    """Two words in a row that are written as one elsewhere: ``trygghets samordnare``.

    Short words are left out: ``igen om`` is two words, and ``igenom`` another.
    """
    every = set(closed)
    row = [word.lower() for word in text.replace("\u00ad", "").split()]
    # A comma after the first keeps them apart.
    near = ((a, b.strip(".,:;!?()")) for a, b in pairwise(row) if a.isalpha())
    pairs = ((a, b) for a, b in near if min(len(a), len(b)) > SHORT and a + b in every)
    return {f"{a} {b}" for a, b in pairs}
