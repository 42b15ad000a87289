"""The frame of an instance: site, protection, code lists, calendar, areas. Both sides need it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from est_build.load.area import Area, Background, Water
from est_build.load.calendar import CALENDAR_CHECKS, Calendar, build_calendar, calendar_problems
from est_build.load.codebook import CodeBook, codebook
from est_build.load.codes import code_problems
from est_build.load.csv_file import read_csv
from est_build.load.geo import read_areas, read_background
from est_build.load.tree import Tree
from est_build.load.validate import validate
from est_build.load.yaml_file import read_yaml
from est_build.problems import Place, Problem, ProblemsError, nearest
from est_build.problems import catalogue as kinds
from est_build.problems import catalogue_audit as audits
from est_build.schema.base import Record
from est_build.schema.codes import CodeLists
from est_build.schema.protection import Protection
from est_build.schema.site import Site
from est_build.schema.tables import CalendarRow

R = TypeVar("R", bound=Record)
RULES_FOLDER = "skydd"
"""Folder with the rules of earlier years."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What everything else is checked against."""

    root: Path
    site: Site
    protection: Protection
    """The present rules; :meth:`rules_for` gives those of a certain year."""
    rules: tuple[tuple[int, Protection], ...]
    """All rules that have been in force, each with the first year, in the order of time."""
    codes: CodeBook
    calendar: Calendar
    areas: tuple[Area, ...]
    background: tuple[Background, ...]
    waters: tuple[Water, ...]

    def rules_for(self, year: int) -> Protection:
        """The protection in force in a year: it can only change at a new year (rule R0)."""
        return next((rules for start, rules in reversed(self.rules) if start <= year), self.rules[0][1])

    def area(self, area_id: str) -> Area | None:
        """An area by id."""
        return next((a for a in self.areas if a.id == area_id), None)


def read_record(path: Path, name: str, model: type[R]) -> tuple[R | None, Tree | None, list[Problem]]:
    """A YAML file as a record, with its tree for the places of later problems."""
    tree, problems = read_yaml(path, name)
    if tree is None:
        return None, None, problems
    record, more = validate(model, tree)
    # What an anchor left behind is not a second fault of the same place.
    told = {(p.place.line, p.place.column) for p in problems}
    more = [p for p in more if (p.place.line, p.place.column) not in told]
    return (None if problems or more else record), tree, [*problems, *more]


def load_frame(root: Path, *, drawn: bool = True) -> Frame:
    """Read the five frame files of ``root`` (the ``data`` folder).

    ``drawn`` False: leave out what only maps need (see :func:`read_areas`).
    Raises :class:`ProblemsError` with every fault in them.
    """
    site, site_tree, problems = read_record(root / "webbplats.yml", "webbplats.yml", Site)
    twice = _site_problems(site, site_tree) if site is not None and site_tree is not None else []
    problems += twice
    protection, rules, more = read_record(root / "skydd.yml", "skydd.yml", Protection)
    problems += more
    earlier, more = _earlier_rules(root, protection)
    problems += more
    changes: CodeLists | None = None
    if (root / "kodlistor.yml").exists():
        changes, tree, more = read_record(root / "kodlistor.yml", "kodlistor.yml", CodeLists)
        problems += more
        if changes is not None and tree is not None:
            problems += code_problems(changes, tree)
    rows, more = read_csv(root / "kalender.csv", "kalender.csv", CalendarRow, CALENDAR_CHECKS)
    # A row that cannot be read leaves a gap that is no fault of the calendar.
    problems += more or calendar_problems(rows, "kalender.csv")
    areas: tuple[Area, ...] = ()
    if site is not None and protection is not None:
        path = root / "omraden.geojson"
        areas, more = read_areas(path, path.name, site, protection, rules, drawn=drawn)
        # With a municipality named twice, what belongs to which cannot be said.
        problems += [p for p in more if not twice or p.kind is not kinds.AREA_PARENT]
    background, waters, more = read_background(root / "omgivning.geojson", "omgivning.geojson")
    problems += more
    if problems or site is None or protection is None:
        raise ProblemsError(problems)
    calendar = build_calendar(rows)
    every = (*earlier, (protection.galler_fran or 0, protection))
    return Frame(root, site, protection, every, codebook(changes), calendar, areas, background, waters)


def _earlier_rules(
    root: Path, present: Protection | None
) -> tuple[list[tuple[int, Protection]], list[Problem]]:
    """Rules that held before those of ``skydd.yml``: ``skydd/<first year>.yml``."""
    found: list[tuple[int, Protection]] = []
    problems = []
    for path in sorted((root / RULES_FOLDER).glob("*.yml")):
        name = f"{RULES_FOLDER}/{path.name}"
        rules, tree, more = read_record(path, name, Protection)
        problems += more
        if rules is None or tree is None:
            continue
        if str(rules.galler_fran) != path.stem:
            values = {"why": f"filen heter {path.name} men gäller från {rules.galler_fran or 'början'}"}
            problems.append(Problem(audits.RULES_VERSION, tree.place(("galler_fran",)), values))
        elif present is not None and (present.galler_fran or 0) <= int(path.stem):
            values = {"why": f"reglerna i skydd.yml gäller från {present.galler_fran or 'början'}"}
            problems.append(Problem(audits.RULES_VERSION, Place(name), values))
        else:
            found.append((int(path.stem), rules))
    return found, problems


def _site_problems(site: Site, tree: Tree) -> list[Problem]:
    """A municipality that stands twice, by code or by address; none at all."""
    problems = []
    if not site.kommuner:
        values = {"key": "kommuner", "expected": "en lista med minst en rad"}
        problems.append(Problem(kinds.WRONG_SHAPE, tree.place(("kommuner",)), values))
    for key in ("kod", "id"):
        seen: set[str] = set()
        for i, town in enumerate(site.kommuner):
            value = str(getattr(town, key))
            if value in seen:
                values = {"key": f"kommuner: {key} {value}"}
                problems.append(Problem(kinds.VALUE_REPEATED, tree.place(("kommuner", i, key)), values))
            seen.add(value)
    return problems


def municipality_problem(code: str, site: Site, place: Place) -> Problem | None:
    """A problem if the site has no municipality with this code."""
    if any(m.kod == code for m in site.kommuner):
        return None
    near = nearest(code, [m.kod for m in site.kommuner])
    return Problem(kinds.MUNICIPALITY_UNKNOWN, place, {"value": code}, near)
