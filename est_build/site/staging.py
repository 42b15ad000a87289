"""The staging tree: what the engine reads. Written only where bytes differ."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from est_build.pages.page import MarkdownPage, Page
from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue_steps as kinds
from est_build.site.links import relative_html, relative_markdown


def stage(root: Path, pages: Iterable[Page | MarkdownPage], assets: Mapping[str, bytes]) -> list[str]:
    """Write pages and assets under ``root`` (``docs/`` and ``fragments/``); remove what is not theirs.

    Returns the paths of the pages. Raises :class:`ProblemsError` (EST604) if two pages have one address.
    """
    wanted: dict[Path, bytes] = {}
    paths: list[str] = []
    problems: list[Problem] = []
    for page in pages:
        key = page.path.strip("/") or "index"
        if page.path in paths:
            values = {"why": "två sidor har samma adress"}
            problems.append(Problem(kinds.CHECK_FAILED, Place(f"/{page.path}"), values))
        paths.append(page.path)
        target = f"{key}/index.md" if page.path.strip("/") else "index.md"
        if isinstance(page, MarkdownPage):
            body = relative_markdown(page.text, page.path)
        else:
            body = f"<!--est:{key}-->\n"
            html = relative_html(page.html, page.path)
            wanted[root / "fragments" / f"{key}.html"] = html.encode("utf-8")
        wanted[root / "docs" / target] = (_front_matter(page) + body).encode("utf-8")
    for name, content in assets.items():
        wanted[root / "docs" / name] = content
    if problems:
        raise ProblemsError(problems)
    _write(root, wanted)
    return paths


def _front_matter(page: Page | MarkdownPage) -> str:
    """YAML front matter; values as JSON, which is YAML that nothing can break out of."""
    values: dict[str, object] = {
        "title": page.title,
        "description": page.description,
        "avsnitt": page.section,
    }
    if page.language != "sv":
        values["sprak"] = page.language
    if page.scripts:
        values["skript"] = list(page.scripts)
    if page.styles:
        values["stil"] = list(page.styles)
    if page.canonical is not None:
        values["kanonisk"] = page.canonical
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    return "---\n" + "\n".join(lines) + "\n---\n\n"


def _write(root: Path, wanted: Mapping[Path, bytes]) -> None:
    for part in ("docs", "fragments"):
        (root / part).mkdir(parents=True, exist_ok=True)
        for old in sorted((root / part).rglob("*"), reverse=True):
            if old.is_dir():
                if not any(old.iterdir()):
                    old.rmdir()
            elif old not in wanted:
                old.unlink()
    for path, content in wanted.items():
        if path.is_file() and path.read_bytes() == content:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
