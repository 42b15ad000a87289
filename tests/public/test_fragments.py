"""The Markdown extension that puts ready HTML in its place, and the addresses inside the site."""

from __future__ import annotations

from pathlib import Path

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from est_build.pages.page import MarkdownPage, Page
from est_build.problems import ProblemsError
from est_build.site.fragments import FragmentExtension
from est_build.site.links import relative_html, relative_markdown
from est_build.site.staging import refuse_pages, stage


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder with two fragments and a secret beside it."""
    folder = tmp_path / "fragments"
    (folder / "lage").mkdir(parents=True)
    (folder / "index.html").write_text("<p>*inte* [Markdown](x) &amp; <b>fet</b></p>\n", encoding="utf-8")
    (folder / "lage/2026-v45-46.html").write_text("<table><tr><td>å</td></tr></table>", encoding="utf-8")
    (tmp_path / "hemligt.html").write_text("HEMLIGT", encoding="utf-8")
    return folder


def convert(root: Path, text: str) -> str:
    return markdown.markdown(
        text, extensions=[FragmentExtension(root=str(root)), "attr_list", "tables", "toc"]
    )


def test_a_fragment_goes_in_untouched(root: Path) -> None:
    html = convert(root, "Före\n\n<!--est:index-->\n\nEfter *nu*")
    assert "<p>*inte* [Markdown](x) &amp; <b>fet</b></p>" in html
    assert "<em>nu</em>" in html
    assert "est:" not in html


def test_a_fragment_in_a_folder_and_two_on_a_page(root: Path) -> None:
    html = convert(root, "<!--est:lage/2026-v45-46-->\n<!--est:index-->\n")
    assert html.index("<td>å</td>") < html.index("*inte*")


def test_it_needs_no_blank_lines_around_it(root: Path) -> None:
    html = convert(root, "Text\n<!--est:index-->\nmer")
    assert "<p>Text</p>" in html
    assert "<p>mer</p>" in html


@pytest.mark.parametrize(
    "line",
    [
        "<!--est:../hemligt-->",
        "<!--est:lage/../../hemligt-->",
        "<!--est:/etc/passwd-->",
        "<!--est:lage//index-->",
        "<!--est:.index-->",
        "<!--est:index.-->",
        "<!--est:INDEX-->",
        "<!--est:lage\\..\\..\\hemligt-->",
        "<!--est:%2e%2e/hemligt-->",
        "<!--est:-->",
        "<!-- est:index -->",
        "Text <!--est:index--> mer",
        "    <!--est:index-->",
        "<!--est:index--> mer",
    ],
)
def test_only_a_whole_line_with_a_plain_name_is_a_fragment(root: Path, line: str) -> None:
    html = convert(root, line)
    assert "HEMLIGT" not in html
    assert "*inte*" not in html


def test_a_missing_fragment_stops_the_build_with_its_name(root: Path) -> None:
    with pytest.raises(ValueError, match="stycket atgarder/2026-001 saknas"):
        convert(root, "<!--est:atgarder/2026-001-->")


@given(st.text(max_size=30))
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    html = ""
    try:
        html = markdown.markdown(f"<!--est:{name}-->", extensions=[FragmentExtension(root="/finns/inte")])
    except ValueError as error:
        assert "saknas" in str(error)
        assert ".." not in str(error)
    assert "root:" not in html


# ---- addresses -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("", "./x/"),
        ("lage/", "../x/"),
        ("lage/2026-v45-46/", "../../x/"),
        ("/lage/", "../x/"),
        ("a/b/c/", "../../../x/"),
    ],
)
def test_addresses_from_the_root_become_relative(path: str, wanted: str) -> None:
    for html in ('<a class="y" href="/x/">z</a>', Markup('<a class="y" href="/x/">z</a>')):
        assert relative_html(html, path) == f'<a class="y" href="{wanted}">z</a>'
    assert relative_markdown("[z](/x/)", path) == f"[z]({wanted})"


@pytest.mark.parametrize(
    "html",
    [
        '<a href="//ond.example/">',
        '<a href="https://a.example/">',
        '<a href="#x">',
        '<a href="x/">',
        "text href=/x/",
    ],
)
def test_other_addresses_stay(html: str) -> None:
    assert relative_html(html, "lage/") == html


def test_images_and_data_addresses_follow(root: Path) -> None:
    html = '<img src="/a.svg"><div data-karta-url="/b.json"></div>'
    assert relative_html(html, "a/b/") == '<img src="../../a.svg"><div data-karta-url="../../b.json"></div>'


# ---- staging -------------------------------------------------------------------------------------


def page(path: str, **changes: object) -> Page:
    values: dict[str, object] = {
        "path": path,
        "title": "T",
        "description": "D",
        "section": "laget",
        "html": Markup("<h1>T</h1>"),
        **changes,
    }
    return Page(**values)  # type: ignore[arg-type]


def test_front_matter_can_hold_anything(tmp_path: Path) -> None:
    from mkdocs.utils.meta import get_data

    for title in (
        '"---\n',
        "a: b",
        "# x",
        "{{ x }}",
        "å\u2028ö",
        "'",
        "null",
        "- a",
        "<!--est:index-->",
        "\u202eabc",
    ):
        stage(tmp_path, [page("x/", title=title, description=title)], {})
        text = (tmp_path / "docs/x/index.md").read_text(encoding="utf-8")
        body, meta = get_data(text)
        assert meta["title"].split() == title.split(), title
        assert body.strip() == "<!--est:x-->"


def test_what_is_no_longer_wanted_goes_and_what_is_the_same_stays(tmp_path: Path) -> None:
    stage(tmp_path, [page("a/"), page("b/")], {"data/x.csv": b"1"})
    first = (tmp_path / "docs/a/index.md").stat().st_mtime_ns
    stage(tmp_path, [page("a/"), MarkdownPage("c/", "C", "D", "metod", "[x](/a/)")], {})
    names = sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file())
    assert names == ["docs/a/index.md", "docs/c/index.md", "fragments/a.html"]
    assert (tmp_path / "docs/a/index.md").stat().st_mtime_ns == first
    assert "[x](../a/)" in (tmp_path / "docs/c/index.md").read_text(encoding="utf-8")


def test_two_pages_with_one_address_are_refused() -> None:
    with pytest.raises(ProblemsError) as caught:
        refuse_pages([page("a/"), MarkdownPage("a/", "A", "D", "metod", "x")])
    assert [p.code for p in caught.value.problems] == ["EST604"]
