"""``fix``: what is plainly meant is put right, shown first, all or nothing, and nothing else is touched."""

from __future__ import annotations

import contextlib
import os
import random
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from est_build.desk import mend
from est_build.desk.dates import swedish_date
from est_build.desk.mend import mended, repairs, vocabulary, write_repairs
from est_build.problems import ProblemsError
from est_build.protect.rawguard.places import Role, role_of
from est_build.site.verdict import verdict
from tests.check.conftest import run
from tests.public.instances import edit, linked, write
from tests.public.test_load_fuzz import CSV, JSON, YAML, mutated

ACTION, ISSUE, CALENDAR = "data/atgarder/2026-017.yml", "data/fragor/2026-004.yml", "data/kalender.csv"
JUDGEMENT = "data/perioder/2026-v45-46/bedomning.csv"
INDICATOR = "data/indikatorer/trygghetsmatning-polisen.yml"
KINDS = [f"data/{name}" for name in (*YAML, *CSV, *JSON)] + ["content/om.md", "content/platser.yml"]


def bytes_of(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def fixed(root: Path, *files: str) -> str:
    done = run("fix", "--root", str(root), "--skriv", *(str(root / file) for file in files))
    assert done.exit_code == 0, done.output
    return str(done.output)


# ---- what is mended ----------------------------------------------------------------------------

BYTES: dict[str, Callable[[bytes], bytes]] = {
    "BOM": lambda b: b"\xef\xbb\xbf" + b,
    "CRLF": lambda b: b.replace(b"\n", b"\r\n"),
    "CR": lambda b: b.replace(b"\n", b"\r"),
    "cp1252": lambda b: b.decode().replace("–", "-").replace("”", '"').encode("cp1252", errors="replace"),
    "UTF-16": lambda b: b.decode("utf-8").encode("utf-16"),
    "blanks": lambda b: b.replace(b"\n", b"  \n").rstrip() + b" \n\n\n",
    "all at once": lambda b: b"\xef\xbb\xbf" + b.replace(b"\n", b" \t\r\n") + b"\r\n",
}


@pytest.mark.parametrize("how", list(BYTES))
@pytest.mark.parametrize("name", [ACTION, ISSUE, "data/webbplats.yml", "data/rattelser.yml", CALENDAR])
def test_bytes_come_back_as_they_were(instance: Path, name: str, how: str) -> None:
    path = instance / name
    before = path.read_bytes()
    sound = before.decode("utf-8").replace("–", "-").replace("”", '"').encode("utf-8")
    start = sound if how == "cp1252" else before
    broken = BYTES[how](start)
    write(path, broken)
    fixed(instance)
    assert path.read_bytes() == start


CSV_SAVED = (
    b"\xef\xbb\xbfperiod;start;slut;kvartal;ar;publiceras\r\n"
    b"2023-v03-04;16 januari 2023;2023-01-29;2023-kv1;2023;2/2 2023\r\n"
    b"2023-v01-02 ;2023-01-02;2023-01-15;2023-kv1;2023;torsdag 19 januari 2023\r\n;;;;;\r\n"
)
CSV_MENDED = (
    "period,start,slut,kvartal,ar,publiceras\n"
    "2023-v01-02,2023-01-02,2023-01-15,2023-kv1,2023,2023-01-19\n"
    "2023-v03-04,2023-01-16,2023-01-29,2023-kv1,2023,2023-02-02\n"
)


def test_a_table_as_a_swedish_spreadsheet_saves_it() -> None:
    found = mended(CSV_SAVED, Role.CALENDAR, None)
    assert found is not None
    assert found[0].decode("utf-8") == CSV_MENDED
    assert found[1] == (
        "osynligt märke först i filen (BOM) är borta",
        "radslut är LF",
        "semikolon blev komma",
        "tomma rader är borta",
        "datum är skrivna år-månad-dag",
        "raderna står i tidsordning",
    )


VALUES = [
    (ACTION, "klar_senast: 2026-12-12", "klar_senast: 12 december 2026"),
    (ACTION, "klar_senast: 2026-12-12", 'klar_senast: "12/12 2026"  # se beslutet'),
    (ACTION, "horisont: lang", "horisont: Lång"),
    (ACTION, "typ: belysning", "typ: Belysning"),
    (ACTION, "status: pagar\nmal:", "status: pågår\nmal:"),
    (ACTION, "status: pagar\nmal:", "status: Pågår\nmal:"),
    (ACTION, "  - simrishamns-tatort", "  - Simrishamns tätort"),
    (ACTION, "miljoer:", "miljöer:"),
    (ISSUE, "status: prioriterad\nbehov", "status: Prioriterad\nbehov"),
    (INDICATOR, "    varde: 1.94", "    varde: 1,94"),
    (ISSUE, "grund: antagande", "grund: Antagande"),
]


@pytest.mark.parametrize(("name", "right", "wrong"), VALUES)
def test_a_value_is_mended_in_its_place(instance: Path, name: str, right: str, wrong: str) -> None:
    path = instance / name
    text = path.read_text(encoding="utf-8")
    if right not in text:
        pytest.skip("the example has no such line")
    text = "# en kommentar\n" + text + "# sist\n"
    write(path, text.replace(right, wrong, 1))
    fixed(instance)
    comment = "  # se beslutet" if "#" in wrong else ""
    quote = '"' if '"' in wrong else ""
    wanted = right.replace("2026-12-12", f"{quote}2026-12-12{quote}") + comment if quote else right
    assert path.read_text(encoding="utf-8") == text.replace(right, wanted, 1)
    assert [p.code for p in verdict(instance) if p.kind.severity == "fel"] == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("3 november 2026", "2026-11-03"),
        ("den 3 november 2026", "2026-11-03"),
        ("3 nov 2026", "2026-11-03"),
        ("3 nov. 2026", "2026-11-03"),
        ("3:e november 2026", "2026-11-03"),
        ("Tisdag 3 November 2026", "2026-11-03"),
        ("tisdagen den 3 november 2026", "2026-11-03"),
        ("3/11 2026", "2026-11-03"),
        ("3/11-2026", "2026-11-03"),
        ("3.11.2026", "2026-11-03"),
        ("2026-11-3", "2026-11-03"),
        ("2026/11/03", "2026-11-03"),
        ("20261103", "2026-11-03"),
        ("29 februari 2028", "2028-02-29"),
        # Two readings, another day of the week, no day at all: left to a person.
        ("3/11/2026", None),
        ("11/3/26", None),
        ("onsdag 3 november 2026", None),
        ("31 november 2026", None),
        ("29 februari 2026", None),
        ("november 2026", None),
        ("i torsdags", None),
        ("2026-13-01", None),
        ("", None),
    ],
)
def test_dates(text: str, date: str | None) -> None:
    assert swedish_date(text) == date


