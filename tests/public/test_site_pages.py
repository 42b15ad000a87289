"""The finished example, page by page: all that is promised is there, reachable, well formed and honest."""

from __future__ import annotations

import posixpath
import re
from collections import Counter, defaultdict
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml

from est_build.site.checks import check_site
from tests.public.checkers import FAMILIES, FIXED
from tests.public.conftest import BuiltSite
from tests.public.dom import Document, Node, tables
from tests.public.recount import Recount, swedish

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SRC, _HREF = ("src",), ("href", "xlink:href")
FETCHED = {
    **dict.fromkeys(("script", "iframe", "audio", "embed", "track", "input"), _SRC),
    **dict.fromkeys(("link", "image", "use"), _HREF),
    **dict.fromkeys(("img", "source"), ("src", "srcset")),
    "video": ("src", "poster"),
    "object": ("data",),
}


@pytest.fixture(scope="module")
def counted(built: BuiltSite, repo_root: Path) -> Recount:
    """Return the tests' own reading of the data that the site was built from."""
    return Recount(built.root / "data", repo_root / "est_build/schema/lists")


# ---- every page --------------------------------------------------------------------------------


def wanted_pages(counted: Recount) -> set[str]:
    data = counted.data
    found = {*FIXED}
    found |= {f"/lage/{p}/" for p in counted.published}
    found |= {f"/omraden/{a}/" for a in [*counted.towns, *counted.small()]}
    found |= {f"/kategorier/{g}/" for g in counted.groups}
    for folder in ("atgarder", "fragor"):
        found |= {f"/{folder}/{p.stem}/" for p in (data / folder).glob("*.yml")}
    found |= {f"/utvardering/{p.name}/" for p in (data / "kvartal").iterdir()}
    found |= {f"/ar/{p.name}/" for p in (data / "ar").iterdir()}
    return found


def test_the_page_list_is_complete_and_holds_nothing_else(built: BuiltSite, counted: Recount) -> None:
    wanted, found = wanted_pages(counted), set(built.pages)
    assert wanted <= found, sorted(wanted - found)
    # A merged area has no page; a page that nobody asked for would be an address that must live for ever.
    assert not any("slimminge" in page for page in found)
    families = re.compile("|".join(FAMILIES))
    assert not [page for page in found - wanted if not families.fullmatch(page)]


def test_addresses_are_lower_case_ascii_with_a_slash(built: BuiltSite) -> None:
    for page in built.pages:
        assert page == "/404.html" or re.fullmatch(r"/(?:[a-z0-9-]+/)*", page), page
    for path in built.site.rglob("*"):
        assert path.name.isascii(), path.name


def resolve(address: str, href: str) -> tuple[str, str]:
    """Path and anchor of a link as a browser at ``address`` sees it."""
    parts = urlsplit(href)
    base = address if address.endswith("/") else posixpath.dirname(address)
    path = unquote(parts.path)
    if not path:
        return address, parts.fragment
    full = posixpath.normpath(posixpath.join(base, path))
    if path.endswith(("/", ".", "..")) and full != "/":
        full += "/"
    return full, parts.fragment


def links(page: Document) -> list[str]:
    return [n.attrs["href"] for n in page.root.all("a") if "href" in n.attrs]


def test_every_page_is_reached_from_the_start_page(built: BuiltSite) -> None:
    seen, todo = {"/"}, ["/"]
    while todo:
        address = todo.pop()
        for href in links(built.page(address)):
            if urlsplit(href).scheme:
                continue
            target, _ = resolve(address, href)
            if target in built.pages and target not in seen:
                seen.add(target)
                todo.append(target)
    assert set(built.pages) - seen == {"/404.html"}


def test_no_link_or_anchor_is_broken(built: BuiltSite) -> None:
    broken: dict[str, list[str]] = defaultdict(list)
    for address, page in built.every():
        for href in links(page):
            parts = urlsplit(href)
            if parts.scheme or parts.netloc:
                assert parts.scheme in {"https", "mailto", "tel"}, (address, href)
                continue
            target, anchor = resolve(address, href)
            assert not target.startswith("/.."), (address, href)
            if target in built.pages:
                if anchor and anchor not in built.page(target).ids:
                    broken[href].append(address)
            elif not (built.site / target.strip("/")).is_file():
                broken[href].append(address)
    assert not broken, dict(broken)


