"""Personnummer against public vectors, and by chance: all valid ones found, no invalid one taken for one."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from est_build.protect.text import scan_text
from est_build.protect.text.identity import luhn, valid_id
from tests.text import make

SPELLINGS = ("long_format", "short_format", "separated_format", "separated_long")


def found(text: str) -> bool:
    return any(finding.kind.code == "EST411" for finding in scan_text(text))


@pytest.fixture(scope="module")
def vectors(need_shared: Callable[[str], Path]) -> list[dict[str, object]]:
    path = need_shared("reference/disclosure/18_personnummer_list.json")
    rows = json.loads(path.read_text(encoding="utf-8"))
    assert len(rows) == 14
    return list(rows)


def test_every_valid_vector_is_found(vectors: list[dict[str, object]]) -> None:
    valid = [row for row in vectors if row["valid"]]
    assert len(valid) == 8
    for row in valid:
        for spelling in SPELLINGS:
            assert found(f"Se {row[spelling]} här."), row[spelling]


def test_no_invalid_vector_is_taken_for_a_number(vectors: list[dict[str, object]]) -> None:
    # One row is a valid number with a space where a validator wants a sign: a scanner must find that.
    invalid = [row for row in vectors if not row["valid"] and row["integer"] != 0]
    assert len(invalid) == 5
    for row in invalid:
        for spelling in SPELLINGS:
            assert not found(f"Se {row[spelling]} här."), row[spelling]


def test_a_space_hides_nothing(vectors: list[dict[str, object]]) -> None:
    spaced = next(row for row in vectors if row["integer"] == 0)
    assert all(found(str(spaced[spelling])) for spelling in SPELLINGS)


@st.composite
def numbers(draw: st.DrawFn) -> tuple[str, str, str]:
    rng = random.Random(draw(st.integers(0, 2**32)))
    return make.national_id(rng, coordination=draw(st.booleans()))


@given(numbers(), st.sampled_from(sorted(make.ID_SPELLINGS)), st.sampled_from(make.CARRIERS))
def test_a_number_is_found_in_any_spelling(parts: tuple[str, str, str], name: str, carrier: str) -> None:
    if name == "letters for digits":
        assume(all(set(part) - set("01") for part in parts[1:]))
    assert found(carrier.format(make.ID_SPELLINGS[name](*parts)))


GAPS = [" ", "  ", ".", "-", " - ", "_", "/", "\u00a0", "\u2009", "\u200b", "·"]


@given(numbers(), st.sampled_from(GAPS))
def test_a_number_is_found_digit_by_digit(parts: tuple[str, str, str], gap: str) -> None:
    assert found(gap.join(parts[1] + parts[2]))


@given(numbers(), st.integers(1, 9))
def test_a_wrong_check_digit_is_no_number(parts: tuple[str, str, str], step: int) -> None:
    _, six, four = parts
    wrong = four[:3] + str((int(four[3]) + step) % 10)
    assert not valid_id(six + wrong)
    assert not found(f"Se {six}-{wrong} här.")


@given(st.text("0123456789", min_size=6, max_size=6), st.text("0123456789", min_size=4, max_size=4))
def test_what_is_no_day_is_no_number(six: str, four: str) -> None:
    assume(int(six[2:4]) not in range(1, 13))
    assert not valid_id(six + four)
    assert not found(f"{six}-{four}")


def test_a_number_before_a_person_has_one_counts_as_one() -> None:
    for letter in "TRSUWXJKLMN":
        for serial in ("22", "99"):
            check = next(c for c in "0123456789" if luhn("0001011" + serial + c))
            wrong = str((int(check) + 1) % 10)
            assert found(f"000101-{letter}{serial}{check}")
            assert found(f"20000101-{letter}{serial}{check}")
            assert not found(f"000101-{letter}{serial}{wrong}")
            assert not found(f"001301-{letter}{serial}{check}")
    assert not found("000101-A220")
    assert not found("000101-Q220")


@pytest.mark.parametrize(
    "text",
    [
        # Organisations first.
        "212000-1116",
        "802002-8711",
        "556016-0680",
        "16212000-1116",
        "2026-11-02–2026-11-15",
        "2026-11-19 12.30",
        "2026-11-02 2026-11-15",
        "19.11.2026 12.30",
        "978-91-85664-94-8",
        "1 250 000 000 kronor",
        "dnr 2026-000123",
        "https://x.se/18.1cfff813174b6383c39300d4",
        "710d26b0914445bb744e76f5a62ed45",
        "vecka 45 46 47 48 49 50",
        "10 12 14 16 18 20 22",
    ],
)
def test_other_long_numbers_are_not_persons(text: str) -> None:
    assert not found(text)
