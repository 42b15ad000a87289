"""What the macros of ``templates/parts.html.j2`` are given. Builders pass values, never mark-up."""

from __future__ import annotations

from dataclasses import dataclass

from est_build.pages.links import Link


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the plain answers on top of a page (macro ``svar``)."""

    label: str
    text: str
    link: Link | None = None
    """Stands after the text; the text of the link continues it."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Download:
    """A file to fetch (macro ``hamta``)."""

    text: str
    href: str
    note: str = ""
    """Sort and size: ``CSV, 12 kB``."""


@dataclass(frozen=True, slots=True)
class Citation:
    """How to refer to the page (macro ``citera``)."""

    publisher: str
    title: str
    published: str
    address: str
    """Whole, with host."""


@dataclass(frozen=True, slots=True)
class FunctionLine:
    """Whom to talk to (macro ``kontakt``): a function, never a person."""

    function: str
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """A number of reports, never without what it takes to read it (macro ``antal``)."""

    text: str | None
    """``35–39``; ``None`` when it may not be shown."""
    area: str
    span: str
    before: str
    """A sentence about the same area in the span before: ``Förra perioden: 30–34.``"""
    answered: str
    """``7 av 10 svarade``."""
    instead: str = ""
    """For a hidden number: the nearest shown one, in a sentence."""
