"""What the analysis reads on the private side: exact counts from the store, and what is published beside.

Both are made as :class:`Published`, so that the same rules read them. The one with exact counts must never
leave this package: nothing public imports it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from est_build.load.calendar import Calendar
from est_build.load.frame import Frame, read_record
from est_build.load.span import Span
from est_build.load.texts import CONTENT, Texts
from est_build.model.cell import HIDDEN, Cell, Shown
from est_build.model.published import Figures, Published
from est_build.model.series import Participation
from est_build.prepare.counting import is_protective
from est_build.prepare.release import Draft
from est_build.prepare.store import Store
from est_build.problems import Problem, ProblemsError
from est_build.protect.ladder import Interval
from est_build.protect.plan import ALL, CellKey, geography, planned_cells
from est_build.protect.release import key_of, read_release, release_folder
from est_build.schema.changes import MethodChange, MethodChanges

_NAME = "andringar.yml"


def window(frame: Frame, span: Span, reach: int) -> Calendar:
    """The calendar of a fortnight and the ``reach`` before it."""
    whole = frame.calendar
    at = next(i for i, p in enumerate(whole.periods) if p.id == span.id)
    return Calendar(
        whole.periods[max(0, at - reach) : at + 1], (), (), dict(whole.quarter_of), dict(whole.year_of)
    )


def breaks(frame: Frame) -> tuple[MethodChange, ...]:
    """What has changed in how things are measured; nothing if no file says so.

    Raises :class:`ProblemsError` if the file cannot be read: comparing across a break would mislead.
    """
    path = frame.root.parent / CONTENT / _NAME
    if not path.exists():
        return ()
    record, _, problems = read_record(path, f"{CONTENT}/{_NAME}", MethodChanges)
    if record is None:
        raise ProblemsError(problems)
    return record.andringar


def exact(frame: Frame, store: Store, calendar: Calendar, towns: Sequence[str]) -> Published:
    """The exact counts of these municipalities, in the fortnights that the store holds."""
    ids = [p.id for p in calendar.periods]
    counts = _counts(frame, store, ids, towns)
    invited, answered = _people(store, ids, towns)
    figures = {}
    for code in towns:
        known = store.periods(code)
        for period in (p for p in calendar.periods if p.id in known):
            key = (period.id, code)
            cells: dict[CellKey, Cell] = {}
            for cell in _planned(frame, period, code):
                count = counts[*key, cell]
                cells[cell] = Shown(count, count)
            people = Participation(invited[key], Shown(answered[key], answered[key]))
            figures[key] = Figures(cells, {ALL: people})
    return _as_published(frame, calendar, figures)


def public(frame: Frame, calendar: Calendar, drafts: Iterable[Draft]) -> Published:
    """What readers will see: the releases of these municipalities so far, and the drafts of the last span.

    Raises :class:`ProblemsError` if what is published already cannot be read.
    """
    figures: dict[tuple[str, str], Figures] = {}
    problems: list[Problem] = []
    for draft in drafts:
        for period in calendar.periods[:-1]:
            if not release_folder(frame.root, period, draft.municipality).is_dir():
                continue
            release, more = read_release(frame, period, draft.municipality)
            problems += more
            if release is not None:
                cells = {key_of(r): _cell(_pair(r.fran, r.till)) for r in release.reports}
                people = {
                    r.sektor: Participation(r.inbjudna, _cell(_pair(r.svar_fran, r.svar_till)))
                    for r in release.participation
                }
                figures[period.id, draft.municipality] = Figures(cells, people)
        figures[draft.span.id, draft.municipality] = Figures(
            {c.key: _cell(c.interval) for c in draft.cells},
            {s.id: Participation(s.invited, _cell(s.interval)) for s in draft.sectors},
        )
    if problems:
        raise ProblemsError(problems)
    return _as_published(frame, calendar, figures)


def _planned(frame: Frame, period: Span, code: str) -> Iterable[CellKey]:
    """The cells of the plan without environment and time of day: those that are judged."""
    year = frame.calendar.year(period)
    rules = frame.rules_for(year)
    every = planned_cells("period", year, geography(frame.areas, code, rules), frame.codes, rules)
    return (key for key in every if key.table in ("kommun", "omrade", "kommun_grupp"))


def _counts(
    frame: Frame, store: Store, ids: Sequence[str], towns: Sequence[str]
) -> Counter[tuple[str, str, CellKey]]:
    """Reports by fortnight, municipality and cell. What works is counted for itself, as in the releases."""
    codes = frame.codes
    tops = {a.municipality: a.id for a in frame.areas if a.level == "kommun"}
    protective = {c for c in codes.ids("kategorier") if is_protective(c, codes)}
    groups = {c: codes.group_of(c) for c in codes.ids("kategorier")}
    found: Counter[tuple[str, str, CellKey]] = Counter()
    rows = store.reports(ids, towns)[["period", "municipality", "area", "category"]]
    for period, town, area, category in rows.itertuples(index=False, name=None):
        group = groups.get(category, category)
        found[period, town, CellKey("kommun_grupp", tops[town], group)] += 1
        if category not in protective:
            found[period, town, CellKey("kommun", tops[town], ALL)] += 1
            found[period, town, CellKey("omrade", area, ALL)] += 1
    return found


def _people(
    store: Store, ids: Sequence[str], towns: Sequence[str]
) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """Invited organisations, and those of them that answered, by fortnight and municipality."""
    keys = ["period", "municipality", "organisation"]
    asked = set(store.invited(ids, towns)[keys].itertuples(index=False, name=None))
    replied = set(store.answers(ids, towns)[keys].itertuples(index=False, name=None))
    invited = Counter((period, town) for period, town, _ in asked)
    return invited, Counter((period, town) for period, town, _ in asked & replied)


def _pair(low: int | None, high: int | None) -> Interval:
    return None if low is None or high is None else (low, high)


def _cell(interval: Interval) -> Cell:
    return HIDDEN if interval is None else Shown(*interval)


def _as_published(frame: Frame, calendar: Calendar, figures: Mapping[tuple[str, str], Figures]) -> Published:
    texts = Texts({}, {}, {}, {}, {}, {}, {}, {}, (), breaks(frame))
    areas = {a.id: a for a in frame.areas}
    return Published(
        frame.site, frame.protection, frame.codes, calendar, frame.areas, (), (), figures, texts,
        calendar.periods[-1].publishes, (), areas,
    )  # fmt: skip
