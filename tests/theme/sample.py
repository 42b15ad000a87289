"""Invented values for the gallery and the tests of figures. Seeded: the same every time."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import shapely

import est_build
from est_build.demo.areas import build_areas
from est_build.figures.ground import Ground
from est_build.model.area import Area, Background, Polygon
from est_build.model.cell import HIDDEN, Cell, Shown
from est_build.model.series import Marker, Participation, Point, Series
from est_build.model.span import Span

AROUND = Path(est_build.__file__).parent / "demo" / "geo" / "omgivning.geojson"
FIRST = dt.date(2023, 1, 2)


def fortnight(index: int) -> Span:
    """The fortnight number ``index``, counted from Monday 2023-01-02."""
    start = FIRST + dt.timedelta(days=14 * index)
    end = start + dt.timedelta(days=13)
    one, two = start.isocalendar(), end.isocalendar()
    tail = f"v{two.week:02d}" if one.year == two.year else f"{two.year}-v{two.week:02d}"
    if one.year == two.year:
        tail = f"{two.week:02d}"
    return Span("period", f"{one.year}-v{one.week:02d}-{tail}", start, end, end + dt.timedelta(days=4))


def rung(count: int) -> Cell:
    """The interval of five that holds ``count``; hidden under five."""
    low = count // 5 * 5
    return Shown(low, low + 4) if low else HIDDEN


def series(
    key: str,
    mean: float,
    count: int = 26,
    *,
    invited: int = 82,
    area: str = "Ystads tätort",
    last: int = 101,
) -> Series:
    """``count`` fortnights that end with number ``last``, with a summer break each year."""
    dice = random.Random(key)
    points = []
    for index in range(last - count, last):
        span = fortnight(index)
        if span.start.isocalendar().week in {29, 31}:
            points.append(Point(span, None, Participation(0, HIDDEN)))
            continue
        reports = max(0, round(dice.gauss(mean, mean**0.5 * 1.5)))
        asked = invited + (8 if index > 60 else 0)
        points.append(
            Point(span, rung(reports), Participation(asked, rung(int(asked * dice.uniform(0.65, 0.85)))))
        )
    return Series(key, area, "Alla rapporter", tuple(points))


def quarters(key: str = "kv", count: int = 15) -> Series:
    """Quarters from the first of 2023."""
    dice = random.Random(key)
    points = []
    for index in range(count):
        year, quarter = 2023 + index // 4, index % 4 + 1
        start = dt.date(year, quarter * 3 - 2, 1)
        end = start + dt.timedelta(days=90)
        span = Span("kvartal", f"{year}-kv{quarter}", start, end, end)
        points.append(Point(span, rung(dice.randint(0, 160)), Participation(82, rung(60))))
    return Series(key, "Ystads kommun", "Skadegörelse och klotter", tuple(points))


MARKERS = (
    Marker("7 september 2026", fortnight(96).id, 1, "ny belysning", "#atgard-1"),
    Marker("20 september 2026", fortnight(96).id, 2, "fältsekreterare"),
    Marker("2 november 2026", fortnight(100).id, 3, "talk"),
    Marker("januari 2026", fortnight(78).id, None, "ny enkät"),
)


def demo_ground() -> Ground:
    """The outlines of the example, with what stands around it."""
    collection = build_areas()
    areas = []
    for feature in collection["features"]:
        p, geometry = feature["properties"], feature["geometry"]
        inside = shapely.maximum_inscribed_circle(shapely.from_geojson(json.dumps(geometry)), tolerance=0.002)
        areas.append(
            Area(
                p["id"],
                p["namn"],
                p["kommun"],
                p["niva"],
                p["foralder"],
                p["folkmangd"],
                _polygons(geometry),
                inside.coords[0],
                "rydsgard" if p["id"] == "slimminge" else None,
            )
        )
    around = json.loads(AROUND.read_text(encoding="utf-8"))
    return Ground(
        tuple(a for a in areas if a.level == "omrade"),
        tuple(a for a in areas if a.level == "kommun"),
        tuple(Background(f["properties"]["namn"], _polygons(f["geometry"])) for f in around["features"]),
        (("Östersjön", 13.75, 55.385), ("Hanöbukten", 14.38, 55.72)),
    )


def _polygons(geometry: dict[str, Any]) -> tuple[Polygon, ...]:
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return tuple(tuple(tuple((x, y) for x, y in ring) for ring in part) for part in parts)


def square(
    area_id: str,
    name: str,
    corner: tuple[float, float],
    *,
    size: float = 1.0,
    merged: str | None = None,
) -> Area:
    """A square area with its lower left corner at ``corner`` (degrees)."""
    x, y = corner
    ring = ((x, y), (x + size, y), (x + size, y + size), (x, y + size), (x, y))
    middle = (x + size / 2, y + size / 2)
    return Area(area_id, name, "1286", "omrade", "ystad", 1000, ((ring,),), middle, merged)


def grid_ground(columns: int = 4, rows: int = 3, names: Sequence[str] = ()) -> Ground:
    """A municipality of square areas, ``columns`` times ``rows``, with the same vertices on both sides."""
    size = 0.25
    areas = []
    for index in range(columns * rows):
        name = names[index] if index < len(names) else f"Område {index + 1}"
        corner = (13 + index % columns * size, 55 + index // columns * size)
        areas.append(square(f"o{index + 1}", name, corner, size=size))
    xs = [13 + i * size for i in range(columns + 1)]
    ys = [55 + i * size for i in range(rows + 1)]
    ring = (
        *((x, ys[0]) for x in xs),
        *((xs[-1], y) for y in ys[1:]),
        *((x, ys[-1]) for x in reversed(xs[:-1])),
        *((xs[0], y) for y in reversed(ys[:-1])),
    )
    middle = ((xs[0] + xs[-1]) / 2, (ys[0] + ys[-1]) / 2)
    whole = Area("ystad", "Ystad", "1286", "kommun", "", 9000, ((ring,),), middle)
    return Ground(tuple(areas), (whole,))


def map_values(ground: Ground, top: int = 39, seed: int = 1) -> dict[str, Cell | None]:
    """Cells for every area that stands for itself: towns most, the smallest hidden."""
    dice = random.Random(seed)
    return {
        area.id: rung(dice.randint(15, top) if area.name.endswith("tätort") else dice.randint(0, 9))
        for area in ground.areas
        if area.merged_into is None
    }
