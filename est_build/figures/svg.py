"""Small tools for writing SVG and HTML: escaped attributes, colours by token, numbers without noise."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from markupsafe import Markup, escape

from est_build.figures.tokens import LIGHT

FONT: Final = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif"
SERIF: Final = "Charter, 'Sitka Text', Cambria, 'Noto Serif', Georgia, serif"

_TRANSLITERATE: Final = str.maketrans({"å": "a", "ä": "a", "ö": "o", "é": "e", "ü": "u", "æ": "a"})


_INTERVAL: Final = re.compile(r"\d[\d\u202f]*–\d[\d\u202f]*")


def unbroken(words: str) -> Markup:
    """The words escaped, with every interval kept on one line: a line may otherwise break after the dash."""
    return Markup(_INTERVAL.sub(lambda m: f'<span class="hel">{m[0]}</span>', str(escape(words))))


def num(value: float) -> str:
    """A coordinate with at most one decimal and no trailing nought: ``12``, ``12.5``."""
    text = f"{value:.1f}"
    if text.endswith(".0"):
        text = text[:-2]
    return "0" if text == "-0" else text


def ident(key: str) -> str:
    """A key as a safe HTML id: ``ystad/otrygg-utformning`` -> ``ystad-otrygg-utformning``."""
    plain = unicodedata.normalize("NFC", key).lower().translate(_TRANSLITERATE)
    text = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return text if text[:1].isalpha() else f"f-{text}"


def paint(*, fill: str | None = None, stroke: str | None = None, width: float | None = None) -> str:
    """Class and presentation attributes for the given colour tokens, with a leading space.

    Args:
        fill: token of the fill; ``none`` for no fill; ``None`` leaves it unsaid.
        stroke: token of the line.
        width: width of the line in user units.
    """
    classes, attributes = [], []
    for name, letter, token in (("fill", "f", fill), ("stroke", "s", stroke)):
        if token == "none":
            attributes.append(f'{name}="none"')
        elif token is not None:
            classes.append(f"{letter}-{token}")
            attributes.append(f'{name}="{LIGHT[token]}"')
    if width is not None:
        attributes.append(f'stroke-width="{num(width)}"')
    css = f' class="{" ".join(classes)}"' if classes else ""
    return css + (" " + " ".join(attributes) if attributes else "")


def text(x: float, y: float, content: str, *, size: float = 12, attrs: str = "") -> str:
    """A line of text with escaped content. ``attrs`` is ready-made (:func:`paint` and the like)."""
    return f'<text x="{num(x)}" y="{num(y)}" font-size="{num(size)}"{attrs}>{escape(content)}</text>'


def label_attrs(key: str, title: str, description: str) -> tuple[str, str]:
    """Attributes of the root and the ``title`` and ``desc`` elements that they point at."""
    base = ident(key)
    attributes = f' role="img" aria-labelledby="{base}-t" aria-describedby="{base}-d"'
    inner = f'<title id="{base}-t">{escape(title)}</title><desc id="{base}-d">{escape(description)}</desc>'
    return attributes, inner


def opening(css: str, width: float, height: float, attributes: str) -> str:
    """The start tag of a picture of ``width`` times ``height`` units."""
    w, h = num(width), num(height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{css}" viewBox="0 0 {w} {h}" width="{w}" '
        f'height="{h}" font-family="{FONT}"{attributes}>'
    )


def hatch_circle(cx: float, cy: float, r: float, gap: float = 3.0) -> str:
    """Path data of diagonal lines inside a circle: the mark for a hidden number.

    Written out as lines, since a pattern needs an id and many programs leave patterns out.
    """
    parts: list[str] = []
    steps = int(r / gap)
    for step in range(-steps, steps + 1):
        offset = step * gap
        half = (max(0.0, r * r - offset * offset)) ** 0.5
        if half < 0.8:
            continue
        # The line runs along (1, -1) and is moved by ``offset`` along (1, 1).
        mx, my = cx + offset * 0.7071, cy + offset * 0.7071
        dx = half * 0.7071
        parts.append(f"M{num(mx - dx)} {num(my + dx)}L{num(mx + dx)} {num(my - dx)}")
    return "".join(parts)


def hatch_box(x: float, y: float, width: float, height: float, gap: float = 4.0) -> str:
    """Path data of diagonal lines inside a box (``x``, ``y`` is its upper left corner)."""
    parts: list[str] = []
    offset = gap / 2
    while offset < width + height:
        x1, y1 = x + min(offset, width), y + max(0.0, offset - width)
        x0, y0 = x + max(0.0, offset - height), y + min(offset, height)
        parts.append(f"M{num(x0)} {num(y0)}L{num(x1)} {num(y1)}")
        offset += gap
    return "".join(parts)


def join(parts: Iterable[str]) -> Markup:
    """Ready-made pieces as one piece of markup."""
    return Markup("".join(parts))


def example_mark(x: float, y: float) -> str:
    """The mark that says that the figures are invented. Upper left corner at ``x``, ``y``; 58 x 15."""
    return (
        f'<g class="exmark"><rect x="{num(x)}" y="{num(y)}" width="58" height="15" rx="2"'
        f"{paint(fill='ink')}/>"
        + text(
            x + 29,
            y + 11,
            "EXEMPEL",
            size=9.5,
            attrs=f'{paint(fill="papper")} font-weight="700" letter-spacing=".8" text-anchor="middle"',
        )
        + "</g>"
    )
