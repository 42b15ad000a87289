"""Two versions of an instance: what has changed in its files, and which pages look different."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from est_build.diff.change import Change, How, in_order
from est_build.diff.figures import figure_changes
from est_build.diff.pages import PageChange, page_changes
from est_build.diff.texts import text_changes
from est_build.model.published import Instance, load_instance, published
from est_build.pages.build import all_pages
from est_build.pages.context import Context
from est_build.pages.page import MarkdownPage, Page
from est_build.pages.written import written_pages
from est_build.problems import Problem, ProblemsError
from est_build.publish.downloads import open_data

FOLDERS = ("data", "content")
SINGLE = "mkdocs.yml"


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that a reviewer needs to know."""

    name: str
    """Of the site."""
    home: str
    """Where the site is published, with a slash at its end."""
    example: bool
    """True if the figures are invented."""
    changes: tuple[Change, ...]
    pages: tuple[PageChange, ...]
    unread: tuple[Problem, ...] = ()
    """Why the version before could not be read; then only its files are compared."""

    @property
    def is_empty(self) -> bool:
        """True if there is nothing to review."""
        return not self.changes and not self.pages


def compare(before: Path | None, new: Instance) -> Comparison:
    """What an instance has that the folder ``before`` (``data``, ``content``, ``mkdocs.yml``) had not.

    ``before`` is ``None`` if there was no instance yet. If it has faults (an older format, or an error that
    slipped in) its files are compared as such. Raises :class:`ProblemsError` for pages that cannot be read.
    """
    old, unread = _read(before)
    files = tuple(_file_changes(before, new.frame.root.parent))
    found: list[Change] = []
    pages: tuple[PageChange, ...] = ()
    if files and not unread:
        found = [*figure_changes(old, new), *text_changes(old, new)]
        pages = page_changes(() if old is None else _pages(old), _pages(new))
    told = {change.file for change in found}
    found += [change for change in files if not _told(change.file, told)]
    site = new.frame.site
    return Comparison(site.namn, site.bas_url, site.exempeldata, in_order(found), pages, unread)


def _read(root: Path | None) -> tuple[Instance | None, tuple[Problem, ...]]:
    if root is None:
        return None, ()
    try:
        written_pages(root / "content")
        return load_instance(root / "data"), ()
    except ProblemsError as error:
        return None, tuple(error.problems)


def _pages(instance: Instance) -> Iterable[Page | MarkdownPage]:
    public, data = published(instance), instance.frame.root
    data_files = open_data(public, data)
    return all_pages(Context(public), data.parent / "content", data_files)[0]


def _told(file: str, told: set[str]) -> bool:
    """True if a change has spoken for the file, or for the folder that it stands in."""
    return file in told or file.rpartition("/")[0] in told


def _file_changes(before: Path | None, after: Path) -> Iterator[Change]:
    """Files that are not the same, byte for byte: so that nothing can change in silence."""
    old, new = _digests(before), _digests(after)
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            how: How = "bort" if name not in new else "nytt" if name not in old else "andrat"
            yield Change(how, "fil", name, name)


def _digests(root: Path | None) -> dict[str, bytes]:
    if root is None:
        return {}
    paths = [p for folder in FOLDERS for p in (root / folder).rglob("*") if p.is_file()]
    paths += [path for path in (root / SINGLE,) if path.is_file()]
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).digest() for path in paths}
