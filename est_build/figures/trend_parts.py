"""The pieces of a trend chart. Blocks, feet, gaps, posts and bars inside a :class:`Frame`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from est_build.figures.axis import time_ticks
from est_build.figures.icons import number_badge
from est_build.figures.measure import text_width
from est_build.figures.svg import hatch_box, num, paint, text
from est_build.figures.text import NO_COLLECTION, number
from est_build.model.cell import Cell, Hidden, Shown
from est_build.model.series import Marker, Point, Series

FOOT = 7.0
"""Height of the hatched foot of a hidden period: the same whatever the number was."""
POST_ROW = 19.0
"""Height of a row of post heads above the plot."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where things are: the plot's left upper corner, its size, width of a span and height of the axis."""

    x: float
    y: float
    width: float
    height: float
    count: int
    top: int
    size: float

    @property
    def step(self) -> float:
        """Width of one span."""
        return self.width / max(1, self.count)

    @property
    def base(self) -> float:
        """The line of nought."""
        return self.y + self.height

    @property
    def gap(self) -> float:
        """Air between two blocks."""
        return min(2.4, self.step * 0.12)

    def left(self, index: int) -> float:
        """Left edge of a span."""
        return self.x + index * self.step

    def level(self, value: float) -> float:
        """Height on the page of a value."""
        return self.base - self.height * value / self.top


def is_gap(point: Point) -> bool:
    """True for a period in which nobody was asked."""
    return point.participation is not None and not point.collected


def grid(frame: Frame, marks: Sequence[int]) -> Iterator[str]:
    """Lines and numbers of the axis of counts, the numbers to the left."""
    lines = "".join(f"M{num(frame.x)} {num(frame.level(m))}h{num(frame.width)}" for m in marks[1:])
    yield f'<path d="{lines}"{paint(stroke="linje", width=1)}/>'
    yield (
        f'<path d="M{num(frame.x)} {num(frame.base)}h{num(frame.width)}"{paint(stroke="linje2", width=1.2)}/>'
    )
    end = paint(fill="ink2") + ' text-anchor="end"'
    for mark in marks:
        yield text(
            frame.x - 5, frame.level(mark) + frame.size * 0.35, number(mark), size=frame.size, attrs=end
        )


def months(frame: Frame, series: Series) -> Iterator[str]:
    """Ticks and labels of the axis of time, under the plot."""
    marks = time_ticks([point.span for point in series.points], frame.step, frame.size)
    lines = "".join(f"M{num(frame.left(t.index))} {num(frame.base)}v4" for t in marks)
    yield f'<path d="{lines}"{paint(stroke="linje2", width=1)}/>'
    edge = frame.x + frame.width
    for tick in marks:
        if not tick.label:
            continue
        width = text_width(tick.label, frame.size, bold=tick.strong)
        # The last label may reach a little past the plot, never past its right margin.
        x = min(frame.left(tick.index), edge + 24 - width)
        look = paint(fill="ink2") + (' font-weight="700"' if tick.strong else "")
        yield text(x, frame.base + frame.size + 4, tick.label, size=frame.size, attrs=look)


def _block(frame: Frame, index: int, cell: Shown) -> tuple[float, float, float, float]:
    """Left, upper edge, width and height of a block: from ``low`` up to, not including, ``high + 1``."""
    y0, y1 = frame.level(cell.high + 1), frame.level(cell.low)
    height = max(2.5, y1 - y0 - min(1.0, (y1 - y0) * 0.1))
    return frame.left(index) + frame.gap / 2, y0, frame.step - frame.gap, height


def blocks(frame: Frame, points: Sequence[Point], latest: int | None) -> Iterator[str]:
    """All earlier blocks as one path, the feet as one, the latest block on its own."""
    parts: list[str] = []
    for index, point in enumerate(points):
        if isinstance(point.cell, Shown) and index != latest and not is_gap(point):
            x, y, width, height = _block(frame, index, point.cell)
            parts.append(f"M{num(x)} {num(y)}h{num(width)}v{num(height)}h-{num(width)}z")
    if parts:
        yield f'<path d="{"".join(parts)}"{paint(fill="tidigare")}/>'
    feet = "".join(
        hatch_box(frame.left(i) + frame.gap / 2, frame.base - FOOT, frame.step - frame.gap, FOOT)
        for i, point in enumerate(points)
        if isinstance(point.cell, Hidden) and not is_gap(point)
    )
    if feet:
        yield f'<path d="{feet}"{paint(stroke="linje2", width=1)}/>'
    cell: Cell | None = points[latest].cell if latest is not None else None
    if latest is not None and isinstance(cell, Shown):
        x, y, width, height = _block(frame, latest, cell)
        yield (
            f'<rect x="{num(x)}" y="{num(y)}" width="{num(width)}" height="{num(height)}" rx="1"'
            f"{paint(fill='data', stroke='ink', width=1.4)}/>"
        )


