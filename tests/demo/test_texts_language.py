"""The language of the example's texts and pages: plain Swedish that points nobody out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from est_build.demo.texts import sources
from est_build.demo.texts.assessments import assessments
from est_build.demo.texts.fortnights import collected
from est_build.demo.texts.pictures import pictures

CONTENT = Path(__file__).resolve().parents[2] / "content"
PAGES = sorted(CONTENT.glob("*.md"))
SWEDISH_PAGES = [page for page in PAGES if page.name != "en.md"]
PAGE_NAMES = {
    "om", "om-est", "metod", "delta", "integritet",
    "lattlast", "en",
}  # fmt: skip
URLS = {
    "/", "/om/", "/om/est/", "/metod/", "/metod/skydd/", "/metod/ord/", "/delta/", "/integritet/",
    "/tillganglighetsredogorelse/", "/lattlast/", "/en/", "/en/method/", "/atgarder/", "/omraden/",
    "/manifest-sha256.txt", "/rattelser/", "/oppna-data/", "/folj/", "/karta/", "/utveckling/", "/lage/",
    "/om/vilka/", "/metod/kvalitet/", "/metod/vanligt/", "/andringar/", "/handbok/",
}  # fmt: skip

BANNED = re.compile(
    r"gäng(?!lig|se)|utsatt[a]? område|problemområde|riskområde|\bvärst|\bfarlig|otryggast|tryggast"
    r"|topplista|no-go|hot-spot|problemplats|belastad|invandrar|kända kriminella|kriminell"
    r"|minskade brott|brotten minskade|ledde till|tack vare|bevisa[rtd]|säkerställ"
    r"|misstänkt person|gripen|vederbörande|avseende|varvid|beträffande|\bsamt\b|ovan nämnd"
    r"|erhåll|inkomm[ei]t|huruvida|dylik|implementera|adressera|trygghetsskapande",
    re.IGNORECASE,
)
NUMBER = r"(?:\d+|ett|en|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tjugo|trettio|hundra|dussin)"
COUNTED = re.compile(rf"\b{NUMBER}\s+(?:\w+\s+)?(?:rapporter|anmälningar|iakttagelser)\b", re.I)
PERSONAL = re.compile(
    r"\b\d{6,8}-?\d{4}\b|\b0\d{1,3}[- ]\d{5,}|\b[A-ZÅÄÖ]{3} ?\d{2}[A-Z0-9]\b|(?<![\w.])@\w+"
    r"|\b[A-ZÅÄÖ][a-zåäö]+(?:gatan|vägen|gränd|torget) \d+"
)
CAPITAL_PAIR = re.compile(r"(?<=[a-zåäö,] )[A-ZÅÄÖ][a-zåäö]+ [A-ZÅÄÖ][a-zåäö]+")
NAMES_OF_THINGS = {"Lokalpolisområde Ystad"}
SENTENCE = re.compile(r"(?<=[.!?:])\s+(?=[A-ZÅÄÖ0-9\"”])")


def strings(value: object) -> Iterator[str]:
    """Every text in a record, however deep."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from strings(getattr(value, name))
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from strings(inner)
    elif isinstance(value, str):
        yield value


@cache
def all_strings() -> tuple[str, ...]:
    parts = (
        sources.issues(), sources.actions(), sources.evaluations(), sources.reviews(),
        sources.plans(), sources.indicators(), sources.corrections(), pictures(), assessments(),
    )  # fmt: skip
    beside = (
        yaml.load(p.read_text(encoding="utf-8"), yaml.BaseLoader) for p in sorted(CONTENT.glob("*.yml"))
    )
    return tuple(text for part in (*parts, *beside) for text in strings(part))


