"""The first screen of a phone, the sheets of paper, and a file opened without a net."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.public.browse import FOLD, browsing, served
from tests.public.conftest import BuiltSite

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SHEETS = 3
HERE = ".svar > div:last-child"


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """Return a browser for what needs hands."""
    with browsing(chromium_path) as running:
        yield running


@pytest.fixture(scope="module")
def home(built: BuiltSite) -> Iterator[str]:
    """Return the address of the served example."""
    with served(built.site) as address:
        yield address


def test_the_first_screen_of_a_phone_answers(browser: Browser, home: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 640})
    page.goto(f"{home}/")
    bottom = page.evaluate(f"document.querySelector('{HERE}').getBoundingClientRect().bottom")
    assert bottom <= 640, bottom
    banner = page.locator(".exempel").bounding_box()
    assert banner is not None
    assert banner["height"] <= 40
    page.close()


@pytest.mark.parametrize("address", ["/", "/lage/2026-v37-38/", "/lage/2026-v45-46/rapport.html"])
def test_a_fortnight_is_three_sheets_of_paper(browser: Browser, home: str, address: str) -> None:
    page = browser.new_page()
    page.goto(home + address)
    sheets = len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4", prefer_css_page_size=True)))
    page.emulate_media(media="print")
    text = page.locator("body").inner_text()
    assert sheets <= SHEETS
    assert "Utskrift av https://trygghet.example/lage/" in text
    assert "EXEMPEL" in text
    # What is folded on the screen is unfolded on paper; ways in and out are not there.
    assert "Rapporter per kategori" in text
    assert "Borrby" in text
    assert not page.get_by_role("navigation", name="Fler lägesbilder").is_visible()
    page.close()


def test_the_file_is_whole_without_a_net(browser: Browser, built: BuiltSite) -> None:
    context = browser.new_context(offline=True)
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    address = built.reports[-1].as_uri()
    page.goto(address)
    assert asked == [address]
    assert said == []
    assert page.locator("h1").inner_text() == "Läget vecka 45–46"
    # The style sheet inside works: the heading is set as on the site.
    assert page.locator(".exempel strong").evaluate("e => getComputedStyle(e).display") == "inline-block"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


SMALL = """[...document.querySelectorAll('main a')].filter(a => {
  const box = a.getBoundingClientRect();
  const alone = a.parentElement.textContent.trim() === a.textContent.trim();
  return alone && !a.closest('svg') && box.height > 0 && box.height < 24;
}).map(a => `${a.textContent.trim()} ${a.getBoundingClientRect().height}`)"""


@pytest.mark.parametrize("address", ["/", "/lage/2026-v37-38/", "/lage/", "/en/", "/en/method/"])
def test_links_that_stand_alone_are_big_enough(browser: Browser, home: str, address: str) -> None:
    """WCAG 2.5.8: 24 pixels; a link in a sentence is excepted."""
    for width in (320, 1280):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto(home + address)
        page.evaluate(FOLD, True)
        assert page.evaluate(SMALL) == [], width
        page.close()
