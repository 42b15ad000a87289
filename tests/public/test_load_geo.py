"""Outlines: only areas, few decimals, whole, in the right place in the hierarchy and on the globe."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from est_build.load.outline import outline_problem
from est_build.load.tree import Tree
from tests.public.instances import faults, load, the_fault, write

Feature = dict[str, Any]
SQUARE = [[13.5, 55.5], [13.6, 55.5], [13.6, 55.6], [13.5, 55.6], [13.5, 55.5]]


def features(data: Path) -> dict[str, Any]:
    collection: dict[str, Any] = json.loads((data / "omraden.geojson").read_text(encoding="utf-8"))
    return collection


def with_area(data: Path, area: str, change: Callable[[Feature], object]) -> int:
    """Change one feature; the line it stands on (one feature a line, as the example is written)."""
    collection = features(data)
    lines = ['{"type":"FeatureCollection","features":[']
    line = 0
    rows = []
    for number, feature in enumerate(collection["features"], start=2):
        if feature["properties"]["id"] == area:
            change(feature)
            line = number
        rows.append(json.dumps(feature, ensure_ascii=False))
    write(data / "omraden.geojson", "\n".join([*lines, ",\n".join(rows), "]}"]) + "\n")
    assert line
    return line


def outline(coordinates: Any, kind: str = "Polygon") -> Callable[[Feature], object]:
    return lambda f: f.update(geometry={"type": kind, "coordinates": coordinates})


def prop(**changes: Any) -> Callable[[Feature], object]:
    return lambda f: f["properties"].update(changes)


OUTLINES: dict[str, tuple[Any, str, str]] = {
    "a point": ([13.5, 55.5], "EST310", "punkt"),
    "six decimals": ([[[13.512345, 55.5], *SQUARE[1:4], [13.512345, 55.5]]], "EST311", "fem decimaler"),
    "crossing itself": (
        [[[13.5, 55.5], [13.6, 55.6], [13.6, 55.5], [13.5, 55.6], [13.5, 55.5]]],
        "EST313",
        "gränsen korsar sig själv vid 13.55, 55.55",
    ),
    "a hole outside": ([SQUARE, [[x + 1, y] for x, y in SQUARE]], "EST313", "ett hål ligger utanför"),
    "not closed": ([SQUARE[:-1]], "EST313", "slutar inte där den börjar"),
    "two corners": ([SQUARE[:2]], "EST313", "minst fyra punkter"),
    "flat": ([[[13.5, 55.5], [13.6, 55.5], [13.7, 55.5], [13.5, 55.5]]], "EST313", "trasig"),
    "nothing": ([], "EST313", "ingen yta"),
    "an empty ring": ([[]], "EST313", "minst fyra"),
    "words": ([[["a", "b"]] * 4], "EST313", "två tal"),
    "one number": ([[[13.5]] * 4], "EST313", "två tal"),
    "metres": ([[[x * 30000, y * 100000] for x, y in SQUARE]], "EST313", "WGS84"),
    "swapped": ([[[y, x] for x, y in SQUARE]], "EST313", "bytt plats"),
    "a mapping": ([{"x": 1}], "EST313", "minst fyra"),
}


@pytest.mark.parametrize("name", list(OUTLINES))
def test_an_outline_that_cannot_stand(data: Path, name: str) -> None:
    coordinates, code, words = OUTLINES[name]
    kind = "Point" if code == "EST310" else "Polygon"
    line = with_area(data, "svarte", outline(coordinates, kind))
    problem = the_fault(data, code)
    assert "svarte" in problem.message()
    assert words in problem.message()
    assert problem.place.file == "omraden.geojson"
    assert problem.place.line == line
    assert problem.place.column is not None


def test_a_line_is_no_area(data: Path) -> None:
    with_area(data, "svarte", outline(SQUARE, "LineString"))
    problem = the_fault(data, "EST207")
    assert "LineString" in problem.message()
    assert "Polygon" in problem.cure()


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (prop(foralder="skurup"), "EST312", "foralder ska vara ystad"),
        (prop(foralder=""), "EST312", "foralder ska vara ystad"),
        (prop(kommun="1287"), "EST312", "1287"),
        (prop(niva="kommun"), "EST312", "ystad"),
        (prop(niva="stadsdel"), "EST207", "stadsdel"),
        (prop(id="skillinge"), "EST314", "skillinge"),
        (prop(id="Svarte"), "EST211", "Svarte"),
        (prop(folkmangd="många"), "EST205", "många"),
        (prop(folkmangd=-1), "EST206", "-1"),
        (prop(folkmangd=12.5), "EST205", "12.5"),
        (prop(invånare=5), "EST202", "invånare"),
        (lambda f: f["properties"].pop("namn"), "EST201", "namn"),
        (lambda f: f.update(geometry=None), "EST215", "geometry"),
        (lambda f: f.update(properties="x"), "EST215", "properties"),
        (lambda f: f.update(properties=None), "EST215", "properties"),
    ],
)
def test_properties_that_cannot_stand(
    data: Path, change: Callable[[Feature], object], code: str, words: str
) -> None:
    line = with_area(data, "svarte", change)
    problem = next(p for p in faults(data) if p.code == code)
    assert words in problem.message()
    assert problem.place.line == line


def test_a_municipality_must_have_an_outline_of_its_own(data: Path) -> None:
    with_area(data, "ystad", prop(niva="omrade", foralder="ystad"))
    assert "kommunen 1286 saknar yta" in the_fault(data, "EST312").message()


def test_all_faults_of_all_areas_at_once(data: Path) -> None:
    with_area(data, "svarte", outline([SQUARE[:2]]))
    with_area(data, "kivik", prop(foralder="ystad"))
    with_area(data, "vollsjo", outline([[[y, x] for x, y in SQUARE]]))
    assert sorted(p.code for p in faults(data)) == ["EST312", "EST313", "EST313"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('{"type": "FeatureCollection"}', "EST201"),
        ('{"type": "FeatureCollection", "features": []}', "EST312"),
        ('{"type": "Feature", "features": []}', "EST207"),
        ('{"type": "FeatureCollection", "features": [{}]}', "EST201"),
        ('{"type": "FeatureCollection", "features": [1]}', "EST215"),
        ('{"type": "FeatureCollection", "features": {}}', "EST215"),
        ('{"type": "FeatureCollection", "features": [], "crs": {}}', "EST202"),
    ],
)
def test_a_collection_of_another_shape(data: Path, content: str, code: str) -> None:
    write(data / "omraden.geojson", content)
    assert code in {p.code for p in faults(data)}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("{}", "EST215"),
        ('{"features": [{"properties": {}}]}', "EST215"),
        (
            '{"features": [{"properties": {}, "geometry": {"type": "Polygon", "coordinates": [[1]]}}]}',
            "EST313",
        ),
        (
            '{"features": [{"properties": {}, "geometry": {"type": "Point", "coordinates": [1, 2]}}]}',
            "EST310",
        ),
        ('{"features": [], "vatten": [["Östersjön", 13.9]]}', "EST215"),
        ('{"features": [], "vatten": [["Östersjön", "13", 55]]}', "EST215"),
        ('{"features": [], "vatten": 5}', "EST215"),
    ],
)
def test_a_broken_background(data: Path, content: str, code: str) -> None:
    write(data / "omgivning.geojson", content)
    problem = the_fault(data, code)
    assert problem.place.file == "omgivning.geojson"
    assert problem.place.line == 1


def test_the_background_may_be_missing(data: Path) -> None:
    (data / "omgivning.geojson").unlink()
    published, problems = load(data)
    assert problems == ()
    assert published is not None
    assert published.background == ()


def test_neighbours_and_label_points_are_inside(data: Path) -> None:
    published, _ = load(data)
    assert published is not None
    for area in published.areas:
        x, y = area.label_point
        assert 13 < x < 15
        assert 55 < y < 56
        assert area.id not in area.neighbours
        for other in area.neighbours:
            assert area.id in published.area(other).neighbours


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=30,
)
NUMBERS = st.lists(st.lists(st.lists(st.floats() | st.integers(), max_size=3), max_size=6), max_size=3)


@given(coordinates=JSON | NUMBERS, kind=st.sampled_from(["Polygon", "MultiPolygon"]))
def test_no_coordinates_give_a_traceback(coordinates: Any, kind: str) -> None:
    outline_problem("x", (kind, coordinates), Tree("f", None), ())


@given(
    st.lists(
        st.tuples(st.floats(10, 20).map(lambda x: round(x, 5)), st.floats(54, 70).map(lambda x: round(x, 5))),
        min_size=3,
        max_size=8,
    )
)
def test_what_passes_is_a_valid_outline(points: list[tuple[float, float]]) -> None:
    from est_build.load.outline import shape_of

    ring = [list(p) for p in points] + [list(points[0])]
    problem = outline_problem("x", ("Polygon", [ring]), Tree("f", None), ())
    assert (problem is None) == shape_of([ring], "Polygon").is_valid
    if problem is None:
        assert shape_of([ring], "Polygon").area > 0
