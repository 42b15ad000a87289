"""Files as editors, spreadsheets and accidents leave them: syntax, bytes, brackets, positions."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from est_build.load.csv_file import Checks, letter, parse_csv, read_csv
from est_build.load.json_file import located, parse_json, read_json
from est_build.load.tree import MAX_DEPTH, control_character, read_text
from est_build.load.yaml_file import parse_yaml
from est_build.problems import Problem
from est_build.problems import catalogue as kinds
from est_build.problems.render import as_text
from est_build.schema.base import Record
from tests.public.instances import MARK, faults, load, write

ENGLISH = ("expected", "found", "while", "mapping", "scanning", "allowed", "character", "unexpected", "line")

# ---- YAML --------------------------------------------------------------------------------------

SYNTAX = {
    "an open list": ("titel: §[a, b\nid: x\n", "klammer"),
    "an open mapping": ("titel: §{a: b\nid: x\n", "klammer"),
    "an open quote": ("id: x\ntitel: §'Ljus\n\nvad: mer\n", "citattecken"),
    "an open double quote": ('titel: §"Ljus\n', "citattecken"),
    "a colon in a text": ("id: x\ntitel: Ljus§: det kom\n", "kolon"),
    "a tab before a name": ("id: x\n§\ttitel: y\n", "tabb"),
    "a tab before a dash": ("omraden:\n§\t- ystad\n", "tabb"),
    "text after a quote": ("titel: 'Ljus' §nu\n", "citattecken"),
    "a row that fits nowhere": ("a:\n  b: c\n §d: e\n", "indrag"),
    "a list without dash": ("- a\n§b: c\n", "bindestreck"),
    "a dash after a name": ("titel: §- a\n", "egen rad"),
    "an at sign": ("titel: §@kommunen\n", "citattecken"),
    "a per cent sign": ("titel: §%d\n", "citattecken"),
    "two documents": ("a: b\n§---\nc: d\n", "flera dokument"),
    "a backslash": ('titel: §"C:\\q"\n', "snedstreck"),
    "text after the fold sign": ("titel: > §Ljus\n  nu\n", "nästa rad"),
    "a tab inside folded text": ("titel: >\n§\tLjus\n", "tabb"),
    "a name without colon": ("id: x\n§titel\nvad: y\n", "kolon saknas"),
}


@pytest.mark.parametrize("name", list(SYNTAX))
def test_yaml_syntax_in_swedish_with_place(name: str) -> None:
    text, word = SYNTAX[name]
    before = text[: text.index(MARK)]
    _, problems = parse_yaml(text.replace(MARK, ""), "fragor/2026-004.yml")
    assert [p.code for p in problems] == ["EST103"]
    problem = problems[0]
    assert problem.place.line == before.count("\n") + 1
    assert problem.place.column == len(before) - before.rfind("\n")
    assert word in problem.message()
    assert not any(english in problem.message() for english in ENGLISH)
    assert problem.cure()


def test_scalars_are_never_guessed() -> None:
    tree, problems = parse_yaml(
        "a: no\nb: 2026:45\nc: 0123\nd: 2026-11-33\ne: 1e3\nf: ~\ng:\nh: ''\ni: null\nj: 0x1F\nk: 3.0\n", "f"
    )
    assert problems == []
    assert tree is not None
    assert tree.data == {
        "a": "no",
        "b": "2026:45",
        "c": "0123",
        "d": "2026-11-33",
        "e": "1e3",
        "h": "",
        "j": "0x1F",
        "k": "3.0",
    }
    assert set(tree.empty) == {("f",), ("g",), ("i",)}


def test_a_key_that_stands_twice_is_told_with_both_faults_of_the_file() -> None:
    _, problems = parse_yaml("a: 1\nb: 2\na: 3\nc:\n  d: 1\n  d: {x: y}\n", "f.yml")
    assert [(p.code, p.place.line, p.place.column) for p in problems] == [("EST104", 3, 1), ("EST104", 6, 3)]
    assert "”a”" in problems[0].message()


@pytest.mark.parametrize(
    "text", ["a: &x b\n", "a: &x [b]\nc: *x\n", "a: *x\n", "a: &x {b: c}\nd:\n  <<: *x\n"]
)
def test_anchors_and_aliases_are_refused(text: str) -> None:
    _, problems = parse_yaml(text, "f.yml")
    assert {p.code for p in problems} == {"EST112"}


def test_a_bomb_of_aliases_costs_nothing() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)]
    start = time.perf_counter()
    tree, problems = parse_yaml("\n".join(lines), "f.yml")
    assert time.perf_counter() - start < 1
    assert len(str(tree)) < 10_000
    assert {p.code for p in problems} == {"EST112"}
    assert len(as_text(problems)) < 1000


@pytest.mark.parametrize("text", ["a: !!python/object:os.system x\n", "a: !!int 5\n", "a: !hemlig b\n"])
def test_tags_are_refused(text: str) -> None:
    _, problems = parse_yaml(text, "f.yml")
    assert [p.code for p in problems] == ["EST120"]


@pytest.mark.parametrize("count", [50, 20_000])
@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ("{a: ", "}"), ("- ", "")])
def test_brackets_inside_brackets_stop_nothing_but_the_file(count: int, opened: str, closed: str) -> None:
    """Built as a tree of nodes, this file would take the program down with a segmentation fault."""
    start = "- " if opened == "- " else "a: "
    _, problems = parse_yaml(start + opened * count + closed * count, "f.yml")
    assert [p.code for p in problems] == ["EST117"]


@pytest.mark.parametrize("text", ["", "\n\n", "# bara en kommentar\n", "---\n", "--- ~\n"])
def test_a_file_without_content_is_empty(text: str) -> None:
    assert [p.code for p in parse_yaml(text, "f.yml")[1]] == ["EST109"]


def test_control_characters_are_refused_also_behind_an_escape() -> None:
    _, problems = parse_yaml('a: b\nc: "\\x07"\nd: "\\u0002wzxhzdk:0\\u0003"\n', "f.yml")
    assert [(p.code, p.place.line) for p in problems] == [("EST118", 2), ("EST118", 3)]
    assert "U+0007" in problems[0].message()


def test_crlf_and_bom_are_no_faults(tmp_path: Path) -> None:
    path = tmp_path / "f.yml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb:\r\n  - x\r\n  - y\r\n")
    text = read_text(path, "f.yml")
    assert isinstance(text, str)
    tree, problems = parse_yaml(text, "f.yml")
    assert problems == []
    assert tree is not None
    assert tree.data == {"a": "1", "b": ["x", "y"]}
    assert tree.values[("b", 1)] == (4, 5)


# ---- bytes -------------------------------------------------------------------------------------

KINDS = [
    "webbplats.yml",
    "skydd.yml",
    "kodlistor.yml",
    "kalender.csv",
    "omraden.geojson",
    "omgivning.geojson",
    "rattelser.yml",
    "perioder/2026-v45-46/lagesbild.yml",
    "perioder/2026-v45-46/bedomning.csv",
    "kvartal/2026-kv3/utvardering.yml",
    "ar/2025/uppfoljning.yml",
    "fragor/2026-004.yml",
    "atgarder/2026-017.yml",
    "plan/ystad.yml",
    "indikatorer/trygghetsvandringar.yml",
    "perioder/2026-v45-46/1286/rapporter.csv",
    "perioder/2026-v45-46/1286/deltagande.csv",
    "perioder/2026-v45-46/1286/intyg.json",
]
"""One of each kind of file of format 1."""
ATTESTED = ("rapporter.csv", "deltagande.csv")


@pytest.mark.parametrize("name", [k for k in KINDS if not k.endswith(ATTESTED)])
def test_a_file_in_another_encoding_is_told_with_its_place(data: Path, name: str) -> None:
    path = data / name
    first, rest = path.read_bytes().split(b"\n", 1)
    # å as a Swedish spreadsheet or an old editor saves it, third on the second line.
    write(path, first + b"\n# \xe5\xe4\xf6\n" + rest)
    problem = next(p for p in faults(data) if p.place.file == name)
    assert problem.code in {"EST102", "EST403"}
    if problem.code == "EST102":
        assert (problem.place.line, problem.place.column) == (2, 3)
        assert "UTF-8" in problem.message() + problem.cure()


RUBBISH = [b"", b"\n", b"\xff\xfe\x00", b"[" * 30_000, b"\x00" * 50, b"{}", b"[]", b"- a", b"a: b", b"1,2"]
FRAME = [k for k in KINDS if "/" not in k and k != "rattelser.yml"]


@pytest.mark.parametrize("content", RUBBISH)
def test_rubbish_in_any_file_is_a_problem_and_never_a_traceback(data: Path, content: bytes) -> None:
    others = [k for k in KINDS if k not in FRAME]
    for name in others:
        write(data / name, content)
    told = {p.place.file for p in faults(data)}
    # The three files of a release vouch for one another: one of them is told.
    release = {k for k in others if "/1286/" in k}
    assert told >= set(others) - release
    assert told & release


@pytest.mark.parametrize("name", FRAME)
def test_rubbish_in_the_frame_is_a_problem_and_never_a_traceback(data: Path, name: str) -> None:
    for content in RUBBISH:
        write(data / name, content)
        assert name in {p.place.file for p in faults(data)}, content[:10]


def test_crlf_from_windows_is_read(data: Path) -> None:
    """A published file is attested byte by byte; in the others line ends mean nothing."""
    for name in KINDS:
        if "/1286/" not in name:
            write(data / name, (data / name).read_bytes().replace(b"\n", b"\r\n"))
    assert load(data)[1] == ()
    attestation = data / "perioder/2026-v45-46/1286/intyg.json"
    kept = attestation.read_bytes()
    write(attestation, kept.replace(b"\n", b"\r\n"))
    assert {p.code for p in faults(data)} == {"EST405"}
    write(attestation, kept)
    for name in ATTESTED:
        path = data / "perioder/2026-v45-46/1286" / name
        write(path, path.read_bytes().replace(b"\n", b"\r\n"))
    assert {p.code for p in faults(data)} == {"EST404"}


def test_a_byte_order_mark_is_read_past(data: Path) -> None:
    for name in KINDS:
        if "/1286/" not in name:
            write(data / name, b"\xef\xbb\xbf" + (data / name).read_bytes())
    assert load(data)[1] == ()


@pytest.mark.parametrize("name", KINDS)
def test_a_folder_in_place_of_a_file(data: Path, name: str) -> None:
    path = data / name
    path.unlink()
    path.mkdir()
    _, problems = load(data)
    assert all(isinstance(p, Problem) for p in problems)
    if not name.startswith(("omgivning", "kodlistor", "rattelser")):
        assert problems


def test_a_file_that_nobody_may_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    (tmp_path / "webbplats.yml").touch()
    monkeypatch.setattr(Path, "read_bytes", refuse)
    problem = read_text(tmp_path / "webbplats.yml", "webbplats.yml")
    assert isinstance(problem, Problem)
    assert problem.code == "EST114"


def test_a_control_character_in_the_file_itself(data: Path) -> None:
    path = data / "rattelser.yml"
    write(
        path, path.read_bytes().replace(b"vi skrev", b"vi \x1bskrev").replace(b"Vi skrev", b"Vi \x1bskrev", 1)
    )
    problem = next(p for p in faults(data) if p.code == "EST118")
    assert "U+001B" in problem.message()
    assert problem.place.line is not None


@given(st.text())
def test_control_characters_are_exactly_those_without_a_shape(text: str) -> None:
    found = control_character(text)
    bad = [
        i
        for i, c in enumerate(text)
        if (ord(c) < 32 and c not in "\t\n\r")
        or 0x7F <= ord(c) < 0xA0
        or 0xD800 <= ord(c) < 0xE000
        or ord(c) in {0xFFFE, 0xFFFF}
    ]
    assert (found[0] if found else None) == (bad[0] if bad else None)


# ---- CSV ---------------------------------------------------------------------------------------


class Small(Record):
    """A row of two columns."""

    namn: Annotated[str, Field(min_length=1)]
    antal: Annotated[int, Field(ge=0)]


def small(text: str) -> tuple[list[tuple[int, str]], list[str]]:
    rows, problems = parse_csv(text, "f.csv", Small, Checks(unique=("namn",)))
    return [(r.line, r.value.namn) for r in rows], [f"{p.code} {p.place.text()}" for p in problems]


@pytest.mark.parametrize(
    ("text", "rows", "problems"),
    [
        ("namn,antal\na,1\nb,2\n", [(2, "a"), (3, "b")], []),
        ("namn,antal\r\na,1\r\n", [(2, "a")], []),
        ("namn,antal\n\na,1\n\n\n", [(3, "a")], []),
        ("antal,namn\n1,a\n", [(2, "a")], []),
        ('namn,antal\n"två\nrader",1\nb,2\n', [(2, "två\nrader"), (4, "b")], []),
        ("namn,antal\n,\na,1\n", [(3, "a")], ["EST115 f.csv rad 2"]),
        ("namn,antal\na\nb,2\n", [(3, "b")], ["EST108 f.csv rad 2"]),
        ("namn,antal\na,1,\n", [], ["EST108 f.csv rad 2"]),
        ('namn,antal\n"a,1\nb,2\n', [], ["EST113 f.csv rad 2"]),
        ('namn,antal\n"a"x,1\nb,2\n', [(3, "b")], ["EST113 f.csv rad 2"]),
        ("namn,antal\na,1\na ,2\n", [(2, "a"), (3, "a")], ["EST111 f.csv rad 3, kolumn A"]),
        ("namn,antal\na,x\nb,-1\n", [], ["EST205 f.csv rad 2, kolumn B", "EST206 f.csv rad 3, kolumn B"]),
        ("namn,antal\n" + "x" * 200_000 + ",1\n", [], ["EST113 f.csv rad 2"]),
        ("namn;antal\na;1\nb;x\n", [(2, "a")], ["EST110 f.csv rad 1", "EST205 f.csv rad 3, kolumn B"]),
        ("namn\tantal\na\t1\n", [(2, "a")], ["EST119 f.csv rad 1"]),
        ("namn,antal,namn\na,1,b\n", [], ["EST116 f.csv rad 1, kolumn C"]),
        ("namm,antal\na,1\n", [], ["EST107 f.csv rad 1, kolumn A"]),
        ("namn\na\n", [], ["EST106 f.csv rad 1"]),
        ("a;b\n", [], ["EST110 f.csv rad 1", "EST107 f.csv rad 1, kolumn A", "EST107 f.csv rad 1, kolumn B",
                       "EST106 f.csv rad 1", "EST106 f.csv rad 1"]),
        ("", [], ["EST109 f.csv"]),
        (" \n", [], ["EST109 f.csv"]),
    ],
)  # fmt: skip
def test_csv_rows_and_places(text: str, rows: list[tuple[int, str]], problems: list[str]) -> None:
    assert small(text) == (rows, problems)


def test_csv_words_are_swedish() -> None:
    for text in ('namn,antal\n"a,1\n', 'namn,antal\n"a"x,1\n', "namn,antal\n" + "x" * 200_000 + ",1\n"):
        for problem in parse_csv(text, "f.csv", Small)[1]:
            assert not any(word in problem.message() for word in ENGLISH)


@pytest.mark.parametrize(
    ("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ")]
)
def test_letters_of_columns(index: int, name: str) -> None:
    assert letter(index) == name


class Spreadsheet(Record):
    """The columns of the reference file."""

    period: Annotated[str, Field(pattern=r"^2026-P[0-9]{2}$")]
    omrade: Literal["Ystad centrum"]
    antal: Annotated[int, Field(ge=0)]
    andel: Annotated[float, Field(ge=0, le=100)]


def test_what_a_swedish_spreadsheet_saves(need_shared: Callable[[str], Path]) -> None:
    """Each of the seven faults in a sentence of its own, with the cell as the spreadsheet names it."""
    path = need_shared("reference/bad-input/swedish-excel.csv")
    _, problems = read_csv(path, path.name, Spreadsheet, Checks(unique=("period", "omrade")))
    told = {(p.code, p.place.line, p.place.letter) for p in problems}
    assert told >= {
        ("EST110", 1, None),  # semicolons
        ("EST111", 3, "A"),  # the same area again, with a blank after it
        ("EST207", 3, "B"),  # the blank itself
        ("EST205", 3, "C"),  # x
        ("EST211", 4, "A"),  # 2026-13-01
        ("EST207", 4, "B"),  # Okänt
        ("EST206", 4, "C"),  # -3
        ("EST206", 4, "D"),  # 140
        ("EST115", 5, None),  # an empty row
        ("EST217", 2, "D"),  # 12,5
        ("EST217", 3, "D"),  # 9,1
    }
    assert len(told) == 11
    text = as_text(problems)
    for word in ("semikolon", "”x”", "”2026-13-01”", "”Okänt”", "-3", "140", "tom", "12,5"):
        assert word in text


# ---- JSON --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ('{"a": 1,}', "EST105", (1, 9)),
        ('{"a": 1\n "b": 2}', "EST105", (2, 2)),
        ('{"a": NaN}', "EST105", (None, None)),
        ('{"a": ' + "9" * 5000 + "}", "EST105", (None, None)),
        ("[" * 100 + "]" * 100, "EST117", (None, None)),
        ("[" * 100_000, "EST117", (None, None)),
        ('{"a": 1, "a": 2}', "EST104", (None, None)),
        ('{"a": "\\ud800"}', "EST118", (None, None)),
        ("", "EST109", (None, None)),
    ],
)
def test_json_faults(text: str, code: str, place: tuple[int | None, int | None]) -> None:
    _, problems = parse_json(text, "omraden.geojson")
    assert [p.code for p in problems] == [code]
    assert (problems[0].place.line, problems[0].place.column) == place


def test_places_in_json_come_when_they_are_needed(tmp_path: Path) -> None:
    path = tmp_path / "f.json"
    path.write_text('{"a": [1,\n  {"b": "å/\\u00e4", "c": null}]}', encoding="utf-8")
    tree, problems = read_json(path, "f.json")
    assert problems == []
    assert tree is not None
    assert tree.place(("a", 1, "b")).line is None
    place = located(tree, path).place(("a", 1, "b"))
    assert (place.line, place.column) == (2, 9)


def test_depth_is_far_above_what_files_have(data: Path) -> None:
    deepest = 0
    for path in data.rglob("*.yml"):
        tree, _ = parse_yaml(path.read_text(encoding="utf-8"), path.name)
        assert tree is not None
        deepest = max(deepest, max(map(len, tree.values)))
    assert deepest * 4 < MAX_DEPTH


def test_every_kind_has_a_text_of_its_own() -> None:
    assert kinds.FILE_MISSING.sv != kinds.FILE_UNREADABLE.sv
