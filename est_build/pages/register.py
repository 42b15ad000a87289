"""``/omraden/hitta/``: names of places from A to Ö, and the area that each is counted in."""

from __future__ import annotations

from dataclasses import dataclass

from est_build.model.published import swedish_key
from est_build.pages import addresses
from est_build.pages.context import Context
from est_build.pages.links import Link, render
from est_build.pages.page import Page


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A name, where it leads, and what it is or is counted in."""

    link: Link
    note: str


@dataclass(frozen=True, slots=True)
class Letter:
    """All names that begin with a letter."""

    letter: str
    anchor: str
    rows: tuple[PlaceRow, ...]


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """Everything on the page."""

    letters: tuple[Letter, ...]


def register_pages(context: Context) -> list[Page]:
    """The register of municipalities, areas and places."""
    by_letter: dict[str, list[PlaceRow]] = {}
    for row in sorted(_rows(context), key=lambda r: (swedish_key(r.link.text), r.note)):
        by_letter.setdefault(row.link.text[:1].upper(), []).append(row)
    letters = tuple(Letter(name, _anchor(name), tuple(rows)) for name, rows in by_letter.items())
    html = render("area_register.html.j2", RegisterPage(letters))
    words = "Orter och platser från A till Ö, och området som de räknas i."
    path = addresses.path(addresses.FIND_AREA)
    return [Page(path, "Orter från A till Ö", words, "omraden", html)]


def _anchor(letter: str) -> str:
    """An id of ASCII: å, ä and ö must not share one with a and o."""
    return "bokstav-" + {"Å": "aa", "Ä": "ae", "Ö": "oe"}.get(letter, addresses.slug(letter) or "annat")


def _rows(context: Context) -> list[PlaceRow]:
    published = context.published
    rows = []
    for area in published.areas:
        if area.level == "kommun":
            note = "Kommun"
        elif area.merged_into:
            note = f"Räknas i {published.area(area.merged_into).name}"
        else:
            note = f"Område i {published.area(area.parent).name}"
        rows.append(PlaceRow(Link(area.name, addresses.area(area)), note))
    for place in published.texts.places:
        area = published.area(place.omrade)
        if area.merged_into:
            area = published.area(area.merged_into)
        rows.append(PlaceRow(Link(place.namn, addresses.area(area)), f"Räknas i {area.name}"))
    return rows
