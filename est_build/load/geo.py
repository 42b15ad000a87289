"""``omraden.geojson`` and ``omgivning.geojson``: outlines, hierarchy, neighbours, label points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from est_build.load.area import Area, Background, Polygon, Water
from est_build.load.json_file import located, read_json
from est_build.load.outline import outline_problem, place_problem, shape_of
from est_build.load.tree import Path_, Tree
from est_build.load.validate import validate
from est_build.problems import Place, Problem, nearest
from est_build.problems import catalogue as kinds
from est_build.schema.areas import AreaCollection, Feature
from est_build.schema.protection import Protection
from est_build.schema.site import Site

TOUCH = 1e-4
"""Degrees (about 10 m): outlines rounded to five decimals may miss each other by this much."""
MAX_AREAS = 2_000
MAX_CORNERS = 300_000
MAX_RINGS = 5_000
"""A whole country has a few hundred areas, with some ten thousand corners."""


def read_areas(
    path: Path,
    name: str,
    site: Site,
    protection: Protection,
    rules: Tree | None = None,
    *,
    drawn: bool = True,
) -> tuple[tuple[Area, ...], list[Problem]]:
    """All areas in file order, checked against the site and the merges of ``skydd.yml``.

    ``rules`` is the tree of ``skydd.yml``: where a wrong merge stands in it. ``drawn``: work out what maps
    need as well, places for labels and neighbours; nothing is checked by it.
    """
    tree, problems = read_json(path, name)
    if tree is None:
        return (), problems
    features, more = _checked(tree, site)
    if more:
        # Once more, now with the line and column of everything.
        _, more = _checked(located(tree, path), site)
    else:
        more = _merge_problems(features, protection, rules or Tree("skydd.yml", None))
    if problems or more:
        return (), [*problems, *more]
    return _areas(features, protection.sammanslagna, drawn=drawn), []


def _checked(tree: Tree, site: Site) -> tuple[list[Feature], list[Problem]]:
    if large := _size_problem(tree):
        return [], [large]
    if points := _point_problems(tree):
        return [], points
    collection, problems = validate(AreaCollection, tree)
    if collection is None:
        return [], problems
    problems = [*_hierarchy_problems(collection, tree, site), *_outline_problems(collection, tree)]
    return collection.features, problems


def _size_problem(tree: Tree) -> Problem | None:
    """A problem (EST121) for more than maps can be drawn of: every page would have it all."""
    features = tree.data.get("features") if isinstance(tree.data, dict) else None
    if not isinstance(features, list):
        return None
    why = None
    if len(features) > MAX_AREAS:
        why = f"den har fler än {MAX_AREAS} områden"
    else:
        corners, rings = _counted(features)
        if corners > MAX_CORNERS:
            why = f"gränserna har fler än {MAX_CORNERS} hörn tillsammans"
        elif rings > MAX_RINGS:
            why = f"gränserna har fler än {MAX_RINGS} delar tillsammans"
    return None if why is None else Problem(kinds.FILE_TOO_LARGE, Place(tree.file), {"why": why})


def _counted(features: Iterable[Any]) -> tuple[int, int]:
    """How many corners and rings the outlines have, whatever shape they are in."""
    left = [f["geometry"].get("coordinates") for f in features
            if isinstance(f, dict) and isinstance(f.get("geometry"), dict)]  # fmt: skip
    corners = rings = 0
    while left:
        one = left.pop()
        if not isinstance(one, list) or not one:
            continue
        if isinstance(one[0], list):
            rings += bool(one[0]) and not isinstance(one[0][0], list)
            left += one
        else:
            corners += 1
    return corners, rings


def read_background(path: Path, name: str) -> tuple[tuple[Background, ...], tuple[Water, ...], list[Problem]]:
    """Neighbouring land and the names of waters for the map; none if there is no such file.

    Waters stand in the collection's own member ``vatten``: ``[["Östersjön", 13.9, 55.36]]``.
    """
    if not path.exists():
        return (), (), []
    tree, problems = read_json(path, name)
    if tree is None or problems:
        return (), (), problems
    if large := _size_problem(tree):
        return (), (), [large]
    if problems := _point_problems(tree) or _background_problems(tree):
        tree = located(tree, path)
        return (), (), _point_problems(tree) or _background_problems(tree)
    land = tuple(
        Background(str(f["properties"].get("namn", "")), _polygons(f["geometry"]))
        for f in tree.data["features"]
    )
    return land, tuple(Water(text, (float(x), float(y))) for text, x, y in tree.data.get("vatten", ())), []


def _background_problems(tree: Tree) -> list[Problem]:
    """The background has few rules: a collection of outlines, and names with a point each."""
    data = tree.data
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        return [_shape_problem(tree, (), "en FeatureCollection med ytor")]
    problems = []
    for i, feature in enumerate(features):
        path: Path_ = ("features", i)
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        if not isinstance(geometry, dict) or not isinstance(feature.get("properties"), dict):
            problems.append(_shape_problem(tree, path, "en yta med properties och geometry"))
            continue
        kind, coordinates = str(geometry.get("type")), geometry.get("coordinates")
        where = (*path, "geometry", "coordinates")
        found = outline_problem(str(feature["properties"].get("namn", "?")), (kind, coordinates), tree, where)
        problems += [] if found is None else [found]
    waters = data.get("vatten", [])
    for i, water in enumerate(waters if isinstance(waters, list) else [None]):
        if not _is_water(water):
            problems.append(_shape_problem(tree, ("vatten", i), "ett namn, en longitud och en latitud"))
    return problems


def _is_water(water: Any) -> bool:
    return (
        isinstance(water, list)
        and len(water) == 3
        and isinstance(water[0], str)
        and all(isinstance(x, int | float) and not isinstance(x, bool) and abs(x) <= 180 for x in water[1:])
    )


def _shape_problem(tree: Tree, path: Path_, expected: str) -> Problem:
    key = str(path[0]) if path else "filen"
    return Problem(kinds.WRONG_SHAPE, tree.place(path), {"key": key, "expected": expected})


def _point_problems(tree: Tree) -> list[Problem]:
    """A point is refused before anything else: whatever it is for, it points somebody out."""
    features = tree.data.get("features", []) if isinstance(tree.data, dict) else []
    found = []
    for i, feature in enumerate(features if isinstance(features, list) else []):
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        if isinstance(geometry, dict) and "Point" in str(geometry.get("type")):
            properties = feature.get("properties")
            value = str(properties.get("id", "?")) if isinstance(properties, dict) else "?"
            place = tree.place(("features", i, "geometry", "type"))
            found.append(Problem(kinds.GEOMETRY_POINT, place, {"value": value}))
    return found


def _hierarchy_problems(collection: AreaCollection, tree: Tree, site: Site) -> list[Problem]:
    codes = {m.kod: m.id for m in site.kommuner}
    problems: list[Problem] = []
    seen: set[str] = set()
    towns: set[str] = set()
    for i, feature in enumerate(collection.features):
        p, path = feature.properties, ("features", i, "properties")
        if p.id in seen:
            problems.append(Problem(kinds.AREA_REPEATED, tree.place((*path, "id")), {"value": p.id}))
        seen.add(p.id)
        key, why, near = "kommun", None, None
        if p.kommun not in codes:
            why, near = f"kommunen {p.kommun} finns inte i webbplats.yml", nearest(p.kommun, list(codes))
        elif p.niva == "kommun" and p.id != codes[p.kommun]:
            key, why = "id", f"kommunens id ska vara {codes[p.kommun]}, som i webbplats.yml"
        elif p.niva == "kommun" and p.foralder:
            key, why = "foralder", "en kommun har ingen förälder"
        elif p.niva == "omrade" and p.foralder != codes[p.kommun]:
            key, why = "foralder", f"foralder ska vara {codes[p.kommun]}"
        elif p.niva == "kommun":
            towns.add(p.kommun)
        if why is not None:
            place = tree.place((*path, key))
            problems.append(Problem(kinds.AREA_PARENT, place, {"value": p.id, "why": why}, near))
    told = {p.values["value"] for p in problems}
    for code, area_id in codes.items():
        if code not in towns and area_id not in told:
            values = {"value": area_id, "why": f"kommunen {code} saknar yta"}
            problems.append(Problem(kinds.AREA_PARENT, Place(tree.file), values))
    return problems


def _outline_problems(collection: AreaCollection, tree: Tree) -> list[Problem]:
    problems = []
    for i, f in enumerate(collection.features):
        about = f.properties.id, (f.geometry.type, f.geometry.coordinates), tree
        path: Path_ = ("features", i, "geometry", "coordinates")
        if found := outline_problem(*about, path) or place_problem(*about, path):
            problems.append(found)
    return problems


def _merge_problems(features: Iterable[Feature], protection: Protection, rules: Tree) -> list[Problem]:
    areas = {f.properties.id: f.properties for f in features}
    problems = []
    for source, target in protection.sammanslagna.items():
        a, b = areas.get(source), areas.get(target)
        why, near = None, None
        if a is None or b is None:
            missing = source if a is None else target
            why, near = f"området {missing} finns inte", nearest(missing, list(areas))
        elif "kommun" in (a.niva, b.niva):
            why = "en kommun kan inte slås ihop"
        elif a.kommun != b.kommun:
            why = "de ligger i olika kommuner"
        elif target in protection.sammanslagna:
            why = "målet är självt sammanslaget"
        if why is not None:
            place = rules.place(("sammanslagna", source), of_key=True)
            values = {"value": source, "target": target, "why": why}
            problems.append(Problem(kinds.MERGE_WRONG, place, values, near))
    return problems


def _polygons(geometry: Mapping[str, Any]) -> tuple[Polygon, ...]:
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return tuple(tuple(tuple((float(x), float(y)) for x, y, *_ in ring) for ring in part) for part in parts)


def _areas(features: Iterable[Feature], merged: Mapping[str, str], *, drawn: bool) -> tuple[Area, ...]:
    every = list(features)
    shapes = [shape_of(f.geometry.coordinates, f.geometry.type) for f in every] if drawn else []
    near = _neighbours(every, shapes) if drawn else {}
    result = []
    for i, feature in enumerate(every):
        p = feature.properties
        polygons = _polygons(feature.geometry.model_dump())
        inside = _inner_point(shapes[i]) if drawn else polygons[0][0][0]
        result.append(
            Area(
                id=p.id,
                name=p.namn,
                municipality=p.kommun,
                level=p.niva,
                parent=p.foralder,
                population=p.folkmangd,
                polygons=polygons,
                label_point=inside,
                merged_into=merged.get(p.id),
                neighbours=near.get(p.id, ()),
            )
        )
    return tuple(result)


def _inner_point(shape: Any) -> tuple[float, float]:
    """Centre of the largest circle that fits: where a symbol is least likely to touch the outline."""
    import shapely

    largest = max(getattr(shape, "geoms", [shape]), key=lambda part: part.area)
    circle = shapely.maximum_inscribed_circle(largest, tolerance=0.002)
    x, y = circle.coords[0]
    return round(float(x), 5), round(float(y), 5)


def _neighbours(features: list[Feature], shapes: list[Any]) -> dict[str, tuple[str, ...]]:
    """Areas of the same level that share a border, by id."""
    from shapely.strtree import STRtree

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
