"""A page of every kind, beyond what axe asks: names, targets, zoom, focus, movement, colours of one's own.

The visits are made once (``tests/public/browse.py``); ``test_browser.py`` reads the rest of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.public import looking
from tests.public.browse import AXE_SCRIPT, FOLD, axe, browsing, served
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


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return an empty page to spoil."""
    context = browser.new_context(viewport={"width": 320, "height": 600})
    yield context.new_page()
    context.close()


# ---- the questions can be answered with no -------------------------------------------------------

TWO = "<a href='/x/' aria-label='{}'><span>Kivik</span> <span>5–9</span></a>"


@pytest.mark.parametrize(
    ("question", "good", "bad"),
    [
        (looking.NAMES, TWO.format("Kivik: 5–9 rapporter"), TWO.format("Rapporter i Kivik")),
        (
            looking.TARGETS,
            "<p>Läs om <a href='/x/'>orten</a> här nedan.</p>",
            "<p><a href='/x/' style='font-size:12px'>orten</a></p>",
        ),
        (
            looking.LOST,
            "<div style='overflow:hidden'><p>Tillgänglighet</p></div>",
            "<div style='overflow:hidden;height:9px'><p>Tillgänglighet</p></div>",
        ),
        (
            looking.LOST,
            "<p>ett</p><p>två</p>",
            "<p>ett</p><p style='margin-top:-2.2em'>två</p>",
        ),
        (
            looking.LOST,
            "<div style='overflow-x:auto'>kort</div>",
            "<div style='overflow-x:auto'><p style='width:900px'>kort</p></div>",
        ),
        (
            looking.FOCUS,
            "<a href='/x/' style='outline:3px solid #000'>a</a>",
            "<a href='/x/' style='outline:3px solid #ddd'>a</a>",
        ),
        (
            looking.FOCUS,
            "<button style='outline:3px solid #000'>a</button>",
            "<button style='outline:3px solid #000'>a</button>"
            "<p style='position:fixed;inset:0;margin:0;background:#fff'>över</p>",
        ),
        (looking.FOCUS, "<p>a</p>", "<a href='/x/' tabindex='2' style='outline:3px solid #000'>a</a>"),
    ],
)
def test_the_questions_can_fail(page: Page, question: str, good: str, bad: str) -> None:
    for html, wanted in ((good, False), (bad, True)):
        page.set_content(f"<!doctype html><body style='font:16px/1.4 sans-serif'>{html}</body>")
        assert bool(page.evaluate(question)) is wanted, html


def test_a_jump_and_a_movement_are_seen(page: Page) -> None:
    page.set_content("<body><p>a</p></body>")
    page.wait_for_timeout(100)
    page.evaluate("document.body.insertAdjacentHTML('afterbegin', '<div style=\"height:300px\">b</div>')")
    page.wait_for_timeout(100)
    assert page.evaluate(looking.SHIFT) > 0
    assert page.evaluate(looking.MOVES) == []
    page.set_content("<style>@keyframes x{to{opacity:0}} p{animation:x 9s}</style><p>a</p>")
    assert page.evaluate(looking.MOVES) == ["x"]


def test_a_contrast_that_axe_leaves_is_measured(page: Page) -> None:
    picture = (
        "<!doctype html><html lang=sv><title>t</title><main><h1>h</h1><svg viewBox='0 0 99 30' width=300 "
        "role=img aria-label=b><rect width=99 height=30 fill='{}'/><text y=20 fill='#666'>ord</text></svg>"
    )
    for ground, wanted in (("#fff", False), ("#999", True)):
        page.set_content(picture.format(ground))
        page.evaluate(AXE_SCRIPT)
        violations, unreviewed = axe(page)
        assert violations == []
        assert any(line.startswith("contrast") for line in unreviewed) is wanted


# ---- colours of one's own ------------------------------------------------------------------------

MARKS = """css => [...document.querySelectorAll(css)].filter(e => e.checkVisibility()).map(e => {
  const c = getComputedStyle(e);
  return {fill: c.fill, stroke: c.stroke, width: parseFloat(c.strokeWidth), dash: c.strokeDasharray,
    border: c.borderTopStyle === 'none' ? 0 : parseFloat(c.borderTopWidth), back: c.backgroundColor,
    color: c.color, text: (e.textContent || '').trim()}; })"""


def marks(page: Page, css: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(MARKS, css)
    assert found, css
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_keep_what_the_shapes_say(browser: Browser, home: str, scheme: Any) -> None:
    """The reader's own few colours: a shape must be told by its line, its fill or its pattern."""
    context = browser.new_context(forced_colors="active", color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{home}/")
    page.evaluate(FOLD, True)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p id=prov>a</p>')")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    # The map: circles with a line, and hidden numbers hatched. The land is told from the sea by its line.
    shown = marks(page, "svg.bred-bild a circle.f-dataton")
    assert all(m["stroke"] not in {"none", ground} and m["width"] >= 1 for m in shown)
    hatch = page.evaluate("document.querySelector('svg.bred-bild a use').getAttribute('href')")
    lines = marks(page, f"{hatch} path, {hatch} line, {hatch} circle")
    assert any(m["stroke"] not in {"none", ground} for m in lines)
    assert all(m["stroke"] not in {"none", ground} for m in marks(page, "svg.bred-bild .s-grans"))
    # Words in the picture have the colour of words, with a halo of the ground.
    names = marks(page, "svg.bred-bild text.namn")
    assert all(m["fill"] != ground and m["stroke"] == ground for m in names)
    # Status: an icon that is drawn, and a word.
    assert all(m["text"] for m in marks(page, ".status"))
    icons = marks(page, ".status svg *")
    assert any(m["fill"] not in {"none", ground} or m["stroke"] not in {"none", ground} for m in icons)
    labels = marks(page, ".etikett")
    assert all(m["border"] >= 1 for m in labels if m["back"] in {ground, "rgba(0, 0, 0, 0)"})
    assert all(m["color"] != m["back"] for m in labels)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_keep_the_lines_of_a_trend(browser: Browser, home: str, scheme: Any) -> None:
    context = browser.new_context(forced_colors="active", color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{home}/utveckling/")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    bars = marks(page, "main svg.bild .f-data")
    earlier = marks(page, "main svg.bild .f-tidigare, main svg.bild .s-tidigare")
    assert all(m["fill"] not in {"none", ground} or m["stroke"] not in {"none", ground} for m in bars)
    assert {m["fill"] for m in bars} != {m["fill"] for m in earlier}
    context.close()


def test_the_two_schemes_are_two(browser: Browser, home: str) -> None:
    """By the system's choice: no button, nothing stored."""
    page = browser.new_page()
    page.goto(f"{home}/")
    seen = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        seen.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    page.close()
    assert seen == ["rgb(255, 255, 255)", "rgb(16, 24, 30)"]
