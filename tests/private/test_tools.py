"""The same answers through every survey tool: the same protected files, byte for byte."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from est_build.cli.main import main
from est_build.load.frame import load_frame
from est_build.prepare.coding import code_export
from est_build.prepare.export import read_tables
from est_build.prepare.form.questions import Form
from est_build.prepare.run import PrepareRequest, prepare
from est_build.prepare.settings import load_settings

from .instance import FIRST, TOWNS, Instance, csv_bytes, digest, make_instance, read_rows
from .replies import DAY, Reply, form_of, plain_rows, replies, write
from .tool_exports import EXPORTS

ANSWERS = replies()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """Return an instance with our form written; nothing is published in it."""
    instance = make_instance(tmp_path_factory.mktemp("verktyg") / "prov")
    instance.survey.unlink()
    assert survey(instance).exit_code == 0
    return instance


@pytest.fixture(scope="module")
def form(made: Instance) -> Form:
    return form_of(made)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the same answers give as our own columns and codes."""
    instance = make_instance(tmp_path_factory.mktemp("slat") / "prov")
    instance.run(plain_rows(ANSWERS), FIRST)
    shown = [row for row in read_rows(instance.release(FIRST) / "rapporter.csv")[1:] if row[5]]
    assert len(shown) >= 6, "för lite visas för att skilja två exporter åt"
    return outcome(instance)


def outcome(instance: Instance) -> dict[str, str]:
    """Every published file, and what the store holds of the fortnight but for the tool's own numbers."""
    with sqlite3.connect(instance.store / "svar.sqlite3") as db:
        rows = db.execute(
            "SELECT organisation, sector, area, category, environment, time FROM report WHERE period = ?",
            (FIRST,),
        ).fetchall()
        answers = db.execute("SELECT organisation, arrived FROM answer WHERE period = ?", (FIRST,)).fetchall()
    stored = {"rapporter": repr(sorted(rows)), "svar": repr(sorted(answers))}
    return {**digest(instance.data), **stored}


def survey(instance: Instance, *more: str) -> Result:
    arguments = ["survey", "--data", str(instance.data), "--enkat", str(instance.survey), "--dag", str(DAY)]
    return CliRunner().invoke(main, [*arguments, *more])


def exported(folder: Path, form: Form, name: str, answers: list[Reply] = ANSWERS) -> list[Path]:
    return [write(folder / file, raw) for file, raw in EXPORTS[name][1](form, answers).items()]


def prepared(tmp_path: Path, paths: list[Path], settings: Path) -> dict[str, str]:
    """What a fresh instance publishes from an export."""
    new = make_instance(tmp_path / "ny")
    result = prepare(PrepareRequest(new.data, settings, new.store, FIRST, paths[0], more=tuple(paths[1:])))
    notes = {note.code: note.values["value"] for note in result.notes}
    assert notes.pop("EST518") == "2", "svaren före och efter perioden"
    assert notes == ({"EST532": "1"} if "LimeSurvey" in settings.read_text(encoding="utf-8") else {})
    return outcome(new)


@pytest.mark.parametrize("name", [name for name, (tool, _) in EXPORTS.items() if tool])
def test_what_our_form_gives_needs_no_further_work(
    made: Instance, form: Form, plain: dict[str, str], tmp_path: Path, name: str
) -> None:
    settings = made.private / f"enkat-{EXPORTS[name][0]}.yml"
    assert prepared(tmp_path, exported(tmp_path, form, name), settings) == plain


@pytest.mark.parametrize("name", EXPORTS)
def test_the_guess_reads_it_too(made: Instance, form: Form, tmp_path: Path, name: str) -> None:
    paths = exported(tmp_path, form, name)
    settings = tmp_path / "privat" / "enkat.yml"
    write(settings.with_name("medlemmar.csv"), made.members.read_bytes())
    arguments = ["prepare", *map(str, paths), "--gissa", "--data", str(made.data), "--enkat", str(settings)]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    assert result.stdout == settings.read_text(encoding="utf-8")
    assert "KANARIE" not in result.output
    assert coded(made, paths, settings) == coded_plain(made, tmp_path), result.output


def coded(made: Instance, paths: list[Path], settings: Path) -> tuple[list[tuple[str, ...]], list[str]]:
    """Reports and answers without the tool's own numbers."""
    frame = load_frame(made.data)
    span = frame.calendar.span(FIRST)
    assert span is not None
    found = code_export(read_tables(paths), load_settings(settings, frame), frame, span, list(TOWNS))
    who = {answer.id: answer.organisation for answer in found.answers}
    reports = [(who[r.answer], r.area, r.category, r.environment, r.time) for r in found.reports]
    return sorted(reports), sorted(f"{a.organisation} {a.arrived}" for a in found.answers)


def coded_plain(made: Instance, tmp_path: Path) -> tuple[list[tuple[str, ...]], list[str]]:
    settings = write(tmp_path / "slat" / "enkat.yml", b'format: "1"\n')
    write(settings.with_name("medlemmar.csv"), made.members.read_bytes())
    return coded(made, [write(tmp_path / "slat" / "svar.csv", csv_bytes(plain_rows(ANSWERS)))], settings)
