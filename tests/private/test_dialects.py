"""The same answers in every form in which a survey tool may save them: the same release."""

from __future__ import annotations

import csv
import random
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from est_build.prepare.export import read_export
from est_build.prepare.run import prepare
from est_build.problems import ProblemsError

from .conftest import first_book
from .instance import COLUMNS, FIRST, Book, Instance, Row, csv_bytes, digest, make_instance
from .sheets import workbook_bytes, write, wrong_size


def rows() -> list[Row]:
    """With all that a form can trip over: quotes, delimiters, line breaks, å, ä and ö."""
    texts = [
        'Hon sa "hej", sen; tystnad',
        "rad ett\nrad två\n\nrad fyra",
        "tabb\there",
        "åäö ÅÄÖ é",
        "= 1 + 1",
    ]
    found = first_book().rows
    return [row.with_(fritext=texts[i % len(texts)]) for i, row in enumerate(found)]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What plain CSV gives."""
    instance = make_instance(tmp_path_factory.mktemp("slat") / "prov")
    instance.run(rows(), FIRST)
    return digest(instance.data)


def gives(instance: Instance, raw: bytes, name: str = "export.csv") -> dict[str, str]:
    prepare(instance.request(FIRST, write(instance.private / name, raw)))
    return digest(instance.data)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiters_and_encodings(
    tiny: Instance, plain: dict[str, str], delimiter: str, encoding: str
) -> None:
    raw = csv_bytes(rows(), delimiter=delimiter, encoding=encoding, newline="\r\n")
    assert gives(tiny, raw) == plain


CSV_FORMS: dict[str, Callable[[], bytes]] = {
    "allt inom citattecken": lambda: csv_bytes(rows(), quoting=csv.QUOTE_ALL),
    "gamla radbrytningar": lambda: csv_bytes(rows(), newline="\r", quoting=csv.QUOTE_ALL),
    "big endian": lambda: b"\xfe\xff" + csv_bytes(rows(), encoding="utf-16-be"),
    "sep-rad": lambda: b"sep=;\r\n" + csv_bytes(rows(), delimiter=";", newline="\r\n"),
    "sep-rad med BOM": lambda: b"\xef\xbb\xbfsep=|\r\n" + csv_bytes(rows(), delimiter="|"),
    "tomma rader": lambda: b"\n\n" + csv_bytes(rows()).replace(b"\nx", b"\n\n,,\nx") + b"\n,,,,,,,,,,\n\n",
    "tomma kolumner sist": lambda: _wider(",,"),
    "utan sista radbrytning": lambda: csv_bytes(rows()).rstrip(b"\n"),
    "kapade tomma fält": lambda: csv_bytes([r.with_(fritext="") for r in rows()]).replace(b",\n", b"\n"),
    "omvänd ordning": lambda: csv_bytes(list(reversed(rows()))),
    "kolumner i annan ordning": lambda: csv_bytes(rows(), headings={c: c for c in sorted(COLUMNS)}),
    "isär skrivna bokstäver": lambda: unicodedata.normalize("NFD", csv_bytes(rows()).decode()).encode(),
    "hårda mellanslag": lambda: csv_bytes(
        [r.with_(organisation=r.organisation.replace(" ", "\xa0 ")) for r in rows()]
    ),
    "mellanslag runt om": lambda: csv_bytes([r.with_(omrade=f"  {r.omrade} ") for r in rows()]),
    "versaler": lambda: csv_bytes([r.with_(kategori=r.kategori.upper(), tid="KVÄLL") for r in rows()]),
    "sekunder": lambda: csv_bytes([r.with_(inskickat=f"{r.inskickat}:59") for r in rows()]),
    "tom rubrik över tom kolumn": lambda: _wider_in_front(""),
}


def _wider(tail: str) -> bytes:
    head, *rest = csv_bytes([r.with_(fritext="") for r in rows()]).decode().splitlines()
    return "\n".join([head + tail, *(line + tail for line in rest)]).encode()


def _wider_in_front(cell: str) -> bytes:
    lines = csv_bytes([r.with_(fritext="") for r in rows()]).decode().splitlines()
    return "\n".join(f"{cell},{line}" for line in lines).encode()


@pytest.mark.parametrize("form", CSV_FORMS)
def test_forms_of_csv(tiny: Instance, plain: dict[str, str], form: str) -> None:
    assert gives(tiny, CSV_FORMS[form]()) == plain


WORKBOOKS: dict[str, Callable[[], bytes]] = {
    "texter": lambda: workbook_bytes(rows()),
    "riktiga datum": lambda: workbook_bytes(rows(), real_dates=True),
    "tomma rader": lambda: workbook_bytes(rows(), empty_before=3, empty_between=True),
    "nummer som id": lambda: workbook_bytes(rows(), number_ids=True),
    "fel storlek": lambda: wrong_size(workbook_bytes(rows())),
}


@pytest.mark.parametrize("form", WORKBOOKS)
@pytest.mark.parametrize("name", ["export.xlsx", "export.csv"])
def test_forms_of_workbooks(tiny: Instance, plain: dict[str, str], form: str, name: str) -> None:
    """What a file is shows in its bytes, not in its name."""
    assert gives(tiny, WORKBOOKS[form](), name) == plain


def test_named_sheet(tiny: Instance, plain: dict[str, str]) -> None:
    raw = workbook_bytes(rows(), sheet="Svar v53", other_sheet="Om enkäten")
    with pytest.raises(ProblemsError, match="EST505"):
        gives(tiny, raw, "export.xlsx")
    text = tiny.survey.read_text(encoding="utf-8")
    tiny.survey.write_text(f"{text}blad: Svar v53\n", encoding="utf-8")
    assert gives(tiny, raw, "export.xlsx") == plain


def test_real_dates_where_texts_have_another_form(tiny: Instance, plain: dict[str, str]) -> None:
    """``datumformat`` says how texts are read; a real date in a workbook needs no form."""
    text = tiny.survey.read_text(encoding="utf-8")
    tiny.survey.write_text(f"{text}datumformat: ['%d.%m.%Y kl. %H.%M']\n", encoding="utf-8")
    assert gives(tiny, workbook_bytes(rows(), real_dates=True), "export.xlsx") == plain


def test_own_form_of_dates(tiny: Instance, plain: dict[str, str]) -> None:
    text = tiny.survey.read_text(encoding="utf-8")
    tiny.survey.write_text(f"{text}datumformat: ['%d/%m/%y %H.%M', '%Q']\n", encoding="utf-8")
    turned = []
    for row in rows():
        date, time = row.inskickat.split(" ")
        year, month, day = date.split("-")
        turned.append(row.with_(inskickat=f"{day}/{month}/{year[2:]} {time.replace(':', '.')}"))
    assert gives(tiny, csv_bytes(turned)) == plain


def test_the_order_of_rows_does_not_matter(tiny: Instance, plain: dict[str, str], tmp_path: Path) -> None:
    mixed = rows()
    random.Random(7).shuffle(mixed)
    assert gives(tiny, csv_bytes(mixed)) == plain


def test_headings_with_line_breaks_and_hard_spaces(tiny: Instance, plain: dict[str, str]) -> None:
    headings = {c: c for c in COLUMNS} | {
        "organisation": "Vilken verksamhet\nsvarar du för?\xa0",
        "kategori": unicodedata.normalize("NFD", "Vad har ni sett på platsen?"),
        "fritext": "Berätta: vad, var; när",
    }
    tiny.survey.write_text(
        'format: "1"\nkolumner:\n  organisation: Vilken verksamhet svarar du för?\n'
        '  kategori: Vad har ni sett på platsen?\n  fritext: "Berätta: vad, var; när"\n',
        encoding="utf-8",
    )
    assert gives(tiny, csv_bytes(rows(), headings=headings)) == plain


# ---- lines: where a fault is said to be ---------------------------------------------------------


def lines_of(path: Path) -> list[int]:
    return [line for line, _ in read_export(path).rows]


def test_lines_of_rows_with_line_breaks(tmp_path: Path) -> None:
    book = Book().add("Norrby skola", fritext="a\nb\n\nc").add("Norrby handel").add("Norrby park")
    path = write(tmp_path / "e.csv", b"\n" + csv_bytes(book.rows))
    assert lines_of(path) == [3, 7, 8]
    path = write(tmp_path / "f.csv", b"sep=,\n" + csv_bytes(book.rows))
    assert lines_of(path) == [3, 7, 8]


def test_lines_of_a_sheet(tmp_path: Path) -> None:
    book = Book().add("Norrby skola").add("Norrby handel")
    path = write(tmp_path / "e.xlsx", workbook_bytes(book.rows, empty_before=3, empty_between=True))
    export = read_export(path)
    assert (export.first, [line for line, _ in export.rows]) == (4, [6, 8])
