"""Long words may be broken with a hyphen where they stand narrow, and nowhere else are they touched."""

from __future__ import annotations

import json
import re

import pytest

from est_build.pages import hyphens
from est_build.pages.hyphens import SOFT, hyphenated, soft
from est_build.site.stem import stem
from tests.public.browse import FOLD, WIDTH, browsing, served
from tests.public.checkers import TEMPLATES
from tests.public.conftest import BuiltSite

LONG_WORD = "tillgänglighetsredogörelsen"
NARROW = ("h1", "h2", "h3", "h4", "th", "td", "dt", "caption", "summary", "label")
BROKEN = r"""() => {
  const found = [], walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  // What only a screen reader reads stands in a box of one point.
  const unseen = e => e && (e.getBoundingClientRect().width <= 1 || unseen(e.parentElement));
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const own = node.parentElement;
    if (own.closest('code, pre, svg, .adress, [href^="mailto:"]') || unseen(own)) continue;
    // A word is whole between the places where it may be broken with a hyphen.
    for (const match of node.data.matchAll(/[^\s\u00ad\-–\/.@]{4,}/g)) {
      // The hyphen of the piece before may belong to the first letter: its last box is the letter's own.
      const tops = [match.index, match.index + match[0].length - 1].map(at => {
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        return Math.round([...range.getClientRects()].pop()?.top);
      });
      let box = node.parentElement;
      while (getComputedStyle(box).display.startsWith('inline')) box = box.parentElement;
      range.setStart(node, match.index);
      const wide = range.getBoundingClientRect().right > box.getBoundingClientRect().right + 1;
      if (tops[0] !== tops[1] || wide) found.push(match[0]);
    }
  }
  return found;
}"""
"""Words that stand on two lines with no hyphen between, or go outside their box."""


@pytest.mark.parametrize("tag", NARROW)
def test_long_words_are_marked_where_they_stand_narrow(tag: str) -> None:
    before = f"<{tag}>Vad {LONG_WORD} säger</{tag}>"
    after = hyphenated(before)
    assert after.count(SOFT) >= 3
    assert after.replace(SOFT, "") == before
    assert re.search(rf"till{SOFT}gäng{SOFT}", after)


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{LONG_WORD}</p>",
        f"<ul><li><a href='/x/'>{LONG_WORD}</a></li></ul>",
        f'<h2 id="{LONG_WORD}" title="{LONG_WORD}">Kort</h2>',
        f'<table><tr><td data-label="{LONG_WORD}">5–9</td></tr></table>',
        f"<td><svg><title>{LONG_WORD}</title><text>{LONG_WORD}</text></svg></td>",
        f"<td><code>{LONG_WORD}</code></td>",
        f'<td><a href="mailto:{LONG_WORD}@kommun.example">{LONG_WORD}@kommun.example</a></td>',
        f"<td>https://trygghet.example/{LONG_WORD}/ och {LONG_WORD}.csv</td>",
        f'<td><p class="citera liten">{LONG_WORD}</p></td>',
        f'<h2 lang="en">{LONG_WORD}</h2>',
        f"<h2><!-- {LONG_WORD} -->Kort</h2>",
        f'<h2><img alt="{LONG_WORD}">Kort</h2>',
        "<td>1234567890123456789 och 12 345–12 349</td>",
        "<h2>Tretton ordet</h2>",
    ],
)
def test_everything_else_is_left_alone(html: str) -> None:
    assert hyphenated(html) == html


def test_the_thread_is_tighter() -> None:
    html = '<ol class="trad"><li><span class="trad__namn">Uppföljning</span> september</li></ol>'
    assert hyphenated(html) == html.replace("Uppföljning", f"Upp{SOFT}följ{SOFT}ning")
    assert hyphenated("<h2>Uppföljning</h2>") == "<h2>Uppföljning</h2>"


def test_words_are_broken_as_swedish_breaks_them() -> None:
    shown = {word: soft(word).replace(SOFT, "-") for word in ("trygghetssamordnare", "kommunstyrelsen")}
    assert shown == {"trygghetssamordnare": "trygg-hets-sam-ord-nare", "kommunstyrelsen": "kommun-sty-relsen"}
    for word in (LONG_WORD, "överenskommelser", "ordningsstörningar"):
        first, *_, last = soft(word).split(SOFT)
        assert min(len(first), len(last)) >= 4
        assert soft(word).replace(SOFT, "") == word


def test_the_site_has_them_only_in_its_text(built: BuiltSite) -> None:
    marked = 0
    for path in sorted(p for p in built.site.rglob("*") if p.is_file()):
        if path.suffix in {".png", ".ico", ".woff2"}:
            continue
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".html":
            assert SOFT not in text, path
            continue
        marked += SOFT in text
        head, _, body = text.partition("</head>")
        assert SOFT not in head, path
        for tag in re.findall(r"<[a-zA-Z][^>]*>", body):
            assert SOFT not in tag, (path, tag)
        for quiet in re.findall(r"<(svg|code|pre|script)\b.*?</\1>", body, re.DOTALL):
            assert SOFT not in quiet, path
    assert marked > 100
    index = json.loads((built.site / "assets" / "sok.json").read_text(encoding="utf-8"))
    assert {stem("underkategorier"), stem("trygghetssamordnare")} <= set(index["ord"].split())


def test_numbers_are_never_touched(built: BuiltSite) -> None:
    for address, page in built.every():
        for node in page.root.walk():
            for child in node.children:
                if isinstance(child, str) and SOFT in child:
                    assert not re.search(rf"\d{SOFT}|{SOFT}\d", child), address


@pytest.mark.browser
def test_no_word_is_broken_without_a_hyphen_on_a_phone(built: BuiltSite, chromium_path: str) -> None:
    """In a browser that knows no Swedish hyphenation: then only what we have marked may be broken."""
    with served(built.site) as home, browsing(chromium_path) as browser:
        page = browser.new_context(viewport={"width": 320, "height": 800}, bypass_csp=True).new_page()
        wrong = {}
        for address in TEMPLATES:
            page.goto(home + address)
            page.evaluate(FOLD, True)
            assert page.evaluate(WIDTH) == 320, address
            if found := page.evaluate(BROKEN):
                wrong[address] = found
        assert not wrong
        # Without the marks the measure finds what would be broken.
        page.goto(home + "/tillganglighetsredogorelse/")
        page.evaluate("document.querySelector('h1').textContent = 'Tillgänglighetsredogörelsen'")
        page.add_style_tag(content="h1 { width: 8em; hyphens: none !important; }")
        assert page.evaluate(BROKEN) == ["Tillgänglighetsredogörelsen"]
        heading = hyphens.soft("Tillgänglighetsredogörelsen")
        page.evaluate("text => { document.querySelector('h1').textContent = text }", heading)
        page.add_style_tag(content="h1 { hyphens: manual !important; }")
        assert page.evaluate(BROKEN) == []
