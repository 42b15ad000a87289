"""Easy Swedish and English: of the newest picture, or with a word that there is none."""

from __future__ import annotations

import dataclasses
import re

import pytest

from est_build.model.published import Published
from est_build.pages.context import Context
from est_build.pages.page import MarkdownPage
from est_build.pages.plain import EASY_HEADING, easy, english, in_other_words, plain_pages
from tests.public.conftest import BuiltSite
from tests.public.dom import parse


@pytest.fixture(scope="module")
def published(built: BuiltSite) -> Published:
    """Return what the example has published."""
    return built.published


def without(published: Published, newest: int, **changes: str | None) -> Published:
    """The same, with the texts of the newest pictures changed."""
    pictures = dict(published.texts.pictures)
    for span in list(pictures)[-newest:]:
        pictures[span] = pictures[span].model_copy(update=changes)
    return dataclasses.replace(published, texts=dataclasses.replace(published.texts, pictures=pictures))


def test_the_newest_picture_stands_in_both(built: BuiltSite) -> None:
    picture = built.published.texts.pictures["2026-v45-46"]
    for address, text, when in (
        ("/lattlast/", picture.lattlast, "Vecka 45–46. Texten kom den 19 november 2026."),
        ("/en/", picture.sammanfattning_en, "Weeks 45–46, 2026, published 19 November 2026."),
    ):
        main = built.page(address).root.one("main")
        box = main.by_class("lagenu")[0].text()
        assert " ".join((text or "").split()) in " ".join(box.split()), address
        assert when in box
        heads = [h.text() for h in main.all("h2")]
        assert ("Läget nu" in heads) or ("The situation now" in heads)


def test_easy_swedish_is_easy(built: BuiltSite) -> None:
    text = built.page("/lattlast/").root.one("main").text()
    assert len(text.split()) <= 300
    box = built.page("/lattlast/").root.by_class("lagenu")[0].text()
    sentences = [s for s in re.split(r"(?<=[.!?])\s+", box) if s]
    assert sum(len(s.split()) for s in sentences) / len(sentences) <= 9


def test_what_is_not_written_is_said(published: Published) -> None:
    context = Context(without(published, 1, lattlast=None, sammanfattning_en=None))
    assert "Vi har inte skrivit någon lättläst text om vecka 45–46. Det här är den förra." in easy(context)
    assert "Texten kom den 5 november 2026." in easy(context)
    assert "There is no summary in English for weeks 45–46, 2026 yet. This is the one before." in english(
        context
    )
    nothing = Context(without(published, 200, lattlast=None, sammanfattning_en=None))
    assert easy(nothing).count("<p>") == english(nothing).count("<p>") == 1
    assert "Vi har inte skrivit någon lättläst text om vecka 45–46." in easy(nothing)


def test_no_text_becomes_mark_up_or_markdown(published: Published) -> None:
    nasty = '<img src=x onerror="alert(1)">\n\n# Rubrik\n\n[länk](https://ond.example/) {{ x }}'
    context = Context(without(published, 1, lattlast=nasty, sammanfattning_en=nasty))
    for block in (easy(context), english(context)):
        assert "\n" not in block
        page = parse(f"<main>{block}</main>")
        assert page.faults == ()
        assert not page.root.all("img", "a", "h1")


def test_a_frame_without_the_heading_still_gets_the_text(published: Published) -> None:
    for text in ("# Lättläst\n\nHej.\n", f"{EASY_HEADING}\n\nMer.\n", f"# L\n\n{EASY_HEADING}\n\n## Sedan\n"):
        frame = MarkdownPage("lattlast/", "Lättläst", "Lättläst.", "metod", text=text)
        [page] = in_other_words(Context(published), [frame])
        assert isinstance(page, MarkdownPage)
        assert page.text.count("lagenu") == 1
        assert page.text.index(EASY_HEADING) < page.text.index("lagenu")
        assert f"\n\n{easy(Context(published))}\n" in page.text
        if "## Sedan" in text:
            assert page.text.index("lagenu") < page.text.index("## Sedan")


def test_translations_name_each_other(built: BuiltSite) -> None:
    home = built.published.site.bas_url
    for swedish, english_ in (("/", "/en/"), ("/metod/", "/en/method/")):
        for address in (swedish, english_):
            found = {
                n.attrs["hreflang"]: n.attrs["href"]
                for n in built.page(address).root.all("link")
                if n.attrs.get("rel") == "alternate" and "hreflang" in n.attrs
            }
            assert found == {"sv": home + swedish.lstrip("/"), "en": home + english_.lstrip("/")}, address


def test_a_page_without_its_twin_has_no_translation(published: Published) -> None:
    [page] = in_other_words(Context(published), plain_pages(Context(published)))
    assert page.translations == ()


def test_the_method_in_english_has_the_rules_of_the_file(built: BuiltSite) -> None:
    text = built.page("/en/method/").root.one("main").text()
    g = built.published.protection.granser
    assert f"At least {g.rapporter} reports, from at least {g.organisationer} organisations" in text
    assert f"at least {g.omrade_invanare} residents" in text
    assert "Slimminge is too small to stand alone, and is counted in Rydsgård." in text
    stricter = g.model_copy(update={"rapporter": 10, "omrade_invanare": 500})
    rules = built.published.protection.model_copy(update={"granser": stricter, "steg": 10})
    [page] = plain_pages(Context(dataclasses.replace(built.published, protection=rules)))
    assert "At least 10 reports" in page.html  # type: ignore[union-attr]
    assert "500 residents" in page.html  # type: ignore[union-attr]
    assert "10–19, 20–29" in page.html  # type: ignore[union-attr]
