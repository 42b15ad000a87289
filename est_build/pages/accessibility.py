"""``/tillganglighetsredogorelse/`` from ``content/tillganglighet.yml`` and the last test run."""

from __future__ import annotations

from est_build.pages.context import Context
from est_build.pages.page import Page


def accessibility_pages(context: Context) -> list[Page]:
    """The statement, where the instance has the file for it."""
    return []
