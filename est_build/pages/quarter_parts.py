"""What a quarter is told by: promises, threads, need and influence, goals, decisions, follow-ups."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from est_build.analyse.actions import ENDED, ActionState, action_state
from est_build.analyse.history import action_as_of, open_issues_as_of
from est_build.analyse.promises import between, outcome
from est_build.figures.delivery import delivery_mark
from est_build.figures.icons import status_mark
from est_build.figures.matrix import need_matrix
from est_build.figures.phrases import FOLLOWED_UP, goal_words, notes, promise_sentence
from est_build.figures.promises import Told, promise_mark
from est_build.figures.table import Content, data_table
from est_build.figures.thread_table import ThreadRow
from est_build.model.span import Span, day
from est_build.pages import addresses
from est_build.pages.action_list import judged_on
from est_build.pages.action_story import follow_up_anchor
from est_build.pages.context import STATUS_FOLLOWED_UP, Context
from est_build.pages.issue_thread import issue_thread
from est_build.pages.links import Link, anchor
from est_build.pages.loop import linked, meeting_of, named, settling_day, told
from est_build.schema.action import Action
from est_build.schema.evaluation import Decision
from est_build.schema.issue import Issue


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out of an action, as a row among others: good and bad in the same form."""

    link: Link
    date: str
    delivery: Markup
    finding: str
    text: Markup


class AsOf:
    """Actions and issues as they stood on a day: a page of the past is not changed by what came later."""

    def __init__(self, context: Context, when: dt.date) -> None:
        texts = context.published.texts
        self.when = when
        found = (action_as_of(a, when) for a in texts.actions.values())
        self.actions: dict[str, Action] = {a.id: a for a in found if a is not None}
        self.states: dict[str, ActionState] = {
            a.id: action_state(a, texts.issues, when) for a in self.actions.values()
        }
        self.issues: tuple[Issue, ...] = open_issues_as_of(texts.issues.values(), when)

    def of_issue(self, number: str) -> list[Action]:
        """Actions that an issue had led to."""
        return [a for a in self.actions.values() if number in a.fragor]


def quarter_promises(context: Context, span: Span) -> tuple[tuple[Told, ...], tuple[Told, ...]]:
    """Promises settled in the quarter, and older ones that were carried out or given up in it."""
    when = judged_on(context, span)
    own = [
        p
        for p in context.promises
        if p.counted and span.start <= settling_day(p) <= span.end and outcome(p, when) != "ej_an"
    ]
    older = [
        p
        for p in between(context.promises, span.start, span.end)
        if p.counted and settling_day(p) < span.start
    ]
    return named(own, told(context, own, when)), named(older, told(context, older, when))


def threads(context: Context, then: AsOf) -> tuple[ThreadRow, ...]:
    """Issues that were followed, by number, with where their threads stood."""
    rows = []
    for issue in sorted(then.issues, key=lambda i: i.id):
        knots = issue_thread(_status_then(issue, then.when), then.of_issue(issue.id), then.states)
        rows.append(ThreadRow(anchor(context.issue_link(issue.id)), knots))
    return tuple(rows)


def _status_then(issue: Issue, when: dt.date) -> Issue:
    statuses = [e.status for e in issue.historik if e.datum <= when]
    return issue.model_copy(update={"status": statuses[-1]}) if statuses else issue


def matrix(context: Context, then: AsOf, span: Span) -> Markup:
    """Need and influence of the issues that were followed."""
    squares: dict[tuple[int, int], list[Markup]] = defaultdict(list)
    for issue in sorted(then.issues, key=lambda i: i.id):
        squares[issue.behov, issue.paverkan].append(anchor(context.issue_link(issue.id)))
    return need_matrix(f"Behov och möjlighet att påverka, {span.label}", squares)


