"""The form of every page, read without a browser: what is said beside a colour, a picture or a line."""

from __future__ import annotations

import re

from est_build.pages.styles import rules
from tests.public.conftest import BuiltSite
from tests.public.dom import Node

INLINE = {"a", "abbr", "b", "em", "i", "small", "span", "strong", "sub", "sup", "time"}
COLOURED = re.compile(r"var\(--(?:fler|farre|vanligt|trad|data|tidigare)(?:-ton|-text|-linje)?\)")
# Classes whose colour is a line or a ground around words that stand there anyway, or a part of a picture.
TINTED = re.compile(r"^[fs]-|^(?:bild|berattelse|knut|station|trad)")


def coloured_classes() -> set[str]:
    """Classes of the style sheet that paint something in a colour that means something."""
    found = set()
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", rules()):
        if COLOURED.search(body) and "::" not in selector:
            found |= set(re.findall(r"\.([a-z][\w-]*)", selector.split(",")[-1].split()[-1]))
    return {name for name in found if not TINTED.match(name)}


def test_whatever_has_a_colour_has_words(built: BuiltSite) -> None:
    """WCAG 1.4.1: never a colour alone. Not a word for the eye only, nor one for the ear only."""
    classes = coloured_classes()
    assert {"omdome--fler", "omdome--farre"} <= classes
    seen: set[str] = set()
    for address, page in built.every():
        for node in page.root.one("body").walk():
            mine = classes & set(node.attrs.get("class", "").split())
            if mine and node.tag not in {"svg", "path", "circle", "rect", "g"}:
                assert re.search(r"\w", node.text()), (address, mine)
                seen |= mine
    assert len(seen) >= 3, seen


def test_a_mark_that_is_drawn_has_its_word_beside_it(built: BuiltSite) -> None:
    """A drawing without a name stands beside words, in the same cell, line or heading."""
    seen = 0
    for address, page in built.every():
        for svg in page.root.one("main").all("svg"):
            if svg.attrs.get("aria-hidden") == "true":
                around = next(
                    n
                    for n in svg.up()
                    if n.tag not in {"span", "b", "strong"} and n.attrs.get("aria-hidden") != "true"
                )
                assert re.search(r"\w", around.text()), (address, svg.attrs)
                seen += 1
    assert seen > 500


def test_a_picture_is_told_in_sentences(built: BuiltSite) -> None:
    """Besides its name: what it shows, in at least one sentence."""
    seen = 0
    for address, page in built.every():
        for svg in page.root.all("svg", where=lambda n: n.has("bild")):
            described = svg.attrs.get("aria-describedby", "").split()
            assert described, (address, svg.attrs)
            words = " ".join(n.text() for n in page.root.walk() if n.attrs.get("id") in described)
            assert len(words) >= 25 and words.rstrip().endswith("."), (address, words)
            seen += 1
    assert seen > 200


def test_words_do_not_run_together(built: BuiltSite) -> None:
    """A text browser and a voice know no style sheet: between two words in a line there is a blank."""
    found: dict[tuple[str, str], str] = {}
    for address, page in built.every():
        for node in page.root.one("body").walk():
            if node.tag == "svg" or node.inside("svg"):
                continue
            for before, after in zip(node.children, node.children[1:], strict=False):
                parts = (before, after)
                if any(isinstance(p, Node) and p.tag not in INLINE for p in parts):
                    continue
                end, start = ("".join(p._texts(frozenset())) if isinstance(p, Node) else p for p in parts)
                if re.search(r"[\w.!?)]\Z", end) and re.match(r"[\w(]", start):
                    found[end[-20:], start[:20]] = address
    assert found == {}


def test_no_page_is_a_pdf(built: BuiltSite) -> None:
    """What is to be read is a page; a PDF would need its own proof of being for everybody."""
    assert not [
        p.name for p in built.site.rglob("*") if p.suffix.lower() in {".pdf", ".docx", ".odt", ".pptx"}
    ]
    for address, page in built.every():
        for node in page.root.all("a"):
            href = node.attrs.get("href", "").lower().partition("?")[0]
            assert not href.endswith((".pdf", ".docx", ".doc", ".odt", ".pptx")), (address, href)


def test_languages_name_each_other(built: BuiltSite) -> None:
    """``hreflang`` goes both ways, between pages that are there."""
    base = built.published.site.bas_url
    pairs: dict[str, set[tuple[str, str]]] = {}
    for address, page in built.every():
        rows = [n.attrs for n in page.root.all("link") if "hreflang" in n.attrs]
        if rows:
            pairs[address] = {(r["hreflang"], "/" + r["href"].removeprefix(base)) for r in rows}
            own = page.root.one("html").attrs["lang"]
            assert (own, address) in pairs[address], address
    assert pairs
    for address, rows_ in pairs.items():
        for _, other in rows_:
            assert pairs[other] == rows_, (address, other)


def test_nobody_may_be_moved_against_his_will() -> None:
    """An animation would stand in the style sheet: none does, and a change of state is at once."""
    text = rules()
    assert not re.search(r"@keyframes|\banimation(?:-name)?:|<marquee", text)
    assert not re.search(r"\btransition(?:-\w+)?:(?!\s*none)|scroll-behavior:\s*smooth", text)
