"""The files to fetch: strict CSV and GeoJSON, in full agreement with the protected files."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from est_build.publish.downloads import open_data
from est_build.publish.serial import safe_cell
from est_build.schema.opendata import datasets
from tests.public.conftest import BuiltSite
from tests.public.instances import load
from tests.public.recount import SPANS, Recount, rows

TABLES = tuple(f"{name}.csv" for name in datasets.TABLES)


@pytest.fixture(scope="module")
def counted(built: BuiltSite, repo_root: Path) -> Recount:
    """Return the tests' own reading of the data that the site was built from."""
    return Recount(built.root / "data", repo_root / "est_build/schema/lists")


def file(built: BuiltSite, name: str) -> list[dict[str, str]]:
    return rows(built.site / "data" / name)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_strict_csv(built: BuiltSite, name: str) -> None:
    raw = (built.site / "data" / name).read_bytes()
    text = raw.decode("utf-8")
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert "\r" not in text
    assert text.endswith("\n")
    read = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len({len(row) for row in read}) == 1
    assert len(set(read[0])) == len(read[0])
    assert all(head.isascii() and head == head.lower() for head in read[0])
    for row in read[1:]:
        assert not any(cell != cell.strip() for cell in row), row


@pytest.mark.parametrize("name", TABLES)
def test_every_row_says_that_it_is_an_example(built: BuiltSite, name: str) -> None:
    assert {row["exempel"] for row in file(built, name)} == {"ja"}


def test_every_outline_says_that_it_is_an_example(built: BuiltSite) -> None:
    collection = json.loads((built.site / "data/omraden.geojson").read_text(encoding="utf-8"))
    assert {f["properties"]["exempel"] for f in collection["features"]} == {"ja"}


def test_the_reports_are_the_protected_files_row_by_row(built: BuiltSite, counted: Recount) -> None:
    found = {}
    for row in file(built, "rapporter.csv"):
        keys = ("tid", "tabell", "omrade", "kategori", "miljo", "tidsblock")
        key = tuple(row[k] for k in keys)
        assert key not in found
        found[key] = (int(row["fran"]), int(row["till"])) if row["fran"] else None
        assert bool(row["fran"]) == bool(row["till"])
        assert row["kommun"] == counted.code(row["omrade"])
    assert found == counted.cells


def test_the_reports_keep_the_order_of_the_protected_files(built: BuiltSite) -> None:
    found: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for row in file(built, "rapporter.csv"):
        key = tuple(row[k] for k in ("tabell", "omrade", "kategori", "miljo", "tidsblock", "fran", "till"))
        found.setdefault((row["tid"], row["kommun"]), []).append(key)
    for folder in SPANS:
        for path in (built.root / "data" / folder).glob("*/*/rapporter.csv"):
            wanted = [tuple(row.values()) for row in rows(path)]
            assert found[path.parent.parent.name, path.parent.name] == wanted


def test_participation_is_the_protected_files(built: BuiltSite, counted: Recount) -> None:
    found = {
        (r["tid"], r["kommun"], r["sektor"]): (
            int(r["inbjudna"]),
            (int(r["svar_fran"]), int(r["svar_till"])) if r["svar_fran"] else None,
        )
        for r in file(built, "deltagande.csv")
    }
    assert found == counted.people


def test_the_confirmed_boxes_are_those_of_all_releases(built: BuiltSite) -> None:
    wanted = [
        (path.parent.parent.name, path.parent.name, *row.values())
        for folder in SPANS
        for path in (built.root / "data" / folder).glob("*/*/bekraftade_rutor.csv")
        for row in rows(path)
    ]
    found = [tuple(row.values())[:-1] for row in file(built, "bekraftade-rutor.csv")]
    assert sorted(found) == sorted(wanted)
    assert len(found) > 20


def test_spans_have_their_dates(built: BuiltSite, counted: Recount) -> None:
    calendar = {r["period"]: (r["start"], r["slut"]) for r in counted.calendar}
    quarters: dict[str, list[str]] = {}
    for row in counted.calendar:
        for span in (row["kvartal"], row["ar"]):
            quarters.setdefault(span, []).extend([row["start"], row["slut"]])
    for name in ("rapporter.csv", "deltagande.csv"):
        for row in file(built, name):
            if row["slag"] == "period":
                assert (row["start"], row["slut"]) == calendar[row["tid"]]
            else:
                dates = quarters[row["tid"]]
                assert (row["start"], row["slut"]) == (min(dates), max(dates))


def test_actions_are_those_of_the_files(built: BuiltSite) -> None:
    found = {r["id"]: r for r in file(built, "atgarder.csv")}
    paths = sorted((built.root / "data/atgarder").glob("*.yml"))
    assert list(found) == [p.stem for p in paths]
    for path in paths:
        record: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        row = found[path.stem]
        assert row["titel"] == record["titel"]
        assert row["status"] == record["status"]
        assert row["omraden"].split() == record["omraden"]
        assert row["fragor"].split() == [str(f) for f in record.get("fragor", [])]
        assert row["klar_senast"] == str(record["klar_senast"])
        last = (record.get("uppfoljningar") or [None])[-1]
        assert row["effekt"] == (last["effekt"] if last else "")


