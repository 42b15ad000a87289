"""One release as it stands in ``data/``: protected cells, participation, attestation, all checked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from est_build.load.csv_file import Row, letter, parse_csv
from est_build.load.frame import Frame
from est_build.load.span import Span
from est_build.load.tree import Tree, read_text, relative
from est_build.load.validate import validate
from est_build.problems import Place, Problem
from est_build.problems import catalogue as base
from est_build.problems import catalogue_steps as kinds
from est_build.protect.files import sha256
from est_build.protect.ladder import on_ladder
from est_build.protect.plan import CellKey, geography, planned_cells
from est_build.schema.attestation import Attestation
from est_build.schema.tables import REPORT_COLUMNS, ParticipationRow, ReportRow

ParticipationRows = tuple[ParticipationRow, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """A municipality's protected figures for one span."""

    municipality: str
    span: Span
    reports: tuple[ReportRow, ...]
    participation: ParticipationRows
    attestation: Attestation


FOLDERS = {"period": "perioder", "kvartal": "kvartal", "ar": "ar"}


def release_folder(root: Path, span: Span, code: str) -> Path:
    """Where the release of a municipality and a span stands."""
    return root / FOLDERS[span.kind] / span.id / code


def read_release(frame: Frame, span: Span, code: str) -> tuple[Release | None, list[Problem]]:
    """Read and check one release folder; ``None`` with problems if anything is off."""
    folder = release_folder(frame.root, span, code)
    name = relative(folder, frame.root)
    attestation, problems = _attestation(folder, name, span, code)
    if attestation is None:
        return None, problems
    contents: dict[str, str] = {}
    for file, digest in attestation.filer.items():
        text, more = _attested(folder / file, f"{name}/{file}", digest)
        problems += more
        if text is not None:
            contents[file] = text
    if problems or set(contents) != {"rapporter.csv", "deltagande.csv"}:
        if not problems:
            values = {"why": "det nämner inte rätt filer"}
            problems.append(Problem(kinds.ATTESTATION_WRONG, Place(f"{name}/intyg.json"), values))
        return None, problems
    reports, problems = parse_csv(contents["rapporter.csv"], f"{name}/rapporter.csv", ReportRow)
    people, more = parse_csv(contents["deltagande.csv"], f"{name}/deltagande.csv", ParticipationRow)
    problems += more
    problems += _plan_problems(frame, span, code, [r.value for r in reports], name)
    problems += _ladder_problems(frame, reports, f"{name}/rapporter.csv")
    problems += _participation_problems(frame, people, f"{name}/deltagande.csv", code)
    if problems:
        return None, problems
    rows = tuple(r.value for r in reports)
    return Release(code, span, rows, tuple(r.value for r in people), attestation), []


def read_releases(frame: Frame) -> tuple[dict[tuple[str, str], Release], list[Problem]]:
    """All releases of the instance by (span id, municipality code), in the order of time."""
    calendar = frame.calendar
    found: dict[tuple[str, str], Release] = {}
    problems: list[Problem] = []
    for span in (*calendar.periods, *calendar.quarters, *calendar.years):
        for municipality in frame.site.kommuner:
            if release_folder(frame.root, span, municipality.kod).is_dir():
                release, more = read_release(frame, span, municipality.kod)
                problems += more
                if release is not None:
                    found[span.id, municipality.kod] = release
    return found, problems


def _plan_problems(
    frame: Frame, span: Span, code: str, rows: Sequence[ReportRow], name: str
) -> list[Problem]:
    """The rows must be exactly the planned cells in their order (R0): nothing more, nothing less."""
    year = frame.calendar.year(span)
    place = geography(frame.areas, code)
    planned = planned_cells(span.kind, year, place, frame.codes, frame.protection)
    found = [key_of(row) for row in rows]
    if tuple(found) == planned:
        return []
    where = Place(f"{name}/rapporter.csv")
    extra, absent = set(found) - set(planned), set(planned) - set(found)
    if extra or absent:
        first = min(extra or absent)
        word = "utanför planen" if extra else "saknas"
        why = f"{len(extra) or len(absent)} rader {word}, till exempel {', '.join(filter(None, first))}"
    else:
        why = "raderna står i fel ordning eller flera gånger"
    return [Problem(kinds.ROWS_OFF_PLAN, where, {"why": why})]


def key_of(row: ReportRow) -> CellKey:
    """The address of a row's cell."""
    return CellKey(row.tabell, row.omrade or "", row.kategori or "", row.miljo or "", row.tid or "")


def _attestation(folder: Path, name: str, span: Span, code: str) -> tuple[Attestation | None, list[Problem]]:
    place = Place(f"{name}/intyg.json")
    text = read_text(folder / "intyg.json", place.file)
    if isinstance(text, Problem):
        return None, [Problem(kinds.ATTESTATION_MISSING, place)]
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        return None, [Problem(base.JSON_SYNTAX, Place(place.file, error.lineno, error.colno))]
    attestation, problems = validate(Attestation, Tree(place.file, data))
    if attestation is None:
        return None, problems
    if (attestation.kommun, attestation.tid) != (code, span.id):
        values = {"why": f"det gäller {attestation.kommun} {attestation.tid}"}
        return None, [Problem(kinds.ATTESTATION_WRONG, place, values)]
    return attestation, []


def _attested(path: Path, name: str, digest: str) -> tuple[str | None, list[Problem]]:
    try:
        raw = path.read_bytes()
    except OSError:
        return None, [Problem(base.FILE_MISSING, Place(name))]
    if sha256(raw) != digest:
        return None, [Problem(kinds.HASH_DIFFERS, Place(name), {"value": path.name})]
    return raw.decode("utf-8", errors="replace"), []


def _ladder_problems(frame: Frame, rows: Sequence[Row[ReportRow]], name: str) -> list[Problem]:
    step, least = frame.protection.steg, frame.protection.granser.rapporter
    column = letter(REPORT_COLUMNS.index("fran"))
    return [
        Problem(
            kinds.OFF_LADDER,
            Place(name, row.line, letter=column),
            {"value": f"{row.value.fran}–{row.value.till}", "steps": f"{least}–{least + step - 1}, …"},
        )
        for row in rows
        if not on_ladder(row.value.fran, row.value.till, step, least)
    ]


def _participation_problems(
    frame: Frame, rows: Sequence[Row[ParticipationRow]], name: str, code: str
) -> list[Problem]:
    problems = []
    for row in rows:
        value, why = row.value, None
        if value.kommun != code:
            why = f"raden gäller kommun {value.kommun}"
        elif value.sektor != "alla" and frame.codes.get("sektorer", value.sektor) is None:
            why = f"sektorn {value.sektor} finns inte i kodlistan"
        elif not on_ladder(value.svar_fran, value.svar_till, frame.protection.steg):
            why = f"{value.svar_fran}–{value.svar_till} är inget steg på stegen"
        elif (value.svar_fran or 0) > value.inbjudna:
            why = "fler svar än inbjudna"
        if why is not None:
            problems.append(Problem(kinds.PARTICIPATION_WRONG, Place(name, row.line), {"why": why}))
    if not any(row.value.sektor == "alla" for row in rows):
        values = {"why": "raden för alla sektorer saknas"}
        problems.append(Problem(kinds.PARTICIPATION_WRONG, Place(name), values))
    return problems
