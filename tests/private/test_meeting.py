"""What the working report tells the meeting: who answered, what came before, what is due, what is hidden."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from est_build.load.codebook import codebook
from est_build.load.frame import load_frame
from est_build.load.span import Span
from est_build.prepare.meeting import due_actions
from est_build.prepare.run import prepare

from .instance import FIRST, NORRBY, PERIODS, SECOND, SODERBY, YEAR_2026, Book, Instance, make_instance

ENDS = PERIODS[SECOND][1]
_ACTION = """\
format: 1
id: {id}
titel: Röjd sikt
vad: Buskar tas bort så att gångvägen syns.
allman_varfor: Sikten var skymd.
omraden: [{area}]
horisont: snabb
typ: rojning
ansvarig: Norrby kommun, park
beslutad: 2026-03-02
klar_senast: {due}
"""


def rows(html: str, caption: str) -> list[list[str]]:
    """Cells of the first table with a caption, tags taken away."""
    table = html[html.index(f"<caption>{caption}") :]
    table = table[: table.index("</table>")]
    found = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    return [[re.sub(r"<[^>]+>", "", c) for c in re.findall(r"<t[hd][^>]*>.*?</t[hd]>", row)] for row in found]


def page(period: str, *, police: int, school: int) -> Book:
    """Two fortnights that differ in what police and school reported."""
    book = Book(period).safe(omrade="ekby").add("Norrby polis", police, kategori="nedskrapning.skrap")
    return book.add("Norrby skola", school, omrade="asen").nothing("Norrby idrott", "Söderby skola")


@pytest.fixture
def two(tiny: Instance) -> str:
    """Return the working report of a second fortnight."""
    tiny.run(page(FIRST, police=3, school=1))
    return tiny.run(page(SECOND, police=0 + 1, school=4)).report.read_text(encoding="utf-8")


def test_each_sector_with_what_came_before(two: str) -> None:
    table = rows(two, "Vad som kom in, och från vilka")
    assert table[0] == ["Sektor", "Inbjudna", "Svarade", "Rapporter", "Vecka 53–1"]
    by_name = {row[0]: row[1:] for row in table[1:]}
    assert by_name["Polis (känd källa)"] == ["1", "1", "1", "3"]
    school = by_name["Skola och förskola"]
    assert school[0] == "2"
    assert int(school[2]) - int(school[3]) == 3
    assert "Vård och omsorg" not in by_name


def test_each_figure_with_what_came_before_and_why_it_is_hidden(two: str) -> None:
    table = rows(two, "Exakta antal, och vad som visas")
    head = table[0]
    assert head[2:4] == ["Vecka 53–1", "Rapporter"]
    rest = {(row[0], row[1]): row for row in table[1:]}
    litter = rest["Norrby", codebook(None).label("kategorier", "nedskrapning")]
    assert litter[2:4] == ["3", "1"]
    assert litter[-2:] == ["··", "färre än 5 rapporter"]
    told = re.search(r"(\d+) av (\d+) tal visas på webbplatsen\.(.*?)</p>", two)
    assert told is not None
    hidden = sum(map(int, re.findall(r"(\d+) \(", told[3])))
    assert int(told[1]) + hidden <= int(told[2])
    assert hidden == sum(row[-1] != "" for row in table[1:])


def test_the_first_fortnight_has_nothing_to_compare_with(tiny: Instance) -> None:
    html = tiny.run(page(FIRST, police=1, school=1)).report.read_text(encoding="utf-8")
    assert {row[-1] for row in rows(html, "Vad som kom in, och från vilka")[1:]} == {"–"}


def test_a_fortnight_without_a_survey_is_passed_over(tmp_path: Path) -> None:
    instance = make_instance(tmp_path / "prov")
    first, gap, third = YEAR_2026[:3]
    instance.run(page(first, police=2, school=1))
    prepare(instance.request(gap, None))
    html = instance.run(page(third, police=1, school=1)).report.read_text(encoding="utf-8")
    table = rows(html, "Vad som kom in, och från vilka")
    assert table[0][-1] == "Vecka 1–2"
    assert {row[0]: row[-1] for row in table}["Polis (känd källa)"] == "2"


def test_twice_the_same_is_seen(tiny: Instance) -> None:
    html = tiny.run(page(FIRST, police=3, school=1)).report.read_text(encoding="utf-8")
    quality = {row[0]: row[1:] for row in rows(html, "Kvalitet i svaren")}
    same, total = map(int, quality["Rapporter som är lika en annan från samma organisation"])
    assert 0 < same < total


def act(instance: Instance, number: str, area: str, due: dt.date, more: str = "") -> None:
    """Write an action."""
    folder = instance.data / "atgarder"
    folder.mkdir(exist_ok=True)
    text = _ACTION.format(id=number, area=area, due=due) + more
    (folder / f"{number}.yml").write_text(text, encoding="utf-8")


def latest(instance: Instance) -> tuple[object, Span]:
    """The frame, and the second fortnight."""
    frame = load_frame(instance.data)
    span = frame.calendar.span(SECOND)
    assert span is not None
    return frame, span


def test_actions_that_are_due_most_urgent_first(tiny: Instance) -> None:
    tiny.run(page(FIRST, police=1, school=1))
    act(tiny, "2026-001", "ekby", ENDS + dt.timedelta(days=20))
    act(tiny, "2026-002", "asen", ENDS - dt.timedelta(days=30), "forsenad_varfor: Vi väntar på delar.\n")
    act(tiny, "2026-003", "ekby", ENDS + dt.timedelta(days=200))
    act(tiny, "2026-004", "vik", ENDS - dt.timedelta(days=9), "forsenad_varfor: Vi väntar på delar.\n")
    html = tiny.run(page(SECOND, police=1, school=1), municipalities=(NORRBY,)).report.read_text(
        encoding="utf-8"
    )
    part = html[html.index("Åtgärder att ta upp") : html.index("<h2>Norrby")]
    assert re.findall(r"2026-00\d", part) == ["2026-002", "2026-001"]
    assert "Försenad, skulle vara klar" in part
    assert "Ska vara klar" in part


def test_proposals_and_calm_actions_are_no_news(tiny: Instance) -> None:
    act(tiny, "2026-003", "ekby", ENDS + dt.timedelta(days=200))
    frame, span = latest(tiny)
    assert due_actions(frame, span, [NORRBY, SODERBY]) == ()


def test_broken_texts_are_said_and_stop_no_figures(tiny: Instance) -> None:
    tiny.run(page(FIRST, police=1, school=1))
    act(tiny, "2026-001", "finns-inte", ENDS)
    result = tiny.run(page(SECOND, police=1, school=1))
    assert "Åtgärderna går inte att läsa" in result.report.read_text(encoding="utf-8")


def test_what_is_left_to_do_is_ticked_on_paper(two: str) -> None:
    part = two[two.index("Innan ni publicerar") :]
    assert part.count("<li>") >= 6
    assert "est-build check" in part
