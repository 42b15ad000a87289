"""Every file is described, and the descriptions hold: by the official schemas and by other programs.

Data Package v2 (the official JSON Schema, frictionless), CSV on the Web (csvw), JSON Schema (jsonschema).
Each check is also tried on a file that it must refuse.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import frictionless
import jsonschema
import pytest
from csvw import CSVW

from est_build.schema.opendata.datasets import DATASETS, TABLES
from est_build.schema.opendata.tables import REPORTS
from tests.public.browse import served
from tests.public.oppnadata.conftest import Slim

Fetch = Callable[[str], Path]


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def local(slim: Slim, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data with the address of the site taken out: schemas are found beside the packages."""
    folder = shutil.copytree(slim.data, tmp_path_factory.mktemp("lokalt") / "data")
    for path in folder.rglob("datapackage.json"):
        package = read(path)
        for resource in package["resources"]:
            if isinstance(resource.get("schema"), str):
                name = resource["schema"].removeprefix(f"{slim.published.site.bas_url}data/")
                resource["schema"] = read(folder / name)
        path.write_text(json.dumps(package), encoding="utf-8")
    return folder


# ---- Data Package --------------------------------------------------------------------------------


def official(need_shared: Fetch, name: str) -> jsonschema.Draft7Validator:
    schema = read(need_shared("reference/opendata/datapackage-2.0-profiles") / f"{name}.json")
    return jsonschema.Draft7Validator(schema)


def test_packages_are_right_by_the_official_schema(slim: Slim, local: Path, need_shared: Fetch) -> None:
    package, table = official(need_shared, "datapackage"), official(need_shared, "tableschema")
    paths = [*local.rglob("datapackage.json")]
    assert len(paths) == 1 + len(slim.published.site.kommuner) + 2
    for path in paths:
        assert [e.message for e in package.iter_errors(read(path))] == [], path
    for path in slim.data.glob("scheman/*.tabell.json"):
        assert [e.message for e in table.iter_errors(read(path))] == [], path
    broken = read(paths[0])
    broken["resources"][0].pop("path")
    assert [*package.iter_errors(broken)]


def test_packages_tell_size_and_hash_of_every_file(slim: Slim) -> None:
    told = set()
    for path in slim.data.rglob("datapackage.json"):
        names = [r["name"] for r in read(path)["resources"]]
        assert len(set(names)) == len(names)
        for resource in read(path)["resources"]:
            content = (path.parent / resource["path"]).read_bytes()
            assert resource["bytes"] == len(content)
            assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
            assert "fieldsMatch" not in json.dumps(resource), "an array in the profile, a string in the text"
            told.add((path.parent / resource["path"]).relative_to(slim.data).as_posix())
    every = {p.relative_to(slim.data).as_posix() for p in slim.data.rglob("*") if p.is_file()}
    about = {name for name in every if re.search(r"metadata\.json$|package\.json$|^scheman/", name)}
    assert every - about - told == {"sha256.txt", "datamangder.jsonld"}


def test_the_list_of_checksums_is_what_sha256sum_reads(slim: Slim) -> None:
    text = (slim.data / "sha256.txt").read_text(encoding="utf-8")
    rows = [re.fullmatch(r"([0-9a-f]{64})  (\S+)", line) for line in text.splitlines()]
    found = {row[2]: row[1] for row in rows if row}
    every = {p.relative_to(slim.data).as_posix(): p for p in slim.data.rglob("*") if p.is_file()}
    assert found == {
        name: hashlib.sha256(p.read_bytes()).hexdigest() for name, p in every.items() if name != "sha256.txt"
    }


def frictions(path: Path) -> list[str]:
    """What another program finds wrong in a package: rows, keys, references."""
    with contextlib.chdir(path.parent):
        report = frictionless.Package(path.name).validate()
    return [e.message for task in report.tasks for e in task.errors] + [e.message for e in report.errors]


def tables_only(path: Path) -> Path:
    """The package without the files that are no tables of rows."""
    package = read(path)
    package["resources"] = [r for r in package["resources"] if r.get("type") == "table"]
    path.write_text(json.dumps(package), encoding="utf-8")
    return path


