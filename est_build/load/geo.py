"""``omraden.geojson`` and ``omgivning.geojson``: outlines, hierarchy, neighbours, label points."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry import Polygon as ShapelyPolygon
from shapely.strtree import STRtree

from est_build.load.area import Area, Background, Polygon, Water
from est_build.load.tree import Tree, read_text
from est_build.load.validate import validate
from est_build.problems import Place, Problem
from est_build.problems import catalogue as kinds
from est_build.schema.areas import AreaCollection, Feature
from est_build.schema.protection import Protection
from est_build.schema.site import Site

MAX_DECIMALS = 5
TOUCH = 1e-4
"""Degrees (about 10 m): outlines rounded to five decimals may miss each other by this much."""


def read_areas(
    path: Path, name: str, site: Site, protection: Protection
) -> tuple[tuple[Area, ...], list[Problem]]:
    """All areas in file order, checked against the site and the merges of ``skydd.yml``."""
    tree, problems = _read_json(path, name)
    if tree is None:
        return (), problems
    if points := _point_problems(tree):
        return (), points
    collection, problems = validate(AreaCollection, tree)
    if collection is None:
        return (), problems
    problems = [
        *_hierarchy_problems(collection, name, site),
        *_outline_problems(collection, name),
        *_merge_problems(collection, protection),
    ]
    if problems:
        return (), problems
    return _areas(collection.features, protection.sammanslagna), []


def read_background(path: Path, name: str) -> tuple[tuple[Background, ...], tuple[Water, ...], list[Problem]]:
    """Neighbouring land and the names of waters for the map; none if there is no such file.

    Waters stand in the collection's own member ``vatten``: ``[["Östersjön", 13.9, 55.36]]``.
    """
    if not path.exists():
        return (), (), []
    tree, problems = _read_json(path, name)
    if tree is None:
        return (), (), problems
    if points := _point_problems(tree):
        return (), (), points
    try:
        land = tuple(
            Background(str(f["properties"].get("namn", "")), _polygons(f["geometry"]))
            for f in tree.data["features"]
        )
        waters = tuple(Water(str(text), (float(x), float(y))) for text, x, y in tree.data.get("vatten", ()))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        values = {"key": name, "expected": "en FeatureCollection med ytor"}
        return (), (), [Problem(kinds.WRONG_SHAPE, Place(name), values)]
    return land, waters, []


def _read_json(path: Path, name: str) -> tuple[Tree | None, list[Problem]]:
    text = read_text(path, name)
    if isinstance(text, Problem):
        return None, [text]
    try:
        return Tree(name, json.loads(text)), []
    except json.JSONDecodeError as error:
        return None, [Problem(kinds.JSON_SYNTAX, Place(name, error.lineno, error.colno))]


def _point_problems(tree: Tree) -> list[Problem]:
    """A point is refused before anything else: whatever it is for, it points somebody out."""
    features = tree.data.get("features", []) if isinstance(tree.data, dict) else []
    found = []
    for feature in features if isinstance(features, list) else []:
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        if isinstance(geometry, dict) and "Polygon" not in str(geometry.get("type")):
            value = str((feature.get("properties") or {}).get("id", "?"))
            found.append(Problem(kinds.GEOMETRY_POINT, Place(tree.file), {"value": value}))
    return found


def _hierarchy_problems(collection: AreaCollection, name: str, site: Site) -> list[Problem]:
    codes = {m.kod: m.id for m in site.kommuner}
    problems: list[Problem] = []
    seen: set[str] = set()
    for feature in collection.features:
        p = feature.properties
        if p.id in seen:
            problems.append(Problem(kinds.AREA_REPEATED, Place(name), {"value": p.id}))
        seen.add(p.id)
        why = None
        if p.kommun not in codes:
            why = f"kommunen {p.kommun} finns inte i webbplats.yml"
        elif p.niva == "kommun" and p.id != codes[p.kommun]:
            why = f"kommunens id ska vara {codes[p.kommun]}, som i webbplats.yml"
        elif p.niva == "omrade" and p.foralder != codes[p.kommun]:
            why = f"foralder ska vara {codes[p.kommun]}"
        if why is not None:
            problems.append(Problem(kinds.AREA_PARENT, Place(name), {"value": p.id, "why": why}))
    for code, area_id in codes.items():
        if area_id not in seen:
            why = f"kommunen {code} saknar yta"
            problems.append(Problem(kinds.AREA_PARENT, Place(name), {"value": area_id, "why": why}))
    return problems


def _outline_problems(collection: AreaCollection, name: str) -> list[Problem]:
    problems: list[Problem] = []
    for feature in collection.features:
        value = feature.properties.id
        try:
            shape = _shape(feature.geometry.coordinates, feature.geometry.type)
        except (TypeError, ValueError, IndexError):
            why = "koordinaterna går inte att läsa"
            problems.append(Problem(kinds.GEOMETRY_BROKEN, Place(name), {"value": value, "why": why}))
            continue
        if not shape.is_valid:
            why = shapely.is_valid_reason(shape)
            problems.append(Problem(kinds.GEOMETRY_BROKEN, Place(name), {"value": value, "why": why}))
        flat = shapely.get_coordinates(shape).ravel()
        if (abs(flat - flat.round(MAX_DECIMALS)) > 1e-9).any():
            problems.append(Problem(kinds.GEOMETRY_DECIMALS, Place(name), {"value": value}))
    return problems


def _merge_problems(collection: AreaCollection, protection: Protection) -> list[Problem]:
    areas = {f.properties.id: f.properties for f in collection.features}
    problems = []
    for source, target in protection.sammanslagna.items():
        a, b = areas.get(source), areas.get(target)
        why = None
        if a is None or b is None:
            why = "området finns inte"
        elif "kommun" in (a.niva, b.niva):
            why = "en kommun kan inte slås ihop"
        elif a.kommun != b.kommun:
            why = "de ligger i olika kommuner"
        elif target in protection.sammanslagna:
            why = "målet är självt sammanslaget"
        if why is not None:
            values = {"value": source, "target": target, "why": why}
            problems.append(Problem(kinds.MERGE_WRONG, Place("skydd.yml"), values))
    return problems


def _shape(coordinates: Any, kind: str) -> Any:
    if kind == "Polygon":
        return ShapelyPolygon(coordinates[0], coordinates[1:])
    return MultiPolygon([ShapelyPolygon(part[0], part[1:]) for part in coordinates])


def _polygons(geometry: Mapping[str, Any]) -> tuple[Polygon, ...]:
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return tuple(tuple(tuple((float(x), float(y)) for x, y, *_ in ring) for ring in part) for part in parts)


def _areas(features: Iterable[Feature], merged: Mapping[str, str]) -> tuple[Area, ...]:
    every = list(features)
    shapes = [_shape(f.geometry.coordinates, f.geometry.type) for f in every]
    near = _neighbours(every, shapes)
    result = []
    for feature, shape in zip(every, shapes, strict=True):
        p = feature.properties
        inside = _inner_point(shape)
        result.append(
            Area(
                id=p.id,
                name=p.namn,
                municipality=p.kommun,
                level=p.niva,
                parent=p.foralder,
                population=p.folkmangd,
                polygons=_polygons(feature.geometry.model_dump()),
                label_point=inside,
                merged_into=merged.get(p.id),
                neighbours=near[p.id],
            )
        )
    return tuple(result)


def _inner_point(shape: Any) -> tuple[float, float]:
    """Centre of the largest circle that fits: where a symbol is least likely to touch the outline."""
    largest = max(getattr(shape, "geoms", [shape]), key=lambda part: part.area)
    circle = shapely.maximum_inscribed_circle(largest, tolerance=0.002)
    x, y = circle.coords[0]
    return round(float(x), 5), round(float(y), 5)


def _neighbours(features: list[Feature], shapes: list[Any]) -> dict[str, tuple[str, ...]]:
    """Areas of the same level that share a border, by id."""
    tree = STRtree(shapes)
    result: dict[str, tuple[str, ...]] = {}
    for i, (feature, shape) in enumerate(zip(features, shapes, strict=True)):
        level = feature.properties.niva
        hits = tree.query(shape, predicate="dwithin", distance=TOUCH)
        names = [
            features[int(j)].properties
            for j in hits
            if int(j) != i and features[int(j)].properties.niva == level
        ]
        result[feature.properties.id] = tuple(p.id for p in sorted(names, key=lambda p: p.namn.lower()))
    return result
