"""Hand-written pages from ``content/``."""

from __future__ import annotations

import re
from pathlib import Path

from est_build.load.tree import read_text
from est_build.load.yaml_file import parse_yaml
from est_build.pages.page import MarkdownPage
from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue as kinds

ADDRESSES = {
    "om": ("om/", "metod"),
    "om-est": ("om/est/", "metod"),
    "metod": ("metod/", "metod"),
    "ordlista": ("metod/ord/", "metod"),
    "delta": ("delta/", "metod"),
    "integritet": ("integritet/", "metod"),
    "tillganglighet": ("tillganglighetsredogorelse/", "metod"),
    "lattlast": ("lattlast/", "metod"),
    "en": ("en/", "metod"),
}
"""File in ``content/`` -> address and section. A file that is not named here gets its own name."""
_STEM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def written_pages(folder: Path) -> list[MarkdownPage]:
    """Every Markdown file of ``content/``.

    Raises :class:`ProblemsError` if one lacks its front matter.
    """
    pages = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.md")):
        page, found = _written(path)
        problems += found
        if page is not None:
            pages.append(page)
    if problems:
        raise ProblemsError(problems)
    return pages


def _written(path: Path) -> tuple[MarkdownPage | None, list[Problem]]:
    name = f"content/{path.name}"
    if not _STEM.fullmatch(path.stem):
        hint = "Filens namn skrivs med små bokstäver a–z, siffror och bindestreck."
        values = {"key": "filnamn", "value": path.name, "hint": hint}
        return None, [Problem(kinds.FORM_WRONG, Place(name), values)]
    text = read_text(path, name)
    if isinstance(text, Problem):
        return None, [text]
    text = text.replace("\r\n", "\n")
    head, found, body = text.removeprefix("---\n").partition("\n---\n")
    if not text.startswith("---\n") or not found:
        return None, [Problem(kinds.KEY_MISSING, Place(name, 1), {"key": "title"})]
    # The empty line stands for the opening ---, so that lines are counted as in the file.
    tree, problems = parse_yaml("\n" + head, name)
    if tree is None or problems:
        return None, problems
    values = tree.data if isinstance(tree.data, dict) else {}
    missing = [key for key in ("title", "description") if not isinstance(values.get(key), str)]
    if missing:
        return None, [Problem(kinds.KEY_MISSING, Place(name, 1), {"key": key}) for key in missing]
    address, section = ADDRESSES.get(path.stem, (f"{path.stem}/", "metod"))
    language = "en" if address.startswith("en/") else "sv"
    title, description = values["title"], values["description"]
    text = body.lstrip("\n")
    return MarkdownPage(address, title, description, section, text, name, language=language), []
