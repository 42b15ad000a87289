"""Checks on the finished site before it replaces the last good one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue_steps as kinds

_FOREIGN = re.compile(
    r"""<(?:script|link|img|iframe|source|video|audio|object|embed)\b[^>]*?\s(?:src|href|data)="(?:https?:)?//""",
    re.IGNORECASE,
)
_OWN_CANONICAL = re.compile(r'<link rel="(?:canonical|alternate)"[^>]*>', re.IGNORECASE)
_INLINE = re.compile(r"<script(?![^>]*\ssrc=)|\son[a-z]+\s*=\s*[\"']|<style\b|\sstyle=[\"']", re.IGNORECASE)
_LEFT = re.compile(r"<!--est:|\{\{|\{%")


def check_site(site: Path, pages: Iterable[str]) -> None:
    """Every page is there, asks nobody else for anything and carries no inline script or style.

    Raises :class:`ProblemsError` (EST604) with everything that is wrong.
    """
    problems: list[Problem] = []
    for page in pages:
        path = site / page / "index.html"
        if not path.is_file():
            problems.append(_problem(page, "sidan saknas"))
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(site).as_posix()
        if _FOREIGN.search(_OWN_CANONICAL.sub("", text)):
            problems.append(_problem(name, "sidan hämtar något från en annan värd"))
        if _INLINE.search(text):
            problems.append(_problem(name, "sidan har skript eller stil inuti"))
        if _LEFT.search(text):
            problems.append(_problem(name, "en del av sidan är inte ifylld"))
    if problems:
        raise ProblemsError(problems)


def _problem(name: str, why: str) -> Problem:
    return Problem(kinds.CHECK_FAILED, Place(name or "startsidan"), {"why": why})
