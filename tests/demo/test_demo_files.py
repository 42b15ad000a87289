"""Exports, settings and the whole example through the real ``prepare``."""

from __future__ import annotations

import csv
import hashlib
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from est_build.demo import make
from est_build.demo.answers import answers
from est_build.demo.calendar import calendar
from est_build.demo.export import (
    CANARY,
    NEW,
    OLD,
    WORKBOOKS,
    export_bytes,
    form_of,
    is_workbook,
    write_export,
)
from est_build.demo.make import make_demo, write_settings
from est_build.demo.network import network
from est_build.demo.settings import CODE_LISTS, PROTECTION, site_text
from est_build.demo.survey import members_text, survey_text, write_survey
from est_build.schema.codes import CodeLists
from est_build.schema.protection import Protection
from est_build.schema.site import Site
from est_build.schema.survey import MEMBER_COLUMNS, Member, Survey

PERIODS = 7


def read_yaml(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)


# ---- exports


def test_same_bytes_twice() -> None:
    for period in ("2023-v03-04", "2024-v03-04", "2026-v45-46"):
        assert export_bytes(period) == export_bytes(period)


def test_odd_years_as_a_swedish_spreadsheet_saves() -> None:
    raw = export_bytes("2025-v09-10")
    assert raw.startswith(b"\xef\xbb\xbf")
    first = raw.decode("utf-8-sig").split("\r\n")[0]
    assert first.split(";")[0] == "Svarsnummer"
    assert raw.count(b"\n") == raw.count(b"\r\n")


def test_even_years_as_a_service_gives_it() -> None:
    raw = export_bytes("2024-v09-10")
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw


def test_some_are_workbooks_with_real_dates() -> None:
    assert len(WORKBOOKS) >= 3
    book = openpyxl.load_workbook(io.BytesIO(export_bytes("2024-v05-06")))
    assert book.sheetnames == ["Svar", "Om enkäten"]
    sheet = book["Svar"]
    head = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, head.index("Slutfört") + 1).is_date


def rows_of(period: str) -> list[dict[str, str]]:
    text = export_bytes(period).decode("utf-8-sig")
    delimiter = ";" if text.splitlines()[0].count(";") > 3 else ","
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_rows_hold_all_reports() -> None:
    rows = rows_of("2025-v09-10")
    expected = sum(max(1, len(answer.rapporter)) for answer in answers("2025-v09-10"))
    assert len(rows) == expected
    assert len({row["Svarsnummer"] for row in rows}) == len(answers("2025-v09-10"))


def test_new_form_takes_several_categories_in_a_row() -> None:
    heading = NEW.headings["kategori"]
    periods = [row.period for row in calendar()[79:92] if not is_workbook(row.period)]
    cells = [row[heading] for period in periods for row in rows_of(period)]
    assert any(";" in cell for cell in cells)


def test_the_form_changes_in_2026() -> None:
    assert form_of("2025-v51-52") is OLD
    assert form_of("2026-v01-02") is NEW
    assert not set(OLD.headings.values()) & set(NEW.headings.values())


def test_free_text_has_canaries_in_a_few_rows() -> None:
    texts = [row[OLD.headings["fritext"]] for row in rows_of("2025-v09-10")]
    marked = [text for text in texts if CANARY in text]
    assert 0 < len(marked) < len(texts) / 4
    assert all(CANARY in text for text in texts if text)
    assert len(set(marked)) == len(marked)


# ---- settings


def test_settings_follow_the_schemas() -> None:
    site = Site.model_validate(read_yaml(site_text()))
    assert site.exempeldata
    assert [m.id for m in site.kommuner] == ["simrishamn", "sjobo", "skurup", "tomelilla", "ystad"]
    addresses = [site.kontakt.epost, *(m.kontakt for m in site.kommuner)]
    assert all(address.endswith(".example") for address in addresses)
    assert site.bas_url.endswith(".example/")
    protection = Protection.model_validate(read_yaml(PROTECTION))
    assert protection == Protection(format="1", sammanslagna={"slimminge": "rydsgard"})
    codes = CodeLists.model_validate(read_yaml(CODE_LISTS))
    assert codes.egna_kategorier[0].id == "trafik.a-traktor"
    assert codes.egna_kategorier[0].fran_ar == 2025


@pytest.mark.parametrize("form", [OLD, NEW], ids=["2023", "2026"])
def test_survey_settings_follow_the_schema(form: Any) -> None:
    survey = Survey.model_validate(read_yaml(survey_text(form)))
    assert survey.kolumner == {column: (heading,) for column, heading in form.headings.items()}
    assert (survey.flerval == ";") is (form is NEW)