def gaps(frame: Frame, points: Sequence[Point]) -> Iterator[str]:
    """Dotted edges around periods without collection, and the words along them when there is room."""
    for start, length in gap_runs(points):
        x0, x1 = frame.left(start), frame.left(start + length)
        yield (
            f'<path d="M{num(x0)} {num(frame.y)}V{num(frame.base)}M{num(x1)} {num(frame.y)}'
            f'V{num(frame.base)}"{paint(stroke="linje2", width=1)} stroke-dasharray="1.5 2.5"/>'
        )
        size = min(frame.size, x1 - x0 - 2)
        if size < 8 or text_width(NO_COLLECTION, size) > frame.height:
            continue
        x, y = (x0 + x1) / 2 + size * 0.35, frame.base - 6
        yield text(
            x,
            y,
            NO_COLLECTION,
            size=size,
            attrs=f'{paint(fill="ink2")} transform="rotate(-90 {num(x)} {num(y)})"',
        )


def gap_runs(points: Sequence[Point]) -> list[tuple[int, int]]:
    """Start and length of each run of periods without collection."""
    runs: list[tuple[int, int]] = []
    index = 0
    for gap, group in groupby(points, key=is_gap):
        length = len(list(group))
        if gap:
            runs.append((index, length))
        index += length
    return runs


@dataclass(frozen=True, slots=True)
class Post:
    """A marker with its place: ``x`` on the page and the row of its head (0 is nearest the plot)."""

    marker: Marker
    x: float
    row: int


def posts(frame: Frame, markers: Sequence[Marker], points: Sequence[Point]) -> list[Post]:
    """Places the heads of numbered markers in rows, so that none covers another."""
    where = {point.span.id: index for index, point in enumerate(points)}
    placed: list[Post] = []
    ends: list[float] = []
    known = [m for m in markers if m.number is not None and m.span_id in where]
    for marker in sorted(known, key=lambda m: (where[m.span_id], m.number or 0)):
        x = frame.left(where[marker.span_id]) + frame.step / 2
        row = next((r for r, end in enumerate(ends) if x >= end), len(ends))
        if row == len(ends):
            ends.append(0.0)
        ends[row] = x + 17
        placed.append(Post(marker, x, row))
    return placed


def head_y(frame: Frame, post: Post) -> float:
    """Middle of the head of a post."""
    return frame.y - 9 - post.row * POST_ROW


def post_lines(frame: Frame, placed: Sequence[Post]) -> Iterator[str]:
    """An ochre line for each action. Drawn under the blocks."""
    if placed:
        lines = "".join(f"M{num(p.x)} {num(head_y(frame, p))}V{num(frame.base)}" for p in placed)
        yield f'<path d="{lines}"{paint(stroke="trad-linje", width=1.6)}/>'


def post_heads(frame: Frame, placed: Sequence[Post], left: float, *, named: bool) -> Iterator[str]:
    """The numbers of the posts, and what they stand for where it fits beside them.

    Args:
        frame: the plot.
        placed: the posts.
        left: where text may begin (the mark of the example stands before it).
        named: False leaves out the words.
    """
    taken = {row: [(p.x - 10, p.x + 10) for p in placed if p.row == row] for row in {p.row for p in placed}}
    # A line that goes up to a higher row is in the way of words in the rows under it.
    for post in placed:
        for row in range(post.row):
            taken.setdefault(row, []).append((post.x - 2, post.x + 2))
    for post in placed:
        y = head_y(frame, post)
        yield number_badge(post.marker.number or 0, post.x, y)
        if not named:
            continue
        width = text_width(post.marker.text, frame.size, bold=True)
        spans = ((post.x - 12 - width, post.x - 12), (post.x + 12, post.x + 12 + width))
        for (x0, x1), anchor in zip(spans, (' text-anchor="end"', ""), strict=True):
            free = all(x1 <= a or b <= x0 for a, b in taken[post.row])
            if free and x0 >= left and x1 <= frame.x + frame.width + 60:
                taken[post.row].append((x0, x1))
                look = f'{paint(fill="trad-text")} font-weight="700"{anchor}'
                x = x1 if anchor else x0
                yield text(x, y + frame.size * 0.36, post.marker.text, size=frame.size, attrs=look)
                break


