"""Problems as data: the catalogue, folding, and the ways they are written."""

from __future__ import annotations

import json
import re
import string
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st

from est_build.cli.main import main
from est_build.problems import Kind, Place, Problem, ProblemsError, catalogue, catalogue_steps, nearest
from est_build.problems.render import as_github, as_json, as_text, count_line, fold
from tests.public.instances import edit

ALL = [
    (name, kind)
    for module in (catalogue, catalogue_steps)
    for name, kind in vars(module).items()
    if isinstance(kind, Kind)
]


def problem(line: int | None = 1, *, code: Kind = catalogue.AREA_UNKNOWN, **values: str) -> Problem:
    return Problem(code, Place("fragor/2026-004.yml", line, 5), values or {"value": "sjöbo"}, "sjobo")


# ---- the catalogue -----------------------------------------------------------------------------


def test_a_code_means_one_thing() -> None:
    codes = [kind.code for _, kind in ALL]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"EST[1-6][0-9]{2}", code) for code in codes)
    assert len(codes) > 60


@pytest.mark.parametrize(("name", "kind"), ALL, ids=[name for name, _ in ALL])
def test_each_kind_says_what_is_wrong_and_what_to_do(name: str, kind: Kind) -> None:
    assert kind.severity in {"fel", "varning", "not"}
    for text in (kind.sv, kind.cure_sv, kind.en, kind.cure_en):
        assert text
        assert text == text.strip()
        assert "{}" not in text
    assert kind.sv.endswith((".", "}"))
    fields = {f for _, f, _, _ in string.Formatter().parse(kind.sv + kind.cure_sv) if f}
    english = {f for _, f, _, _ in string.Formatter().parse(kind.en + kind.cure_en) if f}
    assert english <= fields


def test_a_value_that_is_missing_breaks_no_message() -> None:
    assert Problem(catalogue.KEY_UNKNOWN, Place("f")).message() == "”?” är okänt här."
    assert "{" not in Problem(catalogue.KEY_UNKNOWN, Place("f")).cure()


@given(st.text(), st.text())
def test_braces_in_a_value_are_only_text(key: str, value: str) -> None:
    found = Problem(catalogue.NOT_A_CHOICE, Place("f"), {"key": key, "value": value, "allowed": "{x}"})
    assert value in found.message()
    assert "{x}" in found.cure()


# ---- nearest -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "allowed", "near"),
    [
        ("kategorin", ["sektorer", "kategorier"], "kategorier"),
        ("YSTAD", ["sjobo", "ystad"], "ystad"),
        ("2026-071", ["2026-001", "2026-017", "2026-018"], "2026-017"),
        ("xyz", ["ystad", "sjobo"], None),
        ("", ["ystad"], None),
        ("ystad", [], None),
    ],
)
def test_nearest(word: str, allowed: list[str], near: str | None) -> None:
    assert nearest(word, allowed) == near


@given(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=10))
def test_nearest_is_always_one_of_those_allowed(word: str, allowed: list[str]) -> None:
    found = nearest(word, allowed)
    assert found is None or found in allowed
    if word.strip().lower() in [a.lower() for a in allowed] and word.strip():
        assert found is not None


# ---- writing -----------------------------------------------------------------------------------


def test_places() -> None:
    assert Place("a.yml").text() == "a.yml"
    assert Place("a.yml", 3).text() == "a.yml rad 3"
    assert Place("a.yml", 3, 7).text() == "a.yml rad 3, kolumn 7"
    assert Place("a.csv", 3, letter="C").text() == "a.csv rad 3, kolumn C"
    assert Place("a.csv", 3, letter="C").text("en") == "a.csv line 3, column C"


def test_text_has_place_message_near_cure_and_count() -> None:
    assert as_text([problem(4)]) == (
        "FEL EST301  fragor/2026-004.yml rad 4, kolumn 5\n"
        "  ”sjöbo” är inget område. Menade du ”sjobo”?\n"
        "  → Områdenas id står i data/omraden.geojson.\n"
        "\n"
        "1 fel, 0 varningar."
    )
    assert as_text([problem(4)], "en").startswith("ERROR EST301  fragor/2026-004.yml line 4, column 5")


def test_repeats_are_folded_but_counted() -> None:
    every = [problem(n) for n in range(1, 8)] + [problem(9, value="annat")]
    groups = fold(every)
    assert [(first.place.line, len(rest)) for first, rest in groups] == [(1, 6), (9, 0)]
    text = as_text(every)
    assert "Samma fel på rad 2, 3, 4 och på 3 ställen till." in text
    assert text.count("EST301") == 2
    assert text.endswith("8 fel, 0 varningar.")


