"""The frame of an instance: site, protection, code lists, calendar, areas. Both sides need it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from est_build.load.area import Area, Background, Water
from est_build.load.calendar import Calendar, build_calendar, calendar_problems
from est_build.load.codebook import CodeBook, codebook
from est_build.load.csv_file import read_csv
from est_build.load.geo import read_areas, read_background
from est_build.load.tree import Tree
from est_build.load.validate import validate
from est_build.load.yaml_file import read_yaml
from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue as kinds
from est_build.schema.base import Record
from est_build.schema.codes import CodeLists
from est_build.schema.protection import Protection
from est_build.schema.site import Site
from est_build.schema.tables import CalendarRow

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Frame:
    """What everything else is checked against."""

    root: Path
    site: Site
    protection: Protection
    codes: CodeBook
    calendar: Calendar
    areas: tuple[Area, ...]
    background: tuple[Background, ...]
    waters: tuple[Water, ...]

    def area(self, area_id: str) -> Area | None:
        """An area by id."""
        return next((a for a in self.areas if a.id == area_id), None)


def read_record(path: Path, name: str, model: type[R]) -> tuple[R | None, Tree | None, list[Problem]]:
    """A YAML file as a record, with its tree for the places of later problems."""
    tree, problems = read_yaml(path, name)
    if tree is None or problems:
        return None, tree, problems
    record, problems = validate(model, tree)
    return record, tree, problems


def load_frame(root: Path) -> Frame:
    """Read the five frame files of ``root`` (the ``data`` folder).

    Raises :class:`ProblemsError` with every fault in them.
    """
    site, _, problems = read_record(root / "webbplats.yml", "webbplats.yml", Site)
    protection, _, more = read_record(root / "skydd.yml", "skydd.yml", Protection)
    problems += more
    changes: CodeLists | None = None
    if (root / "kodlistor.yml").exists():
        changes, tree, more = read_record(root / "kodlistor.yml", "kodlistor.yml", CodeLists)
        problems += more
        if changes is not None and tree is not None:
            problems += _code_problems(changes, tree)
    rows, more = read_csv(root / "kalender.csv", "kalender.csv", CalendarRow)
    problems += more or calendar_problems(rows, "kalender.csv")
    if site is None or protection is None:
        raise ProblemsError(problems)
    areas, more = read_areas(root / "omraden.geojson", "omraden.geojson", site, protection)
    problems += more
    background, waters, more = read_background(root / "omgivning.geojson", "omgivning.geojson")
    problems += more
    if problems:
        raise ProblemsError(problems)
    calendar = build_calendar(rows)
    return Frame(root, site, protection, codebook(changes), calendar, areas, background, waters)


def _code_problems(changes: CodeLists, tree: Tree) -> list[Problem]:
    """Changes of codes that do not exist, and own categories that take an id or hang in the air."""
    book = codebook(None)
    problems = []
    for name, rows in changes.andringar.items():
        for code in rows:
            if book.get(name, code) is None:
                place = tree.place(("andringar", name, code), of_key=True)
                problems.append(Problem(kinds.CODE_UNKNOWN, place, {"value": code, "list": name}))
    own = {c.id for c in changes.egna_kategorier}
    base = set() if changes.bara_egna_kategorier else set(book.ids("kategorier"))
    for i, category in enumerate(changes.egna_kategorier):
        place = tree.place(("egna_kategorier", i))
        if category.id in base:
            values = {"first": "i de inbyggda listorna", "key": category.id}
            problems.append(Problem(kinds.ROW_REPEATED, place, values))
        if category.forald is not None and category.forald not in base | own:
            values = {"value": category.forald, "list": "kategorier"}
            problems.append(Problem(kinds.CODE_UNKNOWN, place, values))
    return problems


def municipality_problem(code: str, site: Site, place: Place) -> Problem | None:
    """A problem if the site has no municipality with this code."""
    if any(m.kod == code for m in site.kommuner):
        return None
    return Problem(kinds.MUNICIPALITY_UNKNOWN, place, {"value": code})
