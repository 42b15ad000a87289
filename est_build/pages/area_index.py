"""``/omraden/``: municipalities with their small areas."""

from __future__ import annotations

from dataclasses import dataclass

from est_build.model.published import swedish_key
from est_build.pages import addresses
from est_build.pages.context import Context
from est_build.pages.links import Link, render
from est_build.pages.page import Page


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A small area; ``counted_in`` names the one that it is counted in."""

    link: Link
    counted_in: str


@dataclass(frozen=True, slots=True)
class TownList:
    """A municipality with its small areas, merged ones too."""

    town: Link
    areas: tuple[AreaRow, ...]


@dataclass(frozen=True, slots=True)
class AreaIndex:
    """Areas by municipality."""

    towns: tuple[TownList, ...]
    places: int
    merged: bool


def area_index(context: Context) -> Page:
    """The page where a reader finds their area."""
    published = context.published
    towns = []
    for town in published.municipalities:
        inside = [a for a in published.areas if a.parent == town.id]
        inside.sort(key=lambda a: (swedish_key(a.name), a.id))
        rows = tuple(
            AreaRow(
                Link(a.name, addresses.area(a)),
                published.area(a.merged_into).name if a.merged_into else "",
            )
            for a in inside
        )
        towns.append(TownList(context.area_link(town.id), rows))
    merged = any(a.merged_into for a in published.areas)
    html = render("areas.html.j2", AreaIndex(tuple(towns), len(published.texts.places), merged))
    words = "Hitta ditt område: kommuner och mindre områden."
    return Page(addresses.path(addresses.AREAS), "Ditt område", words, "omraden", html)
