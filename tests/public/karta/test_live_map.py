"""The map to explore: layers, the address, the position that never leaves the device, the phone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.public.browse import AXE_SCRIPT, Watch, axe, browsing, served
from tests.public.conftest import BuiltSite

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TOWNS = {"Simrishamn", "Sjöbo", "Skurup", "Tomelilla", "Ystad"}
SHOWN = (
    "els => els.filter(e => e.getBoundingClientRect().width && getComputedStyle(e).visibility !== 'hidden')"
)


@pytest.fixture(scope="module")
def home(built: BuiltSite) -> Iterator[str]:
    with served(built.site) as address:
        yield address


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    with browsing(chromium_path) as running:
        yield running


def opened(browser: Browser, home: str, query: str = "", **how: Any) -> tuple[Page, Watch]:
    how.setdefault("viewport", {"width": 1280, "height": 1000})
    page = browser.new_context(reduced_motion="reduce", **how).new_page()
    watch = Watch(page, home)
    page.goto(f"{home}/karta/{query}", wait_until="networkidle")
    return page, watch


def choose(page: Page, words: str) -> None:
    page.locator(".k-valen label", has_text=words).first.click()


def test_layers_and_periods_are_kept_in_the_address(browser: Browser, home: str) -> None:
    page, watch = opened(browser, home)
    circles = page.locator("path[role=link]")
    assert circles.first.is_visible()
    choose(page, "Svar")
    assert "visa=svar" in page.url
    assert page.locator(".k-svar").count() == 5
    assert not circles.first.is_visible()
    choose(page, "Åtgärder")
    links = page.locator(".k-nummer--stor")
    assert links.count() >= 3
    assert all((link.get_attribute("href") or "").count("/atgarder/") for link in links.all())
    choose(page, "Rapporter")
    choose(page, "kv 3 2026")
    page.select_option(".k-valj select", "otrygg-utformning")
    before = [c.get_attribute("aria-label") for c in circles.all()]
    address = page.url
    assert "period=2026-kv3" in address and "kategori=otrygg-utformning" in address
    page.goto(address, wait_until="networkidle")
    assert [c.get_attribute("aria-label") for c in circles.all()] == before
    assert "Otrygg utformning" in page.locator(".webbkarta__las").inner_text()
    assert watch.faults == [] and watch.elsewhere == []
    page.context.close()


def test_an_address_with_nonsense_shows_the_latest(browser: Browser, home: str) -> None:
    page, watch = opened(browser, home, "?visa=x&period=%3Cb%3E&kategori=__proto__")
    assert page.locator("path[role=link]").first.is_visible()
    assert page.url == f"{home}/karta/"
    assert watch.faults == []
    page.context.close()


@pytest.mark.parametrize("layer", ["rapporter", "svar", "atgarder"])
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_every_layer_is_for_everybody(
    browser: Browser, home: str, layer: str, width: int, scheme: Any
) -> None:
    page, _ = opened(
        browser,
        home,
        f"?visa={layer}",
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        bypass_csp=True,
    )
    page.evaluate(AXE_SCRIPT)
    assert axe(page) == ([], [])
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.context.close()


def test_a_phone_names_every_town(browser: Browser, home: str) -> None:
    page, _ = opened(browser, home, viewport={"width": 320, "height": 700})
    live = page.locator(".k-namn > span").evaluate_all(f"els => ({SHOWN})(els).map(e => e.firstChild.data)")
    assert set(live) >= TOWNS
    boxes = [b for e in page.locator(".k-namn:not(.k-undan)").all() if (b := e.bounding_box())]
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            apart = a["x"] + a["width"] <= b["x"] or b["x"] + b["width"] <= a["x"]
            assert apart or a["y"] + a["height"] <= b["y"] or b["y"] + b["height"] <= a["y"]
    for button in page.locator(".k-knappar button").all():
        box = button.bounding_box()
        assert box and box["width"] >= 44 and box["height"] >= 44
    page.context.close()


def test_the_still_map_of_a_phone_names_every_town(built: BuiltSite) -> None:
    svg = built.page("/karta/").root.by_class("smal-bild")[0]
    assert {node.text() for node in svg.all("text")} >= TOWNS


def test_a_phone_gets_a_map_of_each_municipality_with_every_name(built: BuiltSite) -> None:
    root = built.page("/karta/").root
    pictures = [node for node in root.by_class("karta") if node.has("smal-bild")]
    assert len(pictures) == len(TOWNS)
    cells = {node.text() for node in root.by_class("tabeller")[0].all("td")} - {"··"}
    said: set[str] = set()
    for picture in pictures:
        links = {a.attrs["aria-label"].split(":")[0] for a in picture.all("a")}
        words = {t.text() for t in picture.all("text")}
        assert links and links <= words, "every area is named"
        said |= words
    assert cells <= said, "every number is written"


def test_the_position_stays_in_the_device(browser: Browser, built: BuiltSite, home: str) -> None:
    shapes = json.loads((built.site / "assets/kartor/omraden.json").read_text(encoding="utf-8"))
    area = next(f["properties"] for f in shapes["features"] if f["properties"].get("id") == "kivik")
    position = {"longitude": area["punkt"][0], "latitude": area["punkt"][1]}
    page, watch = opened(browser, home, permissions=["geolocation"], geolocation=position)
    asked = len(watch.requests)
    page.get_by_role("button", name="Hitta mitt område").click()
    link = page.locator(".k-har-text a")
    link.wait_for()
    assert link.inner_text() == "Läs om Kivik"
    assert (link.get_attribute("href") or "").endswith("/omraden/kivik/")
    assert len(watch.requests) == asked
    assert str(position["longitude"])[:5] not in page.url
    page.context.set_geolocation({"longitude": 18.07, "latitude": 59.33})
    page.wait_for_timeout(100)
    page.context.close()
    page, _ = opened(
        browser, home, permissions=["geolocation"], geolocation={"longitude": 18.07, "latitude": 59.33}
    )
    page.get_by_role("button", name="Hitta mitt område").click()
    page.get_by_text("Du är utanför områdena på kartan.").wait_for()
    page.context.close()


def test_whoever_stands_on_the_shore_gets_the_nearest_area(browser: Browser, home: str) -> None:
    # The square of Ystad lies outside the coarse outline of the example.
    page, _ = opened(
        browser, home, permissions=["geolocation"], geolocation={"longitude": 13.82, "latitude": 55.4297}
    )
    page.get_by_role("button", name="Hitta mitt område").click()
    page.get_by_text("Närmast dig är Ystads tätort.").wait_for()
    page.context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_no_sign_at_a_focus_is_cut_by_the_edge(browser: Browser, home: str, width: int) -> None:
    page, _ = opened(browser, home, viewport={"width": width, "height": 800})
    edge = page.locator(".folium-map").bounding_box()
    assert edge is not None
    for circle in page.locator("path[role=link]").all():
        circle.focus()
        sign = page.locator(".k-tips").last.bounding_box()
        assert sign is not None
        assert edge["x"] <= sign["x"] and sign["x"] + sign["width"] <= edge["x"] + edge["width"]
    page.context.close()


def test_a_finger_on_the_whole_map_scrolls_the_page(browser: Browser, home: str) -> None:
    page, _ = opened(browser, home, viewport={"width": 320, "height": 700}, has_touch=True, is_mobile=True)
    touch = "e => getComputedStyle(e).touchAction"
    board = page.locator(".folium-map")
    assert board.evaluate(touch) == "pan-x pan-y"
    page.get_by_role("button", name="Zooma in").click()
    assert board.evaluate(touch) == "none"
    page.get_by_role("button", name="Hela kartan").click()
    assert board.evaluate(touch) == "pan-x pan-y"
    page.context.close()


def test_a_no_is_answered_kindly(browser: Browser, home: str) -> None:
    page, watch = opened(browser, home)
    page.evaluate("() => { navigator.geolocation.getCurrentPosition = (ok, no) => no({code: 1}); }")
    page.get_by_role("button", name="Hitta mitt område").click()
    page.get_by_text("Du sa nej till att visa platsen.").wait_for()
    assert watch.faults == []
    page.context.close()