def test_links_say_where_they_lead(built: BuiltSite) -> None:
    for address, page in built.every():
        for node in page.root.all("a"):
            name = node.text() or node.attrs.get("aria-label", "")
            assert name, (address, node.attrs)
            assert name.lower() not in {"läs mer", "klicka här", "här", "mer", "länk"}, (address, name)
            if urlsplit(node.attrs.get("href", "")).scheme == "https":
                assert node.attrs["rel"] == "noopener noreferrer", (address, node.attrs)
                assert "target" not in node.attrs, (address, node.attrs)


def test_links_to_other_sites_say_so(built: BuiltSite) -> None:
    """In the text of the link; in the foot of the page in the line before the links."""
    seen = 0
    for address, page in built.every():
        for node in page.root.one("main").all("a"):
            if urlsplit(node.attrs.get("href", "")).scheme == "https":
                assert node.text().endswith(("(annan webbplats)", "(another website)")), (
                    address,
                    node.text(),
                )
                seen += 1
        foot = page.root.one("body").by_class("akut")[0].text()
        assert "webbplats" in foot or "website" in foot, address
    assert seen > 1


def test_the_statement_of_accessibility_is_linked_from_the_root(built: BuiltSite) -> None:
    """The authority's own checker follows no relative link."""
    for address, page in built.every():
        found = [n for n in page.root.all("a") if n.text() == "Tillgänglighetsredogörelse"]
        assert [n.attrs["href"] for n in found][-1:] == ["/tillganglighetsredogorelse/"], address


def test_what_the_search_may_find(built: BuiltSite) -> None:
    for address, page in built.every():
        main = page.root.one("main").attrs
        # A choice among the actions is a list of what is found by itself; so are editions.
        narrowed = re.match(r"/atgarder/(?:status|kommun|ansvarig|sort)/|/oppna-data/utgavor/.", address)
        hidden = narrowed is not None or address in {"/", "/sok/", "/sok/a-o/", "/404.html"}
        assert ("data-sok" in main) == (not hidden), address
        if "data-sok" in main:
            assert re.match(r"slag:[^,:]+(?:, (?:plats|ar):[^,:]+)*$", main["data-sok"]), address


def test_titles_are_unique_and_end_with_the_site(built: BuiltSite) -> None:
    titles = Counter(page.title for _, page in built.every())
    assert [t for t, n in titles.items() if n > 1] == []
    name = built.published.site.namn
    assert all(t == name or t.endswith(f" – {name}") for t in titles)


def test_descriptions(built: BuiltSite) -> None:
    for address, page in built.every():
        found = [n.attrs["content"] for n in page.root.all("meta") if n.attrs.get("name") == "description"]
        assert len(found) == 1, address
        assert found[0].strip(), address


# ---- form --------------------------------------------------------------------------------------


def test_pages_nest_and_ids_are_unique(built: BuiltSite) -> None:
    for address, page in built.every():
        assert page.faults == (), address
        assert page.comments == (), address
        repeated = [i for i, n in Counter(page.ids).items() if n > 1]
        assert repeated == [], address
        for node in page.root.walk():
            for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
                for word in node.attrs.get(name, "").split():
                    assert word in page.ids, (address, name, word)


def test_headings(built: BuiltSite) -> None:
    for address, page in built.every():
        levels = [int(n.tag[1]) for n in page.root.all(*HEADINGS)]
        assert levels.count(1) == 1, address
        assert levels[0] == 1, address
        for before, after in zip([0, *levels], levels, strict=False):
            assert after <= before + 1, (address, before, after)
        assert all(n.text() for n in page.root.all(*HEADINGS)), address


