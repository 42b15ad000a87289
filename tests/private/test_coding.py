"""From words to codes: what a survey calls things, and who may answer for whom."""

from __future__ import annotations

import sqlite3
from collections import Counter

import pytest

from est_build.prepare.run import prepare
from est_build.problems import ProblemsError

from . import recount
from .instance import FIRST, NORRBY, SECOND, SODERBY, Book, Instance, Row, write_members

AREA_EKBY = ("omrade", "ekby", "alla", "", "")
AREA_ASEN = ("omrade", "asen", "alla", "", "")


def survey(instance: Instance, text: str) -> None:
    instance.survey.write_text(f'format: "1"\n{text}', encoding="utf-8")


def stored(instance: Instance, *columns: str) -> Counter[tuple[str, ...]]:
    """What the private store holds of reports."""
    with sqlite3.connect(instance.store / "svar.sqlite3") as db:
        return Counter(db.execute(f"SELECT {', '.join(columns)} FROM report").fetchall())


def refused(instance: Instance, book: Book, **more: object) -> list[str]:
    with pytest.raises(ProblemsError) as caught:
        instance.run(book, **more)
    return [f"{p.code} {p.place.text()}: {p.message()}" for p in caught.value.problems]


# ---- categories ---------------------------------------------------------------------------------


def test_several_choices_in_a_cell(tiny: Instance) -> None:
    survey(tiny, "flerval: ';'\ninget: [Inget särskilt]\n")
    book = Book().safe(kategori="Klotter; Störande ljud och musik;; Inget särskilt ;")
    tiny.run(book)
    assert stored(tiny, "category") == {("skadegorelse.klotter",): 6, ("ordning.ljud",): 6}
    assert tiny.cells(FIRST)["kommun", "norrby", "alla", "", ""] == (10, 14)


def test_a_choice_that_holds_the_separator(tiny: Instance) -> None:
    """Many tools join choices with ", ", and many labels hold a comma."""
    survey(tiny, "flerval: ','\n")
    words = "Trasig utrustning, skötselbrist, Klotter, Tomma eller förfallna byggnader"
    tiny.run(Book().safe(kategori=words))
    assert set(stored(tiny, "category")) == {
        ("nedskrapning.trasig-utrustning",),
        ("skadegorelse.klotter",),
        ("otrygg-utformning.tomma-byggnader",),
    }


def test_without_separator_a_cell_is_one_choice(tiny: Instance) -> None:
    found = refused(tiny, Book().safe(kategori="Klotter;Nedskräpning"))
    assert len(found) == 6
    assert all("EST507" in text and "kolumn G" in text for text in found)


def test_own_words(tiny: Instance) -> None:
    survey(
        tiny,
        """\
varden:
  kategori: {Ritat på väggen: skadegorelse.klotter, MÖRKT: Bristande belysning}
  omrade: {Byn vid ån: ekby, Utanför byarna: hela kommunen, Skogen: Lilla Hult}
  miljo: {Backen: park}
  veckodag: {mån: måndag}
  tid: {på kvällen: kväll}
  sektor: {Skolor: skola}
  kommun: {Norrby stad: "9901"}
""",
    )
    words = {"kommun": "norrby STAD", "miljo": "backen", "veckodag": "Mån", "tid": "på kvällen"}
    book = Book().safe(kategori="ritat på väggen", omrade="byn  vid ån", **words)
    book.add("Norrby skola", kategori="Mörkt", omrade="Utanför byarna", sektor="skolor", **words)
    book.add("Norrby park", kategori="Klotter", omrade="skogen", **words)
    tiny.run(book)
    assert stored(tiny, "area", "category", "environment", "time") == {
        ("ekby", "skadegorelse.klotter", "park", "vardag-kvall"): 6,
        ("", "otrygg-utformning.belysning", "park", "vardag-kvall"): 1,
        ("asen", "skadegorelse.klotter", "park", "vardag-kvall"): 1,
    }


