"""The templates: what stands in every page, and what never may."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import pytest

from est_build.pages.styles import style_sheet
from tests.figures.checks import NASTY, read
from tests.theme.render import THEME, Config, Page, render_page

TEMPLATES = sorted(THEME.rglob("*.html"))


def page(meta: dict[str, Any] | None = None, content: str = "<h1>Rubrik</h1>", **kwargs: Any) -> str:
    return render_page(content, meta or {"title": "Läget vecka 45–46", "avsnitt": "laget"}, **kwargs)


def attrs(html: str, tag: str) -> list[dict[str, str | None]]:
    return [found for name, found in read(html).tags if name == tag]


def test_head() -> None:
    html = page({"title": "Läget", "description": 'Säg "hej" <b>', "avsnitt": "laget"})
    assert "<title>Läget – Tryggt i sydöstra Skåne</title>" in html
    metas = {m.get("name") or m.get("property"): m.get("content") for m in attrs(html, "meta")}
    assert metas["description"] == 'Säg "hej" <b>'
    assert metas["robots"] == "noindex"
    assert metas["viewport"] == "width=device-width, initial-scale=1"
    assert metas["og:title"] == "Läget" and metas["og:locale"] == "sv_SE"
    assert '<link rel="canonical" href="https://exempel.invalid/">' in html
    assert html.index("Content-Security-Policy") < html.index("<link")


def test_the_site_without_example_data_is_open_to_search_engines() -> None:
    config = Config()
    config.extra["exempeldata"] = False
    html = page(config=config)
    assert "noindex" not in html and 'class="exempel"' not in html
    assert "noindex" in page({"title": "x", "index": False}, config=config)


def test_policy_is_as_strict_as_the_page_allows() -> None:
    def policy(html: str) -> str:
        return next(m["content"] or "" for m in attrs(html, "meta") if m.get("http-equiv"))

    plain = policy(page())
    assert plain == (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
    )
    with_script = page(
        {"title": "Karta", "skript": ["assets/leaflet/leaflet.js", "assets/x.js"]}, url="karta/"
    )
    assert "script-src 'self'; connect-src 'self'" in policy(with_script)
    assert "unsafe" not in policy(with_script)
    assert [s["src"] for s in attrs(with_script, "script")] == [
        "../assets/leaflet/leaflet.js",
        "../assets/x.js",
    ]
    sheets = [link["href"] for link in attrs(with_script, "link") if link["rel"] == "stylesheet"]
    assert sheets == ["../assets/leaflet/leaflet.css", "../assets/est.css", "../assets/est-karta.css"]


@pytest.mark.parametrize("meta", [{"title": "a"}, {"title": "b", "sprak": "en"}, {}])
def test_nothing_dead_and_nothing_inline(meta: dict[str, Any]) -> None:
    html = page(meta)
    names = [name for name, _ in read(html).tags]
    assert not {"script", "style", "input", "dialog", "form", "iframe"} & set(names)
    for name, found in read(html).tags:
        assert "style" not in found and not any(key.startswith("on") for key in found), name
    assert "md-" not in html


def test_one_main_one_header_one_footer_and_the_skip_link_first() -> None:
    html = page()
    body = html.split("<body>")[1]
    assert body.strip().startswith('<a class="hoppa" href="#innehall">Hoppa till innehållet</a>')
    for tag in ("main", "header", "footer"):
        assert body.count(f"<{tag}") == 1
    assert 'id="innehall"' in body
    assert body.index("112") < body.index("Tillgänglighetsredogörelse")


def test_the_menu_knows_where_you_are() -> None:
    html = page({"title": "x", "avsnitt": "atgarder"}, url="atgarder/2026-017/")
    here = re.findall(r'<a href="([^"]*)" aria-current="true">([^<]*)</a>', html)
    assert here == [("../", "Det här gör vi")] * 2
    assert page({"title": "x"}).count("aria-current") == 0


@pytest.mark.parametrize("url", ["", "karta/", "lage/2026-v45-46/"])
def test_links_work_under_a_subpath(url: str) -> None:
    for name, found in read(page(url=url)).tags:
        for key in ("href", "src"):
            value = found.get(key)
            if value is None or value.startswith(("https:", "mailto:", "tel:", "#")):
                continue
            assert not value.startswith("/"), (name, value)
            assert value.count("../") == url.count("/"), (name, value)


def test_english_pages_say_so() -> None:
    html = page({"title": "In English", "sprak": "en"})
    assert '<html lang="en">' in html
    assert "Skip to content" in html and "All figures and texts are invented." in html
    assert "Main menu" in html and "Is a crime being committed?" in html
    assert 'hreflang="en"' in page()


def test_everything_from_settings_is_escaped() -> None:
    config = Config(site_name=NASTY, site_description=NASTY)
    row = {"text": NASTY, "href": NASTY, "lank": NASTY, "sprak": NASTY, "avsnitt": "x"}
    for key in ("meny", "tjanster", "fot", "felanmalan", "floden"):
        config.extra[key] = [row]
    config.extra["kontakt"] = row
    config.extra["krediter"] = [NASTY]
    html = page({"title": NASTY, "description": NASTY, "avsnitt": "x", "oversattning": [row]}, config=config)
    names = {name for name, _ in read(html).tags}
    assert "img" not in names and "script" not in names
    assert not any("onerror" in found for _, found in read(html).tags)


def test_little_is_enough() -> None:
    config = Config(site_description="", extra={})
    html = render_page("<p>x</p>", {}, config=config)
    read(html)
    assert "<title>Tryggt i sydöstra Skåne</title>" in html
    assert 'name="description"' not in html


def test_404_needs_no_page() -> None:
    html = render_page("", {}, template="404.html")
    read(html)
    assert "<h1>Sidan finns inte</h1>" in html
    assert "noindex" in html
    text = "".join(read(html.split("<main")[1].split("</main>")[0].split(">", 1)[1]).text)
    assert len(text) >= 150


@pytest.mark.parametrize("path", TEMPLATES, ids=[p.name for p in TEMPLATES])
def test_templates_call_no_python(path: Path) -> None:
    """MiniJinja knows filters and tests, not the methods of Python's types."""
    code = path.read_text(encoding="utf-8")
    assert not re.findall(r"\{[{%][^}]*\.\w+\(", code)


