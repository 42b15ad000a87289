"""A short run of every fuzzer, and what the long ones have found. The long run is ``make fuzz``."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.strategies import inputs
from tests.fuzz.targets import TARGETS, TooSlow, in_time, seeds

EXAMPLES = {"loader": 60, "reader": 50, "scanner": 60}
FOUND: list[tuple[str, bytes]] = [
    ("reader", b"svar_id,inskickat,organisation,kategori\n1,9999-12-31T23:59:59-14:00,a,b\n"),
    ("reader", b"svar_id,inskickat,organisation,kategori\n1,0001-01-01T00:00+14:00,a,b\n"),
    ("reader", b"svar_id,inskickat,organisation,kategori\n1,2026/01/05 3:08:44 em GMT-24,a,b\n"),
]
"""Inputs that once were no problem but a traceback, or took for ever."""


@pytest.mark.parametrize("target", list(TARGETS))
def test_a_short_run(target: str) -> None:
    @settings(max_examples=EXAMPLES[target], suppress_health_check=list(HealthCheck), database=None)
    @given(raw=inputs(target))
    def run(raw: bytes) -> None:
        with in_time():
            TARGETS[target](raw)

    run()


@pytest.mark.parametrize("target", list(TARGETS))
def test_sound_inputs_go_through(target: str) -> None:
    for raw in seeds(target):
        with in_time():
            TARGETS[target](raw)


@pytest.mark.parametrize(("target", "raw"), FOUND)
def test_what_was_found_stays_mended(target: str, raw: bytes) -> None:
    with in_time():
        TARGETS[target](raw)


def test_a_fuzzer_sees_what_takes_too_long() -> None:
    with pytest.raises(TooSlow), in_time(1):
        time.sleep(5)


@settings(max_examples=30)
@given(st.binary(max_size=40))
def test_no_target_forgives_a_fault(raw: bytes) -> None:
    """A target that swallowed everything would find nothing."""
    from tests.fuzz import targets

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(targets, "scan_text", lambda *_, **__: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            targets.scanner(raw)