def test_language_landmarks_and_skip_link(built: BuiltSite) -> None:
    for address, page in built.every():
        root = page.root.one("html")
        assert root.attrs["lang"] == ("en" if address.startswith("/en/") else "sv")
        body = root.one("body")
        assert body.all("main", "header", "footer", "nav")
        main = body.one("main")
        first = next(n for n in body.walk() if n.tag == "a")
        assert first.attrs["href"] == f"#{main.attrs['id']}", address
        assert len([n for n in body.all("header") if not n.inside("main", "article", "section")]) == 1
        assert len([n for n in body.all("footer") if not n.inside("main", "article", "section")]) == 1
        navs = [nav.attrs.get("aria-label") or nav.attrs.get("aria-labelledby") for nav in body.all("nav")]
        assert all(navs), address
        assert len(set(navs)) == len(navs), (address, navs)
        names = Counter(
            n.attrs.get("aria-label", "") for n in body.all("aside", "section") if "aria-label" in n.attrs
        )
        assert all(count == 1 for count in names.values()), (address, names)


def test_foreign_words_are_marked(built: BuiltSite) -> None:
    for _, page in built.every():
        for node in page.root.all("a", where=lambda n: n.text() == "In English"):
            assert node.attrs.get("lang") == "en"


def test_tables(built: BuiltSite) -> None:
    for address, page in built.every():
        for table in page.root.all("table"):
            assert table.one("caption").text(), address
            for cell in table.all("th"):
                assert cell.attrs.get("scope") in {"col", "row"}, address
                assert cell.text(), address
            for cell in table.all("td", "th"):
                assert not {"colspan", "rowspan"} & set(cell.attrs), address
        for table in tables(page.root):
            assert all(len(row) == len(table.head) for row in table.rows), (address, table.caption)
            body_rows = table.node.one("tbody").all("tr")
            for row in body_rows:
                first = next(c for c in row.children if isinstance(c, Node))
                assert first.attrs.get("scope") == "row", (address, table.caption)


def test_pictures_are_named(built: BuiltSite) -> None:
    for address, page in built.every():
        for svg in page.root.all("svg"):
            if svg.attrs.get("aria-hidden") == "true":
                continue
            assert svg.attrs.get("role") in {"img", "group"}, (address, svg.attrs)
            named = svg.attrs.get("aria-label") or svg.attrs.get("aria-labelledby")
            assert named, (address, svg.attrs)
        for image in page.root.all("img"):
            assert "alt" in image.attrs, address


# ---- nothing foreign, nothing inline -----------------------------------------------------------


def test_nothing_inline(built: BuiltSite) -> None:
    for address, page in built.every():
        for node in page.root.walk():
            assert node.tag != "style", address
            assert "style" not in node.attrs, (address, node.tag)
            assert not [name for name in node.attrs if name.startswith("on")], (address, node.tag)
            if node.tag == "script":
                assert node.attrs.get("src"), address
                assert not node.text(), address
            for value in node.attrs.values():
                assert not value.strip().lower().startswith(("javascript:", "vbscript:", "data:text")), (
                    address
                )


def test_nothing_is_fetched_from_another_host(built: BuiltSite) -> None:
    for address, page in built.every():
        for node in page.root.walk():
            if node.tag == "link" and node.attrs.get("rel") in {"canonical", "alternate"}:
                continue
            for name in FETCHED.get(node.tag, ()):
                for part in node.attrs.get(name, "").split(","):
                    url = urlsplit(part.strip().split(" ")[0])
                    assert not url.scheme or url.scheme == "data", (address, node.attrs)
                    assert not url.netloc, (address, node.attrs)
        assert not page.root.all("iframe", "object", "embed", "form", "base"), address
    for path in [*built.site.rglob("*.css"), *built.site.rglob("*.svg")]:
        text = path.read_text(encoding="utf-8")
        assert "@import" not in text, path.name
        for url in re.findall(r"url\(([^)]*)\)", text):
            assert not urlsplit(url.strip("\"' ")).netloc, (path.name, url)


def test_scripts_stand_only_where_they_are_needed(built: BuiltSite) -> None:
    for address, page in built.every():
        scripts = page.root.all("script")
        policy = next(
            n for n in page.root.all("meta") if n.attrs.get("http-equiv") == "Content-Security-Policy"
        )
        assert ("script-src" in policy.attrs["content"]) == bool(scripts), address
        if address not in {"/karta/", "/sok/"}:
            assert scripts == [], address


