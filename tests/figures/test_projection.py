from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from est_build.figures.ground import drawn
from est_build.figures.projection import bounding_window, clip, fit, line_data, path_data, scale_bar
from tests.theme import sample

SKANE = [[(13.4, 55.35), (14.4, 55.35), (14.4, 55.75), (13.4, 55.75)]]


def test_a_kilometre_is_a_kilometre_both_ways() -> None:
    projection = fit(bounding_window(SKANE), 640)
    mid = 55.55
    west, east = projection.point(13.9, mid), projection.point(14.0, mid)
    south, north = projection.point(13.9, mid), projection.point(13.9, mid + 0.1)
    km_ew = 0.1 * 111.32 * math.cos(math.radians(mid))
    assert (east[0] - west[0]) / km_ew == pytest.approx(projection.units_per_km, rel=1e-3)
    assert (south[1] - north[1]) / 11.132 == pytest.approx(projection.units_per_km, rel=1e-9)


def test_everything_is_on_the_page() -> None:
    for tallest in (1.5, 0.5):
        projection = fit(bounding_window(SKANE), 640, tallest=tallest)
        assert projection.height <= 640 * tallest + 1
        for x, y in SKANE[0]:
            px, py = projection.point(x, y)
            assert 0 < px < projection.width and 0 < py < projection.height


def test_a_tall_country_gets_air_at_its_sides() -> None:
    projection = fit(bounding_window([[(11, 55), (24, 69)]]), 640)
    assert projection.height <= 961
    assert projection.point(11, 55)[0] > 50


def test_a_map_needs_an_outline() -> None:
    with pytest.raises(ValueError, match="outline"):
        bounding_window([])


def test_the_scale_bar_is_round_and_fits() -> None:
    km, length = scale_bar(fit(bounding_window(SKANE), 640), 110)
    assert km == 10
    assert length <= 110
    assert scale_bar(fit(bounding_window([[(13.0, 55.0), (13.001, 55.001)]]), 640), 10)[0] == 1


def test_path_data_is_short_closed_and_without_repeats() -> None:
    ring = [(0.0, 0.0), (0.01, 0.0), (10.5, 0.0), (10.5, 10.04), (0.0, 0.0)]
    assert path_data([ring]) == "M0 0l10.5 0 0 10z"
    assert path_data([[(0, 0), (0.01, 0), (0, 0.02)]]) == ""
    assert path_data([[(1, 1), (0.5, 1), (0.5, 3)]], 1) == "M1 1l-.5 0 0 2z"
    assert line_data([[(0, 0), (3, 4)]]) == "M0 0l3 4"
    assert line_data([[(0, 0), (0, 0)]]) == ""


@given(
    st.lists(st.tuples(st.floats(0, 700), st.floats(-50, 700)), min_size=3, max_size=12), st.integers(0, 2)
)
def test_path_data_comes_back_within_the_rounding(ring: list[tuple[float, float]], digits: int) -> None:
    data = path_data([ring], digits)
    numbers = [float(n) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", data)]
    x = y = 0.0
    points = []
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = (dx, dy) if not points else (x + dx, y + dy)
        points.append((x, y))
    reach = 0.71 * 10**-digits + 1e-6
    assert all(any(math.dist(point, other) <= reach for other in ring) for point in points)


@given(st.lists(st.tuples(st.floats(-500, 500), st.floats(-500, 500)), min_size=3, max_size=9))
def test_clipping_leaves_nothing_outside(ring: list[tuple[float, float]]) -> None:
    for x, y in clip(ring, -100, -80, 100, 80):
        assert -100.001 <= x <= 100.001 and -80.001 <= y <= 80.001


def test_clipping_keeps_what_is_inside() -> None:
    square = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
    assert sorted(clip(square, -5, -5, 5, 5)) == sorted(square)
    assert clip(square, 5, 5, 9, 9) == []
    half = clip(square, 0.5, -5, 5, 5)
    assert {x for x, _ in half} == {0.5, 1.0}


def test_borders_are_drawn_once_and_not_inside_a_merged_area() -> None:
    ground = sample.grid_ground(2, 1)
    assert drawn(ground).hairlines.count("M") == 1
    merged = sample.Ground(
        (ground.areas[0], sample.square("o2", "Område 2", (13.25, 55.0), size=0.25, merged="o1")),
        ground.municipalities,
    )
    inner = drawn(merged)
    assert set(inner.surfaces) == {"o1"}
    assert inner.surfaces["o1"].count("M") == 2
    assert inner.hairlines == ""


def test_long_borders_are_one_line() -> None:
    lines = drawn(sample.grid_ground(3, 3)).hairlines
    assert 1 <= lines.count("M") <= 4
