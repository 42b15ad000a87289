"""Small signs: the status of an action, the thread, participation, signals, the hidden number.

A sign never stands alone: its word stands beside it, so the sign itself is hidden from screen readers
(``aria-hidden``). Signs that carry a message of their own (rows of dots) have a name instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Literal

from markupsafe import Markup, escape

from est_build.figures.svg import hatch_box, hatch_circle, num, paint
from est_build.figures.text import FEW_INVITED, participation_words, tenths
from est_build.model.cell import Shown
from est_build.model.series import Participation

Knot = Literal[
    "tom",
    "foreslagen",
    "beslutad",
    "planerad",
    "pagar",
    "pausad",
    "klar",
    "genomford",
    "uppfoljd",
    "avbruten",
    "overlamnad",
    "forsenad",
    "saknas",
]
"""What a knot on the thread can look like. The status codes of actions are among them."""

_NEVER: Final[dict[tuple[str, str], str]] = {
    ("avbruten", "tom"): "görs inte",
    ("overlamnad", "tom"): "görs inte här",
}
"""What comes after something that was given up or handed over does not remain: it will never be."""
KNOT_WORDS: Final[dict[str, str]] = {
    "tom": "återstår",
    "foreslagen": "föreslagen",
    "beslutad": "beslutad",
    "planerad": "planerad",
    "pagar": "pågår",
    "pausad": "pausad",
    "klar": "klar",
    "genomford": "genomförd",
    "uppfoljd": "gjord",
    "avbruten": "avbruten",
    "overlamnad": "överlämnad",
    "forsenad": "försenad",
    "saknas": "saknas",
}
STATIONS: Final = ("Rapporter", "Fråga", "Orsak", "Åtgärd", "Uppföljning")
DONE: Final = frozenset({"klar", "genomford", "uppfoljd"})
_ABSENT: Final = frozenset({"tom", "saknas", "foreslagen"})


def knot(state: str, cx: float, cy: float, r: float) -> str:
    """The shape of a knot, centred at ``cx``, ``cy``. Unknown states give an open ring."""
    width = max(1.2, r * 0.26)
    ring_r = r - width / 2
    ring = f'<circle cx="{num(cx)}" cy="{num(cy)}" r="{num(ring_r)}"'
    thin = paint(fill="none", stroke="trad", width=width)
    if state in {"klar", "genomford"}:
        return f'<circle cx="{num(cx)}" cy="{num(cy)}" r="{num(r)}"{paint(fill="trad")}/>'
    if state == "uppfoljd":
        return (
            f'<circle cx="{num(cx)}" cy="{num(cy)}" r="{num(r)}"{paint(fill="trad")}/>'
            f'<path d="M{num(cx - r * 0.48)} {num(cy + r * 0.05)}l{num(r * 0.35)} {num(r * 0.36)}'
            f'l{num(r * 0.62)} {num(-r * 0.75)}"'
            f"{paint(fill='none', stroke='papper', width=width)}"
            ' stroke-linecap="round" stroke-linejoin="round"/>'
        )
    dashed = ""
    if state in {"foreslagen", "forsenad", "saknas"}:
        part = ring_r * 6.2832 / 16
        dashed = f' stroke-dasharray="{part:.2f} {part:.2f}"'
    inner = _INNER[state](cx, cy, r, width) if state in _INNER else ""
    return f"{ring}{thin}{dashed}/>{inner}"


def _half(cx: float, cy: float, r: float, width: float) -> str:
    radius = r - width / 2
    x, q = num(cx), num(radius)
    data = f"M{x} {num(cy - radius)}A{q} {q} 0 0 0 {x} {num(cy + radius)}z"
    return f'<path d="{data}"{paint(fill="trad")}/>'


def _dot(cx: float, cy: float, r: float, width: float) -> str:
    return f'<circle cx="{num(cx)}" cy="{num(cy)}" r="{num(r * 0.3)}"{paint(fill="trad")}/>'


def _strokes(data: Callable[[float, float, float], str]) -> Callable[..., str]:
    """A drawer of lines inside the ring from a function that gives path data."""

    def draw(cx: float, cy: float, r: float, width: float) -> str:
        look = paint(fill="none", stroke="trad", width=max(1.1, width * 0.95))
        return f'<path d="{data(cx, cy, r)}"{look} stroke-linecap="round" stroke-linejoin="round"/>'

    return draw


_INNER: Final[dict[str, Callable[..., str]]] = {
    "pagar": _half,
    "planerad": _dot,
    "pausad": _strokes(
        lambda x, y, r: (
            f"M{num(x - r * 0.22)} {num(y - r * 0.34)}v{num(r * 0.68)}"
            f"M{num(x + r * 0.22)} {num(y - r * 0.34)}v{num(r * 0.68)}"
        )
    ),
    "avbruten": _strokes(
        lambda x, y, r: (
            f"M{num(x - r * 0.32)} {num(y - r * 0.32)}l{num(r * 0.64)} {num(r * 0.64)}"
            f"m0 {num(-r * 0.64)}l{num(-r * 0.64)} {num(r * 0.64)}"
        )
    ),
    "overlamnad": _strokes(
        lambda x, y, r: (
            f"M{num(x - r * 0.42)} {num(y)}h{num(r * 0.8)}"
            f"m{num(-r * 0.32)} {num(-r * 0.32)}l{num(r * 0.32)} {num(r * 0.32)}"
            f"l{num(-r * 0.32)} {num(r * 0.32)}"
        )
    ),
    "forsenad": _strokes(
        lambda x, y, r: f"M{num(x)} {num(y - r * 0.5)}v{num(r * 0.5)}l{num(r * 0.36)} {num(r * 0.22)}"
    ),
    "saknas": _strokes(
        lambda x, y, r: f"M{num(x)} {num(y - r * 0.45)}v{num(r * 0.5)}M{num(x)} {num(y + r * 0.45)}v.1"
    ),
}


def status_icon(state: str, size: int = 16) -> Markup:
    """The sign of a status, to stand before its word."""
    return Markup(
        f'<svg class="ikon" width="{size}" height="{size}" viewBox="0 0 16 16" aria-hidden="true">'
        f"{knot(state, 8, 8, 7)}</svg>"
    )


def status_mark(state: str, label: str, *notes: str) -> Markup:
    """Sign and word of a status, with framed notes ("Försenad", "Uppföljning saknas") after it."""
    extra = "".join(f' <span class="etikett etikett--stark">{escape(note)}</span>' for note in notes)
    return Markup(f'<span class="status">{status_icon(state)}<b>{escape(label)}</b>{extra}</span>')


def solid_between(left: str, right: str) -> bool:
    """True when the thread between two knots is whole: the left is done and the right exists."""
    return left in DONE and right not in _ABSENT


def thread_words(states: Sequence[str], names: Sequence[str] = STATIONS) -> str:
    """``Tråden: rapporter klar, fråga klar, orsak klar, åtgärd pågår, uppföljning återstår``."""
    parts = [
        f"{station.lower()} {_NEVER.get((before, state)) or KNOT_WORDS.get(state, state)}"
        for station, before, state in zip(names, ("", *states), states, strict=False)
    ]
    return "Tråden: " + ", ".join(parts)


def thread_dots(states: Sequence[str], names: Sequence[str] = STATIONS) -> Markup:
    """Small knots on a line for a card, as many as there are names. The name says what each knot says."""
    step, r = 16.0, 5.0
    parts: list[str] = []
    for index in range(len(states) - 1):
        whole = solid_between(states[index], states[index + 1])
        dash = "" if whole else ' stroke-dasharray="1.5 1.8"'
        x = 6 + index * step
        parts.append(
            f'<path d="M{num(x + r)} 6H{num(x + step - r)}"{paint(stroke="trad-linje", width=1.6)}{dash}/>'
        )
    parts += [knot(state, 6 + index * step, 6, r) for index, state in enumerate(states)]
    width = 12 + step * (len(states) - 1)
    return Markup(
        f'<svg class="tradprickar" width="{num(width)}" height="12" viewBox="0 0 {num(width)} 12" '
        f'role="img" aria-label="{escape(thread_words(states, names))}">{"".join(parts)}</svg>'
    )


def dots_row(first: int, last: int) -> Markup:
    """Ten dots: ``first`` filled, those up to ``last`` half filled. Decoration beside its words."""
    parts: list[str] = []
    for index in range(10):
        x = 6 + index * 14
        if index < first:
            parts.append(f'<circle cx="{x}" cy="6" r="5"{paint(fill="ink")}/>')
            continue
        parts.append(f'<circle cx="{x}" cy="6" r="4.3"{paint(fill="none", stroke="linje2", width=1.4)}/>')
        if index < last:
            parts.append(f'<path d="M{x} 1.7a4.3 4.3 0 0 0 0 8.6z"{paint(fill="ink")}/>')
    return Markup(
        '<svg class="prickar" width="138" height="12" viewBox="0 0 138 12" aria-hidden="true">'
        f"{''.join(parts)}</svg>"
    )


def participation_dots(value: Participation) -> Markup:
    """Ten dots and words; words alone where a share would say too much or nothing is known."""
    words = participation_words(value)
    if value.invited == 0:
        dots = dots_row(0, 0)
    elif not isinstance(value.answered, Shown) or value.invited < FEW_INVITED:
        return Markup(f'<span class="deltagande"><b>{escape(words)}</b></span>')
    else:
        dots = dots_row(*tenths(value.answered.low, value.answered.high, value.invited))
    return Markup(f'<span class="deltagande">{dots} <b>{escape(words)}</b></span>')


def promise_row(kept: int, late: int, dropped: int) -> Markup:
    """A row of knots for promises: kept, late, dropped. The words belong beside it."""
    states = ["klar"] * kept + ["forsenad"] * late + ["avbruten"] * dropped
    step = 20
    width = max(1, len(states)) * step
    body = "".join(knot(state, 9 + index * step, 9, 8) for index, state in enumerate(states))
    return Markup(
        f'<svg class="loften" width="{width}" height="18" viewBox="0 0 {width} 18" '
        f'aria-hidden="true">{body}</svg>'
    )


def hidden_shape(cx: float, cy: float, r: float) -> str:
    """The hatched circle that stands for a number under the display limit, always of one size."""
    return (
        f'<circle cx="{num(cx)}" cy="{num(cy)}" r="{num(r)}"'
        f'{paint(fill="land", stroke="linje2", width=1)} stroke-dasharray="2 1.6"/>'
        f'<path d="{hatch_circle(cx, cy, r - 0.6, r * 0.48)}"{paint(stroke="linje2", width=1.1)}/>'
    )


def hidden_mark() -> Markup:
    """The hatched circle as a sign in running text and legends."""
    return Markup(
        '<svg class="ikon" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">'
        f"{hidden_shape(8, 8, 6.5)}</svg>"
    )


def number_badge(value: int, cx: float, cy: float, r: float = 8) -> str:
    """An ochre disc with a number: an action on a map or a post in a chart."""
    size = r * (1.3 if value < 10 else 1.12)
    return (
        f'<circle cx="{num(cx)}" cy="{num(cy)}" r="{num(r)}"'
        f"{paint(fill='trad', stroke='papper', width=1.2)}/>"
        f'<text x="{num(cx)}" y="{num(cy + size * 0.36)}" font-size="{num(size)}"'
        f'{paint(fill="papper")} font-weight="700" text-anchor="middle">{value}</text>'
    )


def number_icon(value: int) -> Markup:
    """The same disc in a list, beside the action that it stands for."""
    return Markup(
        '<svg class="ikon ikon--nummer" width="22" height="22" viewBox="0 0 22 22" '
        f'aria-hidden="true">{number_badge(value, 11, 11, 10)}</svg>'
    )


SignalKind = Literal["fler", "farre", "inom", "nytt", "lite", "dold", "uppehall"]
SIGNAL_WORDS: Final[dict[str, str]] = {
    "fler": "Fler än vanligt",
    "farre": "Färre än vanligt",
    "inom": "Inom det vanliga",
    "nytt": "Nytt",
    "lite": "För lite underlag",
    "dold": "Visas inte",
    "uppehall": "Ingen insamling",
}
_TONE: Final[dict[str, str]] = {"fler": "fler", "nytt": "fler", "farre": "farre"}


def signal_mark(kind: SignalKind) -> Markup:
    """The sign of a verdict. Ready for the day when signals are computed; drawn nowhere before that."""
    tone = _TONE.get(kind, "vanligt")
    edge = paint(stroke=tone, width=1.2) + ' stroke-dasharray="2 1.6"'
    solid, pale = paint(fill=tone), paint(fill="bandlinje") + ' fill-opacity=".3"'
    shapes = {
        "fler": (
            f'<rect x="1" y="9" width="18" height="6"{pale}/><path d="M1 9h18M1 15.2h18"{edge}/>'
            f'<path d="M5 8V4l5-4 5 4v4z"{solid}/>'
        ),
        "farre": (
            f'<rect x="1" y="1" width="18" height="6"{pale}/><path d="M1 .8h18M1 7h18"{edge}/>'
            f'<path d="M5 8v4l5 4 5-4V8z"{solid}/>'
        ),
        "inom": (
            f'<rect x="1" y="2" width="18" height="12"{pale}/><path d="M1 2h18M1 14h18"{edge}/>'
            f'<path d="M5 5.5h10v5H5z"{solid}/>'
        ),
        "nytt": (
            f'<path d="M4 0h12v12H4z"{solid}/><path d="M1 15h18"{paint(stroke=tone, width=1.6)}/>'
            f'<path d="M10 3v6M7 6h6"{paint(stroke="papper", width=1.8)}/>'
        ),
        "lite": (
            f'<path d="M1 2h18M1 14h18M5 5.5h10v5H5z"{paint(fill="none", stroke=tone, width=1.2)}'
            ' stroke-dasharray="2 1.6"/>'
        ),
        "dold": (f'<path d="{hatch_box(2, 4, 16, 10, 4)}M1 15h18"{paint(stroke=tone, width=1.3)}/>'),
        "uppehall": f'<path d="M6 1v14M14 1v14"{edge}/>',
    }
    return Markup(
        f'<svg class="ikon" width="20" height="16" viewBox="0 0 20 16" aria-hidden="true">'
        f"{shapes[kind]}</svg>"
    )


def signal_badge(kind: SignalKind, *, tinted: bool = True) -> Markup:
    """Sign and words of a verdict, on its tint in cards and page heads, plain in tables."""
    tone = _TONE.get(kind, "vanligt")
    css = f"omdome omdome--{tone}" + (" omdome--ton" if tinted else "")
    return Markup(f'<span class="{css}">{signal_mark(kind)}<span>{SIGNAL_WORDS[kind]}</span></span>')
