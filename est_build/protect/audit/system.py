"""Linear systems with bounds, and the least or greatest value that fits them (HiGHS)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import highspy
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
TOLERANCE = 1e-6
INFINITY = highspy.kHighsInf
DUAL, PRIMAL = 1, 4
"""Simplex strategies of HiGHS."""
GAP = 0.1
"""A world that empties nearly as many boxes as can be is as good as the best, and much cheaper."""


class InfeasibleError(Exception):
    """Nothing fits: the bounds contradict each other."""


@dataclass
class Entries:
    """Entries of a sparse matrix, gathered piece by piece."""

    rows: list[Ints] = field(default_factory=list)
    columns: list[Ints] = field(default_factory=list)
    values: list[Floats] = field(default_factory=list)

    def add(self, rows: Ints, columns: Ints, value: float) -> None:
        """Entries that all have the same ``value``."""
        self.rows.append(np.asarray(rows, dtype=np.int64))
        self.columns.append(np.asarray(columns, dtype=np.int64))
        self.values.append(np.full(len(self.rows[-1]), value))


@dataclass(frozen=True, slots=True)
class System:
    """``row_low <= A x <= row_high`` and ``low <= x <= high``, with A in compressed columns."""

    low: Floats
    high: Floats
    row_low: Floats
    row_high: Floats
    start: npt.NDArray[np.int32]
    index: npt.NDArray[np.int32]
    value: Floats


@dataclass(frozen=True, slots=True)
class Optimum:
    """A point that fits, with the least value asked for, and its prices (dual values)."""

    value: float
    columns: Floats
    prices: Floats
    """Of each row: not 0 where the row carries the bound."""
    column_prices: Floats


def build_system(columns: tuple[Floats, Floats], rows: tuple[Floats, Floats], entries: Entries) -> System:
    """A system from bounds (low, high) of columns and of rows, and the entries of its matrix."""
    empty = [np.zeros(0, dtype=np.int64)]
    row, col = np.concatenate(entries.rows or empty), np.concatenate(entries.columns or empty)
    value = np.concatenate(entries.values or [np.zeros(0)])
    order = np.lexsort((row, col))
    counts = np.bincount(col, minlength=len(columns[0]))
    start = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    return System(*columns, *rows, start, row[order].astype(np.int32), value[order])


class Solver:
    """One system, asked many times. Deterministic: one thread, a fixed seed, no time limit.

    The last basis is kept between questions. When only the cost has changed the last point still
    fits, and the primal simplex method goes on from it: some thirty times faster than the dual one.
    """

    def __init__(self, system: System, *, integer: bool = False) -> None:
        self.system = system
        self._low, self._high = system.low.copy(), system.high.copy()
        self._row_low = system.row_low.copy()
        self._released: set[int] = set()
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(system.low), len(system.row_low)
        lp.col_cost_ = np.zeros(len(system.low))
        lp.col_lower_, lp.col_upper_ = system.low, system.high
        lp.row_lower_, lp.row_upper_ = system.row_low, system.row_high
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_, lp.a_matrix_.index_ = system.start, system.index
        lp.a_matrix_.value_ = system.value
        if integer:
            # Integrality must be part of the model that is passed, not changed afterwards.
            lp.integrality_ = [highspy.HighsVarType.kInteger] * len(system.low)
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]
        options = {"output_flag": False, "threads": 1, "random_seed": 1, "mip_rel_gap": GAP}
        for option, value in options.items():
            self._highs.setOptionValue(option, value)
        self._highs.passModel(lp)

    def know(self, known: Floats) -> None:
        """This mass of each column is known to be there: nothing below it fits."""
        self._bound(np.maximum(self.system.low, known), self.system.high)

    def demand(self, low: Floats) -> None:
        """Raise the lower bounds of rows, for one attacker; those of the system are the least."""
        wanted = np.maximum(self.system.row_low, low)
        for row in np.nonzero(wanted != self._row_low)[0]:
            if int(row) not in self._released:
                self._highs.changeRowBounds(int(row), float(wanted[row]), float(self.system.row_high[row]))
        self._row_low = wanted

    def sums(self, columns: Floats) -> Floats:
        """What each row adds up to for a point."""
        found = np.zeros(len(self.system.row_low))
        where = np.repeat(np.arange(len(columns)), np.diff(self.system.start))
        np.add.at(found, self.system.index, self.system.value * columns[where])
        return found

    def _bound(self, low: Floats, high: Floats) -> None:
        changed = np.nonzero((low != self._low) | (high != self._high))[0].astype(np.int32)
        self._highs.changeColsBounds(len(changed), changed, low[changed], high[changed])
        self._low, self._high = low.copy(), high.copy()

    def release_row(self, row: int) -> None:
        """Take away the bounds of a row: a cell that was to be published is hidden."""
        self._released.add(row)
        self._highs.changeRowBounds(row, -INFINITY, INFINITY)

    def release_column(self, column: int) -> None:
        """Take away the bounds of a column, but for being a count."""
        self.system.low[column], self.system.high[column] = 0.0, INFINITY
        self._bound(np.where(np.arange(len(self._low)) == column, 0.0, self._low), self.system.high)

    def basis(self) -> highspy.HighsBasis:
        """Where the simplex method stands, for :meth:`restore`."""
        return self._highs.getBasis()

    def restore(self, basis: highspy.HighsBasis) -> None:
        """Go back to a place that was kept."""
        self._highs.setBasis(basis)

    def minimise(self, cost: Floats, *, dual: bool = False, empty: Floats | None = None) -> Optimum:
        """The least ``cost @ x``; columns with a mark in ``empty`` hold nothing.

        ``dual``: use the dual simplex method, better when bounds have changed and the cost has not.
        Raises :class:`InfeasibleError` if nothing fits at all.
        """
        bounds = self._low, self._high
        if empty is not None and empty.any():
            self._bound(self._low, np.where(empty > 0, 0.0, self._high))
        try:
            return self._minimise(cost, dual)
        finally:
            self._bound(*bounds)

    def _minimise(self, cost: Floats, dual: bool) -> Optimum:
        count = len(cost)
        if not count:  # nobody was asked: there is nothing to solve, which HiGHS counts as a failure
            if (self.system.row_low > 0).any() or (self.system.row_high < 0).any():
                raise InfeasibleError("rows without columns")
            return Optimum(0.0, cost, np.zeros(len(self.system.row_low)), cost)
        self._highs.setOptionValue("simplex_strategy", DUAL if dual else PRIMAL)
        self._highs.changeColsCost(count, np.arange(count, dtype=np.int32), cost)
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise InfeasibleError(str(self._highs.getModelStatus()))
        solution = self._highs.getSolution()
        columns = np.array(solution.col_value)
        prices, column_prices = np.array(solution.row_dual), np.array(solution.col_dual)
        return Optimum(float(cost @ columns), columns, prices, column_prices)

    def bounds(self, column: int) -> tuple[float, float]:
        """The feasibility interval of one column: what an attacker can tell of it.

        The upper end is infinite when nothing bounds it.
        """
        cost = np.zeros(len(self.system.low))
        cost[column] = 1.0
        least = self.minimise(cost).value
        try:
            most = -self.minimise(-cost).value
        except InfeasibleError:  # HiGHS may say "unbounded or infeasible", and a least value was found
            most = float("inf")
        return least, most


def whole(system: System, cost: Floats, guess: Floats, empty: Floats) -> Ints:
    """A whole-number point near ``guess``, which fits and may have fractions.

    Tried first with everything fixed that is whole already, then with what is nought in the guess
    fixed at nought, at last with nothing fixed: the first two are small programmes. Columns with a
    mark in ``empty`` hold nothing. Raises :class:`InfeasibleError` if no whole-number point fits.
    """
    if ((empty > 0) & (system.low > 0)).any():
        raise InfeasibleError("a column must be empty and must not")
    rounded = np.rint(guess)
    near = np.abs(guess - rounded) < TOLERANCE
    if near.all():
        return rounded.astype(np.int64)
    for fixed in (near, near & (rounded == 0), np.zeros_like(near)):
        fixed = fixed | (empty > 0)
        low, high = np.where(fixed, rounded, system.low), np.where(fixed, rounded, system.high)
        try:
            point = Solver(replace(system, low=low, high=high), integer=True).minimise(cost)
        except InfeasibleError:
            continue
        return np.rint(point.columns).astype(np.int64)
    raise InfeasibleError("no whole-number point fits")
