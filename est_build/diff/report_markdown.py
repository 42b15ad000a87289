"""A comparison as the comment of a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from est_build.diff.change import Change
from est_build.diff.lines import Review, audit_line, details_line, pages_line, sections, unread_line
from est_build.problems.render import as_markdown, plain

MOST = 48_000
"""Characters of the comment. A comment holds 65,536, and the checks have their part of it."""
ROWS = 150
"""Changes that are listed."""
PAGES = 60
"""Addresses that are listed."""
REST = "Allt står i filen med hela jämförelsen."


def as_comment(review: Review, lang: str = "sv") -> str:
    """Removals first, one line each with the page that it is seen on; then pages and the audit."""
    comparison = review.comparison
    lines = []
    if comparison.is_empty:
        lines += [f"Inget har ändrats sedan {plain(review.base)}.", ""]
    if unread := unread_line(review):
        lines += [plain(unread), ""]
    left = ROWS
    for section in sections(comparison):
        lines += [f"### {section.title}", ""]
        lines += [_row(change, comparison.home) for change in section.changes[:left]]
        rest = len(section.changes) - left
        if rest > 0:
            lines.append(f"- … och {rest} till. {REST}")
        left = max(0, left - len(section.changes))
        lines.append("")
    if not comparison.is_empty:
        lines += _folded(pages_line(comparison.pages), (page.address for page in comparison.pages))
    lines += ["", "### Granskningen", "", plain(audit_line(review))]
    if review.problems:
        lines += ["", *as_markdown(review.problems, lang, "data", comparison.home).splitlines()]
    return _within(lines)


def _row(change: Change, home: str) -> str:
    title = plain(change.title)
    if change.address is not None and change.how != "nytt":
        title = f"[{title}]({home.rstrip('/')}{change.address})"
    told = details_line(change)
    page = f" `{change.address}`" if change.address is not None else ""
    return f"- {change.lead} {title}{': ' + plain(told) if told else ''}{page}"


def _folded(summary: str, addresses: Iterable[str]) -> Iterator[str]:
    every = list(addresses)
    if not every:
        yield summary
        return
    yield f"<details><summary>{plain(summary)}</summary>"
    yield ""
    yield from (f"- `{address}`" for address in every[:PAGES])
    if len(every) > PAGES:
        yield f"- … och {len(every) - PAGES} till"
    yield ""
    yield "</details>"


def _within(lines: list[str]) -> str:
    """As many whole lines as a comment can hold; of the audit, which stands last, at least a third."""
    text = "\n".join(lines)
    if len(text) <= MOST:
        return text
    cut = lines.index("### Granskningen")
    last = _first(lines[cut:], MOST // 3)
    first = _first(lines[:cut], MOST - len(last) - len(REST) - 100)
    open_folds = first.count("<details>") - first.count("</details>")
    return "\n".join([first, *["</details>"] * open_folds, "", REST, "", last])


def _first(lines: list[str], room: int) -> str:
    """The first lines that there is room for."""
    kept: list[str] = []
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    return "\n".join(kept)
