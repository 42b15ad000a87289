from __future__ import annotations

import dataclasses
import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from est_build.analyse.usual import Band, State, Usual
from est_build.figures.axis import ticks, time_ticks
from est_build.figures.measure import text_width
from est_build.figures.text import cell_text
from est_build.figures.trend import (
    latest_index,
    span_words,
    trend_chart,
    trend_description,
    trend_figure,
    trend_subtitle,
    trend_table,
    trend_title,
)
from est_build.figures.trend_parts import gap_runs
from est_build.model.cell import HIDDEN, Shown
from est_build.model.series import Marker, Participation, Point, Series
from est_build.model.span import Span
from tests.figures.checks import (
    NASTY,
    SVG,
    assert_clean,
    assert_named,
    assert_painted,
    read,
    svgs,
    text_of,
)
from tests.theme import sample

SIZES = ("bred", "liten", "gnista")


def of(*cells: Shown | None, invited: int = 40, key: str = "k") -> Series:
    """A series with these cells; a string of ``None`` is a release that is missing."""
    points = tuple(
        Point(sample.fortnight(i), cell, Participation(invited, Shown(25, 29)) if cell is not None else None)
        for i, cell in enumerate(cells)
    )
    return Series(key, "Kivik", "Alla rapporter", points)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "series",
    [
        sample.series("a", 22),
        sample.series("b", 3),
        sample.series("c", 30, 101),
        sample.quarters(),
        of(),
        of(Shown(5, 9)),
        of(None, None),
        of(Shown(1000, 1004), HIDDEN),
    ],
    ids=["year", "small", "all", "quarters", "empty", "one", "nothing", "large"],
)
def test_every_chart_is_clean_named_and_painted(series: Series, size: str) -> None:
    chart = trend_chart(series, markers=sample.MARKERS, example=True, size=size)  # type: ignore[arg-type]
    assert_clean(chart)
    assert_named(chart)
    assert_painted(chart)
    assert text_of(chart).count("EXEMPEL") == len(svgs(chart)) == (2 if size == "bred" else 1)
    assert chart == trend_chart(series, markers=sample.MARKERS, example=True, size=size)  # type: ignore[arg-type]


def test_names_are_escaped_everywhere() -> None:
    series = dataclasses.replace(sample.series("a", 22), key=NASTY, area_name=NASTY, category_label=NASTY)
    markers = [
        Marker(NASTY, sample.fortnight(96).id, 1, NASTY, f"/{NASTY}"),
        Marker(NASTY, sample.fortnight(90).id, None, NASTY),
    ]
    for size in SIZES:
        whole = trend_figure(series, markers=markers, size=size)  # type: ignore[arg-type]
        assert_clean(whole)
    assert NASTY in text_of(trend_table(series, markers))


def test_the_table_has_the_numbers_of_the_chart() -> None:
    series = sample.series("a", 22)
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", trend_table(series))
    assert len(rows) == len(series.points)
    for row, point in zip(rows, reversed(series.points), strict=True):
        assert span_words(point.span) in text_of(row)
        assert (cell_text(point.cell) if point.cell is not None else "ingen insamling") in text_of(row)
        asked = point.participation is not None and point.participation.invited > 0
        assert (f"av {point.participation.invited}" if asked and point.participation else "–") in text_of(row)


def blocks_of(chart: str) -> list[tuple[float, float]]:
    """Upper and lower edge of every earlier block."""
    svg = svgs(chart)[0]
    path = next(e for e in svg.iter(f"{SVG}path") if e.get("class") == "f-tidigare")
    found = re.findall(r"M[\d.]+ ([\d.]+)h[\d.]+v([\d.]+)", path.get("d") or "")
    return [(float(y), float(y) + float(h)) for y, h in found]


def test_a_block_is_as_high_as_its_interval() -> None:
    chart = trend_chart(of(Shown(5, 9), Shown(20, 24), Shown(5, 24), Shown(10, 14)), size="liten")
    (low, high, wide) = blocks_of(chart)
    assert high[1] < low[0]
    assert (low[1] - low[0]) == pytest.approx(high[1] - high[0], abs=0.3)
    assert wide[0] == pytest.approx(high[0], abs=0.2)
    assert wide[1] == pytest.approx(low[1], abs=1.2)
    assert (wide[1] - wide[0]) == pytest.approx(4 * (low[1] - low[0] + 1), abs=1.5)