def test_frictionless_accepts_the_tables_their_keys_and_references(local: Path) -> None:
    assert frictions(tables_only(local / "datapackage.json")) == []
    resources = {r["name"]: r for r in read(local / "datapackage.json")["resources"]}
    assert set(resources) == set(TABLES)
    refers = {
        (name, key["reference"]["resource"] or name)
        for name, r in resources.items()
        for key in r["schema"].get("foreignKeys", ())
    }
    assert refers >= {
        ("rapporter", "utgavor"), ("rapporter", "omraden"), ("deltagande", "utgavor"), ("omraden", "omraden"),
        ("bedomningar", "kalender"), ("atgardshistorik", "atgarder"), ("uppfoljningar", "atgarder"),
    }  # fmt: skip


@pytest.mark.parametrize("folder", ["utgavor/ystad", "utgavor/gemensamt", "bevis"])
def test_frictionless_accepts_editions_and_proofs(local: Path, folder: str) -> None:
    path = tables_only(local / folder / "datapackage.json")
    assert read(path)["resources"]
    assert frictions(path) == []


def spoiled(folder: Path, column: str, value: str) -> None:
    """A shown row of ``rapporter.csv`` with another value."""
    path = folder / "rapporter.csv"
    rows = [*csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))]
    next(row for row in rows if row["fran"])[column] = value
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(buffer.getvalue(), encoding="utf-8")


WRONG = {
    "under the limit": ("fran", "3"),
    "no number": ("fran", "<5"),
    "an unknown code": ("kategori", "x"),
    "an unknown area": ("omrade", "x"),
    "a date in another form": ("start", "2/11 2026"),
    "a release that is not there": ("tid", "2026-v01-02"),
}


@pytest.mark.parametrize("name", WRONG)
def test_frictionless_refuses(local: Path, tmp_path: Path, name: str) -> None:
    folder = shutil.copytree(local, tmp_path / "data")
    spoiled(folder, *WRONG[name])
    path = tables_only(folder / "datapackage.json")
    package = read(path)
    kept = {"rapporter", "omraden", "utgavor"}
    package["resources"] = [r for r in package["resources"] if r["name"] in kept]
    for resource in package["resources"]:
        resource.pop("hash")
        resource.pop("bytes")
    path.write_text(json.dumps(package), encoding="utf-8")
    assert frictions(path)


# ---- CSV on the Web ------------------------------------------------------------------------------


def valid(address: Path | str) -> bool:
    """What ``csvwvalidate`` says."""
    found = CSVW(str(address), validate=True)
    return bool(found.is_valid)


def test_csvwvalidate_accepts_every_table(slim: Slim) -> None:
    for name in TABLES:
        assert valid(slim.data / f"{name}.csv-metadata.json"), name


@pytest.mark.parametrize("name", ["under the limit", "no number", "a date in another form"])
def test_csvwvalidate_refuses(slim: Slim, tmp_path: Path, name: str) -> None:
    for file in ("rapporter.csv", "rapporter.csv-metadata.json"):
        shutil.copy(slim.data / file, tmp_path / file)
    spoiled(tmp_path, *WRONG[name])
    assert not valid(tmp_path / "rapporter.csv-metadata.json")


def test_csvwvalidate_accepts_editions_where_they_stand(slim: Slim) -> None:
    """Over a server: a description of a folder names the schemas by their addresses."""
    with served(slim.site) as home:
        for folder in ("utgavor/ystad", "utgavor/gemensamt", "bevis"):
            assert valid(f"{home}/data/{folder}/csv-metadata.json"), folder
    tables: list[dict[str, str]] = read(slim.data / "utgavor/ystad/csv-metadata.json")["tables"]
    files = {p.name for p in (slim.data / "utgavor/ystad").glob("*.csv")}
    assert {t["url"] for t in tables} == files


def test_csvwvalidate_refuses_an_edition_that_has_been_changed(slim: Slim, tmp_path: Path) -> None:
    site = shutil.copytree(slim.site, tmp_path / "site")
    edition = site / "data/utgavor/gemensamt/bedomningar-2026-v45-46.csv"
    text = edition.read_text(encoding="utf-8")
    edition.write_text(text.replace("2026-11-02", "i november", 1), encoding="utf-8")
    with served(site) as home:
        assert not valid(f"{home}/data/utgavor/gemensamt/csv-metadata.json")


# ---- JSON Schema -----------------------------------------------------------------------------------


def jsons(slim: Slim) -> Iterator[tuple[Path, Any]]:
    """JSON files with rows: path and content."""
    for path in sorted(slim.data.rglob("*.json")):
        value = read(path)
        if isinstance(value, dict) and "kolumner" in value:
            yield path, value