# ---- what is left alone ------------------------------------------------------------------------


def test_nothing_published_is_touched(instance: Path) -> None:
    for path in (instance / "data").rglob("*"):
        if path.is_file() and path.parts[-2].isdigit() and path.parent.parent.parent.name in {
            "perioder", "kvartal", "ar",
        }:  # fmt: skip
            write(path, b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    before = bytes_of(instance)
    assert "Det finns inget att rätta." in fixed(instance)
    names = [name for name in before if "/1286/" in name]
    assert names
    fixed(instance, *names)
    assert bytes_of(instance) == before


def test_a_text_of_a_period_is_mended_only_when_it_is_named(instance: Path) -> None:
    path = instance / JUDGEMENT
    broken = "omrade;niva;text\r\nsjobo;Normalt;Lugnt, som vanligt\r\n".encode("cp1252")
    write(path, broken)
    fixed(instance)
    assert path.read_bytes() == broken
    fixed(instance, JUDGEMENT)
    assert path.read_text(encoding="utf-8") == 'omrade,niva,text\nsjobo,normalt,"Lugnt, som vanligt"\n'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("horisont: lang", "horisont: langsam"),
        ("klar_senast: 2026-12-12", "klar_senast: 3/12/2026"),
        ("typ: belysning", "typ: ljus"),
        ("titel: ", "titel: den 3 november 2026 "),
    ],
)
def test_what_could_mean_something_else_is_left(instance: Path, old: str, new: str) -> None:
    path = instance / ACTION
    write(path, path.read_text(encoding="utf-8").replace(old, new, 1))
    before = path.read_bytes()
    assert repairs(instance) == []
    fixed(instance)
    assert path.read_bytes() == before


def test_limits_of_the_protection_are_only_bytes(instance: Path) -> None:
    write(instance / "data/skydd.yml", (instance / "data/skydd.yml").read_bytes().replace(b"5 #", b"Fem #"))
    assert repairs(instance) == []


def test_a_damaged_utf8_file_is_no_cp1252(instance: Path) -> None:
    path = instance / ISSUE
    write(path, path.read_bytes() + b"# \xe5\n")
    assert repairs(instance) == []


def test_line_breaks_of_a_page_are_kept(instance: Path) -> None:
    path = instance / "content/om.md"
    write(path, path.read_bytes() + b"\nEn rad  \nen till\n")
    assert repairs(instance) == []


