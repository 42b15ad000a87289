"""Corrections: what was wrong and what was changed."""

from __future__ import annotations

from dataclasses import dataclass

from est_build.model.span import day
from est_build.pages import addresses
from est_build.pages.context import Context, Link, render
from est_build.pages.page import Page
from est_build.schema.correction import Correction
from est_build.schema.site import Contact


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    """All corrections, newest first."""

    rows: tuple[tuple[str, Link, Correction], ...]
    contact: Contact


def corrections_page(context: Context) -> Page:
    """What was wrong and what was changed."""
    rows = tuple((day(c.datum), corrected(context, c.galler), c) for c in context.published.texts.corrections)
    html = render("corrections.html.j2", CorrectionsPage(rows, context.published.site.kontakt))
    words = "Fel som vi har rättat: vad som var fel och vad som ändrades."
    feed = ("Rättelser och ändringar", addresses.feed("rattelser"))
    return Page("rattelser/", "Rättelser", words, "metod", html, feed=feed)


def corrected(context: Context, address: str) -> Link:
    """The page that a correction is about, by its name."""
    folder, _, last = address.strip("/").partition("/")
    span = context.published.calendar.span(last)
    relations, texts = context.relations, context.published.texts
    if span is not None and folder == "lage":
        return Link(f"Lägesbilden {relations.picture_link(span).text.lower()}", address)
    if span is not None and folder == "utvardering":
        return Link(f"Utvärderingen av {span.label}", address)
    if span is not None and folder == "ar":
        return Link(f"Uppföljningen av året {span.id}", address)
    if folder == "atgarder" and last in texts.actions:
        return context.action_link(last)
    if folder == "fragor" and last in texts.issues:
        return context.issue_link(last)
    return Link(f"Sidan {address}", address)
