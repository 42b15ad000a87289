"""``/om/vilka/``: who takes part, and who answers for what."""

from __future__ import annotations

from est_build.pages.context import Context
from est_build.pages.page import Page


def about_pages(context: Context) -> list[Page]:
    """The municipalities, the sectors and their contacts."""
    return []
