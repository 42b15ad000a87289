"""Known files hold what they should: ladder intervals, known words, outlines; nothing can ride along."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from est_build.protect.files import RELEASE_FILES
from est_build.protect.rawguard import places
from est_build.protect.rawguard.finding import Finding
from est_build.protect.rawguard.inspect import Entry, inspect
from est_build.protect.rawguard.known_tables import TABLES, table_findings
from est_build.protect.rawguard.places import Role
from est_build.protect.rawguard.words import Words, words_from
from est_build.schema.tables import ParticipationRow, ReportRow

from .canaries import as_records, coded
from .repo import ROOT

SPAN = "data/perioder/2026-v45-46"
QUARTER = "data/kvartal/2026-kv3"


def look(path: str, text: str, words: Words) -> list[Finding]:
    content = text.encode()
    return inspect(Entry(path, "100644", len(content), content), words)


def why(path: str, text: str, words: Words) -> str:
    """The only reason, and that it is the content."""
    (found,) = look(path, text, words)
    assert found.kind.code == "EST434"
    return found.why.sv


def real(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


# ---- rapporter.csv -------------------------------------------------------------------------------

HEAD = "tabell,omrade,kategori,miljo,tid,fran,till\n"
REPORTS = f"{SPAN}/1286/rapporter.csv"


@pytest.mark.parametrize(
    "row",
    [
        "kommun,ystad,alla,,,65,69",
        "kommun,ystad,alla,,,,",
        "kommun,ystad,alla,,,1180,1184",
        "kommun_grupp,ystad,skadegorelse,,,5,9",
        "omrade,ystads-tatort,alla,,,10,14",
        "kommun_miljo_grupp,ystad,skadegorelse,torg,,20,29",
        "kommun_tid,ystad,alla,,vardag-kvall,,",
        "kommun_kategori,ystad,trafik.a-traktor,,,5,9",
    ],
)
def test_rows_of_the_plan(row: str, words: Words) -> None:
    assert look(REPORTS, f"{HEAD}{row}\n", words) == []


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("kommun,ystad,alla,,,7,7", "inget steg"),
        ("kommun,ystad,alla,,,7,11", "inget steg"),
        ("kommun,ystad,alla,,,0,4", "inget steg"),
        ("kommun,ystad,alla,,,5,8", "inget steg"),
        ("kommun,ystad,alla,,,5,", "inget steg"),
        ("kommun,ystad,alla,,,,9", "inget steg"),
        ("kommun,ystad,alla,,,-5,-1", "inget steg"),
        ("kommun,ystad,alla,,,5.0,9.0", "inget steg"),
        ("kommun,ystad,alla,,,05,09", "inget steg"),
        ("kommun,ystad,alla,,,ja,nej", "inget steg"),
        ("kommun,ystad,alla,,,5,104", "inget steg"),
        ("svar,ystad,alla,,,5,9", "inte i kodlistor"),
        ("kommun,norrskolan,alla,,,5,9", "inte i kodlistor"),
        ("kommun,ystad,,,,5,9", "inte i kodlistor"),
        ("kommun,ystad,skadegorelse,,,5,9", "inte i kodlistor"),
        ("kommun_grupp,ystad,mobbning,,,5,9", "inte i kodlistor"),
        ("omrade,svarte,alla,torg,,5,9", "inte i kodlistor"),
        ("kommun_tid,ystad,alla,,tisdag,5,9", "inte i kodlistor"),
        ("kommun,ystad,alla,,kl. 19.20,5,9", "inte i kodlistor"),
        ("kommun,ystad,alla,,,5", "fel antal fält"),
        ("kommun,ystad,alla,,,5,9,Norrskolan", "fel antal fält"),
        ('kommun,ystad,alla,,,5,9\n"kommun,ystad', "ingen tabell med komma"),
        ("kommun,ystad,alla,,,5,9\nkommun,ystad,alla,,,10,14", "på två rader"),
        ("kommun,ystad,alla,,,5,9\nomrade,svarte,alla,,,10,19", "olika bredd"),
        ("kommun,ystad,alla,,,5,9\n# svar från Norrskolan", "fel antal fält"),
    ],
)
def test_rows_outside_the_plan(row: str, reason: str, words: Words) -> None:
    assert reason in why(REPORTS, f"{HEAD}{row}\n", words)


@pytest.mark.parametrize(
    "head",
    [
        "tabell,omrade,kategori,miljo,tid,fran,till,antal",
        "tabell,omrade,kategori,miljo,tid,fran",
        "omrade,tabell,kategori,miljo,tid,fran,till",
        "tabell;omrade;kategori;miljo;tid;fran;till",
        "svars_id,period,omrade,kategori,sektor",
        "",
    ],
)
def test_other_columns(head: str, words: Words) -> None:
    assert "kolumnerna" in why(REPORTS, f"{head}\nkommun,ystad,alla,,,5,9\n", words)


def test_without_areas_any_slug_will_do() -> None:
    plain = words_from()
    assert look(REPORTS, f"{HEAD}kommun,var-som-helst,alla,,,5,9\n", plain) == []
    assert look(REPORTS, f"{HEAD}kommun,Var som helst,alla,,,5,9\n", plain) != []


cells = st.sampled_from(["", "5", "9", "10", "14", "7", "0", "4", "x", " 5", "5 ", "05", "1e1", "٥"])
slugs = st.sampled_from(
    ["ystad", "svarte", "alla", "", "Ystad", "skadegorelse", "torg", "vardag-kvall", "-", "ä"]
)


@given(
    st.lists(
        st.tuples(st.sampled_from([*TABLES, "svar"]), slugs, slugs, slugs, slugs, cells, cells), max_size=3
    )
)
def test_what_the_guard_lets_through_fits_the_model(rows: list[tuple[str, ...]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([HEAD.strip().split(","), *rows])
    if not table_findings(out.getvalue(), Role.REPORTS, words_from()):
        for row in rows:
            fitted = ReportRow.model_validate(dict(zip(HEAD.strip().split(","), row, strict=True)))
            assert (fitted.fran is None) == (fitted.till is None)
            assert fitted.fran is None or (fitted.fran >= 5 and fitted.fran % 5 == 0)


# ---- deltagande.csv ------------------------------------------------------------------------------

ASKED = "kommun,sektor,inbjudna,svar_fran,svar_till\n"


def test_participation(words: Words) -> None:
    path = f"{QUARTER}/1286/deltagande.csv"
    assert look(path, f"{ASKED}1286,alla,104,70,74\n1286,skola,12,,\n1286,ovriga,3,,\n", words) == []
    for row in ("1286,alla,104,71,71", "1286,alla,many,70,74", "1286,alla,104,2,6", "Ystad,alla,104,70,74"):
        assert look(path, f"{ASKED}{row}\n", words), row
    assert "kodlistor" in why(path, f"{ASKED}1286,norrskolan,1,,\n", words)
    assert "fel form" in why(path, f"{ASKED}1286,alla,1000001,,\n", words)
    assert "två rader" in why(path, f"{ASKED}1286,alla,12,,\n1286,alla,13,,\n", words)


@given(
    st.tuples(
        st.sampled_from(["1286", "86", "x"]), st.sampled_from(["alla", "skola", "x"]), cells, cells, cells
    )
)
def test_participation_fits_the_model(row: tuple[str, ...]) -> None:
    text = ASKED + ",".join(row) + "\n"
    if not table_findings(text, Role.PARTICIPATION, words_from()):
        ParticipationRow.model_validate(dict(zip(ASKED.strip().split(","), row, strict=True)))


# ---- what people write ---------------------------------------------------------------------------


def test_a_slip_in_a_file_by_hand_is_left_to_check(words: Words) -> None:
    """The branch that has it in its history must not be stopped for ever."""
    path = f"{SPAN}/bedomning.csv"
    text = "omrade;niva;text\nystad;normlt;Lugnt\nSvarte;normalt;Lugnt\nkivik;normalt\n"
    assert look(path, text, words) == []
    assert look(path, "Omrade,Niva,Text\nystad,normalt,Lugnt\n", words) == []
    rows = "".join(f"plats {i},normalt,Någon sa något\n" for i in range(4))
    assert "kodlistor" in why(path, f"omrade,niva,text\n{rows}", words)
    assert "kolumnerna" in why(path, "omrade,niva,text,svarsid\nystad,normalt,Lugnt,1\n", words)


def test_one_judgement_for_each_area(words: Words) -> None:
    rows = "".join("ystad,normalt,Ungdomar vid kiosken igen\n" for _ in range(12))
    assert "två rader" in why(f"{SPAN}/bedomning.csv", f"omrade,niva,text\n{rows}", words)


def test_calendar(words: Words) -> None:
    text = real("data/kalender.csv")
    assert look("data/kalender.csv", text, words) == []
    assert look("data/kalender.csv", text.replace("2023-01-02", "2 jan", 1), words) == []
    assert "fel form" in why("data/kalender.csv", text.replace("-01-", "-jan-"), words)


ACTION = "data/atgarder/2026-017.yml"


def test_yaml_with_a_misspelt_key_is_left_to_check(words: Words) -> None:
    text = real(ACTION)
    assert look(ACTION, text.replace("titel:", "titl:").replace("vantat:", "vantatt:"), words) == []
    assert look(ACTION, text.replace("titel:", "titel"), words) == []
    extra = "".join(f"extra{i}: svar\n" for i in range(4))
    assert "namn" in why(ACTION, text + extra, words)
    assert why(ACTION, "- en\n- lista\n", words)
    assert "för lång" in why(ACTION, text.replace("titel:", f"plan: {'ord ' * 1500}\ntitel:"), words)


def test_approvals(words: Words) -> None:
    path = "content/godkannanden.yml"
    text = """format: "1"
