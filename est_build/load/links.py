"""Files against each other: every code, area, issue and action that a text names must exist."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from est_build.load.agree import (
    action_faults,
    evaluation_faults,
    issue_faults,
    picture_faults,
    plan_faults,
)
from est_build.load.frame import Frame, municipality_problem
from est_build.load.tree import Path_, Tree
from est_build.problems import Kind, Problem, nearest
from est_build.problems import catalogue as kinds
from est_build.schema.action import Action
from est_build.schema.changes import MethodChanges
from est_build.schema.codes import ListName
from est_build.schema.correction import Corrections
from est_build.schema.evaluation import QuarterEvaluation
from est_build.schema.glossary import Glossary
from est_build.schema.indicator import Indicator
from est_build.schema.issue import Issue
from est_build.schema.picture import SituationPicture
from est_build.schema.places import AreaTexts, PlaceNames
from est_build.schema.plan import MunicipalPlan

_ADDRESS = re.compile(r"/(?:[a-z0-9-]+/)*")
_SPAN_PAGES = {"lage", "utvardering", "ar"}


@dataclass(frozen=True, slots=True)
class Known:
    """What a text may point at. A file that cannot be read still has its number."""

    issues: Mapping[str, Issue]
    issue_numbers: Sequence[str]
    action_numbers: Sequence[str]


class _Check:
    """Gathers problems about one file."""

    def __init__(self, frame: Frame, tree: Tree) -> None:
        self.frame = frame
        self.tree = tree
        self.problems: list[Problem] = []

    def areas(self, values: Sequence[str], *path: str | int) -> None:
        known = [a.id for a in self.frame.areas]
        self._repeats(values, path)
        for i, value in enumerate(values):
            if value not in known:
                self._add(kinds.AREA_UNKNOWN, (*path, i), {"value": value}, known)

    def area(self, value: str | None, *path: str | int) -> None:
        """A single area."""
        known = [a.id for a in self.frame.areas]
        if value is not None and value not in known:
            self._add(kinds.AREA_UNKNOWN, path, {"value": value}, known)

    def areas_of_rows(self, values: Sequence[str], key: str) -> None:
        """One area in each row of the list ``key``."""
        for i, value in enumerate(values):
            self.area(value, key, i, "omrade")

    def once(self, values: Sequence[str], key: str, name: str) -> None:
        """``name`` may have each value in one row only of the list ``key``."""
        for i, value in enumerate(values):
            if value in values[:i]:
                place = self.tree.place((key, i, name))
                self.problems.append(Problem(kinds.VALUE_REPEATED, place, {"key": f"{name}: {value}"}))

    def codes(self, name: ListName, values: Iterable[str | None], *path: str | int) -> None:
        """``path`` is of the list; for a single value give the path of the value itself."""
        several = list(values)
        self._repeats(several, path)
        for i, value in enumerate(several):
            if value is not None and self.frame.codes.get(name, value) is None:
                where: Path_ = (*path, i) if (*path, i) in self.tree.values else path
                known = self.frame.codes.ids(name)
                self._add(kinds.CODE_UNKNOWN, where, {"value": value, "list": name}, known)

    def links(self, what: str, values: Iterable[str | None], known: Iterable[str], *path: str | int) -> None:
        every, several = list(known), list(values)
        self._repeats(several, path)
        for i, value in enumerate(several):
            if value is not None and value not in every:
                where: Path_ = (*path, i) if (*path, i) in self.tree.values else path
                self._add(kinds.LINK_BROKEN, where, {"what": what, "value": value}, every)

    def periods(self, values: Iterable[str | None], *path: str | int) -> None:
        known = [p.id for p in self.frame.calendar.periods]
        for i, value in enumerate(values):
            if value is not None and value not in known:
                where: Path_ = (*path, i) if (*path, i) in self.tree.values else path
                self._add(kinds.PERIOD_UNKNOWN, where, {"value": value}, known)

    def page(self, value: str, *path: str | int) -> None:
        """An address of the site itself, as far as its form and its periods go."""
        parts = value.strip("/").split("/")
        if not _ADDRESS.fullmatch(value):
            hint = "Skriv sidans adress på sajten, till exempel /lage/2026-v45-46/."
            values = {"key": str(path[-1]), "value": value, "hint": hint}
            self.problems.append(Problem(kinds.FORM_WRONG, self.tree.place(path), values))
        elif len(parts) == 2 and parts[0] in _SPAN_PAGES:
            calendar = self.frame.calendar
            spans = {"lage": calendar.periods, "utvardering": calendar.quarters, "ar": calendar.years}
            known = [f"/{parts[0]}/{span.id}/" for span in spans[parts[0]]]
            if value not in known:
                values = {"key": str(path[-1]), "value": value}
                near = nearest(value, known)
                self.problems.append(Problem(kinds.PAGE_UNKNOWN, self.tree.place(path), values, near))

    def with_more(self, more: list[Problem]) -> list[Problem]:
        """What was found, and ``more`` that does not say another thing of the same place."""
        told = {(p.place.line, p.place.column) for p in self.problems}
        return [*self.problems, *(p for p in more if (p.place.line, p.place.column) not in told)]

    def _repeats(self, values: Sequence[str | None], path: Path_) -> None:
        for i, value in enumerate(values):
            if value is not None and value in values[:i]:
                key = next(str(part) for part in reversed(path) if isinstance(part, str))
                place = self.tree.place((*path, i))
                self.problems.append(Problem(kinds.VALUE_REPEATED, place, {"key": f"{key}: {value}"}))

    def _add(self, kind: Kind, path: Path_, values: dict[str, str], known: list[str]) -> None:
        near = nearest(values["value"], known)
        self.problems.append(Problem(kind, self.tree.place(path), values, near))


def issue_problems(issue: Issue, tree: Tree, frame: Frame) -> list[Problem]:
    """Unknown areas, codes and periods in an issue."""
    check = _Check(frame, tree)
    check.areas(issue.omraden, "omraden")
    check.codes("kategorier", issue.kategorier, "kategorier")
    check.codes("miljoer", issue.miljoer, "miljoer")
    check.codes("fragestatus", [issue.status], "status")
    check.periods([issue.forsta_period], "forsta_period")
    check.periods([issue.sista_period], "sista_period")
    for i, cause in enumerate(issue.orsaker):
        check.codes("grund", [cause.grund], "orsaker", i, "grund")
    for i, event in enumerate(issue.historik):
        check.codes("fragestatus", [event.status], "historik", i, "status")
    return check.with_more(issue_faults(issue, tree, frame.calendar))


def action_problems(action: Action, tree: Tree, frame: Frame, known: Known) -> list[Problem]:
    """Unknown areas, codes, issues and causes in an action."""
    check, issues = _Check(frame, tree), known.issues
    check.links("Frågan", action.fragor, known.issue_numbers, "fragor")
    causes = [c.id for number in action.fragor if number in issues for c in issues[number].orsaker]
    if all(number in issues for number in action.fragor):
        check.links("Orsaken", action.orsaker, causes, "orsaker")
    check.areas(action.omraden, "omraden")
    check.codes("miljoer", action.miljoer, "miljoer")
    check.codes("atgardstyper", [action.typ], "typ")
    check.codes("strategier", action.strategier, "strategier")
    check.codes("statusar", [action.status], "status")
    for i, event in enumerate(action.historik):
        check.codes("statusar", [event.status], "historik", i, "status")
    for i, row in enumerate(action.uppfoljningar):
        check.codes("genomforande", [row.genomforande], "uppfoljningar", i, "genomforande")
        check.codes("effekter", [row.effekt], "uppfoljningar", i, "effekt")
    if (protocol := action.protokoll) is not None:
        for key in ("omraden", "jamforelse", "flytt"):
            check.areas(getattr(protocol, key), "protokoll", key)
        check.codes("kategorier", protocol.kategorier, "protokoll", "kategorier")
        check.periods(protocol.utelamna, "protokoll", "utelamna")
        for key in ("fore_fran", "fore_till", "efter_fran", "efter_till"):
            check.periods([getattr(protocol, key)], "protokoll", key)
    return check.with_more(action_faults(action, tree, frame.calendar))


def picture_problems(picture: SituationPicture, tree: Tree, frame: Frame, known: Known) -> list[Problem]:
    """Unknown issues, actions and areas in the joint text of a fortnight."""
    check = _Check(frame, tree)
    for i, change in enumerate(picture.andrat):
        check.links("Frågan", [change.fraga], known.issue_numbers, "andrat", i, "fraga")
        check.links("Åtgärden", [change.atgard], known.action_numbers, "andrat", i, "atgard")
    for i, event in enumerate(picture.handelser):
        check.areas(event.omraden, "handelser", i, "omraden")
    for i, note in enumerate(picture.markeringar):
        check.area(note.omrade, "markeringar", i, "omrade")
        check.codes("kategorier", [note.kategori], "markeringar", i, "kategori")
    return [*check.problems, *picture_faults(picture, tree)]


def plan_problems(plan: MunicipalPlan, tree: Tree, frame: Frame, known: Known) -> list[Problem]:
    """A plan of a municipality that is not here, or with actions that do not exist."""
    check = _Check(frame, tree)
    found = municipality_problem(plan.kommun, frame.site, tree.place(("kommun",)))
    if found is not None:
        check.problems.append(found)
    if plan.atgardsplan is not None:
        numbers = plan.atgardsplan.atgarder
        check.links("Åtgärden", numbers, known.action_numbers, "atgardsplan", "atgarder")
    return [*check.problems, *plan_faults(plan, tree)]


def evaluation_problems(
    evaluation: QuarterEvaluation, tree: Tree, frame: Frame, known: Known
) -> list[Problem]:
    """Priorities that are no issues."""
    check = _Check(frame, tree)
    check.links("Frågan", evaluation.prioriterade, known.issue_numbers, "prioriterade")
    for i, row in enumerate(evaluation.beslut):
        check.links("Åtgärden", [row.atgard], known.action_numbers, "beslut", i, "atgard")
    return [*check.problems, *evaluation_faults(evaluation, tree)]


def change_problems(changes: MethodChanges, tree: Tree, frame: Frame) -> list[Problem]:
    """A change in a municipality or a category that is not here."""
    check = _Check(frame, tree)
    for i, row in enumerate(changes.andringar):
        check.codes("kategorier", row.kategorier, "andringar", i, "kategorier")
        for j, code in enumerate(row.kommuner):
            place = tree.place(("andringar", i, "kommuner", j))
            if (found := municipality_problem(code, frame.site, place)) is not None:
                check.problems.append(found)
    return check.problems


def area_text_problems(texts: AreaTexts, tree: Tree, frame: Frame) -> list[Problem]:
    """Texts about an area that is not here, or about one twice."""
    check = _Check(frame, tree)
    check.areas_of_rows([row.omrade for row in texts.texter], "texter")
    check.once([row.omrade for row in texts.texter], "texter", "omrade")
    return check.problems


def place_problems(places: PlaceNames, tree: Tree, frame: Frame) -> list[Problem]:
    """A place in an area that is not here, or a name that stands twice."""
    check = _Check(frame, tree)
    check.areas_of_rows([row.omrade for row in places.platser], "platser")
    check.once([row.namn for row in places.platser], "platser", "namn")
    return check.problems


def glossary_problems(glossary: Glossary, tree: Tree, frame: Frame) -> list[Problem]:
    """A word that is explained twice, or a form that belongs to two words."""
    check = _Check(frame, tree)
    check.once([term.ord for term in glossary.ord], "ord", "ord")
    seen: set[str] = set()
    for i, term in enumerate(glossary.ord):
        for j, form in enumerate(term.former):
            if form in seen:
                place = tree.place(("ord", i, "former", j))
                check.problems.append(Problem(kinds.VALUE_REPEATED, place, {"key": f"former: {form}"}))
            seen.add(form)
    return check.problems


def correction_problems(corrections: Corrections, tree: Tree, frame: Frame) -> list[Problem]:
    """A correction of a page that is not on the site: its link would lead nowhere, or elsewhere."""
    check = _Check(frame, tree)
    for i, row in enumerate(corrections.rattelser):
        check.page(row.galler, "rattelser", i, "galler")
    return check.problems


def indicator_problems(indicator: Indicator, tree: Tree) -> list[Problem]:
    """``nan`` and ``inf`` are numbers to a computer only."""
    return [
        Problem(kinds.NOT_A_NUMBER, tree.place(("varden", i, key)), {"key": key, "value": str(number)})
        for i, value in enumerate(indicator.varden)
        for key in ("varde", "svarsandel")
        if (number := getattr(value, key)) is not None and not math.isfinite(number)
    ]
