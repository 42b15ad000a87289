"""The interval ladder (rule R3): a count is only ever shown as the rung that it stands on."""

from __future__ import annotations

Interval = tuple[int, int] | None
"""What a cell says: both ends of its rung, or nothing (R4)."""


def rung(count: int, step: int) -> tuple[int, int]:
    """The interval of ``count`` reports: with step 5, 7 gives ``(5, 9)``.

    Raises ``ValueError`` for a count below the first rung that may be shown.
    """
    if count < step:
        raise ValueError(f"{count} is below the first rung of the ladder ({step})")
    low = count - count % step
    return low, low + step - 1


def on_ladder(low: int | None, high: int | None, step: int, lowest: int | None = None) -> bool:
    """True for a rung at or above ``lowest`` (default: the first rung), and for a hidden cell."""
    if low is None and high is None:
        return True
    if low is None or high is None:
        return False
    return low >= (step if lowest is None else lowest) and low % step == 0 and high == low + step - 1
