"""What changes: a period that is written again, rules, borders and tables that do not stay (R0, R6)."""

from __future__ import annotations

import contextlib
import itertools
import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from est_build.problems import ProblemsError
from tests.attacks import off
from tests.attacks.reader import Programme
from tests.attacks.tools import Cell, Published, left
from tests.attacks.worlds import (
    HERE,
    QUARTER,
    YEAR,
    audited,
    pair,
    publish,
    real,
    repository,
    save,
    seen,
    truth,
)
from tests.guard.repo import Repo
from tests.private.instance import FIRST, NORRBY, SECOND, Book, Instance, make_instance

ASEN = Cell(FIRST, "asen", "alla")


# ---- 5: two versions of a period ----------------------------------------------------------------


def flips(repo: Repo) -> Iterator[str]:
    """Rows that were hidden in one version of a file and shown in the next, from git alone."""
    for path in repo.git("ls-files", "--", "*rapporter.csv").stdout.split():
        texts = [
            repo.git("show", f"{commit}:{path}").stdout.splitlines()
            for commit in reversed(repo.git("log", "--format=%H", "--", path).stdout.split())
        ]
        for old, new in itertools.pairwise(texts):
            for a, b in zip(old, new, strict=True):
                if a.endswith(",,") and not b.endswith(",,"):
                    yield b


def late(instance: Instance) -> Repo:
    """Four reports; the fifth comes too late, and the period is prepared again."""
    book = Book(FIRST).safe(omrade="ekby")
    for name, count in (("Norrby skola", 2), ("Norrby bibliotek", 1), ("Norrby handel", 1)):
        book.add(name, count, omrade="asen")
    publish(real(instance), book)
    repo = repository(instance)
    book.add("Norrby handel", omrade="asen")
    try:
        publish(instance, book)
    except ProblemsError as error:
        assert {p.code for p in error.problems} == {"EST503"}
    save(repo, instance, "En rapport till")
    return repo


@pair(off.closed_periods)
def test_5_the_difference_of_two_versions(plain: Instance, succeeds: bool) -> None:
    """Whoever knows of the late report reads in the history that there were four without it."""
    found = list(flips(late(plain)))
    assert ("omrade,asen,alla,,,5,9" in found) is succeeds
    assert bool(found) is succeeds


