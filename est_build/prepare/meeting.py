"""What the meeting with the police looks at beside the counts: who answered, what is due. Never published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from est_build.analyse.actions import ActionState, action_state
from est_build.load.frame import Frame
from est_build.load.span import Span, day
from est_build.load.texts import load_texts
from est_build.prepare.counting import count, evidence_for
from est_build.prepare.store import Store
from est_build.protect.plan import CellKey
from est_build.schema.action import Action

PROPOSED = "foreslagen"
AHEAD = dt.timedelta(days=28)
"""How far ahead the meeting looks: what is due before the meeting after the next one."""


@dataclass(frozen=True, slots=True)
class Source:
    """What came from one sector. Organisations are counted, never named."""

    label: str
    known: bool
    """True if everybody knows where its reports come from (the police): they never open a cell alone."""
    invited: int
    answered: int
    reports: int
    before: int | None
    """Reports in the fortnight before; ``None`` if there is none to compare with."""


@dataclass(frozen=True, slots=True)
class Due:
    """An action that the meeting should say something about."""

    id: str
    title: str
    responsible: str
    why: str


def fortnight_before(frame: Frame, store: Store, span: Span, code: str) -> Span | None:
    """The last fortnight before ``span`` in which the municipality collected answers, if the store has it."""
    held = store.periods(code)
    earlier = [p for p in frame.calendar.periods if p.start < span.start and p.id in held]
    asked = (p for p in reversed(earlier) if len(store.invited([p.id], [code])))
    return next(asked, None)


def counts_before(
    frame: Frame, store: Store, before: Span, code: str, keys: Sequence[CellKey]
) -> Mapping[CellKey, int]:
    """Exact reports of the fortnight before in each of these cells."""
    tables = sorted({key.table for key in keys})
    counts = count(store.reports([before.id], [code]), tables, frame.codes)
    return {key: evidence_for(counts, code, key).reports for key in keys}


def sources(frame: Frame, store: Store, span: Span, before: Span | None, code: str) -> tuple[Source, ...]:
    """What came in, sector by sector, in the order of the code list. Sectors without members are left out."""
    invited, answers = store.invited([span.id], [code]), store.answers([span.id], [code])
    reports = store.reports([span.id], [code])
    earlier = store.reports([before.id], [code]) if before is not None else None
    known = frame.rules_for(frame.calendar.year(span)).kanda_kallor
    return tuple(
        Source(
            frame.codes.label("sektorer", sector),
            sector in known,
            _organisations(invited, sector),
            _organisations(answers, sector),
            int((reports["sector"] == sector).sum()),
            None if earlier is None else int((earlier["sector"] == sector).sum()),
        )
        for sector in frame.codes.ids("sektorer")
        if (invited["sector"] == sector).any()
    )


def _organisations(rows: pd.DataFrame, sector: str) -> int:
    return int(rows[rows["sector"] == sector]["organisation"].nunique())


def due_actions(frame: Frame, span: Span, towns: Sequence[str]) -> tuple[Due, ...] | None:
    """Actions in these municipalities that are late, waited for, or due before long; most urgent first.

    ``None`` if the files of texts have faults: then they must be mended first.
    """
    texts, problems = load_texts(frame)
    if any(problem.kind.severity == "fel" for problem in problems):
        return None
    today = span.publishes
    own = {area.id for area in frame.areas if area.municipality in towns}
    found = []
    for action in texts.actions.values():
        if action.status != PROPOSED and own & set(action.omraden):
            why = _why(action, action_state(action, texts.issues, today), today)
            if why is not None:
                found.append((why[0], Due(action.id, action.titel, action.ansvarig, why[1])))
    return tuple(due for _, due in sorted(found, key=lambda pair: (pair[0], pair[1].id)))


def _why(action: Action, state: ActionState, today: dt.date) -> tuple[dt.date, str] | None:
    if state.late:
        again = f" Nytt datum {day(state.due)}." if state.due > state.first_due else ""
        return state.due, f"Försenad, skulle vara klar {day(state.first_due)}.{again}"
    if state.follow_up_missing:
        return action.folj_upp or today, "Genomförd, men uppföljningen saknas."
    if state.status not in ("genomford", "avbruten", "overlamnad", "uppfoljd") and state.due <= today + AHEAD:
        return state.due, f"Ska vara klar {day(state.due)}."
    if state.next_follow_up is not None and state.next_follow_up <= today + AHEAD:
        return state.next_follow_up, f"Ska följas upp {day(state.next_follow_up)}."
    return None
