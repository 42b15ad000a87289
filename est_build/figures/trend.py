"""The trend of one series: a block per period, as high as its interval, and who answered under it.

What is drawn: a block from the lower to the upper end of the interval; a hatched foot of constant height
for a hidden period; a gap with its words where nobody was asked; nothing at all where nothing is published;
ochre posts for actions, a dashed line where the way of counting changed; behind it all the usual range. The
latest value is written out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from markupsafe import Markup, escape

from est_build.figures.axis import MONTH_SHORT, ticks
from est_build.figures.band import Usuals, band_top, band_words, bands, signs
from est_build.figures.figure import figure
from est_build.figures.measure import text_width
from est_build.figures.svg import example_mark, join, label_attrs, num, opening, paint, text, unbroken
from est_build.figures.table import Column, Content, data_table
from est_build.figures.text import (
    NO_COLLECTION,
    capital,
    cell_text,
    cell_words,
    number,
    participation_count,
    point_text,
)
from est_build.figures.trend_parts import (
    POST_ROW,
    Break,
    Frame,
    Post,
    blocks,
    break_rows,
    breaks,
    gaps,
    grid,
    is_gap,
    months,
    participation_strip,
    place_breaks,
    post_heads,
    post_lines,
    posts,
)
from est_build.figures.verdict_text import state_word
from est_build.model.cell import Shown
from est_build.model.series import Marker, Point, Series
from est_build.model.span import MONTHS, Span

Size = Literal["bred", "liten", "gnista"]

EXAMPLE_WIDTH: Final = 58
"""Width of the mark that says that the figures are invented."""
_SPAN_WORDS: Final = {
    "period": ("tvåveckorsperiod", "tvåveckorsperioder"),
    "kvartal": ("kvartal", "kvartal"),
    "ar": ("år", "år"),
}


@dataclass(frozen=True, slots=True)
class _Layout:
    """Measures of one picture in user units."""

    name: str
    width: float
    plot: float
    left: float
    right: float
    size: float
    strip: float
    tick_count: int
    css: str


_WIDE: Final = _Layout("b", 640, 150, 34, 74, 12, 24, 5, "bild bred-bild")
_NARROW: Final = _Layout("s", 300, 130, 30, 58, 11, 20, 4, "bild smal-bild")
_SMALL: Final = _Layout("l", 320, 144, 30, 58, 11, 20, 3, "bild")


def trend_chart(
    series: Series,
    *,
    top: int | None = None,
    markers: Sequence[Marker] = (),
    example: bool = False,
    size: Size = "bred",
    usuals: Usuals = (),
) -> Markup:
    """The chart as SVG. ``bred`` gives two pictures, of which the style sheet shows the one that fits.

    Args:
        series: fortnights, quarters or years in order, without holes.
        top: highest value of the axis, for charts that are to share one; never below the series' own.
        markers: actions (numbered) and breaks (``number`` None); those outside the series are left out.
        example: marks the figures as invented.
        size: ``bred`` (page width), ``liten`` (small multiples), ``gnista`` (beside a line of text).
        usuals: the verdict on each point; nothing is drawn of a usual range without.
    """
    if size == "gnista":
        return _spark(series, example)
    high = max(top or 0, series.top, band_top(usuals))
    layouts = (_SMALL,) if size == "liten" else (_WIDE, _NARROW)
    return join(_chart(layout, series, high, markers, usuals, example) for layout in layouts)


def latest_index(series: Series) -> int | None:
    """Index of the last point that has a release and a collection."""
    for index in range(len(series.points) - 1, -1, -1):
        point = series.points[index]
        if point.cell is not None and not is_gap(point):
            return index
    return None


def _key(series: Series, name: str) -> str:
    """Start of the ids of a picture: the same series may stand on a page by fortnight and by quarter."""
    kind = series.points[0].span.kind if series.points else "tom"
    return f"{series.key}-{kind}-{name}"


def _chart(
    layout: _Layout, series: Series, high: int, markers: Sequence[Marker], usuals: Usuals, example: bool
) -> Markup:
    points = series.points
    marks = ticks(high + 1 if high else 0, layout.tick_count)
    plain = Frame(layout.left, 0, layout.width - layout.left - layout.right, layout.plot,
                  len(points), marks[-1], layout.size)  # fmt: skip
    placed = posts(plain, markers, points)
    split, above, bottom = _above(plain, (markers, points), placed, example=example)
    frame = Frame(plain.x, above, plain.width, plain.height, plain.count, plain.top, plain.size)
    strip_y = frame.base + layout.size + 20
    height = strip_y + layout.strip + 4
    index = latest_index(series)
    attributes, inner = label_attrs(
        _key(series, layout.name), trend_title(series), trend_description(series, markers, usuals)
    )
    parts = [
        opening(layout.css, layout.width, height, attributes) + inner,
        *bands(frame, usuals),
        *grid(frame, marks),
        *months(frame, series),
        *gaps(frame, points),
        *post_lines(frame, placed),
        *breaks(frame, split, bottom),
        *blocks(frame, points, index),
        *(signs(frame, points, usuals) if usuals else ()),
        *post_heads(
            frame, placed, 64 if example else 4, named=layout.name == "b", lines=[spot.x for spot in split]
        ),
        *participation_strip(frame, points, strip_y, layout.strip),
    ]
    if index is not None:
        parts.append(_value(frame, points, index, layout.right - 8))
    if example:
        parts.append(example_mark(0, 1))
    return Markup("".join(parts) + "</svg>")


def _above(
    plain: Frame, what: tuple[Sequence[Marker], Sequence[Point]], placed: Sequence[Post], *, example: bool
) -> tuple[list[Break], float, float]:
    """What stands above the plot, from below: heads of posts, words of breaks, the mark of the example.

    The mark shares a row with the words, or with the heads, when nothing reaches under it.

    Returns:
        The breaks, the height of it all, and the lower edge of the words of breaks.
    """
    side = EXAMPLE_WIDTH + 12
    split = place_breaks(plain, *what, plain.x)
    heads = (1 + max((post.row for post in placed), default=-1)) * POST_ROW + 4
    words = break_rows(split) * (plain.size + 4) + (4 if split else 0)
    own = any(post.x < side for post in placed) if not split else any(min(b.x, b.start) < side for b in split)
    if example and (own or not (placed or split)):
        words += 18 if split else POST_ROW
    above = max(heads + words, 8.0)
    return split, above, above - heads


def _value(frame: Frame, points: Sequence[Point], index: int, room: float) -> str:
    """The latest value to the right of the plot, at the height of its block, at most ``room`` wide."""
    cell = points[index].cell
    x = frame.x + frame.width + 6
    strong = paint(fill="ink") + ' font-weight="700"'
    if isinstance(cell, Shown):
        words, size = cell_text(cell), frame.size + 3
        y = frame.level((cell.low + cell.high + 1) / 2) + size * 0.36
    else:
        words, size, y = "visas inte", frame.size - 0.5, frame.base - 2
        strong = paint(fill="ink2")
    while size > 8 and text_width(words, size, bold=True) > room:
        size -= 0.5
    out = text(x, max(y, frame.y + 9), words, size=size, attrs=strong)
    if index != len(points) - 1:
        # The latest published period is not the last of the axis: say which one it is.
        when = points[index].span.short
        out += text(x, max(y, frame.y + 9) - size - 1, when, size=frame.size - 2, attrs=paint(fill="ink2"))
    return out


def _spark(series: Series, example: bool) -> Markup:
    """A small chart without axes, for a line in a list."""
    height, size = 46.0, 10.5
    high = ticks(series.top + 1 if series.top else 0)[-1]
    frame = Frame(1, 2 + (18 if example else 0), 298, height, len(series.points), high, size)
    whole = frame.base + 16
    attributes, inner = label_attrs(_key(series, "g"), trend_title(series), trend_description(series))
    grey = paint(fill="ink2")
    ends = ""
    if series.points:
        first, last = series.points[0].span, series.points[-1].span
        ends = text(1, frame.base + 13, _month(first, end=False), size=size, attrs=grey) + text(
            299, frame.base + 13, _month(last, end=True), size=size, attrs=grey + ' text-anchor="end"'
        )
    return Markup(
        opening("bild bild--gnista", 300, whole, attributes)
        + inner
        + f'<path d="M1 {num(frame.base)}h298"{paint(stroke="linje2", width=1.2)}/>'
        + "".join(gaps(frame, series.points))
        + "".join(blocks(frame, series.points, latest_index(series)))
        + ends
        + (example_mark(1, 1) if example else "")
        + "</svg>"
    )


def _month(span: Span, *, end: bool) -> str:
    if span.kind == "period":
        date = span.end if end else span.start
        return f"{MONTH_SHORT[date.month - 1]} {date.year}"
    return span.short


def span_words(span: Span) -> str:
    """``vecka 45–46, 2026``: the label with its year, on one line of a table."""
    if span.kind != "period":
        return span.label
    # The year of the weeks, not of the days: week 1 may begin in December.
    years = [part for part in span.id.split("-") if len(part) == 4 and part.isdigit()]
    return f"{span.label}, {'/'.join(years)}"


def _about(series: Series) -> str:
    return f"{series.area_name}, {series.category_label[:1].lower()}{series.category_label[1:]}"


def trend_subtitle(series: Series) -> str:
    """What is counted: ``Rapporter per tvåveckorsperiod, november 2025–november 2026``."""
    if not series.points:
        return ""
    first, last = series.points[0].span, series.points[-1].span
    if first.kind == "period":
        start = f"{MONTHS[first.start.month - 1]} {first.start.year}"
        end = f"{MONTHS[last.end.month - 1]} {last.end.year}"
    else:
        start, end = first.label, last.label
    stretch = start if start == end else f"{start}–{end}" if first.kind == "period" else f"{start} till {end}"
    return f"Rapporter per {_SPAN_WORDS[first.kind][0]}, {stretch}"


def trend_title(series: Series) -> str:
    """The latest value: ``Ystads tätort, alla rapporter: 35–39 rapporter vecka 45–46, 2026``."""
    about = _about(series)
    index = latest_index(series)
    if index is None:
        return f"{about}: inget publicerat"
    point = series.points[index]
    return f"{about}: {cell_words(point.cell)} {span_words(point.span)}"


def trend_description(series: Series, markers: Sequence[Marker] = (), usuals: Usuals = ()) -> str:
    """What the picture shows, in sentences: its stretch, its highest value, its gaps and its posts."""
    points = series.points
    if not points:
        return "Serien är tom."
    one, many = _SPAN_WORDS[points[0].span.kind]
    said = [
        f"{number(len(points))} {one if len(points) == 1 else many}, från {span_words(points[0].span)} "
        f"till {span_words(points[-1].span)}."
    ]
    shown = [p for p in points if isinstance(p.cell, Shown) and not is_gap(p)]
    if shown:
        most = max(shown, key=lambda p: p.cell.high if isinstance(p.cell, Shown) else 0)
        said.append(f"Flest: {cell_text(most.cell)} {span_words(most.span)}.")
    hidden = sum(p.cell is not None and not isinstance(p.cell, Shown) and not is_gap(p) for p in points)
    if hidden:
        said.append(f"Under visningsgränsen: {hidden} av dem.")
    empty = sum(is_gap(p) for p in points)
    if empty:
        said.append(f"{capital(NO_COLLECTION)}: {empty} av dem.")
    for point, usual in zip(points, usuals, strict=False):
        if usual is not None and usual.marked:
            said.append(f"{state_word(usual.state)}: {span_words(point.span)}.")
    known = {p.span.id for p in points}
    for marker in (m for m in markers if m.span_id in known):
        head = f"Åtgärd {marker.number}" if marker.number is not None else "Ändrat"
        said.append(f"{head}: {marker.text}, {marker.date_label}.")
    return " ".join(said)


def trend_table(series: Series, markers: Sequence[Marker] = (), usuals: Usuals = ()) -> Markup:
    """The same numbers as the chart, latest first: reports, answers, and what happened."""
    by_span: dict[str, list[Markup]] = {}
    for marker in markers:
        head = f"{marker.number}. " if marker.number is not None else ""
        words = escape(f"{head}{capital(marker.text)}")
        if marker.href:
            words = Markup('<a href="{}">{}</a>').format(marker.href, words)
        by_span.setdefault(marker.span_id, []).append(words)
    happened = any(point.span.id in by_span for point in series.points)
    columns: list[Column | str] = ["Period", Column("Rapporter", "tal"), Column("Svarade", "tal")]
    judged = any(u is not None and u.judged for u in usuals)
    if judged:
        columns += [Column("Vanligt spann", "tal"), "Bedömning"]
    if happened:
        columns.append("Vad hände")
    rows: list[list[Content]] = []
    every = list(usuals) or [None] * len(series.points)
    for point, usual in reversed(list(zip(series.points, every, strict=True))):
        part = point.participation
        said: Content = point_text(point)
        if point.cell is None or is_gap(point):
            said = Markup('<span class="ord">{}</span>').format(said)
        asked = part is not None and part.invited > 0
        answers = participation_count(part) if part is not None and asked else "–"
        row: list[Content] = [unbroken(span_words(point.span)), said, answers]
        if judged:
            row.append(band_words(usual.band) if usual is not None and usual.judged else "–")
            row.append(state_word(usual.state) if usual is not None else "–")
        if happened:
            row.append(Markup(", ").join(by_span.get(point.span.id, [Markup("–")])))
        rows.append(row)
    caption = f"{_about(series)}: rapporter och svar"
    return data_table(caption, columns, rows, hide_caption=True, css="tabell--tat")


def trend_figure(
    series: Series,
    *,
    title: str | None = None,
    top: int | None = None,
    markers: Sequence[Marker] = (),
    size: Size = "bred",
    example: bool = False,
    usuals: Usuals = (),
) -> Markup:
    """Chart, message and table as one figure. ``title`` defaults to the latest value."""
    return figure(
        title or trend_title(series),
        trend_chart(series, top=top, markers=markers, example=example, size=size, usuals=usuals),
        subtitle=trend_subtitle(series),
        table=trend_table(series, markers, usuals),
        css="" if size == "bred" else "figur--liten",
    )
