"""What must pass: dates, roads, services, plain prose. Hard findings stop the build: none may be false."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from est_build.protect.text import Rules, scan_text
from est_build.protect.text.numbers import number_words
from tests.conftest import ROOT

RULES = Rules(
    shown=frozenset({(5, 9), (10, 14)}),
    limits=frozenset({3, 5, 10, 200}),
    emails=frozenset({"trygghet@ystad.example"}),
    domains=frozenset({"ystad.example"}),
    phones=frozenset({"0313900600"}),
)

HARMLESS = (
    "Ring 112 om det är bråttom, annars 114 14 eller 1177.",
    "Ring växeln på 031-390 06 00 eller +46 31 390 06 00.",
    "Ring 020-50 50 50 eller 0771-11 44 14.",
    "Skriv till trygghet@ystad.example, info@ystad.example eller kontaktcenter@ystad.example.",
    "Riksväg 83, länsväg 11 och väg 13 stängs. E65 är öppen.",
    "Gångvägen 12 november, skolvägen 3 kvällar i veckan, vägen 2026 och parken 20 meter bort.",
    "Arbetet på Storgatan 2 kvällar i veckan och på Skolgatan i 14 dagar.",
    "Bussen går 07:15, 11:30 och kl 18:45. Kivik 12:30 är nästa tur.",
    "Torsdag 18:00. Start 9:30. Klockan 22. Öppet 8.00–16.30.",
    "Se lagen (2023:196), SFS 2023:196, prop. 2022/23:43, SOU 2021:49, Ds 2019:1 och EN 301 549.",
    "Skala 1:500 och karta 1:10000. Matchen slutade 2–1.",
    "Perioden 2026-v45-46 slutar 2026-11-15. Kvartal 2026-kv3. Åtgärd 2026-017 och fråga 2026-004.",
    "Marknaden kostar 1 250 000 kronor. 60 % av stolparna lyser. Mellan 15 och 20 grader.",
    "Beslut KS 2025/123, diarienummer Exempel 2025-21.",
    "Alla fjorton lampor lyser. Fyra av elva stolpar. Tolv papperskorgar. Åtta verksamheter.",
    "Tre trapphus målas och två lägenheter renoveras. Porten i trapphuset. En trappa ner.",
    "Rapporterna har blivit färre, men vi vet inte varför.",
    "Svar inom två arbetsdagar. Du får svar inom tre dagar. Varje svar räknas.",
    "Alla rapporter under två veckor räknas i perioden. Rapporterna från fem kommuner läggs ihop.",
    "Vi jämförde rapporterna sex perioder före och sex efter. Tre års rapporter.",
    "Ljuset är tänt till klockan 23 i stället för 21, och rapporterna är färre.",
    "Tolv felanmälningar om lampor är åtgärdade. Två delrapporter är klara.",
    "Två rapporter från Brå visar samma sak. Rapporten har 34 sidor. Kapitel 3 i rapporten.",
    "Antalet lampor är 14. Antalet besökare ökade från 40 till 60. Antalet svarande visas i steg.",
    "5–9 rapporter i Kivik. Mellan 10 och 14 rapporter. Fem till nio rapporter.",
    "Tre tips för en tryggare väg hem. Tre frågor och svar.",
    "Lampor enligt ISO 639, RFC 123 och EST 101. Se LED-ljus 100 W.",
    "Tillgängligt för alla. Umgänget på torget. Ett gängse sätt. En gänga.",
    "Föreningslivet, polisen, nätverket och de boende gick tillsammans.",
    "https://www.scb.se/ och https://bra.se/forebygga-brott/arbeta-brottsforebyggande.html",
    "Hela familjen är välkommen. Modern belysning. Rusta upp parken.",
    "8 av 10 lampor. 45–46. 2,5 km. 3 m. 12 A. 5 G. 4K-skärm.",
)


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless(text: str) -> None:
    assert [(f.kind.code, f.quote) for f in scan_text(text, RULES) if f.kind.severity != "not"] == []


RULE_TEXTS = (
    "Det finns minst 5 rapporter. Är kategorin känslig krävs 10.",
    "Minst tre verksamheter har rapporterat.",
    "Minst 3 rapporter är kvar när den största räknas bort.",
    "Till exempel 5–9 rapporter eller 95–99 rapporter.",
    "A figure is shown only if it has at least five reports behind it.",
)


@pytest.mark.parametrize("text", RULE_TEXTS)
def test_a_page_may_explain_the_rules(text: str) -> None:
    assert [f.quote for f in scan_text(text, RULES, page=True)] == []


@pytest.mark.parametrize(
    "text",
    [
        "Minst 4 rapporter.",
        "Högst 5 rapporter.",
        "5 rapporter kom in.",
        "6–10 rapporter",
        "minst tolv anmälningar",
    ],
)
def test_a_page_may_not_tell_other_numbers(text: str) -> None:
    assert [f.kind.code for f in scan_text(text, RULES, page=True)] == ["EST420"]


@pytest.mark.parametrize("text", RULE_TEXTS)
def test_elsewhere_a_number_of_the_rules_is_a_number(text: str) -> None:
    assert "EST420" in {f.kind.code for f in scan_text(text, Rules(limits=RULES.limits))}


dates = st.dates().map(lambda d: d.isoformat())
times = st.times().map(lambda t: f"klockan {t.hour:02}.{t.minute:02}")
weeks = st.tuples(st.integers(2023, 2030), st.integers(1, 51)).map(
    lambda w: f"{w[0]}-v{w[1]:02}-{w[1] + 1:02}"
)
money = st.integers(1000, 9_999_999).map(lambda n: f"{n:,} kronor".replace(",", " "))
ids = st.tuples(st.integers(2023, 2030), st.integers(1, 999)).map(lambda i: f"åtgärd {i[0]}-{i[1]:03}")
roads = st.integers(1, 400).map(lambda n: f"väg {n}")
shares = st.integers(0, 100).map(lambda n: f"{n} procent av lamporna")
laws = st.tuples(st.integers(1900, 2030), st.integers(1, 2000)).map(lambda x: f"lagen ({x[0]}:{x[1]})")


@given(st.lists(st.one_of(dates, times, weeks, money, ids, roads, shares, laws), min_size=1, max_size=6))
def test_numbers_of_everyday_are_no_hard_findings(parts: list[str]) -> None:
    text = "Vi skriver: " + ", ".join(parts) + "."
    assert [(f.kind.code, f.quote) for f in scan_text(text) if f.kind.severity == "fel"] == []


def vocabulary() -> list[str]:
    """Words of the example's own texts, without numbers and without words for reports."""
    text = " ".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "content").glob("*.md")))
    words = set(re.findall(r"(?<![^\W_])[^\W\d_]{2,}(?![^\W_])", text))
    counted = set(number_words()) | {"procent", "enda", "tredje", "fjärde"}
    return sorted(word for word in words if word.lower() not in counted)


