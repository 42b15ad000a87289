"""Soft hyphens in the long words of headings, labels and tables: a phone then breaks them with a hyphen.

Swedish writes its compounds as one word, and not every browser knows where they may be broken. Only what
stands large or narrow is marked: headings, cells, terms and summaries. Running text has room enough. What is
copied, read by programs or shown to search engines (titles, addresses, attributes, code, pictures, how to
refer to a page) is left as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

import pyphen

SOFT: Final = "\u00ad"
LONG: Final = 14
"""A word of at least this many letters is marked in headings, cells and labels."""
TIGHT: Final = 8
"""The same on the thread, whose five stations share the width of a phone."""
_EDGES: Final = {LONG: 4, TIGHT: 3}
"""At least this many letters stay together at each end of a word."""
_NARROW: Final = frozenset(
    {"h1", "h2", "h3", "h4", "h5", "h6", "th", "td", "dt", "caption", "summary", "label"}
)
_TIGHT_CLASSES: Final = frozenset({"trad__namn", "trad__antal", "tradtabell"})
_QUIET: Final = frozenset({"svg", "code", "pre", "script", "style", "textarea", "cite", "button"})
_QUIET_CLASSES: Final = frozenset({"citera", "dold"})
_VOID: Final = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr", "col", "source"})
_TAG: Final = re.compile(r"(<svg\b.*?</svg>|<!--.*?-->|<[^>]*>)", re.DOTALL)
# A picture is one piece: nothing in it is text, and half of a page is pictures.
_NAME: Final = re.compile(r"</?([a-zA-Z][\w-]*)")
_CLASS: Final = re.compile(r'\sclass="([^"]*)"')
# Not a part of an address, a file or a number.
_WORDS: Final = {
    least: re.compile(rf"(?<![\w@./&-])[^\W\d_]{{{least},}}(?![\w@/;]|[.]\w)") for least in (LONG, TIGHT)
}


@dataclass(frozen=True, slots=True)
class _Open:
    """An open element: its name, how long a word is marked in it (0: none), and whether it is left alone."""

    name: str = ""
    least: int = 0
    quiet: bool = False


def hyphenated(html: str) -> str:
    """Ready HTML with soft hyphens in the long words of headings, cells, terms, summaries and labels."""
    stack = [_Open()]
    parts = []
    for part in _TAG.split(html):
        now = stack[-1]
        if part.startswith("<"):
            _step(stack, part)
        elif now.least and not now.quiet:
            part = _marked(part, now.least)
        parts.append(part)
    return "".join(parts)


def _marked(text: str, least: int) -> str:
    return _WORDS[least].sub(lambda match: soft(match[0], least), text)


@cache
def soft(word: str, least: int = LONG) -> str:
    """The word with a soft hyphen wherever Swedish may break it.

    Args:
        word: letters only.
        least: ``LONG`` or ``TIGHT``: where it stands.
    """
    return str(_patterns(_EDGES[least]).inserted(word, SOFT))


@cache
def _patterns(edge: int) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="sv", left=edge, right=edge)


def _step(stack: list[_Open], tag: str) -> None:
    """Keep count of open elements."""
    found = _NAME.match(tag)
    if found is None:
        return
    name = found[1].lower()
    if tag.endswith("</svg>"):
        return
    if tag.startswith("</"):
        while len(stack) > 1 and stack.pop().name != name:
            pass
    elif name not in _VOID and not tag.endswith("/>"):
        match = _CLASS.search(tag)
        classes = set(match[1].split()) if match else set()
        least, quiet = stack[-1].least, stack[-1].quiet
        if classes & _TIGHT_CLASSES:
            least = TIGHT
        elif name in _NARROW:
            least = least or LONG
        quiet |= name in _QUIET or bool(classes & _QUIET_CLASSES)
        quiet |= 'href="mailto:' in tag or ' lang="en"' in tag
        stack.append(_Open(name, least, quiet))
