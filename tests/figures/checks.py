"""What must hold for every piece of markup that a figure gives."""

from __future__ import annotations

import html.parser
import re
import xml.etree.ElementTree as ET
from collections import Counter

NASTY = "</script><img src=x onerror=alert(1)>\"'&${x}{{y}}"
"""A name that breaks out of whatever does not escape it."""
SVG = "{http://www.w3.org/2000/svg}"
_VOID = {"br", "img", "input", "meta", "link", "hr"}


class _Reader(html.parser.HTMLParser):
    """Collects tags and attributes, and sees to it that every tag is closed in its place."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(markup: str) -> _Reader:
    """Parses markup; fails when tags are not closed in order."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    assert not reader.open, f"never closed: {reader.open}"
    return reader


def text_of(markup: str) -> str:
    """All text, without tags."""
    return "".join(read(markup).text)


def assert_clean(markup: str) -> _Reader:
    """No script, style, event handler or foreign address; ids are unique and references lead somewhere."""
    reader = read(markup)
    ids = Counter(value for _, attrs in reader.tags for key, value in attrs.items() if key == "id")
    assert all(count == 1 for count in ids.values()), ids.most_common(3)
    for tag, attrs in reader.tags:
        assert tag not in {"script", "style", "iframe", "img", "foreignobject"}, tag
        for key, value in attrs.items():
            assert not key.startswith("on"), f"{tag} {key}"
            assert key != "style", f"{tag} style={value}"
            if key in {"href", "src"}:
                assert not re.match(r"(?i)javascript:|data:", value or ""), value
        for key in ("aria-labelledby", "aria-describedby"):
            for name in (attrs.get(key) or "").split():
                assert name in ids, f"{key}={name}"
        if tag == "use":
            assert (attrs["href"] or "")[1:] in ids
    return reader


def svgs(markup: str) -> list[ET.Element]:
    """Every SVG in the markup, read as XML: each must be well formed on its own."""
    found = re.findall(r"<svg\b.*?</svg>", markup, re.DOTALL)
    return [
        ET.fromstring(
            part if "xmlns" in part.split(">", 1)[0] else part.replace("<svg", f'<svg xmlns="{SVG[1:-1]}"', 1)
        )
        for part in found
    ]


def assert_named(markup: str) -> None:
    """Every picture has a name and, if it is a figure, a description; the rest is decoration."""
    for svg in svgs(markup):
        if svg.get("aria-hidden") == "true":
            continue
        if svg.get("aria-label"):
            assert svg.get("role") == "img"
            continue
        assert svg.get("role") in {"img", "group"}
        title, desc = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
        assert title is not None and (title.text or "").strip()
        assert desc is not None and (desc.text or "").strip()


def assert_painted(markup: str) -> None:
    """Everything that has a colour class has the same colour as an attribute, for an SVG saved alone."""
    for svg in svgs(markup):
        for element in svg.iter():
            for name in (element.get("class") or "").split():
                if name.startswith("f-"):
                    assert element.get("fill"), name
                if name.startswith("s-"):
                    assert element.get("stroke"), name
