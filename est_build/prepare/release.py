"""From counts to the bytes of protected releases: rules R1-R7 are applied here, in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from est_build.load.frame import Frame
from est_build.load.span import Span
from est_build.prepare.counting import count, evidence_for
from est_build.prepare.store import Store
from est_build.protect.files import (
    ATTESTATION,
    PARTICIPATION,
    REPORTS,
    Interval,
    attestation_file,
    participation_file,
    reports_file,
)
from est_build.protect.ladder import rung
from est_build.protect.plan import (
    CellKey,
    geography,
    is_sensitive,
    planned_cells,
    tables_for,
)
from est_build.protect.rules import Evidence, shown_interval
from est_build.protect.sectors import merged_sectors


@dataclass(frozen=True, slots=True)
class PrivateCell:
    """A cell with what stands behind it: for the private working report only."""

    key: CellKey
    evidence: Evidence
    interval: Interval


@dataclass(frozen=True, slots=True)
class Sector:
    """Participation of one sector (or all): invitations and answers, exact and as shown."""

    id: str
    invited: int
    answered: int
    interval: Interval


@dataclass(frozen=True, slots=True)
class Draft:
    """One release before it is written."""

    municipality: str
    span: Span
    cells: tuple[PrivateCell, ...]
    sectors: tuple[Sector, ...]
    files: dict[str, bytes]


def draft_releases(frame: Frame, store: Store, span: Span, municipalities: Sequence[str]) -> list[Draft]:
    """Protected releases of ``span`` for the municipalities, from the store."""
    periods = [p.id for p in frame.calendar.periods_in(span)]
    reports = store.reports(periods, municipalities)
    known = reports["sector"].isin(frame.protection.kanda_kallor)
    tables = tables_for(span.kind, frame.protection)
    every = count(reports, tables, frame.codes)
    without = count(reports[~known], tables, frame.codes)
    year = frame.calendar.year(span)
    people = _participation(frame, store, span, periods, municipalities)
    drafts = []
    for code in municipalities:
        cells = []
        for key in planned_cells(
            span.kind, year, geography(frame.areas, code), frame.codes, frame.protection
        ):
            evidence = evidence_for(every, code, key)
            interval = shown_interval(
                evidence,
                evidence_for(without, code, key),
                frame.protection,
                sensitive=is_sensitive(key, frame.codes),
            )
            cells.append(PrivateCell(key, evidence, interval))
        drafts.append(_draft(frame, code, span, tuple(cells), people[code]))
    return drafts


def _draft(
    frame: Frame, code: str, span: Span, cells: tuple[PrivateCell, ...], sectors: tuple[Sector, ...]
) -> Draft:
    files = {
        REPORTS: reports_file([(c.key, c.interval) for c in cells]),
        PARTICIPATION: participation_file([(code, s.id, s.invited, s.interval) for s in sectors]),
    }
    shown = sum(c.interval is not None for c in cells)
    # The audit of everything published so far (R8) belongs here, before the attestation is
    # written. Until it exists the attestation says ``granskning: ej_gjord``.
    files[ATTESTATION] = attestation_file(code, span.id, frame.protection, files, shown)
    return Draft(code, span, cells, sectors, files)


def _participation(
    frame: Frame, store: Store, span: Span, periods: list[str], municipalities: Sequence[str]
) -> dict[str, tuple[Sector, ...]]:
    """Rows of ``deltagande.csv``: all sectors together; for a quarter or year also each of them.

    An organisation counts once a fortnight, however many answers it gave.
    """
    invited = store.invited(periods, municipalities)
    answers = store.answers(periods, municipalities)
    keys = ["period", "municipality", "organisation"]
    answered = invited.merge(answers[keys].drop_duplicates(), on=keys, how="inner")
    result: dict[str, tuple[Sector, ...]] = {}
    for code in municipalities:
        asked = invited[invited["municipality"] == code]
        replied = answered[answered["municipality"] == code]
        rows = [_sector(frame, "alla", asked, replied)]
        if span.kind != "period":
            rows += _by_sector(frame, asked, replied)
        result[code] = tuple(rows)
    return result


def _by_sector(frame: Frame, asked: pd.DataFrame, replied: pd.DataFrame) -> list[Sector]:
    limits, order = frame.protection.granser, frame.codes.ids("sektorer")
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
            rows.append(_sector(frame, name, a, r))
    return rows


def _sector(frame: Frame, name: str, asked: pd.DataFrame, replied: pd.DataFrame) -> Sector:
    step = frame.protection.steg
    interval = rung(len(replied), step) if len(replied) >= step else None
    return Sector(name, len(asked), len(replied), interval)
