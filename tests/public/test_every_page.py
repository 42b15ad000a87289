"""A page of every kind in a real browser, in every size and scheme, folded and unfolded, enlarged.

The visits take minutes, so they are made once (``tests/public/browse.py``), and everything that is asked of
them stands in this file: one process tests it.
"""

from __future__ import annotations

from dataclasses import fields

import pytest

from tests.public.browse import Visit
from tests.public.conftest import TEMPLATES

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("address", TEMPLATES)
def test_a_page_is_for_everybody(visits: dict[str, Visit], address: str) -> None:
    """Axe: WCAG 2.0–2.2 A and AA and best practice, light and dark, 320 and 1280 px, all unfolded."""
    assert visits[address].violations == []


@pytest.mark.parametrize("address", TEMPLATES)
def test_a_page_fits_a_phone(visits: dict[str, Visit], address: str) -> None:
    assert visits[address].overflow == []


def test_no_page_asks_anybody_else_for_anything(visits: dict[str, Visit]) -> None:
    assert {a: v.elsewhere for a, v in visits.items() if v.elsewhere} == {}


def test_no_page_keeps_anything_in_the_browser(visits: dict[str, Visit]) -> None:
    assert {a: v.stored for a, v in visits.items() if v.stored} == {}


def test_no_page_breaks_its_own_policy_or_complains(visits: dict[str, Visit]) -> None:
    assert {a: v.faults for a, v in visits.items() if v.faults} == {}


@pytest.mark.parametrize(
    "what", [f.name for f in fields(Visit) if f.name in {"unreviewed", "misnamed", "small", "lost"}]
)
@pytest.mark.parametrize("address", TEMPLATES)
def test_a_page_of_every_kind(visits: dict[str, Visit], address: str, what: str) -> None:
    """Nothing is left to a reviewer, misnamed (2.5.3), too small to hit (2.5.8) or lost when enlarged."""
    assert getattr(visits[address], what) == []


@pytest.mark.parametrize("address", TEMPLATES)
def test_every_stop_has_a_ring_and_is_in_sight(visits: dict[str, Visit], address: str) -> None:
    assert visits[address].unfocused == []


def test_nothing_moves_or_jumps_on_any_page(visits: dict[str, Visit]) -> None:
    """CLS 0, and no animation although nobody has asked for less movement."""
    assert {a: v.moving for a, v in visits.items() if v.moving} == {}
