"""The heuristics: what they must let through, and what no input may do to them."""

from __future__ import annotations

import base64
import gzip
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from est_build.protect.rawguard.encoded import encoded_findings
from est_build.protect.rawguard.headings import read_headings
from est_build.protect.rawguard.inspect import Entry, inspect
from est_build.protect.rawguard.score import LIMIT, raw_findings
from est_build.protect.rawguard.words import Words, folded, words_from

from .canaries import coded, google_forms
from .formats import as_json, commas, delimited, html_table, in_page, semicolons, yaml_records
from .innocent import LOGS, TABLES
from .repo import ROOT

SPAN = "data/perioder/2026-v45-46"


def sound(text: str, words: Words) -> bool:
    found = [*raw_findings(text, words, code=False), *encoded_findings(text)]
    return not found and not raw_findings(text, words, code=True)


# ---- what is published may be quoted -------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "data/kvartal/2026-kv3/1286/rapporter.csv",
        f"{SPAN}/1286/deltagande.csv",
        f"{SPAN}/bedomning.csv",
        "data/kalender.csv",
        "est_build/demo/geo/orter.csv",
        "est_build/schema/lists/kategorier.csv",
        "est_build/schema/lists/sektorer.csv",
        "est_build/schema/lists/tider.csv",
    ],
)
def test_published_tables_pass_in_any_dress(path: str, words: Words) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    table = [line.split(",") for line in text.splitlines() if '"' not in line]
    width = len(table[0])
    table = [row for row in table if len(row) == width]
    for form in (text, delimited(table, ";").decode(), in_page(table).decode(), html_table(table).decode()):
        assert sound(form, words)


def test_tables_that_a_municipality_publishes(words: Words) -> None:
    """Of 79 kinds of tables only logs of single events at the minute are taken for answers."""
    forms = (semicolons, commas, in_page, html_table, as_json, yaml_records)
    refused = {
        name
        for name, rows in TABLES.items()
        if not all(sound(form(rows).decode("utf-8-sig"), words) for form in forms)
    }
    assert len(TABLES) == 79
    assert refused == set(LOGS)


@pytest.mark.parametrize("name", ["folkmängd", "kontakter", "luft"])
def test_as_a_file_of_its_own_none_has_a_place(name: str, words: Words) -> None:
    content = semicolons(TABLES[name])
    for path in ("data/tabell.csv", "content/tabell.csv", "tabell.csv", "docs/tabell.tsv"):
        (found,) = inspect(Entry(path, "100644", len(content), content), words)
        assert found.kind.code == "EST432", path


TEXTS = {
    "rubrikrad utan svar": "svar_id,inskickat,organisation,sektor,kommun,omrade,kategori,miljo,tid,fritext\n",
    "ett exempel i en handbok": "```\nsvar_id;omrade;kategori;sektor\n"
    + "1;ekby;klotter;skola\n" * 3
    + "```\n",
    "ändringslogg": "".join(
        f"## 0.{i}.0 - 2026-0{i}-11\n\n- Rättat: tabell, karta, text\n\n" for i in range(1, 9)
    ),
    "loggrader i kod": "".join(f'log("2026-11-0{i} 10:00", "start")\n' for i in range(1, 6)),
    "lång prosa": "Ungdomar, vuxna och äldre, alla har rätt till en trygg plats, sade nätverket. " * 80,
    "kontrollsummor": "".join(f"{random.Random(i).getrandbits(256):064x}  fil{i}.csv\n" for i in range(40)),
    "en nyckel": "ssh-ed25519 " + base64.b64encode(bytes(range(51))).decode() + "\n",
    "rubriker i rad": "-".join(["en-lang-adress-med-manga-ord-i-rad"] * 30),
}


@pytest.mark.parametrize("name", TEXTS)
def test_ordinary_texts_pass(name: str, words: Words) -> None:
    assert sound(TEXTS[name], words)


