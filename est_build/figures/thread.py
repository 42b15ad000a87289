"""Tråden: report, issue, cause, action, follow-up. One ochre line with five knots, in two layouts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from markupsafe import Markup, escape

from est_build.figures.icons import KNOT_WORDS, knot, solid_between, thread_dots


@dataclass(frozen=True, slots=True)
class Station:
    """A station of the horizontal strip: its name and what is counted there."""

    label: str
    value: str
    state: str = "klar"
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the vertical story. ``body`` and ``aside`` are ready-made markup."""

    over: str
    """Line above the heading: the station, or the station and a date."""
    heading: Markup | str
    body: Markup = field(default_factory=Markup)
    state: str = "klar"
    aside: Markup = field(default_factory=Markup)
    """Stands beside the step on a wide screen, after it on a narrow one."""
    anchor: str = ""
    """Id of the step, so that other pages can point at it."""


SHORT: Final = ("Varför", "Åtgärd", "Uppföljning")
"""The stations of an action that belongs to no issue, but has its reason written out."""


def action_dots(states: Sequence[str], *, reason: bool) -> Markup:
    """The thread of an action on a card.

    Args:
        states: the five knots of its state.
        reason: True for an action without issue whose reason is written: the thread is then a shorter one.
    """
    return thread_dots(("klar", *states[-2:]), SHORT) if reason else thread_dots(states)


def _knot_icon(state: str, size: int, ring: bool = False) -> str:
    mid = size / 2
    around = (
        f'<circle cx="{mid:g}" cy="{mid:g}" r="{mid - 1:g}" fill="none" class="s-ink" '
        'stroke="#17242e" stroke-width="1.8"/>'
        if ring
        else ""
    )
    return (
        f'<svg class="knut" width="{size}" height="{size}" viewBox="0 0 {size} {size}" '
        f'aria-hidden="true">{around}{knot(state, mid, mid, mid - (5 if ring else 4))}</svg>'
    )


def thread_strip(stations: Sequence[Station], current: int | None = None) -> Markup:
    """The horizontal thread with five stations and what is counted at each.

    Args:
        stations: in order from report to follow-up.
        current: index of the station where the reader is; it gets a ring.
    """
    items: list[str] = []
    for index, station in enumerate(stations):
        ahead = stations[index + 1].state if index + 1 < len(stations) else None
        css = "trad__del" + (
            " trad__del--bruten" if ahead is not None and not solid_between(station.state, ahead) else ""
        )
        here = ' aria-current="step"' if index == current else ""
        value = escape(station.value)
        shown = f'<a href="{escape(station.href)}">{value}</a>' if station.href else value
        said = "" if station.state == "klar" else _said(station)
        items.append(
            f'<li class="{css}"{here}>{_knot_icon(station.state, 26, index == current)}'
            f'<span class="trad__namn">{escape(station.label)}{said}</span>'
            f' <span class="trad__antal">{shown}</span></li>'
        )
    return Markup(f'<ol class="trad">{"".join(items)}</ol>')


def _said(station: Station) -> str:
    words = KNOT_WORDS.get(station.state, station.state)
    return f'<span class="dold"> ({escape(words)})</span>'


def thread_story(steps: Sequence[Step], *, level: int = 3, small: bool = False) -> Markup:
    """The vertical thread: the story of an issue or an action, from report to follow-up.

    Args:
        steps: in order.
        level: level of the headings (2–6).
        small: smaller headings, for a page where the thread is one part among several.
    """
    items: list[str] = []
    for index, step in enumerate(steps):
        ahead = steps[index + 1].state if index + 1 < len(steps) else None
        css = "berattelse__del"
        if ahead is not None and not solid_between(step.state, ahead):
            css += " berattelse__del--bruten"
        side = f'<div class="berattelse__sida">{step.aside}</div>' if step.aside else ""
        own = f' id="{escape(step.anchor)}"' if step.anchor else ""
        items.append(
            f'<li class="{css}"{own}>{_knot_icon(step.state, 24)}<div class="berattelse__text">'
            f'<p class="berattelse__over">{escape(step.over)}</p>'
            f"<h{level}>{escape(step.heading)}</h{level}>{step.body}</div>{side}</li>"
        )
    name = "berattelse berattelse--liten" if small else "berattelse"
    return Markup(f'<ol class="{name}">{"".join(items)}</ol>')
