"""``/metod/ord/`` from ``content/ordlista.yml``; elsewhere the first use of each word is a link there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from est_build.figures.text import swedish_key
from est_build.pages import addresses
from est_build.pages.context import Context, render
from est_build.pages.page import Page
from est_build.schema.glossary import Term

MARK: Final = "ord"
"""Class of a link to an explanation: quieter than other links."""
_TAG = re.compile(r"(<svg\b.*?</svg>|<!--.*?-->|<[^>]*>)", re.DOTALL)
# A picture is one piece: nothing in it is text, and half of a page is pictures.
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_CLASS = re.compile(r'\sclass="([^"]*)"')
PROSE: Final = frozenset({"p", "li", "dd"})
"""Only what stands in one of these is running text."""
QUIET: Final = frozenset(
    {
        "a",
        "h1",
        "h2",
        "h3",
        "h4",
        "table",
        "svg",
        "summary",
        "label",
        "nav",
        "code",
        "pre",
        "figcaption",
        "dt",
    }
)
_QUIET_CLASSES: Final = frozenset(
    {
        "overrad",
        "fakta",
        "kort",
        "trad",
        "lankrad",
        "dold",
        "berattelse__over",
        "citera",
        "val",
        "status",
        "ordlista",
        "felruta",
        "kommando",
    }
)
_VOID: Final = frozenset(
    {"br", "img", "hr", "wbr", "input", "meta", "link", "source", "path", "circle", "rect"}
)


@dataclass(frozen=True, slots=True)
class Letter:
    """The words that begin with a letter."""

    letter: str
    terms: tuple[tuple[str, Term], ...]
    """Anchor and word."""


@dataclass(frozen=True, slots=True)
class GlossaryPage:
    """All words, A–Ö."""

    letters: tuple[Letter, ...]


def glossary_pages(context: Context) -> list[Page]:
    """The page of words, where the instance has a list of them."""
    terms = context.published.texts.glossary
    if not terms:
        return []
    html = render("glossary.html.j2", GlossaryPage(tuple(_letters(terms))))
    words = "Ordlista med korta förklaringar till orden på webbplatsen."
    path = addresses.path(addresses.GLOSSARY)
    return [Page(path, "Ord vi använder", words, "metod", html, kind="Metod")]


def _letters(terms: Iterable[Term]) -> Iterator[Letter]:
    found: dict[str, list[tuple[str, Term]]] = {}
    for term in sorted(terms, key=lambda t: swedish_key(t.ord)):
        found.setdefault(term.ord[0].upper(), []).append((anchor_of(term), term))
    for letter, rows in found.items():
        yield Letter(letter, tuple(rows))


def anchor_of(term: Term) -> str:
    """Where a word is explained on its page: ``under-visningsgransen``."""
    return addresses.slug(term.ord)


class Marker:
    """Makes a link of the first use of each word in a page's running text."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._anchors = {form: anchor_of(term) for term in terms for form in term.former}
        # The longest form first: "under visningsgränsen" before "visningsgränsen".
        forms = sorted(self._anchors, key=lambda form: (-len(form), form))
        choice = "|".join(re.escape(form) for form in forms)
        self._pattern = re.compile(rf"(?<![\w-])({choice})(?![\w-])", re.IGNORECASE) if forms else None

    def html(self, text: str) -> str:
        """Ready HTML with the words marked. Headings, links, tables, pictures and controls are left alone."""
        if self._pattern is None:
            return text
        seen: set[str] = set()
        stack: list[tuple[str, bool, bool]] = []
        parts = []
        for part in _TAG.split(text):
            if part.startswith("<"):
                _step(stack, part)
            elif part.strip() and stack and stack[-1][1] and not stack[-1][2]:
                part = self._mark(part, seen, '<a class="ord" href="{href}">{word}</a>')
            parts.append(part)
        return "".join(parts)

    def markdown(self, text: str) -> str:
        """The same in hand-written Markdown: only in paragraphs and lists, outside links and code."""
        if self._pattern is None:
            return text
        seen: set[str] = set()
        blocks = []
        for block in re.split(r"(\n\s*\n)", text):
            if not block.strip() or block.lstrip().startswith(("#", "<", "|", "```", "    ")):
                blocks.append(block)
                continue
            pieces = re.split(r"(!?\[[^\]]*\]\([^)]*\)(?:\{[^}]*\})?|`[^`]*`|<[^>]*>)", block)
            # Every second piece is a link, code or mark-up.
            blocks.append(
                "".join(
                    piece if i % 2 else self._mark(piece, seen, "[{word}]({href}){{.ord}}")
                    for i, piece in enumerate(pieces)
                )
            )
        return "".join(blocks)

    def _mark(self, text: str, seen: set[str], form: str) -> str:
        assert self._pattern is not None

        def link(match: re.Match[str]) -> str:
            anchor = self._anchors[match[1].casefold()]
            # A word that stands alone is a label, not running text.
            if anchor in seen or match[0] == text.strip(" .,:;\n"):
                return match[0]
            seen.add(anchor)
            return form.format(href=f"{addresses.GLOSSARY}#{anchor}", word=match[1])

        return self._pattern.sub(link, text)


def _step(stack: list[tuple[str, bool, bool]], tag: str) -> None:
    """Keep count of open elements: name, whether it is running text, whether it is to be left alone."""
    found = _NAME.match(tag)
    if found is None:
        return
    name = found[1].lower()
    if tag.endswith("</svg>"):
        return
    if tag.startswith("</"):
        while stack and stack.pop()[0] != name:
            pass
    elif name not in _VOID and not tag.endswith("/>"):
        _, prose, quiet = stack[-1] if stack else ("", False, False)
        classes = _CLASS.search(tag)
        quiet |= name in QUIET or bool(classes and _QUIET_CLASSES & set(classes[1].split()))
        stack.append((name, prose or name in PROSE, quiet))
