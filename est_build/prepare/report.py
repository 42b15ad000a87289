"""The private working report: exact counts, a check list, the quality of the data. Never published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2
import pandas as pd

from est_build.disk.reason import refused
from est_build.disk.whole import write_whole
from est_build.load.frame import Frame
from est_build.load.span import Span
from est_build.prepare.checklist import check_list
from est_build.prepare.coding import Coded
from est_build.prepare.meeting import counts_before, due_actions, fortnight_before, sources
from est_build.prepare.release import Draft, PrivateCell
from est_build.prepare.store import PRIVATE_FILE, Store
from est_build.protect.plan import ALL, CellKey
from est_build.protect.rules import enough

_ENV = jinja2.Environment(
    loader=jinja2.PackageLoader("est_build.prepare", "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def working_report(frame: Frame, store: Store, span: Span, drafts: Sequence[Draft], coded: Coded) -> str:
    """HTML for the coordinator's own eyes; it stands beside the store, outside every git tree."""
    current = [d for d in drafts if d.span.id == span.id]
    towns = [_town(frame, store, span, d) for d in current]
    longer = sorted({d.span.label for d in drafts if d.span.id != span.id})
    return _ENV.get_template("arbetsrapport.html.j2").render(
        span=span,
        towns=towns,
        longer=longer,
        outside=coded.outside,
        site=frame.site,
        check=check_list(frame, store, span, current),
        due=due_actions(frame, span, [d.municipality for d in current]),
    )


def keep_report(path: Path, text: str) -> None:
    """Write the report, whole or not at all, for the coordinator's eyes only.

    Raises :class:`ProblemsError` (EST520) if the disk refuses.
    """
    try:
        write_whole(path, text.encode("utf-8"), mode=PRIVATE_FILE)
    except OSError as error:
        raise refused(path.name, error) from error


def _town(frame: Frame, store: Store, span: Span, draft: Draft) -> dict[str, Any]:
    code = draft.municipality
    reports = store.reports([span.id], [code])
    invited, answers = store.invited([span.id], [code]), store.answers([span.id], [code])
    silent = sorted(set(invited["organisation"]) - set(answers["organisation"]))
    with_reports = set(reports["answer"])
    before = fortnight_before(frame, store, span, code)
    counted = counts_before(frame, store, before, code, [c.key for c in draft.cells]) if before else {}
    rows = [_row(frame, cell, counted) for cell in draft.cells]
    return {
        "name": next(m.namn for m in frame.site.kommuner if m.kod == code),
        "invited": len(invited),
        "answered": answers["organisation"].nunique(),
        "answers": len(answers),
        "nothing": len(set(answers["id"]) - with_reports),
        "silent": silent,
        "before": before.label if before else "",
        "sources": sources(frame, store, span, before, code),
        "rows": rows,
        "shown": sum(c.interval is not None for c in draft.cells),
        "cells": len(draft.cells),
        "hidden": Counter(row["why"] for row in rows if row["why"]),
        "quality": _quality(reports, answers),
        "leaves": _leaves(frame, reports),
    }


def _row(frame: Frame, cell: PrivateCell, before: Mapping[CellKey, int]) -> dict[str, Any]:
    key, evidence = cell.key, cell.evidence
    area = frame.area(key.area)
    return {
        "what": "alla rapporter" if key.category == ALL else frame.codes.label("kategorier", key.category),
        "where": area.name if area else key.area,
        "before": before.get(key, "–"),
        "reports": evidence.reports,
        "organisations": evidence.organisations,
        "sectors": evidence.sectors,
        "largest": evidence.largest,
        "shown": "–".join(map(str, cell.interval)) if cell.interval else "··",
        "why": _why(frame, cell),
    }


def _why(frame: Frame, cell: PrivateCell) -> str:
    if cell.interval is not None or cell.evidence.reports == 0:
        return ""
    if cell.withheld:
        reasons = {
            "granskning": "granskningen: annars går något annat att räkna ut",
            "vilar": "området vilar",
        }
        return reasons[cell.withheld]
    limits = frame.protection.granser
    if enough(cell.evidence, limits):
        return "utan kända källor räcker underlaget inte"
    if cell.evidence.reports < limits.rapporter:
        return f"färre än {limits.rapporter} rapporter"
    return "för få uppgiftslämnare"


def _quality(reports: pd.DataFrame, answers: pd.DataFrame) -> list[tuple[str, int, int]]:
    total = len(reports)
    twice = reports.duplicated(["organisation", "area", "category", "environment", "time"])
    again = len(answers) - answers["organisation"].nunique()
    return [
        ("Rapporter utan område", int((reports["area"] == "").sum()), total),
        ("Rapporter utan miljö", int((reports["environment"] == "okand").sum()), total),
        ("Rapporter utan tid", int((reports["time"] == "okand").sum()), total),
        ("Rapporter som är lika en annan från samma organisation", int(twice.sum()), total),
        ("Svar från en organisation som redan har svarat", again, len(answers)),
    ]


def _leaves(frame: Frame, reports: pd.DataFrame) -> list[tuple[str, int]]:
    counts = reports["category"].value_counts(sort=False)
    order = {c: i for i, c in enumerate(frame.codes.ids("kategorier"))}
    rows = sorted(counts.items(), key=lambda item: order.get(str(item[0]), 0))
    return [(frame.codes.label("kategorier", str(code)), int(n)) for code, n in rows]
