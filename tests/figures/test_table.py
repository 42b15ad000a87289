from __future__ import annotations

import pytest
from markupsafe import Markup

from est_build.figures.figure import figure, numbers_details
from est_build.figures.svg import unbroken
from est_build.figures.table import Column, data_table
from tests.figures.checks import NASTY, assert_clean, read, text_of


def test_a_table_has_caption_scopes_and_labels() -> None:
    table = data_table("Antal", ["Område", Column("Rapporter", "tal")], [["Kivik", "5–9"], ["Borrby", 7]])
    tags = assert_clean(table).tags
    assert [attrs.get("scope") for tag, attrs in tags if tag == "th"] == ["col", "col", "row", "row"]
    assert [attrs.get("data-label") for tag, attrs in tags if tag == "td"] == ["Rapporter", "Rapporter"]
    assert all((attrs.get("class") or "") == "tal" for tag, attrs in tags if tag == "td")
    assert next(iter(tags))[1]["class"] == "tabell"
    assert "<caption>Antal</caption>" in table


def test_wide_tables_fold_unless_told_otherwise() -> None:
    four = ["A", "B", "C", "D"]
    assert "tabell--vik" in data_table("x", four, [])
    assert "tabell--vik" not in data_table("x", four, [], fold=False)
    assert "tabell--vik" in data_table("x", four[:2], [], fold=True)
    assert 'class="dold"' in data_table("x", four, [], hide_caption=True)


def test_text_is_escaped_and_markup_kept() -> None:
    table = data_table(NASTY, [NASTY, "B"], [[NASTY, Markup('<a href="/x/">x</a>')]], css="egen")
    tags = assert_clean(table).tags
    assert ("a", {"href": "/x/"}) in tags
    assert text_of(table).count(NASTY) == 3


def test_faults_are_told() -> None:
    with pytest.raises(ValueError, match="empty heading"):
        data_table("x", ["A", " "], [])
    with pytest.raises(ValueError, match="1 cells in a row of 2"):
        data_table("x", ["A", "B"], [["a"]])


def test_intervals_stay_on_one_line() -> None:
    assert unbroken("vecka 45–46 <b>") == 'vecka <span class="hel">45–46</span> &lt;b&gt;'
    assert unbroken("januari–mars") == "januari–mars"


def test_a_figure_puts_message_picture_and_numbers_together() -> None:
    table = data_table("t", ["A", "B"], [["a", "b"]])
    whole = figure(
        NASTY, Markup("<svg></svg>"), subtitle=NASTY, table=table, legend=Markup("<ul></ul>"), css="x"
    )
    tags = [tag for tag, _ in assert_clean(whole).tags]
    assert tags.index("figcaption") < tags.index("svg") < tags.index("ul") < tags.index("details")
    assert "table" in tags
    assert "details" not in [tag for tag, _ in read(figure("m", Markup("<svg></svg>"))).tags]


def test_each_control_has_its_own_name() -> None:
    one, two = (numbers_details(Markup("<p></p>"), about) for about in ("Ystad", "Sjöbo"))
    assert text_of(one) == "Siffrorna i tabell: Ystad"
    assert text_of(one) != text_of(two)
