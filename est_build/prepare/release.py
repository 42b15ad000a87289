"""From counts to releases: rules R1-R7 are applied here, in one place. The audit (R8) comes after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from est_build.load.frame import Frame
from est_build.load.span import Span
from est_build.prepare.counting import count, evidence_for
from est_build.prepare.store import Store
from est_build.protect.ladder import Interval, rung
from est_build.protect.plan import (
    CellKey,
    geography,
    is_sensitive,
    planned_cells,
    tables_for,
)
from est_build.protect.rules import Evidence, shown_interval
from est_build.protect.sectors import merged_sectors
from est_build.schema.protection import Protection


@dataclass(frozen=True, slots=True)
class PrivateCell:
    """A cell with what stands behind it: for the private working report only."""

    key: CellKey
    evidence: Evidence
    interval: Interval
    withheld: Literal["", "granskning", "vilar"] = ""
    """Why a cell that R2 would show is hidden: the audit (R8), or an area that is too thin (R1)."""


@dataclass(frozen=True, slots=True)
class Sector:
    """Participation of one sector (or all): invitations and answers, exact and as shown."""

    id: str
    invited: int
    answered: int
    interval: Interval


@dataclass(frozen=True, slots=True)
class Draft:
    """One release before it is audited and written."""

    municipality: str
    span: Span
    cells: tuple[PrivateCell, ...]
    sectors: tuple[Sector, ...]


def draft_releases(
    frame: Frame, store: Store, span: Span, municipalities: Sequence[str], resting: Mapping[str, set[str]]
) -> list[Draft]:
    """Releases of ``span`` as rules R1-R7 let them be, from the store.

    ``resting``: small areas by municipality that are not shown by themselves in this span.
    """
    periods = [p.id for p in frame.calendar.periods_in(span)]
    year = frame.calendar.year(span)
    rules = frame.rules_for(year)
    reports = store.reports(periods, municipalities)
    known = reports["sector"].isin(rules.kanda_kallor)
    tables = tables_for(span.kind, rules)
    every = count(reports, tables, frame.codes)
    without = count(reports[~known], tables, frame.codes)
    people = _participation(frame, store, span, periods, municipalities)
    drafts = []
    for code in municipalities:
        cells = []
        place = geography(frame.areas, code, rules)
        for key in planned_cells(span.kind, year, place, frame.codes, rules):
            evidence = evidence_for(every, code, key)
            interval = shown_interval(
                evidence,
                evidence_for(without, code, key),
                rules,
                sensitive=is_sensitive(key, frame.codes),
            )
            cell = PrivateCell(key, evidence, interval)
            if interval is not None and key.area in resting.get(code, ()):
                cell = PrivateCell(key, evidence, None, "vilar")
            cells.append(cell)
        drafts.append(Draft(code, span, tuple(cells), people[code]))
    return drafts


def _participation(
    frame: Frame, store: Store, span: Span, periods: list[str], municipalities: Sequence[str]
) -> dict[str, tuple[Sector, ...]]:
    """Rows of ``deltagande.csv``: all sectors together; for a quarter or year also each of them.

    An organisation counts once a fortnight, however many answers it gave.
    """
    rules = frame.rules_for(frame.calendar.year(span))
    invited = store.invited(periods, municipalities)
    answers = store.answers(periods, municipalities)
    keys = ["period", "municipality", "organisation"]
    answered = invited.merge(answers[keys].drop_duplicates(), on=keys, how="inner")
    result: dict[str, tuple[Sector, ...]] = {}
    for code in municipalities:
        asked = invited[invited["municipality"] == code]
        replied = answered[answered["municipality"] == code]
        rows = [_sector(rules, "alla", asked, replied)]
        if span.kind != "period":
            rows += _by_sector(frame, rules, asked, replied)
        result[code] = tuple(rows)
    return result


def _by_sector(frame: Frame, rules: Protection, asked: pd.DataFrame, replied: pd.DataFrame) -> list[Sector]:
    limits, order = rules.granser, frame.codes.ids("sektorer")
    counted = asked.groupby("sector")["organisation"].nunique()
    members = {str(sector): int(n) for sector, n in counted.items()}
    target = merged_sectors(members, order, limits.sektor_inbjudna)
    size: dict[str, int] = {}
    for sector, shown_in in target.items():
        size[shown_in] = size.get(shown_in, 0) + members[sector]
    rows = []
    for name in order:
        inside = [s for s, shown_in in target.items() if shown_in == name]
        if inside and size[name] >= limits.sektor_inbjudna:
            a, r = asked[asked["sector"].isin(inside)], replied[replied["sector"].isin(inside)]
            rows.append(_sector(rules, name, a, r))
    return rows


def _sector(rules: Protection, name: str, asked: pd.DataFrame, replied: pd.DataFrame) -> Sector:
    step = rules.steg
    interval = rung(len(replied), step) if len(replied) >= step else None
    if interval is not None and interval[0] >= len(asked):
        interval = None  # it would say that everybody answered (R5)
    return Sector(name, len(asked), len(replied), interval)
