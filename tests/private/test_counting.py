"""Every published cell against a second, independent count of the same answers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from est_build.problems import ProblemsError

from . import recount
from .conftest import first_book
from .instance import AREAS, FIRST, MEMBERS, NORRBY, SECOND, SODERBY, TOWNS, Book, Instance, make_instance

AREA_LISTS = {town: ["", *(a for a, (_, code, _) in AREAS.items() if code == town)] for town in TOWNS}
CATEGORIES = [
    "skadegorelse.klotter", "skadegorelse.klotter", "skadegorelse", "trafik.motorljud", "samlingar.unga",
    "hot.sexuella", "hot.tillrop", "stold.butik", "positivt.lugnt", "",
]  # fmt: skip


@st.composite
def crowds(draw: st.DrawFn, period: str) -> list[dict[str, str | int]]:
    """Who reports what: clumps, because even spreads never come near the rules."""
    clumps = draw(
        st.lists(
            st.tuples(
                st.sampled_from(sorted(MEMBERS)),
                st.integers(1, 7),
                st.sampled_from(CATEGORIES),
                st.integers(0, 3),
                st.sampled_from(["torg", "park", ""]),
                st.sampled_from([("måndag", "kväll"), ("fredag", "kväll"), ("söndag", "natt"), ("", "")]),
            ),
            min_size=1,
            max_size=24,
        )
    )
    found: list[dict[str, str | int]] = []
    for name, times, category, area, environment, (day, part) in clumps:
        places = AREA_LISTS[MEMBERS[name][1]]
        found.append(
            {
                "organisation": name, "times": times, "kategori": category,
                "omrade": places[area % len(places)], "miljo": environment,
                "veckodag": day, "tid": part,
            }
        )  # fmt: skip
    return found


def book(period: str, crowd: list[dict[str, str | int]]) -> Book:
    result = Book(period)
    for clump in crowd:
        cells = {k: str(v) for k, v in clump.items() if k not in ("organisation", "times")}
        result.add(str(clump["organisation"]), int(clump["times"]), **cells)
    return result


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """An instance that is emptied before each example."""
    yield make_instance(tmp_path_factory.mktemp("raknat") / "prov")


def emptied(instance: Instance) -> Instance:
    for folder in ("perioder", "kvartal", "ar"):
        shutil.rmtree(instance.data / folder, ignore_errors=True)
    shutil.rmtree(instance.store, ignore_errors=True)
    return instance


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=crowds(FIRST), second=crowds(SECOND))
def test_every_cell_is_what_the_rules_say(
    fresh: Instance, first: list[dict[str, str | int]], second: list[dict[str, str | int]]
) -> None:
    instance = emptied(fresh)
    books = [book(FIRST, first), book(SECOND, second)]
    for each in books:
        instance.run(each)
    rows = [*books[0].rows, *books[1].rows]
    for town in (NORRBY, SODERBY):
        for each in books:
            found = instance.cells(each.period, town)
            recount.agree(found, recount.release("period", town, each.rows))
        for span, kind in (("2027-kv1", "kvartal"), ("2027", "ar")):
            found = instance.cells(span, town)
            recount.agree(found, recount.release(kind, town, rows))


def test_the_second_count_sees_what_is_unsafe() -> None:
    """The check must be able to fail: it hides what it should."""
    rows = first_book().rows
    cells = recount.release("period", NORRBY, rows)
    assert cells["omrade", "ekby", "alla", "", ""] == (5, 9)
    # Without the answers of one sector, two organisations are left.
    fewer = [r for r in rows if MEMBERS[r.organisation][0] != "naringsliv"]
    assert recount.release("period", NORRBY, fewer)["omrade", "ekby", "alla", "", ""] is None


def test_four_by_the_police_and_one_more(tiny: Instance) -> None:
    page = Book().add("Norrby polis", 4, omrade="ekby").add("Norrby skola", omrade="ekby")
    tiny.run(page.nothing("Norrby idrott"))
    assert set(tiny.cells(FIRST).values()) == {None}


def test_the_police_do_not_lift_a_cell_but_count_in_a_safe_one(tiny: Instance) -> None:
    page = Book().safe(omrade="ekby").add("Norrby polis", 9, omrade="ekby")
    page.add("Norrby skola", 2, omrade="asen").add("Norrby handel", 2, omrade="asen")
    page.add("Norrby polis", 8, omrade="asen")
    tiny.run(page)
    cells = tiny.cells(FIRST)
    assert cells["omrade", "ekby", "alla", "", ""] == (15, 19)
    assert cells["omrade", "asen", "alla", "", ""] is None


def test_protective_reports_stand_for_themselves(tiny: Instance) -> None:
    page = Book().safe(omrade="ekby", kategori="positivt.lugnt").safe(omrade="ekby")
    tiny.run(page)
    cells = tiny.cells(FIRST)
    assert cells["kommun_grupp", "norrby", "positivt", "", ""] == (5, 9)
    assert cells["kommun", "norrby", "alla", "", ""] == (5, 9)
    assert cells["omrade", "ekby", "alla", "", ""] == (5, 9)


def test_protective_reports_alone_make_no_total(tiny: Instance) -> None:
    tiny.run(Book().safe(omrade="ekby", kategori="positivt.vuxennarvaro"))
    cells = tiny.cells(FIRST)
    assert cells["kommun", "norrby", "alla", "", ""] is None
    assert cells["omrade", "ekby", "alla", "", ""] is None


def test_a_protective_category_that_is_renamed_stays_out_of_totals(tiny: Instance) -> None:
    """An own kind of calm under another group is still no worry."""
    (tiny.data / "kodlistor.yml").write_text(
        'format: "1"\negna_kategorier:\n'
        "- {id: trafik.lugnt, sv: Lugn trafik, en: Calm, forald: trafik, slag: skydd, kanslighet: oppen}\n",
        encoding="utf-8",
    )
    tiny.run(Book().safe(kategori="trafik.lugnt"))
    assert tiny.cells(FIRST)["kommun", "norrby", "alla", "", ""] is None
    assert tiny.cells(FIRST)["kommun_grupp", "norrby", "trafik", "", ""] == (5, 9)


def test_a_category_is_not_switched_off_within_a_year(tiny: Instance) -> None:
    """R0: one category tree a year, or what was calm could turn into something else on the way."""
    tiny.run(Book(FIRST).safe(omrade="ekby", kategori="positivt.lugnt"))
    (tiny.data / "kodlistor.yml").write_text(
        'format: "1"\nandringar:\n  kategorier: {positivt.lugnt: {aktiv: nej}}\n', encoding="utf-8"
    )
    with pytest.raises(ProblemsError) as told:
        tiny.run(Book(SECOND).add("Norrby skola", kategori="positivt.valbesokt"))
    assert [problem.code for problem in told.value.problems] == ["EST461"]
    assert not tiny.release(SECOND).exists()


def test_sensitive_category_needs_ten_in_a_quarter(tiny: Instance) -> None:
    tiny.run(Book(FIRST).safe(kategori="hot.sexuella").safe(kategori="hot.tillrop"))
    more = Book(SECOND).safe(kategori="hot.tillrop").add("Norrby idrott", 3, kategori="hot.sexuella")
    tiny.run(more)
    cells = tiny.cells("2027-kv1")
    assert cells["kommun_kategori", "norrby", "hot.sexuella", "", ""] is None  # nine
    assert cells["kommun_kategori", "norrby", "hot.tillrop", "", ""] == (10, 14)


def test_an_organisation_that_changes_sector_is_still_one(tiny: Instance) -> None:
    """Eight reports, six of them from one organisation in two sectors: hidden, two is too few others."""
    tiny.run(Book(FIRST).add("Norrby skola", 3, omrade="ekby").add("Norrby handel", 1, omrade="ekby"))
    text = tiny.members.read_text(encoding="utf-8")
    tiny.members.write_text(text.replace("Norrby skola,skola", "Norrby skola,omsorg"), encoding="utf-8")
    page = Book(SECOND).add("Norrby skola", 3, omrade="ekby", sektor="omsorg")
    tiny.run(page.add("Norrby bibliotek", 1, omrade="ekby"))
    assert tiny.cells("2027-kv1")["omrade", "ekby", "alla", "", ""] is None
    assert tiny.cells("2027")["kommun", "norrby", "alla", "", ""] is None


def test_an_organisation_written_with_other_capitals_is_still_one(tiny: Instance) -> None:
    tiny.run(Book(FIRST).add("Norrby skola", 3).add("Norrby handel", 3))
    text = tiny.members.read_text(encoding="utf-8")
    tiny.members.write_text(text.replace("Norrby skola,", "NORRBY Skola,"), encoding="utf-8")
    tiny.run(Book(SECOND).add("Norrby skola", 3).add("Norrby handel", 3))
    assert tiny.cells("2027")["kommun", "norrby", "alla", "", ""] is None


def test_what_the_files_hold_and_nothing_more(tiny: Instance, tmp_path: Path) -> None:
    tiny.run(first_book())
    names = sorted(p.relative_to(tiny.data).as_posix() for p in tiny.data.rglob("*") if p.is_file())
    assert names == [
        "kalender.csv", "omraden.geojson",
        *(f"perioder/{FIRST}/{town}/{name}"
          for town in (NORRBY, SODERBY) for name in
          ("bekraftade_rutor.csv", "deltagande.csv", "intyg.json", "rapporter.csv", "verkligheter.csv")),
        "skydd.yml", "webbplats.yml",
    ]  # fmt: skip
