"""Quarters, years, fortnights without a survey, and municipalities that publish each for themselves."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from est_build.model.published import load_published
from est_build.prepare.run import prepare
from est_build.problems import ProblemsError

from . import recount
from .instance import (
    FIRST,
    NORRBY,
    SECOND,
    SODERBY,
    YEAR_2026,
    Book,
    Instance,
    Row,
    digest,
    make_instance,
)

QUARTERS = {"2026-kv1": 6, "2026-kv2": 7, "2026-kv3": 6, "2026-kv4": 7}


def page(period: str, index: int = 0) -> Book:
    """A fortnight in both municipalities; what is reported differs from one to the next."""
    book = Book(period).safe(omrade="ekby" if index % 2 else "asen")
    book.add("Norrby polis", index % 4, kategori="hot.tillrop").nothing("Norrby idrott")
    return book.add("Söderby skola", 1 + index % 3, omrade="vik").add("Söderby handel", 2, omrade="vik")


def spans(instance: Instance, town: str = NORRBY) -> set[str]:
    """Quarters and years that are published for a municipality."""
    return {p.parent.name for kind in ("kvartal", "ar") for p in (instance.data / kind).glob(f"*/{town}")}


def test_a_whole_year(tmp_path: Path) -> None:
    """All 26 fortnights of 2026, two of them without a survey: four quarters and the year."""
    instance = make_instance(tmp_path / "prov")
    rows: dict[str, list[Row]] = {}
    ends: dict[str, set[str]] = {}
    for index, period in enumerate(YEAR_2026):
        if index in (14, 15):
            prepare(instance.request(period, None))
            rows[period] = []
        else:
            book = page(period, index)
            instance.run(book)
            rows[period] = book.rows
        ends[period] = spans(instance)
    expected: set[str] = set()
    start = 0
    for quarter, size in QUARTERS.items():
        for period in YEAR_2026[start : start + size - 1]:
            assert ends[period] == expected
        expected = expected | {quarter}
        inside = YEAR_2026[start : start + size]
        if quarter == "2026-kv4":
            expected = expected | {"2026"}
        assert ends[inside[-1]] == expected
        _same(instance, quarter, "kvartal", [r for p in inside for r in rows[p]])
        start += size
    _same(instance, "2026", "ar", [r for p in YEAR_2026 for r in rows[p]])
    published = load_published(instance.data)
    assert (len(published.periods), len(published.quarters), len(published.years)) == (26, 4, 1)


def _same(instance: Instance, span: str, kind: str, rows: list[Row]) -> None:
    for town in (NORRBY, SODERBY):
        recount.agree(instance.cells(span, town), recount.release(kind, town, rows))


def test_the_order_of_fortnights_does_not_matter(tmp_path: Path) -> None:
    one, two = make_instance(tmp_path / "a" / "prov"), make_instance(tmp_path / "b" / "prov")
    for instance, periods in ((one, [FIRST, SECOND]), (two, [SECOND, FIRST])):
        for period in periods:
            instance.run(page(period))
    assert spans(one) == {"2027-kv1", "2027"}
    assert digest(one.data) == digest(two.data)


def test_fortnight_without_a_survey(tiny: Instance) -> None:
    result = prepare(tiny.request(FIRST, None))
    assert len(result.folders) == 2
    assert set(tiny.cells(FIRST).values()) == {None}
    text = (tiny.release(FIRST) / "deltagande.csv").read_text(encoding="utf-8")
    assert text == "kommun,sektor,inbjudna,svar_fran,svar_till\n9901,alla,0,,\n"
    assert "Ingen insamling" in result.report.read_text(encoding="utf-8")
    span = load_published(tiny.data).calendar.span(FIRST)
    assert span is not None
    assert not load_published(tiny.data).collected(span, NORRBY)


def test_each_municipality_for_itself_with_one_store(tiny: Instance, tmp_path: Path) -> None:
    """The same bytes as together, the quarter for each when its own fortnights are there."""
    together = make_instance(tmp_path / "b" / "prov")
    for period in (FIRST, SECOND):
        together.run(page(period))
    tiny.run(page(FIRST), municipalities=(SODERBY,))
    tiny.run(page(FIRST), municipalities=(NORRBY,))
    tiny.run(page(SECOND), municipalities=(SODERBY,))
    assert spans(tiny, SODERBY) == {"2027-kv1", "2027"}
    assert spans(tiny, NORRBY) == set()
    # The last one needs not say which: what is open is written, what is closed is left alone.
    result = tiny.run(page(SECOND))
    assert {folder.name for folder in result.folders} == {NORRBY}
    assert digest(tiny.data) == digest(together.data)
    reports = sorted(p.name for p in (tiny.store / "arbetsrapporter").iterdir())
    assert reports == [
        f"{FIRST}-{NORRBY}.html", f"{FIRST}-{SODERBY}.html",
        f"{SECOND}-{NORRBY}.html", f"{SECOND}-{SODERBY}.html",
    ]  # fmt: skip


def test_each_municipality_with_its_own_store_and_survey(tiny: Instance, tmp_path: Path) -> None:
    """Two coordinators on two computers, who share nothing but the published data."""
    together = make_instance(tmp_path / "b" / "prov")
    other = Instance(tmp_path / "annan")
    shutil.copytree(tiny.private, other.private)
    for period in (FIRST, SECOND):
        together.run(page(period))
        tiny.run(page(period), municipalities=(NORRBY,))
        request = tiny.request(period, other.export(page(period).rows), municipalities=(SODERBY,))
        prepare(
            type(request)(
                tiny.data, other.survey, other.store, period, request.export, municipalities=(SODERBY,)
            )
        )
    assert digest(tiny.data) == digest(together.data)


def test_a_quarter_is_not_written_from_a_store_that_lacks_a_fortnight(tiny: Instance) -> None:
    tiny.run(page(FIRST))
    shutil.rmtree(tiny.store)
    result = tiny.run(page(SECOND))
    assert spans(tiny) == set()
    assert {p.code for p in result.notes} == {"EST517"}
    assert all(FIRST in p.message() for p in result.notes)


def test_one_municipality_twice_is_once(tiny: Instance) -> None:
    result = tiny.run(page(FIRST), municipalities=(NORRBY, NORRBY))
    assert len(result.folders) == 1


@pytest.mark.parametrize("towns", [None, (NORRBY,), (SODERBY, NORRBY)])
def test_a_closed_fortnight_is_never_written_again(begun: Instance, towns: tuple[str, ...] | None) -> None:
    before = digest(begun.data, begun.store)
    with pytest.raises(ProblemsError) as caught:
        begun.run(page(FIRST), municipalities=towns)
    assert {p.code for p in caught.value.problems} == {"EST503"}
    assert digest(begun.data, begun.store) == before


def test_sectors_in_a_quarter(tiny: Instance) -> None:
    """Skola has three members in Söderby and stands alone; the rest are merged. Fortnights have none."""
    tiny.run(page(FIRST))
    book = page(SECOND).nothing("Söderby förskola", "Söderby särskola", "Söderby bibliotek")
    tiny.run(book.nothing("Söderby polis", "Söderby hembygd"))
    text = (tiny.release("2027-kv1", SODERBY) / "deltagande.csv").read_text(encoding="utf-8")
    assert text.splitlines()[1:] == ["9902,alla,14,5,9", "9902,skola,6,,", "9902,ovriga,8,5,9"]
    text = (tiny.release("2027-kv1", NORRBY) / "deltagande.csv").read_text(encoding="utf-8")
    assert text.splitlines()[1:] == ["9901,alla,18,5,9", "9901,ovriga,18,5,9"]
    for period in (FIRST, SECOND):
        rows = (tiny.release(period, SODERBY) / "deltagande.csv").read_text(encoding="utf-8").splitlines()
        assert len(rows) == 2


def test_working_report_is_private_and_escaped(tiny: Instance) -> None:
    bad = "<script>alert(1)</script> & co"
    text = tiny.members.read_text(encoding="utf-8").replace("Norrby park", bad)
    tiny.members.write_text(text, encoding="utf-8")
    result = tiny.run(page(FIRST))
    html = result.report.read_text(encoding="utf-8")
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in html
    assert "Får inte spridas" in html
    for path in (result.report, tiny.store / "svar.sqlite3"):
        assert path.stat().st_mode & 0o077 == 0, f"andra kan läsa {path.name}"
    assert tiny.store.stat().st_mode & 0o077 == 0
