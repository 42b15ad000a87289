"""Corrections: what was wrong and what was changed."""

from __future__ import annotations

from dataclasses import dataclass

from est_build.model.span import day
from est_build.pages.context import Context, Link, render
from est_build.pages.page import Page
from est_build.schema.correction import Correction


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    """All corrections, newest first."""

    rows: tuple[tuple[str, Link, Correction], ...]


def corrections_page(context: Context) -> Page:
    """What was wrong and what was changed."""
    rows = tuple(
        (day(c.datum), Link(f"Sidan {c.galler}", c.galler), c) for c in context.published.texts.corrections
    )
    html = render("corrections.html.j2", CorrectionsPage(rows))
    words = "Fel som vi har rättat: vad som var fel och vad som ändrades."
    return Page("rattelser/", "Rättelser", words, "metod", html)
