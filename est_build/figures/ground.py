"""The ground of a map: outlines projected once and kept, since hundreds of pages draw the same land."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from est_build.figures.projection import (
    Coordinate,
    Projection,
    bounding_window,
    clip,
    fit,
    line_data,
    path_data,
)
from est_build.model.area import Area, Background, Polygon

MAP_WIDTH: Final = 640.0
"""Width of every map in user units. Narrow maps use the same outlines with larger symbols."""
_COARSE: Final = 4000
"""With more points than this, outlines are rounded to whole units."""
_OUTSIDE: Final = 30.0


@dataclass(frozen=True, eq=False)
class Ground:
    """All that is the same in every map of an instance. Compared by identity, so build it once.

    Args:
        areas: the small areas that get symbols (merged ones too).
        municipalities: outlines of the municipalities, drawn with a stronger line.
        background: neighbouring land.
        waters: names of waters with the point of their middle (text, longitude, latitude).
        tallest: greatest height of its maps as a part of their width.
    """

    areas: tuple[Area, ...]
    municipalities: tuple[Area, ...]
    background: tuple[Background, ...] = ()
    waters: tuple[tuple[str, float, float], ...] = ()
    tallest: float = 1.5


@dataclass(frozen=True, slots=True)
class Drawn:
    """The ground as path data."""

    projection: Projection
    land: str
    """Municipalities."""
    around: str
    """Neighbouring land, clipped to the page."""
    hairlines: str
    """Borders between small areas, each drawn once."""
    surfaces: dict[str, str]
    """Outline of each area that stands for itself, with the areas merged into it."""
    wholes: dict[str, str]
    """Outline of each municipality by its code."""
    points: dict[str, Coordinate]
    """Where the symbol of each area stands."""
    shore: tuple[Coordinate, ...]
    """Points along the outlines of municipalities, close enough to see whether a label covers them."""
    land_area: float
    """Area of the municipalities in square units."""


@lru_cache(maxsize=32)
def town_ground(ground: Ground, municipality: str) -> Ground:
    """One municipality alone, as large as the page allows; the others are neighbouring land."""
    inside = tuple(a for a in ground.areas if a.municipality == municipality)
    town = tuple(m for m in ground.municipalities if m.municipality == municipality)
    others = tuple(
        Background(m.name, m.polygons) for m in ground.municipalities if m.municipality != municipality
    )
    return Ground(inside, town, (*ground.background, *others), ground.waters, 1.05)


@lru_cache(maxsize=32)
def drawn(ground: Ground) -> Drawn:
    """Projects the outlines of a ground."""
    rings = [ring for area in (*ground.areas, *ground.municipalities) for ring in _rings(area.polygons)]
    projection = fit(bounding_window(rings), MAP_WIDTH, tallest=ground.tallest)
    digits = 0 if sum(map(len, rings)) > _COARSE else 1
    merged: dict[str, list[Area]] = {}
    for area in ground.areas:
        merged.setdefault(area.merged_into or area.id, []).append(area)
    outlines = _page(projection, (r for m in ground.municipalities for r in _rings(m.polygons)))

    def path(polygons: Iterable[Polygon]) -> str:
        return path_data(_page(projection, _rings(polygons)), digits)

    return Drawn(
        projection,
        path_data(outlines, digits),
        path_data(_clipped(projection, ground.background), digits),
        line_data(_page(projection, _borders(ground)), digits),
        {key: path(p for a in group for p in a.polygons) for key, group in merged.items()},
        {m.municipality: path(m.polygons) for m in ground.municipalities},
        {area.id: projection.point(*area.label_point) for area in ground.areas},
        tuple(_sampled(outlines)),
        sum(map(_area, outlines)) or projection.width * projection.height,
    )


def _sampled(rings: Iterable[Sequence[Coordinate]]) -> Iterable[Coordinate]:
    """Points on rings, at most some six units apart."""
    for ring in rings:
        for (x0, y0), (x1, y1) in pairwise(ring):
            steps = max(1, int(math.hypot(x1 - x0, y1 - y0) / 6))
            for step in range(steps):
                yield x0 + (x1 - x0) * step / steps, y0 + (y1 - y0) * step / steps


def _area(ring: Sequence[Coordinate]) -> float:
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring))) / 2


def _rings(polygons: Iterable[Polygon]) -> list[Sequence[Coordinate]]:
    return [ring for polygon in polygons for ring in polygon]


def _page(projection: Projection, rings: Iterable[Sequence[Coordinate]]) -> list[list[Coordinate]]:
    return [[projection.point(x, y) for x, y in ring] for ring in rings]


def _clipped(projection: Projection, background: Iterable[Background]) -> list[list[Coordinate]]:
    """Neighbouring land with a little outside the page, so that the cut never shows."""
    rings = _page(projection, (ring for land in background for ring in _rings(land.polygons)))
    box = (-_OUTSIDE, -_OUTSIDE, projection.width + _OUTSIDE, projection.height + _OUTSIDE)
    return [part for ring in rings if (part := clip(ring, *box))]


Edge = tuple[Coordinate, Coordinate]


def _edges(rings: Iterable[Sequence[Coordinate]]) -> Iterable[Edge]:
    for ring in rings:
        for a, b in pairwise(ring):
            if a != b:
                yield (a, b) if a < b else (b, a)


def _borders(ground: Ground) -> list[list[Coordinate]]:
    """Borders between small areas: each once, none inside a merged area, none on a municipality's edge.

    Drawn twice, two dashed lines would fill each other's gaps.
    """
    outer = {edge for m in ground.municipalities for edge in _edges(_rings(m.polygons))}
    owners: dict[Edge, set[str]] = {}
    repeated: set[Edge] = set()
    for area in ground.areas:
        key = area.merged_into or area.id
        for edge in _edges(_rings(area.polygons)):
            if edge in owners and key in owners[edge]:
                repeated.add(edge)
            owners.setdefault(edge, set()).add(key)
    # Seen twice by one owner and by no other: the border inside a merged area.
    inner = {edge for edge in repeated if len(owners[edge]) == 1}
    return _chains(sorted(edge for edge in owners if edge not in outer and edge not in inner))


def _chains(edges: Sequence[Edge]) -> list[list[Coordinate]]:
    """Edges joined into long lines, the same way every time."""
    at: dict[Coordinate, list[int]] = {}
    for index, (a, b) in enumerate(edges):
        at.setdefault(a, []).append(index)
        at.setdefault(b, []).append(index)
    used = [False] * len(edges)
    lines: list[list[Coordinate]] = []
    for index, (a, b) in enumerate(edges):
        if used[index]:
            continue
        used[index] = True
        line = [a, b]
        for forward in (True, False):
            while True:
                end = line[-1] if forward else line[0]
                step = next((i for i in at[end] if not used[i]), None)
                if step is None:
                    break
                used[step] = True
                other = edges[step][1] if edges[step][0] == end else edges[step][0]
                if forward:
                    line.append(other)
                else:
                    line.insert(0, other)
        lines.append(line)
    return lines