godkannanden:
  - fil: content/metod.md
    uttryck: kameror
    godkant_av: [trygghetssamordnare, kommunpolis]
    datum: 2026-11-18
    skal: Kamerorna är skyltade.
"""
    assert look(path, text, words) == []
    assert why(path, text + "a: 1\nb: 2\nc: 3\nd: 4\n", words)


@pytest.mark.parametrize("name", ["andringar", "omradestexter", "platser", "tillganglighet", "ordlista"])
def test_lists_beside_the_pages(name: str, words: Words) -> None:
    path = f"content/{name}.yml"
    text = real(path)
    assert look(path, text, words) == []
    extra = "".join(f"extra{i}: svar\n" for i in range(4))
    assert "namn" in why(path, text + extra, words)


def test_a_clause_of_the_standard_is_no_address_of_a_computer(words: Words) -> None:
    """Four numbers with points between, as an IP address: only under its key, only of the web's chapter."""
    path = "content/tillganglighet.yml"
    text = real(path)
    assert text.count('punkt: "9.') > 40
    elsewhere = re.sub(r'krav: ".*"', 'krav: "9.1.4.3"', text)
    for other in (text.replace('punkt: "9.', 'punkt: "83.'), elsewhere):
        (found,) = look(path, other, words)
        assert found.kind.code == "EST435"
        assert "ip-adress" in found.why.sv
    (found,) = [f for f in look("content/ordlista.yml", text, words) if f.kind.code == "EST435"]
    assert "ip-adress" in found.why.sv