def test_a_common_axis_puts_the_same_value_at_the_same_height() -> None:
    one = blocks_of(trend_chart(of(Shown(5, 9), Shown(5, 9)), top=59, size="liten"))
    two = blocks_of(trend_chart(of(Shown(5, 9), Shown(55, 59)), top=59, size="liten"))
    assert one[0] == two[0]
    alone = blocks_of(trend_chart(of(Shown(5, 9), Shown(5, 9)), size="liten"))
    assert alone != one


def test_hidden_periods_all_look_the_same() -> None:
    chart = trend_chart(of(HIDDEN, HIDDEN, Shown(5, 9)), size="liten")
    assert "f-tidigare" not in chart
    assert "··" not in text_of(chart)
    other = trend_chart(of(HIDDEN, Shown(5, 9), HIDDEN), size="liten")
    assert "visas inte" in text_of(other)


def test_gaps_have_their_words_and_missing_releases_nothing() -> None:
    series = sample.series("a", 22)
    assert "ingen insamling" in text_of(trend_chart(series, size="liten"))
    assert "ingen insamling" not in text_of(trend_chart(of(Shown(5, 9), None, Shown(5, 9)), size="liten"))
    assert gap_runs(series.points) == [(17, 2)]


def test_latest_value_is_written_out_with_its_period_when_it_is_not_last() -> None:
    known = of(Shown(5, 9), Shown(40, 44))
    assert "40–44" in text_of(trend_chart(known, size="liten"))
    stale = of(Shown(5, 9), Shown(40, 44), None, None)
    assert latest_index(stale) == 1
    assert stale.points[1].span.short in text_of(trend_chart(stale, size="liten"))
    assert latest_index(of(None)) is None


def test_posts_and_breaks() -> None:
    series = sample.series("a", 22)
    chart = trend_chart(series, markers=sample.MARKERS, size="bred")
    wide, narrow = svgs(chart)
    assert sum((t.text or "") == "1" for t in wide.iter(f"{SVG}text")) == 1
    assert "ny belysning" in text_of(chart) and "ny enkät" in text_of(chart)
    assert "ny belysning" not in "".join(t.text or "" for t in narrow.iter(f"{SVG}text"))
    heads = [(float(c.get("cx") or 0), float(c.get("cy") or 0)) for c in wide.iter(f"{SVG}circle")]
    assert len(heads) == len(set(heads)) == 3
    for i, (x0, y0) in enumerate(heads):
        for x1, y1 in heads[i + 1 :]:
            assert abs(x0 - x1) >= 16 or abs(y0 - y1) >= 16
    outside = [Marker("då", "2019-v01-02", 7, "förr")]
    assert "7" not in [t.text for t in svgs(trend_chart(series, markers=outside))[0].iter(f"{SVG}text")]


def test_the_table_says_what_happened_and_leads_there() -> None:
    series = sample.series("a", 22)
    table = trend_table(series, sample.MARKERS)
    assert "1. Ny belysning" in text_of(table) and "Ny enkät" in text_of(table)
    assert ("a", {"href": "#atgard-1"}) in read(table).tags
    assert "Vad hände" not in text_of(trend_table(series))


def test_words_about_the_chart() -> None:
    series = sample.series("a", 22)
    assert trend_title(series) == "Ystads tätort, alla rapporter: " + trend_title(series).split(": ")[1]
    assert trend_title(of(None)) == "Kivik, alla rapporter: inget publicerat"
    said = trend_description(series, sample.MARKERS)
    assert "26 tvåveckorsperioder" in said and "Ingen insamling: 2 av dem" in said
    assert "Åtgärd 1: ny belysning, 7 september 2026." in said and "Ändrat: ny enkät" in said
    assert "1 tvåveckorsperiod," in trend_description(of(Shown(5, 9)))
    assert "Under visningsgränsen: 1 av dem" in trend_description(of(HIDDEN))
    assert trend_description(of()) == "Serien är tom."
    assert trend_subtitle(series) == "Rapporter per tvåveckorsperiod, november 2025–november 2026"
    assert trend_subtitle(sample.quarters()) == "Rapporter per kvartal, kvartal 1, 2023 till kvartal 3, 2026"
    assert trend_subtitle(of(Shown(5, 9))) == "Rapporter per tvåveckorsperiod, januari 2023"
    assert trend_subtitle(of()) == ""


