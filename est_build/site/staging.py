"""The staging tree: what the engine reads. Written only where bytes differ."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from est_build.load.memo import digest
from est_build.pages.page import MarkdownPage, Page, PageHead
from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue_steps as kinds
from est_build.site.links import marked_html, marked_markdown, relative_html, relative_markdown


def _as_it_is(html: str, head: PageHead) -> str:
    return html


def refuse_pages(pages: Iterable[Page | MarkdownPage]) -> None:
    """Raise :class:`ProblemsError` (EST604) for two pages with one address, and for a page without return."""
    pages, seen, problems = list(pages), set[str](), list[Problem]()
    for page in pages:
        if page.path in seen:
            values = {"why": "två sidor har samma adress"}
            problems.append(Problem(kinds.CHECK_FAILED, Place(f"/{page.path}"), values))
        seen.add(page.path)
    problems += _alone(pages)
    if problems:
        raise ProblemsError(problems)


def page_key(page: Page | MarkdownPage) -> str:
    """Digest of all that a page brings with it to the engine. What is alike for all pages is not in it."""
    if isinstance(page, MarkdownPage):
        parts = [part for item in sorted(page.parts.items()) for part in item]
        return digest(page.path, page.language, _front_matter(page), "md", page.text, *map(str, parts))
    return digest(page.path, page.language, _front_matter(page), "html", str(page.html))


def stage(
    root: Path,
    pages: Iterable[Page | MarkdownPage],
    assets: Mapping[str, bytes],
    finish: Callable[[str, PageHead], str] = _as_it_is,
) -> None:
    """Write pages and assets under ``root`` (``docs/`` and ``fragments/``); remove what is not theirs.

    Args:
        root: the folder of the staging tree.
        pages: the pages that the engine is to make.
        assets: path under the site -> bytes.
        finish: what is done to the ready HTML of each page before its links are made relative.
    """
    write = _Write(root)
    for page in pages:
        key = page.path.strip("/") or "index"
        target = f"{key}/index.md" if page.path.strip("/") else "index.md"
        if isinstance(page, MarkdownPage):
            body = marked_markdown(relative_markdown(page.text, page.path), page.language)
            parts = {name: str(html) for name, html in page.parts.items()}
        else:
            body = f"<!--est:{key}-->\n"
            parts = {key: finish(page.html, page)}
        for name, html in parts.items():
            ready = marked_html(relative_html(html, page.path), page.language)
            write(f"fragments/{name}.html", ready.encode("utf-8"))
        write(f"docs/{target}", (_front_matter(page) + body).encode("utf-8"))
    for name, content in assets.items():
        write(f"docs/{name}", content)
    write.clear()


def _alone(pages: Iterable[Page | MarkdownPage]) -> list[Problem]:
    """Pages with a translation that does not name them back: a reader could not return."""
    told = {page.path: {address for _, address in page.translations} for page in pages}
    values = {"why": "översättningen pekar inte tillbaka på sidan"}
    return [
        Problem(kinds.CHECK_FAILED, Place(f"/{path}"), values)
        for path, others in told.items()
        if any(f"/{path}" not in told.get(other.removeprefix("/"), ()) for other in others)
    ]


def _filters(page: Page | MarkdownPage) -> str:
    """What the search may be narrowed by: ``slag:Åtgärd, plats:Ystad, ar:2026``."""
    every = [("slag", page.kind), *(("plats", name) for name in page.places), ("ar", page.span)]
    return ", ".join(f"{name}:{value.replace(',', '')}" for name, value in every if value)


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
    if page.related:
        values["relaterat"] = [
            {"rel": r.rel, "typ": r.media, "href": r.path, "titel": r.title} for r in page.related
        ]
    if page.searchable:
        values["sok"] = _filters(page)
    if page.feed is not None:
        values["flode"] = {"text": page.feed[0], "href": page.feed[1].removeprefix("/")}
    if page.translations:
        own = (page.language, f"/{page.path}")
        values["oversattning"] = [
            {"sprak": language, "href": address.removeprefix("/")}
            for language, address in (own, *page.translations)
        ]
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    return "---\n" + "\n".join(lines) + "\n---\n\n"


class _Write:
    """Writes files of the staging tree one by one: a site has more pages than fit in memory at once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._wanted: set[Path] = set()
        for part in ("docs", "fragments"):
            (root / part).mkdir(parents=True, exist_ok=True)

    def __call__(self, name: str, content: bytes) -> None:
        path = self._root / name
        self._wanted.add(path)
        if path.is_dir():
            shutil.rmtree(path)
        if path.is_file() and path.read_bytes() == content:
            return
        for folder in reversed(path.relative_to(self._root).parents):
            # What was a file may be a folder now.
            if (self._root / folder).is_file():
                (self._root / folder).unlink()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def clear(self) -> None:
        """Remove what nobody has written this time."""
        for part in ("docs", "fragments"):
            for old in sorted((self._root / part).rglob("*"), reverse=True):
                if old.is_dir():
                    if not any(old.iterdir()):
                        old.rmdir()
                elif old not in self._wanted:
                    old.unlink()
