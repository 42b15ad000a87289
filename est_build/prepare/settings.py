"""``enkat.yml`` and the member register, with the look-ups that coding needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from est_build.load.area import Area
from est_build.load.csv_file import letter, read_csv
from est_build.load.frame import Frame, municipality_problem, read_record
from est_build.load.span import Span
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


def load_settings(path: Path, frame: Frame) -> Settings:
    """Read ``enkat.yml`` and the register beside it.

    Raises :class:`ProblemsError` with all faults in both.
    """
    survey, _, problems = read_record(path, path.name, Survey)
    if survey is None:
        raise ProblemsError(problems)
    register = path.parent / survey.medlemmar
    rows, problems = read_csv(register, register.name, Member)
    sectors, areas = frame.codes.ids("sektorer"), [a.id for a in frame.areas]
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        member = row.value
        sector_place = Place(register.name, row.line, letter=letter(MEMBER_COLUMNS.index("sektor")))
        if member.sektor not in sectors:
            values = {"value": member.sektor, "list": "sektorer"}
            problems.append(Problem(base.CODE_UNKNOWN, sector_place, values, nearest(member.sektor, sectors)))
        town_place = Place(register.name, row.line, letter=letter(MEMBER_COLUMNS.index("kommun")))
        if (unknown := municipality_problem(member.kommun, frame.site, town_place)) is not None:
            problems.append(unknown)
        for area in member.omraden:
            if area not in areas:
                place = Place(register.name, row.line, letter=letter(MEMBER_COLUMNS.index("omraden")))
                problems.append(Problem(base.AREA_UNKNOWN, place, {"value": area}, nearest(area, areas)))
        key = (member.organisation.casefold(), member.kommun)
        if key in seen:
            values = {"first": str(seen[key]), "key": f"{member.organisation}, {member.kommun}"}
            problems.append(Problem(base.ROW_REPEATED, Place(register.name, row.line), values))
        seen.setdefault(key, row.line)
    if problems:
        raise ProblemsError(problems)
    return Settings(survey, tuple(row.value for row in rows))


def thin_areas(
    areas: Sequence[Area], members: Sequence[Member], limits: Thresholds, code: str
) -> list[Problem]:
    """Rule R1: small areas of a municipality that must not stand by themselves."""
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
            problems.append(Problem(kinds.AREA_TOO_THIN, Place("medlemmar.csv"), values))
    return problems
