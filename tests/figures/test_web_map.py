from __future__ import annotations

import json

from markupsafe import Markup

from est_build.figures.web_map import (
    MapAction,
    MapChoice,
    MapExtras,
    geometry_json,
    values_json,
    web_map,
)
from est_build.model.cell import HIDDEN, Cell, Shown
from tests.figures.checks import NASTY, assert_clean
from tests.theme import sample

DEMO = sample.demo_ground()


def test_the_frame_is_clean_and_the_same_every_time() -> None:
    still = Markup("<svg></svg>")
    one, two = (
        web_map(DEMO, key="karta", still=still, outlines="a.json", values="b.json", example=True)
        for _ in range(2)
    )
    assert one == two
    tags = assert_clean(one.html).tags
    data = next(attrs for _, attrs in tags if "data-karta" in attrs)
    assert data["data-omraden"] == "a.json" and data["data-varden"] == "b.json"
    assert any(attrs.get("id") == data["data-karta"] for _, attrs in tags)
    assert "EXEMPEL" in one.html and "<svg></svg>" in one.html
    other = web_map(DEMO, key="annan", still=still, outlines="a.json", values="b.json")
    assert other.script != one.script and "EXEMPEL" not in other.html


def test_the_script_is_one_map_and_one_call() -> None:
    script = web_map(DEMO, key="karta", still=Markup(""), outlines="a", values="b").script
    assert script.count("L.map(") == 1 and script.count("estKarta.rita(") == 1
    assert "http" not in script and "<" not in script and "tileLayer" not in script


def test_no_text_from_data_reaches_the_script() -> None:
    ground = sample.grid_ground(2, 2, [NASTY] * 4)
    map_ = web_map(ground, key=NASTY, still=Markup(""), outlines=NASTY, values=NASTY)
    assert_clean(map_.html)
    assert "alert" not in map_.script and "${" not in map_.script


def test_values_are_intervals_or_null() -> None:
    cells: dict[str, Cell | None] = {"kivik": Shown(1005, 1009), "borrby": HIDDEN, "svarte": None}
    text = values_json(DEMO, [MapChoice("p", "v. 45–46", "Vecka 45–46", cells)], {"kivik": "/omraden/kivik/"})
    data = json.loads(text)
    assert data["val"][0]["celler"] == {"borrby": None, "kivik": [1005, 1009, "1\u202f005–1\u202f009"]}
    assert data["lankar"] == {"kivik": "omraden/kivik/"}
    assert data["val"][0]["skala"] > 0
    assert data["nummer"] == {}


def test_actions_groups_and_answers_reach_the_browser() -> None:
    actions = [
        MapAction(1, "Lampor", "/atgarder/2026-011/", ("kivik",)),
        MapAction(2, "Ljus", "/b/", ("kivik",)),
    ]
    extras = MapExtras(actions, [("trafik", "Trafik")], {DEMO.municipalities[0].id: "/omraden/x/"})
    groups: dict[str, dict[str, Cell | None]] = {"trafik": {"kivik": Shown(5, 9), "borrby": HIDDEN}}
    choice = MapChoice("p", "kv 3", "Kvartal 3", {"kivik": Shown(5, 9)}, groups, {"ystad": "15–19 av 26"})
    data = json.loads(values_json(DEMO, [choice], {}, extras))
    assert data["nummer"] == {"kivik": 1}
    assert data["atgarder"][0] == [1, "Lampor", "atgarder/2026-011/", ["kivik"]]
    assert data["val"][0]["grupper"] == {"trafik": {"borrby": None, "kivik": [5, 9, "5–9"]}}
    assert data["val"][0]["svar"] == {"ystad": "15–19 av 26"}
    assert data["grupper"] == [["trafik", "Trafik"]]
    assert list(data["kommuner"]) == [DEMO.municipalities[0].id]


def test_outlines_are_geojson_with_areas_in_order() -> None:
    data = json.loads(geometry_json(DEMO))
    assert data["type"] == "FeatureCollection"
    areas = [f for f in data["features"] if f["properties"]["niva"] == "omrade"]
    assert len(areas) == len(DEMO.areas)
    marked = [f["properties"] for f in areas if "punkt" in f["properties"]]
    assert len(marked) == len(DEMO.areas) - 1
    assert {p["kort"] for p in marked if p["tatort"]} == {
        "Ystad",
        "Sjöbo",
        "Skurup",
        "Simrishamn",
        "Tomelilla",
    }
    assert all(f["geometry"]["type"] in {"Polygon", "MultiPolygon"} for f in data["features"])
    names = [p["namn"] for p in marked]
    assert names.index("Abbekås") < names.index("Ystads tätort")
    assert len(geometry_json(DEMO)) < 40_000
