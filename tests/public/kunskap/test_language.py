"""The language of every finished page: short sentences, plain words, said to the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.demo.test_texts_language import BANNED
from tests.public.conftest import BuiltSite
from tests.public.kunskap.prose import blocks, lix, sentences, words

LISTS = {"/sok/a-o/"}
"""Pages that are lists of names: they have no prose to measure."""
ALLOWED = {
    "farlig": "advice: call 112 if somebody drives dangerously",
    "gäng": "the word stands where it is said that it is not used",
}
"""Banned words that may stand on a page, and why."""
ENOUGH = 100
"""On fewer words the measure says nothing."""


def swedish(built: BuiltSite) -> Iterator[tuple[str, list[str]]]:
    for address, page in built.every():
        if page.root.one("html").attrs["lang"] == "sv":
            yield address, blocks(page)


def test_no_page_is_hard_to_read(built: BuiltSite) -> None:
    measured = 0
    for address, text in swedish(built):
        if sum(len(words(block)) for block in text) < ENOUGH or address in LISTS:
            continue
        most = 27 if address == "/lattlast/" else 40 if address.startswith("/lage/") else 45
        assert lix(text) <= most, (address, round(lix(text), 1))
        measured += 1
    assert measured > 150


def test_no_sentence_is_long(built: BuiltSite) -> None:
    for address, text in swedish(built):
        every = sentences(text)
        for sentence in every:
            assert len(words(sentence)) <= 25, (address, sentence)
        if sum(len(words(s)) for s in every) >= ENOUGH:
            assert sum(len(words(s)) for s in every) / len(every) <= 15, address


def test_no_word_that_is_never_published(built: BuiltSite) -> None:
    for address, page in built.every():
        if page.root.one("html").attrs["lang"] != "sv":
            continue
        for found in BANNED.finditer(page.root.one("main").words()):
            assert found[0].lower() in ALLOWED, (address, found[0])


def test_pages_speak_to_the_reader(built: BuiltSite) -> None:
    """The pages of knowledge say *du* and never *man*, and do not call the reader an inhabitant or a user."""
    about = re.compile(r"\b(?:man|medborgaren|användaren|besökaren|undertecknad)\b", re.IGNORECASE)
    told = re.compile(r"\b(?:du|dig|din|ditt|dina|ni|er|era)\b", re.IGNORECASE)
    for address in (
        "/metod/",
        "/metod/kvalitet/",
        "/andringar/",
        "/delta/",
        "/om/",
        "/om/vilka/",
        "/integritet/",
    ):
        text = " ".join(blocks(built.page(address)))
        assert not about.search(text), (address, about.findall(text))
        if address != "/andringar/":
            assert told.search(text), address


def test_the_measure_can_fail() -> None:
    hard = ["Implementeringen av åtgärder förutsätter samverkansöverenskommelser mellan kommunerna."]
    easy = ["Lampan är trasig.", "Vi lagar den i dag."]
    assert lix(hard) > 60
    assert lix(easy) < 27
    assert sentences(["Lampan är trasig. Vi lagar den."]) == ["Lampan är trasig.", "Vi lagar den."]
