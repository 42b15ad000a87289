"""A comparison in lines: what the terminal, the comment and the file say with the same words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from est_build.diff.change import HEADINGS, ORDER, Change, Detail, How
from est_build.diff.compare import Comparison
from est_build.diff.pages import PageChange
from est_build.problems import Problem
from est_build.problems.render import count_line

WIDTH = 120
"""Characters of a value that are told in a line."""
LEAD_IN = 24
"""Characters told of what two values begin with in common."""
DETAILS = 4
"""Details of a change that are told in its line."""
EMPTY = "(tomt)"


@dataclass(frozen=True, slots=True)
class Review:
    """A comparison, and what the checks say of the version after."""

    comparison: Comparison
    base: str
    """What it is compared with, as the reader knows it: a branch, or the first characters of a commit."""
    problems: tuple[Problem, ...]
    """Of the audit of the figures and their history, and warnings of the files."""
    passed: str
    """What the audit has looked at, in a sentence, if it found nothing."""


@dataclass(frozen=True, slots=True)
class Section:
    """Changes of one way: removals, changes, news."""

    title: str
    changes: tuple[Change, ...]


def sections(comparison: Comparison) -> list[Section]:
    """Removals first. A way that has nothing has no section."""
    return [
        Section(HEADINGS[how], tuple(c for c in comparison.changes if c.how == how))
        for how in ORDER
        if any(c.how == how for c in comparison.changes)
    ]


def detail_line(detail: Detail) -> str:
    """``klar_senast 2026-12-12 → 2026-12-20``; an item of a list with plus or minus."""
    before, after = shortened(detail.before, detail.after)
    if detail.listed and detail.before is None:
        return f"{detail.what} + {after}"
    if detail.listed and detail.after is None:
        return f"{detail.what} − {before}"
    if detail.after is None:
        return f"{detail.what} {before} → {EMPTY}"
    return f"{detail.what} {EMPTY if detail.before is None else before} → {after}"


def shortened(before: str | None, after: str | None) -> tuple[str, str]:
    """Both values around the place where they part, none longer than :data:`WIDTH`."""
    first, second = before or "", after or ""
    same = next((n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), 0)
    start = max(0, same - LEAD_IN) if max(len(first), len(second)) > WIDTH else 0
    return _cut(first, start), _cut(second, start)


def _cut(text: str, start: int) -> str:
    lead = "…" if start and text else ""
    rest = text[start:]
    return lead + (rest if len(rest) <= WIDTH else rest[: WIDTH - 1].rstrip() + "…")


def details_line(change: Change) -> str:
    """What of a change can be told in its line: the first details, and how many more there are."""
    told = [told_detail(change, detail) for detail in change.details[:DETAILS]]
    rest = len(change.details) - len(told)
    return "; ".join([*told, *([f"och {rest} till"] if rest else [])])


def told_detail(change: Change, detail: Detail) -> str:
    """A detail of a change; of what is wholly new or gone there is only one value to tell."""
    if change.how == "andrat":
        return detail_line(detail)
    return f"{detail.what} {detail.before or detail.after or EMPTY}"


_LOOKS: dict[How, tuple[str, str]] = {
    "bort": ("sida försvinner", "sidor försvinner"),
    "andrat": ("sida ser annorlunda ut", "sidor ser annorlunda ut"),
    "nytt": ("sida är ny", "sidor är nya"),
}


def pages_line(pages: Sequence[PageChange]) -> str:
    """``2 sidor försvinner, 7 sidor ser annorlunda ut.``"""
    counts = Counter(page.how for page in pages)
    parts = [f"{counts[how]} {_LOOKS[how][counts[how] != 1]}" for how in ORDER if counts[how]]
    return f"{', '.join(parts)}." if parts else "Ingen sida ser annorlunda ut."


def audit_line(review: Review) -> str:
    """What the audit says, in a line."""
    if any(problem.kind.severity == "fel" for problem in review.problems):
        return f"Granskningen stoppar ändringen: {count_line(review.problems)}"
    return review.passed


def unread_line(review: Review) -> str:
    """Why only files could be compared, or an empty text."""
    count = len(review.comparison.unread)
    if not count:
        return ""
    faults = "ett fel" if count == 1 else f"{count} fel"
    return f"{review.base} går inte att läsa ({faults}). Därför jämförs bara filerna, inte vad de säger."
