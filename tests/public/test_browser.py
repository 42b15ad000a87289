"""The finished example in a real browser: for everybody, on a phone, in the dark, by keyboard, on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.public.browse import FOLD, WIDTH, Watch, browsing, served, settled
from tests.public.conftest import BuiltSite

pytestmark = [pytest.mark.browser, pytest.mark.slow]


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


# ---- weight --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "kilobytes", "most"),
    [
        ("/", 30, 5),
        ("/lage/2026-v37-38/", 30, 5),
        ("/omraden/ystad/", 32, 5),
        ("/atgarder/2026-017/", 22, 5),
        ("/karta/", 110, 12),
    ],
)
def test_what_a_first_visit_weighs(
    browser: Browser, home: str, address: str, kilobytes: int, most: int
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    watch = Watch(page, home)
    watch.weigh()
    page.goto(home + address, wait_until="networkidle")
    total = sum(watch.weights.values())
    parts = ", ".join(f"{u.removeprefix(home)} {w / 1000:.1f}" for u, w in watch.weights.items())
    print(f"\n{address}: {len(watch.requests)} anrop, {total / 1000:.1f} kB ({parts})")
    context.close()
    assert total <= kilobytes * 1000
    assert len(watch.requests) <= most


# ---- without JavaScript --------------------------------------------------------------------------


def test_without_javascript_every_page_says_the_same(browser: Browser, home: str) -> None:
    texts = []
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts, viewport={"width": 1280, "height": 900})
        page = context.new_page()
        found = {}
        for address in ("/", "/omraden/ystad/", "/utveckling/", "/atgarder/", "/karta/"):
            page.goto(home + address, wait_until=settled(address))
            # The live map repeats the still one; beside it nothing may differ.
            live = page.locator("main [data-karta]").all_inner_texts()
            text = page.locator("main").inner_text()
            for part in live:
                text = text.replace(part, "")
            found[address] = re.sub(r"\s+", " ", text)
        texts.append(found)
        context.close()
    assert texts[0] == texts[1]


def test_without_javascript_the_map_is_a_picture_with_links(browser: Browser, home: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{home}/karta/")
    still = page.locator("svg[role=group]").first
    assert still.is_visible()
    assert still.locator("a").count() >= 31
    assert page.locator("main table").count() == 6
    # Every area is a stop with a name of its own, in order, and Enter goes there.
    names = [link.get_attribute("aria-label") or "" for link in still.locator("a").all()]
    assert len(set(names)) == len(names) and all(": " in name for name in names), names
    still.locator("a").first.focus()
    for name in names[1:]:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == name
    page.keyboard.press("Enter")
    page.wait_for_url("**/omraden/*/")
    assert page.locator("h1").inner_text().startswith(names[-1].partition(":")[0])
    context.close()


# ---- keyboard ------------------------------------------------------------------------------------

FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) { return null; }
  // A radio button that is hidden from sight is shown by its label.
  const shown = getComputedStyle(e).opacity === '0' && e.labels ? e.labels[0] : e;
  const box = shown.getClientRects()[0] || e.getBoundingClientRect(), style = getComputedStyle(shown);
  const at = document.elementFromPoint(
    Math.min(innerWidth - 1, Math.max(0, box.left + Math.min(box.width, 40) / 2)),
    Math.min(innerHeight - 1, Math.max(0, box.top + Math.min(box.height, 40) / 2)));
  const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
  return {
    name: (e.tagName + ' ' + (shown.textContent || e.getAttribute('aria-label') || '').trim()).slice(0, 60),
    href: e.getAttribute('href') || '', svg: e instanceof SVGElement,
    ring: ring || style.boxShadow !== 'none', seen,
    covered: !(at && (shown.contains(at) || at.contains(shown)))
  };
}"""


def stops(page: Page, most: int = 400) -> Iterator[dict[str, object]]:
    """Every stop of the tabulator key, from the top of the page."""
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop is None:
            return
        yield stop
    raise AssertionError("the keyboard never leaves the page")


