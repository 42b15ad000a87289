"""``/omraden/hitta/``: names of places from A to Ö, and the area that each is counted in."""

from __future__ import annotations

from est_build.pages.context import Context
from est_build.pages.page import Page


def register_pages(context: Context) -> list[Page]:
    """The register, if the instance has one."""
    return []
