"""When nothing happens: how many signals chance gives, on exact counts and through what is published."""

from __future__ import annotations

import dataclasses
import math
import random

import pytest

from est_build.analyse.between import exactly
from est_build.analyse.observed import Observed, before
from est_build.analyse.rule import PRIVATE, PUBLIC, Rule
from est_build.analyse.usual import State, judge_level
from tests.analyse.making import draw, rung

SERIES, PERIODS = 150, 40


def world(seed: int, rule: Rule, factor: float = 1.0, dip: float = 1.0) -> tuple[float, float, float]:
    """Signals upwards and downwards per period in a level where nothing happens, and the share judged.

    Means from 0.5 to 40 per period, variance 1.5 times the mean, about 65 of 80 answer. ``factor``: the
    last count is made this many times larger. ``dip``: the share that answers in the last period, with the
    reports as usual.
    """
    chance = random.Random(seed)
    up = down = judged = 0
    for _ in range(PERIODS):
        answers = [round(65 * chance.uniform(0.85, 1.15)) for _ in range(13)] + [round(65 * dip)]
        rows = {}
        for i in range(SERIES):
            mean = math.exp(chance.uniform(math.log(0.5), math.log(40)))
            counts = [draw(chance, mean * a / 65, 1.5) for a in answers[:-1]]
            counts.append(draw(chance, mean * factor, 1.5))
            seen = [
                Observed(
                    str(t),
                    rung(c) if rule.step > 1 else exactly(c),
                    rung(a) if rule.step > 1 else exactly(a),
                )
                for t, (c, a) in enumerate(zip(counts, answers, strict=True))
            ]
            rows[i] = (seen[-1], before(seen[:-1], rule))
        _, found = judge_level(rows, rule)
        states = [u.state for u in found.values()]
        up += sum(s in (State.FLER, State.NY) for s in states)
        down += states.count(State.FARRE)
        judged += sum(u.judged for u in found.values())
    return up / PERIODS, down / PERIODS, judged / PERIODS / SERIES


@pytest.mark.parametrize("rule", [PUBLIC, dataclasses.replace(PUBLIC, shown_share=0.0)])
def test_chance_stays_within_the_budget_through_published_intervals(rule: Rule) -> None:
    up, down, judged = world(1, rule)
    assert up + down <= 1
    assert judged > 0.1  # not by refusing to judge


def test_chance_stays_within_the_budget_on_exact_counts() -> None:
    up, down, judged = world(2, Rule())
    assert up <= 1
    assert down <= 1
    assert judged > 0.3


def test_chance_stays_within_the_private_budget() -> None:
    up, down, _ = world(3, PRIVATE)
    assert up + down <= 3
    assert up > world(3, Rule())[0]


def test_few_answers_make_no_flood_of_signals() -> None:
    """Half as many answer, and the reports stay: per answer alone everything would be flagged."""
    up, _, _ = world(4, PUBLIC, dip=0.55)
    assert up <= 1


def test_without_a_budget_chance_gives_many() -> None:
    """The test above can fail: with alpha at five per cent it does."""
    loose = dataclasses.replace(PUBLIC, budget=1e9, cap=0.05)
    up, down, _ = world(1, loose)
    assert up + down > 1


def test_a_tripling_is_seen() -> None:
    up, _, _ = world(5, PUBLIC, factor=3.0)
    assert up > 0.15 * SERIES
