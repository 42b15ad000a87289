"""One release as it stands in ``data/``: protected cells, participation, attestation, all checked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from est_build.disk.reason import reason
from est_build.load.csv_file import Row, letter, parse_csv
from est_build.load.frame import Frame
from est_build.load.json_file import parse_json
from est_build.load.span import Span
from est_build.load.tree import read_bytes, text_of
from est_build.load.validate import validate
from est_build.problems import Place, Problem
from est_build.problems import catalogue as base
from est_build.problems import catalogue_audit as audits
from est_build.problems import catalogue_steps as kinds
from est_build.protect.files import (
    ATTESTATION,
    ATTESTED,
    PARTICIPATION,
    REPORTS,
    attestation_file,
    codes_digest,
    geography_digest,
    rules_digest,
    sha256,
)
from est_build.protect.inventory import FOLDERS, unknown_files
from est_build.protect.ladder import on_ladder
from est_build.protect.plan import ALL, CellKey, geography
from est_build.protect.planned import Planned, Plans, ReportLine
from est_build.protect.structure import plan_fault
from est_build.schema.attestation import Attestation
from est_build.schema.tables import REPORT_COLUMNS, ParticipationRow, ReportRow

ParticipationRows = tuple[ParticipationRow, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """A municipality's protected figures for one span."""

    municipality: str
    span: Span
    reports: tuple[ReportLine, ...]
    participation: ParticipationRows
    attestation: Attestation


def release_folder(root: Path, span: Span, code: str) -> Path:
    """Where the release of a municipality and a span stands."""
    return root / FOLDERS[span.kind] / span.id / code


def read_release(
    frame: Frame, span: Span, code: str, plans: Plans | None = None
) -> tuple[Release | None, list[Problem]]:
    """Read and check one release folder; ``None`` with problems if anything is off.

    ``plans``: the planned cells, if several releases are read.
    """
    folder = release_folder(frame.root, span, code)
    name = f"{FOLDERS[span.kind]}/{span.id}/{code}"
    attestation, problems = _attestation(folder, name, span, code)
    if attestation is None:
        return None, problems
    # The names are checked before they are followed: an attestation must not lead anywhere else.
    if set(attestation.filer) != set(ATTESTED):
        values = {"why": "det nämner inte rätt filer"}
        return None, [Problem(kinds.ATTESTATION_WRONG, Place(f"{name}/{ATTESTATION}"), values)]
    contents: dict[str, str] = {}
    for file, digest in attestation.filer.items():
        text, more = _attested(folder / file, f"{name}/{file}", digest)
        problems += more
        if text is not None:
            contents[file] = text
    if problems:
        return None, problems
    plan = (plans or Plans(frame)).of(span, code)
    reports, problems = _reports(contents[REPORTS], plan, f"{name}/{REPORTS}")
    people, more = parse_csv(contents[PARTICIPATION], f"{name}/{PARTICIPATION}", ParticipationRow)
    problems += more
    problems += _participation_problems(frame, people, f"{name}/{PARTICIPATION}", (span, code))
    problems += _count_problems(attestation, reports, f"{name}/{ATTESTATION}")
    if problems:
        return None, problems
    return Release(code, span, reports, tuple(r.value for r in people), attestation), []


def _reports(text: str, plan: Planned, name: str) -> tuple[tuple[ReportLine, ...], list[Problem]]:
    """The rows, and what is wrong with them. A file that is just as planned needs no closer look."""
    if (lines := plan.exact(text)) is not None:
        return lines, []
    rows, problems = parse_csv(text, name, ReportRow)
    lines = tuple(ReportLine(_address(row.value), row.value.fran, row.value.till) for row in rows)
    problems += _plan_problems(plan, lines, name)
    problems += _ladder_problems(plan, rows, name)
    return lines, problems


def read_releases(
    frame: Frame, towns: Collection[str] | None = None
) -> tuple[dict[tuple[str, str], Release], list[Problem]]:
    """All releases of the instance by (span id, municipality code), in the order of time.

    ``towns``: only those of these municipalities.
    """
    found: dict[tuple[str, str], Release] = {}
    problems = unknown_files(frame)
    fault = plan_fault(frame.protection.tabeller)
    if fault is not None:
        problems.append(Problem(audits.PLAN_REFUSED, Place("skydd.yml"), {"why": fault}))
    plans = Plans(frame)
    for span in frame.calendar.spans:
        for code in (m.kod for m in frame.site.kommuner if towns is None or m.kod in towns):
            if release_folder(frame.root, span, code).is_dir():
                release, more = read_release(frame, span, code, plans)
                problems += more
                if release is not None:
                    found[span.id, code] = release
    problems += _changed_rules(frame, found.values()) or _changed_borders(frame, found.values())
    problems += _changed_codes(frame, found.values())
    return found, problems


