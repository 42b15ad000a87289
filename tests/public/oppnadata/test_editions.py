"""Editions: what a municipality published, and that nothing that comes later can change it."""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from est_build.model.published import load_published
from est_build.publish import downloads, editions
from est_build.schema.opendata import tables
from est_build.schema.opendata.column import Column
from tests.public.conftest import BuiltSite
from tests.public.instances import linked
from tests.public.oppnadata.conftest import Slim, written
from tests.public.recount import SPANS


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def contents(folder: Path) -> dict[str, str]:
    """Data files of editions -> hash. Their descriptions may grow; they may not."""
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted((folder / "utgavor").rglob("*-*.*"))
        if p.name not in {"csv-metadata.json"}
    }


def test_every_release_has_its_edition_and_nothing_else_has(built: BuiltSite) -> None:
    towns = {m.kod: m.id for m in built.published.site.kommuner}
    wanted = set()
    for folder in SPANS:
        for path in (built.root / "data" / folder).glob("*/*/rapporter.csv"):
            town = towns[path.parent.name]
            for name in ("rapporter", "deltagande"):
                stem = f"utgavor/{town}/{name}-{town}-{path.parent.parent.name}"
                wanted |= {f"{stem}.csv", f"{stem}.json"}
    for path in (built.root / "data/perioder").glob("*/bedomning.csv"):
        stem = f"utgavor/gemensamt/bedomningar-{path.parent.name}"
        wanted |= {f"{stem}.csv", f"{stem}.json"}
    assert set(contents(built.site / "data")) == wanted
    assert len(wanted) > 2000


@pytest.mark.parametrize("name", ["rapporter", "deltagande"])
def test_all_editions_together_are_the_file_that_grows(built: BuiltSite, name: str) -> None:
    data, listed = built.site / "data", rows(built.site / "data/utgavor.csv")
    together, lists = [], []
    for row in listed:
        content = (data / row[name]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == row[f"{name}_sha256"]
        own = rows(data / row[name])
        assert {(r["tid"], r["kommun"], r["slag"]) for r in own} == {(row["tid"], row["kommun"], row["slag"])}
        together += own
        lists += read(data / row[name].replace(".csv", ".json"))["rader"]
    assert together == rows(data / f"{name}.csv")
    assert lists == read(data / f"{name}.json")["rader"]


def test_the_assessments_too(built: BuiltSite) -> None:
    data = built.site / "data"
    paths = sorted((data / "utgavor/gemensamt").glob("*.csv"))
    assert [row for path in paths for row in rows(path)] == rows(data / "bedomningar.csv")


def test_an_edition_says_when_it_was_published(built: BuiltSite) -> None:
    calendar = {r["period"]: r for r in rows(built.root / "data/kalender.csv")}
    for row in rows(built.site / "data/utgavor.csv"):
        inside = [r for r in calendar.values() if row["tid"] in {r["period"], r["kvartal"], r["ar"]}]
        assert row["publiceras"] == max(r["publiceras"] for r in inside)
        assert (row["start"], row["slut"]) == (
            min(r["start"] for r in inside),
            max(r["slut"] for r in inside),
        )


# ---- what comes later -----------------------------------------------------------------------------------


def test_a_municipality_that_publishes_late_changes_no_other_edition(
    slim: Slim, slim_root: Path, tmp_path: Path
) -> None:
    root = linked(slim_root, tmp_path / "instans")
    shutil.rmtree(root / "data/perioder/2026-v45-46/1286")
    before = contents(written(load_published(root / "data"), root, tmp_path / "site").data)
    after = contents(slim.data)
    assert before.items() <= after.items()
    assert {name.split("/")[1] for name in set(after) - set(before)} == {"ystad"}
    assert len(set(after) - set(before)) == 4


def test_a_new_column_comes_in_the_file_that_grows_and_in_no_edition(
    slim: Slim, slim_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As somebody might add one: a note in every row."""
    wider = dataclasses.replace(tables.REPORTS, columns=(*tables.REPORTS.columns, Column("ny", "Ny kolumn")))
    report_rows = editions.report_rows
    monkeypatch.setattr(downloads, "GROWING", (wider, *downloads.GROWING[1:]))
    monkeypatch.setattr(
        editions, "report_rows", lambda *found: [(*row, "nytt") for row in report_rows(*found)]
    )
    made = written(slim.published, slim_root, tmp_path / "site")
    assert {row["ny"] for row in rows(made.data / "rapporter.csv")} == {"nytt"}
    assert contents(made.data) == contents(slim.data)


def test_an_edition_has_the_columns_that_editions_began_with() -> None:
    for table in (tables.REPORTS, tables.PEOPLE, tables.ASSESSMENTS):
        assert editions.FROZEN[table.name] == table.names[: len(editions.FROZEN[table.name])]
