"""Outlines of the areas as GeoJSON (RFC 7946): as they are, and with the figures of the latest fortnight."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from est_build.model.cell import Shown
from est_build.model.published import Published
from est_build.pages.datafiles import DataFile
from est_build.publish.rows import hidden_as, mark
from est_build.schema.opendata import tables

PLAIN: Final = "omraden.geojson"
LATEST: Final = "omraden-senaste.geojson"
Ring = list[list[float]]


def outline_files(published: Published, data: Path) -> tuple[DataFile, ...]:
    """Both files. ``data``: where ``omraden.geojson`` stands."""
    collection = json.loads((data / PLAIN).read_text(encoding="utf-8"))
    for feature in collection["features"]:
        turn(feature["geometry"])
        feature["properties"]["exempel"] = mark(published)
    plain = _file(PLAIN, tables.AREAS.title, collection)
    for feature in collection["features"]:
        feature["properties"] |= _latest(published, feature["properties"]["id"])
    return plain, _file(LATEST, "Områden med den senaste periodens antal", collection)


def _file(name: str, title: str, collection: dict[str, Any]) -> DataFile:
    text = json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n"
    return DataFile(name, title, text.encode("utf-8"), len(collection["features"]))


def _latest(published: Published, area_id: str) -> dict[str, Any]:
    """All reports of an area in the latest fortnight; an area that is counted in another has none."""
    span, area = published.periods[-1], published.area(area_id)
    cell = None if area.merged_into else published.total_cell(span, area)
    found: dict[str, Any] = {
        "raknas_i": area.merged_into,
        "tid": span.id,
        "start": span.start.isoformat(),
        "slut": span.end.isoformat(),
        "fran": None,
        "till": None,
        "skydd": None,
    }
    if isinstance(cell, Shown):
        return found | {"fran": cell.low, "till": cell.high}
    if cell is not None:
        found["skydd"] = hidden_as(published.participation(span, area.municipality))
    return found


def turn(geometry: dict[str, Any]) -> None:
    """Outer rings go anticlockwise and holes clockwise, as RFC 7946 (3.1.6) has it. Changes in place."""
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for polygon in parts:
        for index, ring in enumerate(polygon):
            if (_twice_area(ring) > 0) != (index == 0):
                ring.reverse()


def _twice_area(ring: Ring) -> float:
    """Positive for a ring that goes anticlockwise (the shoelace formula)."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
