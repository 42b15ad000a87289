"""One fault at a time in each kind of file: the right code, file, line and column, the value and a cure."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from est_build.load.csv_file import letter
from est_build.problems.problem import Problem
from tests.public.instances import edit, faults, the_fault, write


class Case(NamedTuple):
    """``§`` in ``new`` marks the place that must be told. ``says`` must stand in the message."""

    file: str
    old: str
    new: str
    code: str
    says: str
    near: str | None = None


SITE, RULES, CODES = "webbplats.yml", "skydd.yml", "kodlistor.yml"
PICTURE = "perioder/2026-v45-46/lagesbild.yml"
QUARTER, YEAR = "kvartal/2026-kv3/utvardering.yml", "ar/2025/uppfoljning.yml"
ISSUE, ACTION, OTHER_ACTION = "fragor/2026-004.yml", "atgarder/2026-017.yml", "atgarder/2026-009.yml"
PLAN, INDICATOR = "plan/ystad.yml", "indikatorer/trygghetsmatning-polisen.yml"
FIXES = "rattelser.yml"

YAML = [
    # webbplats.yml
    Case(SITE, "utgivare: Exempel på samverkan mellan fem kommuner\n", "", "EST201", "utgivare"),
    Case(SITE, "kortnamn:", "§kortnam:", "EST202", "kortnam", "kortnamn"),
    Case(SITE, "exempeldata: ja", "exempeldata: §kanske", "EST208", "kanske"),
    Case(SITE, "licens_data: CC0-1.0", "licens_data: §CC0", "EST207", "CC0", "CC0-1.0"),
    Case(SITE, "metod_sedan: 2023-01-02", "metod_sedan: §2023-02-30", "EST204", "2023-02-30"),
    Case(SITE, "metod_sedan: 2023-01-02", "metod_sedan: §2 januari 2023", "EST203", "2 januari 2023"),
    Case(SITE, "bas_url: https://trygghet.example/", "bas_url: §http://a.example/", "EST211", "http://a"),
    Case(SITE, "sprak: [sv]", "sprak: §sv", "EST215", "sprak"),
    Case(SITE, "sprak: [sv]", "sprak: [sv, §de]", "EST207", "de"),
    Case(SITE, 'kod: "1286"', 'kod: §"128"', "EST211", "128"),
    Case(SITE, 'kod: "1286"', 'kod: §"1291"', "EST216", "1291"),
    Case(SITE, "epost: trygghet@trygghet.example", "epost: §trygghet", "EST211", "trygghet"),
    Case(SITE, 'format: "1"', "format: §2", "EST207", "2"),
    Case(SITE, "utgivartyp: kommun", "utgivartyp: §kommunen", "EST207", "kommunen", "kommun"),
    # A check digit that is wrong, a person's number, and a number with a digit too few.
    Case(SITE, "  utgivartyp: kommun", "  organisationsnummer: §212000-1356", "EST218", "kontrollsiffran"),
    Case(SITE, "  utgivartyp: kommun", '  organisationsnummer: §"8112189876"', "EST218", "tio siffror"),
    Case(SITE, "  utgivartyp: kommun", "  organisationsnummer: §212000-135", "EST211", "212000-135"),
    Case(SITE, "  utgivartyp: kommun", "  utgivar_id: §dataportal.se/x", "EST211", "dataportal.se/x"),
    Case(SITE, "postnummer: 000 00", "postnummer: §1234", "EST211", "1234"),
    Case(SITE, "  utgivartyp: kommun", "  uuid:\n    rapporter: §123", "EST211", "123"),
    Case(
        SITE,
        "  utgivartyp: kommun",
        "  uuid:\n    §raporter: 00000000-0000-4000-8000-000000000001",
        "EST207",
        "raporter",
        "rapporter",
    ),
    # skydd.yml
    Case(RULES, "rapporter: 5 #", "rapporter: §4 #", "EST206", "4"),
    Case(RULES, "rapporter: 5 #", "rapporter: §fem #", "EST205", "fem"),
    Case(RULES, "  organisationer: 3 #", "  §organistioner: 3 #", "EST202", "organistioner",
         "organisationer"),
    Case(RULES, "period: [kommun, kommun_grupp, omrade]", "period: [kommun, §omraden]", "EST207",
         "omraden", "omrade"),
    Case(RULES, "period: [kommun, kommun_grupp, omrade]", "period: §kommun", "EST215", "period"),
    Case(RULES, "slimminge: rydsgard", "§slimminge: svarte", "EST315", "olika kommuner"),
    Case(RULES, "slimminge: rydsgard", "§slimminge: skurup", "EST315", "kommun"),
    Case(RULES, "slimminge: rydsgard", "§slimmingen: rydsgard", "EST315", "slimmingen", "slimminge"),
    Case(RULES, "slimminge: rydsgard", "§slimminge: rydsgaard", "EST315", "rydsgaard", "rydsgard"),
    Case(RULES, "  slimminge: rydsgard #", "  §slimminge: #", "EST209", "slimminge"),
    Case(RULES, "kanda_kallor: [polis]", "kanda_kallor: §[polis, polis]", "EST216", "kanda_kallor"),
    # kodlistor.yml
    Case(CODES, "    trafik.buskorning:", "    §trafik.buskörning:", "EST211", "trafik.buskörning"),
    Case(CODES, "    trafik.buskorning:", "    §trafik.buskorningar:", "EST302", "trafik.buskorningar",
         "trafik.buskorning"),
    Case(CODES, "  kategorier:\n", "  §kategorin:\n", "EST207", "kategorin", "kategorier"),
    Case(CODES, "forald: trafik\n", "forald: §trafiken\n", "EST321", "trafiken", "trafik"),
    Case(CODES, "forald: trafik\n", "forald: §trafik.buskorning\n", "EST321", "underkategori"),
    Case(CODES, "id: trafik.a-traktor", "id: §trafik.fortkorning", "EST321", "finns redan"),
    Case(CODES, "fran_ar: 2025", "fran_ar: §1999", "EST206", "1999"),
    Case(CODES, "fran_ar: 2025", "fran_ar: 2025\n    till_ar: §2024", "EST321", "slutar"),
    Case(CODES, "kanslighet: oppen", "kanslighet: §öppen", "EST207", "öppen", "oppen"),
    Case(CODES, "      en: Reckless driving", "      §eng: Reckless driving", "EST202", "eng", "en"),
    # perioder/…/lagesbild.yml
    Case(PICTURE, "publicerad: 2026-11-19", "publicerad: §2026-11-33", "EST204", "2026-11-33"),
    Case(PICTURE, "publicerad: 2026-11-19", "publicerad: §19/11 2026", "EST203", "19/11 2026"),
    Case(PICTURE, "publicerad: 2026-11-19", "publicerad: §[2026-11-19]", "EST215", "publicerad"),
    Case(PICTURE, "status: publicerad", "status: §publicerat", "EST207", "publicerat", "publicerad"),
    Case(PICTURE, "    fraga: 2026-004\n", "    fraga: §2026-040\n", "EST304", "2026-040", "2026-004"),
    Case(PICTURE, "  - omrade: ystad\n", "  - omrade: §ystadt\n", "EST301", "ystadt", "ystad"),
    Case(PICTURE, "  - omrade: ystad\n    kategori: otrygg-utformning",
         "  - omrade: ystad\n    kategori: §trafiken", "EST302", "trafiken", "trafik"),
    Case(PICTURE, "  - omrade: ystad\n", "  -\n", "EST320", "markeringen har redan en anteckning"),
    Case(PICTURE, "    atgard: 2026-017\n", "    atgard: §2026-071\n", "EST304", "2026-071", "2026-017"),
    Case(PICTURE, "    atgard: 2026-017\n", "    atgard: §2026-17\n", "EST211", "2026-17"),
    Case(PICTURE, "    atgard: 2026-017\n", "    §åtgärd: 2026-017\n", "EST202", "åtgärd", "atgard"),
    Case(PICTURE, "      - ystads-tatort", "      - §ystad-tatort", "EST301", "ystad-tatort",
         "ystads-tatort"),
    Case(PICTURE, "    slag: vagarbete", "    slag: §vägarbete", "EST207", "vägarbete", "vagarbete"),
    Case(PICTURE, "slut: 2026-12-12", "slut: §2026-10-12", "EST320", "2026-10-12"),
    Case(PICTURE, "nasta: 2026-12-03", "nasta: §2026-11-03", "EST320", "2026-11-03"),
    Case(PICTURE, "granskad_av:\n  - trygghetssamordnare\n  - fältsekreterare\n  - kommunpolis\n",
         "granskad_av: §trygghetssamordnare\n", "EST215", "granskad_av"),
    Case(PICTURE, "sammanfattning: >-\n", "sammanfattning: §>-\n  " + "x" * 401 + "\n", "EST210", "400"),
    # kvartal/…/utvardering.yml
    Case(QUARTER, "motesdag: 2026-10-08", "motesdag: §i torsdags", "EST203", "i torsdags"),
    Case(QUARTER, "  - 2025-008\n", "  - §2025-080\n", "EST304", "2025-080", "2025-008"),
    Case(QUARTER, "  svar: 61", "  svar: §4", "EST206", "4"),
    Case(QUARTER, "  nytta_tiondelar: 8", "  nytta_tiondelar: §åtta", "EST205", "åtta"),
    Case(QUARTER, "vad_fungerade_inte:", "§vad_funkade_inte:", "EST202", "vad_funkade_inte",
         "vad_fungerade_inte"),
    # ar/…/uppfoljning.yml
    Case(YEAR, "publicerad: 2026-02-12", "publicerad: §2026-02-30", "EST204", "2026-02-30"),
    Case(YEAR, "monster:\n", "§mönster:\n", "EST202", "mönster", "monster"),
    # fragor
    Case(ISSUE, "id: 2026-004", "id: §2026-044", "EST305", "2026-044"),
    Case(ISSUE, "status: prioriterad\nbehov", "status: §prioritera\nbehov", "EST302", "prioritera",
         "prioriterad"),
    Case(ISSUE, "status: prioriterad\nbehov", "status: §bevakas\nbehov", "EST319", "bevakas"),
    Case(ISSUE, "  - otrygg-utformning.belysning", "  - §otrygg-utformning.belysningen", "EST302",
         "otrygg-utformning.belysningen", "otrygg-utformning.belysning"),
    Case(ISSUE, "  - station\n", "  - §stationen\n", "EST302", "stationen", "station"),
    Case(ISSUE, "forsta_period: 2026-v37-38", "forsta_period: §2026-v37-39", "EST309", "2026-v37-39",
         "2026-v37-38"),
    Case(ISSUE, "forsta_period: 2026-v37-38", "forsta_period: §vecka 37", "EST212", "vecka 37"),
    Case(ISSUE, "forsta_period: 2026-v37-38", "forsta_period: 2026-v37-38\nsista_period: §2026-v35-36",
         "EST320", "2026-v35-36"),
    Case(ISSUE, "behov: 3", "behov: §4", "EST206", "4"),
    Case(ISSUE, "behov: 3", "behov: §högt", "EST205", "högt"),
    Case(ISSUE, "behov: 3", "behov: §" + "9" * 5000, "EST206", "99999"),
    Case(ISSUE, "grund: antagande", "grund: §antaget", "EST302", "antaget", "antagande"),
    Case(ISSUE, "senast: 2026-kv4", "senast: §2026-kv5", "EST213", "2026-kv5"),
    Case(ISSUE, "omraden:\n  - ystads-tatort", "omraden: §ystads-tatort", "EST215", "omraden"),
    Case(ISSUE, "  - id: o3", "  - id: §o1", "EST320", "o1"),
    Case(ISSUE, "titel: Mörka gångvägar vid stationer", "titel: §" + "å" * 201, "EST210", "200"),
    Case(ISSUE, "titel: Mörka gångvägar vid stationer", "titel: §'  '", "EST209", "titel"),
    # atgarder
    Case(ACTION, "klar_senast: 2026-12-12", "klar_senast: §2026-12-32", "EST204", "2026-12-32"),
    Case(ACTION, "horisont: lang", "horisont: §lång", "EST207", "lång", "lang"),
    Case(ACTION, "typ: belysning", "typ: §belysningar", "EST302", "belysningar", "belysning"),
    Case(ACTION, "  - oka-risk", "  - §öka-risk", "EST211", "öka-risk"),
    Case(ACTION, "  - 2026-004", "  - §2026-0044", "EST211", "2026-0044"),
    Case(ACTION, "  - o2\n", "  - §o9\n", "EST304", "o9"),
    Case(ACTION, "  - o2\n", "  - §o1\n", "EST216", "o1"),
    Case(ACTION, "  - simrishamns-tatort", "  - §simrishamn-tatort", "EST301", "simrishamn-tatort",
         "simrishamns-tatort"),
    Case(ACTION, "  fore_till: 2026-v11-12", "  fore_till: §2025-v49-50", "EST320", "2025-v49-50"),
    Case(ACTION, "  antal: 11", "  antal: §11,5", "EST205", "11,5"),
    Case(ACTION, "  antal: 11", "  antal: §-1", "EST206", "-1"),
    Case(ACTION, "status: pagar\nmal:", "status: §pågår\nmal:", "EST211", "pågår"),
    Case(ACTION, "status: pagar\nmal:", "status: §pausad\nmal:", "EST319", "pausad"),
    Case(ACTION, "  - datum: 2026-11-13", "  - datum: §2026-10-13", "EST320", "2026-10-13"),
    Case(OTHER_ACTION, "effekt: oklart", "effekt: §oklar", "EST302", "oklar", "oklart"),
    Case(OTHER_ACTION, "nasta: justera", "nasta: §justeras", "EST207", "justeras", "justera"),
    Case(OTHER_ACTION, "genomforande: delvis", "genomforande: §delvist", "EST302", "delvist", "delvis"),
    Case(OTHER_ACTION, "klar: 2026-05-18", "klar: §2026-04-01", "EST320", "2026-04-01"),
    # plan
    Case(PLAN, "kommun: 1286", "kommun: §1268", "EST303", "1268", "1286"),
    Case(PLAN, "    - 2026-017\n", "    - §2026-0017\n", "EST211", "2026-0017"),
    Case(PLAN, "    - 2026-017\n", "    - §2027-017\n", "EST304", "2027-017", "2026-017"),
    Case(PLAN, "  kartlaggning: ja", "  kartlaggning: §delvis", "EST208", "delvis"),
    Case(PLAN, "  - parter:\n      - Ystads kommun\n      - Polismyndigheten\n",
         "  - parter:\n      §- Ystads kommun\n", "EST215", "minst 2 rader"),
    Case(PLAN, "    galler_till: 2027-09-30\n  - parter", "    galler_till: §2024-09-30\n  - parter",
         "EST320", "2024-09-30"),
    # indikatorer
    Case(INDICATOR, "    varde: 1.94", "    varde: §1,94", "EST217", "1,94"),
    Case(INDICATOR, "    varde: 1.94", "    varde: §.nan", "EST217", "nan"),
    Case(INDICATOR, "    varde: 1.94", "    varde: §Infinity", "EST217", "inf"),
    Case(INDICATOR, "    antal_svar: 3890", "    antal_svar: §många", "EST205", "många"),
    # rattelser.yml
    Case(FIXES, "galler: /lage/2026-v37-38/", "galler: §/lage/2026-v37-39/", "EST322", "2026-v37-39",
         "/lage/2026-v37-38/"),
    Case(FIXES, "galler: /lage/2026-v37-38/", "galler: §javascript:alert(1)", "EST211", "javascript"),
    Case(FIXES, "galler: /lage/2026-v37-38/", "galler: §//ond.example/", "EST211", "ond.example"),
    Case(FIXES, "galler: /lage/2026-v37-38/", "galler: §https://ond.example/", "EST211", "ond.example"),
    Case(FIXES, "    vad_andrades: >-\n      Rätt datum", "    §vad_ändrades: >-\n      Rätt datum", "EST202",
         "vad_ändrades", "vad_andrades"),
]  # fmt: skip


def names(cases: list[Case]) -> list[str]:
    return [f"{c.file.rsplit('/', 1)[-1]}:{c.code}:{c.says}" for c in cases]


def told(problem: Problem, case: Case) -> None:
    """Swedish text with the value, a cure, and the nearest match."""
    message = problem.message()
    assert case.says in message
    assert problem.near == case.near
    if case.near is not None:
        assert f"Menade du ”{case.near}”?" in message
    assert problem.cure()
    assert "?" not in message.replace("Menade du", "").replace("”?", "”")
    assert problem.message("en")


@pytest.mark.parametrize("case", YAML, ids=names(YAML))
def test_one_fault_in_a_yaml_file(data: Path, case: Case) -> None:
    place = edit(data / case.file, case.old, case.new)
    found = faults(data)
    own = [p for p in found if p.code == case.code and p.place.file == case.file]
    assert own, [f"{p.code} {p.place.text()} {p.message()}" for p in found]
    problem = own[0]
    told(problem, case)
    # One fault is one problem. (Other rules of protection are also another plan than the attested one.)
    assert {p.code for p in found} <= {case.code, "EST401", "EST402", "EST405"}
    assert len(own) == 1
    if place is not None:
        assert (problem.place.line, problem.place.column) == place


CALENDAR, JUDGEMENT = "kalender.csv", "perioder/2026-v45-46/bedomning.csv"
CSV = [
    Case(CALENDAR, "2026-v45-46,2026-11-02,", "2026-v45-46,§2026-11-33,", "EST204", "2026-11-33"),
    Case(CALENDAR, "2026-v45-46,2026-11-02,", "§v45-46,2026-11-02,", "EST212", "v45-46"),
    Case(CALENDAR, "2026-v45-46,2026-11-02,2026-11-15,2026-kv4", "2026-v45-46,2026-11-02,2026-11-15,§kv4",
         "EST213", "kv4"),
    Case(CALENDAR, "2026-v45-46,2026-11-02,2026-11-15,2026-kv4,2026",
         "2026-v45-46,2026-11-02,2026-11-15,2026-kv4,§i år", "EST205", "i år"),
    Case(CALENDAR, "2026-v45-46,2026-11-02,2026-11-15", "2026-v45-46,2026-11-02,§2026-11-14", "EST307", "13"),
    Case(CALENDAR, "2026-v45-46,2026-11-02", "§2026-v45-47,2026-11-02", "EST308", "2026-v45-46"),
    Case(CALENDAR, "2026-v45-46,2026-11-02,2026-11-15,2026-kv4,2026,2026-11-19",
         "2026-v45-46,2026-11-02,2026-11-15,2026-kv4,2026,§2026-11-15", "EST318", "innan den är slut"),
    Case(CALENDAR, "2026-v45-46,2026-11-02,2026-11-15,2026-kv4,2026",
         "2026-v45-46,2026-11-02,2026-11-15,§2025-kv4,2026", "EST318", "2025-kv4"),
    Case(JUDGEMENT, "sjobo,normalt,", "§sjöbo,normalt,", "EST301", "sjöbo", "sjobo"),
    Case(JUDGEMENT, "sjobo,normalt,", "sjobo,§normal,", "EST207", "normal", "normalt"),
    Case(JUDGEMENT, "sjobo,normalt,", "sjobo,normalt,§\nskurups-tatort,normalt,", "EST209", "text"),
    Case(JUDGEMENT, "sjobo,normalt,", "§simrishamn,normalt,", "EST111", "simrishamn"),
    Case(JUDGEMENT, "sjobo,normalt,", "sjobo,normalt,Lugnt,", "EST108", "4"),
    Case(JUDGEMENT, "omrade,niva,text", "omrade,§nivå,text", "EST107", "nivå", "niva"),
    Case(JUDGEMENT, "omrade,niva,text", "omrade,text", "EST106", "niva"),
    Case(JUDGEMENT, "omrade,niva,text", "omrade,niva,text,§text", "EST116", "text"),
    Case(JUDGEMENT, "omrade,niva,text", "omrade,niva,text,§poäng", "EST107", "poäng"),
]  # fmt: skip


@pytest.mark.parametrize("case", CSV, ids=names(CSV))
def test_one_fault_in_a_csv_file(data: Path, case: Case) -> None:
    place = edit(data / case.file, case.old, case.new)
    found = [p for p in faults(data) if p.place.file == case.file]
    problem = next(p for p in found if p.code == case.code)
    told(problem, case)
    if place is not None:
        line, column = place
        before = (data / case.file).read_text(encoding="utf-8").splitlines()[line - 1][: column - 1]
        assert (problem.place.line, problem.place.letter) == (line, letter(before.count(",")))
        assert problem.place.text().endswith(f"rad {line}, kolumn {problem.place.letter}")


def test_a_gap_in_the_calendar(data: Path) -> None:
    path = data / "kalender.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    index = next(i for i, row in enumerate(rows) if row.startswith("2026-v47-48"))
    # Nothing is published in the removed period, so the gap is all there is to tell.
    write(path, "\n".join(rows[:index] + rows[index + 1 :]) + "\n")
    problem = the_fault(data, "EST306")
    assert problem.place.text() == f"kalender.csv rad {index + 1}, kolumn B"
    assert "2026-v45-46" in problem.message()


def test_a_missing_value_is_told_at_the_record_that_lacks_it(data: Path) -> None:
    path = data / "fragor/2026-004.yml"
    line = path.read_text(encoding="utf-8").splitlines().index("  - id: o2") + 1
    edit(path, "    text: Träden har vuxit in över lamporna.\n", "")
    problem = next(p for p in faults(data) if p.code == "EST201")
    assert (problem.place.line, problem.place.column) == (line, 5)
    assert problem.cure() == "Lägg till raden text: …"


def test_an_unknown_key_without_a_value_is_told_too(data: Path) -> None:
    edit(data / "atgarder/2026-017.yml", "status: pagar\nmal:", "forsenad_varför:\nstatus: pagar\nmal:")
    problem = the_fault(data, "EST202")
    assert problem.near == "forsenad_varfor"
    assert problem.place.line is not None


def test_a_known_key_without_a_value_counts_as_left_out(data: Path) -> None:
    from tests.public.instances import load

    edit(data / "atgarder/2026-017.yml", "status: pagar\nmal:", "forsenad_varfor:\nstatus: pagar\nmal:")
    published, problems = load(data)
    assert problems == ()
    assert published is not None
    assert published.texts.actions["2026-017"].forsenad_varfor is None


@pytest.mark.parametrize(
    ("status", "word"), [("avbruten", "avbruten_varfor"), ("overlamnad", "overlamnad_till")]
)
def test_an_ending_without_its_reason(data: Path, status: str, word: str) -> None:
    path = data / "atgarder/2026-017.yml"
    edit(path, "status: pagar\nmal:", f"status: {status}\nmal:")
    edit(path, "2026-11-13\n    status: pagar", f"2026-11-13\n    status: {status}")
    assert word in the_fault(data, "EST320").message()


def test_an_action_without_issue_or_reason(data: Path) -> None:
    edit(data / "atgarder/2026-017.yml", "fragor:\n  - 2026-004\norsaker:\n  - o1\n  - o2\n", "")
    assert "allman_varfor" in the_fault(data, "EST320").message()


def test_all_faults_of_several_files_at_once(data: Path) -> None:
    edit(data / "webbplats.yml", "exempeldata: ja", "exempeldata: kanske")
    edit(data / "skydd.yml", "rapporter: 5 #", "rapporter: 4 #")
    edit(data / "kalender.csv", "2026-v45-46,2026-11-02,2026-11-15", "2026-v45-46,2026-11-02,2026-11-14")
    edit(data / "atgarder/2026-017.yml", "klar_senast: 2026-12-12", "klar_senast: 2026-12-32")
    edit(data / "atgarder/2026-017.yml", "horisont: lang", "horisont: lång")
    edit(data / "perioder/2026-v45-46/bedomning.csv", "sjobo,normalt,", "sjobo,normal,")
    edit(data / "rattelser.yml", "datum: 2026-09-28", "datum: i fjol")
    found = {(p.place.file, p.code) for p in faults(data)}
    assert found >= {
        ("webbplats.yml", "EST208"),
        ("skydd.yml", "EST206"),
        ("kalender.csv", "EST307"),
        ("atgarder/2026-017.yml", "EST204"),
        ("atgarder/2026-017.yml", "EST207"),
        ("perioder/2026-v45-46/bedomning.csv", "EST207"),
        ("rattelser.yml", "EST203"),
    }


def test_all_faults_between_files_at_once(data: Path) -> None:
    edit(data / "atgarder/2026-017.yml", "typ: belysning", "typ: belysningar")
    edit(data / "atgarder/2026-017.yml", "  - simrishamns-tatort", "  - simrishamn-tatort")
    edit(data / "fragor/2026-004.yml", "  - station\n", "  - stationen\n")
    edit(data / "plan/ystad.yml", "kommun: 1286", "kommun: 1268")
    edit(data / "kvartal/2026-kv3/utvardering.yml", "  - 2025-008\n", "  - 2025-080\n")
    assert sorted(p.code for p in faults(data)) == ["EST301", "EST302", "EST302", "EST303", "EST304"]


def test_a_file_with_a_fault_is_not_called_missing_by_those_that_name_it(data: Path) -> None:
    edit(data / "atgarder/2026-017.yml", "klar_senast: 2026-12-12", "klar_senast: 2026-12-32")
    edit(data / "fragor/2026-004.yml", "behov: 3", "behov: 4")
    assert {p.code for p in faults(data)} == {"EST204", "EST206"}


@pytest.mark.parametrize("name", ["webbplats.yml", "skydd.yml", "kalender.csv", "omraden.geojson"])
def test_a_file_that_must_be_there(data: Path, name: str) -> None:
    (data / name).unlink()
    assert ("EST101", name) in {(p.code, p.place.file) for p in faults(data)}


def test_an_instance_without_figures(data: Path) -> None:
    for path in sorted(data.glob("*/*/[0-9]*/*")):
        path.unlink()
        if not any(path.parent.iterdir()):
            path.parent.rmdir()
    assert the_fault(data, "EST317").cure()
