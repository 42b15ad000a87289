"""The verdicts of the example: only from what is published, and as a careful person would write them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from est_build.analyse import protocol
from est_build.analyse.breaks import begins_after, break_days, comparable
from est_build.analyse.direction import Direction
from est_build.analyse.followup import Outcome
from est_build.analyse.lines import FORTNIGHT, QUARTER, Lines, SeriesId
from est_build.analyse.usual import State
from est_build.analyse.verdict import SpanVerdicts, Verdict
from est_build.analyse.verdicts import Analysis
from est_build.model.cell import HIDDEN, Shown
from est_build.model.published import Published, load_published
from est_build.model.span import Span
from est_build.protect.plan import CellKey


@pytest.fixture(scope="module")
def published(repo_root: Path) -> Published:
    return load_published(repo_root / "data")


@pytest.fixture(scope="module")
def analysis(published: Published) -> Analysis:
    return Analysis(published)


def at(published: Published, span_id: str) -> Span:
    span = published.calendar.span(span_id)
    assert span is not None
    return span


def every(analysis: Analysis, published: Published) -> list[tuple[Span, Verdict]]:
    return [
        (span, verdict)
        for span in published.periods
        for level in analysis.verdicts(span).levels.values()
        for verdict in level.verdicts
    ]


# ---- only what is published ----------------------------------------------------------------------


def test_same_figures_same_verdicts(published: Published, analysis: Analysis) -> None:
    """Whatever is changed beside the figures, the calendar and the breaks: the verdicts stay."""
    bare = dataclasses.replace(published.texts, pictures={}, actions={}, issues={})
    other = Analysis(dataclasses.replace(published, texts=bare, proofs=(), date=dt.date(2020, 1, 1)))
    for span in published.periods[-3:]:
        assert other.verdicts(span) == analysis.verdicts(span)


def test_what_comes_later_changes_no_verdict(published: Published, analysis: Analysis) -> None:
    cut = published.periods[70]
    kept = {k: v for k, v in published.figures.items() if at(published, k[0]).end <= cut.end}
    then = Analysis(dataclasses.replace(published, figures=kept))
    assert then.verdicts(cut) == analysis.verdicts(cut)


def test_a_figure_does_change_its_verdict(published: Published, analysis: Analysis) -> None:
    span, key = published.periods[-1], CellKey("kommun", "ystad", "alla")
    figures = published.figures[span.id, "1286"]
    for cell, state in ((Shown(300, 304), State.FLER), (Shown(5, 9), State.FARRE), (HIDDEN, State.DOLD)):
        changed = dataclasses.replace(figures, cells={**figures.cells, key: cell})
        other = dataclasses.replace(published, figures={**published.figures, (span.id, "1286"): changed})
        found = Analysis(other).verdict(span, SeriesId("kommun", "ystad"))
        assert found is not None
        assert found.usual.state is state


# ---- levels --------------------------------------------------------------------------------------


def test_every_level_is_judged(published: Published, analysis: Analysis) -> None:
    last: SpanVerdicts = analysis.verdicts(published.periods[-1])
    assert tuple(last.levels) == FORTNIGHT
    assert tuple(analysis.verdicts(published.quarters[-1]).levels) == QUARTER
    assert analysis.verdicts(published.years[-1]).levels == {}
    assert len(last.levels["kommun"].verdicts) == 5
    assert len(last.levels["omrade"].verdicts) == len(published.small_areas())
    assert all(level.level.alpha <= 0.01 for level in last.levels.values())


def test_one_level_shares_one_budget(published: Published, analysis: Analysis) -> None:
    for level in analysis.verdicts(published.quarters[11]).levels.values():
        assert level.level.alpha == min(0.01, 1 / max(1, level.level.tested))
        assert level.by_chance <= 1 + 1e-9
        assert level.judged <= level.level.tested


def test_the_region_is_the_sum_of_what_the_municipalities_published(published: Published) -> None:
    lines, span = Lines(published, "period"), published.periods[-1]
    now, known = lines.now(SeriesId("region", "region"), span), published.region_total(span)
    assert now is not None
    assert known is not None
    assert (now.count.low, now.count.high) == (known.low, known.high)


def test_a_region_with_fewer_municipalities_is_compared_with_the_same_ones(published: Published) -> None:
    span = published.periods[-1]
    less = {k: v for k, v in published.figures.items() if k != (span.id, "1264")}
    lines = Lines(dataclasses.replace(published, figures=less), "period")
    whole = Lines(published, "period")
    series = SeriesId("region", "region")
    now, before = lines.now(series, span), lines.history(series, span)[-1]
    usual = whole.history(series, span)[-1]
    assert now is not None
    assert before is not None
    assert usual is not None
    assert before.count.high < usual.count.low


def test_summer_without_collection_is_no_verdict_and_no_history(
    published: Published, analysis: Analysis
) -> None:
    series = SeriesId("kommun", "ystad")
    span = at(published, "2025-v29-30")
    found = analysis.verdict(span, series)
    assert found is not None
    assert found.usual.state is State.INGEN_INSAMLING
    later = analysis.verdict(at(published, "2025-v35-36"), series)
    assert later is not None
    assert not {"2025-v29-30", "2025-v31-32"} & set(later.usual.periods)


# ---- breaks --------------------------------------------------------------------------------------


def test_a_baseline_starts_again_at_a_break(published: Published, analysis: Analysis) -> None:
    skurup, sjobo = SeriesId("kommun", "skurup"), SeriesId("kommun", "sjobo")
    span = at(published, "2025-v17-18")  # Skurup was joined by eight organisations from week 5
    joined, beside = analysis.verdict(span, skurup), analysis.verdict(span, sjobo)
    assert joined is not None
    assert beside is not None
    assert joined.usual.periods[0] == "2025-v05-06"
    assert len(joined.usual.periods) == 6
    assert joined.usual.band is not None
    assert joined.usual.band.dashed
    assert len(beside.usual.periods) == 13


def test_which_series_a_break_concerns(published: Published) -> None:
    changes, codes = published.texts.changes, published.codes
    split, survey = dt.date(2024, 12, 30), dt.date(2026, 1, 5)
    assert break_days(changes, codes, "1286", None) == (survey,)
    assert break_days(changes, codes, "1286", "trafik") == (split, survey)
    assert break_days(changes, codes, "1286", "trafik.a-traktor") == (split, survey)
    assert break_days(changes, codes, "1286", "nedskrapning") == (survey,)
    assert dt.date(2025, 1, 27) in break_days(changes, codes, "1264", None)


def test_the_fortnight_of_a_change_is_the_first_of_the_new(published: Published) -> None:
    day = dt.date(2026, 1, 5)
    assert begins_after(at(published, "2026-v01-02"), day)
    assert not begins_after(at(published, "2025-v51-52"), day)
    assert not comparable(at(published, "2025-v51-52"), published.periods[-1], (day,))
    assert comparable(at(published, "2025-v51-52"), at(published, "2025-v51-52"), (day,))
    # A quarter in which it falls later is mixed.
    assert not begins_after(at(published, "2025-kv2"), dt.date(2025, 4, 7))


# ---- the stories ---------------------------------------------------------------------------------


def test_more_who_answer_is_not_more_of_anything(published: Published, analysis: Analysis) -> None:
    """Skurup in 2025: reports rise because participation rises, and nothing is flagged."""
    for span in published.periods:
        if dt.date(2025, 1, 27) <= span.start <= dt.date(2025, 12, 1):
            found = analysis.verdict(span, SeriesId("kommun", "skurup"))
            assert found is not None
            assert not found.usual.marked


def test_dark_walkway_in_ystad_is_flagged(published: Published, analysis: Analysis) -> None:
    last = published.periods[-1]
    found = analysis.verdict(last, SeriesId("kommun_grupp", "ystad", "otrygg-utformning"))
    assert found is not None
    assert found.usual.state is State.FLER
    assert found.season


def test_flags_are_few(published: Published, analysis: Analysis) -> None:
    marked = [v for _, v in every(analysis, published) if v.usual.marked]
    assert 10 <= len(marked) <= len(published.periods)
    assert {v.series.category for v in marked} >= {"skadegorelse", "trafik", "otrygg-utformning"}
    judged = sum(v.usual.judged for _, v in every(analysis, published))
    assert judged > 1000


def test_followed_up_actions(published: Published) -> None:
    found = {
        number: protocol.follow_up(published, action.protokoll)
        for number, action in published.texts.actions.items()
        if action.protokoll is not None
    }
    moved = found["2025-006"]
    assert (moved.outcome, moved.moved) == (Outcome.FARRE, Outcome.FLER)
    assert moved.hidden
    assert found["2026-009"].outcome is Outcome.KAN_EJ
    assert found["2024-002"].outcome is Outcome.BROTT
    waiting = found["2026-017"]
    assert waiting.outcome is Outcome.EJ_AN
    assert waiting.material is not None
    assert waiting.material.periods_after == 0


def test_trigger_periods_are_left_out_and_quarters_are_used_whole(published: Published) -> None:
    plan = published.texts.actions["2026-009"].protokoll
    assert plan is not None
    found = protocol.follow_up(published, plan)
    assert found.material is not None
    assert found.material.periods_before == 6
    assert found.material.treated.before.high - found.material.treated.before.low == 4  # one quarter's step
    # Without one fortnight the quarter cannot be used: five fortnights are too few, and wider.
    cut = protocol.follow_up(published, plan.model_copy(update={"utelamna": ("2026-v05-06",)}))
    assert cut.material is not None
    assert cut.outcome is Outcome.FOR_FA_PERIODER
    assert cut.material.periods_before == 5
    assert cut.material.treated.before.high - cut.material.treated.before.low == 20


def test_what_is_not_published_is_not_followed_up(published: Published) -> None:
    plan = published.texts.actions["2026-009"].protokoll
    assert plan is not None
    leaf = plan.model_copy(update={"kategorier": ("skadegorelse.klotter",)})
    assert protocol.follow_up(published, leaf).outcome is Outcome.EJ_PUBLICERAT


def test_a_quarter_is_compared_with_last_year_when_it_can_be(
    published: Published, analysis: Analysis
) -> None:
    series = SeriesId("kommun", "sjobo")
    early = analysis.direction(at(published, "2023-kv4"), series)
    later = analysis.direction(at(published, "2025-kv3"), series)
    after_break = analysis.direction(at(published, "2026-kv3"), series)
    assert (early.last_year, later.last_year, after_break.last_year) == (False, True, False)
    assert early.then is not None
    assert early.then.fortnights == 13 - 2  # the summer break
    assert analysis.direction(at(published, "2023-kv1"), series).direction is Direction.FOR_LITE
