"""Problems as text for a terminal and as JSON. Repeats of one fault are folded into one entry."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from est_build.problems.problem import Problem

SHOWN_PLACES = 3


def fold(problems: Sequence[Problem], lang: str = "sv") -> list[tuple[Problem, list[Problem]]]:
    """Group problems that say the same thing in the same file; the first one speaks for all."""
    groups: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.code, problem.place.file, problem.message(lang)), []).append(problem)
    return [(group[0], group[1:]) for group in groups.values()]


def as_text(problems: Sequence[Problem], lang: str = "sv") -> str:
    """Readable text: where, what, and what to do; then a line that counts."""
    words = {"fel": "FEL", "varning": "VARNING", "not": "OBS"}
    if lang != "sv":
        words = {"fel": "ERROR", "varning": "WARNING", "not": "NOTE"}
    lines: list[str] = []
    for first, rest in fold(problems, lang):
        lines.append(f"{words[first.kind.severity]} {first.code}  {first.place.text(lang)}")
        lines.append(f"  {first.message(lang)}")
        if rest:
            lines.append(f"  {_also(rest, lang)}")
        if cure := first.cure(lang):
            lines.append(f"  → {cure}")
        lines.append("")
    lines.append(count_line(problems, lang))
    return "\n".join(lines)


def _also(rest: Sequence[Problem], lang: str) -> str:
    rows = [str(p.place.line) for p in rest[:SHOWN_PLACES] if p.place.line is not None]
    more = len(rest) - len(rows)
    if lang != "sv":
        left = f"{more} more {'place' if more == 1 else 'places'}"
        text = f"Same fault at line {', '.join(rows)}" if rows else f"Same fault at {left}"
        return f"{text} and {left}." if rows and more else f"{text}."
    left = f"{more} {'ställe' if more == 1 else 'ställen'} till"
    text = f"Samma fel på rad {', '.join(rows)}" if rows else f"Samma fel på {left}"
    return f"{text} och på {left}." if rows and more else f"{text}."


def count_line(problems: Sequence[Problem], lang: str = "sv") -> str:
    """``3 fel, 1 varning.``"""
    errors = sum(p.kind.severity == "fel" for p in problems)
    warnings = sum(p.kind.severity == "varning" for p in problems)
    if lang != "sv":
        return f"{errors} error(s), {warnings} warning(s)."
    return f"{errors} fel, {warnings} {'varning' if warnings == 1 else 'varningar'}."


def as_json(problems: Sequence[Problem], lang: str = "sv") -> str:
    """A JSON array, one object a problem, for other programs."""
    rows: list[dict[str, Any]] = [
        {
            "code": p.code,
            "severity": p.kind.severity,
            "file": p.place.file,
            "line": p.place.line,
            "column": p.place.letter or p.place.column,
            "message": p.message(lang),
            "cure": p.cure(lang),
            "near": p.near,
        }
        for p in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def as_github(problems: Sequence[Problem], lang: str = "sv", base: str = "") -> str:
    """Workflow commands that put each problem on its line of the pull request."""
    levels = {"fel": "error", "varning": "warning", "not": "notice"}
    lines = []
    for p in problems:
        name = "/".join(part for part in ("" if base == "." else base, p.place.file) if part)
        where = [f"file={_escaped(name, property_=True)}", f"title={p.code}"]
        if p.place.line is not None:
            where.append(f"line={p.place.line}")
        if p.place.column is not None:
            where.append(f"col={p.place.column}")
        text = f"{p.message(lang)} {p.cure(lang)}".strip()
        lines.append(f"::{levels[p.kind.severity]} {','.join(where)}::{_escaped(text)}")
    return "\n".join(lines)


def _escaped(text: str, *, property_: bool = False) -> str:
    """As the workflow command wants it: a value must not be able to start a command of its own."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if property_ else text