def changed_since(frame: Frame, code: str, span: Span) -> list[Problem]:
    """What of rules, borders and categories has changed since the municipality's other releases of the year.

    For the private side: nothing may be written that the build would refuse.
    """
    fault = plan_fault(frame.rules_for(frame.calendar.year(span)).tabeller)
    if fault is not None:
        return [Problem(audits.PLAN_REFUSED, Place("skydd.yml"), {"why": fault})]
    year = frame.calendar.year(span)
    for other in frame.calendar.periods:
        if frame.calendar.year_of[other.id] == year and release_folder(frame.root, other, code).is_dir():
            release, problems = read_release(frame, other, code)
            if release is None:
                return problems
            return [
                *(_changed_rules(frame, [release]) or _changed_borders(frame, [release])),
                *_changed_codes(frame, [release]),
            ]
    return []


def _changed_rules(frame: Frame, releases: Iterable[Release]) -> list[Problem]:
    """Rules must be those that each release was made with (R0)."""
    told = Problem(audits.RULES_CHANGED, Place("skydd.yml"))
    return _changed(
        frame, releases, told, lambda year: rules_digest(frame.rules_for(year)), lambda a: a.skydd_sha256
    )


def _changed_codes(frame: Frame, releases: Iterable[Release]) -> list[Problem]:
    """The category tree of a year must be the one that its releases were made with (R0)."""
    told = Problem(audits.CODES_CHANGED, Place("kodlistor.yml"))
    return _changed(
        frame, releases, told, lambda year: codes_digest(frame.codes, year), lambda a: a.kodlista_sha256
    )


def _changed(
    frame: Frame,
    releases: Iterable[Release],
    told: Problem,
    digest_of: Callable[[int], str],
    attested: Callable[[Attestation], str],
) -> list[Problem]:
    """``told`` once for each year in which a release attests to another digest than the present one."""
    problems: dict[int, Problem] = {}
    digests: dict[int, str] = {}
    for release in releases:
        year = frame.calendar.year(release.span)
        if year not in digests:
            digests[year] = digest_of(year)
        if attested(release.attestation) != digests[year]:
            problems.setdefault(year, replace(told, values={"span": release.span.label}))
    return list(problems.values())


def _changed_borders(frame: Frame, releases: Iterable[Release]) -> list[Problem]:
    """Borders are the same through a year, and those of the last year are the present ones (R0)."""
    calendar = frame.calendar
    by_town: dict[str, dict[int, list[Release]]] = {}
    for release in releases:
        years = by_town.setdefault(release.municipality, {})
        years.setdefault(calendar.year(release.span), []).append(release)
    problems = []
    for code, years in by_town.items():
        last = max(years)
        now = geography_digest(geography(frame.areas, code, frame.rules_for(last)))
        for year, inside in sorted(years.items()):
            first = now if year == last else inside[0].attestation.geografi_sha256
            wrong = [r for r in inside if r.attestation.geografi_sha256 != first]
            if wrong:
                values = {"span": wrong[0].span.label}
                problems.append(Problem(audits.BORDERS_CHANGED, Place("omraden.geojson"), values))
    return problems


def _plan_problems(plan: Planned, rows: Sequence[ReportLine], name: str) -> list[Problem]:
    """The rows must be exactly the planned cells in their order (R0): nothing more, nothing less."""
    found = tuple(row.key for row in rows)
    if found == plan.cells:
        return []
    extra, absent = set(found) - set(plan.cells), set(plan.cells) - set(found)
    if extra or absent:
        first = min(extra or absent)
        word = "utanför planen" if extra else "saknas"
        why = f"{len(extra) or len(absent)} rader {word}, till exempel {', '.join(filter(None, first))}"
    else:
        why = "raderna står i fel ordning eller flera gånger"
    return [Problem(kinds.ROWS_OFF_PLAN, Place(name), {"why": why})]


def key_of(row: ReportLine) -> CellKey:
    """The address of a row's cell."""
    return row.key


def _address(row: ReportRow) -> CellKey:
    return CellKey(row.tabell, row.omrade or "", row.kategori or "", row.miljo or "", row.tid or "")


