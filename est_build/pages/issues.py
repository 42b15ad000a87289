"""Issues that the network follows: the list, and a page per issue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from est_build.figures.icons import status_icon, thread_dots
from est_build.figures.loop_words import idle_words, issues_sentence, priority_word
from est_build.figures.phrases import how_many, now_sentence
from est_build.figures.text import capital
from est_build.figures.thread import Station, thread_strip
from est_build.figures.thread_table import COLUMNS
from est_build.model.span import Span, day
from est_build.pages import addresses
from est_build.pages.action_page import plan_name
from est_build.pages.action_story import cause_anchor, follow_up_anchor, ground, period_words
from est_build.pages.context import ActionCard, Context, Link, render
from est_build.pages.issue_thread import issue_thread
from est_build.pages.loop import Group, cited, groups, linked
from est_build.pages.page import Page
from est_build.pages.parts import Answer, Citation
from est_build.schema.action import Action
from est_build.schema.correction import Correction
from est_build.schema.issue import Issue

NEED = {1: "litet", 2: "medelstort", 3: "stort"}
INFLUENCE = {1: "lite", 2: "en del", 3: "mycket"}
TITLE = "Frågor vi följer"


@dataclass(frozen=True, slots=True)
class CauseRow:
    """A likely cause, what it is built on, and the actions that work on it."""

    anchor: str
    text: str
    ground: Markup
    actions: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """A follow-up of one of the issue's actions."""

    date: str
    link: Link
    finding: str
    text: Markup


