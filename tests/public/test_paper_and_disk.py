"""Every sort of page on paper, a page saved with Ctrl+S, and the report from the disk as from the web."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.public.browse import browsing, served
from tests.public.conftest import BuiltSite

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# Fonts and browsers differ by a sheet or so.
SHEETS = {
    "/omraden/ystad/": 11,
    "/atgarder/2026-017/": 4,
    "/fragor/2026-004/": 3,
    "/utvardering/2026-kv3/": 6,
    "/plan/sjobo/": 4,
    "/metod/": 4,
}
TEXT = "document.querySelector('main').innerText.replace(/\\s+/g, ' ')"
# Rows, figures and headings that a sheet would cut, by what the style sheet asks of the printer.
MAY_BE_CUT = """[...document.querySelectorAll('main tr, main svg.bild')]
  .filter(e => e.checkVisibility() && !['avoid', 'avoid-page'].includes(getComputedStyle(e).breakInside)
    && !e.closest('figure, li, .figur') && e.getBoundingClientRect().height > 60)
  .map(e => e.tagName + e.textContent.slice(0, 40))"""
HIDDEN = ".meny-bred, .meny-smal, .huvud__tjanster, .hoppa, .fot__lankar"


@pytest.fixture(scope="module")
def home(built: BuiltSite) -> Iterator[str]:
    """Return the address of the served example."""
    with served(built.site) as address:
        yield address


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """Return a browser for what needs hands."""
    with browsing(chromium_path) as running:
        yield running


def sheets(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4", prefer_css_page_size=True)))


@pytest.mark.parametrize("address", SHEETS)
def test_a_page_on_paper(browser: Browser, home: str, address: str) -> None:
    page = browser.new_page()
    page.goto(home + address)
    count = sheets(page)
    page.set_viewport_size({"width": 794, "height": 1123})
    print(f"\n{address}: {count} ark")
    page.emulate_media(media="print")
    shut = page.evaluate(
        "[...document.querySelectorAll('main details:not(.ej-tryck *)')].filter(d => d.checkVisibility()"
        " && ![...d.children].slice(1).every(c => c.checkVisibility({contentVisibilityAuto: true})"
        " || getComputedStyle(c).display === 'none')).map(d => d.textContent.slice(0, 50))"
    )
    text = page.locator("body").inner_text()
    assert count <= SHEETS[address]
    assert shut == [], "folded on paper"
    assert page.evaluate(MAY_BE_CUT) == []
    assert not any(e.is_visible() for e in page.locator(HIDDEN).all())
    assert f"https://trygghet.example{address}" in text
    assert page.evaluate("document.documentElement.scrollWidth") <= 794
    # Paper is white also where the screen is dark.
    colours = []
    for scheme in ("light", "dark"):
        page.emulate_media(media="print", color_scheme=scheme)  # type: ignore[arg-type]
        colours.append(page.evaluate("getComputedStyle(document.querySelector('main p')).color"))
    assert colours[0] == colours[1]
    page.close()


@pytest.mark.parametrize("address", ["/", "/omraden/ystad/", "/utvardering/2026-kv3/"])
def test_a_saved_page_is_whole_without_a_net(
    browser: Browser, home: str, tmp_path: Path, address: str
) -> None:
    """As Ctrl+S saves it: one file with all that the page shows, opened where there is no net."""
    page = browser.new_page()
    page.goto(home + address)
    look = "getComputedStyle(document.querySelector('h1')).font"
    seen, font = page.evaluate(TEXT), page.evaluate(look)
    saved = page.context.new_cdp_session(page).send("Page.captureSnapshot", {"format": "mhtml"})["data"]
    page.close()
    path = tmp_path / "sida.mhtml"
    path.write_text(saved, encoding="utf-8", newline="")
    context = browser.new_context(offline=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("requestfailed", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    assert page.evaluate(TEXT) == seen
    assert page.evaluate(look) == font
    assert page.locator("main svg").count() > 3
    assert asked == []
    context.close()


def test_the_report_is_the_same_from_the_disk(browser: Browser, built: BuiltSite, home: str) -> None:
    path = built.reports[-1]
    pictures = []
    for address in (f"{home}/{path.relative_to(built.site).as_posix()}", path.as_uri()):
        page = browser.new_page(viewport={"width": 900, "height": 1200})
        page.goto(address)
        pictures.append((page.evaluate(TEXT), page.screenshot()))
        page.close()
    assert pictures[0] == pictures[1]


def test_every_page_without_scripts_of_its_own_is_the_same_without_javascript(built: BuiltSite) -> None:
    """What ``test_browser.py`` tries on some pages holds for all: only two have a script at all."""
    scripted = {address for address, page in built.every() if page.root.all("script", "noscript", "template")}
    assert scripted == {"/karta/", "/sok/"}