def test_history_and_follow_ups_are_those_of_the_files(built: BuiltSite) -> None:
    history: dict[str, list[dict[str, str]]] = {}
    for name, key in (("atgardshistorik.csv", "historik"), ("uppfoljningar.csv", "uppfoljningar")):
        for row in file(built, name):
            history.setdefault(f"{row['atgard']}/{key}", []).append(row)
    for path in (built.root / "data/atgarder").glob("*.yml"):
        record: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        for key in ("historik", "uppfoljningar"):
            wanted = record.get(key) or []
            found = history.pop(f"{path.stem}/{key}", [])
            assert [row["nr"] for row in found] == [str(n) for n in range(1, len(wanted) + 1)]
            for row, event in zip(found, wanted, strict=True):
                for column in set(row) & {"datum", "status", "text", "effekt", "hur", "slutsats", "lardom"}:
                    assert row[column] == str(event.get(column) or "").strip(), (path.stem, column)
    assert history == {}


def test_assessments_are_those_of_the_files(built: BuiltSite) -> None:
    wanted = [
        {"tid": path.parent.name, **row}
        for path in sorted((built.root / "data/perioder").glob("*/bedomning.csv"))
        for row in rows(path)
    ]
    found = [{k: row[k] for k in ("tid", "omrade", "niva", "text")} for row in file(built, "bedomningar.csv")]
    assert found == wanted
    assert len(found) > 500


def test_the_calendar_is_the_calendar(built: BuiltSite, counted: Recount) -> None:
    found = [{k: v for k, v in row.items() if k != "exempel"} for row in file(built, "kalender.csv")]
    assert found == counted.calendar


def test_every_code_in_the_files_stands_in_the_code_lists(built: BuiltSite) -> None:
    codes: dict[str, set[str]] = {}
    for row in file(built, "kodlistor.csv"):
        codes.setdefault(row["lista"], set()).add(row["id"])
        assert row["sv"]
        assert row["en"]
    areas = json.loads((built.site / "data/omraden.geojson").read_text(encoding="utf-8"))
    ids = {f["properties"]["id"] for f in areas["features"]}
    for row in file(built, "rapporter.csv"):
        assert row["omrade"] in ids
        assert row["kategori"] in codes["kategorier"] | {"alla"}
        assert row["miljo"] in codes["miljoer"] | {""}
        assert row["tidsblock"] in codes["tider"] | {""}
    assert {r["sektor"] for r in file(built, "deltagande.csv")} <= codes["sektorer"] | {"alla"}
    for row in file(built, "atgardshistorik.csv"):
        assert row["status"] in codes["statusar"]
    for row in file(built, "uppfoljningar.csv"):
        assert row["genomforande"] in codes["genomforande"]
        assert row["effekt"] in codes["effekter"]
    assert {row["omrade"] for row in file(built, "bedomningar.csv")} <= ids
    for row in file(built, "atgarder.csv"):
        assert row["status"] in codes["statusar"]
        assert row["typ"] in codes["atgardstyper"]
        assert row["effekt"] in codes["effekter"] | {""}
        assert set(row["omraden"].split()) <= ids


def test_the_outlines_are_geojson(built: BuiltSite) -> None:
    raw = json.loads((built.root / "data/omraden.geojson").read_text(encoding="utf-8"))
    found = json.loads((built.site / "data/omraden.geojson").read_text(encoding="utf-8"))
    assert found["type"] == "FeatureCollection"
    assert [f["geometry"] for f in found["features"]] == [f["geometry"] for f in raw["features"]]
    for feature in found["features"]:
        geometry = feature["geometry"]
        parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        for part in parts:
            for ring in part:
                assert ring[0] == ring[-1]
                for x, y in ring:
                    assert 13 < x < 15
                    assert 55 < y < 56
                    assert (round(x, 5), round(y, 5)) == (x, y)


# ---- spreadsheets ------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["=1+1", "+46", "-5", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_a_text_is_never_a_formula(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


def test_an_empty_cell_stays_empty() -> None:
    assert safe_cell("") == ""


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Lampor;=1+1;", "Lampor;'=1+1;"),
        ("Lampor; @SUM(A1)", "Lampor;' @SUM(A1)"),
        (' "=1+1', "' \"=1+1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("a\tb", "a\tb"),
        ("\t=1", "'\t'=1"),
        ("a\n-5", "a\n'-5"),
        ("Trygg- och säkerhet; gata + park", "Trygg- och säkerhet; gata + park"),
    ],
)
def test_a_semicolon_begins_no_formula_either(text: str, safe: str) -> None:
    """A Swedish spreadsheet that opens the file parts it at semicolons."""
    assert safe_cell(text) == safe


@given(st.text() | st.text(alphabet="=+-@;\t\r\n '\"a\uff1d"))
def test_no_part_of_a_safe_cell_starts_with_what_a_spreadsheet_runs(text: str) -> None:
    for part in re.split("[;\t\r\n]", safe_cell(text)):
        assert part.lstrip(' "')[:1] not in set("=+-@\uff1d\uff0b\uff0d\uff20"), text
    assert safe_cell(text).replace("'", "") == text.replace("'", "")


def test_an_instance_that_is_no_example_says_so(data: Path) -> None:
    from tests.public.instances import edit

    edit(data / "webbplats.yml", "exempeldata: ja", "exempeldata: nej")
    published, problems = load(data)
    assert problems == ()
    assert published is not None
    made = open_data(published, data)
    for file in (*(f for one in made.sets for f in one.files), *(f for e in made.editions for f in e.files)):
        text = file.content.decode("utf-8")
        if file.form == "CSV":
            assert {row["exempel"] for row in csv.DictReader(io.StringIO(text, newline=""))} == {"nej"}
        elif file.form == "GeoJSON":
            assert '"exempel":"nej"' in text
    assert "Exempel:" not in next(f for f in made.folders if f.name == "datapackage.json").content.decode()
