"""Addresses inside the site: written from the root, turned into relative ones, so that the site
works under any path.
"""

from __future__ import annotations

import re

_HTML = re.compile(r'(\s(?:href|src|data-[a-z]+-url)=")/(?!/)')
_MARKDOWN = re.compile(r"(\]\()/(?!/)")


def _up(path: str) -> str:
    """From the folder of page ``path`` (``lage/2026-v45-46/``) to the root: ``../../``."""
    parts = [part for part in path.split("/") if part]
    return "../" * len(parts) or "./"


def relative_html(html: str, path: str) -> str:
    """Root-relative links of ready HTML, seen from the page at ``path``."""
    # A plain string first: replacing inside Markup would escape what is put in its place.
    return _HTML.sub(rf"\g<1>{_up(path)}", str(html))


def relative_markdown(text: str, path: str) -> str:
    """The same for ``](/adress/)`` in hand-written Markdown."""
    return _MARKDOWN.sub(rf"\g<1>{_up(path)}", text)
