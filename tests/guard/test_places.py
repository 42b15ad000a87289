"""Deny by default: what has a place, and what has none."""

from __future__ import annotations

import pytest

from est_build.problems import catalogue_guard
from est_build.problems.problem import Kind
from est_build.protect import inventory
from est_build.protect.files import RELEASE_FILES
from est_build.protect.rawguard import magic, places
from est_build.protect.rawguard.inspect import Entry, inspect
from est_build.protect.rawguard.places import Role, limit, role_of
from est_build.protect.rawguard.words import Words


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("data/webbplats.yml", Role.SITE),
        ("data/skydd.yml", Role.PROTECTION),
        ("data/kalender.csv", Role.CALENDAR),
        ("data/omraden.geojson", Role.AREAS),
        ("data/omgivning.geojson", Role.OUTLINES),
        ("data/perioder/2026-v45-46/lagesbild.yml", Role.PICTURE),
        ("data/perioder/2026-v53-2027-v01/bedomning.csv", Role.ASSESSMENT),
        ("data/perioder/2026-v53-2027-v01/1286/rapporter.csv", Role.REPORTS),
        ("data/kvartal/2026-kv3/1286/deltagande.csv", Role.PARTICIPATION),
        ("data/kvartal/2026-kv3/utvardering.yml", Role.QUARTER),
        ("data/ar/2025/12/intyg.json", Role.ATTESTATION),
        ("data/ar/2025/uppfoljning.yml", Role.YEAR),
        ("data/fragor/2026-004.yml", Role.ISSUE),
        ("data/atgarder/2026-017.yml", Role.ACTION),
        ("data/plan/ystad.yml", Role.PLAN),
        ("data/indikatorer/trygghetsmatning-polisen.yml", Role.INDICATOR),
        ("content/en/about.md", Role.PAGE),
        ("content/godkannanden.yml", Role.APPROVALS),
        ("content/andringar.yml", Role.METHOD_CHANGES),
        ("content/omradestexter.yml", Role.AREA_TEXTS),
        ("content/platser.yml", Role.PLACE_NAMES),
        ("content/tillganglighet.yml", Role.ACCESSIBILITY),
        ("content/ordlista.yml", Role.GLOSSARY),
        ("content/bilder/torg.JPG", Role.IMAGE),
        ("content/ikon.svg", Role.SVG),
        ("uv.lock", Role.LOCK),
        ("tests/private/cases/en-period/in/privat/2026.csv", Role.GOLDEN_IN),
        ("tests/private/cases/en-period/expected/ar/2026/9901/rapporter.csv", Role.GOLDEN),
        ("est_build/schema/lists/kategorier.csv", Role.CODE_LIST),
        ("est_build/schema/texts/kategoritexter.csv", Role.CATEGORY_NOTES),
        ("est_build/schema/texts/atgardsstod.csv", Role.EVIDENCE),
        ("est_build/theme/404.html", Role.CODE),
        ("scripts/setup.sh", Role.CODE),
        (".ci/run", Role.CODE),
        ("LICENSE", Role.PROSE),
        ("data/fragor/.gitkeep", Role.EMPTY),
        ("docs/.gitkeep", Role.EMPTY),
    ],
)
def test_known(path: str, role: Role) -> None:
    assert role_of(path) is role


