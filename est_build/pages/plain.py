"""The period in other words: ``/lattlast/`` and ``/en/`` from data, ``/en/method/``."""

from __future__ import annotations

from est_build.pages.context import Context
from est_build.pages.page import Page


def plain_pages(context: Context) -> list[Page]:
    """Easy Swedish and English, with the newest picture's own texts."""
    return []