def test_free_mappings_are_free_to_their_depth_only(words: Words) -> None:
    path = "data/kodlistor.yml"
    good = 'format: "1"\nandringar:\n  kategorier:\n    egen.kod:\n      sv: En egen\n'
    assert look(path, good, words) == []
    deeper = good + "".join(f"      svar{i}: {i}\n" for i in range(4))
    assert why(path, deeper, words)


# ---- intyg.json and outlines ---------------------------------------------------------------------

SEAL = f"{SPAN}/1286/intyg.json"


@pytest.mark.parametrize(
    "change",
    [
        lambda seal: [seal],
        lambda seal: seal | {f"svar{i}": i for i in range(4)},
        lambda seal: seal | {"tid": "Norrskolan: ungdomar på moped vid kiosken, flera gånger " * 2},
        lambda seal: (
            seal | {"filer": [{"svar_id": 1, "organisation": "x", "kategori": "y", "text": "z"}] * 2}
        ),
    ],
)
def test_an_attestation_holds_no_answers(change: Callable[[dict[str, object]], object], words: Words) -> None:
    seal = json.loads(real(SEAL))
    assert look(SEAL, json.dumps(seal), words) == []
    assert "form som filen" in why(SEAL, json.dumps(change(seal)), words)
    assert "JSON" in why(SEAL, json.dumps(seal)[:-1], words)


