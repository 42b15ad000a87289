"""The five municipalities and their localities, as packaged in ``geo/`` (see its sources)."""

from __future__ import annotations

import csv
import json
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple


class DemoMunicipality(NamedTuple):
    """A municipality of the example. ``folkmangd`` is rounded to whole hundreds."""

    kod: str
    id: str
    namn: str
    folkmangd: int
    huvudort: str
    """The small area that holds the main town."""


MUNICIPALITIES = (
    DemoMunicipality("1291", "simrishamn", "Simrishamn", 18900, "simrishamns-tatort"),
    DemoMunicipality("1265", "sjobo", "Sjöbo", 19500, "sjobo-tatort"),
    DemoMunicipality("1264", "skurup", "Skurup", 16700, "skurups-tatort"),
    DemoMunicipality("1270", "tomelilla", "Tomelilla", 13700, "tomelilla-tatort"),
    DemoMunicipality("1286", "ystad", "Ystad", 31900, "ystads-tatort"),
)
"""In Swedish alphabetical order, as everywhere."""

BY_CODE = {municipality.kod: municipality for municipality in MUNICIPALITIES}
TOWNS = frozenset(municipality.huvudort for municipality in MUNICIPALITIES)


class Locality(NamedTuple):
    """A real locality: the seed of one small area. Degrees WGS84, inhabitants of the locality."""

    namn: str
    id: str
    kommun: str
    lat: float
    lon: float
    folkmangd: int
    kalla: str


def swedish_key(text: str) -> str:
    """Sort key that puts å, ä and ö last, without asking the machine's own locale."""
    return text.casefold().translate(str.maketrans("åäö", "{|}"))


def read_geo(name: str) -> str:
    """Text of a packaged file of ``geo/``."""
    return files("est_build.demo").joinpath("geo", name).read_text(encoding="utf-8")


def read_collection(name: str) -> list[dict[str, Any]]:
    """Features of a packaged GeoJSON file of ``geo/``."""
    features: list[dict[str, Any]] = json.loads(read_geo(name))["features"]
    return features


@cache
def localities() -> tuple[Locality, ...]:
    """All 32 localities, municipality by municipality, each in Swedish alphabetical order."""
    rows = csv.DictReader(read_geo("orter.csv").splitlines())
    places = [
        Locality(
            row["namn"],
            row["id"],
            row["kommun"],
            float(row["lat"]),
            float(row["lon"]),
            int(row["folkmangd"]),
            row["kalla"],
        )
        for row in rows
    ]
    return tuple(
        sorted(places, key=lambda p: (swedish_key(BY_CODE[p.kommun].namn), swedish_key(p.namn)))
    )


def localities_of(code: str) -> tuple[Locality, ...]:
    """Localities of one municipality, by its four-figure code."""
    return tuple(place for place in localities() if place.kommun == code)
