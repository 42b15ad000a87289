"""A text against itself: dates in order, a status that its history knows, a reason where one is promised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from est_build.load.calendar import Calendar
from est_build.load.tree import Path_, Tree
from est_build.problems import Problem
from est_build.problems import catalogue as kinds
from est_build.schema.action import Action, Protocol, StatusEvent
from est_build.schema.evaluation import QuarterEvaluation
from est_build.schema.issue import Issue, IssueEvent
from est_build.schema.picture import SituationPicture
from est_build.schema.plan import MunicipalPlan

Fault = tuple[Path_, str]
"""Where, and what does not agree."""


def action_faults(action: Action, tree: Tree, calendar: Calendar) -> list[Problem]:
    """Status against history, dates against each other, reasons that must be given."""
    return [*_status(action.status, action.historik, tree), *_told(_action(action, calendar), tree)]


def issue_faults(issue: Issue, tree: Tree, calendar: Calendar) -> list[Problem]:
    """Status against history, the order of periods, a reason for closing."""
    return [*_status(issue.status, issue.historik, tree), *_told(_issue(issue, calendar), tree)]


def picture_faults(picture: SituationPicture, tree: Tree) -> list[Problem]:
    """Events that end before they begin; a next picture before this one."""
    return _told(_picture(picture), tree)


def evaluation_faults(evaluation: QuarterEvaluation, tree: Tree) -> list[Problem]:
    """Decisions that are both carried out and given up, or given up without a reason."""
    return _told(_evaluation(evaluation), tree)


def plan_faults(plan: MunicipalPlan, tree: Tree) -> list[Problem]:
    """Spans that end before they begin."""
    return _told(_plan(plan), tree)


def _told(faults: Iterator[Fault], tree: Tree) -> list[Problem]:
    return [
        Problem(kinds.TEXT_CONTRADICTS, tree.place(path), {"key": str(path[-1]), "why": why})
        for path, why in faults
    ]


def _status(status: str, events: Sequence[StatusEvent | IssueEvent], tree: Tree) -> list[Problem]:
    """The status is what the last event says: else the page would tell two stories."""
    problems = [
        Problem(
            kinds.TEXT_CONTRADICTS,
            tree.place(("historik", i, "datum")),
            {
                "key": "historik",
                "why": f"{event.datum} står efter {before.datum}, men det äldsta ska stå först",
            },
        )
        for i, (before, event) in enumerate(pairwise(events), start=1)
        if event.datum < before.datum
    ]
    if events and not problems and events[-1].status != status:
        values = {"value": status, "last": events[-1].status}
        problems.append(Problem(kinds.STATUS_DIFFERS, tree.place(("status",)), values))
    return problems


def _action(action: Action, calendar: Calendar) -> Iterator[Fault]:
    if not action.fragor and not action.allman_varfor:
        yield ("fragor",), "ange en fråga, eller skriv allman_varfor"
    if action.status == "avbruten" and not action.avbruten_varfor:
        yield ("status",), "skriv avbruten_varfor när en åtgärd avbryts"
    if action.status == "overlamnad" and not action.overlamnad_till:
        yield ("status",), "skriv overlamnad_till när en åtgärd lämnas över"
    if action.klar is not None and action.status not in {"genomford", "avbruten", "overlamnad"}:
        yield ("klar",), f"den kan inte vara klar när status är {action.status}"
    yield from _order(action.start, action.klar, ("klar",), "klar före start")
    yield from _order(action.beslutad, action.klar, ("klar",), "klar före beslutet")
    if action.protokoll is not None:
        yield from _protocol(action.protokoll, calendar)


def _protocol(protocol: Protocol, calendar: Calendar) -> Iterator[Fault]:
    order = [p.id for p in calendar.periods]
    keys = ("fore_fran", "fore_till", "efter_fran", "efter_till")
    for first, second in pairwise(keys):
        a, b = getattr(protocol, first), getattr(protocol, second)
        if a in order and b in order and order.index(b) < order.index(a):
            yield ("protokoll", second), f"{b} ligger före {first} {a}"


def _issue(issue: Issue, calendar: Calendar) -> Iterator[Fault]:
    order = [p.id for p in calendar.periods]
    first, last = issue.forsta_period, issue.sista_period
    if first in order and last in order and order.index(str(last)) < order.index(first):
        yield ("sista_period",), f"{last} ligger före forsta_period {first}"
    if issue.status == "stangd" and not issue.stangd_varfor:
        yield ("status",), "skriv stangd_varfor när en fråga stängs"
    if issue.stangd is not None and issue.status != "stangd":
        yield ("stangd",), f"frågan har ett datum för stängning, men status är {issue.status}"
    seen: set[str] = set()
    for i, cause in enumerate(issue.orsaker):
        if cause.id in seen:
            yield ("orsaker", i, "id"), f"orsaken {cause.id} står två gånger"
        seen.add(cause.id)


def _picture(picture: SituationPicture) -> Iterator[Fault]:
    for i, event in enumerate(picture.handelser):
        yield from _order(event.start, event.slut, ("handelser", i, "slut"), "slutar före start")
    yield from _order(picture.publicerad, picture.nasta, ("nasta",), "nästa lägesbild kommer före den här")
    noted = [(note.omrade, note.kategori) for note in picture.markeringar]
    for i, series in enumerate(noted):
        if series in noted[:i]:
            yield ("markeringar", i), "markeringen har redan en anteckning"


def _evaluation(evaluation: QuarterEvaluation) -> Iterator[Fault]:
    for i, row in enumerate(evaluation.beslut):
        if row.struken is not None and row.klar is not None:
            yield ("beslut", i, "struken"), "beslutet kan inte vara både klart och struket"
        if (row.struken is None) != (row.struken_varfor is None):
            yield ("beslut", i, "struken"), "skriv både struken och struken_varfor när ett beslut stryks"


def _plan(plan: MunicipalPlan) -> Iterator[Fault]:
    if (one := plan.atgardsplan) is not None:
        where: Path_ = ("atgardsplan", "galler_till")
        yield from _order(one.galler_fran, one.galler_till, where, "planen slutar före sin början")
    for i, agreement in enumerate(plan.overenskommelser):
        where = ("overenskommelser", i, "galler_till")
        yield from _order(agreement.undertecknad, agreement.galler_till, where, "slutar före undertecknandet")


def _order(first: date | None, second: date | None, path: Path_, why: str) -> Iterator[Fault]:
    if first is not None and second is not None and second < first:
        yield path, f"{second} är för tidigt, {why}"
