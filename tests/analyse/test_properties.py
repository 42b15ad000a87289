"""What must hold whatever the numbers are. They fail if an end of an interval is read the wrong way."""

from __future__ import annotations

import dataclasses

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from est_build.analyse import negbin, usual
from est_build.analyse.between import Between, exactly
from est_build.analyse.direction import Direction, Stretch, change
from est_build.analyse.followup import Material, Outcome, Sides, follow_up
from est_build.analyse.observed import Observed, before
from est_build.analyse.rule import Rule
from est_build.analyse.share import Scope, scope_of
from est_build.analyse.spread import Pool
from est_build.analyse.usual import MARKED, Level, State
from tests.analyse.making import EXACT, MIDDLE, WIDEST, history, level, observed, rung, verdict

counts = st.lists(st.integers(0, 40), min_size=6, max_size=13)
people = st.integers(5, 120)
dispersions = st.floats(1.0, 4.0)


def of_fixed(found: usual.Usual) -> int:
    assert found.limit is not None
    return found.limit


class Fixed:
    """Verdicts with one dispersion for every series: an interval and a filling share what was published."""

    def __init__(self, dispersion: float) -> None:
        self.dispersion = dispersion

    def __call__(self, *_: object) -> float:
        return self.dispersion


def judged(now: Observed, past: list[Observed], rule: Rule, dispersion: float) -> usual.Usual:
    original = usual.of_series
    usual.of_series = Fixed(dispersion)
    try:
        return verdict(now, past, rule, level(0.01, dispersion))
    finally:
        usual.of_series = original


# ---- the distribution ----------------------------------------------------------------------------


@given(st.floats(0.01, 300), st.floats(1.0, 8.0), st.floats(1e-4, 0.2))
def test_limits_are_the_first_of_their_kind(mean: float, ratio: float, alpha: float) -> None:
    limit = negbin.upper_limit(mean, ratio, alpha)
    assert negbin.upper_tail(limit, mean, ratio) <= alpha * (1 + 1e-9)
    assert limit == 0 or negbin.upper_tail(limit - 1, mean, ratio) > alpha * (1 - 1e-9)
    lower = negbin.lower_limit(mean, ratio, alpha)
    assert lower == -1 or negbin.lower_tail(lower, mean, ratio) <= alpha * (1 + 1e-9)
    assert negbin.lower_tail(lower + 1, mean, ratio) > alpha * (1 - 1e-9)


@given(st.floats(0.1, 3000), st.floats(1.0, 8.0), st.floats(0, 2))
def test_both_tails_make_a_whole(mean: float, ratio: float, share: float) -> None:
    count = int(mean * share)
    both = negbin.lower_tail(count, mean, ratio) + negbin.upper_tail(count + 1, mean, ratio)
    assert abs(both - 1) < 1e-9


def test_far_means_have_limits_too() -> None:
    assert 4600 < negbin.lower_limit(5000, 1.0, 0.01) < 5000 < negbin.upper_limit(5000, 1.0, 0.01) < 5400


# ---- the usual range -----------------------------------------------------------------------------


@given(counts, st.data(), dispersions, people)
def test_a_limit_never_falls_when_a_count_before_rises(
    past: list[int], data: st.DataObject, dispersion: float, answers: int
) -> None:
    at = data.draw(st.integers(0, len(past) - 1))
    more = [*past[:at], past[at] + data.draw(st.integers(1, 30)), *past[at + 1 :]]
    now = observed(10, answers)
    low = judged(now, history(past), EXACT, dispersion)
    high = judged(now, history(more), EXACT, dispersion)
    assert of_fixed(high) >= of_fixed(low)
    assert high.lower >= low.lower


