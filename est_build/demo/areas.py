"""Small areas of the example: Voronoi cells of real localities within real municipalities.

They are illustrative: each point of a municipality belongs to the nearest locality in it. The five
outlines and the 32 cells form one coverage: every shared border has the same vertices on both
sides, so that nothing gapes or overlaps after the rounding to five decimals.
"""

from __future__ import annotations

import itertools
import json
import math
from typing import Any, NamedTuple

import shapely
from shapely.geometry import LineString, MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry

from est_build.demo.places import MUNICIPALITIES, Locality, localities_of, read_collection

DECIMALS = 5
_LATITUDE = 55.57
_STRETCH = math.cos(math.radians(_LATITUDE))
"""Length of a degree of longitude against one of latitude in the middle of the example."""
_ON_EDGE = 1e-9
"""Degrees within which a vertex counts as lying on an edge (a tenth of a millimetre)."""

Coordinate = tuple[float, float]


class _Cell(NamedTuple):
    place: Locality
    shape: Polygon


def _flat(shape: BaseGeometry) -> BaseGeometry:
    """Degrees -> a plane in which distances are true enough to tell which place is nearest."""
    return shapely.transform(shape, lambda points: points * (_STRETCH, 1.0))


def _parts(shape: BaseGeometry) -> list[Polygon]:
    return [part for part in shapely.get_parts(shape) if isinstance(part, Polygon)]


def _voronoi(outline: Polygon, places: tuple[Locality, ...]) -> list[_Cell]:
    """One cell for each place, all in the plane, clipped to the outline."""
    seeds = [Point(place.lon * _STRETCH, place.lat) for place in places]
    raw = shapely.get_parts(
        shapely.voronoi_polygons(MultiPoint(seeds), extend_to=outline.buffer(1.0))
    )
    shapes = [
        next(cell for cell in raw if cell.covers(seed)).intersection(outline) for seed in seeds
    ]
    return _connected(places, shapes, seeds)


def _connected(
    places: tuple[Locality, ...], shapes: list[BaseGeometry], seeds: list[Point]
) -> list[_Cell]:
    """Give a part that the outline cuts off from its place to the neighbour it shares most with."""
    main: list[Polygon] = []
    loose: list[Polygon] = []
    for shape, seed in zip(shapes, seeds, strict=True):
        parts = sorted(_parts(shape), key=lambda part: part.distance(seed))
        main.append(parts[0])
        loose += parts[1:]
    for part in sorted(loose, key=lambda piece: piece.bounds):
        shared = [part.boundary.intersection(shape.boundary).length for shape in main]
        best = shared.index(max(shared))
        main[best] = shapely.union_all([main[best], part])
    return [_Cell(place, shape) for place, shape in zip(places, main, strict=True)]


def _with_vertices(ring: list[Coordinate], extra: list[Coordinate]) -> list[Coordinate]:
    """The ring with every extra point that lies on one of its edges put in as a vertex."""
    result: list[Coordinate] = []
    for start, end in itertools.pairwise(ring):
        edge = LineString([start, end])
        on_edge = {
            point
            for point in extra
            if point not in (start, end) and edge.distance(Point(point)) < _ON_EDGE
        }
        result += [start, *sorted(on_edge, key=lambda point: math.dist(start, point))]
    return [*result, result[0]]


def _snap(cells: list[_Cell]) -> list[_Cell]:
    """Round to five decimals, after every border has got the vertices of its other side."""
    points: set[Coordinate] = set()
    for cell in cells:
        points.update((x, y) for x, y in cell.shape.exterior.coords)
    extra = sorted(points)
    result = []
    for cell in cells:
        ring = _with_vertices([(x, y) for x, y in cell.shape.exterior.coords], extra)
        rounded = [(round(x / _STRETCH, DECIMALS), round(y, DECIMALS)) for x, y in ring]
        kept = [rounded[0]] + [b for a, b in itertools.pairwise(rounded) if a != b]
        result.append(_Cell(cell.place, Polygon(kept)))
    return result


