"""What is wrong with a tool's export is said in Swedish, with the table, the row and the column."""

from __future__ import annotations

import csv
import io
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from est_build.cli.main import main
from est_build.load.frame import load_frame
from est_build.prepare import export as export_module
from est_build.prepare import workbook
from est_build.prepare.coding import code_export
from est_build.prepare.export import read_tables
from est_build.prepare.form.questions import Form
from est_build.prepare.guess import guess
from est_build.prepare.settings import load_settings
from est_build.problems import ProblemsError
from est_build.problems import catalogue_import as imports

from .instance import FIRST, Instance, make_instance
from .refusal import Said, command, refuse
from .replies import DAY, Told, form_of, local, replies, write
from .sheets import changed
from .tool_exports import DATES, EXPORTS, Files, book_bytes, csv_bytes, kobo, microsoft

FEW = [reply for reply in replies()[:12] if reply.told]
"""Answers that all have something to report."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """Return an instance with our form's settings; never changed."""
    instance = make_instance(tmp_path_factory.mktemp("formular") / "prov")
    arguments = ["survey", "--data", str(instance.data), "--enkat", str(instance.survey), "--dag", str(DAY)]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    return instance


@pytest.fixture(scope="module")
def form(written: Instance) -> Form:
    return form_of(written)


@pytest.fixture
def mine(written: Instance, tiny: Instance) -> Instance:
    """Return an instance of the test's own with those settings."""
    for path in written.private.glob("enkat-*.yml"):
        write(tiny.private / path.name, path.read_bytes())
    return tiny


def told(instance: Instance, tool: str, files: Files, *, order: int = 1) -> Said:
    paths = [write(instance.private / name, raw) for name, raw in files.items()][::order]
    more = [*map(str, paths[1:]), "--enkat", str(instance.private / f"enkat-{tool}.yml")]
    return refuse(instance, paths[0], *more, period=FIRST)


def cells(raw: bytes, change: Callable[[openpyxl.Workbook], object]) -> bytes:
    """A workbook with something changed by hand."""
    book = openpyxl.load_workbook(io.BytesIO(raw))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def column(page: object, heading: str) -> int:
    header = [str(c.value or "").strip("\xa0") for c in next(page.iter_rows(max_row=1))]  # type: ignore[attr-defined]
    return header.index(heading) + 1


# ---- single cells ---------------------------------------------------------------------------------


def test_words_that_are_in_no_list(mine: Instance, form: Form) -> None:
    ((name, raw),) = microsoft("sv", DATES)(form, FEW).items()

    def change(book: openpyxl.Workbook) -> None:
        page = book.worksheets[0]
        page.cell(2, column(page, "Vilken organisation svarar du för?"), "Norrby skolan")
        page.cell(3, column(page, "Vad har ni sett?"), "Klotter;Rymdskepp;")
        page.cell(4, column(page, "Var var det?"), "Norrby: Mordor")
        page.cell(5, column(page, "När var det?"), "I går")

    said = told(mine, "microsoft-forms", {name: cells(raw, change)})
    assert said.problems == (
        ("EST509", f"{name} rad 2, kolumn G"),
        ("EST507", f"{name} rad 3, kolumn I"),
        ("EST507", f"{name} rad 4, kolumn J"),
        ("EST507", f"{name} rad 5, kolumn L"),
    )
    assert "”Rymdskepp”" in said.text
    assert "Menade du ”Norrby skola”?" in said.text


def test_places_in_the_second_table(mine: Instance, form: Form) -> None:
    ((name, raw),) = kobo("names", "both")(form, FEW).items()

    def change(book: openpyxl.Workbook) -> None:
        page = book["iakttagelse"]
        page.cell(3, column(page, "omrade"), "mordor")
        page.cell(4, column(page, "kategori/skadegorelse_klotter"), "kanske")
        page.cell(5, column(page, "kategori/trafik_buskorning"), "Jag såg Kim Testsson vid skolan igen")

    said = told(mine, "kobotoolbox", {name: cells(raw, change)})
    assert [code for code, _ in said.problems] == ["EST530", "EST530", "EST507"]
    assert said.at("EST507") == [f"{name} (iakttagelse) rad 3, kolumn BD"]
    assert said.at("EST530")[0] == f"{name} (iakttagelse) rad 4, kolumn C"
    assert "”kanske”" in said.text
    assert "Testsson" not in said.text, "egna ord upprepas aldrig"


