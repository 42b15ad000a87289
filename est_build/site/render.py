"""From pages to a folder with a site: the engine makes what is new, the rest comes from memory.

A page that is made of the same as last time (:func:`est_build.site.staging.page_key`, the engine's settings,
the glossary, the program) has the same bytes, so the engine need not make it. A file that has the same bytes
as in the last good site is that same file: it is linked, not written, and keeps its time.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from est_build.load.memo import digest
from est_build.model.published import Published
from est_build.pages.finish import Finish
from est_build.pages.page import MarkdownPage, Page
from est_build.pages.pictures import KINDS as PICTURES
from est_build.site.cache import Cache
from est_build.site.engine import run_engine
from est_build.site.staging import page_key, stage

AT_ONCE = 1000
"""So many pages does the engine make in one run: it holds them all in memory, some 150 kB each."""
START = ""
"""Path of the start page, which the engine always makes: its navigation names it."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """Where a site is made.

    Args:
        published: what the site is made of; the engine is told its date.
        build: the folder of the staging tree.
        config: the engine's settings (:func:`est_build.site.engine.write_config`).
        finish: what is done last to the HTML of a page.
        cache: what the last build remembers.
        old: the last good site, which need not be there.
    """

    published: Published
    build: Path
    config: Path
    finish: Finish
    cache: Cache
    old: Path


def render(
    shop: Workshop, pages: Iterable[Page | MarkdownPage], assets: Mapping[str, bytes], to: Path
) -> int:
    """Make the pages and the other files of a site in the new folder ``to``.

    Returns how many pages the engine had to make. Raises :class:`est_build.problems.ProblemsError`.
    """
    alike = digest(shop.config.read_bytes(), shop.finish.key)
    to.mkdir(parents=True)
    put = _Put(to, shop.old)
    made = 0

    def unknown() -> Iterator[tuple[Page | MarkdownPage, str]]:
        for page in pages:
            key = digest(alike, page_key(page))
            text = shop.cache.get("sida", key)
            if page.path == START or text is None:
                yield page, key
            else:
                put.file(f"{page.path}index.html", text.encode("utf-8"))

    # Hand-written pages ask for pictures by where they stand beside the text.
    pictures = {name: content for name, content in assets.items() if name.endswith(PICTURES)}
    # Beside the site, in the folder of this run: the engine of a run that was killed may still be at work.
    engine = to.with_name("motor")
    left = unknown()
    while some := list(itertools.islice(left, AT_ONCE)):
        stage(shop.build, (page for page, _ in some), pictures, shop.finish)
        run_engine(shop.config, engine, shop.published)
        for page, key in some:
            text = (engine / page.path / "index.html").read_text(encoding="utf-8")
            shop.cache.put("sida", key, text)
            put.file(f"{page.path}index.html", text.encode("utf-8"))
        made += len(some)
    for name, content in assets.items():
        put.file(name, content)
    for file in sorted(engine.rglob("*")):
        name = file.relative_to(engine).as_posix()
        if file.is_file() and name not in put.done:
            put.file(name, file.read_bytes())
    shutil.rmtree(engine)
    return made


class _Put:
    """Puts files in a new folder, as links to those of the old one that have the same bytes."""

    def __init__(self, new: Path, old: Path) -> None:
        self._new, self._old = new, old
        self._folders = {""}
        self.done: set[str] = set()

    def file(self, name: str, content: bytes) -> None:
        self.done.add(name)
        folder = name.rpartition("/")[0]
        if folder not in self._folders:
            (self._new / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        path, old = self._new / name, self._old / name
        with contextlib.suppress(OSError):
            if old.stat().st_size == len(content) and not old.is_symlink() and old.read_bytes() == content:
                os.link(old, path)
                return
        path.write_bytes(content)
