"""The page of an action: four answers, facts, the thread, and everything that it hangs together with."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from est_build.analyse.actions import ActionState
from est_build.figures.loop_words import unknown_result
from est_build.figures.phrases import (
    LATE,
    due_sentence,
    follow_up_sentence,
    goal_words,
    now_sentence,
    ready_sentence,
)
from est_build.load.guidance import action_evidence
from est_build.model.span import day
from est_build.pages import addresses
from est_build.pages.action_story import NEXT, action_story
from est_build.pages.context import Context
from est_build.pages.links import Link, anchor, listed, render
from est_build.pages.loop import Group, cited, groups, linked, links_of, quarters_of_action
from est_build.pages.page import Page
from est_build.pages.parts import Answer, Citation
from est_build.schema.action import Action
from est_build.schema.correction import Correction
from est_build.schema.guidance import ActionEvidence

DECIDED_BY = {
    "natverket": "Nätverket",
    "chef": "Ansvarig chef",
    "namnd": "Nämnden",
    "kommunstyrelsen": "Kommunstyrelsen",
    "kommunfullmaktige": "Kommunfullmäktige",
}
COSTS = {
    "inom_ordinarie": "Inom ordinarie budget",
    "under_100": "Under 100\u202f000 kronor",
    "100_1000": "100\u202f000–1 miljon kronor",
    "over_1000": "Över 1 miljon kronor",
}
SUPPORT = {
    "provad": "Prövad metod",
    "lovande": "Lovande metod",
    "lokal_erfarenhet": "Lokal erfarenhet",
    "oprovad": "Oprövad metod",
}
HORIZON = {"snabb": "snabb åtgärd", "lang": "på lång sikt"}
FORM = {"punktinsats": "görs en gång", "lopande": "pågår löpande"}
_DOING = {
    "genomford": "Gjort",
    "pagar": "Vi gör",
    "avbruten": "Skulle göras",
    "overlamnad": "Skulle göras",
}


@dataclass(frozen=True, slots=True)
class ActionPage:
    """Everything on the page of an action."""

    action: Action
    places: tuple[Link, ...]
    status: Markup
    corrections: tuple[Correction, ...]
    answers: tuple[Answer, ...]
    facts: tuple[tuple[str, Markup | str], ...]
    story: Markup
    evidence: ActionEvidence | None
    kind: str
    groups: tuple[Group, ...]
    citation: Citation


def one_action_page(context: Context, action: Action) -> Page:
    """The page of one action."""
    html = render("action.html.j2", _page(context, action))
    return Page(
        addresses.path(addresses.action(action.id)),
        action.titel,
        action.vad,
        "atgarder",
        html,
        kind="Åtgärd",
        places=context.place_names(action.omraden),
        span=action.id[:4],
    )


def _page(context: Context, action: Action) -> ActionPage:
    state, codes = context.states[action.id], context.published.codes
    address = addresses.action(action.id)
    dates = [e.datum for e in action.historik] + [f.datum for f in action.uppfoljningar]
    return ActionPage(
        action=action,
        places=tuple(context.area_link(i) for i in action.omraden),
        status=context.status(action),
        corrections=context.relations.corrections_of(address),
        answers=tuple(_answers(context, action, state)),
        facts=tuple(_facts(context, action)),
        story=action_story(context, action),
        evidence=action_evidence().get(action.typ),
        kind=codes.label("atgardstyper", action.typ).lower(),
        groups=_groups(context, action),
        citation=cited(context, action.titel, address, max(dates)),
    )


def _answers(context: Context, action: Action, state: ActionState) -> list[Answer]:
    """Done or to be done, what came out of it, what happens now, and what nobody knows."""
    today = context.published.date
    rows = [Answer(_DOING.get(action.status, "Ska göras"), linked(context, action.vad), note=_goal(action))]
    last = action.uppfoljningar[-1] if action.uppfoljningar else None
    if last is not None:
        rows.append(Answer("Resultat", context.finding(action, last), note=linked(context, last.slutsats)))
    elif action.status in {"avbruten", "overlamnad"}:
        why = linked(context, action.avbruten_varfor or "")
        rows.append(Answer("Resultat", now_sentence(action, state, today), note=why))
    else:
        rows.append(Answer("Resultat", follow_up_sentence(action, state)))
    if state.late:
        why = linked(context, action.forsenad_varfor or "Ingen förklaring är skriven än.")
        rows.append(Answer(LATE, due_sentence(state, today), note=why))
    rows += _now(context, action, state)
    unknown = unknown_result(
        action.status,
        followed=last is not None,
        effect=last.effekt if last else "",
        missing=state.follow_up_missing,
    )
    rows.append(Answer("Vet inte", unknown))
    return rows


def _goal(action: Action) -> str:
    goal = action.mal_antal
    return f"{goal_words(goal.gjort, goal.antal, goal.enhet)}." if goal else ""


def _now(context: Context, action: Action, state: ActionState) -> list[Answer]:
    today = context.published.date
    if action.status in {"avbruten", "overlamnad"}:
        return []
    if action.uppfoljningar:
        last = action.uppfoljningar[-1]
        later = [e for e in action.historik if e.datum > last.datum and e.text]
        words = linked(context, later[-1].text or "") if later else f"{NEXT[last.nasta]}."
        ahead = f"Ny uppföljning {day(state.next_follow_up)}." if state.next_follow_up else ""
        return [Answer("Vi gör nu", words, note=ahead)]
    if action.status == "genomford":
        return [Answer("Vi gör nu", ready_sentence(action))]
    note = "" if state.late else linked(context, action.historik[-1].text or "")
    return [Answer("Läget nu", now_sentence(action, state, today), note=note)]


def _facts(context: Context, action: Action) -> list[tuple[str, Markup | str]]:
    codes = context.published.codes
    kind = f"{codes.label('atgardstyper', action.typ)}, {HORIZON[action.horisont]}, {FORM[action.form]}"
    who = anchor(Link(action.ansvarig, addresses.actions_by_responsible(action.ansvarig)))
    rows: list[tuple[str, Markup | str]] = [
        ("Ansvarig", who),
        ("Medverkar", listed(action.medverkande)),
        ("Beslutad av", f"{DECIDED_BY[action.beslutad_av]}, {day(action.beslutad)}"),
        ("Var", _lower(codes.label("miljoer", m) for m in action.miljoer)),
        ("Sort", kind),
        ("Tanken", _lower(codes.label("strategier", s) for s in action.strategier)),
        ("Kostnad", COSTS.get(action.kostnad or "", "")),
        ("Stöd", SUPPORT.get(action.stod or "", "")),
        ("Plan", _plan(context, action)),
    ]
    return [(label, text) for label, text in rows if text]


def _lower(labels: object) -> str:
    words = list(labels)  # type: ignore[call-overload]
    return ", ".join([*words[:1], *(w[:1].lower() + w[1:] for w in words[1:])])


def _plan(context: Context, action: Action) -> Markup | str:
    """The plan as a link, with the priority that is written; words alone if the plan has no page here."""
    plans = context.relations.plans_of_action(action.id)
    if not plans:
        return action.plan or ""
    if len(plans) == 1:
        return anchor(Link(action.plan or plan_name(context, plans[0].id), addresses.plan(plans[0].id)))
    return links_of(Link(plan_name(context, p.id), addresses.plan(p.id)) for p in plans)


def plan_name(context: Context, town: str) -> str:
    """``Plan och lag i Ystad``."""
    return f"Plan och lag i {context.published.area(town).name}"


def _groups(context: Context, action: Action) -> tuple[Group, ...]:
    """Everything that the page leads on to, sorted by the stations of the loop."""
    related, codes = context.relations, context.published.codes
    issues = [context.published.texts.issues[n] for n in action.fragor]
    kinds = dict.fromkeys(codes.group_of(c) for issue in issues for c in issue.kategorier)
    others = {a.id: a for i in action.fragor for a in related.actions_of_issue(i) if a.id != action.id}
    return groups(
        ("Lägesbilder om åtgärden", related.periods_of_action(action.id)),
        ("Frågor", tuple(context.issue_link(n) for n in action.fragor)),
        ("Fler åtgärder i frågan", tuple(context.action_link(n) for n in sorted(others))),
        ("Utvärderingar", quarters_of_action(context, action)),
        (
            "Plan och lag",
            tuple(
                Link(plan_name(context, p.id), addresses.plan(p.id))
                for p in related.plans_of_action(action.id)
            ),
        ),
        ("Områden", tuple(context.area_link(i) for i in action.omraden)),
        ("Kategorier", tuple(Link(codes.label("kategorier", g), addresses.category(g)) for g in kinds)),
        ("Listor", (Link("Alla åtgärder", addresses.ACTIONS), Link("Frågor vi följer", addresses.ISSUES))),
    )
