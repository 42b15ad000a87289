"""Hand-written pages from ``content/`` and its folders."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from est_build.load.tree import MAX_PAGE, read_text
from est_build.load.yaml_file import parse_yaml
from est_build.pages import addresses
from est_build.pages.inserted import Pieces, inserted
from est_build.pages.page import MarkdownPage
from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue as kinds

ADDRESSES = {
    "om": "om/",
    "om-est": "om/est/",
    "metod": "metod/",
    "ordlista": "metod/ord/",
    "delta": "delta/",
    "integritet": "integritet/",
    "tillganglighet": "tillganglighetsredogorelse/",
    "lattlast": "lattlast/",
    "en": "en/",
}
"""File in ``content/`` -> address. A file that is not named here gets its own name, after its folder's."""
SECTION = "metod"
STYLES = {addresses.path(addresses.HANDBOOK): ("assets/est-handbok.css",)}
"""Beginning of an address -> further style sheets."""
KINDS = {addresses.path(addresses.HANDBOOK): "Handbok"}
"""Beginning of an address -> what sort of page it is."""
_STEM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
INDEX = "index"


def written_pages(folder: Path, pieces: Pieces | None = None) -> list[MarkdownPage]:
    """Every Markdown file of ``content/``, those in folders last.

    ``pieces``: what they may ask for in braces; ``None`` leaves the texts as they are written.
    Raises :class:`ProblemsError` if one lacks its front matter, or asks for what does not exist.
    """
    pages = []
    problems: list[Problem] = []
    for path in sorted(folder.rglob("*.md"), key=lambda path: (len(path.parts), path)):
        page, found = _written(path, folder, pieces)
        problems += found
        if page is not None:
            pages.append(page)
    if problems:
        raise ProblemsError(problems)
    return pages


def _written(path: Path, folder: Path, pieces: Pieces | None) -> tuple[MarkdownPage | None, list[Problem]]:
    parts = path.relative_to(folder).with_suffix("").parts
    name = f"content/{'/'.join(parts)}.md"
    if not all(_STEM.fullmatch(part) for part in parts):
        hint = "Filens namn skrivs med små bokstäver a–z, siffror och bindestreck."
        values = {"key": "filnamn", "value": path.name, "hint": hint}
        return None, [Problem(kinds.FORM_WRONG, Place(name), values)]
    text = read_text(path, name)
    if isinstance(text, Problem):
        return None, [text]
    if len(text) > MAX_PAGE:
        why = f"den har fler än {MAX_PAGE} tecken"
        return None, [Problem(kinds.FILE_TOO_LARGE, Place(name), {"why": why})]
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
    page = _page(parts, name, (values["title"], values["description"]), body.lstrip("\n"))
    if pieces is None:
        return page, []
    first = text.count("\n", 0, len(text) - len(page.text)) + 1
    filled, ready, wrong = inserted(page.text, first, name, folder, pieces)
    return replace(page, text=filled, parts=ready), wrong


def _page(parts: tuple[str, ...], name: str, told: tuple[str, str], text: str) -> MarkdownPage:
    """A page at the address of its file. ``told``: its title and description."""
    *folders, stem = parts
    last = "" if folders and stem == INDEX else f"{stem}/"
    path = "".join(f"{part}/" for part in folders) + last if folders else ADDRESSES.get(stem, last)
    top = f"{folders[0]}/" if folders else path
    return MarkdownPage(
        path,
        *told,
        SECTION,
        text,
        name,
        language="en" if path.startswith("en/") else "sv",
        styles=STYLES.get(top, ()),
        kind=KINDS.get(top, "Sida"),
    )
