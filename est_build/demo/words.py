"""The words of the invented survey forms, and harmless free texts."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from est_build.demo.places import BY_CODE, TOWNS, localities
from est_build.demo.profiles import SPLIT_YEAR
from est_build.load.codebook import packaged
from est_build.schema.codes import ListName


class Words(NamedTuple):
    """What one form calls things: code -> word. The empty code is "did not know"."""

    nothing: str
    area: dict[str, str]
    weekday: dict[str, str]
    daypart: dict[str, str]


_SHORT = {
    "måndag": "Mån", "tisdag": "Tis", "onsdag": "Ons", "torsdag": "Tors",
    "fredag": "Fre", "lördag": "Lör", "söndag": "Sön", "": "Vet inte",
}  # fmt: skip


@cache
def form_words(name: str) -> Words:
    """Words of the form ``2023`` or ``2026``."""
    weekdays = ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"]
    dayparts = ["förmiddag", "eftermiddag", "kväll", "natt"]
    if name == "2023":
        return Words(
            nothing="Inget att rapportera",
            area={p.id: f"{BY_CODE[p.kommun].namn} stad" for p in localities() if p.id in TOWNS},
            weekday={day: day.capitalize() for day in weekdays} | {"": ""},
            daypart={part: part.capitalize() for part in dayparts} | {"": ""},
        )
    return Words(
        nothing="Inget den här gången",
        area={},
        weekday=_SHORT,
        daypart={
            "förmiddag": "Förmiddag (06–12)",
            "eftermiddag": "Eftermiddag (12–17)",
            "kväll": "Kväll (17–22)",
            "natt": "Natt (22–06)",
            "": "Vet inte",
        },
    )


@cache
def _labels() -> dict[tuple[str, str], str]:
    return {(name, code.id): code.sv for name, codes in packaged().items() for code in codes}


def label(name: ListName, code: str) -> str:
    """Swedish label of a code in the packaged lists."""
    return _labels()[name, code]


SPLIT_WORDS = {"Buskörning (moped, mc)": "trafik.buskorning", "A-traktor": "trafik.a-traktor"}
"""What the form says from 2025, when A-tractors are asked for by themselves (story g)."""
_SPLIT_WORD = {code: word for word, code in SPLIT_WORDS.items()}


def category_word(code: str, year: int) -> str:
    """What the form of a year calls a category."""
    own = _SPLIT_WORD.get(code) if year >= SPLIT_YEAR else None
    return own or label("kategorier", code)


FREE_TEXTS = (
    "Det var lugnare än förra gången.",
    "Vi pratade med dem som var där och det gick bra.",
    "Felanmält till kommunen samma dag.",
    "Svårt att säga när det hände, vi såg det på morgonen.",
    "Flera har nämnt samma sak.",
    "Städat dagen efter.",
    "Det brukar vara så när vädret är fint.",
    "Vi återkommer om det fortsätter.",
    "Lampan närmast hållplatsen blinkade.",
    "Vet inte om någon annan har skrivit om samma sak.",
)
"""Invented, and about nobody. Free text is never coded: these prove that it stays where it is."""