@pytest.mark.parametrize(
    "path",
    [
        "data/svar.yml",
        "data/Webbplats.yml",
        "data/webbplats.yaml",
        "data/webbplats.yml ",
        "data/webbplats.yml\n",
        "data/kalender.csv.bak",
        "data/README.md",
        "data/karta.png",
        "data/kod.py",
        "data/perioder/2026-45-46/lagesbild.yml",
        "data/perioder/2026-v45-46/lagesbild.csv",
        "data/perioder/2026-v45-46/rapporter.csv",
        "data/perioder/2026-v45-46/1286/svar.csv",
        "data/perioder/2026-v45-46/1286/1286/rapporter.csv",
        "data/perioder/2026-v45-46/ystad/rapporter.csv",
        "data/kvartal/2026-kv5/utvardering.yml",
        "data/kvartal/2026-v45-46/1286/rapporter.csv",
        "data/ar/2025/utvardering.yml",
        "data/fragor/2026-4.yml",
        "data/fragor/mapp/2026-004.yml",
        "data/plan/Ystad.yml",
        "data/.est-prepare/svar.sqlite",
        "data/.DS_Store",
        "content/om.html",
        "content/anteckningar.yml",
        "content/mapp/ordlista.yml",
        "est_build/schema/texts/svar.csv",
        "Data/svar.py",
        "CONTENT/svar.md",
        "svar.yml",
        "docs/svar.yml",
        "tests/guard/svar.yml",
        "est_build/svar.json",
        "est_build/demo/svar.txt",
        "est_build/pages/svar.html",
        "tests/guard/svar.html",
        "tests/guard/bild.png",
        "content/om.txt",
        "content/data.json",
        "content/kod.py",
        "content/bild.tiff",
        "tests/data.csv",
        "tests/guard/svar.json",
        "tests/guard/cases/a/svar.xlsx",
        "tests/cases/a/in/svar.csv",
        "est_build/svar.csv",
        "est_build/schema/lists/a/b.csv",
        "est_build/demo/geo/svar.xlsx",
        "site/index.html",
        "build/docs/index.html",
        "nycklar.env",
        "Ny mapp/svar",
    ],
)
def test_unknown(path: str, words: Words) -> None:
    assert role_of(path) is None
    findings = inspect(Entry(path, "100644", 3, b"ok\n"), words)
    assert [f.kind.code for f in findings] in (["EST431"], ["EST432"])
    assert findings[0].why.sv
    assert findings[0].why.en


def test_the_registry_and_the_inventory_know_the_same_files() -> None:
    """``est-build check`` refuses what the guard refuses in ``data/``, and the other way round."""
    for name in inventory._TOP:
        assert role_of(f"data/{name}") is not None, name
    for folder in inventory._TEXTS:
        name = "ystad" if folder in {"plan", "indikatorer"} else "2026-004"
        assert role_of(f"data/{folder}/{name}.yml") is not None, folder
    spans = {"perioder": "2026-v45-46", "kvartal": "2026-kv3", "ar": "2025"}
    for folder, names in inventory._BESIDE.items():
        for name in names:
            assert role_of(f"data/{folder}/{spans[folder]}/{name}") is not None, name
        for name in RELEASE_FILES:
            why = f"skriv in {name} i RELEASES i rawguard/places.py"
            assert role_of(f"data/{folder}/{spans[folder]}/1286/{name}") is not None, why


