"""What must hold for any system: the truth fits, knowing more never widens, no question changes the next."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from est_build.protect.audit.system import INFINITY, Floats, InfeasibleError, Optimum, Solver, System, whole

from .problems import TOLERANCE, Ends, Problem, Rows, built, copied, cost_for, costs, inside, problems, unit

# ---- the truth, and knowing more ------------------------------------------------------------------


@given(problems())
def test_the_truth_is_within_all_bounds(problem: Problem) -> None:
    assert problem.fits(problem.truth)
    solver = problem.solver()
    for column, count in enumerate(problem.truth):
        low, high = solver.bounds(column)
        assert low - TOLERANCE <= count <= high + TOLERANCE
        assert low >= problem.system.low[column] - TOLERANCE
        assert high <= problem.system.high[column] + TOLERANCE


@given(problems(), st.data())
def test_knowing_one_figure_exactly_never_widens_a_bound(problem: Problem, data: st.DataObject) -> None:
    system = copied(problem.system)
    place = data.draw(st.integers(0, len(problem.truth) + len(problem.matrix) - 1))
    if place < len(problem.truth):
        system.low[place] = system.high[place] = problem.truth[place]
    else:
        row = place - len(problem.truth)
        system.row_low[row] = system.row_high[row] = (problem.matrix @ problem.truth)[row]
    before, after = problem.solver(), Solver(system)
    for column in range(len(problem.truth)):
        low, high = before.bounds(column)
        narrow_low, narrow_high = after.bounds(column)
        assert narrow_low >= low - TOLERANCE
        assert narrow_high <= high + TOLERANCE


def test_narrowing_and_widening_are_noticed() -> None:
    """Nothing above holds for want of movement: one figure of 5-9 and another in a sum of 10-14."""
    rows: Rows = [{0: 1.0, 1: 1.0}]
    assert Solver(built(rows, ([5, 0], [9, INFINITY]), ([10], [14]))).bounds(1) == (1, 9)
    assert Solver(built(rows, ([7, 0], [7, INFINITY]), ([10], [14]))).bounds(1) == (3, 7)
    assert Solver(built(rows, ([5, 0], [9, INFINITY]), ([12], [12]))).bounds(1) == (3, 7)
    assert Solver(built(rows, ([0, 0], [9, INFINITY]), ([10], [14]))).bounds(1) == (1, 14)
    assert Solver(built(rows, ([5, 0], [9, INFINITY]), ([10], [INFINITY]))).bounds(1) == (1, INFINITY)


@given(problems())
def test_bounds_are_never_narrower_than_what_whole_numbers_allow(problem: Problem) -> None:
    """Tried out one by one, without a solver: each point that fits lies within the bounds."""
    nearby = [sorted({0, max(int(n) - 1, 0), int(n), int(n) + 1, int(n) + 2}) for n in problem.truth[:5]]
    solver = problem.solver()
    bounds = [solver.bounds(column) for column in range(len(problem.truth))]
    for point in itertools.product(*nearby):
        tried = np.array([*point, *problem.truth[5:]], dtype=float)
        if problem.fits(tried):
            assert all(
                low - TOLERANCE <= n <= high + TOLERANCE for n, (low, high) in zip(tried, bounds, strict=True)
            )


# ---- a proof of each minimum that needs no solver -------------------------------------------------


@given(problems(), costs)
def test_prices_prove_the_minimum(problem: Problem, drawn: list[int]) -> None:
    """Duality: prices that fit bound the cost from below, and the point found costs just that."""
    cost = np.abs(cost_for(problem, drawn))
    found = problem.solver().minimise(cost)
    assert problem.fits(found.columns)
    assert found.value == pytest.approx(cost @ found.columns, abs=TOLERANCE)
    assert np.allclose(problem.matrix.T @ found.prices + found.column_prices, cost, atol=TOLERANCE)
    system = problem.system
    bound = _worth(found.prices, system.row_low, system.row_high)
    bound += _worth(found.column_prices, system.low, system.high)
    assert found.value == pytest.approx(bound, abs=1e-5)


def _worth(prices: Floats, low: Floats, high: Floats) -> float:
    carrying = np.abs(prices) > TOLERANCE
    return float(np.sum(np.where(prices > 0, low, high)[carrying] * prices[carrying]))


@given(problems(), st.integers(0, 5))
def test_hiding_what_carries_a_bound_takes_it_away(problem: Problem, column: int) -> None:
    """What rule R8 builds on: while a count is known to be there, some figure with a price says so."""
    system, solver = copied(problem.system), problem.solver()
    column %= len(problem.truth)
    cost = unit(problem, column)
    for _ in range(len(problem.truth) + len(problem.matrix)):
        found = solver.minimise(cost)
        if found.value <= TOLERANCE:
            break
        rows = np.nonzero(np.abs(found.prices) > TOLERANCE)[0]
        columns = np.nonzero((np.abs(found.column_prices) > TOLERANCE) & (system.low > 0))[0]
        capped = np.nonzero((found.column_prices < -TOLERANCE) & (system.high < INFINITY))[0]
        assert len(rows) + len(columns) + len(capped)
        for row in rows:
            solver.release_row(int(row))
        for released in {*columns.tolist(), *capped.tolist()}:
            solver.release_column(released)
    assert solver.minimise(cost).value <= TOLERANCE


# ---- whole numbers --------------------------------------------------------------------------------


def free_marks(low: Floats) -> st.SearchStrategy[Floats]:
    """Marks on some of the columns that may hold nothing."""
    marks = [st.booleans() if least == 0 else st.just(False) for least in low]
    return st.tuples(*marks).map(lambda drawn: np.array(drawn, dtype=float))


@settings(max_examples=60)
@given(problems(), costs, st.data())
def test_whole_points_fit(problem: Problem, drawn: list[int], data: st.DataObject) -> None:
    """Marked columns are empty; a point is found whenever there is one."""
    cost = np.abs(cost_for(problem, drawn))
    empty = data.draw(free_marks(problem.system.low))
    possible = not (problem.truth * empty).any()
    try:
        guess = problem.solver().minimise(cost, empty=empty).columns
        point = whole(problem.system, cost, guess, empty)
    except InfeasibleError:
        assert not possible
        return
    assert point.dtype == np.int64
    assert problem.fits(point.astype(float))
    assert not (point * empty).any()


def ring(least: float) -> System:
    """Three counts, each two of which add up to 1: only halves fit, unless less will do."""
    rows: Rows = [{0: 1.0, 1: 1.0}, {1: 1.0, 2: 1.0}, {0: 1.0, 2: 1.0}]
    return built(rows, ([0] * 3, [INFINITY] * 3), ([least] * 3, [1] * 3))


def test_halves_are_no_whole_numbers() -> None:
    cost, nothing = np.ones(3), np.zeros(3)
    guess = Solver(ring(1)).minimise(cost).columns
    assert guess == pytest.approx([0.5] * 3)
    with pytest.raises(InfeasibleError):
        whole(ring(1), cost, guess, nothing)
    # Where less will do there is a point, although all of the guess is halves.
    assert sorted(whole(ring(0), -cost, guess, nothing)) == [0, 0, 1]


def test_a_whole_figure_of_the_guess_may_have_to_go() -> None:
    """Halves and a nought fit, but no whole numbers with that nought: the fourth count holds it all."""
    rows: Rows = [{0: 1.0, 1: 1.0, 3: 1.0}, {1: 1.0, 2: 1.0, 3: 1.0}, {0: 1.0, 2: 1.0, 3: 1.0}]
    system = built(rows, ([0] * 4, [INFINITY] * 4), ([1] * 3, [1] * 3))
    cost, guess = np.array([0.0, 0.0, 0.0, 1.0]), np.array([0.5, 0.5, 0.5, 0.0])
    assert Solver(system).minimise(cost).columns == pytest.approx(guess)
    assert whole(system, cost, guess, np.zeros(4)).tolist() == [0, 0, 0, 1]
    with pytest.raises(InfeasibleError):
        whole(system, cost, guess, cost)


# ---- what does not fit ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "limits"),
    [
        (([0, 0], [INFINITY, INFINITY]), ([3, 4], [3, 9])),
        (([0, 0], [1, 1]), ([3, 0], [3, 9])),
        (([4, 0], [3, 9]), ([0, 0], [9, 9])),
        (([0, 0], [9, 9]), ([5, 0], [4, 9])),
    ],
)
def test_bounds_that_contradict_each_other(columns: Ends, limits: Ends) -> None:
    both: Rows = [{0: 1.0, 1: 1.0}, {0: 1.0, 1: 1.0}]
    system = built(both, columns, limits)
    for ask in _questions(system):
        with pytest.raises(InfeasibleError):
            ask()


def _questions(system: System) -> list[Callable[[], object]]:
    solver, cost = Solver(system), np.ones(2)
    return [
        lambda: solver.minimise(cost),
        lambda: solver.minimise(cost, dual=True),
        lambda: solver.bounds(0),
        lambda: whole(system, cost, np.array([0.5, 0.5]), np.zeros(2)),
    ]


def test_an_impossible_question_leaves_no_trace() -> None:
    solver = Solver(built([{0: 1.0, 1: 1.0}], ([0, 0], [4, 4]), ([5], [9])))
    assert solver.bounds(0) == (1, 4)
    with pytest.raises(InfeasibleError):
        solver.minimise(np.ones(2), empty=np.array([1.0, 0.0]))
    assert solver.bounds(0) == (1, 4)
    solver.know(np.array([5.0, 0.0]))
    with pytest.raises(InfeasibleError):
        solver.bounds(0)
    solver.know(np.array([2.0, 0.0]))
    assert solver.bounds(0) == (2, 4)
    solver.know(np.zeros(2))
    assert solver.bounds(0) == (1, 4)


@pytest.mark.parametrize("integer", [False, True])
def test_what_must_hold_something_is_never_empty(integer: bool) -> None:
    system = built([{0: 1.0, 1: 1.0}], ([5, 0], [9, INFINITY]), ([10], [14]))
    cost, empty = np.ones(2), np.array([1.0, 0.0])
    with pytest.raises(InfeasibleError):
        if integer:
            whole(system, cost, np.array([0.0, 10.5]), empty)
        else:
            Solver(system).minimise(cost, empty=empty)


def test_nothing_asked_cannot_have_been_five() -> None:
    with pytest.raises(InfeasibleError):
        Solver(built([{}], ([], []), ([5], [9]))).minimise(np.zeros(0))


def test_a_released_column_has_no_upper_bound_whatever_came_before() -> None:
    """A shown cell always has a lower bound that goes too, which hides the fault: this column has none."""
    solver = Solver(built([{0: 1.0}], ([0], [4]), ([0], [INFINITY])))
    solver.know(np.zeros(1))
    solver.release_column(0)
    assert solver.bounds(0) == (0, INFINITY)


# ---- the order of questions -----------------------------------------------------------------------


class Fresh:
    """The same questions to a solver that has been asked nothing before."""

    def __init__(self, problem: Problem) -> None:
        self.system = copied(problem.system)
        self.matrix = problem.matrix
        self.known = np.zeros(len(problem.truth))

    def low(self) -> Floats:
        return np.maximum(self.system.low, self.known)

    def now(self, empty: Floats) -> System:
        return replace(self.system, low=self.low(), high=np.where(empty > 0, 0.0, self.system.high))

    def release_column(self, column: int) -> None:
        self.system.low[column], self.system.high[column] = 0.0, INFINITY
        self.known[column] = 0.0

    def release_row(self, row: int) -> None:
        self.system.row_low[row], self.system.row_high[row] = -INFINITY, INFINITY


def answer(ask: Callable[[], Optimum]) -> Optimum | None:
    try:
        return ask()
    except InfeasibleError:
        return None


@given(problems(), st.data())
def test_what_was_asked_before_changes_no_answer(problem: Problem, data: st.DataObject) -> None:
    solver, fresh, count = problem.solver(), Fresh(problem), len(problem.truth)
    kept: list[Any] = []
    for _ in range(data.draw(st.integers(2, 12))):
        step = data.draw(st.sampled_from(["ask", "ask", "ask", "keep", "back", "know", "row", "column"]))
        if step == "keep":
            kept.append(solver.basis())
        elif step == "back" and kept:
            solver.restore(data.draw(st.sampled_from(kept)))
        elif step == "know":
            share = data.draw(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=count, max_size=count))
            fresh.known = np.floor(problem.truth * np.array(share))
            solver.know(fresh.known)
        elif step == "row" and len(problem.matrix):
            row = data.draw(st.integers(0, len(problem.matrix) - 1))
            solver.release_row(row)
            fresh.release_row(row)
        elif step == "column" and len(shown := np.nonzero(fresh.low() > 0)[0]):
            column = data.draw(st.sampled_from(shown.tolist()))
            solver.release_column(column)
            fresh.release_column(column)
        else:
            cost, dual = cost_for(problem, data.draw(costs)), data.draw(st.booleans())
            empty = data.draw(free_marks(fresh.low()))
            _same(solver, fresh, (cost, empty, dual))


def _same(solver: Solver, fresh: Fresh, question: tuple[Floats, Floats, bool]) -> None:
    cost, empty, dual = question
    system = fresh.now(empty)
    mine = answer(lambda: solver.minimise(cost, dual=dual, empty=empty))
    theirs = answer(lambda: Solver(system).minimise(cost))
    assert (mine is None) == (theirs is None)
    if mine is not None and theirs is not None:
        assert mine.value == pytest.approx(theirs.value, abs=TOLERANCE)
        assert inside(system, fresh.matrix, mine.columns)


@given(problems(), st.randoms(use_true_random=False))
def test_the_same_question_has_the_same_answer(problem: Problem, rng: Any) -> None:
    columns = list(range(len(problem.truth)))
    first = [problem.solver().bounds(column) for column in columns]
    solver = problem.solver()
    for _ in range(2):
        rng.shuffle(columns)
        for column in columns:
            assert solver.bounds(column) == pytest.approx(first[column], abs=TOLERANCE)


@given(problems())
def test_the_same_questions_in_the_same_order_give_the_same_points(problem: Problem) -> None:
    """To the last bit: a repair that follows the prices must be the same on every run."""
    first, second = (
        [solver.minimise(unit(problem, column)) for column in range(len(problem.truth))]
        for solver in (problem.solver(), problem.solver())
    )
    for one, other in zip(first, second, strict=True):
        assert one.columns.tolist() == other.columns.tolist()
        assert one.prices.tolist() == other.prices.tolist()
        assert one.column_prices.tolist() == other.column_prices.tolist()