def test_a_packed_file_of_a_release_is_read_as_what_it_holds(
    words: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that ends with ``.gz`` needs no more than its rows in the two lists."""
    monkeypatch.setattr(places, "RELEASE_FILES", (*RELEASE_FILES, "nytt.json.gz"))
    monkeypatch.setitem(places.RELEASES, "nytt.json.gz", Role.ATTESTATION)
    path = f"{SPAN}/1286/nytt.json.gz"

    def found(content: bytes) -> list[str]:
        return [f.kind.code for f in inspect(Entry(path, "100644", len(content), content), words)]

    sound = real(SEAL).encode()
    answers = json.dumps({"svar": as_records(coded(40))}).encode()
    assert found(gzip.compress(sound, mtime=0)) == []
    for content in (
        gzip.compress(answers, mtime=0),
        gzip.compress(sound, mtime=1_800_000_000),
        gzip.compress(sound, mtime=0) + b"svar",
        gzip.compress(sound, mtime=0) + gzip.compress(answers, mtime=0),
        gzip.compress(sound, mtime=0)[:-9],
        gzip.compress(b"0" * 60_000_000, mtime=0),
        sound,
    ):
        assert found(content) == ["EST434"]
    assert found(gzip.compress(gzip.compress(sound, mtime=0), mtime=0)) == ["EST433"]


def area(**change: object) -> dict[str, object]:
    feature: dict[str, object] = {
        "type": "Feature",
        "properties": {"id": "svarte", "namn": "Svarte"},
        "geometry": {
            "type": "Polygon",
            "coordinates": [[[13.7, 55.4], [13.8, 55.4], [13.8, 55.5], [13.7, 55.4]]],
        },
    }
    return feature | change


@pytest.mark.parametrize(
    "path", ["data/omraden.geojson", "data/omgivning.geojson", "est_build/demo/geo/nytt.geojson"]
)
def test_outlines(path: str, words: Words) -> None:
    def text(*features: object, **more: object) -> str:
        return json.dumps({"type": "FeatureCollection", "features": list(features), **more})

    assert look(path, text(area()), words) == []
    assert look(path, text(area(), vatten=[["Östersjön", 13.9, 55.3]]), words) == []
    point = {"type": "Point", "coordinates": [13.7, 55.4]}
    assert "punkter" in why(path, text(area(), area(geometry=point)), words)
    assert "uppgifter" in why(path, text(area(properties={"id": "a", "fritext": "moped"})), words)
    assert "uppgifter" in why(path, text(area(properties={"namn": "moped " * 50})), words)
    assert why(path, text(area(svar=1)), words)
    assert why(path, text(area(), svar=[1, 2]), words)
    assert why(path, text(area(geometry={"type": "Polygon", "coordinates": [[["moped", 1]]]})), words)
    assert why(path, text(area(), vatten=[["Moped vid kiosken " * 9, 1, 2]]), words)
    assert why(path, json.dumps([area()]), words)


# ---- the rest of the repository ------------------------------------------------------------------


def test_code_lists(words: Words) -> None:
    path = "est_build/schema/lists/miljoer.csv"
    assert look(path, real(path), words) == []
    assert "kolumnerna" in why(path, "id,sv,en,fritext\ntorg,Torg,Square,moped\n", words)
    assert "fel form" in why(path, "id,sv,en\nTorg,Torg,Square\n", words)


@pytest.mark.parametrize("name", ["kategoritexter", "atgardsstod"])
def test_packaged_texts(name: str, words: Words) -> None:
    path = f"est_build/schema/texts/{name}.csv"
    text = real(path)
    assert look(path, text, words) == []
    head, _, rest = text.partition("\n")
    assert "kolumnerna" in why(path, f"{head},fritext\n{rest}", words)
    first = rest.splitlines()[0]
    assert "samma ruta" in why(path, f"{head}\n{first}\n{first}\n", words)
    long = first.replace(first.split(",")[1].strip('"')[:9], "ord " * 200, 1)
    assert "fel form" in why(path, f"{head}\n{long}\n", words)


@pytest.mark.parametrize("name", ["simulated", "simulated_power"])
def test_figures_of_a_simulation(name: str, words: Words) -> None:
    path = f"est_build/analyse/{name}.csv"
    text = real(path)
    assert look(path, text, words) == []
    head, first = text.splitlines()[:2]
    assert "kolumnerna" in why(path, f"{head},fritext\n{first},x\n", words)
    assert "samma ruta" in why(path, f"{head}\n{first}\n{first}\n", words)
    assert "fel form" in why(path, f"{head}\n{first.replace('A ren slump', 'Norrby skola')}\n", words)
    assert "fel form" in why(path, f"{head}\n{first.rpartition(',')[0]},många\n", words)


def test_lock(words: Words) -> None:
    assert look("uv.lock", real("uv.lock"), words) == []
    assert why("uv.lock", "[svar]\nid = 1\n", words)
    assert why("uv.lock", "inte toml", words)


GOLDEN = "tests/private/cases/nytt/in/privat/svar.csv"


def golden(rows: int, place: str = "Ekby") -> str:
    head = "svar_id,inskickat,organisation,sektor,kommun,omrade,kategori,fritext\n"
    lines = (
        f"{i},2027-01-{i % 28 + 1:02d} 09:00,Norrby skola,skola,9901,{place},nedskrapning,\n"
        for i in range(rows)
    )
    return head + "".join(lines)


def test_a_golden_case_is_small_and_invented(words: Words) -> None:
    assert look(GOLDEN, golden(30), words) == []
    assert {f.kind.code for f in look(GOLDEN, golden(50), words)} == {"EST435"}
    (found,) = look(GOLDEN, golden(10, "Kivik"), words)
    assert "finns på webbplatsen" in found.why.sv
    assert look(GOLDEN, golden(10).replace("9901", "1286"), words)
    assert look(GOLDEN, golden(10).replace("Norrby skola", "rektor@norrby.se"), words)
    assert look(GOLDEN, golden(10).replace("Norrby skola", "192.0.2.17"), words)


@pytest.mark.parametrize(
    "path",
    [
        "tests/private/cases/nytt/expected/svar.csv",
        "tests/private/cases/nytt/svar.csv",
        "tests/private/test_nytt.py",
        "docs/exempel.md",
    ],
)
def test_nowhere_else_are_answers_an_example(path: str, words: Words) -> None:
    assert [f.kind.code for f in look(path, golden(30), words)] == ["EST435"]


def test_frame_files_that_cannot_be_read_add_nothing() -> None:
    broken = [
        (name, b"\xff{[") for name in ("data/webbplats.yml", "data/kodlistor.yml", "data/omraden.geojson")
    ]
    assert words_from(broken) == words_from()


def test_the_golden_cases_there_are(words: Words) -> None:
    for path in sorted((ROOT / "tests").glob("*/cases/**/*")):
        if path.is_file():
            name = path.relative_to(ROOT).as_posix()
            assert look(name, Path(path).read_text(encoding="utf-8-sig"), words) == [], name
