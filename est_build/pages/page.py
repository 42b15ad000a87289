"""What every page is: an address, a title, a description and a body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field

from markupsafe import Markup

NOT_DRAWN = Markup("<!--ej ritad-->")
"""In the place of a body that another part of a shared build draws."""


@dataclass(frozen=True, slots=True)
class Related:
    """A file that says the same as a page, for programs (a ``link`` in the head)."""

    rel: str
    media: str
    path: str
    """Under the site: ``dcat.rdf``."""
    title: str


@dataclass(frozen=True, slots=True)
class PageHead:
    """What is known of a page before its body. ``path`` is ``""`` for the start page, else
    ``atgarder/2026-017/``.
    """

    path: str
    title: str
    description: str
    section: str
    _: KW_ONLY
    language: str = "sv"
    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    canonical: str | None = None
    kind: str = "Sida"
    """What sort of page it is, in the words of the search filter: ``Lägesbild``, ``Åtgärd`` …"""
    places: tuple[str, ...] = ()
    """Names of the areas that the page is about, municipality included."""
    span: str = ""
    """The year that it is about (``2026``); empty for a page that belongs to no time."""
    translations: tuple[tuple[str, str], ...] = ()
    """Language and address of the same page in other languages; those pages name this one back."""
    searchable: bool = True
    feed: tuple[str, str] | None = None
    """Title and address of the feed that tells the same, beside that of the whole site."""
    related: tuple[Related, ...] = ()


@dataclass(frozen=True, slots=True)
class Page(PageHead):
    """A page with a ready body. Links in ``html`` are written from the root of the site (``/atgarder/``)."""

    html: Markup


@dataclass(frozen=True, slots=True)
class MarkdownPage(PageHead):
    """A hand-written page, rendered by the engine."""

    text: str
    file: str = ""
    """Where it is written, from the top of the instance: ``content/om.md``."""
    parts: Mapping[str, Markup] = field(default_factory=dict)
    """Key of a line ``<!--est:KEY-->`` in the text -> the ready HTML that stands there."""
