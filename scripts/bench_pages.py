"""Pages with a table, a chart and a map each, made in three ways. One way is one process of ``bench.py``.

    bench_pages.py material 1000 FOLDER     write the same pages as Markdown, for mkdocs-material
    bench_pages.py est 1000 FOLDER          from numbers to a checked site, as ``est-build build`` does it
    bench_pages.py floor 0 FOLDER           the floor: Jinja alone writes the pages of FOLDER/site again
    bench_pages.py markdown 0 FOLDER        the pages of FOLDER/site as Markdown, for mkdocs-material

The page that everybody makes has three paragraphs, a table of 26 rows, a chart of the same 26 fortnights and
a map of the example's 31 areas with names and numbers. mkdocs-material is given the pictures as they are
inside Markdown, and the table as a Markdown table: it draws nothing, and it is run without its search.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

ROOT = Path(__file__).resolve().parent.parent
POINTS = 26
WORDS = (
    "Nätverket har svarat på enkäten varannan vecka. Antalen är påhittade och finns bara för att mäta tid.",
    "Rapporterna visas som intervall i steg om fem. Det som är dolt sägs vara dolt och inget annat.",
    "Åtgärderna följs upp av dem som bestämde dem. Läs mer om hur vi arbetar på sidan om metoden.",
)
CONFIG = """site_name: Mätning
docs_dir: docs
site_dir: site
theme: {name: material, font: false, language: sv}
plugins: []
markdown_extensions: [attr_list, tables, toc]
nav: [{Start: index.md}]
not_in_nav: "*"
"""


def figures(count: int) -> Any:
    """One page after the other: title, figures (ours), and the rows of its table."""
    from est_build.figures.ground import Ground
    from est_build.figures.symbol_map import MapLook, symbol_map
    from est_build.figures.trend import trend_figure
    from est_build.load.frame import load_frame
    from est_build.model.cell import HIDDEN, Shown
    from est_build.model.series import Participation, Point, Series

    frame = load_frame(ROOT / "data")
    spans = frame.calendar.periods[-POINTS:]
    towns = tuple(area for area in frame.areas if area.level == "kommun")
    small = tuple(area for area in frame.areas if area.level == "omrade")
    waters = tuple((water.name, *water.point) for water in frame.waters)
    ground = Ground(small, towns, frame.background, waters)
    chance = random.Random(2026)
    for number in range(count):
        lows = [chance.randrange(0, 14) * 5 for _ in spans]
        cells = [Shown(low, low + 4) if low else HIDDEN for low in lows]
        points = tuple(
            Point(s, c, Participation(30, Shown(20, 24))) for s, c in zip(spans, cells, strict=True)
        )
        series = Series(f"matning/{number}", f"Område {number}", "alla rapporter", points)
        values = {}
        for area in ground.areas:
            low = chance.randrange(0, 9) * 5
            values[area.id] = Shown(low, low + 4) if low else HIDDEN
        title = f"Mätning {number}"
        look = MapLook(key=f"k{number}")
        map_ = symbol_map(ground, values, title=title, description="Påhittat.", look=look)
        yield (
            number,
            title,
            map_,
            trend_figure(series),
            [
                (s.label, f"{low}–{low + 4}" if low else "under visningsgränsen", "20–24 av 30")
                for s, low in zip(spans, lows, strict=True)
            ],
        )


def body(title: str, map_: Any, chart: Any) -> Any:
    """The HTML of a page of ours."""
    from markupsafe import Markup

    words = Markup("").join(Markup("<p>{}</p>").format(w) for w in WORDS)
    return Markup("<h1>{}</h1>{}{}{}").format(title, words, map_, chart)


def est(count: int, folder: Path) -> None:
    """Numbers to a whole site, with every step of a build that has pages in it."""
    from est_build.load.frame import load_frame
    from est_build.pages.context import Context
    from est_build.pages.finish import finisher
    from est_build.pages.page import Page
    from est_build.pages.styles import STYLE_ASSET, style_sheet
    from est_build.site.build import uncollected
    from est_build.site.cache import Cache
    from est_build.site.engine import write_config
    from est_build.site.place import swap_in
    from est_build.site.render import Workshop, render
    from est_build.site.search import write_index

    with uncollected():
        frame = load_frame(ROOT / "data")
        published = cast(Any, SimpleNamespace(site=frame.site, date=frame.calendar.periods[-1].publishes))
        cache = Cache(folder / "build" / "minne.sqlite")
        context = Context(published, cache)

        def pages() -> Iterator[Page]:
            for number, title, map_, chart, _ in figures(count):
                html = body(title, map_, chart)
                yield Page(address(number), title, "Påhittat.", "laget", html, kind="Sida")

        build = folder / "build"
        config = write_config(ROOT, build, published)
        new, site = build / "site-ny", folder / "site"
        shop = Workshop(published, build, config, finisher(ROOT / "content"), cache, site)
        render(shop, pages(), {STYLE_ASSET: style_sheet().encode()}, new)
        write_index(new, context.memo)
        check_pages(new, [address(number) for number in range(count)], cache)
        swap_in(new, site)
        cache.save()
        cache.close()


def address(number: int) -> str:
    """Where a page stands: the first is the start page."""
    return f"sida/{number}/" if number else ""


def check_pages(new: Path, paths: list[str], cache: Any) -> None:
    """The check of a build. Head and foot lead to pages that are not here: nothing else may be wrong."""
    from est_build.problems import ProblemsError
    from est_build.site.checks import check_site

    try:
        check_site(new, paths, "/", cache)
    except ProblemsError as error:
        assert all("leder ingenstans" in problem.message() for problem in error.problems)


def material(count: int, folder: Path) -> None:
    """The same pages as Markdown."""
    docs = folder / "material" / "docs"
    docs.mkdir(parents=True)
    (folder / "material" / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    for number, title, map_, chart, rows in figures(count):
        pictures = re.findall(r"<svg\b.*?</svg>", f"{map_}{chart}", re.DOTALL)
        table = ["| Period | Rapporter | Svar |", "| --- | ---: | --- |"]
        table += [f"| {' | '.join(row)} |" for row in rows]
        text = "\n\n".join([f"# {title}", *WORDS, *pictures, "\n".join(table), ""])
        name = f"sida-{number}.md" if number else "index.md"
        (docs / name).write_text(text, encoding="utf-8")


def written(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Every page of the site in a folder: its name, what stands around its ``main``, and what is in it."""
    site = folder / "site"
    for path in sorted(site.rglob("index.html")):
        html = path.read_text(encoding="utf-8")
        start, end = html.index(">", html.index("<main")) + 1, html.rindex("</main>")
        yield path.parent.relative_to(site).as_posix(), html[:start] + "@@" + html[end:], html[start:end]


