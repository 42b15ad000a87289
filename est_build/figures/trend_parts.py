"""The pieces of a trend chart. Blocks, feet, gaps, posts and bars inside a :class:`Frame`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, permutations

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


def post_heads(
    frame: Frame, placed: Sequence[Post], left: float, *, named: bool, lines: Sequence[float] = ()
) -> Iterator[str]:
    """The numbers of the posts, and what they stand for where it fits beside them.

    Args:
        frame: the plot.
        placed: the posts.
        left: where text may begin (the mark of the example stands before it).
        named: False leaves out the words.
        lines: upright lines that words may not stand across.
    """
    taken = {row: [(p.x - 10, p.x + 10) for p in placed if p.row == row] for row in {p.row for p in placed}}
    # A line that goes up to a higher row is in the way of words in the rows under it.
    for post in placed:
        for row in range(post.row):
            taken.setdefault(row, []).append((post.x - 2, post.x + 2))
    for row in taken:
        taken[row] += [(x - 2, x + 2) for x in lines]
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


@dataclass(frozen=True, slots=True)
class Break:
    """A break with its place: its line, the row of its words (0 is the lowest) and where they start."""

    words: str
    x: float
    row: int
    start: float


def place_breaks(
    frame: Frame, markers: Sequence[Marker], points: Sequence[Point], left: float
) -> list[Break]:
    """Places the words of breaks in rows above the plot, so that no line or other words cross them.

    Args:
        frame: the plot.
        markers: breaks are those without a number.
        points: the points of the series.
        left: where words may begin.
    """
    where = {point.span.id: index for index, point in enumerate(points)}
    known = [
        (frame.left(where[m.span_id]), m.text) for m in markers if m.number is None and m.span_id in where
    ]
    known.sort(reverse=True)
    # What is placed first takes the lowest row: try every order of a few, from the right of many.
    orders = permutations(known) if len(known) <= 4 else [known]
    tries = [_placed(frame, order, left) for order in orders]
    best = min(tries, key=lambda one: (one[0], break_rows(one[1])))
    return sorted(best[1], key=lambda spot: (spot.x, spot.row))


def _placed(frame: Frame, order: Iterable[tuple[float, str]], left: float) -> tuple[int, list[Break]]:
    """Breaks placed one by one, each as low as it can be, and how many of them found no room."""
    crowded, placed, edge = 0, list[Break](), frame.x + frame.width + 40
    for x, words in order:
        width = text_width(words, frame.size)
        sides = [a for a in (x + 4, x - 4 - width) if a >= left and a + width <= edge] or [max(left, x + 4)]
        spots = [Break(words, x, row, a) for row in range(len(placed) + 1) for a in sides]
        found = next((spot for spot in spots if _clear(spot, placed, frame.size)), None)
        crowded += found is None
        placed.append(found or spots[-1])
    return crowded, placed


def _clear(spot: Break, placed: Sequence[Break], size: float) -> bool:
    """True if nothing that is placed meets the words of a spot, nor its line their words."""

    def ends(item: Break) -> tuple[float, float]:
        return item.start - 3, item.start + text_width(item.words, size) + 3

    (a, b), rows = ends(spot), [(other, *ends(other)) for other in placed]
    return all(
        not (other.row == spot.row and a < d and c < b)
        and not (other.row >= spot.row and a < other.x < b)
        and not (spot.row >= other.row and c < spot.x < d)
        for other, c, d in rows
    )


def break_rows(placed: Sequence[Break]) -> int:
    """How many rows the words of breaks take."""
    return 1 + max((spot.row for spot in placed), default=-1)


def breaks(frame: Frame, placed: Sequence[Break], bottom: float) -> Iterator[str]:
    """A dashed line where the way of counting changed, up to its words above the plot.

    Args:
        frame: the plot.
        placed: the breaks.
        bottom: the lower edge of the lowest row of words.
    """
    look = paint(stroke="ink2", width=1.3) + ' stroke-dasharray="5 3"'
    for spot in placed:
        y = bottom - spot.row * (frame.size + 4)
        yield f'<path d="M{num(spot.x)} {num(y - frame.size)}V{num(frame.base)}"{look}/>'
        yield text(spot.start, y - 3, spot.words, size=frame.size, attrs=paint(fill="ink2"))


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
