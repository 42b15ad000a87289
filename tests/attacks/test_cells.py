"""One cell at a time: what a neighbour, a gang, a member or the police can read (R1-R5).

Each attack is made twice: against the real thing, where it must fail, and with one defence switched
off, where it must succeed.
"""

from __future__ import annotations

import itertools
from pathlib import Path

from est_build.problems import ProblemsError
from tests.attacks import off
from tests.attacks.reader import Knowledge, Reader
from tests.attacks.tools import Cell, Published, read_rows
from tests.attacks.worlds import HERE, POLICE, QUARTER, pair, publish, seen, small_world, truth
from tests.private.instance import (
    FIRST,
    MEMBERS,
    NORRBY,
    SECOND,
    YEAR_2026,
    Book,
    Instance,
    make_instance,
    write_members,
)

ASEN = Cell(FIRST, "asen", "alla")
EKBY = Cell(FIRST, "ekby", "alla")


# ---- 1: the neighbour, who knows of one event ---------------------------------------------------


@pair(off.threshold)
def test_1_a_neighbour_reads_one_report(plain: Instance, succeeds: bool) -> None:
    book = Book(FIRST).safe(omrade="ekby").add("Norrby idrott", 1, omrade="asen")
    shown = seen(publish(plain, book)).shown
    assert (shown.get(ASEN) == (1, 1)) is succeeds
    assert any(low < 5 for low, _ in shown.values()) is succeeds


# ---- 9: the flooder, who sends reports of his own to see the step flip -------------------------


def flooded(root: Path, others: int) -> tuple[object, ...]:
    """What is published when a member sends four reports and ``others`` neighbours one each."""
    book = Book(FIRST).add("Norrby park", 4, omrade="asen").nothing(*HERE[:3])
    for name in HERE[:others]:
        book.add(name, omrade="asen")
    instance = publish(make_instance(root), book)
    return tuple(
        (instance.release(FIRST) / name).read_bytes() for name in ("rapporter.csv", "deltagande.csv")
    )


@pair(off.without_largest, off.organisations)
def test_9_flooding_a_cell(tmp_path: Path, succeeds: bool) -> None:
    """None, one and two neighbours must look the same to whoever sends as many reports as he likes."""
    looks = {flooded(tmp_path / str(n), n) for n in (0, 1, 2)}
    assert (len(looks) > 1) is succeeds


# ---- 10: the gang, who has the member list ------------------------------------------------------


def who_told(instance: Instance, published: Published, area: str) -> set[str]:
    """The members who must have reported on an area, by the member list and the text of R2."""
    if Cell(FIRST, area, "alla") not in published.shown:
        return set()
    able = [
        r for r in read_rows(instance.members) if r["kommun"] == NORRBY and area in (r["omraden"] or area)
    ]
    return {r["organisation"] for r in able} if len(able) <= 3 else set()


@pair(off.thin_areas)
def test_10_only_these_can_have_told(plain: Instance, succeeds: bool) -> None:
    here = {"Norrby skola", "Norrby bibliotek", "Norrby handel"}
    write_members(plain, {name: {"omraden": "asen"} for name in HERE if name not in here})
    try:
        publish(plain, Book(FIRST).safe(omrade="ekby"))
    except ProblemsError as error:
        assert "Ekby" in str(error)
        assert not plain.release(FIRST).exists()
    found = who_told(plain, seen(plain), "ekby")
    assert found == (here if succeeds else set())


def test_10_no_table_of_reports_knows_a_sector(plain: Instance) -> None:
    publish(plain, Book(FIRST).safe(omrade="ekby"), Book(SECOND).safe(omrade="ekby"))
    codes = {sector for sector, _ in MEMBERS.values()}
    for path in plain.data.rglob("rapporter.csv"):
        assert not codes & set(path.read_text(encoding="utf-8").replace("\n", ",").split(","))


# ---- 11 and 12: what a hidden cell tells --------------------------------------------------------


