"""Nothing of the answers in what is published: canaries, floods, and a walk through every file."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from est_build.prepare.coding import answer_id
from est_build.site.build import build_site
from tests.pages_of_others import lend_pages

from . import recount, walk
from .instance import FIRST, NORRBY, SECOND, SODERBY, Book, Instance, Row, make_instance
from .sheets import workbook_bytes

CANARY = "kanariefagel"
FLOOD = 233
"""So many reports that one organisation alone gave: hidden, and no number that stands anywhere else."""


def flock() -> list[Row]:
    """Answers with a word of its own in every text, as people write and as tools deliver them."""
    rows = []
    book = Book(FIRST).safe(omrade="ekby").safe(omrade="lilla-hult", kategori="Ritat")
    book.add("Norrby handel", FLOOD, kategori="trafik.motorljud", omrade="asen")
    book.add("Norrby polis", 4, omrade="ekby", kategori="stold.lokal").nothing("Norrby park")
    for number, row in enumerate(book.rows):
        words = {
            "svar_id": f"{CANARY}-id-{number}@prov.example",
            "organisation": f"{row.organisation} {CANARY.capitalize()}",
            "fritext": f"Såg {CANARY.upper()}{number} vid ån\n<b>{CANARY}</b>",
            "miljo": "Kanariefågelholken" if number % 5 == 0 else row.miljo,
            "tid": "vid kanariefågeldags" if number % 7 == 0 else row.tid,
        }
        rows.append(row.with_(**words))
    return rows


def make_flock(root: Path) -> Instance:
    """An instance whose organisations, survey words and answers are full of canaries."""
    instance = make_instance(root)
    text = instance.members.read_text(encoding="utf-8").splitlines()
    lines = [text[0], *(line.replace(",", f" {CANARY.capitalize()},", 1) for line in text[1:])]
    instance.members.write_text("\n".join(lines) + "\n", encoding="utf-8")
    instance.survey.write_text(
        f'format: "1"\nverktyg: {CANARY}\nignorera: [{CANARY} kommentar]\nvarden:\n'
        "  kategori: {Ritat: skadegorelse.klotter}\n"
        "  miljo: {Kanariefågelholken: park}\n  tid: {vid kanariefågeldags: natt}\n",
        encoding="utf-8",
    )
    return instance


@pytest.fixture(scope="module")
def flown(tmp_path_factory: pytest.TempPathFactory, repo_root: Path) -> Instance:
    """Two fortnights, a quarter and a year through ``prepare``, and the whole site built of it."""
    instance = make_flock(tmp_path_factory.mktemp("fagel") / "prov")
    instance.run(flock(), FIRST)
    rows = [r.with_(organisation=f"{r.organisation} {CANARY.capitalize()}") for r in second().rows]
    path = instance.private / "export.xlsx"
    path.write_bytes(workbook_bytes(rows, sheet=CANARY))
    from est_build.prepare.run import prepare

    prepare(instance.request(SECOND, path))
    lend_pages(repo_root, instance.root)
    build_site(instance.root, instance.root / "site")
    return instance


def second() -> Book:
    book = Book(SECOND).safe(omrade="ekby", fritext=f"{CANARY} igen", kategori="otrygg-utformning.belysning")
    return book.add("Söderby skola", 3, omrade="vik").nothing("Norrby idrott", "Söderby hembygd")


WORDS = (CANARY, "kanariefågel", "kanariefa", "Ritat")


def test_no_canary_in_anything_published(flown: Instance) -> None:
    assert walk.found(flown.data, WORDS) == []
    assert walk.found(flown.root / "site", WORDS) == []
    assert walk.found(flown.root / "build", WORDS) == []


def test_no_trace_of_an_answer_or_an_organisation(flown: Instance) -> None:
    """Neither the tool's id, nor our digest of it, nor any name of the register."""
    rows = flock()
    words = [answer_id(row.svar_id) for row in rows] + [row.inskickat for row in rows]
    words += sorted({row.organisation for row in rows})
    for folder in (flown.data, flown.root / "site"):
        assert walk.found(folder, words) == []


