"""A figure as readers meet it: the message first, then the picture, then the same numbers as a table."""

from __future__ import annotations

from markupsafe import Markup, escape

from est_build.figures.svg import unbroken

SHOW_NUMBERS = "Siffrorna i tabell"


def figure(
    title: str,
    picture: Markup,
    *,
    subtitle: str = "",
    table: Markup | None = None,
    legend: Markup | None = None,
    css: str = "",
) -> Markup:
    """Picture with its message above it and its numbers under it.

    Args:
        title: the message as a sentence.
        picture: the SVG (or a map with its fallback).
        subtitle: what is counted, where and when.
        table: the same numbers; folded away until asked for, unfolded in print.
        legend: how to read the picture.
        css: further classes, for example ``figur--liten``.
    """
    names = escape(f"figur {css}".strip())
    below = f'<p class="figur__under">{unbroken(subtitle)}</p>' if subtitle else ""
    return Markup(
        f'<figure class="{names}"><figcaption><p class="figur__titel">{unbroken(title)}</p>{below}'
        f"</figcaption>{picture}{legend or ''}{numbers_details(table, title) if table else ''}</figure>"
    )


def numbers_details(table: Markup, about: str, summary: str = SHOW_NUMBERS) -> Markup:
    """A table that opens on demand. ``about`` makes the control's name unique on the page."""
    return Markup(
        f'<details class="siffror"><summary>{escape(summary)}'
        f'<span class="dold">: {escape(about)}</span></summary>{table}</details>'
    )
