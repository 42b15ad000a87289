"""Building again while somebody looks at the site, each time a file of the instance has been changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from est_build.cli.console import in_language, note, say, show
from est_build.problems import ProblemsError

WATCHED: Final = ("data", "content")
CHANGES: Final = frozenset({"created", "modified", "moved", "deleted"})
"""What is a change; that somebody opens a file to read it is none."""
QUIET: Final = 0.15
"""Seconds without a change before a build begins: an editor writes a file in several steps."""


@contextmanager
def rebuilding(root: Path, out: Path, lang: str) -> Iterator[None]:
    """Build ``root`` into ``out`` whenever something under ``data/`` or ``content/`` changes.

    A folder without data is looked at and never built. What stops a build is told, and the last good site
    stays.
    """
    if not (root / "data").is_dir():
        yield
        return
    builder = _Builder(root, out, lang)
    observer = Observer()
    for name in WATCHED:
        if (root / name).is_dir():
            observer.schedule(builder, str(root / name), recursive=True)
    worker = threading.Thread(target=builder.work, daemon=True)
    observer.start()
    worker.start()
    try:
        yield
    finally:
        observer.stop()
        observer.join()
        builder.stop()
        worker.join()


class _Builder(FileSystemEventHandler):
    """Waits for changes and builds, one build at a time."""

    def __init__(self, root: Path, out: Path, lang: str) -> None:
        self._root, self._out, self._lang = root, out, lang
        self._changed = threading.Event()
        self._over = threading.Event()

    def dispatch(self, event: FileSystemEvent) -> None:
        """Told of whatever happens to a file."""
        if event.event_type in CHANGES and not Path(str(event.src_path)).name.startswith("."):
            self._changed.set()

    def stop(self) -> None:
        """End the work after the build that is going on."""
        self._over.set()
        self._changed.set()

    def work(self) -> None:
        """Build after each change until stopped."""
        while True:
            self._changed.wait()
            while self._changed.is_set() and not self._over.is_set():
                self._changed.clear()
                time.sleep(QUIET)
            if self._over.is_set():
                return
            self._build()

    def _build(self) -> None:
        from est_build.site.build import build_site

        start = time.perf_counter()
        try:
            built = build_site(self._root, self._out)
        except ProblemsError as error:
            show(error.problems, self._lang, "text")
            sv, en = "Den förra sajten visas fortfarande.", "The last good site is still shown."
            note(in_language(self._lang, sv, en))
            return
        seconds = f"{time.perf_counter() - start:.1f}"
        sv = f"Byggd igen på {seconds.replace('.', ',')} s, {built.made} nya sidor. Ladda om sidan."
        en = f"Built again in {seconds} s, {built.made} new pages. Reload the page."
        say(in_language(self._lang, sv, en))