def test_a_file_of_a_release_needs_both_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that ``prepare`` writes but nobody has said what it holds, and the other way round."""
    path = "data/perioder/2026-v45-46/1286/nytt.json"
    monkeypatch.setattr(places, "RELEASE_FILES", (*RELEASE_FILES, "nytt.json"))
    assert role_of(path) is None
    monkeypatch.setitem(places.RELEASES, "nytt.json", Role.ATTESTATION)
    assert role_of(path) is Role.ATTESTATION
    monkeypatch.setattr(places, "RELEASE_FILES", RELEASE_FILES)
    assert role_of(path) is None


def test_nothing_more_at_the_top_of_data() -> None:
    known = {role.value for role in Role if role_of(f"data/{role.value}") is role}
    assert known | {"omgivning.geojson"} == inventory._TOP


def test_every_role_has_a_limit() -> None:
    assert all(0 <= limit(role) <= 20_000_000 for role in Role)


@pytest.mark.parametrize("mode", ["120000", "160000"])
def test_links_and_submodules(mode: str, words: Words) -> None:
    (found,) = inspect(Entry("content/om.md", mode, 0, None), words)
    assert found.kind.code in {"EST437", "EST438"}


def test_an_empty_file_that_keeps_a_folder(words: Words) -> None:
    assert inspect(Entry("docs/.gitkeep", "100644", 0, b""), words) == []
    (found,) = inspect(Entry("docs/.gitkeep", "100644", 5, None), words)
    assert found.kind.code == "EST434"


# ---- what a file is by its bytes -----------------------------------------------------------------

SAMPLES = {
    "xlsx": b"PK\x03\x04\x14\x00" + b"xl/workbook.xml",
    "docx": b"PK\x03\x04\x14\x00" + b"word/document.xml",
    "zip": b"PK\x03\x04\x14\x00",
    "tomt zip": b"PK\x05\x06" + b"\x00" * 18,
    "gzip": b"\x1f\x8b\x08\x00",
    "bzip2": b"BZh91AY",
    "xz": b"\xfd7zXZ\x00",
    "7z": b"7z\xbc\xaf\x27\x1c",
    "zstd": b"\x28\xb5\x2f\xfd",
    "rar": b"Rar!\x1a\x07\x01\x00",
    "sqlite": b"SQLite format 3\x00",
    "access": b"\x00\x01\x00\x00Standard ACE DB\x00",
    "xls, doc, msg": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "rtf": b"{\\rtf1\\ansi",
    "pdf": b"%PDF-1.7",
    "pdf efter skräp": b"\n\n%PDF-1.7",
    "parquet": b"PAR1\x15\x04",
    "sav": b"$FL2@(#) SPSS",
    "dta": b"<stata_dta><header>",
    "rds": b"RDX3\nX\n",
    "hdf5": b"\x89HDF\r\n\x1a\n",
}


@pytest.mark.parametrize("name", SAMPLES)
def test_bytes_tell(name: str, words: Words) -> None:
    content = SAMPLES[name] + b" and more"
    assert magic.by_bytes(content) is not None
    for path in ("content/om.md", "README.md", "data/kalender.csv", "content/bild.png", "est_build/a.py"):
        codes = [f.kind.code for f in inspect(Entry(path, "100644", len(content), content), words)]
        assert codes == ["EST433"], path
    for path in ("data/svar.bin", "content/om.dat", "svar"):
        codes = [f.kind.code for f in inspect(Entry(path, "100644", len(content), content), words)]
        assert codes == ["EST432"], path


TEXTS = {
    "anteckningsbok": '{"cells": [{"cell_type": "code"}], "nbformat": 4}',
    "sparad webbsida": "<!DOCTYPE html>\n<html><body>Svar</body></html>",
    "kalkyl i XML": '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook/>',
    "platt ods": '<?xml version="1.0"?><office:document office:mimetype="x"><office:spreadsheet/>',
    "e-post": "Från: Nätverket\nTill: Samordnaren\nÄmne: Svaren\n\nHär kommer de.\n",
    "eml": "Received: from a\nMIME-Version: 1.0\nFrom: a\nSubject: Svar\n\nx\n",
    "visitkort": "BEGIN:VCARD\nVERSION:4.0\nEND:VCARD\n",
    "databasutskrift": "-- dump\nCREATE TABLE svar (id int);\n",
    "kalkylprogrammets första rad": "sep=;\na;b\n",
    "sylk": "ID;PWXL;N;E\n",
}


@pytest.mark.parametrize("name", TEXTS)
def test_text_tells(name: str, words: Words) -> None:
    content = TEXTS[name].encode()
    codes = [f.kind.code for f in inspect(Entry("content/om.md", "100644", len(content), content), words)]
    assert "EST433" in codes


@pytest.mark.parametrize(
    "content",
    [
        "ÿþa\x00".encode("latin-1"),
        "Svar\n".encode("utf-16"),
        b"a\x00b",
        bytes(range(256)),
        b"\x01\x02\x03\x04\x05\x06",
    ],
)
def test_text_is_text(content: bytes, words: Words) -> None:
    for path in ("content/om.md", "est_build/a.py", "data/fragor/2026-004.yml"):
        codes = [f.kind.code for f in inspect(Entry(path, "100644", len(content), content), words)]
        assert codes == ["EST433"]


def test_swedish_in_an_old_encoding_is_text(words: Words) -> None:
    content = "# Om\n\nÅtgärder på våra orter.\n".encode("cp1252")
    assert inspect(Entry("content/om.md", "100644", len(content), content), words) == []


# ---- the catalogue -------------------------------------------------------------------------------


def test_the_catalogue() -> None:
    kinds = [value for value in vars(catalogue_guard).values() if isinstance(value, Kind)]
    codes = [kind.code for kind in kinds]
    assert len(codes) == len(set(codes))
    for kind in kinds:
        assert 431 <= int(kind.code.removeprefix("EST")) <= 449
        assert all((kind.sv, kind.cure_sv, kind.en, kind.cure_en))
        assert ("{why}" in kind.sv) == ("{why_en}" in kind.en)
        assert ("{where}" in kind.sv) == ("{where_en}" in kind.en)