def _attestation(folder: Path, name: str, span: Span, code: str) -> tuple[Attestation | None, list[Problem]]:
    place = Place(f"{name}/intyg.json")
    path = folder / ATTESTATION
    if not path.is_file():
        return None, [Problem(kinds.ATTESTATION_MISSING, place)]
    try:
        raw = read_bytes(path)
    except OSError as error:
        return None, [Problem(base.FILE_UNREADABLE, place, {"why": reason(error)})]
    text = text_of(raw, place.file)
    if isinstance(text, Problem):
        return None, [text]
    tree, problems = parse_json(text, place.file)
    if tree is None or problems:
        return None, problems
    attestation, problems = validate(Attestation, tree)
    if attestation is None:
        return None, problems
    if raw != attestation_file(attestation):
        values = {"why": "det är inte skrivet som est-build prepare skriver det"}
        return None, [Problem(kinds.ATTESTATION_WRONG, place, values)]
    if (attestation.kommun, attestation.tid) != (code, span.id):
        values = {"why": f"det gäller {attestation.kommun} {attestation.tid}"}
        return None, [Problem(kinds.ATTESTATION_WRONG, place, values)]
    return attestation, []


def _attested(path: Path, name: str, digest: str) -> tuple[str | None, list[Problem]]:
    try:
        raw = read_bytes(path)
    except FileNotFoundError:
        return None, [Problem(base.FILE_MISSING, Place(name))]
    except OSError as error:
        return None, [Problem(base.FILE_UNREADABLE, Place(name), {"why": reason(error)})]
    if sha256(raw) != digest:
        return None, [Problem(kinds.HASH_DIFFERS, Place(name), {"value": path.name})]
    return raw.decode("utf-8", errors="replace"), []


def _count_problems(attestation: Attestation, rows: Sequence[ReportLine], name: str) -> list[Problem]:
    """The attestation must count the rows that it attests."""
    shown = sum(row.fran is not None for row in rows)
    if (attestation.rader, attestation.visade) == (len(rows), shown):
        return []
    counted = f"{attestation.rader} rader och {attestation.visade} visade"
    why = f"det räknar {counted}, men här finns {len(rows)} och {shown}"
    return [Problem(kinds.ATTESTATION_WRONG, Place(name), {"why": why})]


def _ladder_problems(plan: Planned, rows: Sequence[Row[ReportRow]], name: str) -> list[Problem]:
    column = letter(REPORT_COLUMNS.index("fran"))
    problems = []
    for row in rows:
        least, value = plan.least(_address(row.value)), row.value
        if not on_ladder(value.fran, value.till, plan.step, least):
            values = {"value": f"{value.fran}–{value.till}", "steps": f"{least}–{least + plan.step - 1}, …"}
            problems.append(Problem(kinds.OFF_LADDER, Place(name, row.line, letter=column), values))
    return problems


def _participation_problems(
    frame: Frame, rows: Sequence[Row[ParticipationRow]], name: str, release: tuple[Span, str]
) -> list[Problem]:
    span, code = release
    rules = frame.rules_for(frame.calendar.year(span))
    problems = []
    seen: set[str] = set()
    for row in rows:
        value, why = row.value, None
        if value.kommun != code:
            why = f"raden gäller kommun {value.kommun}"
        elif value.sektor in seen:
            why = f"sektorn {value.sektor} står två gånger"
        elif value.sektor != ALL and (why := _sector_fault(frame, value, span)) is not None:
            pass
        elif not on_ladder(value.svar_fran, value.svar_till, rules.steg):
            why = f"{value.svar_fran}–{value.svar_till} är inget steg på stegen"
        elif (value.svar_fran or 0) > value.inbjudna:
            why = "fler svar än inbjudna"
        seen.add(value.sektor)
        if why is not None:
            problems.append(Problem(kinds.PARTICIPATION_WRONG, Place(name, row.line), {"why": why}))
    if ALL not in seen:
        values = {"why": "raden för alla sektorer saknas"}
        problems.append(Problem(kinds.PARTICIPATION_WRONG, Place(name), values))
    return problems


def _sector_fault(frame: Frame, row: ParticipationRow, span: Span) -> str | None:
    """Why a row for one sector must not stand here, if it must not (R5)."""
    if frame.codes.get("sektorer", row.sektor) is None:
        return f"sektorn {row.sektor} finns inte i kodlistan"
    if span.kind == "period":
        return "en period redovisas inte per sektor"
    if row.inbjudna < frame.rules_for(frame.calendar.year(span)).granser.sektor_inbjudna:
        return f"sektorn {row.sektor} är för liten för att stå för sig"
    return None
