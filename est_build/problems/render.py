"""Problems as text for a terminal, a comment, a pull request's lines, and as JSON.

Repeats of one fault in a file are folded into one entry, but for JSON, which is for programs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from est_build.problems.problem import PAGE, Problem

SHOWN_PLACES = 3


def fold(problems: Sequence[Problem], lang: str = "sv") -> list[tuple[Problem, list[Problem]]]:
    """Group problems that say the same thing in the same file; the first one speaks for all."""
    groups: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.code, problem.place.file, problem.message(lang)), []).append(problem)
    return [(group[0], group[1:]) for group in groups.values()]


def as_text(problems: Sequence[Problem], lang: str = "sv", site: str = "") -> str:
    """Readable text: where, what, and what to do; then a line that counts.

    ``site``: address of the site, whose page of all codes is then named.
    """
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
    if site and problems:
        page = f"{site.rstrip('/')}{PAGE}"
        lines.append(
            f"Alla fel förklaras på {page}" if lang == "sv" else f"Every code is explained at {page}"
        )
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
            "address": p.kind.address,
        }
        for p in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def repository_path(file: str, base: str) -> str:
    """Where a file stands in the repository. ``base``: the folder of the data; content lies beside it."""
    folder = base.rstrip("/")
    if file.startswith("content/"):
        folder = folder.rpartition("/")[0]
    return "/".join(part for part in ("" if folder == "." else folder, file) if part)


def as_github(problems: Sequence[Problem], lang: str = "sv", base: str = "", site: str = "") -> str:
    """Workflow commands that put each problem on its line of the pull request.

    Only a few are shown for each run, so repeats in a file stand with the first.
    """
    levels = {"fel": "error", "varning": "warning", "not": "notice"}
    lines = []
    for p, rest in fold(problems, lang):
        name = repository_path(p.place.file, base)
        where = [f"file={_escaped(name, property_=True)}", f"title={p.code}"]
        if p.place.line is not None:
            where.append(f"line={p.place.line}")
        if p.place.column is not None:
            where.append(f"col={p.place.column}")
        parts = [_cell(p, lang), p.message(lang), p.cure(lang), _also(rest, lang) if rest else ""]
        parts.append(f"{site.rstrip('/')}{p.kind.address}" if site else "")
        text = " ".join(part for part in parts if part)
        lines.append(f"::{levels[p.kind.severity]} {','.join(where)}::{_escaped(text)}")
    return "\n".join(lines)


def _cell(problem: Problem, lang: str) -> str:
    """A cell of a table: the pull request knows lines and columns of text only."""
    letter = problem.place.letter
    return "" if letter is None else f"Kolumn {letter}:" if lang == "sv" else f"Column {letter}:"


def as_markdown(problems: Sequence[Problem], lang: str = "sv", base: str = "", site: str = "") -> str:
    """A comment: errors first, each with its place, what is wrong, and what to do."""
    if not problems:
        return "**Inga fel.**" if lang == "sv" else "**No errors.**"
    titles = {"fel": "Fel", "varning": "Varningar", "not": "Att tänka på"}
    if lang != "sv":
        titles = {"fel": "Errors", "varning": "Warnings", "not": "Notes"}
    lines = [f"**{count_line(problems, lang)}**"]
    for severity, title in titles.items():
        groups = [g for g in fold(problems, lang) if g[0].kind.severity == severity]
        if groups:
            lines += ["", f"### {title}", ""]
        for p, rest in groups:
            place = replace(p.place, file=repository_path(p.place.file, base)).text(lang)
            code = f"[{p.code}]({site.rstrip('/')}{p.kind.address})" if site else p.code
            told = " ".join(part for part in (p.message(lang), _also(rest, lang) if rest else "") if part)
            lines.append(f"- {code} {plain(place)}  ")
            lines.append(f"  {plain(told)}" + ("  " if p.cure(lang) else ""))
            if cure := p.cure(lang):
                lines.append(f"  → {plain(cure)}")
    return "\n".join(lines)


_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~@!&])")


def plain(text: str) -> str:
    """Words only: a value must make no link, mark or mention of its own."""
    return _MARKS.sub(lambda m: f"&#{ord(m[1])};" if m[1] in "<>&@" else f"\\{m[1]}", " ".join(text.split()))


def _escaped(text: str, *, property_: bool = False) -> str:
    """As the workflow command wants it: a value must not be able to start a command of its own."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if property_ else text
