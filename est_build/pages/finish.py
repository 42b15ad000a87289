"""What is done last to the ready HTML of a page: terms explained, long words given their hyphens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from est_build.pages.page import PageHead

Finish = Callable[[str, PageHead], str]


def finisher(content: Path) -> Finish:
    """A function that finishes the HTML of a page. ``content`` is the folder with the list of terms."""
    return _as_it_is


def _as_it_is(html: str, head: PageHead) -> str:
    return html
