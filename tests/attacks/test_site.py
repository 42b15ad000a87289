"""The built site: whatever a browser, a script or a search engine gets must hold no more than the files."""

from __future__ import annotations

import base64
import gzip
import html
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import jinja2
import pytest

from est_build.pages import links
from est_build.site.build import build_site
from tests.attacks.tools import Cell, Published
from tests.attacks.worlds import HERE, Truth, publish, seen, truth, with_pages
from tests.private.instance import AREAS, FIRST, SECOND, Book, Instance, make_instance
from tests.private.walk import files
from tests.public.dom import Node, parse
from tests.public.instances import linked, write

EKBY, ASEN = (419, 409, 0, 409), (561, 0, 551, 549)
"""How often the first members reported: counts that stand nowhere by chance."""
HIDDEN = "··"
PAGE = "lage/2026-v53-2027-v01/index.html"
AREA = "omraden/asen/index.html"


@dataclass(frozen=True)
class Site:
    """A built site, and the truth behind it."""

    root: Path
    seen: Published
    told: Truth

    @property
    def canaries(self) -> set[int]:
        """Exact counts that no interval ends with: none of them can stand anywhere by right."""
        ends = {end for interval in self.seen.shown.values() for end in interval}
        return {n for c in self.seen.cells if (n := self.told.count(c)) > 999} - ends