def decisions_table(context: Context, rows: Sequence[Decision], quarter: Span) -> Markup:
    """Decisions with who, by when, the action that it became, and how it went."""
    today = context.published.date
    promised = {p.text: p for p in context.promises if p.sort == "beslut" and p.about == quarter.id}
    body: list[list[Content]] = []
    for row in rows:
        text: Markup = linked(context, row.text)
        action = context.published.texts.actions.get(row.atgard or "")
        if action is not None:
            text += Markup(' <span class="tabell__plats">Blev åtgärden {}</span>').format(
                anchor(context.action_link(action.id))
            )
        promise = promised.get(row.text)
        if promise is not None:
            how: Content = Markup("<div>{}<br>{}</div>").format(
                promise_mark(outcome(promise, today)), promise_sentence(promise, today)
            )
        else:
            how = f"Gjort {day(row.klar)}." if row.klar else "Gäller tills vidare."
        body.append([text, row.ansvarig, day(row.senast) if row.senast else "Inget datum", how])
    columns = ["Beslut", "Ansvarig", "Senast", "Så har det gått"]
    return data_table(f"Beslut efter {quarter.label}", columns, body, hide_caption=True, css="tabell--beslut")


def follow_ups(context: Context, span: Span) -> tuple[Outcome, ...]:
    """Follow-ups that the meeting of the quarter took up, by date."""
    return outcomes_of(context, context.published.texts.actions.values(), span)


def outcomes_of(
    context: Context, actions: Iterable[Action], taken_up: Span | None = None
) -> tuple[Outcome, ...]:
    """What follow-ups of some actions found, by date; all of them, or those that a quarter took up."""
    found = [
        (row, action)
        for action in actions
        for row in action.uppfoljningar
        if taken_up is None or meeting_of(context, row.datum) == taken_up
    ]
    found.sort(key=lambda pair: (pair[0].datum, pair[1].id))
    return tuple(
        Outcome(
            Link(action.titel, f"{addresses.action(action.id)}#{follow_up_anchor(row)}"),
            day(row.datum),
            delivery_mark(row.genomforande),
            context.finding(action, row),
            linked(context, row.slutsats),
        )
        for row, action in found
    )


def actions_then(context: Context, actions: Iterable[Action], then: AsOf, span: Span) -> Markup | None:
    """Actions with which something happened in the quarter, as they stood at its meeting."""
    body: list[list[Content]] = []
    for action in sorted(actions, key=lambda a: a.id):
        past = then.actions.get(action.id)
        if past is None:
            continue
        state = then.states[action.id]
        word = STATUS_FOLLOWED_UP if state.status == "uppfoljd" else context.status_word(state.status)
        events = [e for e in past.historik if span.start <= e.datum <= then.when and e.text]
        latest = linked(context, events[-1].text or "") if events else Markup(FOLLOWED_UP)
        title = Markup('{} <span class="tabell__plats">{}</span>').format(
            anchor(context.action_link(action.id)), context.area_names(action.omraden)
        )
        body.append([title, status_mark(state.status, word, *notes(state)), latest, _goal(past)])
    if not body:
        return None
    columns = ["Åtgärd", "Vid mötet", "Det senaste som hände", "Mål och utfall"]
    return data_table(f"Åtgärder under {span.label}", columns, body, hide_caption=True, css="tabell--kvartal")


def _goal(action: Action) -> str:
    """The goal, and what came of it when the action had ended."""
    if action.mal_antal is not None and action.status in ENDED:
        goal = action.mal_antal
        return goal_words(goal.gjort, goal.antal, goal.enhet)
    return action.mal or "Inget mål är skrivet"


def goals_table(context: Context, span: Span) -> Markup | None:
    """Issues whose goal had this quarter as its last, with how they stand."""
    codes = context.published.codes
    body: list[list[Content]] = []
    for issue in context.published.texts.issues.values():
        if issue.mal is None or issue.mal.senast != span.id:
            continue
        then = [e for e in issue.historik if e.datum <= judged_on(context, span)]
        status = codes.label("fragestatus", then[-1].status) if then else "Inte påbörjad"
        words = then[-1].text if then else "Inget är skrivet."
        body.append([anchor(context.issue_link(issue.id)), issue.mal.mal, f"{status}. {words}"])
    if not body:
        return None
    return data_table(
        f"Mål som skulle nås {span.label}", ["Fråga", "Mål", "Utfall"], body, hide_caption=True, fold=True
    )