@pytest.mark.parametrize(
    ("line", "code", "near"),
    [
        ("kategori: {Ritat: skadegorelse.kloter}", "EST302", "skadegorelse.klotter"),
        ("sektor: {Skolor: skolan}", "EST302", "skola"),
        ("miljo: {Backen: lekplatsen}", "EST302", "lekplats"),
        ("omrade: {Byn: ekbyn}", "EST301", "ekby"),
        ("kommun: {Stan: nordby}", "EST303", "norrby"),
        ("tid: {sent: kvällen}", "EST207", "kväll"),
    ],
)
def test_own_words_that_lead_nowhere_are_found_in_the_survey(
    tiny: Instance, line: str, code: str, near: str
) -> None:
    survey(tiny, f"varden:\n  {line}\n")
    (found,) = refused(tiny, Book().safe())
    assert found.startswith(f"{code} enkat.yml rad 3, kolumn ")
    assert f"Menade du ”{near}”?" in found


def test_two_columns_under_one_heading(tiny: Instance) -> None:
    survey(tiny, "kolumner: {omrade: Var, miljo: Var}\n")
    assert refused(tiny, Book().safe())[0].startswith("EST216 enkat.yml rad 2")


def test_a_category_of_another_year_is_not_understood(tiny: Instance) -> None:
    (tiny.data / "kodlistor.yml").write_text(
        """\
format: "1"
egna_kategorier:
- {id: trafik.ny, sv: Ny fara, en: New, forald: trafik, kanslighet: oppen, fran_ar: 2028}
- {id: trafik.gammal, sv: Gammal fara, en: Old, forald: trafik, kanslighet: oppen, till_ar: 2026,
   ersatt_av: trafik.motorljud}
andringar:
  kategorier:
    stold.cykel: {aktiv: nej}
    rykten: {aktiv: nej}
""",
        encoding="utf-8",
    )
    words = ["Ny fara", "trafik.ny", "Cykel- och mopedstöld", "rykten.allman-oro", "oro-unga"]
    book = Book()
    for word in words:
        book.add("Norrby skola", kategori=word)
    found = refused(tiny, book)
    assert [text.split("”")[1] for text in found] == words
    tiny.run(Book().safe(kategori="gammal fara"))
    assert set(stored(tiny, "category")) == {("trafik.motorljud",)}


def test_nothing_to_report_is_an_answer_without_reports(tiny: Instance) -> None:
    book = Book().nothing("Norrby skola", "Norrby park", "Norrby idrott", "Norrby handel")
    book.add("Norrby polis", kategori="Inget att rapportera").add("Norrby skola", kategori="INGET")
    tiny.run(book)
    assert not stored(tiny, "area")
    text = (tiny.release(FIRST) / "deltagande.csv").read_text(encoding="utf-8")
    assert text.splitlines()[1] == "9901,alla,9,5,9"
    assert set(tiny.cells(FIRST).values()) == {None}


def test_an_organisation_counts_once_in_participation(tiny: Instance) -> None:
    tiny.run(Book().add("Norrby skola", 30).add("Norrby park", 9).nothing("Norrby idrott", "Norrby handel"))
    text = (tiny.release(FIRST) / "deltagande.csv").read_text(encoding="utf-8")
    assert text.splitlines()[1] == "9901,alla,9,,"


# ---- areas --------------------------------------------------------------------------------------


