"""Takes pictures of pages for the eye: ``python -m tests.theme.shots FILE.html OUT_PREFIX``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = os.environ.get("EST_CHROMIUM", "/usr/bin/chromium")


def shoot(page_file: Path, prefix: str, widths: tuple[int, ...] = (320, 1280),
          schemes: tuple[str, ...] = ("light", "dark")) -> None:
    """One picture per width and colour scheme."""
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for width in widths:
            for scheme in schemes:
                page = browser.new_page(viewport={"width": width, "height": 900},
                                        color_scheme=scheme)  # type: ignore[arg-type]
                page.goto(page_file.as_uri())
                over = page.evaluate("document.documentElement.scrollWidth")
                if over > width:
                    print(f"overflow at {width}: {over}")
                page.screenshot(path=f"{prefix}-{width}-{scheme}.png", full_page=True)
                page.close()
        browser.close()


if __name__ == "__main__":
    shoot(Path(sys.argv[1]).resolve(), sys.argv[2])
