"""What every page is: an address, a title, a description and a body."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Page:
    """A page with a ready body. ``path`` is ``""`` for the start page, else ``atgarder/2026-017/``.

    Links in ``html`` are written from the root of the site (``/atgarder/``).
    """

    path: str
    title: str
    description: str
    section: str
    html: Markup
    language: str = "sv"
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    canonical: str | None = None


@dataclass(frozen=True, slots=True)
class MarkdownPage:
    """A hand-written page, rendered by the engine."""

    path: str
    title: str
    description: str
    section: str
    text: str
    language: str = "sv"
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    canonical: str | None = None