def test_merged_area_counts_in_its_neighbour(tiny: Instance) -> None:
    book = Book().add("Norrby skola", 2, omrade="Lilla Hult").add("Norrby park", 2, omrade="lilla-hult")
    book.add("Norrby handel", 2, omrade="Åsen")
    tiny.run(book)
    assert stored(tiny, "area") == {("asen",): 6}
    assert tiny.cells(FIRST)[AREA_ASEN] == (5, 9)
    assert "hult" not in (tiny.release(FIRST) / "rapporter.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("word", ["", "Hela kommunen", "Norrby", "norrby", "NORRBY"])
def test_the_whole_municipality(tiny: Instance, word: str) -> None:
    tiny.run(Book().safe(omrade=word))
    cells = tiny.cells(FIRST)
    assert cells["kommun", "norrby", "alla", "", ""] == (5, 9)
    assert cells[AREA_EKBY] is None


def test_a_small_area_named_as_its_municipality(tiny: Instance) -> None:
    """The largest place often has the name of the municipality: its reports are its own."""
    path = tiny.data / "omraden.geojson"
    text = path.read_text(encoding="utf-8").replace('"namn": "Ekby"', '"namn": "Norrby"')
    path.write_text(text, encoding="utf-8")
    tiny.run(Book().safe(omrade="Norrby").add("Norrby park", omrade="hela kommunen"))
    assert stored(tiny, "area") == {("ekby",): 6, ("",): 1}


def test_an_area_of_the_other_municipality(tiny: Instance) -> None:
    (found,) = refused(tiny, Book().safe().add("Norrby skola", omrade="Vik"))
    assert found.startswith("EST512 2026-v53-2027-v01.csv rad 8, kolumn F")
    assert "Norrby" in found


# ---- members ------------------------------------------------------------------------------------


def test_members_come_and_go(tiny: Instance) -> None:
    changes = {
        "Norrby skola": {"till": "2027-01-10"},
        "Norrby park": {"fran": "2027-01-11"},
        "Norrby handel": {"fran": "2026-12-28", "till": "2027-01-10"},
        "Norrby idrott": {"inbjuden": "nej"},
    }
    write_members(tiny, changes)
    tiny.run(Book(FIRST).add("Norrby skola").add("Norrby handel"))
    tiny.run(Book(SECOND).add("Norrby park"))
    rows = [(tiny.release(span) / "deltagande.csv").read_text().splitlines()[1] for span in (FIRST, SECOND)]
    assert [row.split(",")[2] for row in rows] == ["7", "6"]


@pytest.mark.parametrize(
    "change", [{"fran": "2026-12-29"}, {"till": "2027-01-09"}, {"inbjuden": "nej"}, {"till": "2025-01-01"}]
)
def test_an_answer_from_somebody_who_was_not_asked(tiny: Instance, change: dict[str, str]) -> None:
    write_members(tiny, {"Norrby park": change})
    (found,) = refused(tiny, Book().safe().add("Norrby park"))
    assert found.startswith("EST509 2026-v53-2027-v01.csv rad 8, kolumn C")
    assert "Norrby under vecka 53" in found


def test_area_lists_decide_which_areas_may_stand_alone(tiny: Instance) -> None:
    """R1: six organisations in three sectors that may report there."""
    names = ["Norrby skola", "Norrby förskola", "Norrby bibliotek", "Norrby fritidsgård"]
    write_members(tiny, {name: {"omraden": "ekby"} for name in names})
    (found,) = refused(tiny, Book().safe(omrade="ekby"))
    assert found.startswith("EST513 medlemmar.csv")
    assert "Åsen" in found
    assert "färre än 6 organisationer" in found
    write_members(tiny, {name: {"omraden": "ekby|lilla-hult"} for name in names})
    tiny.run(Book().safe(omrade="ekby"))


def test_one_name_in_two_municipalities(tiny: Instance) -> None:
    text = tiny.members.read_text(encoding="utf-8").replace("Söderby skola,", "Norrby skola,")
    tiny.members.write_text(text, encoding="utf-8")
    clear = Book().add("Norrby skola", kommun="Norrby").add("Norrby skola", kommun="Söderby kommun")
    tiny.run(clear)
    assert stored(tiny, "municipality") == {(NORRBY,): 1, (SODERBY,): 1}
    book = Book(SECOND).safe().add("Norrby skola", kommun="")
    (found, *_) = refused(tiny, Book(SECOND, [r.with_(kommun="") for r in book.rows]))
    assert "EST509" in found


def test_sector_and_municipality_columns_may_be_left_out(tiny: Instance) -> None:
    book = Book().safe(sektor="", kommun="", omrade="ekby")
    tiny.run(book)
    assert tiny.cells(FIRST)[AREA_EKBY] == (5, 9)


# ---- answers and periods ------------------------------------------------------------------------


def test_an_answer_in_two_periods_counts_where_each_row_arrived(tiny: Instance) -> None:
    """R6: what counts is when a report arrived, to the minute."""
    first, second = Book(FIRST).safe(omrade="ekby"), Book(SECOND).safe(omrade="ekby")
    late = {"2027-01-10 23:59": FIRST, "2027-01-11 00:00": SECOND, "2026-12-28 00:00": FIRST}
    rows = [*first.rows, *second.rows]
    rows += [first.rows[0].with_(inskickat=moment) for moment in late]
    result = tiny.run(rows, FIRST)
    assert [p.code for p in result.notes] == ["EST518"]
    assert "7 svar" in result.notes[0].message()
    tiny.run(rows, SECOND)
    assert tiny.cells(FIRST)[AREA_EKBY] == tiny.cells(SECOND)[AREA_EKBY] == (5, 9)
    counted = stored(tiny, "period")
    assert counted == {(FIRST,): 8, (SECOND,): 7}


def test_before_and_after_the_period_nothing_else_is_checked(tiny: Instance) -> None:
    """An export often holds the whole year: old words of old answers are not faults today."""
    old = Book("2026-v45-46").add("Norrby skola", kategori="Något helt annat", omrade="Där borta").rows
    tiny.run([*Book(FIRST).safe().rows, *old], FIRST)


def test_rows_of_one_answer(tiny: Instance) -> None:
    rows = [row.with_(svar_id="samma@svar") for row in Book().add("Norrby skola", 3).rows]
    tiny.run(rows, FIRST)
    with sqlite3.connect(tiny.store / "svar.sqlite3") as db:
        assert db.execute("SELECT count(*) FROM answer").fetchone() == (1,)
        assert db.execute("SELECT count(*) FROM report").fetchone() == (3,)


def test_one_answer_from_two_organisations(tiny: Instance) -> None:
    rows = [row.with_(svar_id="x1") for row in Book().add("Norrby skola").add("Norrby park").rows]
    with pytest.raises(ProblemsError, match=r"EST510 .* rad 3, kolumn A"):
        tiny.run(rows, FIRST)


@pytest.mark.parametrize(
    ("day", "part", "expected"),
    [("måndag", "natt", "vardag-natt"), ("Fredag", "eftermiddag", "vardag-eftermiddag"),
     ("fredag", "kväll", "helg-kvall"), ("lördag", "förmiddag", "helg-formiddag"),
     ("lördag", "natt", "helg-natt"), ("söndag", "eftermiddag", "helg-eftermiddag"),
     ("söndag", "kväll", "vardag-kvall"), ("söndag", "natt", "vardag-natt"),
     ("", "kväll", "okand"), ("måndag", "", "okand"), ("vet ej", "okänd", "okand"),
     ("", "Helg kväll", "helg-kvall"), ("måndag", "vardag-natt", "vardag-natt")],
)  # fmt: skip
def test_parts_of_the_week(tiny: Instance, day: str, part: str, expected: str) -> None:
    book = Book().add("Norrby skola", veckodag=day, tid=part)
    tiny.run(book)
    assert stored(tiny, "time") == {(expected,): 1}


def test_recount_agrees_on_parts_of_the_week() -> None:
    row = Row("1", "", "Norrby skola", veckodag="söndag", tid="kväll")
    assert recount._time(row) == "vardag-kvall"


# ---- municipalities that publish by themselves --------------------------------------------------


def test_faults_in_the_other_municipality_do_not_stop_mine(tiny: Instance) -> None:
    book = Book().safe(omrade="ekby").add("Söderby skola", kategori="obegripligt", omrade="ingenstans")
    assert len(refused(tiny, book)) == 2
    export = tiny.export(book.rows)
    prepare(tiny.request(FIRST, export, municipalities=(NORRBY,)))
    assert not tiny.release(FIRST, SODERBY).exists()
    with sqlite3.connect(tiny.store / "svar.sqlite3") as db:
        assert db.execute("SELECT DISTINCT municipality FROM answer").fetchall() == [(NORRBY,)]


def test_an_export_of_the_other_municipality_only(tiny: Instance) -> None:
    """Almost certainly the wrong file: a release with nobody in it is not written by mistake."""
    book = Book().add("Söderby skola", 3)
    (found,) = refused(tiny, book, municipalities=(NORRBY,))
    assert found.startswith("EST511")
