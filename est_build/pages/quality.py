"""``/metod/kvalitet/``: how good the data and the work itself are."""

from __future__ import annotations

from est_build.pages.context import Context
from est_build.pages.page import Page


def quality_pages(context: Context) -> list[Page]:
    """The page of data quality."""
    return []
