"""Plan and law: ``/plan/`` and a page per municipality (lag 2023:196, 4–14 §§)."""

from __future__ import annotations

from est_build.pages.context import Context
from est_build.pages.page import Page


def plan_pages(context: Context) -> list[Page]:
    """The overview, and a page per municipality that has a plan."""
    return []
