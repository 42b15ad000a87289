"""What is wrong with an export is said at once, in Swedish, with row and column; nothing changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .instance import COLUMNS, FIRST, SECOND, Book, Instance, csv_bytes
from .refusal import refuse
from .sheets import changed, workbook_bytes, write

SHEET = "xl/worksheets/sheet1.xml"


def book() -> Book:
    return Book(SECOND).safe(omrade="ekby").add("Söderby skola", omrade="vik")


def lines() -> list[str]:
    return csv_bytes(book().rows).decode().splitlines()


def with_line(number: int, change: Callable[[str], str]) -> bytes:
    """The export with one line (from 1) changed."""
    found = lines()
    found[number - 1] = change(found[number - 1])
    return ("\n".join(found) + "\n").encode()


UNREADABLE: dict[str, tuple[Callable[[], bytes], str, str]] = {
    # name: bytes, place, words
    "tom": (lambda: b"", "", "tom"),
    "bara blanka": (lambda: b" \r\n\t\n", "", "tom"),
    "bara BOM": (lambda: b"\xef\xbb\xbf", "", "tom"),
    "öppet citattecken": (
        lambda: with_line(2, lambda t: t.replace(",Norrby", ',"Norrby')),
        "rad 2",
        "citattecken",
    ),
    "öppet citattecken sist": (lambda: with_line(8, lambda t: t + '"glömt'), "rad 8", "stängs aldrig"),
    "öppet citattecken i en stor fil": (
        lambda: with_line(4, lambda t: t + '"x') + b"y\n" * 90_000,
        "rad 4",
        "stängs aldrig",
    ),
    "text efter citattecken": (lambda: with_line(5, lambda t: '"a"b' + t), "rad 5", "citattecken"),
    "nolltecken": (lambda: csv_bytes(book().rows) + b"\x00\x01\x02", "", "textfil"),
    "utf-16 utan BOM": (lambda: csv_bytes(book().rows, encoding="utf-16-le"), "", "textfil"),
    "halv utf-16": (lambda: csv_bytes(book().rows, encoding="utf-16")[:-1], "", "teckenkodning"),
    "okänd kodning": (lambda: csv_bytes(book().rows) + b"\x81\x8d\xff", "", "teckenkodning"),
    "bild": (lambda: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "", "textfil"),
    "xls": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "", ".xls"),
    "kapad arbetsbok": (lambda: workbook_bytes(book().rows)[:2000], "", "arbetsboken"),
    "zip utan arbetsbok": (
        lambda: changed(workbook_bytes(book().rows), "[Content_Types].xml", lambda _: b"<x/>"),
        "",
        "arbetsboken",
    ),
    "trasigt blad": (
        lambda: changed(workbook_bytes(book().rows), SHEET, lambda xml: xml[: len(xml) // 2]),
        "",
        "arbetsboken",
    ),
    "trasig arbetsboksdel": (
        lambda: changed(workbook_bytes(book().rows), "xl/workbook.xml", lambda _: b"\xff\xfe<"),
        "",
        "arbetsboken",
    ),
    "skadad zip": (lambda: _flip(workbook_bytes(book().rows)), "", "arbetsboken"),
    "bara PK": (lambda: b"PK", "", "arbetsboken"),
    "fält för mycket": (lambda: with_line(4, lambda t: t + ",mer"), "rad 4, kolumn L", "12 fält"),
    "rubrik två gånger": (
        lambda: with_line(1, lambda t: t.replace("miljo", "omrade")),
        "rad 1, kolumn H",
        "”omrade” står två gånger",
    ),
}


def _flip(raw: bytes) -> bytes:
    middle = len(raw) // 3
    return raw[:middle] + bytes(b ^ 0x5A for b in raw[middle : middle + 400]) + raw[middle + 400 :]


@pytest.mark.parametrize("name", UNREADABLE)
def test_unreadable(begun: Instance, name: str) -> None:
    make, place, words = UNREADABLE[name]
    said = refuse(begun, write(begun.private / "export.csv", make()))
    assert set(said.codes) == {"EST504"}
    assert said.problems[0][1] == f"export.csv {place}".strip()
    assert words in said.text


def test_unreadable_rows_all_at_once(begun: Instance) -> None:
    raw = "\n".join(line + (",x" if i in (2, 4) else "") for i, line in enumerate(lines(), 1))
    raw = raw.replace("veckodag,tid", "veckodag,veckodag")
    said = refuse(begun, write(begun.private / "export.csv", raw.encode()))
    assert said.at("EST504") == [
        "export.csv rad 1, kolumn J",
        "export.csv rad 2, kolumn L",
    ]
    assert "Samma fel på rad 4." in said.text


def test_missing_files(begun: Instance, tmp_path: Path) -> None:
    assert "filen finns inte" in refuse(begun, tmp_path / "finns-inte.csv").text
    survey = begun.survey.read_bytes()
    begun.survey.unlink()
    assert refuse(begun, begun.export(book().rows)).problems == (("EST101", "enkat.yml"),)
    begun.survey.write_bytes(survey)
    begun.members.unlink()
    assert refuse(begun, begun.export(book().rows)).problems == (("EST101", "medlemmar.csv"),)


def test_named_sheet_that_is_not_there(begun: Instance) -> None:
    begun.survey.write_text('format: "1"\nblad: Svar 2\n', encoding="utf-8")
    said = refuse(begun, write(begun.private / "e.xlsx", workbook_bytes(book().rows, other_sheet="Om")))
    assert "bladet ”Svar 2” finns inte, bara Om, Svar" in said.text


@pytest.mark.parametrize("column", ["svar_id", "inskickat", "organisation", "kategori"])
def test_missing_column(begun: Instance, column: str) -> None:
    headings = {c: c for c in COLUMNS if c != column}
    said = refuse(begun, begun.export(book().rows, headings=headings))
    assert said.problems == (("EST505", "export.csv rad 1"),)
    assert f"kolumnen ”{column}”" in said.text


def test_missing_and_unknown_headings_all_at_once(begun: Instance) -> None:
    begun.survey.write_text('format: "1"\nkolumner: {miljo: Plats, tid: När}\n', encoding="utf-8")
    headings = {c: c for c in COLUMNS} | {"kategori": "kategorier", "fritext": "Övrigt", "miljo": "Platsen"}
    said = refuse(begun, begun.export(book().rows, headings=headings))
    assert said.at("EST505") == ["export.csv rad 1"] * 3
    assert said.at("EST506") == [f"export.csv rad 1, kolumn {letter}" for letter in "GHJK"]
    assert "Menade du ”kategorier”?" in said.text
    assert "Menade du ”Platsen”?" in said.text


def test_every_cell_that_is_wrong(begun: Instance) -> None:
    """All faults at once, each with its row and column, the nearest word beside it."""
    rows = book().rows
    rows[0] = rows[0].with_(omrade="Ekbyy")
    rows[1] = rows[1].with_(kategori="Kloter")
    rows[2] = rows[2].with_(organisation="Norrby biblotek")
    rows[3] = rows[3].with_(sektor="polis")
    rows[4] = rows[4].with_(inskickat="14/1 2027")
    rows[5] = rows[5].with_(svar_id="")
    rows.append(rows[0].with_(svar_id="n1", omrade="", kommun="Ystad"))
    rows.append(rows[0].with_(svar_id="n2", omrade="", miljo="månen", veckodag="månda", tid="lunch"))
    rows.append(rows[0].with_(svar_id="n3", omrade="", organisation=""))
    rows.append(rows[0].with_(svar_id="n4", omrade="vik"))
    rows.append(rows[0].with_(svar_id="n5", omrade="", sektor="skolan"))
    said = refuse(begun, begun.export(rows))
    places = [(code, place.removeprefix("export.csv ")) for code, place in said.problems]
    assert places == [
        ("EST507", "rad 2, kolumn F"),
        ("EST507", "rad 3, kolumn G"),
        ("EST509", "rad 4, kolumn C"),
        ("EST521", "rad 5, kolumn D"),
        ("EST508", "rad 6, kolumn B"),
        ("EST522", "rad 7, kolumn A"),
        ("EST507", "rad 9, kolumn E"),
        ("EST507", "rad 10, kolumn H"),
        ("EST507", "rad 10, kolumn I"),
        ("EST507", "rad 10, kolumn J"),
        ("EST522", "rad 11, kolumn C"),
        ("EST512", "rad 12, kolumn F"),
        ("EST507", "rad 13, kolumn D"),
    ]
    for near in ("Ekby", "klotter", "Norrby bibliotek", "måndag", "skola"):
        assert f"Menade du ”{near}”?".casefold() in said.text.casefold()
    assert "13 fel, 0 varningar." in said.text


def test_places_in_a_workbook(begun: Instance) -> None:
    rows = book().rows
    rows[1] = rows[1].with_(omrade="Mordor")
    raw = workbook_bytes(rows, empty_before=2, empty_between=True)
    said = refuse(begun, write(begun.private / "svar.xlsx", raw))
    assert said.problems == (("EST507", "svar.xlsx rad 7, kolumn F"),)


def test_one_fault_in_many_rows_is_said_once(begun: Instance) -> None:
    rows = [row.with_(omrade="Ekbyy") for row in book().rows if row.omrade == "ekby"]
    said = refuse(begun, begun.export(rows))
    assert len(said.problems) == 1
    assert "Samma fel på rad 3, 4, 5 och på 2 ställen till." in said.text


def test_no_answer_in_the_period(begun: Instance) -> None:
    said = refuse(begun, begun.export(Book(FIRST).safe().rows))
    assert said.problems == (("EST511", "export.csv"),)
    assert "--utan-insamling" in said.text
    headings_only = refuse(begun, begun.export([]))
    assert headings_only.codes == ["EST511"]


def test_thin_areas_and_wrong_words_together(tiny: Instance) -> None:
    """What is wrong in the register does not hide what is wrong in the export."""
    text = tiny.members.read_text(encoding="utf-8")
    tiny.members.write_text(text.replace("Norrby polis,polis,9901,", "Norrby polis,polis,9901,ekby"))
    text = tiny.members.read_text(encoding="utf-8")
    for name in ("skola,skola", "förskola,skola", "handel,naringsliv"):
        text = text.replace(f"Norrby {name},9901,", f"Norrby {name},9901,ekby")
    tiny.members.write_text(text, encoding="utf-8")
    said = refuse(tiny, tiny.export(Book(SECOND).safe(omrade="Ekbyy").rows))
    assert set(said.codes) == {"EST507", "EST513"}


def test_a_spreadsheet_of_something_else(begun: Instance, need_shared: Callable[[str], Path]) -> None:
    source = need_shared("reference/bad-input/swedish-excel.csv")
    said = refuse(begun, write(begun.private / "swedish-excel.csv", source.read_bytes()))
    assert said.at("EST505") == ["swedish-excel.csv rad 1"] * 4
    assert said.at("EST506") == [f"swedish-excel.csv rad 1, kolumn {c}" for c in "ACD"]
    # With its columns mapped, every cell that is wrong.
    begun.survey.write_text(
        'format: "1"\nignorera: [antal, andel]\nkolumner:\n'
        "  {svar_id: period, organisation: omrade, inskickat: antal, kategori: andel}\n",
        encoding="utf-8",
    )
    said = refuse(begun, begun.private / "swedish-excel.csv")
    assert said.at("EST508") == [f"swedish-excel.csv rad {n}, kolumn C" for n in (2, 3, 4)]


@pytest.mark.parametrize("where", ["svar_id", "inskickat", "organisation"])
def test_blank_keys(begun: Instance, where: str) -> None:
    rows = book().rows
    rows[3] = rows[3].with_(**{where: "   "})
    said = refuse(begun, begun.export(rows))
    letter = "ABC"[COLUMNS.index(where)]
    assert said.problems == (("EST522", f"export.csv rad 5, kolumn {letter}"),)


def test_free_text_is_never_repeated(begun: Instance) -> None:
    """A message quotes the cell that is wrong, never what somebody wrote in their own words."""
    rows = [row.with_(fritext="KANARIEFRITEXT", omrade="fel") for row in book().rows]
    assert "KANARIE" not in refuse(begun, begun.export(rows)).text
