"""What describes whole folders: Data Package (v2), CSVW for many files, and checksums of everything."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any, Final

from est_build.model.published import Published
from est_build.pages.datafiles import DataFile, OpenData
from est_build.publish.describe import CSVW, PROFILES, Describer, as_json, plain
from est_build.publish.editions import FOLDER, JOINT, edition_schema
from est_build.publish.schema_org import EXAMPLE, schema_org
from est_build.schema.opendata import tables
from est_build.schema.opendata.datasets import DATASETS

PACKAGE: Final = "datapackage.json"
MANY: Final = "csv-metadata.json"
"""The name that CSVW looks for in a folder when a file has no description of its own."""
SUMS: Final = "sha256.txt"
VERSION: Final = "1.0.0"
"""Of the package: which files there are. What stands in them has the versions of the datasets."""
LICENCES: Final[Mapping[str, Mapping[str, str]]] = {
    "CC0-1.0": {
        "name": "CC0-1.0",
        "path": "https://creativecommons.org/publicdomain/zero/1.0/",
        "title": "Creative Commons Zero 1.0",
    },
    "CC-BY-4.0": {
        "name": "CC-BY-4.0",
        "path": "https://creativecommons.org/licenses/by/4.0/",
        "title": "Creative Commons Erkännande 4.0",
    },
}


def folder_files(published: Published, describer: Describer, made: OpenData) -> OpenData:
    """``made`` with the descriptions of its folders, and last the checksums of all its files."""
    found = list(made.folders)
    found.append(as_json(PACKAGE, "Data Package", _growing(published, describer, made)))
    found.append(schema_org(published, made))
    for folder, title, files in _folders(published, made):
        found.append(as_json(f"{folder}/{PACKAGE}", "Data Package", _many(published, folder, title, files)))
        found.append(as_json(f"{folder}/{MANY}", "CSVW", _many_csvw(folder, files)))
    made = dataclasses.replace(made, folders=tuple(found))
    sums = "".join(f"{file.sha256}  {file.name}\n" for file in sorted(made.files, key=lambda f: f.name))
    return dataclasses.replace(made, folders=(*found, DataFile(SUMS, "Kontrollsummor", sums.encode("utf-8"))))


def _about(published: Published, folder: str, title: str, text: str) -> dict[str, Any]:
    """What is alike in all packages. ``folder``: under ``/data/``, empty for that itself."""
    site = published.site
    return {
        "$schema": f"{PROFILES}datapackage.json",
        "name": folder.replace("/", "-") or "oppna-data",
        "id": f"{site.bas_url}data/{f'{folder}/' if folder else ''}{PACKAGE}",
        "title": title,
        "description": " ".join([EXAMPLE, text] if site.exempeldata else [text]),
        "homepage": f"{site.bas_url}oppna-data/",
        "version": VERSION,
        "created": f"{published.date.isoformat()}T00:00:00Z",
        "licenses": [dict(LICENCES[site.licens_data])],
        "contributors": [{"title": site.utgivare, "roles": ["publisher"]}],
        "sources": [
            {"title": f"{c.vad}: {c.kalla}. {c.licens}"} | ({"path": c.adress} if c.adress else {})
            for c in site.kallor
        ],
    }


def _resource(file: DataFile, name: str, path: str) -> dict[str, Any]:
    return {
        "name": name,
        "path": path,
        "title": file.title,
        "format": file.name.rpartition(".")[2],
        "mediatype": file.media,
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }


def _growing(published: Published, describer: Describer, made: OpenData) -> dict[str, Any]:
    """The package of all files that grow: one resource for each, tables with their schema and keys."""
    resources = []
    for one in made.sets:
        for table in one.tables:
            resource = _resource(table.files[0], table.table.name, table.files[0].name)
            resource |= {
                "$schema": f"{PROFILES}dataresource.json",
                "type": "table",
                "description": plain(table.table.text),
                "version": one.about.version,
                "schema": describer.table_schema(table.table),
            }
            resources.append(resource)
            for file in table.files[1:]:
                resources.append(_resource(file, file.name.replace(".", "-"), file.name))
        resources += [_resource(f, f.name.replace(".", "-").replace("/", "-"), f.name) for f in one.more]
    about = _about(published, "", published.site.namn, published.site.beskrivning)
    return {**about, "keywords": DATASETS[0].keywords.sv.split(","), "resources": resources}


Folder = tuple[str, str, list[tuple[DataFile, str]]]
"""Name, title, and files with the name of their schema (empty for one that is no table)."""


def _folders(published: Published, made: OpenData) -> Iterable[Folder]:
    kinds: tuple[str, ...] = (edition_schema(tables.REPORTS), "", edition_schema(tables.PEOPLE), "")
    for town in published.site.kommuner:
        own = [e for e in made.editions if e.municipality == town.kod]
        if own:
            files = [pair for e in own for pair in zip(e.files, kinds, strict=True)]
            yield f"{FOLDER}/{town.id}", f"Utgåvor, {town.namn}", files
    kinds = (edition_schema(tables.ASSESSMENTS), "")
    joint = [pair for e in made.joint for pair in zip(e.files, kinds, strict=True)]
    if joint:
        yield f"{FOLDER}/{JOINT}", "Utgåvor, gemensamma bedömningar", joint
    proofs = made.proofs
    yield (
        "bevis",
        proofs.title,
        [(f, proofs.table.name if f.form == "CSV" else "") for f in proofs.files],
    )


def _many(published: Published, folder: str, title: str, files: list[tuple[DataFile, str]]) -> dict[str, Any]:
    """A package of many small files. Their schemas stand once, in ``scheman/``."""
    resources = []
    for file, schema in files:
        path = file.name.removeprefix(f"{folder}/")
        resource = _resource(file, path.replace(".", "-"), path)
        if schema:
            address = f"{published.site.bas_url}data/scheman/{schema}.tabell.json"
            resource |= {"type": "table", "schema": address}
        resources.append(resource)
    return {**_about(published, folder, title, f"{title}."), "resources": resources}


def _many_csvw(folder: str, files: list[tuple[DataFile, str]]) -> dict[str, Any]:
    up = "../" * (folder.count("/") + 1)
    return {
        "@context": [CSVW, {"@language": "sv"}],
        "tables": [
            {
                "url": file.name.removeprefix(f"{folder}/"),
                "dc:title": file.title,
                "tableSchema": f"{up}scheman/{schema}.csvw.json",
            }
            for file, schema in files
            if schema
        ],
    }