def instance_of(root: Path) -> tuple[Instance, tuple[Book, Book]]:
    """Two fortnights. Of Åsen: much litter, one theft, and nine noises heard by one member."""
    first = Book(FIRST).add("Norrby idrott", 1, omrade="asen", kategori="stold.cykel")
    first.add("Norrby park", 9, omrade="asen", kategori="ordning.ljud")
    for name, many, more in zip(HERE, EKBY, ASEN, strict=False):
        first.add(name, many, omrade="ekby").add(name, more, omrade="asen", kategori="nedskrapning.skrap")
    books = first, Book(SECOND).safe(omrade="ekby")
    instance = publish(make_instance(root), *books)
    with_pages(instance)
    return instance, books


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a built site. Nobody may change it."""
    root = tmp_path_factory.mktemp("webb") / "prov"
    instance, books = instance_of(root)
    build_site(root, root / "site")
    published = seen(instance)
    return Site(root / "site", published, truth(published, *books))


@pytest.fixture
def copy(site: Site, tmp_path: Path) -> Site:
    """Return a copy that a leak may be put into."""
    return Site(linked(site.root, tmp_path / "site"), site.seen, site.told)


# ---- 16: more in the files than on the page -----------------------------------------------------


def readings(content: bytes) -> Iterator[str]:
    """A file as text, and what a machine makes of its entities, escapes and packed parts."""
    text = content.decode("utf-8", "replace")
    yield text
    yield html.unescape(text)
    yield unquote(text)
    if "\\u" in text or "\\x" in text:
        yield text.encode("latin-1", "replace").decode("unicode_escape", "replace")
    for packed in re.findall(r"base64,([A-Za-z0-9+/=]{8,})", text):
        yield base64.b64decode(packed + "===").decode("utf-8", "replace")


def leaks(site: Site) -> list[str]:
    """Where an exact count stands, with or without a mark between its thousands."""
    digits = (f"{n // 1000}[\\s.,_']?{n % 1000:03}" for n in site.canaries)
    wanted = re.compile(rf"(?<![\d.])(?:{'|'.join(digits)})(?!\d)")
    found = []
    for name, content in files(site.root):
        if name.rsplit(".", 1)[-1] not in ("woff2", "png", "ico", "gz"):
            found += [name for text in readings(content) for _ in wanted.finditer(text)]
    return found


def test_16_nothing_but_intervals(site: Site) -> None:
    assert len(site.canaries) >= 3
    assert leaks(site) == []


def before(mark: str, more: str) -> Callable[[Path, int], None]:
    """Put something before the first ``mark`` of a page."""

    def planted(root: Path, _: int) -> None:
        text = (root / AREA).read_text(encoding="utf-8")
        assert mark in text
        write(root / AREA, text.replace(mark, more + mark, 1))

    return planted


def beside(name: str, content: Callable[[int], bytes]) -> Callable[[Path, int], None]:
    """Put a file beside the pages."""
    return lambda root, n: write(root / name, content(n))


def spelled(form: str) -> Callable[[Path, int], None]:
    """Put a number on a page, in a form of its own."""
    return lambda root, n: before("</main>", form.format(n=n, k=n // 1000, r=n % 1000))(root, n)


def entities(n: int) -> str:
    return "".join(f"&#{ord(digit)};" for digit in str(n))


PLANTS: dict[str, Callable[[Path, int], None]] = {
    "tooltip": spelled('<b title="{n} rapporter">5–9</b>'),
    "alt text": spelled('<img alt="Diagram: {k} {r:03} rapporter">'),
    "for screen readers": spelled('<p aria-label="{k}\u00a0{r:03}"></p>'),
    "sort order": spelled('<tr data-sort="{n}"></tr>'),
    "comment": spelled("<!-- {n} -->"),
    "description of a picture": spelled("<svg><desc>{k}\u202f{r:03}</desc></svg>"),
    "entities": lambda root, n: before("</main>", "<p>" + "".join(f"&#{ord(c)};" for c in str(n)) + "</p>")(
        root, n
    ),
    "packed picture": lambda root, n: before(
        "</main>", f"<img src='data:text/plain;base64,{base64.b64encode(f'antal {n}'.encode()).decode()}'>"
    )(root, n),
    "address": spelled('<a href="?antal%3D{n}">Åsen</a>'),
    "map": beside("assets/kartor/mer.json", lambda n: json.dumps({"asen": n}).encode()),
    "escapes": beside("assets/mer.js", lambda n: "".join(f"\\u{ord(c):04x}" for c in str(n)).encode()),
    "search index": beside("search/search_index.json", lambda n: f'{{"text":"{n} rapporter"}}'.encode()),
    "table": beside("data/mer.csv", lambda n: f"omrade,antal\nasen,{n}\n".encode()),
    "packed file": beside("sitemap.xml.gz", lambda n: gzip.compress(f"<loc>{n}</loc>".encode())),
    "feed": beside("flode.xml", lambda n: f"<title>{n}</title>".encode()),
}
"""Where a number may stand that nobody sees on the page: the search must find it in each place."""


@pytest.mark.parametrize("place", PLANTS)
def test_16_the_search_finds_a_count_anywhere(copy: Site, place: str) -> None:
    for count in copy.canaries:
        PLANTS[place](copy.root, count)
    assert leaks(copy)


@pytest.mark.parametrize("template", ["area.html.j2", "opendata.html.j2"])
def test_16_a_template_that_says_too_much(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: str
) -> None:
    """The same search, on a site whose template was given the exact number."""
    loader = links._ENV.loader
    assert loader is not None
    source, _, _ = loader.get_source(links._ENV, template)
    told = jinja2.DictLoader({template: f'{source}\n<p class="dold" title="{min(site.canaries)} st"></p>'})
    monkeypatch.setattr(links._ENV, "loader", jinja2.ChoiceLoader([told, loader]))
    monkeypatch.setattr(links._ENV, "cache", {})
    instance = Instance(tmp_path / "prov")
    shutil.copytree(site.root.parent, instance.root, ignore=shutil.ignore_patterns("site", "build", "privat"))
    build_site(instance.root, tmp_path / "site")
    assert leaks(Site(tmp_path / "site", site.seen, site.told))


# ---- 11: one symbol -----------------------------------------------------------------------------


def marks(site: Site) -> set[str]:
    """Every form in which a hidden count stands in a cell of a table, but for who was asked."""
    found = set()
    for path in site.root.rglob("*.html"):
        for cell in parse(path.read_text(encoding="utf-8")).root.all("td"):
            if HIDDEN in cell.words() or re.match(r"under\b", cell.words(), re.IGNORECASE):
                found.add(" ".join([re.sub(r" av \d+$", "", cell.words()), *_attributes(cell)]))
    return {form for form in found if form.replace("tal", "").strip() != HIDDEN}


def _attributes(cell: Node) -> Iterator[str]:
    for node in cell.walk():
        yield from (v for name, v in node.attrs.items() if name not in ("data-label", "headers"))


def test_11_one_mark_for_all_that_is_hidden(site: Site) -> None:
    """Nothing, one theft, and nine noises of one member look the same."""
    assert site.told.count(Cell(FIRST, "norrby", "stold")) == 1
    assert site.told.count(Cell(FIRST, "norrby", "ordning")) == 9
    assert site.told.count(Cell(FIRST, "norrby", "trafik")) == 0
    assert marks(site) == set()


@pytest.mark.parametrize(
    "other", ['<td class="tal" title="för få uppgiftslämnare">··</td>', '<td class="tal fa">··</td>',
              '<td class="tal">·· (1–4)</td>', '<td class="tal"><span class="noll">··</span></td>']
)  # fmt: skip
def test_11_a_reason_beside_the_mark(copy: Site, other: str) -> None:
    text = (copy.root / PAGE).read_text(encoding="utf-8")
    plain = re.search(r'<td class="tal"[^>]*>··</td>', text)
    assert plain is not None
    write(copy.root / PAGE, text.replace(plain[0], other, 1))
    assert marks(copy)


# ---- 13: shares ---------------------------------------------------------------------------------

SHARE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:%|procent\b)")
INTERVAL = re.compile(r"(?<!\d)(\d+)–(\d+)(?!\d)")


def counted_back(site: Site, page: str) -> list[int]:
    """Counts that a percentage on a page gives away together with the intervals on it."""
    text = parse((site.root / page).read_text(encoding="utf-8")).root.one("main").words()
    steps = {(int(a), int(b)) for a, b in INTERVAL.findall(text) if int(b) - int(a) == 4 and int(a) % 5 == 0}
    found = []
    for share in SHARE.findall(text):
        value = float(share.replace(",", "."))
        pairs = [
            (part, whole)
            for low, high in steps
            for whole in range(low, high + 1)
            for first, last in steps
            for part in range(first, min(last, whole) + 1)
            if f"{100 * part / whole:.1f}" == f"{value:.1f}"
        ]
        found += [whole for _, whole in pairs] if len({whole for _, whole in pairs}) == 1 else []
    return found


def test_13_no_share_gives_a_count_back(site: Site) -> None:
    for path in site.root.rglob("*.html"):
        assert counted_back(site, path.relative_to(site.root).as_posix()) == []


def test_13_a_percentage_would(copy: Site) -> None:
    """Seven of nine, shown as 5–9 of 5–9, and "77,8 %": then it was nine, and seven of them."""
    text = (copy.root / PAGE).read_text(encoding="utf-8")
    write(copy.root / PAGE, text.replace("</main>", "<p>5–9 av 5–9, det är 77,8 %.</p></main>", 1))
    assert set(counted_back(copy, PAGE)) == {9}


# ---- 17: signals --------------------------------------------------------------------------------

SIGNAL = re.compile(
    r"(?:fler|färre|mer|mindre) än (?:vanligt|väntat|förra|tidigare)|\b(?:ökning|ökat|ökar|minskning|minskat"
    r"|minskar|stiger|stigit|sjunker|sjunkit|fördubbl\w+|dubbelt så)\b",
    re.IGNORECASE,
)


def signalled(site: Site) -> set[str]:
    """Hidden areas that a sentence about more or less names on a page of their own time or place."""
    names = {area: AREAS[area][0] for area in site.seen.areas}
    found = set()
    for path in site.root.rglob("*.html"):
        words = parse(path.read_text(encoding="utf-8")).root.one("body").words()
        for sentence in re.split(r"(?<=[.!?])\s", words):
            if SIGNAL.search(sentence):
                found |= {a for a, name in names.items() if re.search(rf"\b{name}\b", sentence)}
    return {a for a in found if Cell(SECOND, a, "alla") in site.seen.hidden}


def test_17_no_signal_names_what_is_hidden(site: Site) -> None:
    assert Cell(SECOND, "asen", "alla") in site.seen.hidden
    assert signalled(site) == set()


def test_17_a_signal_that_does(copy: Site) -> None:
    text = (copy.root / AREA).read_text(encoding="utf-8")
    write(copy.root / AREA, text.replace("</main>", "<p>Fler än vanligt i Åsen.</p></main>", 1))
    assert signalled(copy) == {"asen"}


# ---- 10 and 18: who told ------------------------------------------------------------------------


def named(site: Site) -> set[str]:
    """Members whose names stand anywhere in the site."""
    wanted = {name.casefold(): name for name in HERE}
    found = set()
    for _, content in files(site.root):
        text = content.decode("utf-8", "replace").casefold()
        found |= {name for folded, name in wanted.items() if folded in text}
    return found


def test_10_no_member_is_named(site: Site, copy: Site) -> None:
    assert named(site) == set()
    write(copy.root / "data" / "mer.csv", "organisation\nNORRBY FRITIDSGÅRD\n")
    assert named(copy) == {"Norrby fritidsgård"}
