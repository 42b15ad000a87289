"""The areas of the example: valid, tiling, polygons only, with honest names and numbers."""

from __future__ import annotations

import json
from typing import Any

import pytest
import shapely

from est_build.demo.areas import background, build_areas, geojson_text
from est_build.demo.places import (
    MUNICIPALITIES,
    TOWNS,
    localities,
    read_collection,
    swedish_key,
)
from est_build.schema.areas import AreaCollection

Feature = dict[str, Any]


@pytest.fixture(scope="module")
def features() -> list[Feature]:
    return build_areas()["features"]


def shape(feature: Feature) -> Any:
    return shapely.from_geojson(json.dumps(feature["geometry"]))


def of_level(features: list[Feature], level: str) -> list[Feature]:
    return [f for f in features if f["properties"]["niva"] == level]


def decimals(collection: dict[str, Any]) -> int:
    numbers = [
        str(number)
        for feature in collection["features"]
        for number in shapely.get_coordinates(shape(feature)).ravel()
    ]
    return max(len(number.partition(".")[2]) for number in numbers)


def test_follow_the_schema() -> None:
    parsed = AreaCollection.model_validate(build_areas())
    assert len(parsed.features) == 37


def test_five_municipalities_and_thirty_two_areas(features: list[Feature]) -> None:
    assert {f["properties"]["id"] for f in of_level(features, "kommun")} == {
        "ystad",
        "simrishamn",
        "tomelilla",
        "sjobo",
        "skurup",
    }
    assert len(of_level(features, "omrade")) == 32
    ids = [f["properties"]["id"] for f in features]
    assert len(set(ids)) == len(ids)


def test_parents_belong(features: list[Feature]) -> None:
    codes = {m.id: m.kod for m in MUNICIPALITIES}
    for feature in of_level(features, "omrade"):
        properties = feature["properties"]
        assert codes[properties["foralder"]] == properties["kommun"]
    assert all(f["properties"]["foralder"] == "" for f in of_level(features, "kommun"))


def test_valid_polygons_without_points(features: list[Feature]) -> None:
    for feature in features:
        assert feature["geometry"]["type"] == "Polygon"
        assert shape(feature).is_valid
        assert len(feature["geometry"]["coordinates"]) == 1, "inga hål"


def test_small_areas_tile_their_municipality_exactly(features: list[Feature]) -> None:
    cells = [shape(f) for f in of_level(features, "omrade")]
    assert shapely.coverage_is_valid(cells)
    for municipality in of_level(features, "kommun"):
        own = [
            shape(f)
            for f in of_level(features, "omrade")
            if f["properties"]["foralder"] == municipality["properties"]["id"]
        ]
        assert shapely.coverage_union_all(own).equals(shape(municipality))


def test_municipalities_are_the_packaged_outlines(features: list[Feature]) -> None:
    """The extra vertices move no border by more than the rounding (a metre or so)."""
    outlines = {f["properties"]["id"]: shape(f) for f in read_collection("kommuner.geojson")}
    for feature in of_level(features, "kommun"):
        drawn, packaged = shape(feature), outlines[feature["properties"]["kommun"]]
        assert drawn.boundary.hausdorff_distance(packaged.boundary) < 2e-5
        assert drawn.symmetric_difference(packaged).area < 1e-4 * packaged.area


def test_at_most_five_decimals() -> None:
    assert decimals(build_areas()) <= 5
    assert decimals(background()) <= 5


def test_rings_are_right_handed_and_start_at_a_fixed_vertex(features: list[Feature]) -> None:
    for feature in features:
        ring = feature["geometry"]["coordinates"][0]
        assert ring[0] == ring[-1] == min(ring)
        assert shapely.is_ccw(shapely.LineString(ring))


def test_alphabetical_order(features: list[Feature]) -> None:
    wholes = [f["properties"]["namn"] for f in of_level(features, "kommun")]
    assert wholes == ["Simrishamn", "Sjöbo", "Skurup", "Tomelilla", "Ystad"]
    for municipality in MUNICIPALITIES:
        names = [
            f["properties"]["namn"]
            for f in of_level(features, "omrade")
            if f["properties"]["foralder"] == municipality.id
        ]
        assert names == sorted(names, key=swedish_key)


def test_swedish_letters_come_last() -> None:
    assert sorted(["Örum", "Zinkgruvan", "Åhus", "Ängelholm"], key=swedish_key) == [
        "Zinkgruvan",
        "Åhus",
        "Ängelholm",
        "Örum",
    ]


def test_inhabitants_add_up(features: list[Feature]) -> None:
    for municipality in of_level(features, "kommun"):
        parts = [
            f["properties"]["folkmangd"]
            for f in of_level(features, "omrade")
            if f["properties"]["foralder"] == municipality["properties"]["id"]
        ]
        assert sum(parts) == municipality["properties"]["folkmangd"]
        assert min(parts) >= 200


def test_a_town_is_placed_by_its_code_not_by_its_point(features: list[Feature]) -> None:
    """The generalised outline leaves the town of Ystad in the sea: known, and harmless."""
    ystad = next(p for p in localities() if p.id == "ystads-tatort")
    area = next(f for f in features if f["properties"]["id"] == "ystads-tatort")
    assert area["properties"]["kommun"] == ystad.kommun == "1286"
    assert shape(area).distance(shapely.Point(ystad.lon, ystad.lat)) < 0.01
    assert area["properties"]["folkmangd"] > 15000


def test_every_locality_is_in_or_beside_its_area(features: list[Feature]) -> None:
    shapes = {f["properties"]["id"]: shape(f) for f in features}
    for place in localities():
        assert shapes[place.id].distance(shapely.Point(place.lon, place.lat)) < 0.015
    assert {p.id for p in localities()} >= TOWNS


def test_places_name_their_source() -> None:
    sources = [place.kalla for place in localities()]
    assert sources.count("GeoNames CC BY 4.0") == 22
    assert sources.count("avrundat för hand") == 10
    for place in localities():
        if place.kalla == "avrundat för hand":
            assert (place.lat, place.lon) == (round(place.lat, 2), round(place.lon, 2))
            assert place.folkmangd % 50 == 0


def test_background_is_land_around_the_five(features: list[Feature]) -> None:
    around = background()["features"]
    codes = {f["properties"]["id"] for f in around}
    assert {"1267", "1266", "1281", "1263", "1287", "1290"} <= codes
    assert not codes & {m.kod for m in MUNICIPALITIES}
    west, south, east, north = shapely.total_bounds([shape(f) for f in features])
    window = shapely.box(west - 0.26, south - 0.26, east + 0.26, north + 0.26)
    for feature in around:
        assert set(feature["properties"]) == {"id", "namn"}
        assert shape(feature).is_valid
        assert shape(feature).intersects(window)


def test_text_is_the_same_every_time_and_one_feature_a_line() -> None:
    text = geojson_text(build_areas())
    assert text == geojson_text(build_areas())
    assert json.loads(text) == build_areas()
    assert len(text.splitlines()) == 37 + 2
    assert '"Point"' not in text