def test_a_formula_is_no_answer(mine: Instance, form: Form) -> None:
    """Also one whose value the last program has worked out: what it says depends on other cells."""
    ((name, raw),) = microsoft("sv", DATES)(form, FEW).items()

    def change(book: openpyxl.Workbook) -> None:
        page = book.worksheets[0]
        page.cell(2, column(page, "Vilken organisation svarar du för?"), '="Norrby "&"skola"')
        page.cell(3, column(page, "Slutförandetid"), "=NOW()")
        page.cell(3, column(page, "Namn"), "=1+1")

    said = told(mine, "microsoft-forms", {name: cells(raw, change)})
    assert set(said.at("EST529")) == {f"{name} rad 2, kolumn G", f"{name} rad 3, kolumn C"}
    assert "klistra in den som värde" in said.text


def test_two_answers_to_one_question(mine: Instance, form: Form) -> None:
    """Branches of a form: only one can have been answered."""
    raw = EXPORTS["LimeSurvey koder"][1](form, FEW)
    ((name, content),) = raw.items()
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    columns = [i for i, heading in enumerate(rows[0]) if heading.startswith("org")]
    rows[3][columns[0]], rows[3][columns[1]] = "cvdhb", "p2wrg"
    said = told(mine, "limesurvey", {name: csv_bytes([list(row) for row in rows])})
    assert said.at("EST531") == [f"{name} rad 4, kolumn K"]


# ---- tables that do not belong together -----------------------------------------------------------


def test_the_table_of_observations_is_left_out(mine: Instance, form: Form) -> None:
    """CSV from KoboToolbox leaves out what repeats: that is not the same as nothing to report."""
    ((_, raw),) = kobo("names", "both")(form, FEW).items()
    page = openpyxl.load_workbook(io.BytesIO(raw)).worksheets[0]
    rows = [["" if c.value is None else c.value for c in row] for row in page.iter_rows()]
    said = told(mine, "kobotoolbox", {"enkat.csv": csv_bytes(rows, delimiter=";")})
    assert said.problems == (("EST527", "enkat.csv"),)
    assert "tabellen med iakttagelser saknas" in said.text
    assert "välj XLS" in said.text


def test_there_is_no_such_table_when_there_is_nothing_to_report(mine: Instance, form: Form) -> None:
    """The tool makes a sheet when it has a row for it. The first question tells the two apart."""
    calm = [reply for reply in replies() if not reply.told and not reply.draft]
    ((name, raw),) = kobo("names", "both")(form, calm).items()
    book = openpyxl.load_workbook(io.BytesIO(raw))
    assert book["iakttagelse"].max_row == 1
    lone = cells(raw, lambda b: b.remove(b["iakttagelse"]))
    path = write(mine.private / name, lone)
    result = command(mine, path, "--enkat", str(mine.private / "enkat-kobotoolbox.yml"), period=FIRST)
    assert result.exit_code == 0, result.output


def test_tables_of_two_exports(mine: Instance, form: Form) -> None:
    odk = EXPORTS["ODK i två filer"][1]
    main_table, child = odk(form, FEW), odk(form, [r for r in replies()[12:30] if r.told])
    names = list(main_table)
    for order in (1, -1):
        said = told(mine, "odk", {names[0]: main_table[names[0]], names[1]: child[names[1]]}, order=order)
        assert set(said.codes) == {"EST528"}
        assert said.problems[0][1] == f"{names[1]} rad 2, kolumn F"
    said = told(mine, "odk", {names[1]: child[names[1]]})
    assert said.problems == (("EST527", names[1]),)
    assert "tabellen med svaren saknas" in said.text
    said = told(mine, "odk", {"a.csv": main_table[names[0]], "b.csv": main_table[names[0]]})
    assert said.problems == (("EST527", "b.csv"),)
    assert "a.csv och b.csv har båda svar" in said.text


