"""What the pages say of more and less than usual, against a recount of the rule from the files alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from est_build.analyse.followup import Outcome
from est_build.analyse.lines import SeriesId
from est_build.figures.verdict_text import DIRECTIONS, STATES, state_word
from est_build.pages.context import Context
from est_build.pages.usual_method import worked_example
from est_build.pages.verdicts import NOT_LOOKED_INTO, stands_out
from tests.public.conftest import BuiltSite
from tests.public.dom import tables
from tests.public.recount import DASH, Recount
from tests.public.usual import UsualRecount


@pytest.fixture(scope="module")
def context(built: BuiltSite) -> Context:
    """Return the look-ups of the example."""
    return Context(built.published)


@pytest.fixture(scope="module")
def again(built: BuiltSite, repo_root: Path) -> UsualRecount:
    """Return the tests' own reckoning."""
    return UsualRecount(Recount(built.root / "data", repo_root / "est_build/schema/lists"))


def test_every_verdict_of_every_fortnight(context: Context, again: UsualRecount) -> None:
    """Thousands of them, in three levels: the word and the range are what the method page says."""
    seen: dict[str, int] = {}
    for span in context.published.periods:
        levels = context.analysis.verdicts(span).levels
        for name in ("kommun", "omrade", "kommun_grupp"):
            for verdict in levels[name].verdicts:
                own = again.verdict(span.id, verdict.series.area, verdict.series.category)
                usual = verdict.usual
                assert state_word(usual.state) == own.word, (span.id, verdict.series)
                if own.band is not None:
                    assert usual.band is not None
                    assert (usual.band.low, usual.band.high) == own.band, (span.id, verdict.series)
                seen[own.word] = seen.get(own.word, 0) + 1
    assert seen["Inom det vanliga"] > 1_000
    assert seen["Fler än vanligt"] > 5
    assert seen["För lite underlag"] > 1_000


def test_the_signals_of_a_fortnight_stand_on_its_page(built: BuiltSite, context: Context) -> None:
    """Each of them, with its words and what was found; and how many were judged."""
    marked = 0
    for span in context.published.periods:
        page = built.page(f"/lage/{span.id}/").root
        found = stands_out(context, span)
        lists = page.by_class("markeringar")
        assert (found is not None) == ("Det som sticker ut" in page.text())
        if found is None:
            continue
        assert found.tally in page.text()
        rows = [n for part in lists for n in part.all("li")]
        assert len(rows) == len(found.marks)
        for row, mark in zip(rows, found.marks, strict=True):
            assert mark.line.text in row.text()
            assert mark.checked in row.text()
            assert mark.checked == NOT_LOOKED_INTO or mark.checked.startswith("Kontrollerad ")
            marked += 1
    assert marked >= 2


def test_a_note_of_the_coordinators_is_told(built: BuiltSite, context: Context) -> None:
    picture = context.published.texts.pictures[context.latest.id]
    assert picture.markeringar
    page = built.page("/").root.text()
    for note in picture.markeringar:
        assert note.text in page


def test_the_badge_of_each_area(built: BuiltSite, again: UsualRecount, context: Context) -> None:
    counted = again.counted
    for area in [*counted.towns, *counted.small()]:
        if counted.total(context.latest.id, area) == DASH:
            continue
        page = built.page(f"/omraden/{area}/").root
        box = page.by_class("antalruta")[0]
        words = {"Under visningsgränsen": "Visas inte"}
        said = again.verdict(context.latest.id, area).word
        assert words.get(said, said) in box.text(), area


def test_the_table_of_each_trend_tells_the_range(built: BuiltSite, again: UsualRecount) -> None:
    compared = 0
    for town in again.counted.towns:
        for table in tables(built.page(f"/omraden/{town}/").root):
            if "Bedömning" not in table.head:
                continue
            where = table.head.index("Bedömning")
            for row in table.rows:
                span = again.counted.spans_by_words[row[0]]
                if "-v" not in span:
                    continue
                own = again.verdict(span, town)
                assert row[where] == own.word, (town, row)
                band = f"{own.band[0]}–{own.band[1]}" if own.band else "–"
                assert row[where - 1].removesuffix(" (preliminärt)") == band, (town, row)
                compared += 1
    assert compared > 100


def test_the_worked_example_is_that_of_the_reference() -> None:
    """Numbers of the training case (signals.md 2.4): mean 5.4323, V 1.61896, P 0.012318; 5.2692, 0.010527."""
    example = worked_example()
    assert (example.mean, example.ratio, example.chance) == ("5,43", "1,62", "1,2")
    assert (example.plain_mean, example.plain_chance) == ("5,27", "1,1")
    assert (example.total, example.weights, example.limit) == (68, 1034, 18)


def test_the_method_page_can_be_followed_by_hand(built: BuiltSite) -> None:
    """From its own table: the expected number is (s + 0.5) w / M, V is D (1 + w / M)."""
    page = built.page("/metod/vanligt/").root
    steps = next(t for t in tables(page) if t.head[0] == "Steg")
    for column in (1, 2):
        s, m, w, mean, spread, ratio, chance, limit = (
            float(row[column].replace(",", ".").replace("\u00a0%", "")) for row in steps.rows
        )
        assert mean == pytest.approx((s + 0.5) * w / m, abs=0.01)
        assert ratio == pytest.approx(max(1, spread) * (1 + w / m), abs=0.02)
        assert chance <= limit


def test_directions_of_each_quarter(built: BuiltSite, context: Context) -> None:
    words = {pair[0] for pair in DIRECTIONS.values()} | {"För få"}
    for quarter in context.published.quarters:
        page = built.page(f"/utvardering/{quarter.id}/").root
        rows = [n for part in page.by_class("riktningar") for n in part.all("li")]
        known = [
            SeriesId("region", "region"),
            *(SeriesId("kommun", a.id) for a in context.published.municipalities),
        ]
        told = [s for s in known if context.analysis.verdict(quarter, s) is not None]
        assert len(rows) == len(told)
        for row in rows:
            assert any(word in row.text() for word in words), row.text()


def test_an_action_says_what_its_figures_say(built: BuiltSite, context: Context) -> None:
    """And speaks of the reports only where the figures say the same."""
    outcomes = set()
    for number, found in context.measured.items():
        text = built.page(f"/atgarder/{number}/").root.text()
        outcomes.add(found.outcome)
        if found.outcome is Outcome.KAN_EJ:
            assert "Vi kan inte säga om åtgärden gjorde skillnad." in text
            assert "Rapporterna har blivit färre" not in text
        if found.outcome is Outcome.BROTT:
            assert "går rapporterna inte att jämföra" in text
            assert "Rapporterna har blivit" not in text
        if found.outcome is Outcome.EJ_AN:
            assert "Med dagens antal rapporter" in text
    assert {Outcome.KAN_EJ, Outcome.BROTT, Outcome.EJ_AN} <= outcomes


def test_no_state_is_told_by_its_code(built: BuiltSite) -> None:
    """``kan_ej``, ``for_lite_underlag`` and the like are for the program."""
    codes = [s.value for s in STATES if "_" in s.value]
    for address, page in built.every():
        text = page.root.text()
        assert not [c for c in codes if c in text], address