@given(counts, st.data(), dispersions)
def test_hidden_gives_the_limit_of_any_count_it_can_be(
    past: list[int], data: st.DataObject, dispersion: float
) -> None:
    steps = [rung(c) for c in past]
    fill = [data.draw(st.integers(s.low, s.high)) for s in steps]
    now = observed(10)
    hidden = judged(now, history(steps), WIDEST, dispersion)
    assert of_fixed(hidden) >= of_fixed(judged(now, history(fill), EXACT, dispersion))
    assert hidden.lower <= judged(now, history(fill), EXACT, dispersion).lower


@given(st.lists(st.one_of(st.none(), st.integers(0, 30)), max_size=26))
def test_a_missing_period_is_skipped_and_nothing_else(values: list[int | None]) -> None:
    rows = [None if v is None else observed(v, span=f"p{i}") for i, v in enumerate(values)]
    dropped = [r for r in rows if r is not None]
    assert before(rows, EXACT) == before(dropped, EXACT)
    assert verdict(observed(20), rows) == verdict(observed(20), dropped)


def test_periods_too_far_back_are_not_used() -> None:
    rows: list[Observed | None] = [*history([9] * 20), *([None] * 20)]
    assert len(before(rows, EXACT)) == 6
    assert before([*rows, None], EXACT) == before(rows, EXACT)[1:]


@given(counts, st.lists(people, min_size=14, max_size=14), st.integers(0, 90), dispersions)
def test_twice_the_answers_change_nothing(
    past: list[int], answers: list[int], now: int, dispersion: float
) -> None:
    n = len(past)
    once = judged(observed(now, answers[-1]), history(past, answers[:n]), EXACT, dispersion)
    twice = judged(
        observed(now, 2 * answers[-1]), history(past, [2 * a for a in answers[:n]]), EXACT, dispersion
    )
    assert (once.state, once.limit, once.lower) == (twice.state, twice.limit, twice.lower)


@st.composite
def published(draw: st.DrawFn) -> tuple[Observed, list[Observed], Observed, list[Observed]]:
    """A series as it is published, and one that may be behind it. Large jumps are common on purpose."""
    size = draw(st.sampled_from([2, 12, 40]))
    past = draw(st.lists(st.integers(0, size), min_size=6, max_size=13))
    factor = draw(st.sampled_from([0, 1, 4, 10]))
    steps = [rung(c) for c in [*past, factor * size + draw(st.integers(0, 5))]]
    answers = [rung(draw(st.integers(20, 90))) for _ in steps]
    pick = [draw(st.integers(s.low, s.high)) for s in steps]
    who = [draw(st.integers(a.low, a.high)) for a in answers]
    shown, true = history(steps, answers), history(pick, who)
    return shown[-1], shown[:-1], true[-1], true[:-1]


@settings(max_examples=400)
@given(published(), dispersions)
def test_a_signal_on_intervals_holds_for_every_filling(
    both: tuple[Observed, list[Observed], Observed, list[Observed]], dispersion: float
) -> None:
    now, past, true, behind = both
    found = judged(now, past, WIDEST, dispersion)
    if found.marked:
        exact = judged(true, behind, EXACT, dispersion)
        assert exact.marked
        assert (exact.state is State.FARRE) == (found.state is State.FARRE)


@settings(max_examples=400)
@given(published(), dispersions)
def test_a_signal_that_is_said_to_hold_does(
    both: tuple[Observed, list[Observed], Observed, list[Observed]], dispersion: float
) -> None:
    now, past, true, behind = both
    found = judged(now, past, MIDDLE, dispersion)
    if found.holds:
        assert judged(true, behind, EXACT, dispersion).marked
        assert judged(now, past, WIDEST, dispersion).marked


def test_the_two_readings_differ_and_the_properties_are_not_empty() -> None:
    past = history([rung(7)] * 13, [Between(75, 79)] * 13)
    marked = [n for n in range(5, 80) if judged(observed(rung(n), rung(77)), past, MIDDLE, 1.5).marked]
    surely = [n for n in marked if judged(observed(rung(n), rung(77)), past, MIDDLE, 1.5).holds]
    assert marked
    assert surely
    assert len(surely) < len(marked)


