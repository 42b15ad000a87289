"""``/robots.txt`` (RFC 9309): everything may be read; where the list of pages is."""

from __future__ import annotations

from typing import Final

ROBOTS: Final = "robots.txt"


def robots_txt(home: str) -> str:
    """The file.

    It forbids nothing, also for an example: what says "noindex" must be read for that to be seen.

    Args:
        home: address of the site, ending in ``/``.
    """
    return f"User-agent: *\nAllow: /\n\nSitemap: {home}sitemap.xml\n"