def prose(page: Path) -> list[str]:
    """Paragraphs and list items of a page, without headings, tables, links and front matter."""
    text = page.read_text(encoding="utf-8").split("---\n", 2)[2]
    text = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)
    blocks = re.split(r"\n\s*\n|\n(?=- |\d+\. |\|)", text)
    plain = (re.sub(r"^(?:- |\d+\. )|\*", "", " ".join(block.split())) for block in blocks)
    return [block for block in plain if block and not block.startswith(("#", "|"))]


def words(text: str) -> list[str]:
    return re.findall(r"[\w§-]+", text)


def sentences(paragraphs: list[str]) -> list[str]:
    return [part for paragraph in paragraphs for part in SENTENCE.split(paragraph) if part]


def lix(paragraphs: list[str]) -> float:
    every = [word for paragraph in paragraphs for word in words(paragraph)]
    long = sum(len(word) > 6 for word in every)
    return len(every) / len(sentences(paragraphs)) + 100 * long / len(every)


def test_no_text_uses_a_word_that_is_never_published() -> None:
    pages = [page.read_text(encoding="utf-8") for page in SWEDISH_PAGES]
    for text in [*all_strings(), *pages]:
        assert not BANNED.search(text), (BANNED.search(text), text[:200])


def test_no_text_says_how_many_reports_there_were() -> None:
    pages = [paragraph for page in SWEDISH_PAGES for paragraph in prose(page)]
    for text in [*all_strings(), *pages]:
        found = COUNTED.search(text)
        assert not found, text


def test_no_text_names_or_points_out_anybody() -> None:
    pages = [paragraph for page in PAGES for paragraph in prose(page)]
    for text in [*all_strings(), *pages]:
        assert not PERSONAL.search(text.replace(".example", "")) or "@" in text, text
        for address in re.findall(r"\S+@\S+", text):
            assert address.rstrip(".,").endswith(".example"), text
    for text in all_strings():
        assert set(CAPITAL_PAIR.findall(text)) <= NAMES_OF_THINGS, text


def test_sentences_are_short() -> None:
    pages = [paragraph for page in PAGES for paragraph in prose(page)]
    for sentence in sentences([*all_strings(), *pages]):
        assert len(words(sentence)) <= 25, sentence


def test_nobody_who_reads_three_pictures_meets_a_sentence_twice() -> None:
    ids = [fortnight.id for fortnight in collected()]
    for first, *others in zip(ids, ids[1:], ids[2:], strict=False):
        mine = pictures()[first]
        for other in others:
            theirs = pictures()[other]
            shared = {*sentences([mine.sammanfattning])} & {*sentences([theirs.sammanfattning])}
            assert not shared, (first, other)
            assert not {*mine.vet_inte} & {*theirs.vet_inte}, (first, other)
            judged = {(row.omrade, row.text) for row in assessments()[first]}
            assert not judged & {(row.omrade, row.text) for row in assessments()[other]}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_pages_have_a_head_one_title_and_links_that_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.match(r"---\ntitle: .+\ndescription: .+\n---\n\n# .+\n", text)
    assert len(re.findall(r"^# ", text, re.M)) == 1
    assert not re.search(r"^(?:!!!|\?\?\?|===|:::)|\{[:#.%{]|<\w", text, re.M)
    for target in re.findall(r"\]\(([^)]+)\)", text):
        assert target in URLS or target.startswith("https://"), target


@pytest.mark.parametrize("page", SWEDISH_PAGES, ids=lambda page: page.stem)
def test_pages_are_plain(page: Path) -> None:
    paragraphs = prose(page)
    every = sentences(paragraphs)
    assert lix(paragraphs) <= (27 if page.stem == "lattlast" else 40)
    assert sum(len(words(sentence)) for sentence in every) / len(every) <= 15


def test_the_pages_are_all_there_and_easy_reading_is_short() -> None:
    assert {page.stem for page in PAGES} == PAGE_NAMES
    easy = prose(CONTENT / "lattlast.md")
    assert sum(len(words(paragraph)) for paragraph in easy) <= 300
    every = sentences(easy)
    assert sum(len(words(sentence)) for sentence in every) / len(every) <= 9