def test_json_files_are_as_their_schema_says(slim: Slim) -> None:
    kinds: dict[str, jsonschema.Draft202012Validator] = {}
    seen = 0
    for path, value in jsons(slim):
        name = value["$schema"].removeprefix(f"{slim.published.site.bas_url}data/")
        if name not in kinds:
            schema = read(slim.data / name)
            assert schema["$id"] == value["$schema"]
            jsonschema.Draft202012Validator.check_schema(schema)
            kinds[name] = jsonschema.Draft202012Validator(schema)
        assert [e.message for e in kinds[name].iter_errors(value)] == [], path
        seen += 1
    assert seen > len(TABLES)
    assert {"scheman/rapporter.schema.json", "scheman/utgava-rapporter.schema.json"} <= set(kinds)


@pytest.mark.parametrize(
    ("column", "value"), [("fran", 3), ("fran", "<5"), ("kategori", "x"), ("skydd", "under-5"), ("tid", None)]
)
def test_json_schema_refuses(slim: Slim, column: str, value: object) -> None:
    schema = jsonschema.Draft202012Validator(read(slim.data / "scheman/rapporter.schema.json"))
    whole = read(slim.data / "rapporter.json")
    whole["rader"] = whole["rader"][:1]
    assert schema.is_valid(whole)
    whole["rader"][0][REPORTS.names.index(column)] = value
    assert not schema.is_valid(whole)


# ---- one description -------------------------------------------------------------------------------


def test_all_descriptions_tell_of_the_same_columns(slim: Slim) -> None:
    package = {r["name"]: r for r in read(slim.data / "datapackage.json")["resources"]}
    for name, table in TABLES.items():
        csvw = read(slim.data / f"{name}.csv-metadata.json")
        alone = read(slim.data / f"scheman/{name}.tabell.json")
        schema = read(slim.data / f"scheman/{name}.schema.json")
        cells = schema["properties"]["rader"]["items"]["prefixItems"]
        with (slim.data / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            head = next(csv.reader(file))
        assert head == list(table.names)
        assert [f["name"] for f in package[name]["schema"]["fields"]] == head
        assert alone == package[name]["schema"]
        assert [c["name"] for c in csvw["tableSchema"]["columns"]] == head
        assert [c["title"] for c in cells] == head
        for field, column, cell in zip(alone["fields"], csvw["tableSchema"]["columns"], cells, strict=True):
            assert field["description"] == column["dc:description"] == cell["description"]


PUBLISHED = {
    "rapporter": "slag tid start slut kommun tabell omrade kategori miljo tidsblock fran till exempel skydd",
    "deltagande": "slag tid start slut kommun sektor inbjudna svar_fran svar_till exempel skydd",
    "bedomningar": "tid start slut omrade niva text exempel",
    "atgarder": "id titel omraden fragor horisont typ ansvarig beslutad klar_senast klar status uppfoljd"
    " effekt exempel",
    "atgardshistorik": "atgard nr datum status text ny_klar_senast exempel",
    "uppfoljningar": "atgard nr datum genomforande effekt hur slutsats nasta bieffekter lardom exempel",
    "omraden": "id namn kommun niva foralder folkmangd exempel raknas_i",
    "kodlistor": "lista id forald sv en exempel",
    "kalender": "period start slut kvartal ar publiceras exempel",
    "utgavor": "kommun slag tid start slut publiceras rapporter rapporter_sha256 deltagande deltagande_sha256"
    " exempel",
    "bekraftade-rutor": "publicering kommun spann omrade kategori miljo tidsblock exempel",
}
"""What has been published, in its order. Add to the end of a line; nothing else may ever change."""


def test_no_published_column_has_gone_moved_or_got_another_name() -> None:
    assert {name: " ".join(table.names) for name, table in TABLES.items()} == PUBLISHED


def test_versions_are_semver_and_newest_first() -> None:
    for dataset in DATASETS:
        versions = [tuple(map(int, change.version.split("."))) for change in dataset.changes]
        assert all(len(version) == 3 for version in versions), dataset.id
        assert versions == sorted(versions, reverse=True), dataset.id
        assert versions[-1] == (1, 0, 0), dataset.id
        assert len(dataset.title.sv.split()) <= 10
        assert len(dataset.title.en.split()) <= 10
        for words in (dataset.keywords.sv, dataset.keywords.en):
            assert words == words.lower()
