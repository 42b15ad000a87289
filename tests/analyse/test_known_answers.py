"""Numbers that nobody here worked out: R, and the papers (``../shared/reference/signals``)."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from est_build.analyse import negbin, spread, usual, wdd
from est_build.analyse.between import exactly
from est_build.analyse.followup import Sides, ratio_interval
from est_build.analyse.rule import Rule
from est_build.analyse.usual import State
from tests.analyse.making import history, level, observed, verdict

Need = Callable[[str], Path]
COUNTS = [4, 6, 5, 3, 7, 5, 6, 4, 5, 8, 5, 4, 6]
ANSWERS = [80, 78, 82, 75, 85, 79, 80, 77, 76, 83, 81, 78, 80]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def fixed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[float], None]]:
    """Hold the dispersion of every series at one value."""

    def hold(dispersion: float) -> None:
        monkeypatch.setattr(usual, "of_series", lambda *_: dispersion)

    yield hold


# ---- (a) algo.bayes ------------------------------------------------------------------------------


def test_limits_equal_those_of_algo_bayes(need_shared: Need, fixed: Callable[[float], None]) -> None:
    folder = need_shared("reference/signals/surveillance")
    counts = {n: [int(r["observed"]) for r in rows(folder / f"{n}.csv")] for n in ("k1", "m1")}
    fixed(1.0)
    checked = 0
    for row in rows(folder / "expected_bayes.csv"):
        if row["b"] != "0" or row["actY"] != "TRUE":
            continue
        t, window = int(row["t"]), int(row["w"])
        series = counts[row["series"]]
        past = series[t - 1 - window : t - 1]
        rule = Rule(floor=0, shortest=1, longest=window)
        found = verdict(observed(series[t - 1]), history(past), rule, level(float(row["alpha"]), 1.0))
        assert found.limit is not None
        # R takes the smallest bound with P(Y <= bound) >= 1 - alpha, and warns above it.
        assert found.limit - 1 == int(row["upperbound"]), row
        assert (series[t - 1] > int(row["upperbound"])) == (row["alarm"] == "1")
        checked += 1
    assert checked >= 400


def test_tails_equal_those_of_base_r(need_shared: Need) -> None:
    checked = 0
    for row in rows(need_shared("reference/signals/surveillance/expected_base_r.csv")):
        values = {k: float(v) for k, v in re.findall(r"(\w+)=([\d.]+)", row["args"])}
        if row["fn"].startswith("P(Y>=y)"):
            k = values["m"] / values["M"]
            tail = negbin.upper_tail(int(values["y"]), (values["s"] + 0.5) * k, 1 + k)
            assert math.isclose(tail, float(row["value"]), rel_tol=1e-11)
            checked += 1
        if row["fn"].startswith("qnbinom"):
            k = 1 / values["M"]
            # The smallest count with P(Y <= count) >= 1 - alpha lies one below the limit.
            limit = negbin.upper_limit((values["s"] + 0.5) * k, 1 + k, values["a"] * (1 - 1e-12))
            assert limit - 1 == int(row["value"]), row
            checked += 1
    assert checked >= 15


# ---- (b) poisson.test ----------------------------------------------------------------------------


def test_the_ratio_interval_lies_inside_the_exact_one(need_shared: Need) -> None:
    """The exact interval is wider, and both lie around the same ratio."""
    found = {r["fn"]: float(r["value"]) for r in rows(
        need_shared("reference/signals/surveillance/expected_base_r.csv")
    ) if r["fn"].startswith("...")}  # fmt: skip
    t1, t0, e1, e0 = 11, 23, 800, 3000
    ratio = (t1 + 0.5) / e1 / ((t0 + 0.5) / e0)
    width = math.exp(1.959964 * math.sqrt(1 / (t1 + 0.5) + 1 / (t0 + 0.5)))
    assert found["... ratio lo"] < ratio / width < found["... ratio"] < ratio * width < found["... ratio hi"]
    # With endless comparison areas the ratio of ratios is the same ratio, at 90 per cent narrower still.
    ends = ratio_interval(
        Sides(exactly(t0), exactly(t1)), Sides(exactly(e0 * 10**6), exactly(e1 * 10**6)), 1.0
    )
    assert math.isclose(math.sqrt(ends.low * ends.high), ratio, rel_tol=1e-3)
    assert ratio / width < ends.low < ends.high < ratio * width


# ---- (c) weighted displacement difference --------------------------------------------------------


def test_displacement_difference(need_shared: Need) -> None:
    checked = 0
    for row in rows(need_shared("reference/signals/wdd/expected_wdd.csv")):
        n = {k: float(v) for k, v in row.items() if k not in ("id", "source") and v}

        def pair(name: str, values: dict[str, float] = n) -> wdd.Pair:
            return wdd.Pair(values[f"{name}_pre"], values[f"{name}_post"], values[f"aw_{name}"])

        design = wdd.Design(
            pair("treated"), pair("control"), pair("dtreated"), pair("dcontrol"), n["tw_pre"], n["tw_post"]
        )
        found = wdd.difference(design)
        assert math.isclose(found.estimate, n["est_total"], abs_tol=1e-6), row["id"]
        if "se_total" in n:
            assert math.isclose(found.error, n["se_total"], rel_tol=2e-3), row["id"]
            checked += 1
        if "low" in n:
            low, high = found.interval(1.959964 if n["alpha"] == 0.05 else 1.644854)
            digits = 0.5 if row["id"].startswith("paper") else 1e-4
            assert abs(low - n["low"]) <= digits, row["id"]
            assert abs(high - n["high"]) <= digits, row["id"]
    assert checked >= 4


def test_dispersion_widens_the_difference() -> None:
    design = wdd.Design(wdd.Pair(20, 10), wdd.Pair(20, 20))
    assert math.isclose(wdd.difference(design, 4.0).error, 2 * wdd.difference(design).error)
    assert wdd.difference(design, 0.25).error == wdd.difference(design).error  # never below chance alone


# ---- (d) the worked case (signals.md 2.4) --------------------------------------------------------


def test_the_worked_case(fixed: Callable[[float], None]) -> None:
    fixed(1.5)
    at = level(1 / 600, 1.5, 600)
    found = verdict(observed(14, 82), history(COUNTS, ANSWERS), at=at)
    per_answer, plain = found.up
    assert (per_answer.total, per_answer.weights) == (68, 1034)
    assert round(per_answer.mean, 4) == 5.4323
    assert round(per_answer.ratio, 5) == 1.61896
    assert round(per_answer.p, 6) == 0.012318
    assert round(plain.mean, 4) == 5.2692
    assert round(plain.p, 6) == 0.010527
    assert found.limit == 18
    assert not found.marked
    assert verdict(observed(17, 82), history(COUNTS, ANSWERS), at=at).marked is False
    assert verdict(observed(18, 82), history(COUNTS, ANSWERS), at=at).state is State.FLER
    more_answers = verdict(observed(14, 110), history(COUNTS, ANSWERS), at=at)
    assert more_answers.up[0].limit == 21


@pytest.mark.parametrize(
    ("mean", "first", "first_600"),
    [(0, 5, 5), (0.5, 5, 7), (1, 6, 8), (2, 9, 11), (5, 14, 17), (10, 22, 26), (20, 36, 41)],
)
def test_the_first_count_that_signals(
    mean: float, first: int, first_600: int, fixed: Callable[[float], None]
) -> None:
    """The table of 2.4: mean before, limit at alpha 0.01 and 1/600, dispersion 1.5."""
    fixed(1.5)
    total = mean * 13
    counts = [int(total // 13) + (i < total % 13) for i in range(13)]
    for alpha, wanted in ((0.01, first), (1 / 600, first_600)):
        found = verdict(observed(0), history(counts), at=level(alpha)).limit
        assert found is not None
        assert abs(found - wanted) <= 1, (mean, alpha)


# ---- dispersion ----------------------------------------------------------------------------------


def test_dispersion_by_hand() -> None:
    past = history([10, 0, 10, 0, 10, 0, 10, 0])
    # mu = 5: each term is 25/5 = 5, eight of them 40.
    assert spread.pearson([10, 0] * 4, [1] * 8) == 40
    rule = Rule()
    pool = spread.pool([past], rule)
    assert math.isclose(pool.plain, (40 + 1.5 * 50) / (7 + 50))
    assert math.isclose(spread.of_series(past, "antal", pool, rule), (40 + 13 * pool.plain) / (7 + 13))
    even = history([5] * 8)
    assert spread.of_series(even, "antal", spread.Pool(1.0, 1.0, 1), rule) == 1.0
