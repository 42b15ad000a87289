"""Subtraction: parts from wholes, tables against tables, fortnights from quarters, one's own from all (R8).

The attacker's arithmetic is in ``tools``; it shares no code with the audit that it attacks.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from est_build.problems import ProblemsError
from tests.attacks import off
from tests.attacks.reader import Knowledge, Reader
from tests.attacks.tools import Cell, Published, left, over_groups, over_time
from tests.attacks.worlds import (
    HERE,
    QUARTER,
    SPANS,
    YEAR,
    Truth,
    pair,
    publish,
    random_books,
    seen,
    small_world,
    truth,
)
from tests.private.instance import FIRST, SECOND, Book, Instance, make_instance

TOWN = "norrby"
BUS, SCRAP = "bus.klotter", "skrot.bilar"
MANY = ("Norrby skola", "Norrby bibliotek", "Norrby handel")
EXPOSING = (2, 15, 75)
"""Seeds of worlds that give themselves away when nobody audits them."""
CHAINS = (12, 61)
"""Seeds of worlds in which one box gives away the next."""


def many(period: str, category: str, *counts: int) -> Book:
    """Reports that may be shown: of three organisations, in three sectors."""
    book = Book(period)
    for name, count in zip(MANY, counts, strict=True):
        book.add(name, count, kategori=category)
    return book


# ---- 2: a whole less its shown parts ------------------------------------------------------------


@pair(off.no_audit)
def test_2_the_whole_less_its_parts(small: Instance, succeeds: bool) -> None:
    """Ten reports, nine of mischief: the tenth is about scrap."""
    books = many(FIRST, BUS, 3, 3, 3).add("Norrby idrott", kategori=SCRAP), Book(SECOND).nothing(*HERE[:2])
    rest = over_groups(seen(publish(small, *books)), FIRST, TOWN)
    assert (rest is not None and rest[0] > 0) is succeeds


# ---- 3: tables that are safe one by one ---------------------------------------------------------


def linked_books() -> tuple[Book, Book]:
    """The fortnight's total and its mischief leave at most four for scrap; the quarter has five or more."""
    first = many(FIRST, BUS, 4, 3, 3).add("Norrby park", 2, kategori=SCRAP)
    first.add("Norrby bostäder", 2, kategori=SCRAP)
    second = Book(SECOND).add("Norrby idrott", 2, kategori=SCRAP)
    return first, second.add("Norrby fritidsgård", 1, kategori=SCRAP)


@pair(off.no_audit)
def test_3_tables_taken_together(small: Instance, succeeds: bool) -> None:
    books = linked_books()
    published = seen(publish(small, *books))
    secret = Cell(SECOND, TOWN, "skrot")
    assert secret in truth(published, *books).unsafe()
    for span in SPANS:  # one release alone tells nothing of it, with the audit or without
        alone = seen(small, only=[span])
        alone.periods = published.periods
        assert not Reader(alone, [secret]).exposed()
    assert (Reader(published, [secret]).least(secret) > 0) is succeeds


# ---- 4: all years less all other years ----------------------------------------------------------


@pair(off.no_audit)
def test_4_the_quarter_less_its_fortnights(small: Instance, succeeds: bool) -> None:
    books = many(FIRST, BUS, 3, 3, 3), Book(SECOND).add("Norrby idrott", kategori=BUS)
    published = seen(publish(small, *books))
    assert Cell(SECOND, TOWN, "bus") in published.hidden
    found = [over_time(published, span, TOWN, "bus") for span in (QUARTER, YEAR)]
    assert any(rest is not None and rest[0] > 0 for rest in found) is succeeds


@pair(off.no_audit)
def test_4_one_fortnight_taken_out(small: Instance, succeeds: bool) -> None:
    """All but one fortnight, from the published figures: what is left is the one."""
    books = many(FIRST, BUS, 3, 3, 3), Book(SECOND).add("Norrby idrott", kategori=BUS)
    published = seen(publish(small, *books))
    secret = Cell(SECOND, TOWN, "bus")
    whole = published.shown.get(Cell(QUARTER, TOWN, "bus"), (0, 10**9))
    least, most = left(whole, [published.shown[Cell(FIRST, TOWN, "bus")]])
    assert least <= truth(published, *books).count(secret) <= most
    assert (least > 0) is succeeds


# ---- 7: a member who has read everything --------------------------------------------------------


def beside(mine: dict[str, int]) -> tuple[Book, Book]:
    """A world in which the reports of ``mine`` about litter fill what the total leaves."""
    first = many(FIRST, "skadegorelse.klotter", 2, 2, 1)
    for name, count in mine.items():
        first.add(name, count, kategori="nedskrapning.skrap")
    for name in (*MANY, "Norrby idrott"):
        first.add(name, kategori="trafik.buskorning")
    return first, Book(SECOND).add("Norrby bostäder", kategori="trafik.buskorning")


LONE = Cell(SECOND, TOWN, "trafik")
"""One report of one organisation."""


def together(told: Truth, names: list[str]) -> float:
    """The least that these members, sharing what they sent, can prove of the lone report."""
    own = sum((told.of[name] for name in names), Counter[Cell]())
    return Reader(told.seen, [LONE], Knowledge(own)).least(LONE)


@pair(off.insiders, off.no_audit)
def test_7_a_member_with_the_tables(plain: Instance, succeeds: bool) -> None:
    books = beside({"Norrby park": 5})
    told = truth(seen(publish(plain, *books)), *books)
    assert LONE in told.unsafe()
    assert not Reader(told.seen, [LONE]).exposed()
    assert (together(told, ["Norrby park"]) > 0) is succeeds


# ---- 8: two members who share what they sent ----------------------------------------------------


