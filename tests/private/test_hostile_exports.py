"""Exports made to harm: a clear fault in Swedish, in bounded time and memory, and never anything run."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from est_build.prepare.export import Export, read_tables
from est_build.prepare.moment import moment
from est_build.problems import ProblemsError
from tests.bounded import bounded

from .instance import SECOND, Book, Instance, csv_bytes
from .refusal import refuse
from .sheets import workbook_bytes

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="gränserna sätts med rlimit")

SHEET, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"
START = b'<?xml version="1.0"?>'
OPEN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
CLOSE = b"</sheetData></worksheet>"
CELL = b'<c t="inlineStr"><is><t>%s</t></is></c>'


def parts() -> dict[str, bytes]:
    """The files inside a sound workbook."""
    with zipfile.ZipFile(io.BytesIO(workbook_bytes(Book(SECOND).safe().rows))) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def packed(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name, content in files.items():
            new.writestr(name, content)
    return out.getvalue()


def sheet(rows: bytes, before: bytes = b"") -> bytes:
    """A workbook whose sheet is made by hand."""
    return packed({**parts(), SHEET: START + before + OPEN + rows + CLOSE})


def laughs() -> bytes:
    lines = [b'<!DOCTYPE x [<!ENTITY a "haha">']
    for before, name in zip(b"abcdefgh", b"bcdefghi", strict=True):
        lines.append(b'<!ENTITY %c "%s">' % (name, b"&%c;" % before * 10))
    return b"".join(lines) + b"]>"


def styled() -> bytes:
    found = parts()
    found[STYLES] = found[STYLES].replace(b"</cellXfs>", b"<xf/>" * 3_000_000 + b"</cellXfs>")
    return packed(found)


def lying() -> bytes:
    """Says that it is small when it is unpacked."""
    raw = packed({"svar.csv": b"x" * 30_000_000})
    return raw.replace((30_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))


ROW = b'<row r="1">' + CELL % b"a" + b"</row>"
FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "a sheet of 300 MB": (lambda: sheet(b"<row>" + CELL % (b"A" * 300_000_000) + b"</row>"), "orimligt stor"),
    "a zip of 300 MB": (lambda: packed({"svar.csv": b"0" * 300_000_000}), "orimligt stor"),
    "a zip that lies": (lying, "trasig"),
    "a zip of a thousand": (lambda: packed({f"{n}.csv": b"a\n1\n" for n in range(1000)}), "200 tabeller"),
    "a zip in itself": (lambda: packed({"svar.xlsx": sheet(ROW)}), "arbetsboken är trasig"),
    "row 1,000,000,000": (
        lambda: sheet(ROW + b'<row r="1000000000">' + CELL % b"b" + b"</row>"),
        "fler rader än ett kalkylblad",
    ),
    "column ZZZ": (
        lambda: sheet(b'<row r="1"><c r="ZZZ1" t="inlineStr"><is><t>a</t></is></c></row>'),
        "fler kolumner",
    ),
    "a laugh a thousand million times": (lambda: sheet(b"<row>" + CELL % b"&i;" + b"</row>", laughs()),
        "trasig"),
    "somebody else's file": (
        lambda: sheet(b"<row>" + CELL % b"&a;" + b"</row>", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        "trasig",
    ),
    "formats without number": (styled, "orimligt många format"),
    "texts without number": (
        lambda: packed({**parts(), "xl/sharedStrings.xml": b"<si/>" * 7_000_000}), "orimligt många format",
    ),
    "no day of the calendar": (
        lambda: sheet(ROW + b'<row><c t="d"><v>0000-00-00</v></c></row>'), "arbetsboken är trasig",
    ),
    "a text that is not there": (lambda: sheet(ROW + b'<row><c t="s"><v>99</v></c></row>'), "trasig"),
    "a million rows": (lambda: b"a,b\n" + b"1,2\n" * 1_000_000, "fler än 250000 rader"),
    "a line of 90 MB": (lambda: b"a" * 90_000_000, "längre än 1000000 tecken"),
    "a line of commas": (lambda: b"a\n" + b"," * 90_000_000, "längre än 1000000 tecken"),
    "quotes": (lambda: b'"' * 90_000_000, "längre än 1000000 tecken"),
    "empty lines": (lambda: b"\n" * 90_000_000, "fler än 5000000 rader"),
    "a file of 110 MB": (lambda: b"a,b\n" * 27_500_000, "större än 100 MB"),
    "a NUL": (lambda: b"a,b\n1,\x002\n", "ingen textfil"),
}  # fmt: skip


def said(path: Path) -> tuple[list[str], str]:
    """Codes and words of what reading gives."""
    try:
        read_tables([path])
    except ProblemsError as error:
        return [p.code for p in error.problems], error.problems[0].message()
    return [], ""


@pytest.mark.parametrize("name", list(FILES))
def test_an_export_made_to_harm(tmp_path: Path, name: str) -> None:
    make, words = FILES[name]
    path = tmp_path / "export"
    path.write_bytes(make())
    codes, text = bounded(lambda: said(path))
    assert codes == ["EST504"]
    assert words in text
    assert [p.name for p in tmp_path.iterdir()] == ["export"]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "export")
    codes, text = bounded(lambda: said(tmp_path / "export"))
    assert codes == ["EST504"]
    assert "ingen vanlig fil" in text


@pytest.mark.parametrize("value", ["inf", "1e999", "-5", "99999999999", "0", "60", "1e308"])
def test_a_date_cell_outside_any_calendar(
    tmp_path: Path, value: str, recwarn: pytest.WarningsRecorder
) -> None:
    found = parts()
    found[STYLES] = found[STYLES].replace(b'numFmtId="0"', b'numFmtId="14"')
    found[SHEET] = START + OPEN + ROW + b'<row><c s="0"><v>%s</v></c></row>' % value.encode() + CLOSE
    path = tmp_path / "svar.xlsx"
    path.write_bytes(packed(found))

    def read() -> tuple[Export, ...]:
        return read_tables([path])

    if value == "inf":
        with pytest.raises(ProblemsError, match="EST504"):
            read()
    else:
        assert len(read()[0].rows) == 1
    # The library's own words are English, and for nobody here.
    assert len(recwarn) == 0


@pytest.mark.parametrize("utc", [True, False])
@pytest.mark.parametrize(
    "text",
    ["0000-00-00 00:00", "2026-02-30 10:00", "2026-W54-1T10:00", "9999-12-31T23:59:59-14:00", "1e5",
     "0001-01-01T00:00+14:00", "0001/01/01 0:00:00 GMT+14", "9999/12/31 23:59:59 UTC-10",
     "2026/01/05 3:08:44 em GMT-24", "2026/01/05 13:08:44 em", "2026/1/1 1:1:1 CET+99", "3" * 100_000],
)  # fmt: skip
def test_no_moment_is_no_traceback(text: str, utc: bool) -> None:
    assert moment(text, ("%d/%m %Y",), utc=utc) is None


def test_a_million_rows_stop_the_whole_command(begun: Instance) -> None:
    """As the coordinator meets it: one line, nothing written."""
    path = begun.private / "export.csv"
    head, _, _ = csv_bytes(Book(SECOND).safe().rows).partition(b"\n")
    path.write_bytes(head + b"\n" + (b"1" + b"," * head.count(b",") + b"\n") * 1_000_000)
    told = refuse(begun, path)
    assert told.codes == ["EST504"]
    assert "fler än 250000 rader" in told.text


@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", "+46", "-1", "@SUM(A1)", "\t=1"])
def test_what_looks_like_a_formula_is_only_a_text(begun: Instance, cell: str) -> None:
    """Told as what is wrong with the cell, and never put where a spreadsheet would run it."""
    rows = Book(SECOND).safe().rows
    rows[0] = rows[0].with_(omrade=cell)
    told = refuse(begun, begun.export(rows))
    assert set(told.codes) == {"EST507"}
