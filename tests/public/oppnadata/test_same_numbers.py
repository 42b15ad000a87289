"""The same numbers in CSV, JSON, GeoJSON and on the pages, cell by cell (RDF: ``test_cube``).

That the tables on all pages are those of the protected files, and that ``rapporter.csv`` is, other tests
show; here the files are read beside each other and beside the page that most people read.
"""

from __future__ import annotations

import csv
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from est_build.publish.serial import safe_cell
from est_build.schema.opendata.column import Table
from est_build.schema.opendata.datasets import TABLES
from tests.public.conftest import BuiltSite
from tests.public.dom import tables
from tests.public.oppnadata.conftest import Slim
from tests.public.recount import interval


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def as_csv(table: Table, row: list[Any]) -> dict[str, str]:
    """A row of JSON as CSV must have it."""
    found = {}
    for column, value in zip(table.columns, row, strict=True):
        if isinstance(value, list):
            found[column.name] = " ".join(value)
        elif column.kind == "text" and value is not None:
            found[column.name] = safe_cell(value)
        else:
            found[column.name] = "" if value is None else str(value)
    return found


@pytest.mark.parametrize("name", TABLES)
def test_json_has_the_cells_of_csv(built: BuiltSite, name: str) -> None:
    table, whole = TABLES[name], read(built.site / f"data/{name}.json")
    assert whole["tabell"] == name
    assert whole["kolumner"] == list(table.names)
    assert [as_csv(table, row) for row in whole["rader"]] == rows(built.site / f"data/{name}.csv")
    assert len(whole["rader"]) > 10


@pytest.mark.parametrize("name", TABLES)
def test_numbers_are_numbers_and_nothing_else_is(built: BuiltSite, name: str) -> None:
    """A hidden cell is empty in CSV and null in JSON, never a text in the place of a number."""
    table = TABLES[name]
    for row in read(built.site / f"data/{name}.json")["rader"]:
        for column, value in zip(table.columns, row, strict=True):
            if column.kind == "heltal":
                assert type(value) is int or (value is None and not column.required), (name, column.name)
                assert value is None or column.least is None or value >= column.least
            elif column.kind == "lista":
                assert all(isinstance(part, str) for part in value)
            else:
                assert isinstance(value, str) or (value is None and not column.required), (name, column.name)


@pytest.mark.parametrize(("name", "low", "high"), [("rapporter", "fran", "till"),
                                                   ("deltagande", "svar_fran", "svar_till")])  # fmt: skip
def test_a_hidden_cell_says_that_it_is_and_nothing_more(
    built: BuiltSite, name: str, low: str, high: str
) -> None:
    people = {
        (r["tid"], r["kommun"]): int(r["inbjudna"])
        for r in rows(built.site / "data/deltagande.csv")
        if r["sektor"] == "alla"
    }
    seen = set()
    for row in rows(built.site / f"data/{name}.csv"):
        asked = people[row["tid"], row["kommun"]]
        if name == "deltagande":
            asked = int(row["inbjudna"])
        wanted = "" if row[low] else "dold" if asked else "ingen-insamling"
        assert row["skydd"] == wanted, row
        assert bool(row[low]) == bool(row[high])
        seen.add(wanted)
    # One word whatever the reason (R4): nought, few, and few sources cannot be told from each other.
    assert seen == {"", "dold", "ingen-insamling"}


def test_the_pages_of_fortnights_show_the_numbers_of_the_files(built: BuiltSite) -> None:
    names = {r["id"]: r["namn"] for r in rows(built.site / "data/omraden.csv")}
    totals: dict[tuple[str, str], str] = {}
    for row in rows(built.site / "data/rapporter.csv"):
        if row["tabell"] in {"kommun", "omrade"} and row["slag"] == "period":
            cell = (int(row["fran"]), int(row["till"])) if row["fran"] else None
            shown = "ingen insamling" if row["skydd"] == "ingen-insamling" else interval(cell)
            totals[row["tid"], names[row["omrade"]]] = shown
    compared = 0
    for address, page in built.every():
        if not address.startswith("/lage/2"):
            continue
        for table in tables(page.root):
            if table.head[:2] in {("Kommun", "Rapporter"), ("Område", "Rapporter")}:
                for name, text, *_ in table.rows:
                    assert text == totals[address.split("/")[2], name], (address, name)
                    compared += 1
    assert compared > 3000


# ---- outlines ------------------------------------------------------------------------------------------


def test_the_outlines_hold_the_latest_fortnight(built: BuiltSite) -> None:
    latest = rows(built.site / "data/kalender.csv")
    found = {f["properties"]["id"]: f["properties"] for f in outlines(built.site / "data")}
    known = {r["tid"] for r in rows(built.site / "data/rapporter.csv") if r["slag"] == "period"}
    last = [r["period"] for r in latest if r["period"] in known][-1]
    wanted = {
        r["omrade"]: (r["fran"], r["till"], r["skydd"])
        for r in rows(built.site / "data/rapporter.csv")
        if r["tid"] == last and r["tabell"] in {"kommun", "omrade"} and r["kategori"] == "alla"
    }
    for area, p in found.items():
        assert p["tid"] == last
        told = tuple("" if p[name] is None else str(p[name]) for name in ("fran", "till", "skydd"))
        assert told == wanted.get(area, ("", "", "")), area
    merged = {a for a, p in found.items() if p["raknas_i"]}
    assert merged == set(found) - set(wanted) == {"slimminge"}


def outlines(data: Path) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = read(data / "omraden-senaste.geojson")["features"]
    return features


def test_the_outlines_are_those_of_rfc_7946(slim: Slim) -> None:
    """No reference system, no more decimals than there is knowledge, rings the right way, inside Sweden."""
    for name in ("omraden.geojson", "omraden-senaste.geojson"):
        whole = read(slim.data / name)
        assert set(whole) == {"type", "features"}
        for feature in whole["features"]:
            geometry = feature["geometry"]
            parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
            for polygon in parts:
                for index, ring in enumerate(polygon):
                    assert ring[0] == ring[-1]
                    assert len(ring) >= 4
                    turned = sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(ring))
                    assert (turned < 0) == (index == 0), (name, feature["properties"]["id"])
                    assert all(10 < x < 25 and 55 < y < 70 for x, y in ring)
                    assert all(round(v, 5) == v for point in ring for v in point)


def test_rings_that_go_the_wrong_way_are_turned() -> None:
    from est_build.publish.outlines import turn

    square = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]
    hole = [[0.2, 0.2], [0.2, 0.4], [0.4, 0.4], [0.4, 0.2], [0.2, 0.2]]
    geometry = {"type": "Polygon", "coordinates": [square[::-1], hole[::-1]]}
    turn(geometry)
    assert geometry["coordinates"] == [square, hole]
    several = {"type": "MultiPolygon", "coordinates": [[square, hole], [square[::-1]]]}
    turn(several)
    assert several["coordinates"] == [[square, hole], [square]]
