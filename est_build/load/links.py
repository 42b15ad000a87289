"""Files against each other: every code, area, issue and action that a text names must exist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from est_build.load.frame import Frame, municipality_problem
from est_build.load.tree import Path_, Tree
from est_build.problems import Kind, Problem, nearest
from est_build.problems import catalogue as kinds
from est_build.schema.action import Action
from est_build.schema.codes import ListName
from est_build.schema.issue import Issue
from est_build.schema.picture import SituationPicture
from est_build.schema.plan import MunicipalPlan


class _Check:
    """Gathers problems about one file."""

    def __init__(self, frame: Frame, tree: Tree) -> None:
        self.frame = frame
        self.tree = tree
        self.problems: list[Problem] = []

    def areas(self, values: Sequence[str], *path: str | int) -> None:
        known = [a.id for a in self.frame.areas]
        for i, value in enumerate(values):
            if value not in known:
                self._add(kinds.AREA_UNKNOWN, (*path, i), {"value": value}, known)

    def codes(self, name: ListName, values: Iterable[str | None], *path: str | int) -> None:
        """``path`` is of the list; for a single value give the path of the value itself."""
        several = list(values)
        for i, value in enumerate(several):
            if value is not None and self.frame.codes.get(name, value) is None:
                where: Path_ = (*path, i) if (*path, i) in self.tree.values else path
                known = self.frame.codes.ids(name)
                self._add(kinds.CODE_UNKNOWN, where, {"value": value, "list": name}, known)

    def links(self, what: str, values: Iterable[str | None], known: Iterable[str], *path: str | int) -> None:
        every = list(known)
        for i, value in enumerate(values):
            if value is not None and value not in every:
                where: Path_ = (*path, i) if (*path, i) in self.tree.values else path
                self._add(kinds.LINK_BROKEN, where, {"what": what, "value": value}, every)

    def periods(self, values: Iterable[str | None], *path: str | int) -> None:
        known = [p.id for p in self.frame.calendar.periods]
        for i, value in enumerate(values):
            if value is not None and value not in known:
                where: Path_ = (*path, i) if (*path, i) in self.tree.values else path
                self._add(kinds.PERIOD_UNKNOWN, where, {"value": value}, known)

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
    return check.problems


def action_problems(action: Action, tree: Tree, frame: Frame, issues: Mapping[str, Issue]) -> list[Problem]:
    """Unknown areas, codes, issues and causes in an action."""
    check = _Check(frame, tree)
    check.links("Frågan", action.fragor, issues, "fragor")
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
    return check.problems


def picture_problems(
    picture: SituationPicture,
    tree: Tree,
    frame: Frame,
    issues: Mapping[str, Issue],
    actions: Mapping[str, Action],
) -> list[Problem]:
    """Unknown issues, actions and areas in the joint text of a fortnight."""
    check = _Check(frame, tree)
    for i, change in enumerate(picture.andrat):
        check.links("Frågan", [change.fraga], issues, "andrat", i, "fraga")
        check.links("Åtgärden", [change.atgard], actions, "andrat", i, "atgard")
    for i, event in enumerate(picture.handelser):
        check.areas(event.omraden, "handelser", i, "omraden")
    return check.problems


def plan_problems(
    plan: MunicipalPlan, tree: Tree, frame: Frame, actions: Mapping[str, Action]
) -> list[Problem]:
    """A plan of a municipality that is not here, or with actions that do not exist."""
    check = _Check(frame, tree)
    found = municipality_problem(plan.kommun, frame.site, tree.place(("kommun",)))
    if found is not None:
        check.problems.append(found)
    if plan.atgardsplan is not None:
        check.links("Åtgärden", plan.atgardsplan.atgarder, actions, "atgardsplan", "atgarder")
    return check.problems
