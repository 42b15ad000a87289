"""A small reader of HTML for the tests: a tree, and every fault of nesting that a browser would hide."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)  # fmt: skip
QUOTED = "citat"
"""Among what is skipped: text that a browser must not translate, because a program says it so."""
SPACE = re.compile(r"[ \t\r\n]+")


@dataclass(slots=True)
class Node:
    """An element. Text stands in ``children`` as plain strings."""

    tag: str
    attrs: dict[str, str]
    parent: Node | None = None
    children: list[Node | str] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """This element and all inside it, in the order of the document."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()

    def all(self, *tags: str, where: Callable[[Node], bool] | None = None) -> list[Node]:
        """Elements inside with one of ``tags`` (any if none is given)."""
        return [
            n
            for n in self.walk()
            if n is not self and (not tags or n.tag in tags) and (not where or where(n))
        ]

    def one(self, *tags: str, where: Callable[[Node], bool] | None = None) -> Node:
        """The only such element."""
        found = self.all(*tags, where=where)
        assert len(found) == 1, f"{len(found)} of {tags}"
        return found[0]

    def has(self, css: str) -> bool:
        """True if the element has the class."""
        return css in self.attrs.get("class", "").split()

    def by_class(self, css: str) -> list[Node]:
        """Elements inside with the class."""
        return [n for n in self.walk() if n is not self and n.has(css)]

    def text(self, skip: frozenset[str] = frozenset()) -> str:
        """All text inside, white space as one blank (a narrow no-break space is kept)."""
        return SPACE.sub(" ", "".join(self._texts(skip))).strip()

    def words(self, skip: frozenset[str] = frozenset()) -> str:
        """All text inside with a blank between any two elements, so that no two cells run together."""
        return SPACE.sub(" ", " ".join(self._texts(skip))).strip()

    def _texts(self, skip: frozenset[str]) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                # Where a word may be broken is no letter.
                yield child.replace("\u00ad", "")
            elif child.tag not in skip and not (QUOTED in skip and child.attrs.get("translate") == "no"):
                yield from child._texts(skip)

    def up(self) -> Iterator[Node]:
        """The elements around this one, from the inside out."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def inside(self, *tags: str) -> bool:
        """True if one of ``tags`` is around this element."""
        return any(n.tag in tags for n in self.up())


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("#root", {})
        self.current = self.root
        self.faults: list[str] = []
        self.comments: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(set(names)) != len(names):
            self.faults.append(f"<{tag}> has an attribute twice: {names}")
        node = Node(tag, {name: value or "" for name, value in attrs}, self.current)
        self.current.children.append(node)
        if tag not in VOID:
            self.current = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.current = self.current.parent or self.root

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            self.faults.append(f"</{tag}> of a void element")
        elif self.current.tag != tag:
            self.faults.append(f"</{tag}> closes <{self.current.tag}>, line {self.getpos()[0]}")
        else:
            self.current = self.current.parent or self.root

    def handle_data(self, data: str) -> None:
        self.current.children.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


@dataclass(frozen=True, slots=True)
class Document:
    """A read page."""

    root: Node
    faults: tuple[str, ...]
    comments: tuple[str, ...]
    source: str

    @property
    def title(self) -> str:
        """Text of ``<title>`` in the head."""
        return self.root.one("head").one("title").text()

    @property
    def ids(self) -> list[str]:
        """All ids in order, repeats included."""
        return [n.attrs["id"] for n in self.root.walk() if "id" in n.attrs]


def parse(source: str) -> Document:
    """Read a page. Nothing is repaired: what does not nest stands in ``faults``."""
    builder = _Builder()
    builder.feed(source)
    builder.close()
    if builder.current is not builder.root:
        builder.faults.append(f"<{builder.current.tag}> is never closed")
    return Document(builder.root, tuple(builder.faults), tuple(builder.comments), source)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a reader sees it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    node: Node

    def column(self, name: str) -> list[str]:
        """The cells under a heading."""
        index = self.head.index(name)
        return [row[index] for row in self.rows]


def tables(node: Node) -> list[Table]:
    """All tables inside ``node``."""
    found = []
    for table in node.all("table"):
        captions = table.all("caption")
        head = tuple(cell.text() for cell in table.one("thead").all("th", "td"))
        body = table.one("tbody").all("tr")
        rows = tuple(tuple(c.text() for c in row.children if isinstance(c, Node)) for row in body)
        found.append(Table(captions[0].text() if captions else "", head, rows, table))
    return found
