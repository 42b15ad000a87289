"""A server and browsers for the tests: one visit gathers everything that a page does."""

from __future__ import annotations

import functools
import gzip
import http.server
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.public import looking

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = ((1280, "light", True), (1280, "dark", False), (320, "light", False), (320, "dark", True))
"""Width, scheme, and whether everything is unfolded: what is folded has been seen in each of both."""
LONG = frozenset({"/handbok/fel/", "/handbok/filerna/", "/oppna-data/utgavor/ystad/"})
"""Pages of the same few pieces a hundred times over: two looks are enough, unfolded, one of each."""
ZOOMED = (1024, 640)
"""A small screen, and a large one with everything twice as large (320 is four times)."""
FOLD = "opened => document.querySelectorAll('main details').forEach(d => { d.open = opened; })"
WIDTH = "document.documentElement.scrollWidth"
TOO_WIDE = """[...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
  .slice(0, 3).map(e => `${e.tagName} ${e.textContent.trim().slice(0, 40)}`)"""
STORED = """[document.cookie, localStorage.length, sessionStorage.length,
  navigator.serviceWorker && navigator.serviceWorker.controller ? 'worker' : '']"""


class _Site(http.server.SimpleHTTPRequestHandler):
    """The site as a web host shows it, with its own page for what is not found."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port; yields its address without the last slash."""
    handler = functools.partial(_Site, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def browsing(chromium: str) -> Iterator[Browser]:
    """A browser of one's own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Watch:
    """What a page says and asks for while it is looked at."""

    page: Page
    home: str
    requests: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    weights: dict[str, int] = field(default_factory=dict)
    """Address -> bytes when compressed."""

    def __post_init__(self) -> None:
        self.page.on("request", lambda r: self.requests.append(r.url))
        self.page.on("console", lambda m: self.said.append(f"{m.type}: {m.text}"))
        self.page.on("pageerror", lambda e: self.said.append(f"error: {e}"))
        self.page.on("dialog", self._dialog)

    def _dialog(self, dialog: Any) -> None:
        self.said.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    @property
    def elsewhere(self) -> list[str]:
        """Requests to another host."""
        own = urlsplit(self.home).netloc
        return [
            u
            for u in self.requests
            if urlsplit(u).scheme not in {"data", "blob"} and urlsplit(u).netloc != own
        ]

    @property
    def faults(self) -> list[str]:
        """Errors, warnings and dialogs. (An address that is not found is told by the browser itself.)"""
        return [s for s in self.said if s.startswith(("error", "warning", "dialog")) and "404" not in s]

    def weigh(self) -> None:
        """Note the compressed size of every answer from now on."""
        self.page.on("requestfinished", self._weigh)

    def _weigh(self, request: Any) -> None:
        answer = request.response()
        if answer is not None:
            self.weights[request.url] = len(gzip.compress(answer.body(), 9, mtime=0))


@dataclass
class Visit:
    """What came out of looking at one page in every size and scheme."""

    violations: list[str] = field(default_factory=list)
    overflow: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)
    unreviewed: list[str] = field(default_factory=list)
    """What axe leaves to a human, but for contrasts that have been measured and are enough."""
    misnamed: list[str] = field(default_factory=list)
    small: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    unfocused: list[str] = field(default_factory=list)
    moving: list[str] = field(default_factory=list)


def visit(context: BrowserContext, home: str, address: str) -> Visit:
    """Look at a page: axe in two sizes and two schemes, its width, its requests, what it keeps."""
    found = Visit()
    page = context.new_page()
    watch = Watch(page, home)
    page.goto(home + address, wait_until=settled(address))
    if (moved := page.evaluate(looking.SHIFT)) > 0:
        found.moving.append(f"moved by {moved:.3f}")
    found.moving += page.evaluate(looking.MOVES)
    page.evaluate(AXE_SCRIPT)
    for width, scheme, opened in [look for look in LOOKS if look[2] or address not in LONG]:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.evaluate(FOLD, opened)
        how = f"{width} {scheme}"
        _width(page, width, found, "unfolded" if opened else "folded")
        violations, unreviewed = axe(page)
        found.violations += [f"{how}: {v}" for v in violations]
        found.unreviewed += [f"{how}: {v}" for v in unreviewed]
        found.misnamed += [f"{how}: {n}" for n in page.evaluate(looking.NAMES)]
        if opened:
            found.small += [f"{how}: {n}" for n in page.evaluate(looking.TARGETS)]
            found.lost += [f"{how}: {n}" for n in page.evaluate(looking.LOST)]
            found.unfocused += [f"{how}: {n}" for n in page.evaluate(looking.FOCUS)]
    _enlarge(page, found)
    found.elsewhere, found.faults = watch.elsewhere, watch.faults
    found.stored = [str(x) for x in page.evaluate(STORED) if x] + [str(c) for c in context.cookies()]
    page.close()
    return found


def _width(page: Page, width: int, found: Visit, how: str) -> None:
    if (wide := page.evaluate(WIDTH)) != width:
        found.overflow.append(f"{width} -> {wide}, {how}: {page.evaluate(TOO_WIDE)}")


def _enlarge(page: Page, found: Visit) -> None:
    """Everything unfolded: zoomed in, letters twice as large, and more space in the text of a phone."""
    page.evaluate(FOLD, True)
    for width in ZOOMED:
        page.set_viewport_size({"width": width, "height": 700})
        _width(page, width, found, "zoomed")
        found.lost += [f"{width}: {n}" for n in page.evaluate(looking.LOST)]
    for css, width in ((looking.LARGE, 1280), (looking.SPACED, 320)):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(looking.WEAR, css)
        _width(page, width, found, css[:20])
        found.lost += [f"{css[:20]}: {n}" for n in page.evaluate(looking.LOST)]
    page.evaluate(looking.WEAR, "")


def settled(address: str) -> Any:
    """Only the page of the map goes on asking for something after it has been read."""
    return "networkidle" if address == "/karta/" else "load"


def axe(page: Page) -> tuple[list[str], list[str]]:
    """Violations, and what axe leaves to a human, as lines. The page must have axe in it already.

    A contrast that axe cannot tell (a text in a picture) is measured here against what lies beneath.
    """
    options = {"runOnly": TAGS, "resultTypes": ["violations", "incomplete"]}
    result = page.evaluate("options => axe.run(document, options)", options)
    lines: list[list[str]] = []
    for rows in (result["violations"], result["incomplete"]):
        lines.append(
            [
                f"{v['id']} ({len(v['nodes'])}): {v['nodes'][0]['target']} {v['nodes'][0]['html'][:120]}"
                for v in rows
                if v["id"] != "color-contrast" or rows is result["violations"]
            ]
        )
    unclear = [v["nodes"] for v in result["incomplete"] if v["id"] == "color-contrast"]
    targets = [node["target"][0] for nodes in unclear for node in nodes]
    lines[1] += [f"contrast: {found}" for found in page.evaluate(looking.CONTRAST, targets)]
    return lines[0], lines[1]


def visit_all(chromium: str, home: str, addresses: list[str], hands: int) -> dict[str, Visit]:
    """Visit pages with so many browsers at once."""

    def work(share: list[str]) -> dict[str, Visit]:
        with browsing(chromium) as browser:
            context = browser.new_context()
            return {address: visit(context, home, address) for address in share}

    with ThreadPoolExecutor(hands) as pool:
        parts = pool.map(work, [addresses[i::hands] for i in range(hands)])
        return {address: result for part in parts for address, result in part.items()}