def test_the_policy_is_first_and_strict(built: BuiltSite) -> None:
    for address, page in built.every():
        head = [n for n in page.root.one("head").children if isinstance(n, Node)]
        assert head[0].attrs == {"charset": "utf-8"}, address
        policy = head[1].attrs
        assert policy["http-equiv"] == "Content-Security-Policy", address
        rules = dict(rule.split(maxsplit=1) for rule in policy["content"].split("; "))
        assert rules["default-src"] == "'none'", address
        assert rules["base-uri"] == "'none'", address
        assert rules["form-action"] == "'none'", address
        for name, value in rules.items():
            words = set(value.split())
            assert not words & {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "http:"}, (address, name)
            assert words <= {"'none'", "'self'", "data:"}, (address, name)
            assert "data:" not in words or name == "img-src", (address, name)


def test_the_checks_of_the_build_agree(built: BuiltSite) -> None:
    check_site(built.site, [page.strip("/") for page in built.pages if page.endswith("/")])


# ---- the example ---------------------------------------------------------------------------------


def test_every_page_says_that_it_is_an_example(built: BuiltSite) -> None:
    for address, page in built.every():
        robots = [n.attrs["content"] for n in page.root.all("meta") if n.attrs.get("name") == "robots"]
        assert robots == ["noindex"], address
        banner = page.root.one("body").by_class("exempel")[0].text()
        assert banner.startswith("EXAMPLE" if address.startswith("/en/") else "EXEMPEL"), address


def test_every_figure_says_that_it_is_an_example(built: BuiltSite) -> None:
    seen = 0
    for address, page in built.every():
        for svg in page.root.all("svg", where=lambda n: n.has("bild")):
            texts = [t.text() for t in svg.all("text")]
            assert texts.count("EXEMPEL") == 1, (address, svg.attrs.get("class"))
            seen += 1
    assert seen > 200


# ---- no ranking, no red --------------------------------------------------------------------------


def test_areas_stand_in_alphabetical_order_everywhere(built: BuiltSite, counted: Recount) -> None:
    """Lists and tables of three areas or more. (Actions come by date, and may name an area each.)"""
    names = {p["namn"] for p in counted.areas.values()}
    small = {counted.areas[a]["namn"] for a in counted.small()}
    towns = {counted.areas[t]["namn"] for t in counted.towns}
    checked = 0
    for address, page in built.every():
        for node in page.root.all("ul", "tbody", "tr", "thead"):
            cells = [c.text() for c in node.children if isinstance(c, Node)]
            if node.tag == "tbody":
                cells = [row.all("th", "td")[0].text() for row in node.all("tr")]
            found = [cell for cell in cells if cell in names]
            if len(found) < 3 or len(found) < len(cells) - 1:
                continue
            if node.tag == "tbody" and [c.text() for c in node.all("td")][1:2] == [""]:
                continue
            runs = _runs(found, towns, small, mixed="Borrby" not in found[:1] and address == "/omraden/")
            for run in runs:
                assert run == sorted(run, key=swedish), (address, run)
            checked += 1
    assert checked > 300


def _runs(found: list[str], towns: set[str], small: set[str], *, mixed: bool) -> list[list[str]]:
    """Municipalities and small areas may stand one sort after the other, or town by town."""
    if mixed:
        return [found]
    ordered = [[n for n in found if n in towns], [n for n in found if n in small]]
    if ordered[1] == sorted(ordered[1], key=swedish):
        return ordered
    # Town by town: a new run begins where the alphabet begins again; there are as many runs as towns.
    runs: list[list[str]] = [[]]
    for name in found:
        if runs[-1] and swedish(name) < swedish(runs[-1][-1]):
            runs.append([])
        runs[-1].append(name)
    assert len(runs) <= len(towns) + 1, found
    return runs


def test_no_word_of_ranking(built: BuiltSite) -> None:
    words = re.compile(
        r"\b(?:värst\w*|topplist\w*|rank\w+|tryggast\w*|farligast\w*|utsatt område)\b", re.IGNORECASE
    )
    for address, page in built.every():
        if address.startswith(("/om/", "/metod/", "/en/")):
            continue
        found = words.findall(page.root.one("main").words())
        assert not found, (address, found)


