"""``est-build prepare``: one fortnight from a survey export to protected files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from est_build.disk.lock import locked
from est_build.load.frame import Frame, load_frame
from est_build.load.span import Span
from est_build.prepare.coding import Coded, code_export
from est_build.prepare.export import read_tables
from est_build.prepare.guard import in_history, refuse_git, refuse_published
from est_build.prepare.prove import prove_releases
from est_build.prepare.publish import discard, publish, recover, stage_releases
from est_build.prepare.release import Draft, draft_releases
from est_build.prepare.report import keep_report, working_report
from est_build.prepare.settings import Settings, load_settings, thin_areas
from est_build.prepare.store import Store
from est_build.problems import Place, Problem, ProblemsError, nearest
from est_build.problems import catalogue as base
from est_build.problems import catalogue_audit as audits
from est_build.problems import catalogue_import as imports
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
    more: tuple[Path, ...] = ()
    """Further files of the same export, as a tool with repeated questions gives."""
    silent: bool = False
    """Nobody in the municipalities may have answered, if others did: the export is the right one."""


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
    private = [("Enkätens inställningar", request.survey), ("Förrådet", request.store)]
    if request.export is not None:
        private += [("Exporten", path) for path in (request.export, *request.more)]
    for what, path in private:
        refuse_git(path, what)
        refuse_published(path, request.data, what)
    frame = load_frame(request.data)
    span = _period(frame, request.period)
    with locked(request.data):
        recovered = recover(request.data)
        if finished := _finished(frame, span, request, recovered):
            return finished
        towns = _open_municipalities(frame, span, request)
        _refuse_removed(frame, span, towns)
        job = _Job(frame, load_settings(request.survey, frame), span, towns, request)
        coded = _coded(job)
        store = Store(request.store)
        try:
            return _store_and_publish(job, store, coded, bool(recovered))
        finally:
            store.close()


def _refuse_removed(frame: Frame, span: Span, towns: Sequence[str]) -> None:
    """A release that was public and then removed is not made again (R6): others have a copy of it.

    An example may be: nobody is in its figures. Raises :class:`ProblemsError` (EST526).
    """
    if frame.site.exempeldata:
        return
    folders = [
        release_folder(frame.root, part, code) for part in (span, *_containing(frame, span)) for code in towns
    ]
    gone = [folder for folder in folders if not folder.exists() and in_history(frame.root, folder)]
    if gone:
        names = (folder.relative_to(frame.root).as_posix() for folder in gone)
        raise ProblemsError(Problem(kinds.RELEASE_GONE, Place(name)) for name in names)


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


def _wanted(frame: Frame, request: PrepareRequest) -> tuple[str, ...]:
    known = [m.kod for m in frame.site.kommuner]
    asked = tuple(dict.fromkeys(request.municipalities or ()))
    place = Place("webbplats.yml")
    problems = [
        Problem(base.MUNICIPALITY_UNKNOWN, place, {"value": code}, nearest(code, known))
        for code in asked
        if code not in known
    ]
    if problems:
        raise ProblemsError(problems)
    return asked or tuple(known)


def _finished(
    frame: Frame, span: Span, request: PrepareRequest, recovered: tuple[Path, ...]
) -> PrepareResult | None:
    """What to answer if all that is asked for was just finished: the run that was broken was this one."""
    wanted = _wanted(frame, request)
    if not recovered or not all(release_folder(frame.root, span, code) in recovered for code in wanted):
        return None
    return PrepareResult(recovered, _report_path(frame, span, wanted, request), (), recovered=True)


def _open_municipalities(frame: Frame, span: Span, request: PrepareRequest) -> tuple[str, ...]:
    """Municipalities whose release is still to be made; a closed one is never written again (R6)."""
    names = {m.kod: m.namn for m in frame.site.kommuner}
    wanted = _wanted(frame, request)
    closed = [c for c in wanted if release_folder(frame.root, span, c).exists()]
    if closed and (request.municipalities or len(closed) == len(wanted)):
        raise ProblemsError(
            Problem(
                kinds.PERIOD_CLOSED,
                Place(f"perioder/{span.id}/{code}"),
                {"span": span.label.capitalize(), "value": names[code]},
            )
            for code in closed
        )
    return tuple(c for c in wanted if c not in closed)


def _coded(job: _Job) -> Coded:
    """The coded answers, with every fault of the export and every area that is too thin (R1)."""
    request, span = job.request, job.span
    if not request.collected:
        return Coded((), (), 0)
    if request.export is None:
        values = {"why": "ingen export angavs"}
        raise ProblemsError([Problem(kinds.EXPORT_UNREADABLE, Place("export"), values)])
    # Within a year the plan stays as it is: there the area is hidden instead (see _drafts).
    thin = [problem for code in job.towns if not _begun(job, code) for _, problem in _thin(job, span, code)]
    try:
        tables = read_tables((request.export, *request.more))
        coded = code_export(tables, job.settings, job.frame, span, job.towns)
    except ProblemsError as error:
        raise ProblemsError([*error.problems, *thin]) from None
    if not coded.answers and not (request.silent and coded.elsewhere):
        values = {"span": span.label, "dates": span.dates}
        thin.insert(0, Problem(kinds.NO_ANSWERS, Place(tables[0].name), values))
    if thin:
        raise ProblemsError(thin)
    return coded


def _store_and_publish(job: _Job, store: Store, coded: Coded, recovered: bool) -> PrepareResult:
    frame, span = job.frame, job.span
    notes: list[Problem] = []
    path = _report_path(frame, span, job.towns, job.request)
    try:
        with store.transaction():
            _fill(job, store, coded)
            drafts = _drafts(job, store, span, job.towns, notes)
            for longer in _containing(frame, span):
                ready, missing = _complete(job, store, longer)
                notes += missing
                if ready:
                    drafts += _drafts(job, store, longer, ready, notes)
            finished = prove_releases(frame, store, drafts)
            drafts = [release.draft for release in finished]
            releases = {_folder(frame, release.draft): release.files for release in finished}
            # All that can fail is done before the store keeps anything: a full disk changes nothing.
            stage_releases(frame.root, releases)
            keep_report(path, working_report(frame, store, span, drafts, coded))
    except BaseException:
        discard(frame.root)
        raise
    folders = publish(frame.root, sorted(releases))
    left_out = (
        (kinds.ARRIVED_ELSEWHERE, coded.outside),
        (imports.DRAFTS, coded.drafts),
        (imports.CONTRADICTED, coded.contradicted),
    )
    notes += [Problem(kind, Place("export"), {"value": str(count)}) for kind, count in left_out if count]
    return PrepareResult(tuple(folders), path, tuple(notes), recovered)


def _drafts(job: _Job, store: Store, span: Span, towns: Sequence[str], notes: list[Problem]) -> list[Draft]:
    """Drafts of a span. An area that has become too thin within the year rests until the next one."""
    calendar = job.frame.calendar
    resting: dict[str, set[str]] = {}
    for code in towns:
        for period in calendar.periods_in(span):
            asked = job.request.collected or period.id != job.span.id
            for area, problem in _thin(job, period, code) if asked else ():
                if area not in resting.setdefault(code, set()) and span.id == job.span.id:
                    notes.append(Problem(audits.AREA_RESTS, problem.place, problem.values))
                resting[code].add(area)
    return draft_releases(job.frame, store, span, towns, resting)


def _thin(job: _Job, period: Span, code: str) -> list[tuple[str, Problem]]:
    limits = job.frame.rules_for(job.frame.calendar.year(period)).granser
    return thin_areas(job.frame.areas, job.settings.active(period, code), limits, code)


def _begun(job: _Job, code: str) -> bool:
    """True if the municipality has published anything in the year: then no area can be merged any more."""
    calendar = job.frame.calendar
    year = calendar.year(job.span)
    return any(
        release_folder(job.frame.root, p, code).exists()
        for p in calendar.periods
        if calendar.year_of[p.id] == year
    )


def _report_path(frame: Frame, span: Span, towns: Sequence[str], request: PrepareRequest) -> Path:
    """A run for some of the municipalities leaves the report of the others alone."""
    some = "" if len(towns) == len(frame.site.kommuner) else f"-{'-'.join(towns)}"
    return request.store / "arbetsrapporter" / f"{span.id}{some}.html"


def _folder(frame: Frame, draft: Draft) -> str:
    return release_folder(frame.root, draft.span, draft.municipality).relative_to(frame.root).as_posix()


def _fill(job: _Job, store: Store, coded: Coded) -> None:
    """Put the period into the store."""
    for code in job.towns:
        members = job.settings.active(job.span, code) if job.request.collected else []
        answers = [a for a in coded.answers if a.municipality == code]
        reports = [r for r in coded.reports if r.municipality == code]
        store.replace(job.span.id, code, members, answers, reports)


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
