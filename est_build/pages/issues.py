"""Issues that the network follows: the list, and a page per issue."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from est_build.model.span import day
from est_build.pages.actions import cause_list
from est_build.pages.context import ActionCard, Context, Link, render
from est_build.pages.page import Page
from est_build.schema.issue import Issue

NEED = {1: "litet", 2: "medelstort", 3: "stort"}
INFLUENCE = {1: "lite", 2: "en del", 3: "mycket"}


@dataclass(frozen=True, slots=True)
class IssuePage:
    """Everything on the page of an issue."""

    issue: Issue
    status: str
    since: Link | str
    until: str
    priority: str
    places: tuple[Link, ...]
    categories: tuple[Link, ...]
    causes: Markup
    cards: tuple[ActionCard, ...]
    history: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issue in the list."""

    link: Link
    status: str
    place: str
    why: str
    actions: int


@dataclass(frozen=True, slots=True)
class IssueList:
    """Open issues and closed ones."""

    going: tuple[IssueRow, ...]
    closed: tuple[IssueRow, ...]


def issue_pages(context: Context) -> list[Page]:
    """List and a page per issue."""
    issues = list(context.published.texts.issues.values())
    pages = [_list(context, issues)]
    for issue in issues:
        html = render("issue.html.j2", _issue(context, issue))
        places = context.place_names(issue.omraden)
        path, year = f"fragor/{issue.id}/", issue.id[:4]
        pages.append(
            Page(path, issue.titel, issue.varfor, "atgarder", html, kind="Fråga", places=places, span=year)
        )
    return pages


def _issue(context: Context, issue: Issue) -> IssuePage:
    published = context.published
    codes = published.codes
    span = published.calendar.span(issue.forsta_period)
    last = published.calendar.span(issue.sista_period) if issue.sista_period else None
    since: Link | str = issue.forsta_period
    if span is not None:
        words = f"{span.label} {span.start.year}"
        shown = span in published.periods
        since = Link(words, f"/lage/{span.id}/") if shown else words
    groups = dict.fromkeys(codes.group_of(c) for c in issue.kategorier)
    return IssuePage(
        issue=issue,
        status=codes.label("fragestatus", issue.status),
        since=since,
        until=f"{last.label} {last.end.year}" if last else "",
        priority=f"Behovet är {NEED[issue.behov]}. Nätverket kan påverka {INFLUENCE[issue.paverkan]}.",
        places=tuple(context.area_link(i) for i in issue.omraden),
        categories=tuple(Link(codes.label("kategorier", g), f"/kategorier/{g}/") for g in groups),
        causes=cause_list(context, issue.orsaker),
        cards=tuple(context.card(a) for a in context.current_actions if issue.id in a.fragor),
        history=tuple((day(e.datum), codes.label("fragestatus", e.status), e.text) for e in issue.historik),
    )


def _row(context: Context, issue: Issue) -> IssueRow:
    actions = [a for a in context.published.texts.actions.values() if issue.id in a.fragor]
    return IssueRow(
        context.issue_link(issue.id),
        context.published.codes.label("fragestatus", issue.status),
        context.area_names(issue.omraden),
        issue.varfor,
        len(actions),
    )


def _list(context: Context, issues: list[Issue]) -> Page:
    newest = sorted(issues, key=lambda i: i.id, reverse=True)
    page = IssueList(
        tuple(_row(context, i) for i in newest if i.status != "stangd"),
        tuple(_row(context, i) for i in newest if i.status == "stangd"),
    )
    html = render("issues.html.j2", page)
    words = "Frågorna som nätverket följer: varför, vilka orsaker, vad som görs."
    return Page("fragor/", "Frågor vi följer", words, "atgarder", html)