def split(count: int, folder: Path) -> None:
    """Write what the floor reads: the shell of a page, and the parts of each."""
    ready = [(name, inside) for name, _, inside in written(folder)]
    _, shell, _ = next(written(folder))
    (folder / "floor.json").write_text(json.dumps([shell, ready]), encoding="utf-8")


def floor(count: int, folder: Path) -> None:
    """The same HTML from a template that has nothing to think of."""
    import jinja2

    shell, ready = json.loads((folder / "floor.json").read_text(encoding="utf-8"))
    before, after = shell.split("@@")
    source = "{{ before | safe }}{{ page | safe }}{{ after | safe }}"
    template = jinja2.Environment(autoescape=True).from_string(source)
    for name, inside in ready:
        path = folder / "floor" / name / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(template.render(before=before, page=inside, after=after), encoding="utf-8")


class _Markdown(HTMLParser):
    """The text, links and tables of a page as Markdown. Pictures are taken out before and put back after."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._text = ""
        self._row: list[str] | None = None
        self._rows = 0
        self._href = ""

    def _end(self, before: str = "") -> None:
        text = " ".join(self._text.split())
        if text:
            self.lines += [f"{before}{text}", ""]
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._href = dict(attrs).get("href") or ""
            self._text += "["
        elif tag == "table":
            self._end()
            self._rows = 0
        elif tag == "tr":
            self._row = []
        elif self._row is None and tag in {"p", "li", "div", "section", "h1", "h2", "h3", "h4", "dt", "dd"}:
            self._end()

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._text += f"]({self._href})"
        elif tag in {"td", "th"} and self._row is not None:
            self._row.append(" ".join(self._text.split()).replace("|", "/"))
            self._text = ""
        elif tag == "tr" and self._row is not None:
            self.lines.append(f"| {' | '.join(self._row)} |")
            if not self._rows:
                self.lines.append(f"|{' --- |' * len(self._row)}")
            self._rows, self._row = self._rows + 1, None
        elif tag == "table":
            self.lines.append("")
        elif tag in {"h1", "h2", "h3", "h4"}:
            self._end("#" * int(tag[1]) + " ")
        elif self._row is None and tag in {"p", "div", "section", "dt", "dd", "summary"}:
            self._end()
        elif self._row is None and tag == "li":
            self._end("- ")

    def handle_data(self, data: str) -> None:
        self._text += data


def markdown(count: int, folder: Path) -> None:
    """The site's own pages for mkdocs-material: Markdown text and tables, pictures as they are."""
    docs = folder / "material" / "docs"
    docs.mkdir(parents=True)
    (folder / "material" / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    for name, _, inside in written(folder):
        pictures = re.findall(r"<svg\b.*?</svg>", inside, re.DOTALL)
        reader = _Markdown()
        reader.feed(re.sub(r"<svg\b.*?</svg>", "", inside, flags=re.DOTALL))
        reader.close()
        text = "\n".join([*reader.lines, "", *(f"{picture}\n" for picture in pictures)])
        path = docs / name / "index.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    way, amount, where = sys.argv[1:]
    ways = {"est": est, "material": material, "split": split, "floor": floor, "markdown": markdown}
    ways[way](int(amount), Path(where))
