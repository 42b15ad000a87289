"""``est-build prepare``: one fortnight from a survey export to protected files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from est_build.load.frame import Frame, load_frame
from est_build.load.span import Span
from est_build.prepare.coding import Coded, code_export
from est_build.prepare.export import read_export
from est_build.prepare.guard import refuse_git
from est_build.prepare.publish import locked, publish, recover
from est_build.prepare.release import Draft, draft_releases
from est_build.prepare.report import working_report
from est_build.prepare.settings import Settings, load_settings, thin_areas
from est_build.prepare.store import Store
from est_build.problems import Place, Problem, ProblemsError, nearest
from est_build.problems import catalogue as base
from est_build.problems import catalogue_steps as kinds
from est_build.protect.release import release_folder


@dataclass(frozen=True, slots=True)
class PrepareRequest:
    """What to prepare. ``municipalities``: codes, or ``None`` for all of the site."""

    data: Path
    survey: Path
    store: Path
    period: str
    export: Path | None = None
    collected: bool = True
    municipalities: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class PrepareResult:
    """What was written, and what the coordinator should know."""

    folders: tuple[Path, ...]
    report: Path
    notes: tuple[Problem, ...]
    recovered: bool


def prepare(request: PrepareRequest) -> PrepareResult:
    """Read, code, count, protect and write one fortnight, all or nothing.

    Raises :class:`ProblemsError`; then no file in ``data`` has changed.
    """
    refuse_git(request.survey, "Enkätens inställningar")
    refuse_git(request.store, "Förrådet")
    if request.export is not None:
        refuse_git(request.export, "Exporten")
    frame = load_frame(request.data)
    span = _period(frame, request.period)
    with locked(request.data):
        recovered = recover(request.data)
        towns = _open_municipalities(frame, span, request)
        settings = load_settings(request.survey, frame)
        coded = _coded(frame, settings, span, request)
        store = Store(request.store)
        try:
            return _store_and_publish(_Job(frame, settings, span, towns, request), store, coded, recovered)
        finally:
            store.close()


@dataclass(frozen=True, slots=True)
class _Job:
    """What stays the same through one run."""

    frame: Frame
    settings: Settings
    span: Span
    towns: tuple[str, ...]
    request: PrepareRequest


def _period(frame: Frame, period: str) -> Span:
    span = frame.calendar.span(period)
    if span is None or span.kind != "period":
        known = [p.id for p in frame.calendar.periods]
        place = Place("kalender.csv")
        raise ProblemsError([Problem(base.PERIOD_UNKNOWN, place, {"value": period}, nearest(period, known))])
    return span


def _open_municipalities(frame: Frame, span: Span, request: PrepareRequest) -> tuple[str, ...]:
    """Municipalities whose release is still to be made; a closed one is never written again (R6)."""
    names = {m.kod: m.namn for m in frame.site.kommuner}
    asked = request.municipalities
    for code in asked or ():
        if code not in names:
            values = {"value": code}
            near = nearest(code, [*names])
            raise ProblemsError([Problem(base.MUNICIPALITY_UNKNOWN, Place("webbplats.yml"), values, near)])
    wanted = asked or tuple(names)
    closed = [c for c in wanted if release_folder(frame.root, span, c).exists()]
    if closed and (asked is not None or len(closed) == len(wanted)):
        raise ProblemsError(
            Problem(
                kinds.PERIOD_CLOSED,
                Place(f"perioder/{span.id}/{code}"),
                {"span": span.label.capitalize(), "value": names[code]},
            )
            for code in closed
        )
    return tuple(c for c in wanted if c not in closed)


def _coded(frame: Frame, settings: Settings, span: Span, request: PrepareRequest) -> Coded:
    if not request.collected:
        return Coded((), (), 0)
    if request.export is None:
        values = {"why": "ingen export angavs"}
        raise ProblemsError([Problem(kinds.EXPORT_UNREADABLE, Place("export"), values)])
    export = read_export(request.export, settings.survey.blad)
    coded = code_export(export, settings, frame, span)
    if not coded.answers:
        values = {"span": span.label, "dates": span.dates}
        raise ProblemsError([Problem(kinds.NO_ANSWERS, Place(export.name), values)])
    return coded


def _store_and_publish(job: _Job, store: Store, coded: Coded, recovered: bool) -> PrepareResult:
    frame, span = job.frame, job.span
    notes: list[Problem] = []
    with store.transaction():
        _fill(job, store, coded)
        drafts = draft_releases(frame, store, span, job.towns)
        for longer in _containing(frame, span):
            ready, missing = _complete(job, store, longer)
            notes += missing
            if ready:
                drafts += draft_releases(frame, store, longer, ready)
        report = working_report(frame, store, span, drafts, coded)
    path = job.request.store / "arbetsrapporter" / f"{span.id}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(report, encoding="utf-8")
    folders = publish(frame.root, {_folder(frame, d): d.files for d in drafts})
    if coded.outside:
        values = {"value": str(coded.outside)}
        notes.append(Problem(kinds.ARRIVED_ELSEWHERE, Place("export"), values))
    return PrepareResult(tuple(folders), path, tuple(notes), recovered)


def _folder(frame: Frame, draft: Draft) -> str:
    return release_folder(frame.root, draft.span, draft.municipality).relative_to(frame.root).as_posix()


def _fill(job: _Job, store: Store, coded: Coded) -> None:
    """Put the period into the store; rule R1 is checked for every small area first."""
    problems: list[Problem] = []
    for code in job.towns:
        members = job.settings.active(job.span, code) if job.request.collected else []
        if job.request.collected:
            limits = job.frame.protection.granser
            problems += thin_areas(job.frame.areas, members, limits, code)
        invited = {m.organisation for m in members}
        answers = [a for a in coded.answers if a.municipality == code]
        for name in sorted({a.organisation for a in answers} - invited):
            town = next(m.namn for m in job.frame.site.kommuner if m.kod == code)
            values = {"value": name, "where": f"{town} under {job.span.label}"}
            problems.append(Problem(kinds.MEMBER_UNKNOWN, Place("medlemmar.csv"), values))
        kept = {a.id for a in answers}
        reports = [r for r in coded.reports if r.municipality == code and r.answer in kept]
        store.replace(job.span.id, code, members, answers, reports)
    if problems:
        raise ProblemsError(problems)


def _containing(frame: Frame, span: Span) -> Sequence[Span]:
    calendar = frame.calendar
    ids = {calendar.quarter_of[span.id], str(calendar.year_of[span.id])}
    return [s for s in (*calendar.quarters, *calendar.years) if s.id in ids]


def _complete(job: _Job, store: Store, longer: Span) -> tuple[list[str], list[Problem]]:
    """Municipalities whose quarter or year is complete with this period, and notes on the others."""
    frame = job.frame
    periods = frame.calendar.periods_in(longer)
    ready, notes = [], []
    for code in job.towns:
        if release_folder(frame.root, longer, code).exists():
            continue
        published = {p.id for p in periods if release_folder(frame.root, p, code).exists()}
        published.add(job.span.id)
        if len(published) < len(periods):
            continue
        absent = sorted(published - store.periods(code))
        if absent:
            values = {"span": longer.label.capitalize(), "value": ", ".join(absent)}
            notes.append(Problem(kinds.STORE_INCOMPLETE, Place(longer.id), values))
        else:
            ready.append(code)
    return ready, notes
