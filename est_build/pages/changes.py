"""``/andringar/``: what has changed in how we measure, and where series break."""

from __future__ import annotations

from dataclasses import dataclass

from est_build.model.span import day
from est_build.pages import addresses
from est_build.pages.context import Context, render
from est_build.pages.links import Link, listed
from est_build.pages.page import Page
from est_build.schema.changes import MethodChange


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change as it stands on the page."""

    anchor: str
    """``2026-01-05``; a second change of the same day gets ``2026-01-05-2``."""
    date: str
    change: MethodChange
    towns: str
    """Municipalities that it concerns, in words."""
    categories: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """All changes, newest first."""

    rows: tuple[ChangeRow, ...]
    rules: str
    """Version of the rules of protection."""


def change_pages(context: Context) -> list[Page]:
    """The change log of the method."""
    html = render(
        "changes.html.j2", ChangesPage(change_rows(context), str(context.published.protection.regelverk))
    )
    words = "Vad som har ändrats i hur vi mäter, när och varför, och var siffror inte kan jämföras."
    path = addresses.path(addresses.CHANGES)
    return [Page(path, "Ändringar i metoden", words, "metod", html, kind="Metod")]


def change_rows(context: Context) -> tuple[ChangeRow, ...]:
    """Every change with an anchor of its own, newest first."""
    rows: list[ChangeRow] = []
    days: dict[str, int] = {}
    for change in context.published.texts.changes:
        key = f"andring-{change.datum.isoformat()}"
        days[key] = days.get(key, 0) + 1
        anchor = key if days[key] == 1 else f"{key}-{days[key]}"
        rows.append(
            ChangeRow(anchor, day(change.datum), change, _towns(context, change), _groups(context, change))
        )
    return tuple(rows)


def _towns(context: Context, change: MethodChange) -> str:
    if not change.kommuner:
        return "Alla kommuner"
    towns = context.published.municipalities
    return listed([t.name for t in towns if t.municipality in change.kommuner])


def _groups(context: Context, change: MethodChange) -> tuple[Link, ...]:
    """The categories; each leads to the page of its group."""
    codes = context.published.codes
    return tuple(
        Link(codes.label("kategorier", code), addresses.category(codes.group_of(code)))
        for code in change.kategorier
    )
