"""Squares: whether something was delivered, and how far a counted goal has come. Words stand beside them.

They are square so that nobody takes them for the round knots of the thread.
"""

from __future__ import annotations

from typing import Final

from markupsafe import Markup, escape

from est_build.figures.phrases import delivery_words, goal_words
from est_build.figures.svg import num, paint

_FILL: Final[dict[str, str]] = {
    "hel": '<path d="M1 1h14v14H1z"{ink}/><path d="M4 8.2l2.7 2.8L12 5.2"{cut} fill="none"/>',
    "halv": '<path d="M1.8 1.8h12.4v12.4H1.8z"{edge}/><path d="M1.8 14.2V1.8L14.2 14.2z"{ink}/>',
    "tom": '<path d="M1.8 1.8h12.4v12.4H1.8z"{edge}/><path d="M5 5l6 6M11 5l-6 6"{edge}/>',
    "klocka": '<path d="M1.8 1.8h12.4v12.4H1.8z"{edge}/><path d="M8 4.4V8.4l3 1.8"{edge}/>',
    "prick": '<path d="M1.8 1.8h12.4v12.4H1.8z"{edge} stroke-dasharray="2.2 1.8"/>',
}
_SHAPE: Final[dict[str, str]] = {
    "som-planerat": "hel", "delvis": "halv", "inte-gjort": "tom",
    "finns": "hel", "saknas": "tom", "snart": "klocka", "forsenad": "klocka",
    "frivilligt": "prick", "okant": "prick",
}  # fmt: skip
MOST = 24
"""A counted goal of more than this is drawn as one bar."""


def square(code: str) -> Markup:
    """The sign of a delivery or of a standing before the law; its word belongs after it."""
    edge = paint(fill="none", stroke="ink", width=1.6)
    body = _FILL[_SHAPE.get(code, "prick")].format(
        ink=paint(fill="ink"), cut=paint(stroke="papper", width=2), edge=edge
    )
    return Markup(
        f'<svg class="ikon" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">{body}</svg>'
    )


def square_mark(code: str, words: str) -> Markup:
    """Sign and word."""
    return Markup('<span class="status">{}<b>{}</b></span>').format(square(code), words)


def delivery_mark(code: str) -> Markup:
    """Whether it was done as planned: sign and words (code of the list ``genomforande``)."""
    return square_mark(code, delivery_words(code))


def goal_bar(done: int, wanted: int) -> Markup:
    """One block for each counted thing, those done filled. Decoration beside its words."""
    full = min(done, wanted)
    count, filled = (wanted, full) if wanted <= MOST else (1, 0)
    width = count * 12 if wanted <= MOST else 240
    parts = []
    for index in range(count):
        x, wide = (index * 12 + 0.8, 8.4) if wanted <= MOST else (0.8, 238.4)
        look = paint(fill="trad" if index < filled else "none", stroke="trad", width=1.4)
        parts.append(f'<rect x="{num(x)}" y=".8" width="{num(wide)}" height="10.4"{look}/>')
    if wanted > MOST:
        parts.append(
            f'<rect x="0" y="0" width="{num(240 * full / wanted)}" height="12"{paint(fill="trad")}/>'
        )
    return Markup(
        f'<svg class="malrad" width="{width}" height="12" viewBox="0 0 {width} 12" aria-hidden="true">'
        f"{''.join(parts)}</svg>"
    )


def goal_line(label: str, done: int, wanted: int, unit: str) -> Markup:
    """``Gjort hittills: 4 av 11 stolpar`` with its blocks."""
    return Markup('<p class="mal"><strong>{}:</strong> {} {}</p>').format(
        label, goal_words(done, wanted, unit), goal_bar(done, wanted)
    )


def clock_bar(passed: int, whole: int, state: str) -> Markup:
    """The months of a cycle: those that have passed are filled. Decoration beside its words."""
    step = 9
    parts = []
    for index in range(whole):
        x = index * step + (3 if index >= whole // 2 else 0)
        look = paint(fill="ink2" if index < passed else "none", stroke="ink2", width=1.2)
        dash = ' stroke-dasharray="2 1.6"' if state == "forsenad" else ""
        parts.append(f'<rect x="{x + 0.7:g}" y=".7" width="5.6" height="12.6"{look}{dash}/>')
    width = whole * step + 3
    return Markup(
        f'<svg class="manader" width="{width}" height="14" viewBox="0 0 {width} 14" aria-hidden="true">'
        f"{''.join(parts)}</svg>"
    )


def labelled(label: str, body: Markup | str) -> Markup:
    """A paragraph that begins with its label."""
    return Markup("<p><strong>{}:</strong> {}</p>").format(label, escape(body))