@pair(off.one_symbol)
def test_11_12_hidden_means_somebody(plain: Instance, succeeds: bool) -> None:
    """If what is empty were shown as such, everything hidden would be known to hold something."""
    book = Book(FIRST).safe(omrade="ekby").add("Norrby idrott", 1, omrade="asen")
    published = seen(publish(plain, book))
    told = truth(published, book)
    assert told.count(ASEN) == 1
    assert ASEN in published.hidden
    wrong = [cell for cell in published.hidden if not told.count(cell)]
    assert (not wrong) is succeeds


@pair(off.one_symbol)
def test_11_one_label(plain: Instance, succeeds: bool) -> None:
    """None, one, four of one organisation, and nine of one: all look the same, in every column."""
    book = Book(FIRST).safe(kategori="trafik.fortkorning").add("Norrby idrott", 1, kategori="stold.cykel")
    book.add("Norrby park", 4, kategori="ordning.ljud").add("Norrby park", 9, kategori="nedskrapning.skrap")
    rows = read_rows(publish(plain, book).release(FIRST) / "rapporter.csv")
    groups = {"samlingar": 0, "stold": 1, "ordning": 4, "nedskrapning": 9}
    labels = {tuple(r.items())[3:] for r in rows if r["kategori"] in groups}
    assert (len(labels) > 1) is succeeds


# ---- 13 and 18: who answered ------------------------------------------------------------------


def lone_sectors(instance: Instance, span: str) -> dict[str, int]:
    """Sectors of a single organisation whose answers can be read."""
    sizes = [sector for sector, town in MEMBERS.values() if town == NORRBY]
    rows = read_rows(instance.release(span) / "deltagande.csv")
    return {
        r["sektor"]: int(r["svar_fran"]) for r in rows if sizes.count(r["sektor"]) == 1 and r["svar_fran"]
    }


@pair(off.merged_sectors)
def test_18_did_the_shop_answer(plain: Instance, succeeds: bool) -> None:
    publish(plain, *(Book(period).nothing(*HERE) for period in YEAR_2026[:6]))
    assert ("naringsliv" in lone_sectors(plain, "2026-kv1")) is succeeds


def test_18_a_fortnight_has_no_sectors(plain: Instance) -> None:
    publish(plain, Book(FIRST).nothing(*HERE))
    rows = read_rows(plain.release(FIRST) / "deltagande.csv")
    assert [r["sektor"] for r in rows] == ["alla"]


@pair(off.answers)
def test_18_one_answer_less(tmp_path: Path, succeeds: bool) -> None:
    """Seven or eight answers: who knows of seven must not see whether the eighth came."""
    files = set()
    for n in (7, 8):
        instance = publish(make_instance(tmp_path / str(n)), Book(FIRST).nothing(*HERE[:n]))
        files.add((instance.release(FIRST) / "deltagande.csv").read_bytes())
    assert (len(files) > 1) is succeeds


# ---- 14: all of one kind ------------------------------------------------------------------------


@pair(off.intervals)
def test_14_all_of_one_kind(small: Instance, succeeds: bool) -> None:
    """All that was reported in Ekby was mischief: with exact numbers that is a fact, with steps it is not."""
    book = Book(FIRST).safe(omrade="ekby", kategori="bus.klotter").safe(omrade="asen", kategori="skrot.bilar")
    published = seen(publish(small, book, Book(SECOND).nothing(*HERE[:2])))
    rest = Cell(QUARTER, "ekby", "skrot")
    assert rest in published.hidden
    assert (Reader(published, [rest]).most(rest) < 1) is succeeds


# ---- 15: who has the police's events -----------------------------------------------------------


@pair(off.known_sources)
def test_15_subtracting_the_police(plain: Instance, succeeds: bool) -> None:
    """Three events of the police, and one report each of three others: too few to be seen for themselves."""
    book = Book(FIRST).add(POLICE, 3, omrade="asen")
    for name in ("Norrby skola", "Norrby bibliotek", "Norrby handel"):
        book.add(name, omrade="asen")
    published = seen(publish(plain, book))
    told = truth(published, book)
    others = Reader(published, [ASEN], Knowledge(told.of[POLICE])).least(ASEN) - told.of[POLICE].total()
    assert (others > 0) is succeeds


