"""Axes: sane ticks for counts, and labels of months, quarters and years that never collide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from est_build.figures.measure import text_width
from est_build.model.span import Span

_STEPS: Final = (5, 10, 20, 30, 50)
MONTH_SHORT: Final = (
    "jan",
    "feb",
    "mars",
    "apr",
    "maj",
    "juni",
    "juli",
    "aug",
    "sep",
    "okt",
    "nov",
    "dec",
)
_STRIDES: Final = (1, 2, 3, 6, 12, 24, 60)


def ticks(top: float, most: int = 5) -> list[int]:
    """Ticks from 0 to at least ``top`` with at most ``most`` steps, all alike and easy to read."""
    if top <= 0:
        return [0, 5]
    scale = 1
    while True:
        for base in _STEPS:
            step = base * scale
            count = -(-int(top) // step)
            if count <= most:
                return [step * n for n in range(max(1, count) + 1)]
        scale *= 10


@dataclass(frozen=True, slots=True)
class TimeTick:
    """A mark on the axis of time: index of the point where it begins, and its label (may be empty)."""

    index: int
    label: str
    strong: bool = False


def time_ticks(spans: Sequence[Span], step: float, size: float) -> list[TimeTick]:
    """Marks where a month, quarter or year begins, with as many labels as there is room for.

    Args:
        spans: in order of time, without holes.
        step: width of one span.
        size: font size of the labels.
    """
    if not spans:
        return []
    if spans[0].kind == "ar":
        return _thinned([(i, span.id, True) for i, span in enumerate(spans)], step, size)
    if spans[0].kind == "kvartal":
        return _quarter_ticks(spans, step, size)
    return _month_ticks(spans, step, size)


def _thinned(marks: list[tuple[int, str, bool]], step: float, size: float) -> list[TimeTick]:
    """Keeps the label of a mark when it does not run into the one before."""
    out: list[TimeTick] = []
    free_from = -1.0
    for index, label, strong in marks:
        x = index * step
        fits = x >= free_from
        if fits and label:
            free_from = x + text_width(label, size, bold=strong) + 5
        out.append(TimeTick(index, label if fits else "", strong))
    return out


def _quarter_ticks(spans: Sequence[Span], step: float, size: float) -> list[TimeTick]:
    every = text_width("kv 4", size) + 6 <= step
    marks: list[tuple[int, str, bool]] = []
    for index, span in enumerate(spans):
        if span.id[-1] == "1" or (index == 0 and every):
            marks.append((index, span.id[:4], True))
        elif every:
            marks.append((index, f"kv {span.id[-1]}", False))
    return _thinned(marks, step, size)


def _month_ticks(spans: Sequence[Span], step: float, size: float) -> list[TimeTick]:
    """Labels every month, or every second, third, sixth … counted from January."""
    days = (spans[-1].end - spans[0].start).days + 1
    per_month = len(spans) * step / (days / 30.44)
    widest = max(text_width(name, size) for name in MONTH_SHORT) + 6
    stride = next((s for s in _STRIDES if s * per_month >= widest), _STRIDES[-1])
    long = days > 500
    marks: list[tuple[int, str, bool]] = []
    before: tuple[int, int] | None = None
    for index, span in enumerate(spans):
        month = (span.start.year, span.start.month)
        if month == before:
            continue
        first, before = before is None, month
        # A month that is under way when the axis begins would take the next one's room.
        if first and span.start.day > 16 and stride > 1:
            continue
        count = span.start.year * 12 + span.start.month - 1
        if count % stride:
            continue
        january = span.start.month == 1
        label = str(span.start.year) if january and long else MONTH_SHORT[span.start.month - 1]
        marks.append((index, label, january and long))
    return _thinned(_without_stub(marks, step, size), step, size)


def _without_stub(
    marks: list[tuple[int, str, bool]], step: float, size: float
) -> list[tuple[int, str, bool]]:
    """A month that is nearly over when the axis begins gives its room to the next one."""
    if len(marks) > 1 and marks[0][1]:
        end = marks[0][0] * step + text_width(marks[0][1], size, bold=marks[0][2]) + 5
        if end > marks[1][0] * step:
            return [(marks[0][0], "", False), *marks[1:]]
    return marks
