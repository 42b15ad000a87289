"""Areas, categories, trends and years on a phone, with the spacing of text that a reader may ask for."""

from __future__ import annotations

import pytest

from tests.public.browse import FOLD, WIDTH, browsing, served
from tests.public.conftest import BuiltSite

pytestmark = pytest.mark.browser
PAGES = (
    "/omraden/",
    "/omraden/hitta/",
    "/omraden/ystad/",
    "/omraden/brantevik/",
    "/kategorier/trafik/",
    "/utveckling/",
    "/ar/2025/",
)
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; }
body { word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""
SMALL = """[...document.querySelectorAll('main a')].filter(e => {
  const height = e.getBoundingClientRect().height, parent = e.parentElement;
  const alone = parent.tagName === 'LI' && parent.textContent.trim() === e.textContent.trim();
  return height > 0 && height < 23.5 && (alone || ['TD', 'TH'].includes(parent.tagName));
}).map(e => e.textContent)"""


def test_nothing_is_wider_than_the_phone_and_no_link_too_low(built: BuiltSite, chromium_path: str) -> None:
    with served(built.site) as home, browsing(chromium_path) as browser:
        page = browser.new_context(viewport={"width": 320, "height": 800}, bypass_csp=True).new_page()
        for address in PAGES:
            page.goto(home + address)
            page.evaluate(FOLD, True)
            assert page.evaluate(WIDTH) == 320, address
            assert page.evaluate(SMALL) == [], address
            page.add_style_tag(content=SPACED)
            assert page.evaluate(WIDTH) == 320, (address, "with more space in the text")