@pair(off.history)
def test_5_a_rewritten_period_is_told(
    plain: Instance, succeeds: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it happens all the same, everybody who audits the repository sees it."""
    off.closed_periods(monkeypatch)
    code, words = audited(Instance(late(plain).path))
    assert (code == 0) is succeeds
    assert ("EST456" in words) is not succeeds


def test_5_no_file_of_a_closed_period_is_touched(plain: Instance) -> None:
    book = Book(FIRST).safe(omrade="ekby")
    publish(plain, book)
    before = {p: p.read_bytes() for p in plain.data.rglob("*") if p.is_file()}
    with pytest.raises(ProblemsError):
        publish(plain, book.safe(omrade="asen"))
    assert {p: p.read_bytes() for p in plain.data.rglob("*") if p.is_file()} == before


# ---- 6: other borders ---------------------------------------------------------------------------


def move_border(instance: Instance) -> None:
    """Ekby grows a little to the east."""
    path = instance.data / "omraden.geojson"
    borders = json.loads(path.read_text(encoding="utf-8"))
    ring = next(f for f in borders["features"] if f["properties"]["id"] == "ekby")["geometry"]["coordinates"]
    ring[0][1][0] = ring[0][2][0] = round(ring[0][1][0] + 0.005, 4)
    path.write_text(json.dumps(borders, ensure_ascii=False) + "\n", encoding="utf-8")


def test_6_two_borders_give_a_hamlet_away(tmp_path: Path) -> None:
    """Why borders stay: the same fortnight cut in two ways, and the difference is one hamlet."""
    book = Book(FIRST)
    for name in ("Norrby skola", "Norrby bibliotek", "Norrby handel"):
        book.add(name, 3, omrade="asen")
    book.add("Norrby idrott", omrade="lilla-hult")
    old, new = make_instance(tmp_path / "gammal"), make_instance(tmp_path / "ny")
    rules = new.data / "skydd.yml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("hult: asen", "hult: ekby"), encoding="utf-8")
    before, after = (seen(publish(instance, book)).shown[ASEN] for instance in (old, new))
    assert left(before, [after])[0] > 0


@pair(off.fixed_borders)
def test_6_borders_that_move_within_a_year(plain: Instance, succeeds: bool) -> None:
    publish(plain, Book(FIRST).safe(omrade="ekby"))
    move_border(plain)
    code, words = audited(plain, "--utan-historik")
    assert (code == 0) is succeeds
    assert ("EST454" in words) is not succeeds


# ---- 22: another ladder -------------------------------------------------------------------------


@pair(off.fixed_rules)
def test_22_two_ladders_in_one_year(plain: Instance, succeeds: bool) -> None:
    """5-9 on one ladder and 8-15 on the other: eight or nine. The second fortnight is empty."""
    book = Book(FIRST).safe(omrade="ekby").add("Norrby skola", omrade="ekby")
    publish(plain, book.add("Norrby bibliotek", omrade="ekby"))
    rules = plain.data / "skydd.yml"
    numbers = "steg: 8\ngranser: {rapporter: 8, rapporter_kanslig: 16}\n"
    rules.write_text(rules.read_text(encoding="utf-8") + numbers, encoding="utf-8")
    with contextlib.suppress(ProblemsError):
        publish(plain, Book(SECOND).nothing(*HERE[:3]))
    shown = seen(plain).shown
    steps = [shown[c] for span in (FIRST, QUARTER, YEAR) if (c := Cell(span, "ekby", "alla")) in shown]
    least, most = max(low for low, _ in steps), min(high for _, high in steps)
    assert ((least, most) == (8, 9)) is succeeds


@pair(off.fixed_rules)
def test_22_a_quiet_change_of_rules(plain: Instance, succeeds: bool) -> None:
    """Any number, the known sources and the merging of areas too: the attestations remember."""
    publish(plain, Book(FIRST).safe(omrade="ekby"))
    rules = plain.data / "skydd.yml"
    text = rules.read_text(encoding="utf-8")
    for more in ("kanda_kallor: [polis, skola]\n", "granser: {omrade_organisationer: 7}\n"):
        rules.write_text(text + more, encoding="utf-8")
        code, words = audited(plain, "--utan-historik")
        assert (code == 0) is succeeds
        assert ("EST452" in words) is not succeeds


@pytest.mark.parametrize(
    "numbers",
    [
        "granser: {rapporter: 4}", "granser: {organisationer: 2}", "granser: {sektorer: 1}",
        "granser: {utan_storsta: 2}", "granser: {rapporter_kanslig: 5}", "granser: {omrade_invanare: 100}",
        "granser: {omrade_organisationer: 5}", "granser: {omrade_sektorer: 2}",
        "granser: {sektor_inbjudna: 2}", "steg: 4", "kanda_kallor: []", "steg: 3",
    ],
)  # fmt: skip
def test_22_rules_may_only_be_raised(plain: Instance, numbers: str) -> None:
    rules = plain.data / "skydd.yml"
    rules.write_text(rules.read_text(encoding="utf-8") + numbers + "\n", encoding="utf-8")
    with pytest.raises(ProblemsError):
        publish(plain, Book(FIRST).safe(omrade="ekby"))
    assert not plain.release(FIRST).exists()


# ---- 24: tables in a ring -----------------------------------------------------------------------

RING = """\
format: "1"
sammanslagna: {lilla-hult: asen}
tabeller:
  period: [kommun]
  kvartal: [kommun, kommun_grupp, omrade, omrade_grupp, kommun_miljo_grupp, omrade_miljo]
  ar: [kommun]
"""
RINGS = (8, 12, 17)
"""Seeds of worlds in which three tables, safe two by two, give a cell away."""


def ring_book(seed: int) -> Book:
    """Reports by area, category and environment."""
    chance, book = random.Random(seed), Book(FIRST)
    for area in ("ekby", "asen", ""):
        for leaf in ("bus.klotter", "skrot.bilar"):
            for place in ("torg", "park", "lekplats"):
                for _ in range(chance.choice((0, 0, 0, 1, 3, 6, 9))):
                    book.add(chance.choice(HERE), kategori=leaf, omrade=area, miljo=place)
    return book


def round_the_ring(published: Published, secrets: set[Cell]) -> list[Cell]:
    """What the three tables of the quarter say together: area x category x environment."""
    places = sorted({c.environment for c in published.cells if c.environment})
    parts = [(a, g, e) for a in (*published.areas, "") for g in published.tree.groups for e in places]

    def columns(cell: Cell) -> list[int]:
        return [
            n
            for n, (area, group, place) in enumerate(parts)
            if cell.area in (area, published.town)
            and cell.category in (group, "alla")
            and cell.environment in (place, "")
        ]

    rows = [(*interval, columns(c)) for c, interval in published.shown.items() if c.span == QUARTER]
    programme = Programme([0.0] * len(parts), rows)
    return sorted(c for c in secrets if c.span == QUARTER and programme.least(columns(c)) > 0.5)


@pytest.mark.parametrize("seed", RINGS)
@pair(off.decomposable_plan)
def test_24_tables_in_a_ring(small: Instance, succeeds: bool, seed: int) -> None:
    (small.data / "skydd.yml").write_text(RING, encoding="utf-8")
    books = ring_book(seed), Book(SECOND).nothing(*HERE[:3])
    try:
        publish(small, *books)
    except ProblemsError as error:
        assert {p.code for p in error.problems} == {"EST451"}
    code, words = audited(small, "--utan-historik")
    published = seen(small)
    secrets = {c for c in truth(published, *books).unsafe() if c.category in ("bus", "skrot", "alla")}
    assert (code == 0 and bool(round_the_ring(published, secrets))) is succeeds
    assert ("EST451" in words) is not succeeds


# ---- a shorter history --------------------------------------------------------------------------


def test_a_release_that_is_taken_back_is_told(plain: Instance) -> None:
    """What was public once stays known: to take it away is a change as well, saved or not."""
    publish(real(plain), Book(FIRST).safe(omrade="ekby"))
    repo = repository(plain)
    assert audited(Instance(repo.path))[0] == 0
    shutil.rmtree(Instance(repo.path).release(FIRST, NORRBY))
    for _ in range(2):
        code, words = audited(Instance(repo.path))
        assert code == 1
        assert "EST456" in words
        repo.git("add", "-A", "data")
        repo.commit("Bort")


def test_a_history_that_was_cut_short_is_told(plain: Instance, tmp_path: Path) -> None:
    publish(real(plain), Book(FIRST).safe(omrade="ekby"))
    repo = repository(plain)
    (plain.data / "rattelser.yml").write_text("", encoding="utf-8")
    save(repo, plain, "Två")
    copy = tmp_path / "grund"
    repo.git("clone", "-q", "--depth", "1", repo.path.as_uri(), str(copy))
    code, words = audited(Instance(copy))
    assert code == 1
    assert "EST457" in words