def test_the_settings_of_another_tool(mine: Instance, form: Form) -> None:
    said = told(mine, "kobotoolbox", EXPORTS["LimeSurvey koder"][1](form, FEW))
    assert said.problems == (("EST537", "results-survey158192.csv rad 1"),)
    assert "ser ut att komma från LimeSurvey, men enkat.yml är skriven för KoboToolbox" in said.text
    said = told(mine, "microsoft-forms", EXPORTS["Survey123 Excel"][1](form, FEW))
    assert said.codes == ["EST537"]
    # One of our own forms that lacks a column is another matter.
    ((name, raw),) = microsoft("sv", DATES)(form, FEW).items()
    said = told(mine, "microsoft-forms", {name: cells(raw, lambda book: book.worksheets[0].delete_cols(3))})
    assert said.at("EST505") == [f"{name} rad 1"]
    assert "”Completion time eller Slutförandetid eller Sluttid” (för inskickat)" in said.text


def test_the_sheet_that_has_the_headings_is_named(mine: Instance, form: Form) -> None:
    ((name, raw),) = microsoft("sv", DATES)(form, FEW).items()

    def change(book: openpyxl.Workbook) -> None:
        page = book.create_sheet("Om", 0)
        page.append(["ID", "Slutförandetid"])
        page.append([1, "x"])

    said = told(mine, "microsoft-forms", {name: cells(raw, change)})
    assert "EST505" in said.codes
    assert "Bladet ”Sheet1” har den: skriv blad: Sheet1" in said.text


# ---- files that are no exports --------------------------------------------------------------------


def ole(stream: str) -> bytes:
    """The beginning of a file in the old container with the name of a stream in it."""
    return workbook.OLD + b"\xa1\xb1\x1a\xe1" + b"\x00" * 500 + stream.encode("utf-16-le") + b"\x00" * 200


NO_EXPORTS: dict[str, tuple[Callable[[], bytes], str]] = {
    "lösenord": (lambda: ole("EncryptedPackage"), "arbetsboken har ett lösenord"),
    "gammal Excel": (lambda: ole("Workbook"), "det är en gammal Excel-fil (.xls)"),
    "webbsida": (lambda: b"\xef\xbb\xbf <!DOCTYPE html><table>", "det är en webbsida"),
    "xml": (lambda: b'<?xml version="1.0"?><Workbook/>', "det är en webbsida"),
    "zip utan tabell": (lambda: _zip({"bild.png": b"x"}), "arbetsboken är trasig"),
    "zip med en tom tabell": (lambda: _zip({"svar.csv": b""}), "filen är tom"),
    "tomma blad": (lambda: book_bytes({"A": [[]], "B": [[""]]}), "filen är tom"),
}


def _zip(files: dict[str, bytes]) -> bytes:
    from .tool_exports import zip_bytes

    return zip_bytes(files)


@pytest.mark.parametrize("name", NO_EXPORTS)
def test_what_is_no_export(mine: Instance, name: str) -> None:
    make, words = NO_EXPORTS[name]
    said = told(mine, "kobotoolbox", {"svar.xlsx": make()})
    assert set(said.codes) == {"EST504"}
    assert words in said.text


