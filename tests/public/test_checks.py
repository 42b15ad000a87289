"""The checks on a finished site: links to other sites, the root, and the page that stands alone."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from markupsafe import Markup

from est_build.pages.page import Page
from est_build.pages.styles import compact, rules, style_sheet
from est_build.problems import ProblemsError
from est_build.site.checks import check_site
from est_build.site.links import marked_html, marked_markdown
from est_build.site.staging import refuse_pages, stage


def said(site: Path, root: str = "/") -> list[str]:
    try:
        check_site(site, [], root)
    except ProblemsError as error:
        return [p.values["why"] for p in error.problems]
    return []


def put(site: Path, name: str, html: str) -> Path:
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    (site / name).write_text(html, encoding="utf-8")
    return site


def test_a_link_to_another_site_tells_it_nothing(tmp_path: Path) -> None:
    site = put(tmp_path, "index.html", '<a href="https://a.example/">x</a>')
    assert said(site) == ['länken https://a.example/ saknar rel="noopener noreferrer"']
    put(site, "index.html", marked_html('<a class="y" href="https://a.example/" rel="x">x</a>'))
    assert said(site) == []


def test_links_to_other_sites_are_marked_once_and_in_the_language_of_the_page() -> None:
    html = '<a href="https://a.example/">x</a>'
    wanted = '<a href="https://a.example/" rel="noopener noreferrer">x (annan webbplats)</a>'
    assert marked_html(html) == wanted
    assert marked_html(wanted) == wanted
    assert "x (another website)" in marked_html(html, "en")
    for inside in ('<a href="/x/">x</a>', '<a href="mailto:a@b.example">x</a>', "https://a.example/"):
        assert marked_html(inside) == inside
    text = "Se [x](https://a.example/) och [y](/y/)."
    rest = '[x (annan webbplats)](https://a.example/){rel="noopener noreferrer"} och [y](/y/).'
    assert marked_markdown(text) == f"Se {rest}"
    assert marked_markdown("![x](https://a.example/x.png)") == "![x](https://a.example/x.png)"


@pytest.mark.parametrize(
    ("root", "href", "found"),
    [
        ("/", "/om/", True),
        ("/", "/finns-inte/", False),
        ("/trygghet/", "/trygghet/om/", True),
        ("/trygghet/", "/trygghet/", True),
        ("/trygghet/", "/om/", False),
    ],
)
def test_links_from_the_root_lead_somewhere(tmp_path: Path, root: str, href: str, found: bool) -> None:
    site = put(tmp_path, "om/index.html", "x")
    put(site, "index.html", f'<a href="{href}">x</a>')
    assert (said(site, root) == []) == found


def alone(style: str, hashed: str) -> str:
    digest = base64.b64encode(hashlib.sha256(hashed.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'"
    return f'<meta http-equiv="Content-Security-Policy" content="{policy}"><style>{style}</style><p>x</p>'


def test_only_the_page_that_stands_alone_has_a_style_and_only_the_one_it_names(tmp_path: Path) -> None:
    sheet = style_sheet()
    site = put(tmp_path, "lage/x/rapport.html", alone(sheet, sheet))
    assert said(site) == []
    put(site, "lage/x/rapport.html", alone(sheet + "p{}", sheet))
    assert said(site) != []
    put(site, "lage/x/rapport.html", alone(sheet, sheet) + "<style>p{}</style>")
    assert said(site) != []
    (site / "lage/x/rapport.html").unlink()
    put(site, "lage/x/index.html", alone(sheet, sheet))
    assert said(site) != []


def test_the_style_sheet_is_joined_in_order_and_without_comments() -> None:
    sheet = style_sheet()
    assert "/*" not in sheet
    assert sheet.startswith(":root{")
    assert sheet.index(".svar") < sheet.index(".figur__titel") < sheet.index("@media print")


def test_the_style_sheet_loses_only_spaces_that_mean_nothing() -> None:
    sheet, written = style_sheet(), rules()
    assert len(sheet) < 0.9 * len(written)
    assert "".join(sheet.split()).replace(";}", "}") == "".join(written.split()).replace(";}", "}")
    # Around signs of a sum and in quotes a space means something.
    assert sheet.count(">") == written.count(">")
    assert [*re.findall(r"calc[^;}]+", sheet)] == [*re.findall(r"calc[^;}]+", written)]
    assert [*re.findall(r'"[^"]*"', sheet)] == [*re.findall(r'"[^"]*"', written)]
    assert compact('a  b { content: "; } a:  b" }') == 'a b{content:"; } a:  b"}'


def page(path: str, *others: tuple[str, str], language: str = "sv") -> Page:
    return Page(path, "T", "D", "laget", Markup("<h1>T</h1>"), language=language, translations=others)


def test_a_translation_points_back_or_is_refused(tmp_path: Path) -> None:
    both = [page("metod/", ("en", "/en/method/")), page("en/method/", ("sv", "/metod/"), language="en")]
    refuse_pages(both)
    stage(tmp_path, both, {})
    text = (tmp_path / "docs/metod/index.md").read_text(encoding="utf-8")
    assert '[{"sprak": "sv", "href": "metod/"}, {"sprak": "en", "href": "en/method/"}]' in text
    with pytest.raises(ProblemsError) as error:
        refuse_pages([both[0], page("en/method/", language="en")])
    assert error.value.problems[0].place.file == "/metod/"


def test_filters_of_the_search_hold_no_comma_of_their_own(tmp_path: Path) -> None:
    one = Page("x/", "T", "D", "s", Markup("x"), kind="Åtgärd", places=("Ystad, centrum",), span="2026")
    stage(tmp_path, [one], {})
    text = (tmp_path / "docs/x/index.md").read_text(encoding="utf-8")
    assert 'sok: "slag:Åtgärd, plats:Ystad centrum, ar:2026"' in text


def test_what_finishes_a_page_comes_before_its_links_are_made_relative(tmp_path: Path) -> None:
    stage(tmp_path, [page("a/b/")], {}, lambda html, head: f'{html}<a href="/metod/ord/">{head.path}</a>')
    html = (tmp_path / "fragments/a/b.html").read_text(encoding="utf-8")
    assert html == '<h1>T</h1><a href="../../metod/ord/">a/b/</a>'
