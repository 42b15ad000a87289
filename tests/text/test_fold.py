"""Folding: one form for every letter and digit, and the way back to where each stood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from est_build.protect.text.fold import chain, fold, visible
from est_build.protect.text.numbers import number_of, spoken

FORMS = {
    "０７０": "070",
    "٠٧٠": "070",
    "𝟎𝟕𝟎": "070",
    "①②③": "123",
    "0\u20e37\ufe0f\u20e30": "070",
    "Сtоrgаtаn": "Ctorgatan",
    "gä\u00adng": "gäng",
    "ga\u0308ng": "gäng",
    "g\u0308ang": "gang",
    "0\u0336 7\u0336": "0 7",
    "a\u200bb\u200cc\u2060d\ufeffe": "abcde",
    "70\u201112": "70-12",
    "70–12—3−4": "70-12-3-4",
    "a\u00a0b\u2009c\u3000d": "a b c d",
    "Ａ＠ｂ": "A@b",
    "O70": "070",
    "l2": "12",
    "Ollon": "Ollon",
    "”så”": '"så"',
    "x²": "x2",
    "ﬁn": "fin",
    "Ⅷ": "VIII",
    "å\nb": "å b",
    "å\n\nb": "å\n\nb",
    "å\n- b": "å\n- b",
    "å\n1. b": "å\n1. b",
    "å\n12 b": "å 12 b",
}


@pytest.mark.parametrize("text", FORMS)
def test_one_form(text: str) -> None:
    assert fold(text).text == FORMS[text]


@given(st.text(max_size=80))
def test_the_way_back(text: str) -> None:
    for folded in (fold(text), visible(text)):
        positions = [folded.back(i) for i in range(len(folded.text) + (folded.at is not None))]
        assert positions == sorted(positions)
        assert all(0 <= p <= len(text) for p in positions)
        if folded.at is not None:
            assert len(folded.at) == len(folded.text) + 1


@given(st.text("ab*_`<>[]()&;#x1 \n!-\\/", max_size=60))
def test_the_way_back_through_marks_and_folding(text: str) -> None:
    seen = visible(text)
    folded = chain(fold(seen.text), seen)
    assert all(0 <= folded.back(i) <= len(text) for i in range(len(folded.text)))


def test_marks_are_left_out() -> None:
    text = "**Fet** [länk](https://x.se/a_(b)) <b>t</b> &amp; `kod` a_b <!-- bort -->slut \\- så"
    assert visible(text).text == "Fet länk t & kod a_b slut - så"


WORDS = {
    "noll": 0,
    "tre": 3,
    "tolv": 12,
    "tjugo": 20,
    "tjugotre": 23,
    "tjugoen": 21,
    "nittionio": 99,
    "hundra": 100,
    "etthundra": 100,
    "tvåhundrafem": 205,
    "17": 17,
    "seven": 7,
    "dussin": 12,
    "en": None,
    "ett": None,
    "få": None,
    "trea": None,
    "": None,
}


@pytest.mark.parametrize("word", WORDS)
def test_number_words(word: str) -> None:
    assert number_of(word) == WORDS[word]


def test_spoken_digits() -> None:
    found = spoken("Ring noll sju noll ett två eller så.")
    assert found is not None
    assert found.text == "Ring 07012 eller så."
    assert found.back(5) == 5
    pairs = spoken("noll sjuttio tolv trettiofyra femtiosex sjuttioåtta")
    assert pairs is not None
    assert pairs.text == "07012345678"
    assert spoken("ett två tre") is None
    assert spoken("Ett, eller två. Eller tre och fyra") is None