WORDS = vocabulary()


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30), st.sampled_from([" ", ", ", ". ", "\n"]))
def test_prose_without_numbers_is_no_hard_finding(words: list[str], gap: str) -> None:
    text = gap.join(words)
    assert [(f.kind.code, f.quote) for f in scan_text(text) if f.kind.severity == "fel"] == []


@given(st.text(max_size=300))
def test_any_text_can_be_scanned(text: str) -> None:
    for markdown in (False, True):
        for finding in scan_text(text, markdown=markdown):
            assert 0 <= finding.start <= finding.end <= len(text) + 1


def test_no_text_takes_long() -> None:
    hard = ("@" * 4000, "a." * 2000, "7 " * 2000, "1-" * 2000, "(at)" * 1000, "A.B." * 1000, "[(" * 2000)
    hard += (
        "ett " * 1000,
        "Aa " * 1300,
        "x@y." * 1000,
        "<" * 4000,
        "&#7" * 1300,
        "5.12345 " * 500,
        "\u0301" * 4000,
    )
    start = time.process_time()
    for text in hard:
        scan_text(text)
        scan_text(text, markdown=True)
    assert time.process_time() - start < 20


def test_the_content_folder_is_there() -> None:
    assert list(Path(ROOT / "content").glob("*.md"))