def test_repeats_without_a_line() -> None:
    assert "Samma fel på 1 ställe till." in as_text([problem(None), problem(None)])
    assert "Samma fel på 2 ställen till." in as_text([problem(None)] * 3)
    assert (
        count_line([problem(1), Problem(catalogue_steps.STORE_INCOMPLETE, Place("x"))]) == "1 fel, 1 varning."
    )


def test_json_is_one_object_a_problem() -> None:
    rows = json.loads(as_json([problem(4), Problem(catalogue.ROW_EMPTY, Place("a.csv", 2, letter="B"))]))
    assert rows[0] == {
        "code": "EST301",
        "severity": "fel",
        "file": "fragor/2026-004.yml",
        "line": 4,
        "column": 5,
        "message": "”sjöbo” är inget område. Menade du ”sjobo”?",
        "cure": "Områdenas id står i data/omraden.geojson.",
        "near": "sjobo",
        "address": "/handbok/fel/#est301",
    }
    assert rows[1]["column"] == "B"


def test_github_puts_each_on_its_line() -> None:
    line = as_github([problem(4)], base="data")
    assert line.startswith("::error file=data/fragor/2026-004.yml,title=EST301,line=4,col=5::”sjöbo”")


@given(st.text(), st.text())
@example("x", ".")
def test_a_value_cannot_start_a_command_of_its_own(value: str, name: str) -> None:
    found = Problem(catalogue.AREA_UNKNOWN, Place(name, 1), {"value": value})
    text = as_github([found])
    assert "\n" not in text
    assert "\r" not in text
    assert text.count("::") >= 2
    head = text[2 : text.index("::", 2)]
    assert (
        name.replace("%", "%25")
        .replace("\r", "%0D")
        .replace("\n", "%0A")
        .replace(":", "%3A")
        .replace(",", "%2C")
        in head
        or not name
    )


def test_the_exception_tells_everything() -> None:
    error = ProblemsError([problem(4), problem(5)])
    assert str(error).count("EST301") == 2


# ---- the command -------------------------------------------------------------------------------


def run(*args: str) -> Any:
    return CliRunner().invoke(main, list(args))


def test_check_of_a_sound_instance(instance: Path) -> None:
    done = run("check", "--root", str(instance))
    assert (done.exit_code, done.stdout) == (0, "Inga fel.\n")


@pytest.mark.parametrize("command", ["check", "build"])
def test_faults_in_data_are_1_in_swedish_without_traceback(instance: Path, command: str) -> None:
    edit(instance / "data/atgarder/2026-017.yml", "klar_senast: 2026-12-12", "klar_senast: 2026-12-32")
    done = run(command, "--root", str(instance))
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    assert "FEL EST204  atgarder/2026-017.yml rad" in done.stderr
    assert "2026-12-32 finns inte i almanackan" in done.stderr
    assert "Traceback" not in done.output
    assert done.stdout == ""


def test_check_as_json_and_for_github(instance: Path) -> None:
    edit(instance / "data/atgarder/2026-017.yml", "klar_senast: 2026-12-12", "klar_senast: 2026-12-32")
    rows = json.loads(run("check", "--root", str(instance), "--format", "json").stdout)
    assert [row["code"] for row in rows] == ["EST204"]
    text = run("check", "--root", str(instance), "--format", "github").stdout
    assert text.startswith("::error file=")
    assert "/data/atgarder/2026-017.yml,title=EST204,line=" in text


def test_english_when_asked_for(instance: Path) -> None:
    edit(instance / "data/atgarder/2026-017.yml", "klar_senast: 2026-12-12", "klar_senast: 2026-12-32")
    done = run("check", "--root", str(instance), "--lang", "en")
    assert "ERROR EST204" in done.stderr
    assert "does not exist" in done.stderr


def test_wrong_use_is_2() -> None:
    assert run("check", "--formatt", "json").exit_code == 2
    assert run("finns-inte").exit_code == 2


def test_a_folder_that_is_no_instance_is_told_file_by_file(tmp_path: Path) -> None:
    done = run("check", "--root", str(tmp_path))
    assert done.exit_code == 1
    for name in ("webbplats.yml", "skydd.yml", "kalender.csv"):
        assert f"EST101  {name}" in done.stderr
