"""Published files that somebody has touched: every change is seen, whoever made it and however well."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.public.instances import KEPT, attest, edit, faults, load, the_fault, write

FOLDER = "perioder/2026-v45-46/1286"


@pytest.fixture
def folder(data: Path) -> Path:
    """Return a release of the slim example."""
    return data / FOLDER


def first_shown(folder: Path) -> str:
    """The first row with an interval."""
    rows = (folder / "rapporter.csv").read_text(encoding="utf-8").splitlines()[1:]
    return next(row for row in rows if not row.endswith(",,"))


def test_the_slim_example_is_sound(data: Path) -> None:
    published, problems = load(data)
    assert problems == ()
    assert published is not None
    assert len(published.figures) == len(KEPT) * 5


@pytest.mark.parametrize("name", ["rapporter.csv", "deltagande.csv"])
def test_changed_bytes_under_a_valid_attestation(data: Path, folder: Path, name: str) -> None:
    write(folder / name, (folder / name).read_bytes() + b"\n")
    problem = the_fault(data, "EST404")
    assert problem.place.text() == f"{FOLDER}/{name}"
    assert name in problem.message()


def test_no_attestation(data: Path, folder: Path) -> None:
    (folder / "intyg.json").unlink()
    assert the_fault(data, "EST403").place.file == f"{FOLDER}/intyg.json"


@pytest.mark.parametrize("name", ["rapporter.csv", "deltagande.csv"])
def test_an_attested_file_that_is_gone(data: Path, folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert the_fault(data, "EST101").place.file == f"{FOLDER}/{name}"


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("kommun", "1291", "EST405"),
        ("tid", "2026-v43-44", "EST405"),
        ("format", "2", "EST207"),
        ("regelverk", "0", "EST207"),
        ("granskning", "ja", "EST215"),
        ("skydd_sha256", "abc", "EST211"),
        ("filer", {"rapporter.csv": "0" * 64}, "EST405"),
        ("filer", {"../../../rattelser.yml": "0" * 64, "deltagande.csv": "0" * 64}, "EST405"),
        ("filer", {"/dev/zero": "0" * 64, "deltagande.csv": "0" * 64}, "EST405"),
        ("filer", [], "EST215"),
        ("rader", "många", "EST205"),
        ("rader", 3, "EST405"),
        ("visade", 0, "EST405"),
        ("undertecknad", "ja", "EST202"),
    ],
)
def test_an_attestation_that_does_not_hold(
    data: Path, folder: Path, key: str, value: object, code: str
) -> None:
    attestation = json.loads((folder / "intyg.json").read_text(encoding="utf-8"))
    attestation[key] = value
    write(folder / "intyg.json", json.dumps(attestation))
    assert the_fault(data, code).place.file == f"{FOLDER}/intyg.json"


def test_an_attestation_that_is_no_json(data: Path, folder: Path) -> None:
    write(folder / "intyg.json", '{"format": "1",}')
    problem = the_fault(data, "EST105")
    assert (problem.place.line, problem.place.column) == (1, 16)


@pytest.mark.parametrize("interval", ["6,10", "5,10", "0,4", "1,4", "3,3", "4,", ",9", "10,9"])
def test_a_number_off_the_ladder_is_seen_even_when_attested(data: Path, folder: Path, interval: str) -> None:
    row = first_shown(folder)
    head = ",".join(row.split(",")[:5])
    edit(folder / "rapporter.csv", row, f"{head},{interval}")
    attest(folder)
    problem = next(p for p in faults(data) if p.code == "EST402")
    assert problem.place.letter == "F"
    assert problem.place.line is not None
    assert interval.split(",")[0] in problem.message() or interval.startswith(",")


def test_a_row_outside_the_plan(data: Path, folder: Path) -> None:
    text = (folder / "rapporter.csv").read_text(encoding="utf-8")
    write(folder / "rapporter.csv", text + "omrade_grupp,svarte,skadegorelse,,,5,9\n")
    attest(folder)
    problem = the_fault(data, "EST401")
    assert "omrade_grupp" in problem.message()
    assert "svarte" in problem.message()


def test_a_planned_row_that_is_missing(data: Path, folder: Path) -> None:
    row = first_shown(folder)
    edit(folder / "rapporter.csv", row + "\n", "")
    attest(folder)
    assert "saknas" in the_fault(data, "EST401").message()


def test_rows_that_have_swapped_places(data: Path, folder: Path) -> None:
    header, first, second, *rest = (folder / "rapporter.csv").read_text(encoding="utf-8").splitlines()
    write(folder / "rapporter.csv", "\n".join([header, second, first, *rest]) + "\n")
    attest(folder)
    assert "ordning" in the_fault(data, "EST401").message()


def test_a_row_that_stands_twice(data: Path, folder: Path) -> None:
    row = first_shown(folder)
    edit(folder / "rapporter.csv", row + "\n", f"{row}\n{row}\n")
    attest(folder)
    assert "EST401" in {p.code for p in faults(data)}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("1291,alla,26,15,19", "kommun 1291"),
        ("1286,alla,26,16,20", "steg"),
        ("1286,alla,26,30,34", "fler svar än inbjudna"),
        ("1286,skola,26,15,19", "per sektor"),
        ("1286,polisen,26,15,19", "polisen"),
    ],
)
def test_participation_that_cannot_be(data: Path, folder: Path, row: str, words: str) -> None:
    write(folder / "deltagande.csv", f"kommun,sektor,inbjudna,svar_fran,svar_till\n{row}\n")
    attest(folder)
    found = faults(data)
    assert {p.code for p in found} == {"EST406"}
    assert any(words in p.message() for p in found)


@pytest.mark.parametrize(
    "name",
    [
        "perioder/2026-v45-46/1287/rapporter.csv",
        "perioder/2026-v45-46/1286/enkat.csv",
        "fragor/2026-009.yaml",
        "atgarder/2026-017.yml.txt",
        "svar.csv",
        "perioder/anteckningar.txt",
        "ny/fil.yml",
    ],
)
def test_a_file_that_should_not_be_there(data: Path, name: str) -> None:
    write(data / name, "x\n")
    problem = the_fault(data, "EST316")
    assert problem.place.file == name


@pytest.mark.parametrize(
    ("folder_name", "near"),
    [("perioder/2026-v45-47", "2026-v45-46"), ("kvartal/2026-kv33", "2026-kv3"), ("ar/20255", "2025")],
)
def test_a_span_that_is_not_in_the_calendar(data: Path, folder_name: str, near: str) -> None:
    (data / folder_name).mkdir()
    problem = the_fault(data, "EST309")
    assert problem.place.file == folder_name
    assert problem.near == near
