"""Canaries: every kind, in many spellings, is found; and not found once its detector is off."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest

from est_build.protect.text import DETECTORS, Rules, scan_text
from est_build.protect.text.finding import Detector
from tests.text import make

RULES = Rules(
    shown=frozenset({(5, 9), (10, 14)}),
    emails=frozenset({"trygghet@ystad.example"}),
    domains=frozenset({"ystad.example"}),
)
NUMBER = "-".join(make.national_id(random.Random(7))[1:])
"""A personnummer that is counted out, nobody's on purpose."""

Canary = tuple[str, str, str]
"""Code, name of the detector, text."""


def codes(text: str, detectors: tuple[Detector, ...] = DETECTORS) -> set[str]:
    return {finding.kind.code for finding in scan_text(text, RULES, detectors=detectors)}


def without(name: str) -> tuple[Detector, ...]:
    left = tuple(d for d in DETECTORS if getattr(d, "__name__", "") != name)
    assert len(left) == len(DETECTORS) - 1, name
    return left


def id_of(spell: Callable[[str, str, str], str], rng: random.Random, *, coordination: bool) -> str:
    """A number in a spelling; in the spelling with letters at least one true digit is left in each half."""
    while True:
        century, six, four = make.national_id(rng, coordination=coordination)
        if set(six) - set("01") and set(four) - set("01"):
            return spell(century, six, four)


def canaries() -> Iterator[tuple[str, Canary]]:
    rng = random.Random(20261119)
    for name, spell in make.ID_SPELLINGS.items():
        for coordination in (False, True):
            text = id_of(spell, rng, coordination=coordination)
            yield f"id, {name}, {coordination}", ("EST411", "national_ids", text)
    for name, spell_phone in make.PHONE_SPELLINGS.items():
        for series in (make.MOBILE, make.LANDLINE):
            yield f"phone, {name}, {series[0]}", ("EST412", "phones", spell_phone(rng.choice(series)))
    for text in ("08-465 004 12", "0846500412", "+46 8 465 004 12", "0980-31 92 12", "0980/319212"):
        yield f"phone {text}", ("EST412", "phones", text)
    yield "phone abroad", ("EST412", "phones", "+45 12 34 56 78")
    for name, spell_mail in make.EMAIL_SPELLINGS.items():
        for host in ("ystad.example", "epost.example"):
            yield f"mail, {name}, {host}", ("EST413", "emails", spell_mail("kalle.lampa", host))
    for name, spell_plate in make.PLATE_SPELLINGS.items():
        for last in ("7", "D"):
            yield (
                f"plate, {name}, {last}",
                ("EST414", "plates", spell_plate("ABW", f"1{rng.randint(0, 9)}{last}")),
            )
    for name, spell_street in make.STREET_SPELLINGS.items():
        for street in make.STREET_NAMES:
            yield f"street, {name}, {street}", ("EST415", "streets", spell_street(street, rng.randint(1, 99)))
    for text in ("Storgatan tolv.", "storgatan 12", "Bor på Prästgränd fyra B.", "Skolgatan12"):
        yield f"street {text}", ("EST415", "streets", text)
    for code, detector, texts in listed(rng):
        for text in texts:
            yield f"{detector} {text}", (code, detector, text)


def listed(rng: random.Random) -> Iterator[tuple[str, str, tuple[str, ...] | list[str]]]:
    yield "EST416", "flats", make.FLATS
    yield "EST417", "coordinates", make.POINTS
    yield "EST418", "properties", make.PROPERTIES
    yield "EST419", "accounts", make.ACCOUNTS
    yield "EST420", "counts", make.COUNTS
    yield "EST421", "words", make.STOP_WORDS
    yield "EST422", "words", make.SIGN_OFF_WORDS
    yield "EST423", "words", make.HINT_WORDS
    yield "EST423", "exact_times", ["Det hände klockan 22.15.", "kl 03:40"]
    yield "EST424", "persons", make.names_in_text(rng)
    yield "EST425", "persons", make.MAYBE_NAMES
    yield "EST426", "details", make.DETAILS
    yield "EST427", "events", make.EVENTS
    yield "EST429", "hidden", make.HIDDEN


CANARIES = dict(canaries())


@pytest.mark.parametrize("name", CANARIES)
def test_canary_is_found(name: str) -> None:
    code, _, text = CANARIES[name]
    assert code in codes(text)


@pytest.mark.parametrize("name", CANARIES)
def test_canary_is_found_inside_a_sentence(name: str) -> None:
    code, detector, text = CANARIES[name]
    if detector in {"counts", "events", "words", "persons", "details", "exact_times"}:
        assert code in codes(f"Lugnt i övrigt. {text}\nFler lampor sätts upp.")
    else:
        for carrier in make.CARRIERS:
            assert code in codes(carrier.format(text)), carrier


@pytest.mark.parametrize("name", CANARIES)
def test_canary_passes_without_its_detector(name: str) -> None:
    """The test above would fail if the detector were off: nothing else finds the canary."""
    code, detector, text = CANARIES[name]
    assert code not in codes(text, without(detector))


def test_every_detector_has_a_canary() -> None:
    names = {getattr(d, "__name__", "") for d in DETECTORS}
    assert names == {detector for _, detector, _ in CANARIES.values()}


MARKS = ["**{}**", "*{}*", "`{}`", "[{}](/om/)", "<b>{}</b>", "<!-- {} -->", "# {}"]
MARKED = {"EST411": NUMBER, "EST412": "070-174 06 05", "EST414": "ABW 123", "EST415": "Storgatan 12"}


@pytest.mark.parametrize("marks", MARKS)
@pytest.mark.parametrize("code", MARKED)
def test_marks_of_a_page_hide_nothing(marks: str, code: str) -> None:
    page = f"Se här.\n\n{marks.format(MARKED[code])}\n"
    found = scan_text(page, RULES, markdown=True, page=True)
    assert code in {finding.kind.code for finding in found}


@pytest.mark.parametrize(
    "text",
    [
        "07**01**740605",
        "070-174&shy;0605",
        "070-1<!-- x -->740605",
        "070-<b>174</b>0605",
        "&#48;70-1740605",
        "070\\-1740605",
        "[Ring](tel:0701740605)",
        '<a href="tel:+46701740605">Ring</a>',
        "070-174\n06 05",
    ],
)
def test_a_number_broken_by_marks_is_found(text: str) -> None:
    found = scan_text(text, RULES, markdown=True, page=True)
    assert "EST412" in {finding.kind.code for finding in found}


@pytest.mark.parametrize(
    "text",
    ["[sida](https://www.facebook.com/x)", "<https://t.me/x>", '<a href="https://instagram.com/x">x</a>'],
)
def test_a_link_is_read_by_its_address(text: str) -> None:
    found = scan_text(text, RULES, markdown=True, page=True)
    assert "EST419" in {finding.kind.code for finding in found}


def test_a_comment_is_read_as_prose_too() -> None:
    found = scan_text("Se.\n\n<!-- tre rapporter från gänget -->\n", RULES, markdown=True, page=True)
    assert {"EST420", "EST421"} <= {finding.kind.code for finding in found}


@pytest.mark.parametrize(
    ("code", "text"),
    [*MARKED.items(), ("EST413", "kalle@epost.example"), ("EST417", "55.4295, 13.8200")],
)
def test_messages_do_not_spread_what_they_warn_of(code: str, text: str) -> None:
    finding = next(f for f in scan_text(f"Se {text} här.", RULES) if f.kind.code == code)
    assert finding.quote == text
    assert text not in finding.values["value"]