@given(published(), dispersions)
def test_the_band_shows_a_signal_as_a_step_outside(
    both: tuple[Observed, list[Observed], Observed, list[Observed]], dispersion: float
) -> None:
    for rule in (WIDEST, MIDDLE):
        found = judged(both[0], both[1], rule, dispersion)
        assume(found.band is not None and both[0].count.shown)
        assert found.band is not None
        count, band = both[0].count, found.band
        assert found.marked == (count.low > band.high or count.high < band.low)
        # No step lies across the edge of the band.
        assert (count.low > band.high) == (count.high > band.high)
        assert (count.low < band.low) == (count.high < band.low)


@given(published(), st.data(), dispersions)
def test_local_and_everywhere_hold_for_every_filling(
    both: tuple[Observed, list[Observed], Observed, list[Observed]], data: st.DataObject, dispersion: float
) -> None:
    now, past, true, behind = both
    rests = [rung(data.draw(st.integers(10, 90))) for _ in range(len(past) + 1)]
    inside = [exactly(data.draw(st.integers(r.low, r.high))) for r in rests]
    found = scope_of(now, rests[-1], past, rests[:-1], dispersion)
    if found is not Scope.KAN_EJ:
        assert scope_of(true, inside[-1], behind, inside[:-1], dispersion) is found


# ---- direction and follow-up ---------------------------------------------------------------------

steps = st.integers(0, 300).map(rung)


def filled(data: st.DataObject, value: Between) -> Between:
    return exactly(data.draw(st.integers(value.low, value.high)))


@settings(max_examples=400)
@given(steps, steps, st.integers(40, 400).map(rung), st.integers(40, 400).map(rung), dispersions, st.data())
def test_a_direction_holds_for_every_filling(
    y1: Between, y0: Between, e1: Between, e0: Between, dispersion: float, data: st.DataObject
) -> None:
    found = change(Stretch(y1, e1, 6), Stretch(y0, e0, 6), dispersion, 20)
    true = change(
        Stretch(filled(data, y1), filled(data, e1), 6),
        Stretch(filled(data, y0), filled(data, e0), 6),
        dispersion,
        20,
    )
    if found.direction in (Direction.OKAR, Direction.MINSKAR):
        assert true.direction is found.direction
    if found.direction is Direction.INGEN_STOR:
        assert 0.5 < true.low <= true.high < 2
    if found.direction is not Direction.FOR_LITE:
        assert found.low <= true.low <= true.high <= found.high
        assert abs(found.nearest - 1) <= abs(true.nearest - 1) + 1e-12


@settings(max_examples=400)
@given(st.lists(steps, min_size=6, max_size=6), dispersions, st.data())
def test_a_follow_up_holds_for_every_filling(
    values: list[Between], dispersion: float, data: st.DataObject
) -> None:
    def made(v: list[Between]) -> Material:
        return Material(Sides(v[0], v[1]), Sides(v[2], v[3]), 6, 7, Sides(v[4], v[5]))

    found = follow_up(made(values), dispersion)
    true = follow_up(made([filled(data, v) for v in values]), dispersion)
    if found.interval is None:
        return
    for wide, narrow in (
        (found.interval, true.interval),
        (found.expected, true.expected),
        (found.ratio, true.ratio),
        (found.difference, true.difference),
        (found.moved_interval, true.moved_interval),
    ):
        assert wide is not None
        assert narrow is not None
        assert wide.low <= narrow.low + 1e-9
        assert narrow.high <= wide.high + 1e-9
    if found.outcome in (Outcome.FARRE, Outcome.FLER):
        assert true.outcome is found.outcome
    if found.smallest_fall is not None:
        assert true.smallest_fall is not None
        assert true.smallest_fall <= found.smallest_fall


