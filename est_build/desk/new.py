"""What ``new`` writes into an instance: path from its folder, text, and what is left to fill in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from est_build.desk.insert import first_in_list, indent_of, last_in_list
from est_build.desk.samples import FIRST, first_fields
from est_build.desk.templates import EMPTY, Value, new_file, new_row
from est_build.load.calendar import Calendar
from est_build.load.frame import Frame, read_record
from est_build.load.tree import read_text
from est_build.load.yaml_file import parse_yaml
from est_build.problems import Place, Problem, ProblemsError, nearest
from est_build.problems import catalogue as base
from est_build.problems import catalogue_desk as kinds
from est_build.schema.action import Action, FollowUp
from est_build.schema.correction import Correction, Corrections
from est_build.schema.evaluation import QuarterEvaluation
from est_build.schema.issue import Issue
from est_build.schema.picture import SituationPicture

_NUMBER = re.compile(r"[0-9]{4}-([0-9]{3})")


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to write, and the fields that are still empty."""

    name: str
    text: str
    empty: tuple[str, ...]
    changes: bool = False
    """True if it is there already and gets one row more."""


def next_number(folder: Path, year: int) -> str:
    """The next free number of a year: ``2026-018``."""
    taken = [int(m[1]) for p in folder.glob(f"{year}-*.yml") if (m := _NUMBER.fullmatch(p.stem))]
    return f"{year}-{max(taken, default=0) + 1:03d}"


def _fresh(root: Path, name: str, model: type[BaseModel], how: tuple[str, bool], values: Mapping[str, Value],
           ) -> NewFile:  # fmt: skip
    schema, brief = how
    if (root / name).exists():
        raise ProblemsError([Problem(kinds.ALREADY_THERE, Place(name), {"value": name})])
    up = "../" * name.count("/")
    text = new_file(model, f"{up}scheman/{schema}.json", values, brief=brief)
    return NewFile(name, text, tuple(field for field, value in values.items() if value == EMPTY))


def new_action(frame: Frame, year: int, given: Mapping[str, Value], *, brief: bool) -> NewFile:
    """An action, with the next free number."""
    number = next_number(frame.root / "atgarder", year)
    values = {field: given.get(field) or EMPTY for field in FIRST["atgard"]} | {"id": number}
    name = f"data/atgarder/{number}.yml"
    return _fresh(frame.root.parent, name, Action, ("atgard", brief), values)


def new_issue(frame: Frame, year: int, given: Mapping[str, Value]) -> NewFile:
    """An issue, with the next free number. It begins with the last published fortnight."""
    number = next_number(frame.root / "fragor", year)
    folder = frame.root / "perioder"
    published = [p.id for p in frame.calendar.periods if (folder / p.id).is_dir()]
    first = published[-1] if published else frame.calendar.periods[0].id
    values = first_fields("fraga") | {field: value for field, value in given.items() if value}
    values |= {"id": number, "forsta_period": first, "status": "signal"}
    name = f"data/fragor/{number}.yml"
    return _fresh(frame.root.parent, name, Issue, ("fraga", False), values)


def _span(known: Sequence[str], asked: str | None, done: Sequence[str], file: str) -> str:
    """The span that is asked for, or the one after the last that has a text."""
    if asked is not None:
        if asked not in known:
            place, near = Place("kalender.csv"), nearest(asked, known)
            raise ProblemsError([Problem(base.PERIOD_UNKNOWN, place, {"value": asked}, near)])
        return asked
    index = max((known.index(span) for span in done if span in known), default=-1) + 1
    if index >= len(known):
        raise ProblemsError([Problem(kinds.CALENDAR_ENDED, Place(file), {"value": known[-1]})])
    return known[index]


def _done(root: Path, folder: str, file: str) -> list[str]:
    return [path.parent.name for path in (root / folder).glob(f"*/{file}")]


def new_period(frame: Frame, asked: str | None) -> NewFile:
    """The joint text of the next fortnight."""
    calendar: Calendar = frame.calendar
    known = [p.id for p in calendar.periods]
    span_id = _span(known, asked, _done(frame.root, "perioder", "lagesbild.yml"), "kalender.csv")
    index = known.index(span_id)
    values = first_fields("lagesbild") | {"publicerad": calendar.periods[index].publishes.isoformat()}
    if index + 1 < len(known):
        values["nasta"] = calendar.periods[index + 1].publishes.isoformat()
    else:
        del values["nasta"]
    name = f"data/perioder/{span_id}/lagesbild.yml"
    return _fresh(frame.root.parent, name, SituationPicture, ("lagesbild", False), values)


def new_quarter(frame: Frame, asked: str | None, today: str) -> NewFile:
    """The evaluation of the next quarter."""
    known = [q.id for q in frame.calendar.quarters]
    done = _done(frame.root, "kvartal", "utvardering.yml")
    span_id = _span(known, asked, done, "kalender.csv")
    values = first_fields("utvardering") | {"publicerad": today}
    name = f"data/kvartal/{span_id}/utvardering.yml"
    return _fresh(frame.root.parent, name, QuarterEvaluation, ("utvardering", False), values)


def new_follow_up(frame: Frame, number: str, today: str) -> NewFile:
    """One more follow-up at the end of an action."""
    folder = frame.root / "atgarder"
    path = folder / f"{number}.yml"
    if not path.is_file():
        near = nearest(number, [p.stem for p in sorted(folder.glob("*.yml"))])
        values = {"what": "Åtgärden", "value": number}
        raise ProblemsError([Problem(kinds.NOTHING_TO_WRITE_ON, Place("atgarder"), values, near)])
    name = f"atgarder/{path.name}"
    text, tree, problems = _read(path, name, Action)
    if tree is None or problems:
        raise ProblemsError(problems)
    fields = ("genomforande", "effekt", "hur", "slutsats", "nasta")
    row = {"datum": today} | dict.fromkeys(fields, EMPTY)
    rows = new_row(FollowUp, row, indent_of(tree, "uppfoljningar"))
    return NewFile(f"data/{name}", last_in_list(text, tree, "uppfoljningar", rows), fields, changes=True)


def new_correction(frame: Frame, page: str, today: str) -> NewFile:
    """One more correction, first in the list."""
    path = frame.root / "rattelser.yml"
    fields = ("vad_var_fel", "vad_andrades", "paverkar_slutsatser")
    row = {"datum": today, "galler": page} | dict.fromkeys(fields, EMPTY)
    if not path.exists():
        head = "# yaml-language-server: $schema=../scheman/rattelser.json\nformat: 1\nrattelser:\n"
        return NewFile("data/rattelser.yml", head + "\n".join(new_row(Correction, row, 2)) + "\n", fields)
    text, tree, problems = _read(path, path.name, Corrections)
    if tree is None or problems:
        raise ProblemsError(problems)
    rows = new_row(Correction, row, indent_of(tree, "rattelser"))
    return NewFile("data/rattelser.yml", first_in_list(text, tree, "rattelser", rows), fields, changes=True)


def _read(path: Path, name: str, model: type) -> tuple:  # type: ignore[type-arg]
    text = read_text(path, name)
    if isinstance(text, Problem):
        return "", None, [text]
    tree, _ = parse_yaml(text, name)
    return text, tree, read_record(path, name, model)[2]
