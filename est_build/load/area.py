"""Areas as values: names, hierarchy and outlines in degrees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Point = tuple[float, float]
Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]
"""Outer ring first, then holes; longitude, latitude in WGS84."""


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality or a small area. ``merged_into`` names the area that its reports count in."""

    id: str
    name: str
    municipality: str
    """Municipality code, for example ``1286``."""
    level: Literal["kommun", "omrade"]
    parent: str
    population: int
    polygons: tuple[Polygon, ...]
    label_point: Point
    """A point well inside the outline, where the symbol stands."""
    merged_into: str | None = None
    neighbours: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Background:
    """Land around the instance that is drawn but has no figures."""

    name: str
    polygons: tuple[Polygon, ...]


@dataclass(frozen=True, slots=True)
class Water:
    """The name of a sea or a lake, and where it is written on the map."""

    name: str
    point: Point
