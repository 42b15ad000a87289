"""The year wheel, the season and the indicators."""

from __future__ import annotations

import re

import pytest

from est_build.figures.indicator_table import indicator_tables
from est_build.figures.measure import text_width
from est_build.figures.season import season_table
from est_build.figures.trend import trend_chart
from est_build.figures.trend_parts import Frame, breaks, place_breaks
from est_build.figures.year_wheel import months_named, year_wheel
from est_build.model.cell import HIDDEN, Shown
from est_build.model.series import Marker, Participation, Point
from est_build.schema.indicator import Indicator
from tests.figures.checks import NASTY, assert_clean, text_of
from tests.theme import sample


@pytest.mark.parametrize(
    ("line", "months"),
    [
        ("nämns från april till september.", (4, 5, 6, 7, 8, 9)),
        ("i juli och augusti.", (7, 8)),
        ("från oktober, oftast vid stationer.", (10, 11, 12)),
        ("från mitten av december i alla fem kommuner.", (12,)),
        ("från november till februari", (1, 2, 11, 12)),
        ("Marsvin och majbrasor", ()),
        ("hela tiden", ()),
    ],
)
def test_months_that_a_line_names(line: str, months: tuple[int, ...]) -> None:
    assert months_named(line) == months


def test_the_year_wheel_says_its_months_in_words() -> None:
    wheel = year_wheel(["Skräp i juli.", "Annat."])
    assert text_of(wheel).count("juli") == 1 + 1
    assert wheel.count("arshjul__ja") == 1
    assert year_wheel(["Annat."]) == "" == year_wheel([])
    assert_clean(year_wheel([f"{NASTY} i maj"]))


def test_the_season_table_puts_two_years_side_by_side() -> None:
    now, then = sample.fortnight(100), sample.fortnight(74)
    asked = Participation(40, Shown(25, 29))
    none = Participation(0, HIDDEN)
    table = season_table(
        "Kommunen",
        now,
        then,
        [("Ystad", Point(now, Shown(5, 9), asked), Point(then, HIDDEN, asked)),
         ("Skurup", Point(now, Shown(10, 14), asked), Point(then, None, none))],
        caption="Samma veckor",
    )  # fmt: skip
    said = text_of(table)
    assert "5–9" in said and "··" in said and "ingen insamling" in said


def indicator(values: list[dict[str, object]]) -> Indicator:
    return Indicator.model_validate(
        {"format": "1", "id": "x", "titel": "T", "kalla": "K", "enhet": "index", "skala": "Lågt är bra.",
         "namn": {"gammal": "Gammal", "ny": "Ny"}, "varden": values, "hamtad": "2026-01-01"}
    )  # fmt: skip


def test_methods_never_share_a_table() -> None:
    rows = [
        {"omrade": "b", "ar": 2021, "varde": 1.5, "metod": "gammal"},
        {"omrade": "a", "ar": 2020, "varde": 2, "metod": "gammal"},
        {"omrade": "a", "ar": 2023, "varde": 1.43, "metod": "ny"},
    ]
    old, new = indicator_tables(indicator(rows), {"gammal": "Gammal", "ny": "Ny", "a": "A-by", "b": "B-by"})
    assert "Gammal, index" in text_of(old) and "2023" not in text_of(old)
    assert "1,43" in text_of(new) and "B-by" not in text_of(new)
    assert "–" in text_of(old)
    assert text_of(old).index("A-by") < text_of(old).index("B-by")
    assert indicator_tables(indicator([]), {}) == ()


def test_words_of_breaks_never_run_into_each_other_nor_into_a_line() -> None:
    points = sample.series("a", 22).points
    frame = Frame(30, 60, 232, 144, len(points), 40, 11)
    spans = [points[i].span.id for i in (8, 9, 10)]
    named = ("A-traktorer för sig", "näringslivet svarar inte", "ny enkät")
    for words in (named, ("näringslivet svarar inte",) * 3, named[:1]):
        marks = [Marker("då", s, None, w) for s, w in zip(spans, words, strict=False)]
        placed = place_breaks(frame, marks, points, frame.x)
        assert [spot.words for spot in placed] == list(words)
        for spot in placed:
            end = spot.start + text_width(spot.words, frame.size)
            assert frame.x <= spot.start and end <= frame.x + frame.width + 40
            for other in placed:
                far = other.start + text_width(other.words, frame.size)
                apart = other.row != spot.row or far <= spot.start or end <= other.start
                assert other is spot or apart, "words in words"
                assert other.row < spot.row or not spot.start < other.x < end, "a line across words"
        drawn = "".join(breaks(frame, placed, 40))
        assert drawn.count("<text") == len(marks)


def test_no_post_stands_in_the_words_of_a_break() -> None:
    series = sample.series("a", 26)
    spans = [point.span.id for point in series.points]
    marks = [Marker("då", spans[i], n, "åtgärd") for i, n in ((2, 1), (5, 2), (6, 3))]
    chart = trend_chart(series, markers=[*marks, Marker("då", spans[4], None, "ny enkät")], size="liten")
    heads = [float(y) for y in re.findall(r'<circle cx="[\d.]+" cy="([\d.]+)"', chart)]
    words = re.search(r'y="([\d.]+)"[^>]*>ny enkät<', chart)
    assert words is not None and heads and float(words[1]) < min(heads) - 8