def test_both_outcomes_are_reached() -> None:
    def outcome(after: int) -> Outcome:
        compared = Sides(Between(240, 244), Between(240, 244))
        return follow_up(Material(Sides(Between(95, 99), rung(after)), compared, 6, 6)).outcome

    assert (outcome(30), outcome(95), outcome(220)) == (Outcome.FARRE, Outcome.KAN_EJ, Outcome.FLER)


# ---- each defence taken away ---------------------------------------------------------------------


def test_one_key_alone_is_not_enough() -> None:
    past = history([10] * 13)
    assert verdict(observed(40, 80), past).state is State.FLER
    grown = verdict(observed(40, 320), past)
    assert grown.state not in MARKED  # four times the answers
    assert grown.only_as_count
    fewer = verdict(observed(12, 41), past)
    assert fewer.state not in MARKED  # half the answers, the same reports


def test_fewer_needs_both_keys_too() -> None:
    past = history([40] * 13)
    assert verdict(observed(15, 80), past).state is State.FARRE
    assert verdict(observed(20, 42), past).state not in MARKED  # fewer answered, and the reports with them
    assert verdict(observed(40, 400), past).state not in MARKED  # fewer per answer, as many reports


def test_where_a_rise_is_seen() -> None:
    past, rests = history([10] * 13), [exactly(50)] * 13
    now = observed(20)
    assert scope_of(now, exactly(50), past, rests, 1.0) is Scope.LOKALT
    assert scope_of(now, exactly(100), past, rests, 1.0) is Scope.OVERALLT
    assert scope_of(now, Between(50, 100), past, rests, 1.0) is Scope.KAN_EJ
    assert scope_of(now, exactly(50), past, [Between(20, 50)] * 13, 1.0) is Scope.KAN_EJ
    assert scope_of(now, exactly(0), past, rests, 1.0) is Scope.KAN_EJ


def test_few_answers_are_not_fewer_reports() -> None:
    past = history([40] * 13)
    assert verdict(observed(5, 80), past).state is State.FARRE
    few = verdict(observed(5, 30), past)
    assert (few.state, few.reason) == (State.FOR_LITE, "fa_svar")
    assert verdict(observed(99, 39), past).state is State.FLER  # a rise is told all the same


def test_new_needs_silence_that_is_known() -> None:
    assert verdict(observed(9), history([0] * 13)).state is State.NY
    assert verdict(observed(9), history([0] * 12 + [1])).state is State.FLER
    hidden = [rung(0)] * 13
    assert verdict(observed(rung(40)), history(hidden), WIDEST).state is State.FLER


def test_the_states_without_a_level() -> None:
    past = history([20] * 13)
    assert verdict(observed(rung(2)), past).state is State.DOLD
    assert usual.judge(None, tuple(past), level(), EXACT).state is State.INGEN_INSAMLING
    assert verdict(observed(9), past[:5]).reason == "perioder"
    assert verdict(observed(9), history([1] * 13)).state is State.FLER
    assert verdict(observed(3), history([1] * 13)).reason == "fa_rapporter"
    strict = dataclasses.replace(MIDDLE, shown_share=0.5)
    half = history([rung(0)] * 7 + [rung(9)] * 6)
    assert verdict(observed(rung(99)), half, strict).reason == "dolda"
    assert verdict(observed(rung(99)), half, MIDDLE).marked
    assert verdict(observed(9), history([20] * 13, [0] * 13)).reason == "deltagande"


def test_a_short_history_is_drawn_dashed() -> None:
    assert [b.dashed for n in (6, 12, 13) if (b := verdict(observed(20), history([20] * n)).band)] == [
        True,
        True,
        False,
    ]


def test_the_budget_is_shared() -> None:
    pool = Pool(1.5, 1.5, 1)
    assert usual.level_of(pool, 5, Rule()) == Level(pool, 5, 0.01)
    assert usual.level_of(pool, 600, Rule()).alpha == 1 / 600
    assert usual.level_of(pool, 600, Rule(budget=3)).alpha == 3 / 600
