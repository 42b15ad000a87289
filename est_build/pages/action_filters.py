"""The actions narrowed by one thing at a time: ``/atgarder/avslutade/``, by status,
municipality, who is responsible, and sort.
"""

from __future__ import annotations

from est_build.pages.context import Context
from est_build.pages.page import Page


def action_filter_pages(context: Context) -> list[Page]:
    """A page per choice that holds at least one action."""
    return []
