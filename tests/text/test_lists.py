"""The word lists: well formed, found in every form, and silent about words that only look alike."""

from __future__ import annotations

from collections import Counter

import pytest

from est_build.problems import catalogue_text
from est_build.problems.problem import Kind
from est_build.protect.text import scan_text
from est_build.protect.text.lists import Entry, entries, names, words_of

ALL = entries()
KINDS = [value for value in vars(catalogue_text).values() if isinstance(value, Kind)]


def codes(text: str) -> set[str]:
    return {finding.kind.code for finding in scan_text(text)}


def test_every_row_is_whole() -> None:
    assert len(ALL) > 500
    for entry in ALL:
        assert entry.word == entry.word.strip().lower()
        assert not entry.why.endswith("."), entry
        assert entry.instead.endswith("."), entry
        assert entry.instead[0].isupper(), entry


def test_no_word_stands_twice() -> None:
    assert [word for word, n in Counter(entry.word for entry in ALL).items() if n > 1] == []


@pytest.mark.parametrize("entry", ALL, ids=lambda entry: entry.word)
def test_every_word_is_found(entry: Entry) -> None:
    word = entry.word.replace("*", "").replace("!", "")
    found = [f for f in scan_text(f"De säger {word} där.") if f.kind.code in {"EST421", "EST422", "EST423"}]
    order = ["fel", "varning", "not"]
    assert any(order.index(f.kind.severity) <= order.index(entry.level) for f in found)


FORMS = {
    "EST421": [
        "gäng",
        "gänget",
        "gängen",
        "ungdomsgänget",
        "gängrelaterade",
        "somalier",
        "somaliernas",
        "judar",
        "tiggarnas",
        "kriminell",
        "kriminellas",
        "kända kriminella",
        "mc-klubbens",
        "LSS-boende",
        "hvb-hem",
    ],
    "EST422": [
        "utsatt område",
        "utsatta områden",
        "utsatta områdets",
        "kamerorna",
        "trygghetskamera",
        "bevakningskameror",
        "misstänkta personer",
        "ICA-butiken",
        "Coops",
        "moskéns",
        "polska",
    ],
}


@pytest.mark.parametrize("word", FORMS["EST421"] + FORMS["EST422"])
def test_forms(word: str) -> None:
    code = next(code for code, words in FORMS.items() if word in words)
    assert code in codes(f"Där finns {word} ibland.")


@pytest.mark.parametrize(
    "text",
    [
        "tillgänglig",
        "tillgängligheten",
        "umgänget på torget",
        "gängse",
        "reklam",
        "arbetsgång",
        "övergången",
        "ansvaret",
        "turister",
        "ryssja",
        "judo",
        "islossning",
        "romantisk",
        "dansbana",
        "ursprung",
        "kristallklart",
        "arabesk",
        "tyst",
        "finns",
        "norra",
    ],
)
def test_words_that_look_alike(text: str) -> None:
    assert codes(text) & {"EST421", "EST422"} == set()


def test_a_claim_that_is_denied_is_no_claim() -> None:
    assert "EST423" in codes("Färre rapporter beror på lamporna.")
    assert "EST423" not in codes("Vi vet inte vad det beror på.")
    assert "EST423" not in codes("Det går inte att säga om lamporna ledde till det.")


def test_hard_and_soft_words_side_by_side_are_both_told() -> None:
    assert codes("Ett särskilt utsatt område med kända kriminella.") == {"EST421", "EST422"}


def test_lists_of_names() -> None:
    assert len(names()) > 900
    assert all(name == name.lower() and name.isalpha() for name in names())
    assert names() & words_of("inte_personer.txt") <= words_of("tvetydiga_namn.txt")


def test_the_catalogue() -> None:
    assert [kind.code for kind in KINDS] == [f"EST{n}" for n in range(411, 430)]
    for kind in KINDS:
        assert all((kind.sv, kind.cure_sv, kind.en, kind.cure_en))
        assert kind.severity in {"fel", "varning", "not"}
        asks = kind.severity == "varning" and kind.code not in {"EST428", "EST429"}
        assert ("godkant_av" in kind.cure_sv) == asks
