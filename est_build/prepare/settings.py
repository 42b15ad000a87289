"""``enkat.yml`` and the member register, with the look-ups that coding needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from est_build.load.area import Area
from est_build.load.csv_file import Row, letter, read_csv
from est_build.load.frame import Frame, municipality_problem, read_record
from est_build.load.span import Span
from est_build.prepare.folding import fold
from est_build.prepare.guard import refuse_git, refuse_published
from est_build.prepare.words import build_words, mapping_problems
from est_build.problems import Place, Problem, ProblemsError, nearest
from est_build.problems import catalogue as base
from est_build.problems import catalogue_steps as kinds
from est_build.schema.protection import Thresholds
from est_build.schema.survey import MEMBER_COLUMNS, Member, Survey


@dataclass(frozen=True, slots=True)
class Settings:
    """How to read an export, and who belongs to the network."""

    survey: Survey
    members: tuple[Member, ...]

    def active(self, span: Span, municipality: str) -> list[Member]:
        """Invited members of a municipality that belong to the network throughout ``span``."""
        return [
            m
            for m in self.members
            if m.kommun == municipality and m.inbjuden and _within(m, span.start, span.end)
        ]


def _within(member: Member, start: dt.date, end: dt.date) -> bool:
    return (member.fran is None or member.fran <= start) and (member.till is None or member.till >= end)


def register_path(path: Path, survey: Survey) -> Path:
    """The member register that an ``enkat.yml`` names."""
    return path.parent / survey.medlemmar


def load_settings(path: Path, frame: Frame) -> Settings:
    """Read ``enkat.yml`` and the register beside it.

    Raises :class:`ProblemsError` with all faults in both.
    """
    survey, tree, problems = read_record(path, path.name, Survey)
    if survey is None or tree is None:
        raise ProblemsError(problems)
    problems += mapping_problems(build_words(frame, survey), survey, tree)
    headings = [one for several in survey.kolumner.values() for one in several]
    if len(set(headings)) != len(headings):
        problems.append(Problem(base.VALUE_REPEATED, tree.place(("kolumner",)), {"key": "kolumner"}))
    members, more = read_members(register_path(path, survey), frame)
    problems += more
    if problems:
        raise ProblemsError(problems)
    return Settings(survey, members)


def read_members(register: Path, frame: Frame) -> tuple[tuple[Member, ...], list[Problem]]:
    """The member register, with all faults in it.

    Raises :class:`ProblemsError` if it lies where others could read it.
    """
    refuse_git(register, "Medlemsregistret")
    refuse_published(register, frame.root, "Medlemsregistret")
    rows, problems = read_csv(register, register.name, Member)
    small = {a.id: a.municipality for a in frame.areas if a.level == "omrade"}
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        problems += _member_problems(row, register.name, frame, small)
        member = row.value
        key = (fold(member.organisation), member.kommun)
        if key in seen:
            values = {"first": str(seen[key]), "key": f"{member.organisation}, {member.kommun}"}
            problems.append(Problem(base.ROW_REPEATED, Place(register.name, row.line), values))
        seen.setdefault(key, row.line)
    return tuple(row.value for row in rows), problems


def _member_problems(row: Row[Member], name: str, frame: Frame, small: Mapping[str, str]) -> list[Problem]:
    """A sector, municipality or area that does not exist."""
    member = row.value

    def place(column: str) -> Place:
        return Place(name, row.line, letter=letter(MEMBER_COLUMNS.index(column)))

    problems = []
    sectors = frame.codes.ids("sektorer")
    if member.sektor not in sectors:
        values = {"value": member.sektor, "list": "sektorer"}
        near = nearest(member.sektor, sectors)
        problems.append(Problem(base.CODE_UNKNOWN, place("sektor"), values, near))
    if (unknown := municipality_problem(member.kommun, frame.site, place("kommun"))) is not None:
        problems.append(unknown)
    for area in member.omraden:
        if small.get(area) != member.kommun:
            local = [a for a, town in small.items() if town == member.kommun]
            near = nearest(area, local)
            problems.append(Problem(base.AREA_UNKNOWN, place("omraden"), {"value": area}, near))
    return problems


def thin_areas(
    areas: Sequence[Area], members: Sequence[Member], limits: Thresholds, code: str
) -> list[tuple[str, Problem]]:
    """Rule R1: small areas of a municipality that must not stand by themselves, each with its problem."""
    problems = []
    for area in areas:
        if area.municipality != code or area.level != "omrade" or area.merged_into is not None:
            continue
        merged = {a.id for a in areas if a.merged_into == area.id}
        here = [m for m in members if not m.omraden or {area.id, *merged} & set(m.omraden)]
        people = area.population + sum(a.population for a in areas if a.id in merged)
        reasons = []
        if people < limits.omrade_invanare:
            reasons.append(f"färre än {limits.omrade_invanare} invånare")
        if len(here) < limits.omrade_organisationer:
            reasons.append(f"färre än {limits.omrade_organisationer} organisationer rapporterar där")
        if len({m.sektor for m in here}) < limits.omrade_sektorer:
            reasons.append(f"färre än {limits.omrade_sektorer} sektorer rapporterar där")
        if reasons:
            values = {"value": area.name, "why": " och ".join(reasons)}
            problems.append((area.id, Problem(kinds.AREA_TOO_THIN, Place("medlemmar.csv"), values)))
    return problems
