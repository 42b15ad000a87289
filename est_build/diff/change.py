"""What has changed, as values: removals, changes and news of everything that people or ``prepare`` write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

How = Literal["bort", "andrat", "nytt"]
ORDER: tuple[How, ...] = ("bort", "andrat", "nytt")
"""Removals first: they are what nobody sees otherwise."""
HEADINGS: dict[How, str] = {"bort": "Borttaget", "andrat": "Ändrat", "nytt": "Nytt"}

Group = Literal["rapporter", "fraga", "atgard", "text", "omrade", "regel", "fil"]
LEADS: dict[Group, dict[How, str]] = {
    "rapporter": {"bort": "Borttagna rapporter", "andrat": "Ändrade rapporter", "nytt": "Nya rapporter"},
    "fraga": {"bort": "Borttagen fråga", "andrat": "Ändrad fråga", "nytt": "Ny fråga"},
    "atgard": {"bort": "Borttagen åtgärd", "andrat": "Ändrad åtgärd", "nytt": "Ny åtgärd"},
    "text": {"bort": "Borttagen text", "andrat": "Ändrad text", "nytt": "Ny text"},
    "omrade": {"bort": "Borttaget område", "andrat": "Ändrat område", "nytt": "Nytt område"},
    "regel": {"bort": "Borttagen regel", "andrat": "Ändrad regel", "nytt": "Ny regel"},
    "fil": {"bort": "Borttagen fil", "andrat": "Ändrad fil", "nytt": "Ny fil"},
}
"""Every group in the order it is told, with the words before a title."""
GROUPS: tuple[Group, ...] = tuple(LEADS)


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that is no longer the same. ``None`` stands for nothing there."""

    what: str
    before: str | None
    after: str | None
    listed: bool = False
    """True for an item of a list: each of its items is a detail of its own."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change: what a reviewer says yes or no to."""

    how: How
    group: Group
    title: str
    file: str
    """Path from the top of the instance; of figures it is the folder."""
    address: str | None = None
    """Its own page, from the root of the site, if it has one."""
    details: tuple[Detail, ...] = ()

    @property
    def lead(self) -> str:
        """``Ändrad åtgärd``."""
        return LEADS[self.group][self.how]


def in_order(changes: list[Change]) -> tuple[Change, ...]:
    """Removals first, then changes, then news; in each the groups in their order, then as they came."""
    return tuple(sorted(changes, key=lambda c: (ORDER.index(c.how), GROUPS.index(c.group))))