def test_vendored_leaflet_is_whole_and_asks_for_nothing_more() -> None:
    folder = THEME / "assets" / "leaflet"
    assert "BSD 2-Clause" in (folder / "LICENSE.txt").read_text(encoding="utf-8")
    assert "sourceMappingURL" not in (folder / "leaflet.js").read_text(encoding="utf-8")
    asked = set(re.findall(r"url\((images/[^)]+)\)", (folder / "leaflet.css").read_text(encoding="utf-8")))
    assert asked == {f"images/{p.name}" for p in (folder / "images").iterdir()}


def test_our_script_sets_text_only_as_text() -> None:
    names = ("est-karta.js", "est-sok.js")
    script = "".join((THEME / "assets" / name).read_text(encoding="utf-8") for name in names)
    for word in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "setTooltipContent",
    ):
        assert word not in script
    assert "http" not in script.replace("http://www.w3.org/2000/svg", "")


def test_weight() -> None:
    def size(*parts: bytes) -> int:
        return sum(len(gzip.compress(part, 9, mtime=0)) for part in parts)

    css = style_sheet().encode()
    icon = (THEME / "assets" / "ikon.svg").read_bytes()
    assert size(css) < 9_750
    assert size(page().encode(), css, icon) < 13_000
    # One script of our own on a page, ten kilobytes at most (criterion 43).
    assert size((THEME / "assets" / "est-karta.js").read_bytes()) < 8_000
    assert size((THEME / "assets" / "est-sok.js").read_bytes()) < 5_000


def test_the_helper_page_is_like_the_engines() -> None:
    assert Page("", {}, "karta/").canonical_url == "https://exempel.invalid/karta/"
