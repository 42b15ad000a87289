from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from est_build.figures.text import (
    capital,
    cell_text,
    cell_words,
    decimal,
    interval,
    number,
    participation_count,
    participation_sum_count,
    participation_sum_words,
    participation_words,
    point_text,
    point_words,
    share_cell,
    share_words,
    sum_text,
    swedish_key,
    tenths,
)
from est_build.model.cell import HIDDEN, Shown, Sum
from est_build.model.series import Participation, Point
from tests.theme import sample

SPAN = sample.fortnight(100)


def test_numbers_are_written_the_swedish_way() -> None:
    assert number(5) == "5"
    assert number(1234567) == "1\u202f234\u202f567"
    assert decimal(1234.5) == "1\u202f234,5"
    assert decimal(2, 0) == "2"
    assert interval(5, 9) == "5–9"
    assert interval(7, 7) == "7"
    assert capital("åtta av tio") == "Åtta av tio"
    assert capital("") == ""


def test_cells() -> None:
    assert cell_text(Shown(35, 39)) == "35–39"
    assert cell_text(HIDDEN) == "··"
    assert cell_text(None) == "–"
    assert cell_words(Shown(1000, 1004)) == "1\u202f000–1\u202f004 rapporter"
    assert cell_words(HIDDEN) == "under visningsgränsen"
    assert cell_words(None) == "ingen uppgift"


@pytest.mark.parametrize(
    ("point", "short", "long"),
    [
        (Point(SPAN, Shown(5, 9), Participation(82, Shown(60, 64))), "5–9", "5–9 rapporter"),
        (Point(SPAN, HIDDEN, Participation(82, HIDDEN)), "··", "under visningsgränsen"),
        (Point(SPAN, None, Participation(0, HIDDEN)), "ingen insamling", "ingen insamling"),
        (Point(SPAN, HIDDEN, Participation(0, HIDDEN)), "ingen insamling", "ingen insamling"),
        (Point(SPAN, None, None), "inte publicerad", "inte publicerad"),
        (Point(SPAN, None, Participation(82, HIDDEN)), "inte publicerad", "inte publicerad"),
    ],
)
def test_a_gap_is_not_a_nought(point: Point, short: str, long: str) -> None:
    assert point_text(point) == short
    assert point_words(point) == long


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Sum(205, 229, 0), "mellan 205 och 229"),
        (Sum(85, None, 2), "minst 85"),
        (Sum(0, None, 3), "under visningsgränsen"),
        (Sum(12, 12, 0), "12"),
        (Sum(0, 0, 0), "ingen uppgift"),
    ],
)
def test_sums(value: Sum, words: str) -> None:
    assert sum_text(value) == words


@pytest.mark.parametrize(
    ("invited", "answered", "words", "count"),
    [
        (283, Shown(195, 204), "7 av 10 svarade", "195–204 av 283"),
        (82, Shown(60, 64), "Mellan 7 och 8 av 10 svarade", "60–64 av 82"),
        (11, Shown(10, 14), "10–11 av 11 svarade", "10–11 av 11"),
        (40, Shown(40, 44), "Alla svarade", "40 av 40"),
        (100, Shown(95, 99), "Nästan alla svarade", "95–99 av 100"),
        (40, Shown(35, 39), "Minst 8 av 10 svarade", "35–39 av 40"),
        (300, Shown(5, 9), "Färre än 1 av 10 svarade", "5–9 av 300"),
        (120, Shown(5, 9), "Högst 1 av 10 svarade", "5–9 av 120"),
        (0, HIDDEN, "Ingen insamling", "ingen insamling"),
        (50, HIDDEN, "Antalet svar visas inte", "·· av 50"),
    ],
)
def test_participation(invited: int, answered: Shown, words: str, count: str) -> None:
    value = Participation(invited, answered)
    assert participation_words(value).casefold() == words.casefold()
    assert participation_count(value) == count


@pytest.mark.parametrize(
    ("invited", "answered", "words"),
    [
        (283, Shown(195, 204), "7 av 10"),
        (24, Shown(15, 19), "6–8 av 10"),
        (20, Shown(15, 19), "minst 7 av 10"),
        (40, Shown(40, 44), "alla"),
        (100, Shown(95, 99), "nästan alla"),
        (120, Shown(5, 9), "högst 1 av 10"),
        (19, Shown(10, 14), "–"),
        (0, HIDDEN, "–"),
        (50, HIDDEN, "–"),
    ],
)
def test_the_share_in_a_narrow_cell(invited: int, answered: Shown, words: str) -> None:
    assert share_cell(Participation(invited, answered)) == words


def test_participation_of_several_municipalities() -> None:
    assert participation_sum_words(Sum(195, 204, 0), 283) == "7 av 10 svarade"
    assert participation_sum_count(Sum(195, 290, 0), 283) == "mellan 195 och 283 av 283"
    assert participation_sum_words(Sum(150, None, 1), 283) == "Minst 5 av 10 svarade"
    assert participation_sum_count(Sum(150, None, 1), 283) == "minst 150 av 283"
    assert participation_sum_words(Sum(0, None, 5), 283) == "Antalet svar visas inte"
    assert participation_sum_words(Sum(0, 0, 0), 0) == "Ingen insamling"
    assert participation_sum_words(Sum(5, None, 1), 283) == "Okänt hur många svarade"
    assert participation_sum_words(Sum(10, 14, 0), 15) == "Mellan 10 och 14 av 15 svarade"


@given(st.integers(20, 2000), st.integers(0, 2000), st.integers(0, 100))
def test_words_never_claim_more_than_the_interval_allows(invited: int, low: int, width: int) -> None:
    low = min(low, invited)
    high = low + width
    words = share_words(low, high, invited)
    first, last = tenths(low, high, invited)
    assert 0 <= first <= last <= 10
    if words == "alla":
        assert low >= invited
    elif words == "nästan alla":
        assert low / invited >= 0.95
    elif words.startswith("minst"):
        assert low / invited >= int(words.split()[1]) / 10
    elif words.startswith("högst"):
        assert min(high, invited) / invited <= int(words.split()[1]) / 10
    elif words.startswith("färre än 1"):
        assert min(high, invited) / invited < 0.1
    else:
        said = [int(part) for part in words.split() if part.isdigit()][:-1]
        assert said[0] / 10 - 0.05 <= low / invited + 1e-9
        assert min(high, invited) / invited < said[-1] / 10 + 0.05 + 1e-9


def test_no_share_of_no_one() -> None:
    with pytest.raises(ValueError, match="invited"):
        tenths(0, 0, 0)


def test_swedish_order() -> None:
    names = ["Örum", "Ängelholm", "Zinkgruvan", "Ånge", "Abbekås", "abild"]
    assert sorted(names, key=swedish_key) == ["Abbekås", "abild", "Zinkgruvan", "Ånge", "Ängelholm", "Örum"]
