"""Markdown extension: a line ``<!--est:KEY-->`` becomes a ready HTML fragment.

The fragment goes straight into the stash for raw HTML, so Markdown never parses it: data cannot
be taken for mark-up, and the tables and pictures cost nothing to render.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

_LINE = re.compile(r"<!--est:([a-z0-9]+(?:[/._-][a-z0-9]+)*)-->")
BEFORE_HTML = 25
"""Priority: before Markdown's own handling of raw HTML (20), which would parse the comment."""


class _Insert(Preprocessor):
    def __init__(self, md: Markdown, root: Path) -> None:
        super().__init__(md)
        self.root = root

    def run(self, lines: list[str]) -> list[str]:
        result: list[str] = []
        for line in lines:
            match = _LINE.fullmatch(line)
            if match is None:
                result.append(line)
                continue
            path = self.root / f"{match[1]}.html"
            if not path.is_file():
                raise ValueError(f"stycket {match[1]} saknas; kör est-build build på nytt")
            text = path.read_text(encoding="utf-8")
            result += ["", self.md.htmlStash.store(text), ""]
        return result


class FragmentExtension(Extension):
    """``root``: the folder of fragments."""

    def __init__(self, **kwargs: Any) -> None:
        self.config = {"root": ["build/fragments", "Folder of HTML fragments"]}
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the library's name)
        """Register the preprocessor."""
        md.preprocessors.register(_Insert(md, Path(str(self.getConfig("root")))), "est_fragment", BEFORE_HTML)


def makeExtension(**kwargs: Any) -> FragmentExtension:  # noqa: N802 (the library's name)
    """Entry point that Markdown looks for."""
    return FragmentExtension(**kwargs)
