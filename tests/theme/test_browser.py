"""The gallery in a real browser: accessibility, width, targets, keyboard, policy."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from tests.theme import gallery

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = ["index.html", "karta/"]
SIZES = [320, 1280]
# Where axe cannot tell by itself: text in pictures, and the site's name that the folded menu's box covers.
REVIEWED = {"color-contrast"}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("galleri")
    gallery.build(folder)
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as p:
        running = p.chromium.launch(executable_path=chromium_path, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, site: str, path: str, width: int, scheme: Any) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    page.goto(site + path, wait_until="networkidle")
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    result = Axe().run(page).response
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in result["violations"]] == []
    assert {i["id"] for i in result["incomplete"]} <= REVIEWED
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_a_small_telephone(browser: Browser, site: str, path: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 700})
    page.goto(site + path, wait_until="networkidle")
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    page.evaluate("document.querySelector('h1').textContent = 'Tillgänglighetsredogörelsen'")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.close()


def test_links_and_buttons_are_large_enough(browser: Browser, site: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(site)
    small = page.evaluate(
        """() => [...document.querySelectorAll('a, summary, button')].filter(e => {
            const b = e.getBoundingClientRect();
            const inText = e.tagName === 'A' && e.closest('p, dd, li, .trad__antal, svg, h3');
            return b.width && (b.height < 24 || b.width < 24) && !inText;
        }).map(e => e.outerHTML.slice(0, 120))"""
    )
    assert small == []
    page.close()


def test_only_one_of_two_pictures_is_shown(browser: Browser, site: str) -> None:
    for width, shown in ((320, ".smal-bild"), (1280, ".bred-bild")):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(site)
        for css in (".smal-bild", ".bred-bild"):
            visible = page.evaluate(
                "c => [...document.querySelectorAll(c)].some(e => e.getBoundingClientRect().width > 0)", css
            )
            assert visible is (css == shown)
        page.close()


def test_the_menu_opens_without_script(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 700}, java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    link = page.locator(".meny-smal a").first
    assert not link.is_visible()
    page.locator(".meny-smal summary").click()
    assert link.is_visible()
    context.close()


def test_the_map_is_drawn_within_the_policy_and_reached_by_keyboard(browser: Browser, site: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site + "karta/")
    page.wait_for_selector(".webbkarta.live .k-cirkel")
    assert said == []
    assert all(url.startswith(site) for url in asked)
    assert not page.locator(".webbkarta__bild").is_visible()
    assert page.locator(".k-nummer").all_inner_texts() == ["4", "2", "5", "3", "1"]
    assert page.locator("[aria-label='Kivik: under visningsgränsen, åtgärd 4']").count() <= 1
    names = page.evaluate(
        "[...document.querySelectorAll('.k-cirkel')].map(e => e.getAttribute('aria-label'))"
    )
    assert len(names) == 31 and "Kivik" in "".join(names)
    page.locator(".k-cirkel").nth(3).focus()
    assert page.locator(".k-tips").inner_text() == names[3]
    page.keyboard.press("Enter")
    page.wait_for_url("**/index.html#omrade-*")
    page.close()


def test_another_period_changes_the_numbers(browser: Browser, site: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(site + "karta/")
    page.wait_for_selector(".webbkarta.live")
    town = page.locator(".k-cirkel[aria-label^='Ystads tätort']")
    before = town.get_attribute("aria-label")
    page.get_by_label("Kvartal 3").check()
    assert town.get_attribute("aria-label") != before
    said = page.locator(".webbkarta__las").inner_text()
    assert said.startswith("Kvartal 3, 2026 Största cirkeln: ")
    page.close()


def test_the_still_map_stays_when_the_data_does_not_come(browser: Browser, site: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.route("**/*.json", lambda route: route.abort())
    page.goto(site + "karta/", wait_until="networkidle")
    assert page.locator(".webbkarta__bild .bred-bild").is_visible()
    assert not page.locator(".webbkarta__yta").is_visible()
    page.close()


def test_print_shows_the_still_map_and_no_menu(browser: Browser, site: str) -> None:
    page = browser.new_page(viewport={"width": 700, "height": 900})
    page.goto(site + "karta/")
    page.wait_for_selector(".webbkarta.live")
    page.emulate_media(media="print")
    assert page.locator(".webbkarta__bild .bred-bild").is_visible()
    for css in (".webbkarta__yta", ".meny-bred", ".meny-smal", ".hoppa"):
        assert not page.locator(css).first.is_visible()
    assert page.locator(".exempel").is_visible()
    page.close()
