"""Names: most are found, places and bodies are not taken for persons."""

from __future__ import annotations

import random

import pytest

from est_build.protect.text import Rules, scan_text
from tests.text import make

RULES = Rules(
    known=frozenset({"ystad", "ystads", "sjöbo", "kivik", "tätort", "sankt", "olof", "skåne", "tranås"})
)


def found(text: str) -> dict[str, list[str]]:
    hits: dict[str, list[str]] = {}
    for finding in scan_text(text, RULES):
        hits.setdefault(finding.kind.code, []).append(finding.quote)
    return hits


def test_names_by_chance_are_found() -> None:
    rng = random.Random(1)
    people = [make.full_name(rng) for _ in range(300)]
    missed = [name for name in people if "EST424" not in found(f"Det sades att {name} var där.")]
    assert missed == []


@pytest.mark.parametrize("surname", ["Trulsson", "Ekström", "Lindgren", "Wallqvist"])
def test_a_strange_first_name_with_a_common_surname_is_found(surname: str) -> None:
    assert found(f"Zebulonia {surname} har ringt.")["EST424"] == [f"Zebulonia {surname}"]


@pytest.mark.parametrize(
    "text",
    [
        "Lokalpolisområde Ystad har sagt ja.",
        "Vi möts i Sankt Olof och Skåne Tranås.",
        "I maj och juni är det ljust.",
        "Kommunstyrelsen och Räddningstjänsten deltog.",
        "Per kvartal är det möte.",
        "Maj är lugn. Juni också.",
        "Nya lampor i Ystads tätort.",
        "Hans bil stod där.",
        "Trygghetssamordnarna i Sjöbo",
        "Brå, SCB och Polismyndigheten",
        "Två hus i Österlen.",
        "Ljus i Mariaparken.",
    ],
)
def test_no_person(text: str) -> None:
    assert "EST424" not in found(text)


def test_initials_are_told_but_abbreviations_are_not() -> None:
    assert "EST424" in found("Enligt K.L. var det lugnt.")
    for text in ("t.ex. här", "bl.a. där", "d.v.s. så", "kl. 12", "S:t Olof", "m.m."):
        assert "EST424" not in found(text)
