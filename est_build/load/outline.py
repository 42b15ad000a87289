"""Outlines as they stand in a GeoJSON file: what can be wrong with them, and where."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from est_build.load.simple_ring import is_simple
from est_build.load.tree import Path_, Tree
from est_build.problems import Kind, Problem
from est_build.problems import catalogue as kinds

MAX_DECIMALS = 5
_REASONS = {
    "Self-intersection": "gränsen korsar sig själv",
    "Ring Self-intersection": "gränsen går två gånger genom samma punkt",
    "Hole lies outside shell": "ett hål ligger utanför ytan",
    "Nested holes": "ett hål ligger i ett annat hål",
    "Nested shells": "en yta ligger inuti en annan",
    "Duplicate Rings": "samma yta står två gånger",
    "Interior is disconnected": "ytan hänger inte ihop",
    "Too few points in geometry component": "ytan har för få hörn",
}


def shape_of(coordinates: Any, kind: str) -> Any:
    """A shapely polygon or multipolygon from checked coordinates; heights are left out."""
    # The library takes longer to load than all else in a check, which seldom needs it.
    from shapely.geometry import MultiPolygon
    from shapely.geometry import Polygon as ShapelyPolygon

    parts = [coordinates] if kind == "Polygon" else coordinates
    flat = [[[point[:2] for point in ring] for ring in part] for part in parts]
    shapes = [ShapelyPolygon(part[0], part[1:]) for part in flat]
    return shapes[0] if kind == "Polygon" else MultiPolygon(shapes)


def outline_problem(value: str, geometry: tuple[str, Any], tree: Tree, path: Path_) -> Problem | None:
    """The first thing that is wrong with the outline of ``value``, or ``None``.

    Args:
        value: id of the area.
        geometry: type and coordinates.
        tree: where the coordinates stand.
        path: to the coordinates.
    """
    kind, coordinates = geometry
    for where, why in _faults(kind, coordinates):
        which = kinds.GEOMETRY_DECIMALS if why == _DECIMALS else kinds.GEOMETRY_BROKEN
        return _problem(which, value, why, (tree, (*path, *where)))
    if kind == "Polygon" and len(coordinates) == 1 and is_simple(coordinates[0], MAX_DECIMALS):
        return None
    import shapely

    shape = shape_of(coordinates, kind)
    if shape.is_valid:
        return None
    reason, _, place = shapely.is_valid_reason(shape).partition("[")
    why = _REASONS.get(reason.strip(), "formen är trasig")
    if place:
        why += f" vid {place.rstrip(']').replace(' ', ', ')}"
    return _problem(kinds.GEOMETRY_BROKEN, value, why, (tree, path))


def place_problem(value: str, geometry: tuple[str, Any], tree: Tree, path: Path_) -> Problem | None:
    """A problem if a sound outline (see :func:`outline_problem`) is not in Sweden: then it is another's."""
    kind, coordinates = geometry
    for part in [coordinates] if kind == "Polygon" else coordinates:
        for x, y, *_ in part[0]:
            if not (_EAST[0] <= x <= _EAST[1] and _NORTH[0] <= y <= _NORTH[1]):
                return _problem(kinds.GEOMETRY_BROKEN, value, "den ligger inte i Sverige", (tree, path))
    return None


def _problem(kind: Kind, value: str, why: str, where: tuple[Tree, Path_]) -> Problem:
    tree, path = where
    return Problem(kind, tree.place(path), {"value": value, "why": why})


_DECIMALS = "decimaler"
_EAST, _NORTH = (10, 25), (54, 70)
"""Degrees between which Sweden lies."""


def _faults(kind: str, coordinates: Any) -> Iterator[tuple[Path_, str]]:
    """What is wrong with the numbers themselves, each with its path inside the coordinates."""
    parts = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(parts, list) or not parts:
        yield (), "den har ingen yta"
        return
    points: list[Sequence[float]] = []
    for i, part in enumerate(parts):
        inside: Path_ = () if kind == "Polygon" else (i,)
        if not isinstance(part, list) or not part:
            yield inside, "den har ingen yta"
            continue
        for j, ring in enumerate(part):
            yield from _ring_faults(ring, (*inside, j))
            points += ring if isinstance(ring, list) else []
    if all(_NORTH[0] <= p[0] <= _NORTH[1] and _EAST[0] <= p[1] <= _EAST[1] for p in points):
        yield (), "longitud och latitud har bytt plats; longitud ska stå först"


def _ring_faults(ring: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    if not isinstance(ring, list) or len(ring) < 4:
        yield path, "en ring behöver minst fyra punkter"
        return
    for i, point in enumerate(ring):
        yield from ((((*path, i)), why) for why in _point_faults(point))
    if ring[0] != ring[-1]:
        yield path, "en ring slutar inte där den börjar"


def _point_faults(point: Any) -> Iterator[str]:
    if (
        not isinstance(point, list)
        or len(point) not in {2, 3}
        or any(isinstance(x, bool) or not isinstance(x, int | float) for x in point)
    ):
        yield "en punkt ska vara två tal: longitud och latitud"
    elif any(isinstance(x, float) and not math.isfinite(x) for x in point) or not (
        -180 <= point[0] <= 180 and -90 <= point[1] <= 90
    ):
        yield "koordinaterna är inte grader i WGS84; räkna om dem"
    elif any(round(x, MAX_DECIMALS) != x for x in point[:2]):
        yield _DECIMALS
