"""Refusals that have nothing to do with the export: the period, the instance, the register."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from est_build.cli.main import main

from .instance import FIRST, NORRBY, SECOND, Book, Instance, digest, write_members
from .refusal import command, refuse, said_of


def export(instance: Instance) -> Path:
    return instance.export(Book(SECOND).safe(omrade="ekby").rows)


# ---- the period and the municipality ------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "near"),
    [("2027-v02-30", SECOND), ("2027-v2-3", SECOND), ("2027-kv1", None), ("2027", None),
     ("2026-v53-2027-v1", FIRST), ("../../etc", None), ("", None)],
)  # fmt: skip
def test_unknown_period(begun: Instance, period: str, near: str | None) -> None:
    said = refuse(begun, export(begun), period=period)
    assert said.problems == (("EST309", "kalender.csv"),)
    if near is not None:
        assert f"Menade du ”{near}”?" in said.text


def test_closed_period(begun: Instance) -> None:
    said = refuse(begun, export(begun), period=FIRST)
    assert said.problems == tuple(("EST503", f"perioder/{FIRST}/{code}") for code in ("9901", "9902"))
    assert "Vecka 53" in said.text
    said = refuse(begun, None, "--utan-insamling", "--kommun", NORRBY, period=FIRST)
    assert said.codes == ["EST503"]


def test_unknown_municipalities_all_at_once(begun: Instance) -> None:
    said = refuse(begun, export(begun), "--kommun", "9911", "--kommun", NORRBY, "--kommun", "norrby")
    assert said.problems == (("EST303", "webbplats.yml"), ("EST303", "webbplats.yml"))
    assert "Menade du ”9901”?" in said.text


# ---- the data folder ----------------------------------------------------------------------------


def test_no_data_folder(begun: Instance, tmp_path: Path) -> None:
    said = refuse(begun, export(begun), "--data", str(tmp_path / "finns-inte"))
    names = [place for code, place in said.problems if code == "EST101"]
    assert names == ["webbplats.yml", "skydd.yml", "kalender.csv"]


def _skydd(text: str) -> Callable[[Instance], None]:
    def write(instance: Instance) -> None:
        path = instance.data / "skydd.yml"
        path.write_text(f'format: "1"\n{text}\n', encoding="utf-8")

    return write


def _in_file(name: str, old: str, new: str) -> Callable[[Instance], None]:
    def write(instance: Instance) -> None:
        path = instance.data / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return write


def _gone(name: str) -> Callable[[Instance], None]:
    return lambda instance: (instance.data / name).unlink()


BROKEN: dict[str, tuple[Callable[[Instance], None], str, str]] = {
    "ingen webbplats": (_gone("webbplats.yml"), "EST101", "webbplats.yml"),
    "inget skydd": (_gone("skydd.yml"), "EST101", "skydd.yml"),
    "ingen kalender": (_gone("kalender.csv"), "EST101", "kalender.csv"),
    "inga områden": (_gone("omraden.geojson"), "EST101", "omraden.geojson"),
    "fyra rapporter räcker": (_skydd("granser: {rapporter: 4}"), "EST206", "skydd.yml rad 2, kolumn 22"),
    "två organisationer räcker": (_skydd("granser: {organisationer: 2}"), "EST206", "skydd.yml rad 2"),
    "en sektor räcker": (_skydd("granser: {sektorer: 1}"), "EST206", "skydd.yml rad 2"),
    "en rapport utan den största": (_skydd("granser: {utan_storsta: 1}"), "EST206", "skydd.yml rad 2"),
    "känsligt från fem": (_skydd("granser: {rapporter_kanslig: 5}"), "EST206", "skydd.yml rad 2"),
    "inga invånare": (_skydd("granser: {omrade_invanare: 0}"), "EST206", "skydd.yml rad 2"),
    "steg om ett": (_skydd("steg: 1"), "EST206", "skydd.yml rad 2"),
    "gräns mellan steg": (_skydd("granser: {rapporter: 7}"), "EST218", "skydd.yml"),
    "okänd gräns": (_skydd("granser: {raporter: 5}"), "EST202", "skydd.yml rad 2"),
    "okänd tabell": (_skydd("tabeller: {period: [omrade_kategori]}"), "EST207", "skydd.yml rad 2"),
    "sammanslagen kommun": (_skydd("sammanslagna: {vik: ekby}"), "EST315", "skydd.yml"),
    "trasig yaml": (_skydd("granser: [1"), "EST103", "skydd.yml"),
    "trasig geojson": (_in_file("omraden.geojson", "}", ""), "EST105", "omraden.geojson"),
    "en punkt": (
        _in_file("omraden.geojson", '"type": "Polygon"', '"type": "Point"'),
        "EST310",
        "omraden.geojson",
    ),
    "glapp i kalendern": (_in_file("kalender.csv", "2026-01-26,", "2026-01-27,"), "EST3", "kalender.csv"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_instance(begun: Instance, name: str) -> None:
    change, code, place = BROKEN[name]
    change(begun)
    said = refuse(begun, export(begun))
    assert all(found.startswith(code) for found in said.codes)
    assert said.problems[0][1].startswith(place)


# ---- the register and R1 ------------------------------------------------------------------------


def test_area_with_too_few_inhabitants(tiny: Instance) -> None:
    path = tiny.data / "omraden.geojson"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"folkmangd": 300', '"folkmangd": 199'), encoding="utf-8")
    said = refuse(tiny, export(tiny))
    assert said.problems == (("EST513", "medlemmar.csv"),)
    assert "Området Berga får inte redovisas för sig: färre än 200 invånare." in said.text


def test_inhabitants_of_a_merged_area_count_in_its_neighbour(begun: Instance) -> None:
    """Åsen with 100 and Lilla Hult with 120: together enough."""
    path = begun.data / "omraden.geojson"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"folkmangd": 700', '"folkmangd": 100'), encoding="utf-8")
    assert command(begun, export(begun)).exit_code == 0


def test_areas_that_are_too_thin_all_at_once(tiny: Instance) -> None:
    only = {"omraden": "vik"}
    names = ["Söderby skola", "Söderby förskola"]
    write_members(tiny, dict.fromkeys(names, only))
    said = refuse(tiny, export(tiny))
    assert said.codes == ["EST513"]
    assert "Berga" in said.text
    assert "färre än 6 organisationer" in said.text
    (tiny.data / "skydd.yml").write_text(
        'format: "1"\ngranser: {omrade_sektorer: 6, omrade_invanare: 1000}\n', encoding="utf-8"
    )
    said = refuse(tiny, export(tiny))
    assert len(said.codes) == 5
    assert "färre än 1000 invånare och färre än 6 organisationer" in said.text


def test_faults_in_the_register(begun: Instance) -> None:
    write_members(
        begun,
        {
            "Norrby skola": {"sektor": "skolor", "omraden": "ekbyy|vik"},
            "Norrby park": {"kommun": "9999", "inbjuden": "kanske"},
            "Norrby idrott": {"fran": "1/1 2026"},
            "Norrby handel": {"organisation": "NORRBY polis"},
        },
    )
    said = refuse(begun, export(begun))
    assert [(c, p.removeprefix("medlemmar.csv ")) for c, p in said.problems] == [
        ("EST208", "rad 8, kolumn G"),
        ("EST203", "rad 10, kolumn E"),
        ("EST302", "rad 2, kolumn B"),
        ("EST301", "rad 2, kolumn D"),
        ("EST301", "rad 2, kolumn D"),
        ("EST111", "rad 9"),
    ]


def test_register_in_the_form_of_a_spreadsheet(begun: Instance) -> None:
    text = begun.members.read_text(encoding="utf-8")
    begun.members.write_text(text.replace(",", ";"), encoding="utf-8")
    assert refuse(begun, export(begun)).codes == ["EST110"]
    begun.members.write_bytes(text.encode("cp1252"))
    assert refuse(begun, export(begun)).codes == ["EST102"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "EST109"), ("format: [", "EST103"), ('format: "2"', "EST207"),
     ('format: "1"\nblad: 1\nblad: 2', "EST104"),
     ('format: "1"\nkolumner: {kategorier: x}', "EST207"), ('format: "1"\nflervall: ";"', "EST202"),
     ('format: "1"\ndatumformat: "%Y"', "EST215")],
)  # fmt: skip
def test_broken_survey(begun: Instance, text: str, code: str) -> None:
    begun.survey.write_text(text, encoding="utf-8")
    said = refuse(begun, export(begun))
    assert said.codes == [code]
    assert said.problems[0][1].startswith("enkat.yml")


# ---- wrong use: exit 2 --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--period", SECOND],
        ["--period", SECOND, "--enkat", "ENKAT"],
        ["EXPORT", "--period", SECOND, "--enkat", "ENKAT", "--utan-insamling"],
        ["EXPORT", "EXPORT", "--period", SECOND, "--enkat", "ENKAT"],
        ["EXPORT", "--period", SECOND, "--enkat", "ENKAT", "--okand"],
        ["EXPORT", "--period", SECOND, "--enkat", "MAPP"],
        ["MAPP", "--period", SECOND, "--enkat", "ENKAT"],
        ["EXPORT", "--period", SECOND, "--enkat", "ENKAT", "--forrad", "EXPORT"],
        ["EXPORT", "--period", SECOND, "--enkat", "ENKAT", "--data", "EXPORT"],
        ["EXPORT", "--period", SECOND, "--enkat", "ENKAT", "--lang", "fi"],
    ],
)
def test_wrong_use(begun: Instance, arguments: list[str]) -> None:
    names = {"ENKAT": str(begun.survey), "EXPORT": str(export(begun)), "MAPP": str(begun.private)}
    before = digest(begun.data, begun.private)
    result = CliRunner().invoke(main, ["prepare", *(names.get(a, a) for a in arguments)])
    assert result.exit_code == 2, result.output
    assert result.stderr
    said_of(result)
    assert digest(begun.data, begun.private) == before


def test_as_a_program_of_its_own(begun: Instance) -> None:
    """The real command in a real process: codes, streams, no traceback, and then a run that works."""
    arguments = [sys.executable, "-m", "est_build", "prepare", str(export(begun)), "--period"]
    rest = ["--enkat", str(begun.survey), "--data", str(begun.data), "--forrad", str(begun.store)]
    done = subprocess.run([*arguments, "2027-v04-05", *rest], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "EST309" in done.stderr
    assert "Traceback" not in done.stderr
    done = subprocess.run([*arguments, SECOND, *rest], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Skrev 6 mappar i ")
    assert "får inte spridas" in done.stdout


def test_in_english(begun: Instance) -> None:
    result = command(begun, export(begun), "--lang", "en", period="x")
    assert result.exit_code == 1
    assert 'ERROR EST309  kalender.csv\n  "x" is not in the calendar.' in result.stderr
