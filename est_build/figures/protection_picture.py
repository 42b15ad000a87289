"""Pictures of why few reports are not shown, and of what the audit looks for. All numbers are made up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from est_build.analyse.village import FEW, PLACES, WHOLE, Reality, Village, in_words
from est_build.figures.figure import figure
from est_build.figures.svg import (
    example_mark,
    hatch_box,
    join,
    label_attrs,
    num,
    opening,
    paint,
    text,
)
from est_build.figures.table import Column, Content, data_table
from est_build.figures.text import interval
from est_build.model.cell import HIDDEN_MARK

WIDTH: Final = 320.0
_BOLD: Final = ' font-weight="700"'
_MIDDLE: Final = ' text-anchor="middle"'
_INK: Final = paint(fill="ink")
_SOFT: Final = paint(fill="ink2")
_MOST_DOTS: Final = 10
"""More reports than this are written as a number only."""


def few_figure(village: Village) -> Markup:
    """A village with a shop, and what is shown instead of few reports."""
    return figure(
        "Få rapporter kan peka ut den som berättar",
        _panels(_village(), _ladder(village)),
        subtitle="Först det som kom in, sedan det du ser. Byn är påhittad.",
    )


def subtraction_figure(village: Village) -> Markup:
    """Three municipalities: exact numbers, steps that are enough, and steps that are not."""
    total, (north, _, south) = village.true.total, village.true.counts
    low, high = village.place
    rows: list[list[Content]] = [
        ["Exakta tal", str(total), str(north), str(south), f"{total} − {north} − {south} = {FEW}"],
        ["Steg som räcker", interval(*village.whole), *2 * [interval(low, high)], "kan vara noll"],
        ["Steg som inte räcker", interval(*village.telling), *2 * [interval(low, high)],
         f"minst {village.left}"],
    ]  # fmt: skip
    columns = ["Så visas talen", WHOLE, PLACES[0], PLACES[2], f"Kvar i {PLACES[1]}"]
    return figure(
        "Den som drar ifrån kan räkna ut det som är dolt",
        _panels(*_subtractions(village)),
        subtitle=f"En påhittad kommun med tre platser. {PLACES[1]} är dold.",
        table=data_table("Det som blir kvar i den dolda rutan", columns, rows, hide_caption=True),
    )


def realities_figure(village: Village) -> Markup:
    """What is shown, and three different realities that all fit it."""
    shown = [interval(*village.place), HIDDEN_MARK, interval(*village.place), interval(*village.whole)]
    rows: list[list[Content]] = [["Det vi visar", *shown]]
    for number, reality in enumerate(village.realities, 1):
        rows.append([_invented(number), *(str(n) if n else "tom" for n in (*reality.counts, reality.total))])
    columns: list[Column | str] = ["Rad", *(Column(name, "tal") for name in (*PLACES, WHOLE))]
    table = data_table("Det vi visar och tre verkligheter", columns, rows, hide_caption=True)
    return figure(
        "Tre olika verkligheter stämmer med det vi visar",
        _panels(_realities(village)),
        subtitle="Varje prick är en påhittad rapport.",
        table=table,
    )


def _panels(*pictures: str) -> Markup:
    return Markup(f'<div class="skyddsbild">{"".join(pictures)}</div>')


def _picture(key: str, height: float, message: tuple[str, str], parts: Sequence[str]) -> str:
    """A panel with its own name and description. ``message``: what it says in short, and at length."""
    title, description = message
    attributes, inner = label_attrs(f"skydd/{key}", title, description)
    head = text(0, 13, title, size=14, attrs=_INK + _BOLD)
    mark = example_mark(WIDTH - 58, 1)
    return opening("bild", WIDTH, height, attributes) + inner + head + str(join(parts)) + mark + "</svg>"


def _box(at: tuple[float, float], size: tuple[float, float], look: str, radius: float = 2) -> str:
    (x, y), (width, height) = at, size
    return (
        f'<rect x="{num(x)}" y="{num(y)}" width="{num(width)}" height="{num(height)}" '
        f'rx="{num(radius)}"{look}/>'
    )


def _path(data: str, look: str) -> str:
    return f'<path d="{data}"{look}/>'


def _hatched(at: tuple[float, float], size: tuple[float, float]) -> str:
    """The mark of a hidden number, as wide as wanted, with its two dots."""
    (x, y), (width, height) = at, size
    return (
        _box(at, size, paint(fill="papper", stroke="linje2", width=1))
        + _path(hatch_box(x, y, width, height, 6), paint(stroke="linje", width=1))
        + _box((x + width / 2 - 13, y + height / 2 - 8), (26, 16), paint(fill="papper"))
        + text(x + width / 2, y + height / 2 + 6, HIDDEN_MARK, size=18, attrs=_INK + _BOLD + _MIDDLE)
    )


# ---- the village -------------------------------------------------------------------------------


def _village() -> str:
    ground = 208.0
    parts = [
        *_bubble(2, 30, 148, "Vem har berättat?", (44, 150)),
        *_bubble(162, 30, 156, "Vem handlar det om?", (272, 150)),
    ]
    parts += [_note(x, 98) for x in (118, 149, 180)]
    parts.append(
        _path("M129 126L152 148M160 126V148M191 126L168 148", paint(fill="none", stroke="data", width=1.2))
    )
    for x, width, height in ((10, 44, 34), (62, 40, 28), (216, 42, 30), (266, 46, 36)):
        parts.append(_house(x, ground, width, height))
    parts.append(_shop(118, ground))
    parts.append(_path(f"M0 {num(ground)}H320", paint(stroke="ink2", width=1.5)))
    parts.append(text(0, 230, "Det finns bara en butik.", size=13, attrs=_SOFT))
    words = (
        "En by med fyra hus och en butik. Tre rapporter har kommit därifrån. Grannarna undrar vem som "
        "har berättat och vem det handlar om. Det finns bara en butik, så det går att gissa."
    )
    return _picture("by", 236, ("Tre rapporter från en by", words), parts)


def _bubble(x: float, y: float, width: float, words: str, towards: tuple[float, float]) -> list[str]:
    look = paint(fill="sand", stroke="linje2", width=1)
    middle = x + width / 2
    trail = [
        f'<circle cx="{num(middle + (towards[0] - middle) * part)}" '
        f'cy="{num(y + 36 + (towards[1] - y - 36) * part)}" r="{num(r)}"{look}/>'
        for part, r in ((0.15, 5), (0.35, 4), (0.55, 3))
    ]
    label = text(middle, y + 22, words, size=13, attrs=_INK + _MIDDLE)
    return [_box((x, y), (width, 34), look, 17), label, *trail]


def _note(x: float, y: float) -> str:
    """A report: a sheet with lines."""
    lines = "".join(f"M{num(x + 4)} {num(y + 8 + 6 * n)}h14" for n in range(3))
    return _box((x, y), (22, 28), paint(fill="dataton", stroke="data", width=1.4)) + _path(
        lines, paint(stroke="data", width=1.2)
    )


def _house(x: float, ground: float, width: float, height: float) -> str:
    top = ground - height
    wall = _box((x, top), (width, height), paint(fill="land", stroke="ink2", width=1.2), 0)
    roof = _path(
        f"M{num(x - 4)} {num(top)}L{num(x + width / 2)} {num(top - 18)}L{num(x + width + 4)} {num(top)}Z",
        paint(fill="sand", stroke="ink2", width=1.2),
    )
    door = _box((x + width / 2 - 5, ground - 16), (10, 16), paint(fill="linje"), 0)
    return wall + roof + door


def _shop(x: float, ground: float) -> str:
    wall = _box((x, ground - 58), (84, 58), paint(fill="land", stroke="ink", width=1.6), 0)
    sign = text(x + 42, ground - 42, "Butik", size=13, attrs=_INK + _BOLD + _MIDDLE)
    stripes = "".join(
        _box((x - 4 + 11.5 * n, ground - 36), (11.5, 10), paint(fill=fill, stroke="ink2", width=0.8), 0)
        for n, fill in enumerate(("data", "papper") * 4)
    )
    window = _box((x + 8, ground - 21), (38, 14), paint(fill="dataton"), 0)
    door = _box((x + 58, ground - 23), (15, 23), paint(fill="linje"), 0)
    return wall + sign + stripes + window + door


# ---- the ladder --------------------------------------------------------------------------------


def _ladder(village: Village) -> str:
    limit, step = village.limit, village.step
    first, second = village.place, (limit + step, limit + 2 * step - 1)
    sample = limit + 2
    parts = [
        *_mapping(34, _numbers(0, limit - 1, FEW), FEW, None),
        text(0, 82, f"0 till {limit - 1} ser likadana ut.", size=13, attrs=_SOFT),
        *_mapping(102, _numbers(*first, sample), sample, interval(*first)),
        text(0, 150, f"{sample} visas som {interval(*first)}.", size=13, attrs=_SOFT),
        *_mapping(170, _numbers(*second), None, interval(*second)),
    ]
    words = (
        f"Antal från 0 till {limit - 1} visas alla med samma tecken, två prickar. {_count(first)} och "
        f"{_count(second)}. Tre blir alltså två prickar, och {in_words(sample)} blir {interval(*first)}."
    )
    return _picture("steg", 204, ("Så blir det på sidan", words), parts)


def _count(ends: tuple[int, int]) -> str:
    return f"{ends[0]} till {ends[1]} visas som {interval(*ends)}"


def _numbers(low: int, high: int, marked: int | None = None) -> list[str]:
    """At most five: all numbers, or the ends and the marked one with dots between."""
    if high - low < 5:
        return [str(n) for n in range(low, high + 1)]
    if marked is None:
        return [str(low), str(low + 1), "…", str(high - 1), str(high)]
    return [str(low), "…", str(marked), "…", str(high)]


def _mapping(y: float, numbers: Sequence[str], marked: int | None, shown: str | None) -> list[str]:
    """Numbers in boxes, an arrow, and what is shown of them."""
    parts = []
    for place, number in enumerate(numbers):
        strong = number == str(marked)
        look = paint(fill="hojd" if strong else "papper", stroke="ink" if strong else "linje2",
                     width=2 if strong else 1)  # fmt: skip
        x = 2 + 32.0 * place
        parts.append(_box((x, y), (28, 28), look))
        weight = _BOLD if strong else ""
        parts.append(text(x + 14, y + 19, number, size=14, attrs=_INK + weight + _MIDDLE))
    arrow = f"M170 {num(y + 14)}h30m-8 -6l8 6l-8 6"
    parts.append(_path(arrow, paint(fill="none", stroke="ink2", width=1.6)))
    if shown is None:
        parts.append(_hatched((212, y), (90, 28)))
    else:
        parts.append(_box((212, y), (90, 28), paint(fill="data")))
        look = paint(fill="papper") + _BOLD + _MIDDLE
        parts.append(text(257, y + 19.5, shown, size=15, attrs=look))
    return parts


# ---- subtraction -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Case:
    """A municipality whose middle is hidden: the least of the whole, and the most of the two others."""

    key: str
    title: str
    over: str
    under: str
    whole: int
    parts: tuple[int, int]
    sum: str
    so: str


def _subtractions(village: Village) -> list[str]:
    total, (north, _, south) = village.true.total, village.true.counts
    (least, _), (most, high) = village.whole, (village.telling[0], village.place[1])
    middle, ends = PLACES[1], interval(*village.place)
    under = f"{PLACES[0]} {ends}, {PLACES[2]} {ends}, högst {high} var"
    cases = (
        _Case(
            "exakt", "Exakta tal avslöjar", f"{WHOLE}: {total}", f"{PLACES[0]} {north}, {PLACES[2]} {south}",
            total, (north, south), f"{total} − {north} − {south} = {FEW}",
            f"{middle} har {FEW}. Det är avslöjat.",
        ),
        _Case(
            "racker", "Steg kan räcka", f"{WHOLE}: {interval(*village.whole)}, minst {least}", under,
            least, (high, high), f"{high} + {high} är mer än {least}", f"{middle} kan vara tom.",
        ),
        _Case(
            "racker-inte", "Steg räcker inte alltid", f"{WHOLE}: {interval(*village.telling)}, minst {most}",
            under, most, (high, high), f"{most} − {high} − {high} = {village.left}",
            f"{middle} har minst {village.left}. Vi döljer mer.",
        ),
    )  # fmt: skip
    return [_bars(case, 296 / most) for case in cases]


def _bars(case: _Case, unit: float) -> str:
    """The least of the whole above the most of the two places; what is left over is filled with ink."""
    shapes = [
        text(0, 38, case.over, size=13, attrs=_SOFT),
        _box((0, 44), (unit * case.whole, 22), paint(fill="data")),
        text(0, 88, case.under, size=13, attrs=_SOFT),
    ]
    x = 0.0
    for part in case.parts:
        shapes.append(_box((x, 94), (unit * part, 22), paint(fill="dataton", stroke="data", width=1.2)))
        shapes.append(text(x + unit * part / 2, 110, str(part), size=14, attrs=_INK + _BOLD + _MIDDLE))
        x += unit * part
    left = case.whole - sum(case.parts)
    if left > 0:
        shapes.append(_box((x, 94), (unit * left, 22), paint(fill="ink")))
        inside = unit * left > 16
        look = paint(fill="papper" if inside else "ink") + _BOLD + _MIDDLE
        at = x + unit * left / 2 if inside else x + unit * left + 8
        shapes.append(text(at, 110, str(left), size=14, attrs=look))
    end = f"M{num(unit * case.whole)} 40V120"
    shapes.append(_path(end, paint(stroke="ink", width=1.2) + ' stroke-dasharray="3 3"'))
    shapes.append(text(0, 146, case.sum, size=15, attrs=_INK + _BOLD))
    shapes.append(text(0, 168, case.so, size=13, attrs=_INK))
    words = f"{case.over}. {case.under}. {case.sum}. {case.so}"
    return _picture(case.key, 176, (case.title, words), shapes)


# ---- realities ---------------------------------------------------------------------------------

_COLUMNS: Final = (40.0, 121.0, 202.0, 283.0)
"""Middle of each column."""


def _invented(number: int) -> str:
    return f"Påhittad verklighet {number}"


def _realities(village: Village) -> str:
    parts = [
        text(x, 40, name, size=13, attrs=_SOFT + _MIDDLE)
        for x, name in zip(_COLUMNS, (*PLACES, WHOLE), strict=True)
    ]
    shown = (interval(*village.place), None, interval(*village.place), interval(*village.whole))
    parts.append(text(0, 64, "Det vi visar", size=13, attrs=_INK + _BOLD))
    for x, words in zip(_COLUMNS, shown, strict=True):
        if words is None:
            parts.append(_hatched((x - 34, 72), (68, 26)))
            continue
        parts.append(_box((x - 34, 72), (68, 26), paint(fill="data")))
        parts.append(text(x, 90, words, size=14, attrs=paint(fill="papper") + _BOLD + _MIDDLE))
    said = []
    for number, reality in enumerate(village.realities, 1):
        parts += _reality(118 + 82 * (number - 1), number, reality)
        counts = ", ".join(f"{name} {count}" for name, count in zip(PLACES, reality.counts, strict=True))
        said.append(f"{_invented(number)}: {counts}, tillsammans {reality.total}.")
    words = (
        f"Vi visar {interval(*village.place)} i {PLACES[0]} och {PLACES[2]} och {interval(*village.whole)} i "
        f"kommunen. {PLACES[1]} visas inte. {' '.join(said)}"
    )
    return _picture("verkligheter", 352, ("Vilken är den riktiga?", words), parts)


def _reality(y: float, number: int, reality: Reality) -> list[str]:
    parts = [
        _path(f"M0 {num(y - 6)}H320", paint(stroke="linje", width=1)),
        text(0, y + 10, _invented(number), size=13, attrs=_INK + _BOLD),
    ]
    for x, count in zip(_COLUMNS, reality.counts, strict=False):
        if count == 0:
            look = paint(fill="hojd", stroke="ink", width=1.6) + ' stroke-dasharray="4 3"'
            parts.append(_box((x - 30, y + 18), (60, 24), look))
            parts.append(text(x, y + 34.5, "tom", size=13, attrs=_INK + _BOLD + _MIDDLE))
        elif count <= _MOST_DOTS:
            parts += [_dot(x, y + 24, place) for place in range(count)]
        parts.append(text(x, y + 62, str(count), size=14, attrs=_INK + _BOLD + _MIDDLE))
    parts.append(text(_COLUMNS[3], y + 62, f"= {reality.total}", size=14, attrs=_INK + _BOLD + _MIDDLE))
    return parts


def _dot(middle: float, y: float, place: int) -> str:
    row, column = divmod(place, 5)
    cx, cy = middle + 13 * (column - 2), y + 13 * row
    return f'<circle cx="{num(cx)}" cy="{num(cy)}" r="4.5"{paint(fill="data")}/>'
