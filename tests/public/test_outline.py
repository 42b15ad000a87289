"""What a screen reader lists on five sorts of pages: landmarks, headings, tables, pictures, controls.

The lists are kept as text in ``disposition/``. After a change that was meant, look at what differs, and write
them anew with ``EST_SKRIV_OM=1 .venv/bin/python -m pytest tests/public/test_outline.py``.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.public.browse import FOLD, browsing, served, settled
from tests.public.conftest import BuiltSite

pytestmark = [pytest.mark.browser, pytest.mark.slow]
KEPT = Path(__file__).parent / "disposition"
PAGES = {
    "start": "/",
    "omrade": "/omraden/ystad/",
    "atgard": "/atgarder/2026-017/",
    "kvartal": "/utvardering/2026-kv3/",
    "karta": "/karta/",
}
LISTED = re.compile(
    r"^(\s*)- (?:'|\")?((?:banner|navigation|main|contentinfo|complementary|region|search|heading|table|"
    r"columnheader|img|group|figure|button|combobox|radiogroup|radio|searchbox|status|form)\b[^\n]*)$"
)


def outline(snapshot: str) -> str:
    """The lines of a snapshot that a reader can jump to, without the numbers of the latest picture."""
    lines = []
    for line in snapshot.splitlines():
        found = LISTED.match(line)
        if found:
            words = re.sub(r"(?<!level=)\d[\d\u202f ]*", "#", found[2].rstrip(":"))
            lines.append(f"{' ' * (len(found[1]) // 2)}{words}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("width", [1280])
def test_what_a_screen_reader_lists(built: BuiltSite, chromium_path: str, width: int) -> None:
    with served(built.site) as home, browsing(chromium_path) as browser:
        page = browser.new_page(viewport={"width": width, "height": 900})
        for name, address in PAGES.items():
            page.goto(home + address, wait_until=settled(address))
            page.evaluate(FOLD, True)
            found = outline(page.locator("body").aria_snapshot())
            path = KEPT / f"{name}.txt"
            if os.environ.get("EST_SKRIV_OM"):
                path.parent.mkdir(exist_ok=True)
                path.write_text(found, encoding="utf-8", newline="\n")
            assert found == path.read_text(encoding="utf-8"), name


def test_the_outline_can_fail() -> None:
    snapshot = '- main:\n  - heading "Läget vecka 45" [level=1]\n  - paragraph: Text\n  - button "Visa"\n'
    assert outline(snapshot) == 'main\n heading "Läget vecka #" [level=1]\n button "Visa"\n'
    assert outline(snapshot.replace("level=1", "level=2")) != outline(snapshot)
