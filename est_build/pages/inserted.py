"""What a hand-written page asks for on a line of its own, and what stands in it as code.

    {{ fel: EST204 }}

A line in braces is filled in when the site is built, from where the thing itself is written down: what a
page says of a command, a fault or a file can then never be out of date. Code between fences becomes ready
HTML here, so that no word in it is taken for running text. Pictures get their size, and must be there.

Words of a program that speaks English stand between double underscores (``__Merge pull request__``): they are
as strong as others, and whoever listens to the page hears them in English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from markupsafe import Markup

from est_build.pages.pictures import size
from est_build.problems import Place, Problem, nearest
from est_build.problems import catalogue as kinds


@dataclass(frozen=True, slots=True)
class Piece:
    """What a word in braces brings in."""

    names: Callable[[], Sequence[str]]
    """What may follow the word; only ``""`` if nothing may."""
    html: Callable[[str], Markup]
    example: str
    """How it is written, for whoever wrote it in another way."""


Pieces = Mapping[str, Piece]
"""Word -> what it brings in."""
_LINE: Final = re.compile(r"\{\{(.*)\}\}[ \t]*")
_ASKED: Final = re.compile(r"\s*([^\s:]+)\s*(?::\s*(.*?))?\s*")
_FENCE: Final = re.compile(r"(`{3,}|~{3,})[ \t]*(\S*)[ \t]*(.*?)[ \t]*")
_PICTURE: Final = re.compile(r"(`+).+?\1|!\[([^\]]*)\]\((?!https?:)([^)\s]*)\)", re.DOTALL)
"""A picture of our own; or code, where it is only written about."""
_ENGLISH: Final = re.compile(r"(`+).+?\1|(?<!\w)__(?![\s_])([^_\n]+)(?<!\s)__(?!\w)", re.DOTALL)
_LABELS: Final = {"sh": "Skriv", "text": "Då svarar datorn"}
"""What stands over code of a sort. A file has its name there."""


@dataclass
class _Reader:
    """Goes through the lines of one page."""

    name: str
    key: str
    content: Path
    pieces: Pieces
    out: list[str] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    """Lines outside code, since what was put in last."""
    parts: dict[str, Markup] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def put(self, html: Markup) -> None:
        """Ready HTML instead of what was written."""
        key = f"{self.key}.{len(self.parts) + 1}"
        self.parts[key] = html
        self.out += ["", f"<!--est:{key}-->", ""]

    def line(self, number: int, text: str) -> None:
        """A line outside code."""
        asked = _LINE.fullmatch(text)
        if asked is None:
            self.run.append(text)
        else:
            self.flush(number)
            self._piece(number, asked[1])

    def flush(self, number: int) -> None:
        """Write the lines before line ``number``. The words of a picture may stand on several of them."""
        text, first = "\n".join(self.run), number - len(self.run)

        def picture(match: re.Match[str]) -> str:
            return self._picture(first + text.count("\n", 0, match.start()), match)

        if self.run:
            self.out.append(_ENGLISH.sub(_strong, _PICTURE.sub(picture, text)))
        self.run = []

    def _piece(self, number: int, asked: str) -> None:
        match = _ASKED.fullmatch(asked)
        word, name = (match[1], match[2] or "") if match else (asked.strip(), "")
        piece = self.pieces.get(word)
        if piece is None:
            allowed = " eller ".join(one.example for one in self.pieces.values())
            self._unknown(number, word, allowed, nearest(word, list(self.pieces)))
        elif name not in piece.names():
            self._unknown(number, name or word, piece.example, nearest(name, piece.names()))
        else:
            self.put(piece.html(name))

    def _unknown(self, number: int, value: str, allowed: str, near: str | None) -> None:
        values = {"value": value, "allowed": allowed}
        self.problems.append(Problem(kinds.INSERT_UNKNOWN, Place(self.name, number, 1), values, near or None))

    def _picture(self, number: int, match: re.Match[str]) -> str:
        """The picture with its size, so that nothing jumps when it comes."""
        code, told, address = match.groups()
        if code:
            return match[0]
        place = Place(self.name, number, match.start() - match.string.rfind("\n", 0, match.start()))
        path = self.content / address.removeprefix("/")
        if not address.startswith("/") or ".." in address or not path.is_file():
            folder = f"content{address.rpartition('/')[0]}" if address.startswith("/") else "content/bilder"
            values = {"value": address, "folder": folder}
            self.problems.append(Problem(kinds.PICTURE_MISSING, place, values))
            return match[0]
        if not told.strip():
            self.problems.append(Problem(kinds.PICTURE_UNTOLD, place, {"value": address}))
        found = size(path)
        return match[0] if found is None else f'{match[0]}{{ width="{found[0]}" height="{found[1]}" }}'


def inserted(
    text: str, first: int, name: str, content: Path, pieces: Pieces
) -> tuple[str, dict[str, Markup], list[Problem]]:
    """The page with what it asks for.

    Args:
        text: Markdown, without front matter.
        first: line of the file on which ``text`` begins.
        name: the file as messages name it: ``content/handbok/index.md``.
        content: the folder of hand-written pages, where pictures are.
        pieces: what may be asked for.

    Returns the text with a mark for each ready part, the parts by key, and what was wrong.
    """
    reader = _Reader(name, name.removeprefix("content/").removesuffix(".md"), content, pieces)
    fence, about, code = "", "", list[str]()
    lines = text.split("\n")
    for number, line in enumerate(lines, first):
        match = _FENCE.fullmatch(line)
        if fence:
            if match and match[1].startswith(fence) and not match[2]:
                reader.put(code_block(code, about))
                fence, code = "", []
            else:
                code.append(line)
        elif match:
            reader.flush(number)
            fence, about = match[1], match[3] or _LABELS.get(match[2], "")
        else:
            reader.line(number, line)
    if fence:
        reader.put(code_block(code, about))
    reader.flush(first + len(lines))
    return "\n".join(reader.out), reader.parts, reader.problems


def _strong(match: re.Match[str]) -> str:
    """Words in English; code is left as it is."""
    return match[0] if match[1] else str(Markup('<strong lang="en">{}</strong>').format(match[2]))


def code_block(lines: Sequence[str], about: str = "") -> Markup:
    """Code as it is written, with what it is above it."""
    over = Markup("<figcaption>{}</figcaption>").format(about) if about else Markup("")
    body = Markup("<pre><code>{}\n</code></pre>").format("\n".join(lines))
    return Markup('<figure class="kod">{}{}</figure>').format(over, body)
