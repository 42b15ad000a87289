"""The language of every finished page: short sentences, plain words, said to the reader, no claim too many.

Each measure is also tried on a text that it must refuse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.demo.test_texts_language import BANNED
from tests.public.conftest import BuiltSite
from tests.public.dom import QUOTED, parse
from tests.public.kunskap.prose import FOLLOWED_UP, blocks, lix, sentences, words

LISTS = {"/sok/a-o/"}
"""Pages that are lists of names: they have no prose to measure."""
ALLOWED = {
    "farlig": "advice: call 112 if somebody drives dangerously",
}
"""Banned words that may stand on a page, and why."""
ENOUGH = 100
"""On fewer words the measure says nothing."""
LONGEST, MEAN = 25, 15
"""Words in a sentence, and on average on a page."""
CLAIMS = re.compile(
    r"gjorde (?:det|läget|platsen|området) (?:bättre|sämre|tryggare|otryggare)"
    r"|\bgav (?:ingen |inget |ett |en |god |gott |bra )*(?:resultat|effekt|synlig)"
    r"|åtgärd\w* (?:minskade|ökade|ledde|hjälpte|löste|stoppade|har lett|har minskat)"
    r"|brott\w* (?:ökar|minskar|har ökat|har minskat)|\bbero(?:r|dde) på åtgärd|på grund av åtgärd"
    r"|rang(?:ordn|lista)|mest (?:utsatta|drabbade|otrygga|trygga)|per invånare|prognos"
    r"|\d+\s?(?:%|procent) (?:fler|färre|mer|mindre)|inget hände\b",
    re.IGNORECASE,
)
"""Causes, rankings, rates, forecasts: what signals.md 5 and domain.md 10 say is never claimed."""
DENIED = re.compile(
    r"rangordnar inte områden|räknar inte rapporter per invånare|visar att metoden i sig gör att färre brott"
    r"|beror det knappast på åtgärden|\bumgänge\b",
    re.IGNORECASE,
)
"""Where a page says that it does not; and a word with another one inside."""
CLAIMS_EN = re.compile(
    r"\b(?:safest|worst|most dangerous|proven|thanks to|led to|per inhabitant|crime (?:rose|fell|has))\b",
    re.I,
)
ABOUT = re.compile(r"\b(?:man|medborgaren|användaren|besökaren|undertecknad)\b", re.IGNORECASE)
TOLD = re.compile(r"\b(?:du|dig|din|ditt|dina|ni|er|era)\b", re.IGNORECASE)
PASSIVE = re.compile(
    r"\b(?!(?:\w*plats|vintras|höstas|våras|lyckas|lyckades|synas|finnas|saknas|vistas|väntas|turas)\b)"
    r"[a-zåäö]{2,}(?:ades|ats|tts|ddes|[dgjklmnprstv]as|eras)\b"
)
"""Verbs said of something that is done to it. Those that have only this form are left out."""
MOST_PASSIVE = 0.3
"""Share of the sentences of a page."""


def swedish(built: BuiltSite) -> Iterator[tuple[str, list[str]]]:
    for address, page in built.every():
        if page.root.one("html").attrs["lang"] == "sv":
            yield address, blocks(page)


def hard(address: str, text: list[str]) -> list[str]:
    """What makes a page hard to read: the whole, and each sentence that is too long."""
    every = sentences(text)
    found = [s for s in every if len(words(s)) > LONGEST]
    count = sum(len(words(block)) for block in text)
    if count < ENOUGH or address in LISTS:
        return found
    most = 27 if address == "/lattlast/" else 40 if address.startswith("/lage/") else 45
    if lix(text) > most:
        found.append(f"LIX {lix(text):.1f}")
    mean = 9 if address == "/lattlast/" else MEAN
    if count / len(every) > mean:
        found.append(f"{count / len(every):.1f} ord per mening")
    return found


def forbidden(text: str) -> list[str]:
    """Words that are never published, and claims of more than is known."""
    said = FOLLOWED_UP.sub(" ", DENIED.sub(" ", text))
    found = [m[0] for m in BANNED.finditer(said) if m[0].lower() not in ALLOWED]
    return found + [m[0] for m in CLAIMS.finditer(said)]


def passive_share(text: list[str]) -> float:
    """Share of the sentences that hide who does what."""
    every = sentences(text)
    return sum(bool(PASSIVE.search(s)) for s in every) / len(every)


def test_no_page_is_hard_to_read(built: BuiltSite) -> None:
    measured = 0
    for address, text in swedish(built):
        assert not hard(address, text), address
        measured += sum(len(words(block)) for block in text) >= ENOUGH
    assert measured > 150


def test_no_word_that_is_never_published_and_no_claim(built: BuiltSite) -> None:
    for address, page in built.every():
        main = page.root.one("main").words(frozenset({"code", QUOTED}))
        said = [n.attrs["content"] for n in page.root.all("meta") if n.attrs.get("name") == "description"]
        if page.root.one("html").attrs["lang"] == "sv":
            assert not forbidden(" ".join([main, *said])), address
        else:
            assert not CLAIMS_EN.search(main), address


def test_pages_speak_to_the_reader(built: BuiltSite) -> None:
    """No page says *man*, or calls the reader a user; the pages of knowledge say *du*."""
    for address, text in swedish(built):
        assert not ABOUT.search(" ".join(text)), (address, ABOUT.findall(" ".join(text)))
    for address in ("/metod/", "/metod/kvalitet/", "/delta/", "/om/", "/om/vilka/", "/integritet/"):
        assert TOLD.search(" ".join(blocks(built.page(address)))), address


def test_pages_say_who_does_what(built: BuiltSite) -> None:
    measured = 0
    for address, text in swedish(built):
        if len(sentences(text)) >= 15:
            assert passive_share(text) <= MOST_PASSIVE, (address, round(passive_share(text), 2))
            measured += 1
    assert measured > 100


# ---- what the measures refuse -------------------------------------------------------------------


def test_the_measure_can_fail() -> None:
    long_words = ["Implementeringen av åtgärder förutsätter samverkansöverenskommelser mellan kommunerna."]
    easy = ["Lampan är trasig.", "Vi lagar den i dag."]
    assert lix(long_words) > 60
    assert lix(easy) < 27
    assert sentences(["Lampan är trasig. Vi lagar den."]) == ["Lampan är trasig.", "Vi lagar den."]
    assert hard("/om/", long_words * 15) == [f"LIX {lix(long_words):.1f}"]
    assert not hard("/om/", easy * 40)
    fourteen = ["Lampan vid den lilla vägen är trasig och vi lagar den i dag."]
    assert hard("/lattlast/", fourteen * 10) == ["13.0 ord per mening"]
    assert hard("/om/", [" ".join(["ord"] * 26) + "."])


@pytest.mark.parametrize(
    "text",
    [
        "Åtgärden minskade skräpet.", "Starkare lampor gjorde det sämre.", "Brotten minskade.",
        "Brottsligheten ökar i området.", "Det var tack vare lamporna.", "Åtgärden ledde till lugn.",
        "Ystad är tryggast.", "Här är en topplista.", "De mest utsatta områdena.", "Ett problemområde.",
        "Ett utsatt område.", "Ett gäng vid stationen.", "Kända kriminella.", "Vi kan rangordna byarna.",
        "Tre rapporter per invånare.", "25 procent fler rapporter.", "Prognosen är god.",
        "Städningen gav resultat.", "Åtgärden gav ingen synlig förändring.", "Det är bevisat.",
        "Vederbörande har inkommit med svar avseende frågan.", "Det berodde på åtgärden.",
    ],
)  # fmt: skip
def test_a_claim_is_found(text: str) -> None:
    assert forbidden(text), text


@pytest.mark.parametrize(
    "text",
    [
        "Rapporterna har blivit färre. Vi vet inte säkert varför.", "Vi rangordnar inte områden.",
        "Vi ser ingen förändring.", "Ring 112 om någon kör farligt just nu.",
    ],
)  # fmt: skip
def test_what_may_be_said(text: str) -> None:
    assert not forbidden(text), text


def test_passive_and_distant_text_is_found() -> None:
    distant = ["Lampan lagas av kommunen.", "Buskarna har klippts.", "Frågan prioriteras.", "Vi städar."]
    assert passive_share(distant) > MOST_PASSIVE
    assert passive_share(["Kommunen lagar lampan.", "Vi klipper buskarna.", "Det finns en plats."]) == 0
    assert ABOUT.search("Man kan ringa kommunen.")
    assert not ABOUT.search("Manuset är klart.")
    assert blocks(parse("<main><p>Detta är en text om man.</p><h2>Man och hus här</h2></main>")) == [
        "Detta är en text om man."
    ]