def test_a_sheet_that_is_full(mine: Instance, form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stray word in the last row of all is told where it stands; more answers than any survey has stop."""
    ((name, raw),) = microsoft("sv", DATES)(form, FEW).items()
    row = b'<row r="1048576"><c r="B1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    last = changed(raw, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", row))
    said = told(mine, "microsoft-forms", {name: last})
    assert said.problems == (("EST522", f"{name} rad 1048576, kolumn A"),)
    monkeypatch.setattr(export_module, "MAX_ROWS", 5)
    said = told(mine, "microsoft-forms", {name: raw})
    assert said.problems == (("EST504", f"{name} rad 7"),)
    assert "fler än 5 rader" in said.text


def test_a_workbook_that_swells(mine: Instance, form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 1000)
    said = told(mine, "microsoft-forms", microsoft("sv", DATES)(form, FEW))
    assert "orimligt stor när den packas upp" in said.text


# ---- what is left out ------------------------------------------------------------------------------


def test_who_says_nothing_and_something(mine: Instance, form: Form) -> None:
    """Somebody went back and chose "nothing to report": the answer counts, what it had before does not."""
    some = Told(("skadegorelse.klotter",), "ekby", "torg", "vardag-kvall")
    answers = [FEW[0].__class__(1, "Norrby skola", local(2026, 12, 29, 9), (some,))]
    ((name, raw),) = microsoft("sv", DATES)(form, answers).items()

    def change(book: openpyxl.Workbook) -> None:
        page = book.worksheets[0]
        page.cell(2, column(page, "Har ni något att rapportera?"), "Inget att rapportera")

    path = write(mine.private / name, cells(raw, change))
    result = command(mine, path, "--enkat", str(mine.private / "enkat-microsoft-forms.yml"), period=FIRST)
    assert result.exit_code == 0, result.output
    assert imports.CONTRADICTED.sv.format(value=1) in result.stderr
    with sqlite3.connect(mine.store / "svar.sqlite3") as db:
        assert db.execute("SELECT count(*) FROM answer").fetchone() == (1,)
        assert db.execute("SELECT count(*) FROM report").fetchone() == (0,)


# ---- anything at all --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EXPORTS)
def test_a_damaged_export_is_told_and_never_breaks(
    written: Instance, form: Form, tmp_path: Path, name: str
) -> None:
    """Cells cut, swapped and doubled, rows lost, bytes flipped: a list of problems, or an answer."""
    frame = load_frame(written.data)
    tool = EXPORTS[name][0] or "kobotoolbox"
    settings = load_settings(written.private / f"enkat-{tool}.yml", frame)
    span = frame.calendar.span(FIRST)
    assert span is not None
    chance = random.Random(name)
    for attempt in range(3):
        files = {file: _damaged(raw, chance) for file, raw in EXPORTS[name][1](form, FEW).items()}
        paths = [write(tmp_path / str(attempt) / file, raw) for file, raw in files.items()]
        try:
            tables = read_tables(paths)
        except ProblemsError as error:
            assert all(problem.code == "EST504" for problem in error.problems)
            continue
        for work in (
            lambda: code_export(tables, settings, frame, span, ["9901", "9902"]),  # noqa: B023
            lambda: guess(tables, frame, settings.members),  # noqa: B023
        ):
            try:
                work()
            except ProblemsError as error:
                assert error.problems


def _damaged(raw: bytes, chance: random.Random) -> bytes:
    if raw.startswith(b"PK"):
        if chance.random() < 0.4:
            at = chance.randrange(len(raw))
            return raw[:at] + bytes(chance.randrange(256) for _ in range(9)) + raw[at + 9 :]
        return _shaken(raw, chance) if b"[Content_Types].xml" in raw else raw
    parts = raw.split(b'"' if b'","' in raw else b",")
    for _ in range(6):
        at, other = chance.randrange(len(parts)), chance.randrange(len(parts))
        parts[at] = chance.choice([parts[other], b"", parts[at] * 2, parts[at][:1], "åäö;|*[x]".encode()])
    return (b'"' if b'","' in raw else b",").join(parts)


def _shaken(raw: bytes, chance: random.Random) -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        for page in book.worksheets:
            for _ in range(5):
                at = page.cell(chance.randint(1, max(page.max_row, 2)), chance.randint(1, page.max_column))
                at.value = chance.choice([None, "x", 3.7, 46331.5, True, "=1+1", "a;b, c", at.value])
            if chance.random() < 0.5:
                page.delete_rows(chance.randint(1, 4), 2)

    return cells(raw, change)
