"""Takes the three pictures of README: the start page on a phone, the map, and an action.

    .venv/bin/python scripts/screenshots.py [SITE] [FOLDER]

``SITE`` is a built site (default ``site``), ``FOLDER`` where the pictures go (default ``docs/bilder``). The
site is shown by a server of its own on this machine, in the Chromium that the tests use.
"""

from __future__ import annotations

import functools
import http.server
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from find_chromium import find

HERE = "127.0.0.1"


@dataclass(frozen=True)
class Shot:
    """A picture: its name, the page, and the size of the window in pixels."""

    name: str
    address: str
    width: int
    height: int
    scale: float = 1.0
    part: str = ""
    """A part of the page to show at the top, as a selector; empty for the page from its beginning."""


SHOTS = (
    Shot("lagesbild-telefon.png", "/", 390, 844, 2.0),
    Shot("karta.png", "/karta/", 1280, 900, 1.0, "#karta"),
    Shot("atgard.png", "/atgarder/2026-017/", 1280, 900),
)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on a free port of this machine."""
    server = http.server.ThreadingHTTPServer((HERE, 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{HERE}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def take(site: Path, folder: Path, chromium: str, shots: tuple[Shot, ...] = SHOTS) -> list[Path]:
    """Take the pictures and return their paths."""
    from playwright.sync_api import sync_playwright

    folder.mkdir(parents=True, exist_ok=True)
    done: list[Path] = []
    with served(site) as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for shot in shots:
            context = browser.new_context(
                viewport={"width": shot.width, "height": shot.height},
                device_scale_factor=shot.scale,
                color_scheme="light",
                reduced_motion="reduce",
                locale="sv-SE",
            )
            page = context.new_page()
            page.goto(home + shot.address, wait_until="networkidle")
            if shot.part:
                page.locator(shot.part).evaluate("e => scrollTo(0, e.getBoundingClientRect().top - 24)")
            page.screenshot(path=folder / shot.name)
            done.append(folder / shot.name)
            context.close()
        browser.close()
    return done


def main() -> int:
    """Take the pictures; return 2 if there is no site or no browser."""
    site, folder = (Path(a) for a in (*sys.argv[1:3], *("site", "docs/bilder")[len(sys.argv) - 1 :]))
    chromium = find()
    if chromium is None or not (site / "index.html").is_file():
        what = "webbläsaren Chromium" if chromium is None else f"en byggd sajt i {site}"
        print(f"Det behövs {what}. Bygg sajten med: est-build build", file=sys.stderr)
        return 2
    for path in take(site, folder, chromium):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
