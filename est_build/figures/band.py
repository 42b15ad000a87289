"""The usual range behind the blocks of a trend, and the sign over a block that is outside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from est_build.analyse.usual import Band, State, Usual
from est_build.figures.svg import num, paint
from est_build.figures.text import interval
from est_build.figures.trend_parts import Frame
from est_build.model.cell import Shown
from est_build.model.series import Point

Usuals = Sequence[Usual | None]
"""The verdict on each point of a series; ``None`` where there is none."""
SIGN = 4.0
"""Half the width of the sign over a block, in user units."""


def band_top(usuals: Usuals) -> int:
    """The highest end of a usual range, for the axis; 0 without any."""
    return max((u.band.high for u in usuals if u is not None and u.band is not None), default=0)


def bands(frame: Frame, usuals: Usuals) -> Iterator[str]:
    """The range of each span as a pale field from its lower end up to, not including, its upper end + 1.

    The upper edge is drawn, dashed where the range is preliminary: a block wholly above it is a signal.
    """
    fields: list[str] = []
    whole: list[str] = []
    dashed: list[str] = []
    for index, usual in enumerate(usuals):
        if usual is None or usual.band is None or not usual.judged:
            continue
        band = usual.band
        x, top, base = frame.left(index), frame.level(band.high + 1), frame.level(band.low)
        fields.append(f"M{num(x)} {num(top)}h{num(frame.step)}V{num(base)}h-{num(frame.step)}z")
        (dashed if band.dashed else whole).append(f"M{num(x)} {num(top)}h{num(frame.step)}")
    if fields:
        yield f'<path d="{"".join(fields)}"{paint(fill="bandlinje")} fill-opacity=".2"/>'
    if whole:
        yield f'<path d="{"".join(whole)}"{paint(fill="none", stroke="bandlinje", width=1.2)}/>'
    if dashed:
        line = paint(fill="none", stroke="bandlinje", width=1.2)
        yield f'<path d="{"".join(dashed)}"{line} stroke-dasharray="2 2"/>'


def signs(frame: Frame, points: Sequence[Point], usuals: Usuals) -> Iterator[str]:
    """A filled arrow over (under) each block that is more (fewer) than usual."""
    for index, (point, usual) in enumerate(zip(points, usuals, strict=True)):
        if usual is None or not usual.marked or not isinstance(point.cell, Shown):
            continue
        x = frame.left(index) + frame.step / 2
        up = usual.state is not State.FARRE
        y = frame.level(point.cell.high + 1) - 3 if up else frame.level(point.cell.low) + 3
        tip = -7 if up else 7
        shape = f"M{num(x - SIGN)} {num(y)}h{num(2 * SIGN)}l-{num(SIGN)} {tip}z"
        yield f'<path d="{shape}"{paint(fill="fler" if up else "farre")}/>'


def band_words(band: Band | None) -> str:
    """``0–24``, with a note when it is preliminary; a dash without one."""
    if band is None:
        return "–"
    return interval(band.low, band.high) + (" (preliminärt)" if band.dashed else "")
