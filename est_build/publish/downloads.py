"""All files under ``/data/``: tables, outlines, editions, proofs, and the descriptions of them all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from est_build.model.published import Published
from est_build.pages.datafiles import DataFile, DataSet, OpenData, TableFiles
from est_build.publish.cube import cube_files
from est_build.publish.describe import Describer, as_json, schema_address, schema_file
from est_build.publish.editions import Grown, edition_schema, editions, joint_editions, release_rows
from est_build.publish.folders import folder_files
from est_build.publish.outlines import outline_files
from est_build.publish.proofs import proof_files
from est_build.publish.rows import other_rows
from est_build.publish.serial import csv_file, csv_part, json_file, json_part
from est_build.schema.opendata import datasets, tables
from est_build.schema.opendata.column import Table

Pair = tuple[DataFile, DataFile]
GROWING: Final = (tables.REPORTS, tables.PEOPLE, tables.ASSESSMENTS)
"""Tables that releases add to."""


def open_data(published: Published, data: Path) -> OpenData:
    """Everything that can be fetched. ``data`` is read for outlines, confirmed boxes and proofs only."""
    home = published.site.bas_url
    describer = Describer(published.codes, home)
    reports, people, assessments = (Grown(table, home) for table in GROWING)
    each = editions(published, reports, people)
    joint = joint_editions(published, assessments)
    files = {grown.table.name: grown.files() for grown in (reports, people, assessments)}
    rows = {**other_rows(published, data), tables.RELEASES.name: release_rows(published, each)}
    for name, found in rows.items():
        files[name] = _pair(datasets.TABLES[name], found, home)
    more = {
        datasets.REPORTS.id: cube_files(published),
        datasets.AREAS.id: outline_files(published, data),
    }
    sets = tuple(
        DataSet(
            about,
            tuple(TableFiles(t, files[t.name], descriptions(describer, t)) for t in about.tables),
            more.get(about.id, ()),
        )
        for about in datasets.DATASETS
    )
    made = OpenData(sets, each, joint, proof_files(published, data), _edition_schemas(describer))
    return folder_files(published, describer, made)


def _pair(table: Table, rows: list[Any], home: str) -> Pair:
    schema = schema_address(home, table.name)
    return (
        DataFile(f"{table.name}.csv", table.title, csv_file(table, [csv_part(table, rows)]), len(rows)),
        DataFile(f"{table.name}.json", table.title, json_file(table, [json_part(rows)], schema), len(rows)),
    )


def descriptions(describer: Describer, table: Table) -> tuple[DataFile, ...]:
    """What programs read about a table: CSVW beside its CSV, JSON Schema of its JSON, Table Schema."""
    return (
        as_json(f"{table.name}.csv-metadata.json", "CSVW", describer.csvw(table, f"{table.name}.csv")),
        as_json(schema_file(table.name), "JSON Schema", describer.json_schema(table, table.name)),
        as_json(f"scheman/{table.name}.tabell.json", "Table Schema", describer.table_schema(table)),
    )


def _edition_schemas(describer: Describer) -> tuple[DataFile, ...]:
    """The same for editions, whose columns stay as they were, and for the realities of the proofs."""
    frozen: Iterable[tuple[str, Table]] = (
        *((edition_schema(table), Grown(table, "").frozen) for table in GROWING),
        (tables.WORLDS.name, tables.WORLDS),
    )
    found = []
    for name, table in frozen:
        found += [
            as_json(f"scheman/{name}.tabell.json", "Table Schema", describer.table_schema(table, alone=True)),
            as_json(f"scheman/{name}.csvw.json", "CSVW", describer.csvw_schema(table)),
        ]
        if table is not tables.WORLDS:
            found.append(as_json(schema_file(name), "JSON Schema", describer.json_schema(table, name)))
    return tuple(found)