def _inhabitants(total: int, cells: list[_Cell]) -> list[int]:
    """Spread those who live outside the localities by area, in tens; the sum is the total."""
    countryside = total - sum(cell.place.folkmangd for cell in cells)
    sizes = [_flat(cell.shape).area for cell in cells]
    people = [
        round((cell.place.folkmangd + countryside * size / sum(sizes)) / 10) * 10
        for cell, size in zip(cells, sizes, strict=True)
    ]
    people[people.index(max(people))] += total - sum(people)
    return people


def _ring(points: list[Coordinate]) -> list[list[float]]:
    """The ring counter-clockwise, starting at its westernmost vertex, closed."""
    ring = points[:-1] if points[0] == points[-1] else points
    if not shapely.is_ccw(LineString([*ring, ring[0]])):
        ring = ring[::-1]
    first = ring.index(min(ring))
    turned = ring[first:] + ring[:first]
    return [[x, y] for x, y in [*turned, turned[0]]]


def _feature(properties: dict[str, object], shape: BaseGeometry) -> dict[str, Any]:
    if not isinstance(shape, Polygon) or shape.interiors:
        raise ValueError(f"Området {properties['id']} är inte en enda hel yta.")
    ring = _ring([(x, y) for x, y in shape.exterior.coords])
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _cells() -> dict[str, list[_Cell]]:
    """Rounded cells in degrees, municipality code -> cells in Swedish alphabetical order."""
    outlines = {
        feature["properties"]["id"]: _flat(shapely.from_geojson(json.dumps(feature["geometry"])))
        for feature in read_collection("kommuner.geojson")
    }
    raw: list[_Cell] = []
    for municipality in MUNICIPALITIES:
        outline = outlines[municipality.kod]
        if not isinstance(outline, Polygon):
            raise ValueError(f"Gränsen för {municipality.namn} är inte en enda hel yta.")
        raw += _voronoi(outline, localities_of(municipality.kod))
    snapped = _snap(raw)
    return {
        municipality.kod: [cell for cell in snapped if cell.place.kommun == municipality.kod]
        for municipality in MUNICIPALITIES
    }


def build_areas() -> dict[str, Any]:
    """GeoJSON of the five municipalities, then of their 32 small areas (``schema/areas.py``).

    A municipality is exactly the union of its small areas; each is one polygon without holes.
    """
    wholes: list[dict[str, Any]] = []
    smalls: list[dict[str, Any]] = []
    cells = _cells()
    for municipality in MUNICIPALITIES:
        own = cells[municipality.kod]
        properties = {
            "id": municipality.id,
            "namn": municipality.namn,
            "kommun": municipality.kod,
            "niva": "kommun",
            "foralder": "",
            "folkmangd": municipality.folkmangd,
        }
        wholes.append(_feature(properties, shapely.coverage_union_all([c.shape for c in own])))
        for cell, people in zip(own, _inhabitants(municipality.folkmangd, own), strict=True):
            properties = {
                "id": cell.place.id,
                "namn": cell.place.namn,
                "kommun": municipality.kod,
                "niva": "omrade",
                "foralder": municipality.id,
                "folkmangd": people,
            }
            smalls.append(_feature(properties, cell.shape))
    return {"type": "FeatureCollection", "features": wholes + smalls}


def background() -> dict[str, Any]:
    """GeoJSON of the municipalities around the five: land for the map, nothing is counted there.

    ``vatten`` says where the names of the seas are written.
    """
    return {
        "type": "FeatureCollection",
        "vatten": [["Östersjön", 13.75, 55.385], ["Hanöbukten", 14.38, 55.72]],
        "features": read_collection("omgivning.geojson"),
    }


def geojson_text(collection: dict[str, Any]) -> str:
    """Compact JSON with one feature a line, so that a changed area is a readable difference."""
    lines = [
        json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
        for feature in collection["features"]
    ]
    others = "".join(
        f"{json.dumps(name)}:{json.dumps(value, ensure_ascii=False, separators=(',', ':'))},"
        for name, value in collection.items()
        if name not in {"type", "features"}
    )
    return f'{{"type":"FeatureCollection",{others}"features":[\n' + ",\n".join(lines) + "\n]}\n"