@dataclass(frozen=True, slots=True)
class IssuePage:
    """Everything on the page of an issue."""

    issue: Issue
    corrections: tuple[Correction, ...]
    status: str
    answers: tuple[Answer, ...]
    facts: tuple[tuple[str, Markup | str], ...]
    thread: Markup
    causes: tuple[CauseRow, ...]
    goal: tuple[tuple[str, Markup | str], ...]
    cards: tuple[ActionCard, ...]
    follow_ups: tuple[FollowedUp, ...]
    history: tuple[tuple[Markup, str, str, Markup], ...]
    periods: tuple[Link, ...]
    groups: tuple[Group, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issue in the list."""

    link: Link
    status: str
    place: str
    why: str
    actions: str
    dots: Markup
    reason: str


@dataclass(frozen=True, slots=True)
class IssueList:
    """Open issues and closed ones."""

    answers: tuple[Answer, ...]
    going: tuple[IssueRow, ...]
    closed: tuple[IssueRow, ...]


def issue_pages(context: Context) -> list[Page]:
    """List and a page per issue."""
    issues = list(context.published.texts.issues.values())
    pages = [_list(context, issues)]
    for issue in issues:
        html = render("issue.html.j2", _issue(context, issue))
        places = context.place_names(issue.omraden)
        path, year = addresses.path(addresses.issue(issue.id)), issue.id[:4]
        pages.append(
            Page(path, issue.titel, issue.varfor, "atgarder", html, kind="Fråga", places=places, span=year)
        )
    return pages


def _issue(context: Context, issue: Issue) -> IssuePage:
    related, published = context.relations, context.published
    address = addresses.issue(issue.id)
    actions = [a for a in context.current_actions if issue.id in a.fragor]
    knots = issue_thread(issue, actions, context.states)
    stations = zip(COLUMNS, knots, strict=True)
    dates = [e.datum for e in issue.historik] or [published.date]
    return IssuePage(
        issue=issue,
        corrections=related.corrections_of(address),
        status=published.codes.label("fragestatus", issue.status),
        answers=tuple(_answers(context, issue, actions)),
        facts=tuple(_facts(context, issue)),
        thread=thread_strip([Station(name, words, state) for name, (state, words) in stations]),
        causes=tuple(_causes(context, issue)),
        goal=tuple(_goal(context, issue)),
        # Why is the page itself.
        cards=tuple(replace(context.card(a), why=None) for a in actions),
        follow_ups=tuple(_follow_ups(context, actions)),
        history=tuple(_history(context, issue)),
        periods=related.periods_of_issue(issue.id),
        groups=_groups(context, issue),
        citation=cited(context, issue.titel, address, max(dates)),
    )


def _answers(context: Context, issue: Issue, actions: Sequence[Action]) -> list[Answer]:
    today, states = context.published.date, context.states
    rows = [Answer("Varför", linked(context, issue.varfor))]
    if issue.konsekvenser:
        rows.append(Answer("Följder", linked(context, issue.konsekvenser)))
    going = [a for a in actions if a.status not in {"genomford", "avbruten", "overlamnad"}]
    if going:
        note = f"{capital(how_many(len(going), 'atgard'))} pågår eller väntar." if len(going) > 1 else ""
        words = now_sentence(going[0], states[going[0].id], today)
        rows.append(Answer("Vi gör", f"{words} ", context.action_link(going[0].id), note))
    elif issue.status == "stangd":
        rows.append(Answer("Vi gör", "Frågan är stängd. Vi öppnar den igen om rapporterna kommer tillbaka."))
    else:
        rows.append(Answer("Vi gör", issue.varfor_ingen_atgard or "Ingen åtgärd är på gång just nu."))
    followed = sorted(
        ((f, a) for a in actions for f in a.uppfoljningar), key=lambda pair: pair[0].datum, reverse=True
    )
    if issue.stangd_varfor:
        rows.append(Answer("Stängd", linked(context, issue.stangd_varfor)))
    elif followed:
        row, action = followed[0]
        rows.append(Answer("Resultat", f"{context.finding(action, row)} ", context.action_link(action.id)))
    else:
        rows.append(Answer("Resultat", "Ingen åtgärd i frågan är uppföljd än."))
    rows.append(Answer("Vet inte", _unknown(issue, bool(followed))))
    return rows


def _unknown(issue: Issue, followed: bool) -> str:
    guesses = [c for c in issue.orsaker if c.grund == "antagande"]
    if not issue.orsaker:
        return "Vad som är orsaken."
    if guesses:
        words = f"Om det stämmer: {guesses[0].text}" if len(guesses) == 1 else "Om alla orsaker stämmer."
        return f"{words} Det är ett antagande." if len(guesses) == 1 else f"{words} En del är antaganden."
    if issue.status == "stangd":
        return "Varför rapporterna blev färre. Flera saker hände samtidigt."
    return (
        "Om det vi gör räcker."
        if followed
        else "Om det vi gör hjälper. Det vet vi tidigast efter en uppföljning."
    )


def _facts(context: Context, issue: Issue) -> list[tuple[str, Markup | str]]:
    published = context.published
    codes = published.codes
    last = issue.sista_period
    since = period_words(context, issue.forsta_period)
    until = Markup("{} till {}").format(since, period_words(context, last)) if last else since
    priority = f"{capital(priority_word(issue.behov, issue.paverkan))}. Behovet är {NEED[issue.behov]}. "
    return [
        ("Status", codes.label("fragestatus", issue.status)),
        ("Sedan", until),
        ("Var", Markup(", ").join(_a(context.area_link(i)) for i in issue.omraden)),
        ("Miljö", capital(", ".join(codes.label("miljoer", m).lower() for m in issue.miljoer))),
        ("Källor", ", ".join(issue.kallor)),
        ("Prioritet", f"{priority}Nätverket kan påverka {INFLUENCE[issue.paverkan]}."),
    ]


def _a(link: Link) -> Markup:
    return Markup('<a href="{}">{}</a>').format(link.href, link.text)


def _causes(context: Context, issue: Issue) -> list[CauseRow]:
    found = []
    for cause in issue.orsaker:
        actions = context.relations.actions_of_cause(issue.id, cause.id)
        links = tuple(context.action_link(a.id) for a in actions)
        found.append(CauseRow(cause_anchor(cause), cause.text, ground(context, cause), links))
    return found


def _goal(context: Context, issue: Issue) -> list[tuple[str, Markup | str]]:
    goal = issue.mal
    if goal is None:
        return []
    rows: list[tuple[str, Markup | str]] = [("Mål", goal.mal), ("Så mäter vi", goal.matt)]
    if goal.utgangslage:
        rows.append(("Utgångsläge", goal.utgangslage))
    if goal.senast:
        span = context.published.calendar.span(goal.senast)
        rows.append(("Senast", _quarter(context, span) if span else goal.senast))
    return rows


def _quarter(context: Context, span: Span) -> Markup | str:
    shown = span in context.published.quarters
    return _a(context.relations.quarter_link(span)) if shown else capital(span.label)


def _follow_ups(context: Context, actions: Sequence[Action]) -> list[FollowedUp]:
    rows = sorted(
        ((f, a) for a in actions for f in a.uppfoljningar),
        key=lambda pair: (pair[0].datum, pair[1].id),
        reverse=True,
    )
    return [
        FollowedUp(
            day(row.datum),
            Link(action.titel, f"{addresses.action(action.id)}#{follow_up_anchor(row)}"),
            context.finding(action, row),
            linked(context, row.slutsats),
        )
        for row, action in rows
    ]


_KNOTS = {"signal": "foreslagen", "analyseras": "planerad", "prioriterad": "pagar", "bevakas": "pausad"}


def _history(context: Context, issue: Issue) -> list[tuple[Markup, str, str, Markup]]:
    """Sign, day, status and words of each decision."""
    codes = context.published.codes
    return [
        (
            status_icon(_KNOTS.get(e.status, "klar")),
            day(e.datum),
            codes.label("fragestatus", e.status),
            linked(context, e.text),
        )
        for e in issue.historik
    ]


def _groups(context: Context, issue: Issue) -> tuple[Group, ...]:
    related, codes = context.relations, context.published.codes
    kinds = dict.fromkeys(codes.group_of(c) for c in issue.kategorier)
    return groups(
        ("Utvärderingar som satte frågan först", related.quarters_of_issue(issue.id)),
        (
            "Plan och lag",
            tuple(
                Link(plan_name(context, p.id), addresses.plan(p.id)) for p in related.plans_of_issue(issue.id)
            ),
        ),
        ("Områden", tuple(context.area_link(i) for i in issue.omraden)),
        ("Kategorier", tuple(Link(codes.label("kategorier", g), addresses.category(g)) for g in kinds)),
        ("Listor", (Link("Alla frågor", addresses.ISSUES), Link("Alla åtgärder", addresses.ACTIONS))),
    )


def _row(context: Context, issue: Issue) -> IssueRow:
    actions = context.relations.actions_of_issue(issue.id)
    knots = issue_thread(issue, actions, context.states)
    return IssueRow(
        context.issue_link(issue.id),
        context.published.codes.label("fragestatus", issue.status),
        context.area_names(issue.omraden),
        issue.varfor,
        capital(how_many(len(actions), "atgard")),
        thread_dots([state for state, _ in knots]),
        issue.stangd_varfor or "",
    )


def _list(context: Context, issues: list[Issue]) -> Page:
    newest = sorted(issues, key=lambda i: i.id, reverse=True)
    going = [i for i in newest if i.status != "stangd"]
    closed = [i for i in newest if i.status == "stangd"]
    first = [i for i in going if i.status == "prioriterad"]
    idle = [i for i in going if not context.relations.actions_of_issue(i.id)]
    names = ", ".join(i.titel for i in first[:3]) or "Ingen fråga är prioriterad just nu"
    unsure = sum(1 for i in going if any(c.grund == "antagande" for c in i.orsaker))
    answers = (
        Answer("Läget", issues_sentence(len(going), len(closed))),
        Answer("Först nu", f"{names}."),
        Answer("Lös tråd", idle_words(len(idle))),
        Answer("Vet inte", f"{capital(how_many(unsure, 'fraga'))} har en orsak som är ett antagande."),
    )
    page = IssueList(answers, tuple(_row(context, i) for i in going), tuple(_row(context, i) for i in closed))
    html = render("issues.html.j2", page)
    words = "Frågorna som nätverket följer: varför, vilka orsaker, vad som görs."
    return Page(addresses.path(addresses.ISSUES), TITLE, words, "atgarder", html, kind="Fråga")
