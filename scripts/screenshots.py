"""Takes the pictures of README and of the handbook: pages of the example, and a working report of it.

    .venv/bin/python scripts/screenshots.py [SITE]

``SITE`` is a built site (default ``site``). The pictures go to ``docs/bilder`` and to
``content/handbok/bilder``. The site is shown by a server of its own on this machine, in the Chromium that the
tests use. A picture holds nothing but its points, is never larger than its page can bear, and says that it is
of the example.
"""

from __future__ import annotations

import base64
import functools
import http.server
import shutil
import struct
import sys
import tempfile
import threading
import zlib
from array import array
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).parent))
from find_chromium import find

HERE = "127.0.0.1"
GAP: Final = 32
"""Points between two windows in a picture."""
LARGEST: Final = 200_000
"""Bytes of a picture, at most."""
PERIOD: Final = "2026-v45-46"
HISTORY: Final = 14
"""Fortnights of the example that the working report compares with."""
REPORT: Final = "arbetsrapport.html"
COMPARISON: Final = "andring.html"


@dataclass(frozen=True)
class View:
    """A window on a page: the address, the size in pixels, and how many points a pixel is."""

    address: str
    width: int
    height: int
    scale: float = 1.0
    part: str = ""
    """A part of the page to show at the top, as a selector; empty for the page from its beginning."""


@dataclass(frozen=True)
class Shot:
    """A picture: its name, and the windows that stand side by side in it."""

    name: str
    views: tuple[View, ...]


SHOTS = (
    Shot("lagesbild.png", (View("/", 1160, 844), View("/", 390, 844))),
    Shot("karta.png", (View("/karta/", 1280, 920, part="#karta"),)),
    Shot(
        "atgard.png",
        (View("/atgarder/2026-009/", 1160, 844, part=".berattelse"), View("/atgarder/2026-009/", 390, 844)),
    ),
)


HANDBOOK = (Shot("lagesbild.png", (View(f"/lage/{PERIOD}/", 390, 760), View(f"/lage/{PERIOD}/", 760, 760))),)
PRIVATE = (
    Shot("arbetsrapport.png", (View(f"/{REPORT}", 900, 860),)),
    Shot("andring.png", (View(f"/{COMPARISON}", 900, 760),)),
)
"""Of files that are made for the pictures, and thrown away."""
_MARK = """() => {
  if (document.querySelector(".exempel")) return;
  const mark = document.createElement("p");
  mark.textContent = "EXEMPEL · Alla siffror är påhittade";
  mark.style.cssText = "background:#ebe6da;margin:0 0 1rem;padding:.3rem 1rem;font-weight:700";
  document.body.prepend(mark);
}"""
"""Says that a page is of the example, where it does not say so itself."""


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


def _seen(browser: Any, home: str, view: View) -> bytes:
    """One window as a picture."""
    context = browser.new_context(
        viewport={"width": view.width, "height": view.height},
        device_scale_factor=view.scale,
        color_scheme="light",
        reduced_motion="reduce",
        locale="sv-SE",
    )
    page = context.new_page()
    page.goto(home + view.address, wait_until="networkidle")
    page.evaluate(_MARK)
    if view.part:
        page.locator(view.part).evaluate("e => scrollTo(0, e.getBoundingClientRect().top - 24)")
    picture: bytes = page.screenshot()
    context.close()
    return picture


_ROW = """async ([sources, width, height, gap]) => {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  let x = 0;
  for (const source of sources) {
    const image = Object.assign(new Image(), { src: "data:image/png;base64," + source });
    await image.decode();
    pen.fillStyle = "#d8d2c4";
    pen.fillRect(x, 0, image.width + 2, image.height + 2);
    pen.drawImage(image, x + 1, 1);
    x += image.width + 2 + gap;
  }
  const points = pen.getImageData(0, 0, width, height).data;
  let text = "";
  for (let i = 0; i < points.length; i += 32768) {
    text += String.fromCharCode(...points.subarray(i, i + 32768));
  }
  return btoa(text);
}"""
"""Draws pictures in a row, each with a thin frame, and gives the points as red, green, blue, opacity."""


def _beside(browser: Any, pictures: list[bytes], views: tuple[View, ...]) -> bytes:
    """Pictures in one row: the eye sees where a window ends."""
    width = sum(round(v.width * v.scale) + 2 for v in views) + GAP * (len(views) - 1)
    height = max(round(v.height * v.scale) + 2 for v in views)
    page = browser.new_page()
    sources = [base64.b64encode(picture).decode() for picture in pictures]
    points = base64.b64decode(page.evaluate(_ROW, [sources, width, height, GAP]))
    page.close()
    return indexed_png(points, width)