def test_member_register_follows_the_schema() -> None:
    rows = list(csv.DictReader(members_text().splitlines()))
    assert tuple(rows[0]) == MEMBER_COLUMNS
    members = [Member.model_validate(row) for row in rows]
    assert [m.organisation for m in members] == [m.organisation for m in network()]
    assert all(m.inbjuden for m in members)


# ---- the whole, through the real prepare


@pytest.fixture(scope="module")
def outside() -> Iterator[Path]:
    """A folder outside every git work tree: the private side accepts no other."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def made(outside: Path) -> Path:
    target = outside / "data"
    make_demo(target, outside / "work", periods=PERIODS)
    return target


def digest(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_files_are_there(made: Path) -> None:
    names = {path.name for path in made.iterdir()}
    assert names >= {
        "webbplats.yml",
        "skydd.yml",
        "kodlistor.yml",
        "kalender.csv",
        "omraden.geojson",
        "omgivning.geojson",
        "perioder",
        "kvartal",
    }
    for row in calendar()[:PERIODS]:
        for code in ("1264", "1265", "1270", "1286", "1291"):
            release = made / "perioder" / row.period / code
            assert {p.name for p in release.iterdir()} == {
                "rapporter.csv",
                "deltagande.csv",
                "intyg.json",
                "verkligheter.csv",
                "bekraftade_rutor.csv",
            }


def test_no_canary_and_no_organisation_leaves_the_private_side(made: Path) -> None:
    names = [member.organisation for member in network()]
    for path in made.rglob("*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert CANARY not in text
            assert not [name for name in names if name in text]


def test_municipality_totals_show(made: Path) -> None:
    for path in (made / "perioder").glob("*/*/rapporter.csv"):
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        assert rows[0]["tabell"] == "kommun"
        assert rows[0]["fran"]


def test_same_bytes_in_another_folder(made: Path, outside: Path) -> None:
    again = outside / "annan" / "data"
    make_demo(again, outside / "work2", periods=PERIODS)
    assert digest(made) == digest(again)


def test_some_municipalities_alone_get_what_they_have_with_all(made: Path, outside: Path) -> None:
    share = outside / "del" / "data"
    make_demo(share, outside / "work6", periods=1, municipalities=("1264", "1286"))
    assert sorted(path.name for path in (share / "perioder" / calendar()[0].period).iterdir()) == [
        "1264",
        "1286",
    ]
    assert digest(share).items() <= digest(made).items()


def test_a_failure_leaves_the_old_data(outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = outside / "gammalt"
    target.mkdir()
    (target / "kvar.txt").write_text("kvar", encoding="utf-8")

    def fail(*_: object) -> None:
        raise RuntimeError("avbrott")

    monkeypatch.setattr(make, "prepare", fail)
    with pytest.raises(RuntimeError, match="avbrott"):
        make_demo(target, outside / "work3", periods=1)
    assert [p.name for p in target.iterdir()] == ["kvar.txt"]
    assert not list(outside.glob(".gammalt*"))


def test_an_interrupted_swap_is_put_right(outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old data were set aside and the run was killed: the next run finds them."""
    aside = outside / ".flyttat.gammal"
    aside.mkdir()
    (aside / "kvar.txt").write_text("kvar", encoding="utf-8")

    def fail(*_: object) -> None:
        raise RuntimeError("avbrott")

    monkeypatch.setattr(make, "prepare", fail)
    with pytest.raises(RuntimeError):
        make_demo(outside / "flyttat", outside / "work4", periods=1)
    assert (outside / "flyttat" / "kvar.txt").exists()


def test_progress_is_told(outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make, "prepare", lambda request: None)
    seen: list[str] = []
    make_demo(
        outside / "steg",
        outside / "work5",
        periods=3,
        progress=seen.append,
    )
    assert seen == [
        "Period 1 av 3: 2023-v01-02",
        "Period 2 av 3: 2023-v03-04",
        "Period 3 av 3: 2023-v05-06",
    ]


def test_settings_and_survey_write_where_told(tmp_path: Path) -> None:
    write_settings(tmp_path / "data")
    paths = write_survey(tmp_path / "enkat")
    assert {p.name for p in paths.values()} == {"enkat.yml", "enkat-2023.yml"}
    assert (tmp_path / "enkat" / "medlemmar.csv").exists()
    assert write_export("2026-v45-46", tmp_path).name == "svar-2026-v45-46.xlsx"
