"""The list to go through: what stands out on exact counts, in the private report and nowhere else."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from est_build.load.frame import load_frame
from est_build.model.cell import HIDDEN, Shown
from est_build.prepare import checklist, exact
from est_build.prepare.checklist import CheckList, check_list
from est_build.prepare.release import draft_releases
from est_build.prepare.store import Store
from est_build.problems import ProblemsError
from est_build.schema.picture import MarkNote

from . import walk
from .instance import NORRBY, SODERBY, YEAR_2026, Book, Instance, make_instance

CALM = 7
NOW = YEAR_2026[CALM]
GIVERS = ("Norrby skola", "Norrby bibliotek", "Norrby handel", "Norrby bostäder", "Norrby park")


def book(period: str, ekby: int = 2, asen: int = 1) -> Book:
    """So many reports from each of five organisations in two areas; all the others answer as well."""
    made = Book(period)
    for name in GIVERS:
        made.add(name, ekby, omrade="ekby").add(name, asen, omrade="asen", kategori="nedskrapning.skrap")
    made.nothing("Norrby förskola", "Norrby fritidsgård", "Norrby polis", "Norrby idrott")
    return made.nothing("Söderby skola", "Söderby bibliotek", "Söderby handel")


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """Seven fortnights in which nothing happens."""
    instance = make_instance(tmp_path_factory.mktemp("lugn") / "prov")
    for i, period in enumerate(YEAR_2026[:CALM]):
        instance.run(book(period, asen=1 + i % 2))
    return instance


@pytest.fixture
def ready(calm: Instance, tmp_path: Path) -> Instance:
    """A copy of the calm instance, ready for the eighth fortnight."""
    shutil.copytree(calm.root, tmp_path / "prov")
    return Instance(tmp_path / "prov")


def report(instance: Instance, made: Book, **more: object) -> str:
    """The working report that a run writes, on one line."""
    return re.sub(r"\s+", " ", instance.run(made, **more).report.read_text(encoding="utf-8"))


def listed(instance: Instance, period: str = NOW, towns: tuple[str, ...] = (NORRBY, SODERBY)) -> CheckList:
    """The list for a fortnight that is in the store."""
    frame = load_frame(instance.data)
    span = frame.calendar.span(period)
    assert span is not None
    store = Store(instance.store)
    drafts = draft_releases(frame, store, span, towns, {})
    found = check_list(frame, store, span, drafts)
    store.close()
    return found


def items(found: CheckList) -> Mapping[tuple[str, str], checklist.Item]:
    return {(i.where, i.what): i for i in found.items}


def test_a_clear_rise_is_listed_with_all_that_is_needed(ready: Instance) -> None:
    text = report(ready, book(NOW, ekby=9))
    assert "Ekby, Norrby, alla rapporter: Fler än vanligt." in text
    assert "45 rapporter. Vanligt spann är 3–19. Ökningen syns även räknat per svar." in text
    assert "Räknat per svar: 10,1 är väntat, 20 eller fler är ovanligt." in text
    assert "Som antal: 10,1 är väntat, 20 eller fler är ovanligt." in text
    assert "På webbplatsen: markeras som ”Fler än vanligt”." in text
    assert "- {omrade: ekby, kontrollerad: ÅÅÅÅ-MM-DD, text: …}" in text
    assert "- {omrade: norrby, kategori: skadegorelse, kontrollerad: ÅÅÅÅ-MM-DD, text: …}" in text
    assert "Inget sticker ut" not in text
    found = items(listed(ready))
    assert ("Norrby", "alla rapporter") in found
    assert ("Hela nätverket", "alla rapporter") in found
    assert ("Åsen, Norrby", "alla rapporter") not in found
    ekby = found["Ekby, Norrby", "alla rapporter"]
    assert "Ökningen är större än i resten av kommunen." in ekby.notes
    assert "Spannet är preliminärt: det bygger på 7 perioder." in ekby.notes


def test_the_line_is_a_note_that_the_site_takes(ready: Instance) -> None:
    report(ready, book(NOW, ekby=9))
    for item in listed(ready).items:
        (row,) = yaml.safe_load(item.yaml)
        with pytest.raises(ValueError, match="kontrollerad"):
            MarkNote.model_validate(row)
        note = MarkNote.model_validate({**row, "kontrollerad": dt.date(2026, 5, 1)})
        assert (note.omrade is None) == (item.where == "Hela nätverket")


def test_a_calm_fortnight_says_so(ready: Instance) -> None:
    text = report(ready, book(NOW))
    assert "<p>Inget sticker ut. Denna period: ingen markering av" in text
    assert "kontrollerad:" not in text


def test_too_short_a_history_says_so(tiny: Instance) -> None:
    for period in YEAR_2026[:2]:
        tiny.run(book(period))
    text = report(tiny, book(YEAR_2026[2], ekby=9))
    assert "Inget gick att bedöma. Det finns bara 2 perioder att jämföra med. Minst 6 behövs." in text
    assert "kontrollerad:" not in text


def test_no_collection_says_so(ready: Instance) -> None:
    result = ready.run([], NOW, collected=False)
    assert "<p>Ingen insamling.</p>" in result.report.read_text(encoding="utf-8")


def test_a_fortnight_without_collection_is_skipped(ready: Instance) -> None:
    ready.run([], NOW, collected=False)
    later = YEAR_2026[CALM + 1]
    report(ready, book(later, ekby=9))
    ekby = items(listed(ready, later))["Ekby, Norrby", "alla rapporter"]
    assert "Spannet är preliminärt: det bygger på 7 perioder." in ekby.notes


def test_what_the_site_does_not_mark_gets_no_line(ready: Instance) -> None:
    """One organisation gives all of a rise: the exact counts see it, the site shows nothing."""
    made = book(NOW, ekby=0).add("Norrby skola", 50, omrade="ekby")
    text = report(ready, made)
    ekby = items(listed(ready))["Ekby, Norrby", "alla rapporter"]
    assert ekby.site == "På webbplatsen: ingen markering. Under visningsgränsen. Det kan vara noll."
    assert ekby.yaml == ""
    assert "omrade: ekby" not in text
    assert "Skriv ingen anteckning" in text


def test_a_break_ends_the_comparison(ready: Instance) -> None:
    content = ready.root / "content"
    content.mkdir()
    start = load_frame(ready.data).calendar.span(NOW)
    assert start is not None
    (content / "andringar.yml").write_text(
        f'format: "1"\nandringar:\n- {{datum: {start.start}, kort: ny enkät, vad: Ny enkät., '
        "varfor: Bättre frågor., bryter: ja}\n",
        encoding="utf-8",
    )
    text = report(ready, book(NOW, ekby=9))
    assert "Det finns inga perioder att jämföra med." in text
    assert "kontrollerad:" not in text


def test_a_file_of_breaks_that_cannot_be_read_stops_the_run(ready: Instance) -> None:
    content = ready.root / "content"
    content.mkdir()
    (content / "andringar.yml").write_text('format: "1"\nandringar: [{datum: snart}]\n', encoding="utf-8")
    with pytest.raises(ProblemsError):
        ready.run(book(NOW))
    assert not ready.release(NOW).exists()


def test_one_municipality_alone_has_no_sum(ready: Instance) -> None:
    text = report(ready, book(NOW, ekby=9), municipalities=(NORRBY,))
    assert "Ekby, Norrby" in text
    assert "Hela nätverket" not in text


# ---- the counts ----------------------------------------------------------------------------------


def test_the_counts_are_those_of_the_releases(ready: Instance) -> None:
    """Counted in one pass for many fortnights, and yet the same as what each release rests on."""
    made = book(NOW).add("Söderby skola", 3, omrade="vik", kategori="positivt.lugnt").add("Norrby polis", 2)
    ready.run(made.add("Norrby idrott", 1, omrade="lilla-hult", kategori="hot.tillrop"))
    frame = load_frame(ready.data)
    span = frame.calendar.span(NOW)
    assert span is not None
    store = Store(ready.store)
    found = exact.exact(frame, store, exact.window(frame, span, 20), [NORRBY, SODERBY])
    for period in found.calendar.periods:
        for draft in draft_releases(frame, store, period, [NORRBY, SODERBY], {}):
            seen = found.figures[period.id, draft.municipality]
            counts = {c.key: Shown(c.evidence.reports, c.evidence.reports) for c in draft.cells}
            assert seen.cells == counts
            people = next(s for s in draft.sectors if s.id == "alla")
            assert seen.participation["alla"].invited == people.invited
            assert seen.participation["alla"].answered == Shown(people.answered, people.answered)
    store.close()


def test_the_published_side_is_what_is_published(ready: Instance) -> None:
    ready.run(book(NOW))
    frame = load_frame(ready.data)
    span = frame.calendar.span(NOW)
    assert span is not None
    store = Store(ready.store)
    drafts = draft_releases(frame, store, span, [NORRBY], {})
    store.close()
    found = exact.public(frame, exact.window(frame, span, 3), drafts)
    assert len(found.figures) == 4
    for (period, town), figures in found.figures.items():
        shown = {tuple(k): HIDDEN if v is None else Shown(*v) for k, v in ready.cells(period, town).items()}
        assert {tuple(k): v for k, v in figures.cells.items()} == shown


# ---- nothing of it goes out ----------------------------------------------------------------------


def test_the_list_changes_nothing_that_is_published(
    ready: Instance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With and without the list: the same bytes; and no word of it outside the store."""
    twin = Instance(tmp_path / "utan")
    shutil.copytree(ready.root, twin.root)
    ready.run(book(NOW, ekby=9))
    monkeypatch.setattr("est_build.prepare.report.check_list", lambda *_: CheckList((), ()))
    twin.run(book(NOW, ekby=9))
    every = [dict(walk.files(instance.data)) for instance in (ready, twin)]
    assert every[0] == every[1]
    assert walk.data_faults(ready.data) == []
    assert walk.found(ready.data, ["Fler än vanligt", "Att gå igenom", "kontrollerad"]) == []
