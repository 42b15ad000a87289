"""The hand-written pages of the example, for an instance with other municipalities, areas and categories."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

ITS_OWN = ("andringar.yml", "omradestexter.yml", "platser.yml")
"""Lists that tell of the municipalities, areas and categories of the example: no other instance has them."""
_MAILBOX = re.compile(r"[\w.-]+@[\w.-]+\.example")


def lend_pages(source: Path, root: Path) -> None:
    """Copy ``content/`` and ``mkdocs.yml`` from ``source`` to ``root``, so that ``root`` can be built."""
    shutil.copy(source / "mkdocs.yml", root)
    shutil.copytree(source / "content", root / "content", ignore=shutil.ignore_patterns(*ITS_OWN))
    for page in (root / "content").rglob("*.md"):
        # They name the example's mailboxes: to another instance those are somebody's own.
        text = page.read_text(encoding="utf-8")
        page.write_text(_MAILBOX.sub("prov@prov.example", text), encoding="utf-8")