def test_8_two_members_residual(plain: Instance) -> None:
    """Known and said in the design (3.5): the audit tries each member alone, not two at once."""
    books = beside({"Norrby park": 3, "Norrby idrott": 2})
    told = truth(seen(publish(plain, *books)), *books)
    assert together(told, ["Norrby park"]) == together(told, ["Norrby idrott"]) == 0
    assert together(told, ["Norrby park", "Norrby idrott"]) == 1


@pair(off.organisations)
def test_8_two_members_and_a_shown_cell(plain: Instance, succeeds: bool) -> None:
    """In a cell that is shown, somebody besides any two members has reported: two never hold all of it."""
    book = Book(FIRST).add("Norrby park", 4, omrade="asen").add("Norrby skola", 4, omrade="asen")
    book.safe(omrade="ekby")
    published = seen(publish(plain, book))
    told = truth(published, book)
    pairs = [(a, b) for a in HERE for b in HERE if a < b]
    alone = [c for c in published.shown for two in pairs if not told.but(c, *two)]
    assert bool(alone) is succeeds


@pair(off.intervals)
def test_8_two_members_count_the_third(plain: Instance, succeeds: bool) -> None:
    """Two of three in a shown cell know by R2 that there is a third; how much it sent they do not."""
    book = Book(FIRST).add("Norrby park", 2, omrade="asen").add("Norrby skola", 2, omrade="asen")
    book.add("Norrby idrott", 1, omrade="asen")
    published = seen(publish(plain, book))
    told = truth(published, book)
    asen = Cell(FIRST, "asen", "alla")
    reader = Reader(published, [asen], Knowledge(told.of["Norrby park"] + told.of["Norrby skola"]))
    assert (reader.most(asen) == reader.least(asen) == 5) is succeeds
    assert reader.least(asen) - 4 == 1


def test_8_a_fourth_organisation_if_it_is_asked_for(plain: Instance) -> None:
    """A municipality that fears two members may raise the limit: then two others are in every shown cell."""
    rules = plain.data / "skydd.yml"
    numbers = "granser: {organisationer: 4}\n"
    rules.write_text(rules.read_text(encoding="utf-8") + numbers, encoding="utf-8")
    book = Book(FIRST).safe(omrade="asen").safe(omrade="ekby").add("Norrby idrott", omrade="ekby")
    published = seen(publish(plain, book))
    told = truth(published, book)
    assert Cell(FIRST, "asen", "alla") in published.hidden
    assert Cell(FIRST, "ekby", "alla") in published.shown
    others = [len([n for n, k in told.given[c].items() if k]) - 2 for c in published.shown]
    assert min(others) == 2


# ---- chains: what must hold something must also be safe -----------------------------------------


@pytest.mark.parametrize("seed", CHAINS)
@pair(off.closure)
def test_one_box_gives_away_the_next(tmp_path: Path, succeeds: bool, seed: int) -> None:
    """He knows R8: what always holds something would not be there if it did not hold five."""
    books = random_books(seed)
    published = seen(publish(small_world(tmp_path / "prov"), *books))
    assert bool(Reader(published, truth(published, *books).unsafe()).exposed()) is succeeds


# ---- random worlds ------------------------------------------------------------------------------


def exposures(published: Published, told: Truth) -> dict[str, list[Cell]]:
    """What the public, each member and the police can prove of anything that R2 would hide."""
    unsafe = told.unsafe()
    found = {
        "": Reader(published, unsafe).exposed(),
        "whole": Reader(published, unsafe, whole=True).exposed(),
    }
    for name, own in told.of.items():
        others = {cell for cell in unsafe if told.but(cell, name)}
        found[name] = Reader(published, others, Knowledge(own)).exposed()
    return {name: cells for name, cells in found.items() if cells}


@given(st.integers(0, 10**6))
@settings(
    max_examples=5,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    database=None,
)
def test_nobody_is_exposed_in_any_small_world(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        instance, books = small_world(Path(folder) / "prov"), random_books(seed)
        try:
            publish(instance, *books)
        except ProblemsError as error:  # rather nothing than too much
            assert {p.code for p in error.problems} == {"EST459"}
            assert not instance.release(QUARTER).exists()
        published = seen(instance)
        told = truth(published, *books)
        assert all(low <= told.count(c) <= high for c, (low, high) in published.shown.items())
        assert exposures(published, told) == {}


@pytest.mark.parametrize("seed", EXPOSING)
@pair(off.no_audit)
def test_worlds_that_give_themselves_away(tmp_path: Path, succeeds: bool, seed: int) -> None:
    books = random_books(seed)
    published = seen(publish(small_world(tmp_path / "prov"), *books))
    told = truth(published, *books)
    assert bool(exposures(published, told)) is succeeds


# ---- what is hidden costs little ----------------------------------------------------------------


def test_the_audit_hides_no_more_than_it_must(tmp_path: Path) -> None:
    """A rule that hid everything would pass all of this. Without the audit some cells more are shown."""
    shown = []
    for switch in (off.nothing, off.no_audit):
        with pytest.MonkeyPatch.context() as inner:
            switch(inner)
            worlds = (
                publish(small_world(tmp_path / f"{switch.__name__}{s}"), *random_books(s)) for s in EXPOSING
            )
            shown.append(sum(len(seen(world).shown) for world in worlds))
    assert 0.6 * shown[1] < shown[0] < shown[1]


def test_a_plain_town_loses_nothing(tmp_path: Path) -> None:
    """Where nothing can be found out, nothing is withheld."""
    books = Book(FIRST).safe(omrade="ekby"), Book(SECOND).safe(omrade="ekby")
    published = seen(publish(make_instance(tmp_path / "prov"), *books))
    for span in SPANS:
        assert Cell(span, "ekby", "alla") in published.shown
        assert Cell(span, TOWN, "skadegorelse") in published.shown