def test_private_side_keeps_no_free_text(flown: Instance) -> None:
    """The store knows who and what, never the words; the report has counts and names only."""
    free = [f"{CANARY}{number}" for number in range(len(flock()))]
    assert walk.found(flown.store, [*free, "vid ån", f"{CANARY} igen", "@prov.example", "<b>"]) == []
    with sqlite3.connect(flown.store / "svar.sqlite3") as db:
        dump = "\n".join(db.iterdump())
    assert "fritext" not in dump
    assert "holken" not in dump
    assert f"Norrby skola {CANARY.capitalize()}" in dump  # what it does keep, so that the search is real


def test_search_finds_what_is_there(tmp_path: Path) -> None:
    """A search that cannot fail proves nothing."""
    (tmp_path / "a.html").write_text(f"<p>{CANARY.upper()}</p>", encoding="utf-8")
    (tmp_path / "b.bin").write_bytes(CANARY.encode("utf-16-le"))
    (tmp_path / "c.json").write_text(json.dumps("kanariefågel"), encoding="utf-8")
    (tmp_path / f"{CANARY}.txt").write_text("")
    (tmp_path / "d.xlsx").write_bytes(workbook_bytes([flock()[0]], sheet="x"))
    assert {hit.split(":")[0].split("!")[0] for hit in walk.found(tmp_path, WORDS)} == {
        "a.html", "b.bin", "c.json", f"{CANARY}.txt", "d.xlsx",
    }  # fmt: skip


# ---- what is shown ------------------------------------------------------------------------------


def plain(rows: list[Row]) -> list[Row]:
    """Rows as the second count knows them."""
    known = {"Ritat": "skadegorelse.klotter", "Kanariefågelholken": "park", "vid kanariefågeldags": "natt"}
    result = []
    for row in rows:
        cells = {k: known.get(v, v) for k, v in row.cells().items()}
        cells["organisation"] = row.organisation.removesuffix(f" {CANARY.capitalize()}")
        result.append(Row(**cells))
    return result


def test_every_published_cell_against_the_second_count(flown: Instance) -> None:
    first, later = plain(flock()), second().rows
    for town in (NORRBY, SODERBY):
        for span, kind, rows in (
            (FIRST, "period", first),
            (SECOND, "period", later),
            ("2027-kv1", "kvartal", [*first, *later]),
            ("2027", "ar", [*first, *later]),
        ):
            recount.agree(flown.cells(span, town), recount.release(kind, town, rows))


def test_downloads_hold_the_same_cells_and_no_others(flown: Instance) -> None:
    first, later = plain(flock()), second().rows
    expected = set()
    for town in (NORRBY, SODERBY):
        for span, kind, rows in (
            (FIRST, "period", first),
            (SECOND, "period", later),
            ("2027-kv1", "kvartal", [*first, *later]),
            ("2027", "ar", [*first, *later]),
        ):
            for address, ends in recount.release(kind, town, rows).items():
                expected.add((span, town, *address, *(map(str, ends) if ends else ("", ""))))
    text = (flown.root / "site" / "data" / "rapporter.csv").read_text(encoding="utf-8")
    header, *lines = [line.split(",") for line in text.splitlines()]
    columns = ["tid", "kommun", "tabell", "omrade", "kategori", "miljo", "tidsblock", "fran", "till"]
    found = {tuple(line[header.index(c)] for c in columns) for line in lines}
    assert found == expected
    assert len(lines) == len(expected)