def test_week_53_belongs_to_both_years() -> None:
    span = sample.fortnight(104)
    assert span.id == "2026-v53-2027-v01"
    assert span_words(span) == "vecka 53–1, 2026/2027"
    assert span_words(sample.quarters().points[0].span) == "kvartal 1, 2023"


def verdict(state: State, low: int, high: int, *, dashed: bool = False) -> Usual:
    return Usual(state, band=Band(low, high, dashed))


def test_the_usual_range_is_drawn_only_where_something_is_judged() -> None:
    series = of(Shown(10, 14), Shown(10, 14), Shown(30, 34), HIDDEN)
    usuals = (
        verdict(State.FOR_LITE, 0, 24),
        verdict(State.INOM, 0, 24, dashed=True),
        verdict(State.FLER, 0, 24),
        None,
    )
    plain, drawn = (trend_chart(series, size="liten", usuals=u) for u in ((), usuals))
    assert 'fill-opacity=".2"' not in plain
    field = re.search(r'<path d="([^"]*)"[^>]*fill-opacity=".2"', drawn)
    assert field is not None
    assert field[1].count("M") == 2
    edges = re.findall(r'<path d="(M[^"]*)"([^>]*)/>', drawn)
    dashed = [d for d, look in edges if 'stroke-dasharray="2 2"' in look and "bandlinje" in look]
    assert len(dashed) == 1
    assert dashed[0].count("M") == 1


def test_a_block_outside_the_range_has_a_sign_and_its_words() -> None:
    series = of(Shown(10, 14), Shown(30, 34), Shown(5, 9))
    usuals = (verdict(State.INOM, 0, 24), verdict(State.FLER, 0, 24), verdict(State.FARRE, 10, 34))
    drawn = trend_chart(series, size="liten", usuals=usuals)
    assert len(re.findall(r'd="M[0-9.]+ [0-9.]+h8l-4 -7z"', drawn)) == 1
    assert len(re.findall(r'd="M[0-9.]+ [0-9.]+h8l-4 7z"', drawn)) == 1
    said = trend_description(series, (), usuals)
    assert "Fler än vanligt: " in said
    assert "Färre än vanligt: " in said
    rows = text_of(trend_table(series, (), usuals))
    assert "0–24" in rows
    assert "Fler än vanligt" in rows
    assert "Vanligt spann" not in text_of(trend_table(series))


def test_the_axis_has_room_for_the_range() -> None:
    """A range that is cut off would say that everything is within it."""
    series = of(Shown(5, 9), Shown(5, 9))
    alone = blocks_of(trend_chart(series, size="liten"))
    wide = blocks_of(trend_chart(series, size="liten", usuals=(verdict(State.INOM, 0, 99),) * 2))
    assert alone != wide


@given(st.integers(0, 100_000), st.integers(2, 6))
def test_ticks_are_sane(top: int, most: int) -> None:
    marks = ticks(top, most)
    assert marks[0] == 0 and marks[-1] >= top
    assert 2 <= len(marks) <= most + 1
    steps = {b - a for a, b in itertools.pairwise(marks)}
    assert len(steps) == 1
    step = steps.pop()
    assert int(str(step).rstrip("0")) in {1, 2, 3, 5}


@given(st.integers(1, 110), st.integers(0, 60), st.floats(2, 40), st.sampled_from([10.5, 11.0, 12.0]))
def test_labels_of_time_never_collide(count: int, start: int, step: float, size: float) -> None:
    marks = time_ticks([sample.fortnight(i) for i in range(start, start + count)], step, size)
    labelled = [(m.index * step, text_width(m.label, size, bold=m.strong)) for m in marks if m.label]
    for (x0, width), (x1, _) in itertools.pairwise(labelled):
        assert x0 + width <= x1


@pytest.mark.parametrize("step", [8.0, 20.0, 40.0, 60.0])
def test_quarters_and_years_have_labels(step: float) -> None:
    spans = [p.span for p in sample.quarters().points]
    marks = time_ticks(spans, step, 12)
    assert any(m.label == "2024" for m in marks) or step == 8.0
    years = [
        Span("ar", str(y), s.start, s.end, s.end) for y, s in zip(range(2020, 2030), spans, strict=False)
    ]
    assert time_ticks(years, 60, 12)[0].label == "2020"
    assert time_ticks([], step, 12) == []
