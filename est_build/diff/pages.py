"""Pages compared as readers will see them: pieces of text, and pictures before and after."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser

from est_build.diff.change import How
from est_build.pages.page import MarkdownPage, Page

_PICTURE = re.compile(r'<svg xmlns="[^"]*" class="(bild[^"]*)".*?</svg>', re.DOTALL)
_NARROW = "smal-bild"
"""The same picture drawn again for a phone: one of the two is enough to judge."""
_PLACE = "est-bild-"
_ROWS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "caption", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
        *("hr", "legend", "li", "main", "nav", "ol", "option", "p", "pre", "section", "select", "summary"),
        *("table", "tbody", "tfoot", "thead", "tr", "ul"),
    )
)
"""Elements that begin a piece of text of their own. A row of a table is one piece."""
_CELLS = frozenset({"td", "th"})
_SILENT = frozenset({"script", "style", "template"})


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a page: a line of text, or a picture with its markup."""

    text: str
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class Swap:
    """What stands in the place of what."""

    before: Block | None
    after: Block | None


@dataclass(frozen=True, slots=True)
class PageChange:
    """A page that is gone, looks different, or is new."""

    how: How
    address: str
    title: str
    swaps: tuple[Swap, ...] = ()


def page_changes(
    before: Iterable[Page | MarkdownPage], after: Iterable[Page | MarkdownPage]
) -> tuple[PageChange, ...]:
    """Every page that is not the same, in the order of addresses. Only of the changed ones, what differs."""
    old, new = _by_address(before), _by_address(after)
    return tuple(_compared(old, new))


def _by_address(pages: Iterable[Page | MarkdownPage]) -> dict[str, Page | MarkdownPage]:
    return {f"/{page.path}": page for page in pages}


def _compared(
    old: Mapping[str, Page | MarkdownPage], new: Mapping[str, Page | MarkdownPage]
) -> Iterator[PageChange]:
    for address in sorted({*old, *new}):
        was, now = old.get(address), new.get(address)
        if now is None and was is not None:
            yield PageChange("bort", address, was.title)
        elif now is not None and was is None:
            yield PageChange("nytt", address, now.title, tuple(Swap(None, block) for block in blocks(now)))
        elif was is not None and now is not None and was != now and (found := tuple(swaps(was, now))):
            yield PageChange("andrat", address, now.title, found)


def swaps(before: Page | MarkdownPage, after: Page | MarkdownPage) -> Iterator[Swap]:
    """The pieces that differ, in the order of the page."""
    old, new = blocks(before), blocks(after)
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for n in range(max(b - a, d - c)):
            yield Swap(old[a + n] if a + n < b else None, new[c + n] if c + n < d else None)


def blocks(page: Page | MarkdownPage) -> list[Block]:
    """A page in pieces: its title and description, then what stands on it."""
    head = [Block(page.title), Block(page.description)]
    if isinstance(page, MarkdownPage):
        return head + [Block(" ".join(p.split())) for p in page.text.split("\n\n") if p.strip()]
    reader = _Reader()
    reader.feed(_PICTURE.sub(reader.keep, str(page.html)))
    reader.close()
    reader.end_piece()
    return head + reader.blocks


class _Reader(HTMLParser):
    """Cuts a page into pieces of text and pictures."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._pictures: list[str] = []
        self._words: list[str] = []
        self._silent = 0
        self._term = False
        """True after a ``dt``: its words stand before those of the ``dd`` that follows."""

    def keep(self, found: re.Match[str]) -> str:
        """Put a picture aside, with a place where it stood."""
        if _NARROW in found[1]:
            return ""
        self._pictures.append(found[0])
        return f"<{_PLACE}{len(self._pictures) - 1}></{_PLACE}{len(self._pictures) - 1}>"

    def end_piece(self) -> None:
        """What has been read so far is a piece."""
        text = " ".join("".join(self._words).split())
        if text:
            self.blocks.append(Block(text))
        self._words.clear()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag.startswith(_PLACE):
            self.end_piece()
            picture = self._pictures[int(tag.removeprefix(_PLACE))]
            self.blocks.append(Block("", picture))
        elif tag in _ROWS:
            if not (tag == "dd" and self._term):
                self.end_piece()
            self._term = False
        elif tag in _CELLS and self._words:
            self._words.append(" · ")
        elif tag in _SILENT:
            self._silent += 1
        elif tag == "svg" and (label := dict(attrs).get("aria-label")):
            self._words.append(f" {label} ")
        elif tag == "br":
            self._words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "dt":
            self._words.append(": ")
            self._term = True
        elif tag in _ROWS:
            self.end_piece()
        elif tag in _SILENT:
            self._silent = max(0, self._silent - 1)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._words.append(data)
