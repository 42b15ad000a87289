"""Links as a finished page has them: inside the site relative, so that it works under any path; to other
sites marked in words, and told not to say where the reader came from.
"""

from __future__ import annotations

import re

_HTML = re.compile(r'(\s(?:href|src|data-[a-z]+-url)=")/(?!/)')
_MARKDOWN = re.compile(r"(\]\()/(?!/)")
_OUT_HTML = re.compile(r'<a(\s[^>]*?)?\shref="(https://[^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_OUT_MARKDOWN = re.compile(r"(?<!!)\[([^\]]+)\]\((https://[^)\s]+)\)(?!\{)")
_REL = re.compile(r'\srel="[^"]*"')
REL = 'rel="noopener noreferrer"'
ELSEWHERE = {"sv": "(annan webbplats)", "en": "(another website)"}
"""Stands last in the text of a link that leaves the site."""


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


def marked_html(html: str, language: str = "sv") -> str:
    """Links of ready HTML that leave the site say so in their text."""
    words = ELSEWHERE[language]

    def mark(match: re.Match[str]) -> str:
        before, href, after, text = match.groups()
        rest = _REL.sub("", f"{before or ''}{after}")
        said = text if text.endswith(words) else f"{text} {words}"
        return f'<a{rest} href="{href}" {REL}>{said}</a>'

    return _OUT_HTML.sub(mark, str(html))


def marked_markdown(text: str, language: str = "sv") -> str:
    """The same for ``[text](https://…)`` in hand-written Markdown."""
    return _OUT_MARKDOWN.sub(rf"[\g<1> {ELSEWHERE[language]}](\g<2>){{{REL}}}", text)
