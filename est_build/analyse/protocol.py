"""The material of a follow-up, as the action's protocol asks for it, from what has been published.

A stretch is covered by whole quarters where the table has them (their intervals are narrower than the sum
of their fortnights), and by fortnights for the rest. A fortnight counts only if every municipality of the
protocol collected in it, so that all areas are seen through the same time. What nobody published is left
out; it is never filled in.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from est_build.analyse import followup
from est_build.analyse.between import Between, add, exactly, of_cell
from est_build.analyse.breaks import break_days, comparable
from est_build.analyse.followup import FollowUp, Material, Outcome, Sides
from est_build.model.area import Area
from est_build.model.cell import Cell
from est_build.model.published import Published
from est_build.model.span import Span
from est_build.protect.plan import CellKey
from est_build.schema.action import Protocol


def hidden_high(published: Published, category: str | None) -> int:
    """The largest count that is under the display limit for being too small."""
    limits = published.protection.granser
    found = published.codes.category(category) if category else None
    return (limits.rapporter_kanslig if found is not None and found.kanslig else limits.rapporter) - 1


def cell_of(published: Published, span: Span, area: Area, category: str | None) -> Cell | None:
    """The published cell of an area and a group or category (``None``: all reports)."""
    if category is None:
        return published.total_cell(span, area)
    if published.codes.group_of(category) == category:
        return published.group_cell(span, area, category)
    return published.cell(span, CellKey("kommun_kategori", area.id, category))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a protocol asks for, with areas instead of their ids."""

    published: Published
    protocol: Protocol
    every: tuple[Area, ...]

    @property
    def categories(self) -> tuple[str | None, ...]:
        return self.protocol.kategorier or (None,)

    def areas(self, ids: Iterable[str]) -> tuple[Area, ...]:
        return tuple(self.published.area(i) for i in ids)

    def collected(self, span: Span) -> bool:
        """True if every municipality of the protocol has a release with a collection."""
        return all(self.published.collected(span, a.municipality) for a in self.every)

    def complete(self, span: Span) -> bool:
        """True if every cell that is asked for is published, shown or hidden."""
        return self.collected(span) and all(
            cell_of(self.published, span, area, c) is not None for area in self.every for c in self.categories
        )


@dataclass(frozen=True, slots=True)
class _Cover:
    """The spans whose cells add up to a stretch, and how many fortnights were collected in them."""

    spans: tuple[Span, ...]
    fortnights: int


def follow_up(published: Published, protocol: Protocol, dispersion: float = followup.DISPERSION) -> FollowUp:
    """What the published figures say of an action by its protocol."""
    ids = (*protocol.omraden, *protocol.jamforelse, *protocol.flytt)
    asked = _Asked(published, protocol, tuple(published.area(i) for i in ids))
    before = _cover(asked, protocol.fore_fran, protocol.fore_till)
    after = _cover(asked, protocol.efter_fran, protocol.efter_till)
    if not before.spans:
        return FollowUp(Outcome.EJ_PUBLICERAT)
    material = _material(asked, before, after)
    if _broken(asked):
        return dataclasses.replace(followup.planned(material, dispersion), outcome=Outcome.BROTT)
    if not _over(published, protocol):
        return followup.planned(material, dispersion)
    if not after.spans:
        return dataclasses.replace(followup.planned(material, dispersion), outcome=Outcome.EJ_PUBLICERAT)
    return followup.follow_up(material, dispersion)


def _over(published: Published, protocol: Protocol) -> bool:
    last = published.calendar.span(protocol.efter_till)
    return last is not None and bool(published.periods) and last.end <= published.periods[-1].end


def _broken(asked: _Asked) -> bool:
    """True if the way of counting changed for any of the areas after the first day of the stretch before."""
    published, protocol = asked.published, asked.protocol
    first, last = (published.calendar.span(i) for i in (protocol.fore_fran, protocol.efter_till))
    if first is None or last is None:
        return True
    changes, codes = published.texts.changes, published.codes
    return any(
        not comparable(first, last, break_days(changes, codes, area.municipality, c))
        for area in asked.every
        for c in asked.categories
    )


def _cover(asked: _Asked, first: str, last: str) -> _Cover:
    calendar = asked.published.calendar
    ids = [p.id for p in calendar.periods]
    if first not in ids or last not in ids:
        return _Cover((), 0)
    window = calendar.periods[ids.index(first) : ids.index(last) + 1]
    left = [p for p in window if p.id not in asked.protocol.utelamna]
    spans: list[Span] = []
    fortnights = 0
    for quarter in calendar.quarters:
        inside = calendar.periods_in(quarter)
        known = [p for p in inside if asked.collected(p)]
        if known and all(p in left for p in inside) and _same(asked, inside) and asked.complete(quarter):
            spans.append(quarter)
            fortnights += len(known)
            left = [p for p in left if p not in inside]
    rest = [p for p in left if asked.complete(p)]
    return _Cover((*spans, *rest), fortnights + len(rest))


def _same(asked: _Asked, periods: Sequence[Span]) -> bool:
    """True if the municipalities collected in the same fortnights: then their quarters are alike."""
    patterns = {
        tuple(asked.published.collected(p, code) for p in periods)
        for code in {a.municipality for a in asked.every}
    }
    return len(patterns) == 1


def _material(asked: _Asked, before: _Cover, after: _Cover) -> Material:
    def sides(ids: Sequence[str]) -> Sides:
        areas = asked.areas(ids)
        return Sides(_reports(asked, areas, before), _reports(asked, areas, after))

    protocol = asked.protocol
    codes = sorted({a.municipality for a in asked.areas(protocol.omraden)})
    return Material(
        sides(protocol.omraden),
        sides(protocol.jamforelse),
        before.fortnights,
        after.fortnights,
        sides(protocol.flytt) if protocol.flytt else None,
        Sides(_answers(asked, codes, before), _answers(asked, codes, after)),
    )


def _reports(asked: _Asked, areas: Iterable[Area], cover: _Cover) -> Between:
    parts = []
    for area in areas:
        for category in asked.categories:
            high = hidden_high(asked.published, category)
            for span in cover.spans:
                cell = cell_of(asked.published, span, area, category)
                if cell is not None:
                    parts.append(of_cell(cell, high))
    return add(parts) if parts else exactly(0)


def _answers(asked: _Asked, codes: Iterable[str], cover: _Cover) -> Between:
    rows = [asked.published.participation(span, code) for code in codes for span in cover.spans]
    parts = [of_cell(row.answered, min(4, row.invited)) for row in rows if row is not None]
    return add(parts) if parts else exactly(0)