def test_no_number_per_inhabitant(built: BuiltSite) -> None:
    for address, page in built.every():
        text = page.root.one("main").words()
        assert not re.search(r"\d[^.]{0,30}per (?:[\d \u202f]+ |tusen )?invånare", text), address


NAMED = {
    "red",
    "green",
    "crimson",
    "darkred",
    "firebrick",
    "tomato",
    "lime",
    "forestgreen",
    "maroon",
    "salmon",
}


def hue(colour: str) -> tuple[float, float]:
    """Hue in degrees and chroma (0–1) of ``#rgb`` or ``#rrggbb``."""
    digits = colour.lstrip("#")
    if len(digits) in {3, 4}:
        digits = "".join(c * 2 for c in digits)
    r, g, b = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    most, least = max(r, g, b), min(r, g, b)
    chroma = most - least
    if chroma == 0:
        return 0, 0
    turn = {r: ((g - b) / chroma) % 6, g: (b - r) / chroma + 2, b: (r - g) / chroma + 4}[most]
    return 60 * turn, chroma


def colours(text: str) -> set[str]:
    return set(re.findall(r"#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})\b(?!-)", text))


def test_no_red_and_no_green(built: BuiltSite) -> None:
    seen = set()
    for path in [*built.site.rglob("*.css"), *built.site.rglob("*.svg"), *built.site.rglob("*.html")]:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".html":
            text = " ".join(re.findall(r'\s(?:fill|stroke|stop-color|color)="([^"]*)"', text))
        if "leaflet" in path.as_posix():
            text = re.sub(r"\.leaflet-(?:control-attribution|container) [^}]*}", "", text)
        seen |= {(c.lower(), path.name) for c in colours(text)}
        words = set(re.findall(r"(?:fill|stroke|color|background)\s*[:=]\s*\"?([a-z]+)", text))
        assert not words & NAMED, (path.name, words & NAMED)
    assert len(seen) > 30
    for colour, name in sorted(seen):
        degrees, chroma = hue(colour)
        if chroma < 0.15:
            continue
        assert not (degrees < 20 or degrees > 335), (colour, name, degrees)
        assert not 75 <= degrees <= 160, (colour, name, degrees)


# ---- honesty -------------------------------------------------------------------------------------


def test_actions_come_before_the_map(built: BuiltSite) -> None:
    page = built.page("/")
    ids = page.ids
    assert ids.index("atgarder") < ids.index("karta")


def test_nobody_claims_a_cause(built: BuiltSite) -> None:
    claim = re.compile(
        r"(?:åtgärden|insatsen|belysningen|lamporna) (?:minskade|sänkte|gav färre|ledde till)", re.IGNORECASE
    )
    for address, page in built.every():
        assert not claim.search(page.root.one("main").words()), address


def test_every_area_page_has_the_same_template(built: BuiltSite, counted: Recount) -> None:
    shapes = defaultdict(set)
    for area in counted.small():
        page = built.page(f"/omraden/{area}/").root.one("main")
        heads = tuple(n.text() for n in page.all("h2") if n.attrs.get("id"))
        shapes[heads].add(area)
    assert len(shapes) == 1, shapes


def test_old_pictures_point_at_the_newest(built: BuiltSite, counted: Recount) -> None:
    latest = counted.published[-1]
    for period in counted.published:
        text = built.page(f"/lage/{period}/").root.one("main").text()
        assert ("Äldre lägesbild." in text) == (period != latest)


def test_corrections_stand_on_the_page_that_they_correct(built: BuiltSite) -> None:
    for row in built.published.texts.corrections:
        if row.galler.startswith("/lage/"):
            assert row.vad_andrades in built.page(row.galler).root.one("main").text()
        assert row.vad_var_fel in built.page("/rattelser/").root.one("main").text()
        assert row.galler in built.pages