def test_links_are_not_followed(instance: Path, tmp_path: Path) -> None:
    other = tmp_path / "privat.yml"
    other.write_bytes(b"a: 1\r\n")
    (instance / "data/fragor/2026-099.yml").symlink_to(other)
    assert repairs(instance) == []


# ---- shown first, all or nothing ---------------------------------------------------------------


def test_it_is_shown_and_not_written_without_a_yes(instance: Path) -> None:
    edit(instance / ACTION, "klar_senast: 2026-12-12", "klar_senast: 12 december 2026")
    before = bytes_of(instance)
    done = run("fix", "--root", str(instance))
    assert done.exit_code == 1
    assert bytes_of(instance) == before
    assert f"{ACTION}: datum är skrivna år-månad-dag" in done.stderr
    assert "-klar_senast: 12 december 2026\n  +klar_senast: 2026-12-12" in done.stderr
    assert "est-build fix --skriv" in done.stderr
    assert "Nothing is written" in run("fix", "--root", str(instance), "--lang", "en").stderr


def test_a_fault_on_the_way_takes_everything_back(instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (ACTION, ISSUE, "data/rattelser.yml"):
        write(instance / name, (instance / name).read_bytes().replace(b"\n", b"\r\n"))
    before = bytes_of(instance)
    plain, count = Path.replace, iter(range(9))

    def failing(self: Path, target: Path) -> Path:
        if next(count) == 2:
            raise OSError(28, "No space left on device", str(self))
        return plain(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    done = run("fix", "--root", str(instance), "--skriv")
    assert done.exit_code == 1
    assert "disken är full" in done.stderr
    assert bytes_of(instance) == before


def test_a_file_that_changed_meanwhile_stops_all(instance: Path) -> None:
    for name in (ACTION, ISSUE):
        write(instance / name, (instance / name).read_bytes().replace(b"\n", b"\r\n"))
    found = repairs(instance)
    write(instance / ISSUE, b"format: 1\n")
    before = bytes_of(instance)
    with pytest.raises(ProblemsError, match="EST615"):
        write_repairs(instance, found)
    assert bytes_of(instance) == before


def test_rights_are_kept(instance: Path) -> None:
    path = instance / ACTION
    write(path, path.read_bytes().replace(b"\n", b"\r\n"))
    path.chmod(0o640)
    fixed(instance)
    assert path.stat().st_mode & 0o777 == 0o640 or os.name == "nt"


def test_a_file_elsewhere_is_wrong_use(instance: Path, tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text("a: 1\r\n")
    assert run("fix", "--root", str(instance), str(tmp_path / "x.yml")).exit_code == 2


# ---- properties --------------------------------------------------------------------------------


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(KINDS), seed=st.integers(0, 2**32), how=st.sampled_from([*BYTES, "none"]))
def test_mending_twice_is_mending_once(slim_root: Path, name: str, seed: int, how: str) -> None:
    role, words = role_of(name), VOCABULARY.setdefault("", vocabulary(slim_root))
    assert role is not None
    text = mutated((slim_root / name).read_text(encoding="utf-8"), seed)
    raw = text.encode("utf-8", errors="surrogatepass")
    with contextlib.suppress(UnicodeError):
        raw = BYTES[how](raw) if how != "none" else raw
    first = mended(raw, role, words)
    if first is not None:
        assert first[1]
        assert mended(first[0], role, words) is None


VOCABULARY: dict[str, mend.Vocabulary | None] = {}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from(KINDS[:11]), min_size=1, max_size=3, unique=True), seed=st.integers())
def test_mending_makes_no_new_fault(slim_root: Path, names: list[str], seed: int) -> None:
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        root = linked(slim_root, Path(folder) / "instans")
        for name in names:
            how = BYTES[dice.choice(list(BYTES))]
            text = (root / name).read_text(encoding="utf-8").replace("–", "-").replace("”", "'")
            write(root / name, how(mutated(text, dice.randrange(2**32)).encode("utf-8", errors="replace")))
        before = {(p.place.file, p.code) for p in verdict(root) if p.kind.severity == "fel"}
        found = repairs(root)
        write_repairs(root, found)
        after = {(p.place.file, p.code) for p in verdict(root) if p.kind.severity == "fel"}
        changed = {repair.name.removeprefix("data/") for repair in found}
        # A file that can be read at last may have faults that nobody could see before.
        new = {file for file, _ in after - before}
        readable = {file for file, code in before if code in {"EST102", "EST103", "EST118"}}
        assert new <= changed or readable


def test_the_sound_example_needs_no_repair(slim_root: Path) -> None:
    assert repairs(slim_root) == []
    names = [f"data/{n}" for n in (*YAML, *CSV, *JSON)]
    assert repairs(slim_root, names) == []