# ---- 7: a member who subtracts his own ----------------------------------------------------------


@pair(off.organisations, off.without_largest)
def test_7_subtracting_ones_own(plain: Instance, succeeds: bool) -> None:
    book = Book(FIRST).add("Norrby park", 4, omrade="asen")
    book.add("Norrby idrott", omrade="asen").add("Norrby skola", omrade="asen")
    published = seen(publish(plain, book))
    told = truth(published, book)
    mine = told.of["Norrby park"]
    assert (Reader(published, [ASEN], Knowledge(mine)).least(ASEN) > mine.total()) is succeeds


@pair(off.sectors_of_cell)
def test_7_only_the_schools(plain: Instance, succeeds: bool) -> None:
    """A cell of one sector tells that somebody in this sector saw it: three schools of three."""
    write_members(plain, {"Norrby bibliotek": {"sektor": "skola"}})
    book = Book(FIRST)
    for name in ("Norrby skola", "Norrby förskola", "Norrby bibliotek"):
        book.add(name, 2, omrade="asen", sektor="skola")
    published = seen(publish(plain, book))
    assert (ASEN in published.shown) is succeeds


# ---- 25: what is sensitive ----------------------------------------------------------------------


@pair(off.sensitive)
def test_25_a_sensitive_category(plain: Instance, succeeds: bool) -> None:
    publish(plain, Book(FIRST).safe(kategori="hot.sexuella"), Book(SECOND).nothing(*HERE[:2]))
    assert (Cell(QUARTER, "norrby", "hot.sexuella") in seen(plain).shown) is succeeds


def test_25_nothing_narrow_about_what_is_sensitive(plain: Instance) -> None:
    """No cell of a fortnight or of a small area is about threats, violence or rumours."""
    publish(plain, Book(FIRST).safe(kategori="hot.sexuella"), Book(SECOND).safe(kategori="vald.ran"))
    published = seen(plain)
    narrow = [c for c in published.cells if c.span in published.periods or c.area in published.areas]
    assert len(narrow) > 40
    assert not [c for c in narrow if c.category.split(".")[0] in ("hot", "vald", "rykten")]


# ---- all at once: two truths that nobody can tell apart -----------------------------------------


def twins(root: Path) -> tuple[Instance, Instance]:
    """Two different truths. Every shown count lies on the same step, every hidden one on none."""
    one = (
        Book(FIRST).safe(omrade="ekby").add("Norrby idrott", 1, omrade="asen", kategori="trafik.fortkorning")
    )
    one.nothing("Norrby park").nothing("Norrby bostäder")
    two = Book(FIRST).safe(omrade="ekby").add("Norrby skola", 1, omrade="ekby").nothing("Norrby idrott")
    two.add("Norrby park", 2, omrade="asen", kategori="nedskrapning.skrap")
    pair_ = small_world(root / "ett"), small_world(root / "två")
    for instance, book in zip(pair_, (one, two), strict=True):
        (instance.data / "kodlistor.yml").unlink()
        publish(instance, book, Book(SECOND).nothing(*HERE[:3]))
    return pair_


@pair(off.intervals, off.one_symbol, off.threshold, off.answers, off.told_worlds)
def test_two_truths_that_look_the_same(tmp_path: Path, succeeds: bool) -> None:
    """Whoever compares all public bytes, proofs and attestations too, cannot say which one it was."""
    one, two = twins(tmp_path)
    names = sorted(p.relative_to(one.data) for p in one.data.rglob("*") if p.is_file())
    assert len(list(itertools.chain(one.data.rglob("intyg.json")))) == 4
    differ = [n for n in names if (one.data / n).read_bytes() != (two.data / n).read_bytes()]
    assert bool(differ) is succeeds
