"""The thread of the open issue that comes first, as a strip on the pages of areas and categories."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from est_build.figures.icons import STATIONS
from est_build.figures.thread import Station, thread_strip
from est_build.pages.context import Context
from est_build.pages.issue_thread import issue_thread
from est_build.pages.links import Link
from est_build.schema.issue import Issue


@dataclass(frozen=True, slots=True)
class ShortThread:
    """The issue and its five stations."""

    issue: Link
    strip: Markup


def foremost_thread(context: Context, issues: Iterable[Issue]) -> ShortThread | None:
    """The open issue with the greatest need and influence; ``None`` if all are closed."""
    going = [i for i in issues if i.status != "stangd"]
    if not going:
        return None
    issue = max(going, key=lambda i: (i.behov + i.paverkan, i.behov, i.id))
    knots = issue_thread(issue, context.relations.actions_of_issue(issue.id), context.states)
    # On a phone the last word has a fifth of the line: the short form.
    names = (*STATIONS[:-1], "Uppföljt")
    stations = [Station(name, words, state) for name, (state, words) in zip(names, knots, strict=True)]
    return ShortThread(context.issue_link(issue.id), thread_strip(stations))


def other_issues(context: Context, issues: Iterable[Issue], thread: ShortThread | None) -> tuple[Link, ...]:
    """The open issues beside that of the thread."""
    links = [context.issue_link(i.id) for i in issues if i.status != "stangd"]
    return tuple(link for link in links if thread is None or link.href != thread.issue.href)
