"""``rapport.html``: one file, nothing beside it, the same content as the page."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from est_build.pages.report_file import _whole_addresses
from tests.public.conftest import BuiltSite
from tests.public.dom import parse

MOST = 150_000


def test_there_is_one_for_each_fortnight(built: BuiltSite) -> None:
    wanted = [built.site / "lage" / p.id / "rapport.html" for p in built.published.periods]
    assert built.reports == sorted(wanted)
    links = [n.attrs["href"] for n in built.page("/").root.all("a")]
    assert "lage/2026-v45-46/rapport.html" in [h.removeprefix("./") for h in links]


def test_it_is_small_and_needs_nothing_beside_it(built: BuiltSite) -> None:
    for path in built.reports:
        text = path.read_text(encoding="utf-8")
        assert len(text.encode()) <= MOST, path
        page = parse(text)
        assert not page.root.all("script", "img", "iframe", "object", "embed", "form"), path
        for node in page.root.all("link"):
            assert node.attrs["rel"] == "canonical" or node.attrs["href"] == "data:,", path
        for node in page.root.all("use", "image"):
            assert node.attrs.get("href", "").startswith("#"), path
        assert "url(" not in text, path
        assert "@import" not in text, path


def test_its_policy_allows_its_own_style_and_nothing_else(built: BuiltSite) -> None:
    for path in built.reports[-3:]:
        text = path.read_text(encoding="utf-8")
        styles = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
        assert len(styles) == 1
        digest = base64.b64encode(hashlib.sha256(styles[0].encode()).digest()).decode()
        policy = next(
            n.attrs["content"]
            for n in parse(text).root.all("meta")
            if n.attrs.get("http-equiv") == "Content-Security-Policy"
        )
        rules = dict(rule.split(maxsplit=1) for rule in policy.split("; "))
        assert rules == {
            "default-src": "'none'",
            "style-src": f"'sha256-{digest}'",
            "img-src": "data:",
            "base-uri": "'none'",
            "form-action": "'none'",
        }


def test_it_says_what_the_page_says(built: BuiltSite) -> None:
    for span in ("2026-v45-46", "2026-v37-38", "2026-v29-30"):
        report = parse((built.site / "lage" / span / "rapport.html").read_text(encoding="utf-8"))
        page = built.page(f"/lage/{span}/")
        assert report.root.one("main").text() == page.root.one("main").text(), span
        assert report.faults == ()
        assert report.root.one("html").attrs["lang"] == "sv"
        assert report.root.by_class("exempel")[0].text().startswith("EXEMPEL")


def test_its_links_lead_to_the_site_from_wherever_it_is_saved(built: BuiltSite) -> None:
    home = built.published.site.bas_url
    path: Path = built.reports[-1]
    hrefs = [n.attrs["href"] for n in parse(path.read_text(encoding="utf-8")).root.all("a")]
    assert all(h.startswith((home, "#", "tel:", "mailto:", "https://")) for h in hrefs)
    for href in {h for h in hrefs if h.startswith(home)}:
        inside = href.removeprefix(home).partition("#")[0]
        assert (built.site / inside).exists(), href


def test_whole_addresses() -> None:
    html = '<a href="/lage/x/" rel="prev">a</a><a class="b" href="//ond.example/">c</a><a href="#d">e</a>'
    assert _whole_addresses(html, "https://t.example/") == (
        '<a href="https://t.example/lage/x/" rel="noopener noreferrer">a</a>'
        '<a class="b" href="//ond.example/">c</a><a href="#d">e</a>'
    )
