"""``/andringar/``: what has changed in how we measure, and where series break."""

from __future__ import annotations

from est_build.pages.context import Context
from est_build.pages.page import Page


def change_pages(context: Context) -> list[Page]:
    """The change log of the method."""
    return []