def test_a_flood_is_nowhere(flown: Instance) -> None:
    """233 reports by one shop: its cells are hidden, and neither number nor interval stands anywhere."""
    cells = flown.cells(FIRST)
    assert cells["kommun_grupp", "norrby", "trafik", "", ""] is None
    assert cells["kommun", "norrby", "alla", "", ""] == (245, 249)
    low = 5 * (FLOOD // 5)
    words = [f"{low}–{low + 4}", f"{low},{low + 4}", f"[{low}, {low + 4}", f"[{low},{low + 4}"]
    words += [f">{FLOOD}<", f"{FLOOD} rapport"]
    for folder in (flown.data, flown.root / "site"):
        assert walk.found(folder, words) == []


def test_walk_through_the_tiny_site(flown: Instance) -> None:
    assert walk.data_faults(flown.data) == []
    assert walk.site_faults(flown.root / "site", ["Norrby", "Söderby"]) == []


def test_walk_through_the_example(repo_root: Path) -> None:
    """The committed example: every count is hidden or on the ladder from five, in every file."""
    assert walk.data_faults(repo_root / "data") == []
    releases = sorted((repo_root / "data").rglob("rapporter.csv"))
    assert len(releases) > 500
    shown = sum(line.count("–") == 0 and not line.endswith(",,") for p in releases
                for line in p.read_text(encoding="utf-8").splitlines()[1:])  # fmt: skip
    assert shown > 1000


@pytest.mark.slow
def test_walk_through_the_site_of_the_example(repo_root: Path, tmp_path: Path) -> None:
    """Every file of the example's site: no exact count, no nought, none of the marks in its free texts."""
    root = tmp_path / "exempel"
    for name in ("data", "content"):
        shutil.copytree(repo_root / name, root / name)
    shutil.copy(repo_root / "mkdocs.yml", root)
    build_site(root, root / "site")
    places = ["Simrishamn", "Sjöbo", "Skurup", "Tomelilla", "Ystad"]
    assert walk.site_faults(root / "site", places) == []
    for folder in (root / "data", root / "site"):
        assert walk.found(folder, ["KANARIE-"]) == []


# ---- the walk itself can fail -------------------------------------------------------------------


@pytest.mark.parametrize(
    "row", ["kommun,ystad,alla,,,3,3", "kommun,ystad,alla,,,0,4", "kommun,ystad,alla,,,7,7",
            "kommun,ystad,alla,,,6,10", "kommun,ystad,alla,,,5,", "kommun,ystad,alla,,,,9",
            "kommun,ystad,alla,,,5,14", "kommun,ystad,alla,,,1,4"]
)  # fmt: skip
def test_walk_sees_a_bad_row(row: str) -> None:
    header = "tabell,omrade,kategori,miljo,tid,fran,till"
    assert len(walk.table_faults("x", f"{header}\n{row}\n")) == 1


@pytest.mark.parametrize(
    "html",
    [
        '<td data-label="Rapporter">7</td>',
        '<td data-label="Rapporter">0</td>',
        '<td data-label="Norrby">6–10</td>',
        '<td data-label="Svarade">7 av 9</td>',
        '<td data-label="Svarade">7 av 9 (mellan 6 och 8 av 10)</td>',
        '<td data-label="Svarade">15–19 av 24 (17 svar)</td>',
        '<td data-label="Svarade">15–19 av 24 (71 procent)</td>',
        '<td data-label="Rapporter">sedan 12</td>',
        '<td data-label="Rapporter">färre än 5</td>',
        '<td data-label="Rapporter">1–4</td>',
        "<svg><text>6–9</text></svg>",
        '<svg><a aria-label="Vik: 3 rapporter"></a></svg>',
        "<p>I Vik kom 12 rapporter.</p>",
        '<meta name="description" content="Det kom 4 rapporter">',
        "<svg><desc>Vik hade 13 rapporter</desc></svg>",
    ],
)
def test_walk_sees_a_bad_page(html: str) -> None:
    assert len(walk.page_faults("x", html, {"Norrby"})) == 1, html


@pytest.mark.parametrize(
    "html",
    [
        '<td data-label="Rapporter"><b>5–9</b></td>',
        '<td data-label="Rapporter">··</td>',
        '<td data-label="Rapporter">mellan 5\u202f320 och 5\u202f340</td>',
        '<td data-label="Rapporter">minst 85</td>',
        '<td data-label="Svarade">20–22 av 22</td>',
        '<td data-label="Svarade">15–19 av 24 (mellan 6 och 8 av 10)</td>',
        '<td data-label="Svarade">15–19 av 20 (minst 7 av 10)</td>',
        '<td data-label="Rapporter">sedan 2023</td>',
        '<td data-label="Svarade">Mellan 6 och 8 av 10 svarade</td>',
        "<p>färre än 5 rapporter, eller mellan 205 och 229 rapporter, 5–9 rapporter</p>",
    ],
)
def test_walk_lets_what_is_right_pass(html: str) -> None:
    assert walk.page_faults("x", html, {"Norrby"}) == []