@pytest.mark.parametrize(
    ("address", "width"), [("/", 1280), ("/karta/", 1280), ("/omraden/ystad/", 390), ("/atgarder/", 390)]
)
def test_every_stop_of_the_keyboard_is_seen(browser: Browser, home: str, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(home + address, wait_until=settled(address))
    found = list(stops(page))
    context.close()
    assert found[0]["href"] == "#innehall"
    unseen = [s["name"] for s in found if not (s["ring"] or s["svg"]) or not s["seen"]]
    assert unseen == []
    assert [s["name"] for s in found if s["covered"] and not s["svg"]] == []
    assert len(found) > 20


def test_areas_on_the_map_show_that_they_have_focus(browser: Browser, home: str) -> None:
    """A ring around a shape is drawn by a change of the shape itself: the picture must differ."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{home}/lage/2026-v43-44/")
    link = page.locator("svg.bred-bild[role=group] a").nth(12)
    link.scroll_into_view_if_needed()
    before = link.screenshot()
    page.keyboard.press("Tab")
    link.focus()
    assert link.screenshot() != before
    context.close()


def test_the_skip_link_leads_to_the_content(browser: Browser, home: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 600})
    page = context.new_page()
    page.goto(f"{home}/metod/")
    page.keyboard.press("Tab")
    box = page.locator("a.hoppa").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = page.evaluate("document.querySelector('main').contains(document.activeElement)")
    after = page.evaluate("document.activeElement.compareDocumentPosition(document.querySelector('main'))")
    assert inside or after & 2
    context.close()


def test_the_menu_of_a_phone_opens_with_a_key(browser: Browser, home: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{home}/")
    menu = page.locator("header details summary")
    assert menu.is_visible()
    assert not page.locator("header details a").first.is_visible()
    menu.focus()
    page.keyboard.press("Enter")
    links = page.locator("header details a")
    assert links.first.is_visible()
    assert links.count() >= 6
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == links.first.text_content()
    context.close()


def test_the_live_map_is_worked_by_keyboard(browser: Browser, home: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 1000}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{home}/karta/", wait_until="networkidle")
    circles = page.locator("main path[role=link]")
    names = [c.get_attribute("aria-label") or "" for c in circles.all()]
    assert len(names) == 31
    said = re.compile(r": (?:[\d\u202f]+–[\d\u202f]+ rapporter|under visningsgränsen)(?:, åtgärd \d+)?$")
    assert all(said.search(name) for name in names), names
    circles.nth(3).focus()
    assert page.locator(".leaflet-tooltip:not(.k-namn)").first.is_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/omraden/*/")
    context.close()


# ---- paper and preferences -----------------------------------------------------------------------


def test_the_start_page_on_paper(browser: Browser, home: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{home}/")
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4")))
    print(f"\nStartsidan: {pages} sidor på papper")
    context.close()
    assert 1 <= pages <= 6


def test_paper_has_the_content_without_the_menus(browser: Browser, home: str) -> None:
    context = browser.new_context(viewport={"width": 794, "height": 1123})
    page = context.new_page()
    page.goto(f"{home}/omraden/ystad/")
    page.emulate_media(media="print")
    assert not page.locator("header nav").first.is_visible()
    assert page.locator("h1").is_visible()
    assert page.evaluate(WIDTH) <= 794
    context.close()


def test_bigger_text_and_more_space_lose_nothing(browser: Browser, home: str) -> None:
    """WCAG 1.4.12: line height 1.5, letters 0.12, words 0.16, paragraphs 2."""
    context = browser.new_context(viewport={"width": 320, "height": 800}, bypass_csp=True)
    page = context.new_page()
    for address in ("/", "/omraden/ystad/", "/atgarder/2026-017/"):
        page.goto(home + address)
        page.add_style_tag(
            content="*{line-height:1.5!important;letter-spacing:.12em!important;"
            "word-spacing:.16em!important}p{margin-bottom:2em!important}"
        )
        page.evaluate(FOLD, True)
        assert page.evaluate(WIDTH) == 320, address
    context.close()


def test_nothing_moves_by_itself(browser: Browser, home: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{home}/")
    assert page.evaluate("document.getAnimations().length") == 0
    context.close()


def test_forced_colours_keep_shapes_and_words(browser: Browser, home: str) -> None:
    context = browser.new_context(forced_colors="active", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{home}/karta/", wait_until="networkidle")
    assert page.locator("h1").is_visible()
    assert page.locator("main table").first.locator("tbody tr").count() >= 4
    context.close()