# ---- headings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headings",
    [
        ["ID", "Start time", "Completion time", "Email", "Name", "What did you see?"],
        ["Tidstämpel", "E-postadress", "Vilken verksamhet svarar du för?", "Var var det ungefär?"],
        ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address"],
        ["start", "end", "_id", "_uuid", "_submission_time", "__version__", "_validation_status"],
        ["Svars-ID", "Datum inskickat", "Sista sida", "Startspråk", "Frö"],
        ["submitdate", "lastpage", "startlanguage", "seed"],
        ["svars_id", "period", "omrade", "kategori", "sektor"],
        ["ResponseId", "RecordedDate", "IPAddress", "UserLanguage"],
    ],
)
def test_headings_of_survey_tools(headings: list[str]) -> None:
    reading = read_headings(headings)
    assert reading.score >= LIMIT
    assert reading.single


@pytest.mark.parametrize(
    "headings",
    [
        ["tabell", "omrade", "kategori", "miljo", "tid", "fran", "till"],
        ["kommun", "sektor", "inbjudna", "svar_fran", "svar_till"],
        ["omrade", "niva", "text"],
        ["Åtgärd", "Ansvarig", "Klart senast"],
        ["id", "sv", "en", "beskrivning"],
        [],
        ["", ""],
    ],
)
def test_headings_of_published_tables(headings: list[str]) -> None:
    assert read_headings(headings).score < LIMIT


def test_folding() -> None:
    assert folded("  Område/Plats_åäö É ") == "omrade plats aao e"
    assert folded("") == ""


# ---- encoded stretches ---------------------------------------------------------------------------


def packed(rows: int) -> bytes:
    return gzip.compress(delimited(coded(rows), ";"), mtime=0)


@pytest.mark.parametrize(
    "text",
    [
        base64.encodebytes(packed(12)).decode(),
        base64.b64encode(packed(40)).decode(),
        base64.urlsafe_b64encode(packed(40)).decode(),
        packed(40).hex(),
        repr(base64.encodebytes(packed(40)).decode()),
        "> " + base64.encodebytes(packed(40)).decode().replace("\n", "\n> "),
        base64.b64encode(delimited(google_forms(6), ";")).decode(),
        base64.b64encode(random.Random(1).randbytes(700)).decode(),
    ],
)
def test_encoded(text: str) -> None:
    (found,) = encoded_findings(f"# Om\n\n{text}\n")
    assert found.kind.code == "EST436"
    assert found.line == 3


def test_what_is_inside_is_said() -> None:
    (found,) = encoded_findings(base64.b64encode(packed(12)).decode())
    assert found.why.sv == "det rymmer ett arkiv eller en packad fil"


# ---- nothing that is put in may break it ---------------------------------------------------------


@given(st.text(alphabet="ab1;,|\t\n\"'()[]{}<>/=:-@. åtr", max_size=400), st.booleans())
def test_any_text_is_judged(text: str, code: bool) -> None:
    raw_findings(text, words_from(), code=code)
    encoded_findings(text)


@given(
    st.binary(max_size=300),
    st.sampled_from(["content/a.md", "data/skydd.yml", "uv.lock", "data/omraden.geojson"]),
)
def test_any_bytes_are_judged(content: bytes, path: str) -> None:
    inspect(Entry(path, "100644", len(content), content), words_from())


HEAVY = {
    "blanksteg": " " * 300_000,
    "citattecken": '"' * 300_000,
    "kommatecken": "," * 300_000,
    "lodstreck": "|" * 300_000,
    "rader": "\n" * 300_000,
    "parenteser": "),(" * 100_000,
    "taggar": "<tr><td>" * 40_000,
    "xml": "<a>b</a>" * 40_000,
    "json": '"a":"b",' * 40_000,
    "base64": "QUJD" * 75_000,
    "ord": ("A" * 39 + " ") * 7_500,
    "strängar": '"\\' * 150_000,
    "stjärnor": "* - " * 75_000,
    "korta tabeller": "a;b;c\na;b;c\na;b;c\nx\n" * 10_000,
    "klamrar": "[" * 300_000,
}


@pytest.mark.parametrize("name", HEAVY)
def test_no_text_takes_long(name: str, words: Words) -> None:
    """A page has at most 200 kB, a program 1 MB: time grows with length, never with its square."""
    content = HEAVY[name].encode()
    start = time.process_time()
    inspect(Entry("README.md", "100644", len(content), content), words)
    assert time.process_time() - start < 3