def indexed_png(points: bytes, width: int) -> bytes:
    """A PNG of at most 256 colours: the commonest, and for each other one the nearest of them.

    Args:
        points: red, green, blue and opacity of each point, row by row; opacity is left out.
        width: points in a row.
    """
    every = array("I", points)
    found = Counter(every)
    kept = sorted(colour for colour, _ in found.most_common(256))
    parts = {colour: colour.to_bytes(4, sys.byteorder)[:3] for colour in found}

    def nearest(colour: int) -> int:
        own = parts[colour]
        return min(
            range(len(kept)),
            key=lambda i: sum((a - b) ** 2 for a, b in zip(own, parts[kept[i]], strict=True)),
        )

    place = {colour: nearest(colour) for colour in found}
    rows = bytes(map(place.__getitem__, every))
    height = len(rows) // width
    body = b"".join(b"\0" + rows[y * width : (y + 1) * width] for y in range(height))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", b"".join(parts[colour] for colour in kept)),
        (b"IDAT", zlib.compress(body, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def take(site: Path, folder: Path, chromium: str, shots: tuple[Shot, ...] = SHOTS) -> list[Path]:
    """Take the pictures and return their paths.

    Raises:
        ValueError: if a picture is larger than README can bear.
    """
    from playwright.sync_api import sync_playwright

    folder.mkdir(parents=True, exist_ok=True)
    done: list[Path] = []
    with served(site) as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for shot in shots:
            picture = _beside(browser, [_seen(browser, home, view) for view in shot.views], shot.views)
            if len(picture) > LARGEST:
                raise ValueError(f"{shot.name} is {len(picture)} bytes, more than {LARGEST}")
            (folder / shot.name).write_bytes(picture)
            done.append(folder / shot.name)
        browser.close()
    return done


def write_report(folder: Path) -> Path:
    """The working report of a fortnight of the example, from invented answers. Returns its path."""
    from est_build.demo.calendar import calendar, index_of, is_collected
    from est_build.demo.export import form_of, write_export
    from est_build.demo.make import write_settings
    from est_build.demo.survey import write_survey
    from est_build.prepare.run import PrepareRequest, prepare

    data, private = folder / "data", folder / "privat"
    write_settings(data)
    surveys = write_survey(private)
    last = index_of(PERIOD)
    for row in calendar()[last - HISTORY : last + 1]:
        asked = is_collected(row)
        export = write_export(row.period, private) if asked else None
        survey = surveys[form_of(row.period).name]
        done = prepare(PrepareRequest(data, survey, private / "lager", row.period, export, asked))
    return done.report.rename(folder / REPORT)


def write_comparison(root: Path, folder: Path) -> Path:
    """What the newest fortnight of the example changed, before and after. Returns its path."""
    from est_build.cli.audit import passed
    from est_build.diff.compare import compare
    from est_build.diff.lines import Review
    from est_build.diff.report_html import as_html
    from est_build.model.published import load_instance

    before = folder / "fore"
    for name in ("data", "content"):
        shutil.copytree(root / name, before / name)
    shutil.copy(root / "mkdocs.yml", before)
    shutil.rmtree(before / "data" / "perioder" / PERIOD)
    instance = load_instance(root / "data", proven=True)
    told = passed(instance.releases.values(), "sv")
    path = folder / COMPARISON
    path.write_text(as_html(Review(compare(before, instance), "main", (), told)), encoding="utf-8")
    return path


def main() -> int:
    """Take the pictures; return 2 if there is no site or no browser."""
    site = Path(sys.argv[1] if len(sys.argv) > 1 else "site")
    chromium = find()
    if chromium is None or not (site / "index.html").is_file():
        what = "webbläsaren Chromium" if chromium is None else f"en byggd sajt i {site}"
        print(f"Det behövs {what}. Bygg sajten med: est-build build", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as private:
        write_report(Path(private))
        write_comparison(Path(), Path(private))
        handbook = Path("content/handbok/bilder")
        for path in (
            *take(site, Path("docs/bilder"), chromium),
            *take(site, handbook, chromium, HANDBOOK),
            *take(Path(private), handbook, chromium, PRIVATE),
        ):
            print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
