"""The letters back to those who answered, as an e-mail program and its reader meet them."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from est_build.figures.text import cell_text, cell_words, participation_words
from est_build.model.area import Area
from est_build.model.cell import Shown
from est_build.model.span import Span, day
from est_build.pages import addresses
from est_build.pages.context import Context
from est_build.publish.letter import letter_files
from tests.public.conftest import BuiltSite
from tests.public.dom import parse

HOME = "https://trygghet.example"
EVIL = "<script>alert(1)</script> & ”x”"


@pytest.fixture(scope="module")
def context(built: BuiltSite) -> Context:
    """Return the values that the example was made from."""
    return Context(built.published)


def letters(built: BuiltSite) -> list[tuple[Span, Area, Path]]:
    """Every letter that there should be."""
    published = built.published
    return [
        (span, town, built.site / addresses.path(addresses.letter(span.id, town.id)))
        for span in published.periods
        if span.id in published.texts.pictures
        for town in published.municipalities
        if published.collected(span, town.municipality)
    ]


def words(html: str) -> str:
    """What a letter says, on one line."""
    body = html[html.index("<body") :]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_one_for_each_municipality_that_was_asked(built: BuiltSite) -> None:
    wanted = {path for _, _, path in letters(built)}
    assert set((built.site / "aterkoppling").rglob("brev.html")) == wanted
    assert {p.with_suffix(".txt") for p in wanted} == set((built.site / "aterkoppling").rglob("*.txt"))
    assert len(wanted) > 400


def test_what_they_told_is_what_is_published(built: BuiltSite) -> None:
    published = built.published
    for span, town, path in letters(built):
        people = published.participation(span, town.municipality)
        assert people is not None
        groups = published.codes.groups(published.calendar.year(span))
        cells = [(g.sv, published.group_cell(span, town, g.id)) for g in groups]
        shown = [(name, cell_text(cell)) for name, cell in cells if isinstance(cell, Shown)]
        first = f"{town.name}: {cell_words(published.total_cell(span, town))}."
        html, text = path.read_text(encoding="utf-8"), path.with_suffix(".txt").read_text(encoding="utf-8")
        for told in (words(html), " ".join(text.split())):
            assert f"{first} {participation_words(people)}." in told
            for name, cell in cells:
                if not isinstance(cell, Shown):
                    assert f"{name}: " not in told
        assert re.findall(r"^- (.*): ([\d–]+)$", text, re.MULTILINE) == shown
        days = (published.texts.pictures[span.id].publicerad - span.end).days
        assert f"Det tog {days} dagar" in text


def test_every_link_is_whole_and_leads_somewhere(built: BuiltSite) -> None:
    pages = set(built.pages)
    for _, _, path in letters(built):
        html, text = path.read_text(encoding="utf-8"), path.with_suffix(".txt").read_text(encoding="utf-8")
        links = re.findall(r'<a href="(https:[^"]+)"', html)
        assert links
        assert {link.removeprefix(HOME) for link in links} <= pages
        assert set(links) == set(re.findall(r"https://\S+", text))


def test_an_e_mail_program_can_read_it(built: BuiltSite) -> None:
    for _, _, path in letters(built)[-10:]:
        html = path.read_text(encoding="utf-8")
        assert not re.search(r"<(?:style|script|link|img|div|section|form|svg|iframe)\b", html)
        assert not re.search(r"\s(?:src|class|id|on[a-z]+)=|(?:flex|grid|float|position|var\()", html)
        tables = re.findall(r"<table [^>]*>", html)
        assert tables
        assert all('role="presentation"' in table and 'cellpadding="0"' in table for table in tables)
        for tag in re.findall(r"<(?:p|td|h1|h2|li|a|ul)\b[^>]*>", html):
            assert "style=" in tag or tag == '<td align="center">', tag
        assert 'width="600"' in html
        document = parse(html)
        assert document is not None
        assert "EXEMPEL" in html


def test_what_happened_later_changes_no_letter(context: Context) -> None:
    published = context.published
    last = published.periods[-1]
    cut = published.texts.pictures[published.periods[-2].id].publicerad
    figures = {key: value for key, value in published.figures.items() if key[0] != last.id}
    pictures = {k: v for k, v in published.texts.pictures.items() if k != last.id}
    texts = replace(published.texts, pictures=pictures)
    before = letter_files(Context(replace(published, figures=figures, texts=texts, date=cut)))
    after = letter_files(context)
    assert len(after) - len(before) == 2 * 5
    assert [name for name in before if before[name] != after[name]] == []


def test_it_says_when_nothing_has_been_done(context: Context) -> None:
    published = context.published
    texts = replace(published.texts, actions={})
    files = letter_files(Context(replace(published, texts=texts)))
    for content in files.values():
        assert "Inget nytt har hänt med åtgärderna" in content.decode()


def test_what_comes_next_has_its_dates(built: BuiltSite) -> None:
    span, town, path = letters(built)[-1]
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    picture = built.published.texts.pictures[span.id]
    assert picture.nasta is not None
    assert f"Nästa lägesbild: {day(picture.nasta)}" in text
    assert re.search(r"Nästa kvartalsmöte: 14 januari 2027", text)
    assert re.search(r"Sista dag att svara nästa gång: 29 november 2026", text)
    assert built.published.municipality(town.municipality).kontakt in text


def test_text_is_text(context: Context) -> None:
    published = context.published
    number = "2026-017"
    action = published.texts.actions[number].model_copy(update={"titel": EVIL})
    last = published.periods[-1].id
    picture = published.texts.pictures[last].model_copy(update={"sammanfattning": EVIL})
    texts = replace(
        published.texts,
        actions={**published.texts.actions, number: action},
        pictures={last: picture},
    )
    files = letter_files(Context(replace(published, texts=texts)))
    html = files[f"aterkoppling/{last}/ystad/brev.html"].decode()
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_page_of_the_fortnight_leads_to_its_letters(built: BuiltSite) -> None:
    page = built.path("/lage/2026-v45-46/").read_text(encoding="utf-8")
    found = re.findall(r'href="[^"]*aterkoppling/2026-v45-46/([a-z]+)/brev\.html"', page)
    assert found == ["simrishamn", "sjobo", "skurup", "tomelilla", "ystad"]
