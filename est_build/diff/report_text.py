"""A comparison on the terminal."""

from __future__ import annotations

from est_build.diff.lines import Review, audit_line, details_line, pages_line, sections, unread_line
from est_build.problems.render import as_text

PAGES = 15
"""Addresses that are listed. The file shows the rest."""


def as_terminal(review: Review, lang: str = "sv") -> str:
    """What has changed, a line each."""
    comparison = review.comparison
    if comparison.is_empty:
        lines = [f"Inget har ändrats sedan {review.base}."]
    else:
        lines = [f"Ändrat sedan {review.base}:"]
    if unread := unread_line(review):
        lines += ["", unread]
    for section in sections(comparison):
        lines += ["", section.title.upper()]
        for change in section.changes:
            told = details_line(change)
            ends = [f": {told}" if told else "", f"  {change.address}" if change.address else ""]
            lines.append(f"  {change.lead} {change.title}{''.join(ends)}")
    if not comparison.is_empty:
        lines += ["", pages_line(comparison.pages)]
        lines += [f"  {page.address}" for page in comparison.pages[:PAGES]]
        if len(comparison.pages) > PAGES:
            lines.append(f"  … och {len(comparison.pages) - PAGES} till")
    lines += ["", audit_line(review)]
    if review.problems:
        lines += ["", as_text(review.problems, lang)]
    return "\n".join(lines)