def breaks(frame: Frame, markers: Sequence[Marker], points: Sequence[Point]) -> Iterator[str]:
    """A dashed line where the way of counting changed, with its words at the top of the plot.

    Words that would run into each other stand in rows, and no line is drawn across them.
    """
    where = {point.span.id: index for index, point in enumerate(points)}
    known = [m for m in markers if m.number is None and m.span_id in where]
    known.sort(key=lambda m: where[m.span_id])
    edge = frame.x + frame.width
    lines, words = [], []
    taken: dict[int, list[tuple[float, float]]] = {}
    for marker in known:
        x = frame.left(where[marker.span_id])
        lines.append(
            f'<path d="M{num(x)} {num(frame.y - 4)}V{num(frame.base)}"{paint(stroke="ink2", width=1.3)}'
            ' stroke-dasharray="5 3"/>'
        )
        width = text_width(marker.text, frame.size)
        later = any(x < frame.left(where[m.span_id]) < x + 4 + width for m in known)
        left = (later or x + 4 + width > edge) and x - 4 - width >= frame.x
        start, end = (x - 4 - width, x) if left else (x, x + 4 + width)
        row = next(r for r in range(len(known)) if all(end <= a or b <= start for a, b in taken.get(r, ())))
        taken.setdefault(row, []).append((start, end))
        side = ' text-anchor="end"' if left else ""
        halo = f'{paint(fill="ink2", stroke="papper", width=3)} paint-order="stroke"{side}'
        y = frame.y + frame.size * 0.75 + row * (frame.size + 4)
        words.append(text(x - 4 if left else x + 4, y, marker.text, size=frame.size, attrs=halo))
    yield from lines
    yield from words


def participation_strip(frame: Frame, points: Sequence[Point], y: float, height: float) -> Iterator[str]:
    """How many answered, as bars on an axis of their own that ends at those invited.

    A bar is solid up to the lower end of the interval and paler up to the upper one.
    """
    top = max((p.participation.invited for p in points if p.participation is not None), default=0)
    if not top:
        return
    base = y + height
    solid, pale, asked, feet = [], [], [], []
    for index, point in enumerate(points):
        part = point.participation
        if part is None or part.invited == 0:
            continue
        left, width = frame.left(index) + frame.step * 0.24, frame.step * 0.52
        level = base - height * part.invited / top
        asked.append(f"M{num(frame.left(index))} {num(level)}h{num(frame.step)}")
        if not isinstance(part.answered, Shown):
            feet.append(hatch_box(left, base - 4, width, 4, 3))
            continue
        low, high = min(part.answered.low, part.invited), min(part.answered.high, part.invited)
        h0, h1 = height * low / top, height * (high - low) / top
        solid.append(f"M{num(left)} {num(base)}v{num(-h0)}h{num(width)}v{num(h0)}z")
        pale.append(f"M{num(left)} {num(base - h0)}v{num(-h1)}h{num(width)}v{num(h1)}z")
    yield f'<path d="{"".join(solid)}"{paint(fill="linje2")}/>'
    yield f'<path d="{"".join(pale)}"{paint(fill="linje2")} fill-opacity=".5"/>'
    if feet:
        yield f'<path d="{"".join(feet)}"{paint(stroke="linje2", width=1)}/>'
    yield f'<path d="{"".join(asked)}"{paint(stroke="linje2", width=1)} stroke-dasharray="2 2"/>'
    yield f'<path d="M{num(frame.x)} {num(base)}h{num(frame.width)}"{paint(stroke="linje2", width=1)}/>'
    small = frame.size - 1
    yield text(
        frame.x - 5, y + small * 0.4, number(top), size=small, attrs=paint(fill="ink2") + ' text-anchor="end"'
    )
    yield text(frame.x + frame.width + 6, base - 2, "svar", size=small, attrs=paint(fill="ink2"))