def test_late_actions_are_told_with_their_reason(built: BuiltSite) -> None:
    text = built.page("/atgarder/2026-011/").root.one("main").text()
    reason = built.published.texts.actions["2026-011"].forsenad_varfor
    assert reason is not None
    assert "Försenad" in text
    assert reason in text
    assert "27 november 2026" in text


def test_the_start_page_is_the_newest_picture(built: BuiltSite, counted: Recount) -> None:
    start, latest = built.page("/"), built.page(f"/lage/{counted.published[-1]}/")
    assert start.root.one("main").text() == latest.root.one("main").text()
    canonical = [n.attrs["href"] for n in start.root.all("link") if n.attrs.get("rel") == "canonical"]
    assert canonical == [f"{built.published.site.bas_url}lage/{counted.published[-1]}/"]


def test_every_page_has_one_canonical_address(built: BuiltSite) -> None:
    base = built.published.site.bas_url
    for address, page in built.every():
        found = [n.attrs["href"] for n in page.root.all("link") if n.attrs.get("rel") == "canonical"]
        if address == "/404.html":
            assert found == []
        elif address != "/":
            assert found == [f"{base}{address.lstrip('/')}"], address


def test_the_page_that_is_not_found(built: BuiltSite) -> None:
    page = built.page("/404.html").root.one("main")
    assert "Sidan finns inte" in page.text()
    assert len(page.text()) >= 150
    assert len(page.all("a")) >= 5


def test_no_address_of_a_person(built: BuiltSite) -> None:
    mail = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
    for address, page in built.every():
        for found in mail.findall(page.source):
            assert found.split("@")[0] in {"trygghet", "kontakt", "registrator", "dataskyddsombud"}, (
                address,
                found,
            )
            assert found.rstrip(".").endswith(".example"), (address, found)


def test_sitemap_and_robots(built: BuiltSite) -> None:
    text = (built.site / "sitemap.xml").read_text(encoding="utf-8")
    found = set(re.findall(r"<loc>([^<]+)</loc>", text))
    base = built.published.site.bas_url
    assert found == {base + page.lstrip("/") for page in built.pages if page != "/404.html"}
    rows = re.findall(r"<loc>([^<]+)</loc>(?:\s*<lastmod>([^<]+)</lastmod>)?", text)
    dates = {address.removeprefix(base.rstrip("/")): day for address, day in rows}
    published = built.published
    assert dates["/"] == dates["/omraden/kivik/"] == str(published.date)
    assert dates["/om/"] == ""
    assert dates["/lage/2026-v43-44/"] == str(published.texts.pictures["2026-v43-44"].publicerad)
    (corrected,) = (c for c in published.texts.corrections if c.galler == "/lage/2026-v37-38/")
    assert dates["/lage/2026-v37-38/"] == str(corrected.datum)
    for action in published.texts.actions.values():
        days = [*(e.datum for e in action.historik), *(row.datum for row in action.uppfoljningar)]
        assert dates[f"/atgarder/{action.id}/"] == str(max(days))
    robots = (built.site / "robots.txt").read_text(encoding="utf-8")
    assert robots == f"User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n"


def test_the_engine_leaves_nothing_of_its_own(built: BuiltSite) -> None:
    names = {p.relative_to(built.site).as_posix() for p in built.site.rglob("*") if p.is_file()}
    assert not [n for n in names if n.startswith(("assets/javascripts", "assets/stylesheets", "search/"))]
    assert not [n for n in names if n.endswith((".map", ".py", ".md", ".yml", ".gz", ".j2"))]
    linked = {"assets/est.css", "assets/ikon.svg"}
    assert linked <= names


def test_the_settings_of_the_engine_equal_those_of_the_site(repo_root: Path) -> None:
    engine = yaml.safe_load((repo_root / "mkdocs.yml").read_text(encoding="utf-8"))
    site = yaml.safe_load((repo_root / "data/webbplats.yml").read_text(encoding="utf-8"))
    assert engine["site_name"] == site["namn"]
    assert engine["site_url"] == site["bas_url"]
    assert engine["plugins"] == []
    assert engine["docs_dir"] == "build/docs"
    assert "hooks" not in engine
    assert len(engine["nav"]) <= 7
