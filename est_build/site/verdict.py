"""What is wrong with an instance, all of it at once: the same verdict as a build gives on its files.

Everything is read and checked every time; nothing is remembered from an earlier run. What only pages and
maps need is left out, so that the answer comes at once (``est-build check`` after each change).
"""

from __future__ import annotations

from pathlib import Path

from est_build.load.frame import load_frame
from est_build.load.texts import load_texts, lone_problems
from est_build.pages.written import written_pages
from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue as kinds
from est_build.problems import catalogue_text as text_kinds
from est_build.protect.release import read_releases
from est_build.protect.text import scan_instance, shown_intervals
from est_build.site.pieces import names_only

_GIVES_LEAVE = ("plan/", "perioder/", "kvartal/", "ar/")
"""Where texts get words that they may use: mailboxes, published intervals. With a fault in one of them it
cannot be said what a text may not."""


def verdict(root: Path) -> tuple[Problem, ...]:
    """Every error, warning and note about the instance in ``root`` (``data`` and ``content``)."""
    data, content = root / "data", root / "content"
    pages = _page_problems(content)
    try:
        frame = load_frame(data, drawn=False)
    except ProblemsError as error:
        return (*error.problems, *lone_problems(data), *pages)
    texts, problems = load_texts(frame)
    releases, more = read_releases(frame)
    problems += more
    if not releases and not problems:
        problems.append(Problem(kinds.NOTHING_PUBLISHED, Place("perioder"), {"value": "perioder"}))
    faulty = {problem.place.file for problem in (*problems, *pages)}
    if any(file.startswith(_GIVES_LEAVE) and file.count("/") for file in faulty):
        return (*problems, *pages)
    found = scan_instance(frame, texts, content, shown_intervals(releases))
    if faulty:
        # A file that cannot be read has told its own fault; an approval of what it says is not unused.
        found = [p for p in found if p.place.file not in faulty and p.kind is not text_kinds.APPROVAL_UNUSED]
    return (*problems, *pages, *found)


def _page_problems(content: Path) -> list[Problem]:
    try:
        written_pages(content, names_only())
    except ProblemsError as error:
        return list(error.problems)
    return []
