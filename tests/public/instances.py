"""Copies of the example for a test to break: the whole of it, or a slim one that loads in a blink."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path

from est_build.load.codebook import CodeBook, codebook
from est_build.model.published import Published, load_published
from est_build.problems import Problem, ProblemsError
from est_build.problems.render import as_text

from .proving import reprove

KEPT = ("2026-v37-38", "2026-v43-44", "2026-v45-46", "2026-kv3", "2025")
"""The spans of the slim example with figures. Two of its pages have been corrected."""
TEXT_ONLY = "2025-kv3"
MARK = "§"
"""Stands in a new text where the fault is expected to be told."""


def copy(source: Path, target: Path) -> Path:
    """A copy of an instance (``data``, ``content``, ``mkdocs.yml``) that may be changed freely."""
    target.mkdir(parents=True, exist_ok=True)
    for name in ("data", "content"):
        # Without the ledger: it would stop every test that takes something away.
        shutil.copytree(source / name, target / name, ignore=shutil.ignore_patterns("liggare.csv"))
    shutil.copy(source / "mkdocs.yml", target / "mkdocs.yml")
    return target


def slim(source: Path, target: Path) -> Path:
    """The example with two fortnights, a quarter and a year; all its texts about actions and issues."""
    copy(source, target)
    for folder in ("perioder", "kvartal", "ar"):
        for path in (target / "data" / folder).iterdir():
            if path.name not in (*KEPT, TEXT_ONLY):
                shutil.rmtree(path)
    for path in (target / "data" / "kvartal" / TEXT_ONLY).iterdir():
        if path.is_dir():
            shutil.rmtree(path)
    reprove(target / "data")
    return target


def linked(source: Path, target: Path) -> Path:
    """A copy by hard links: fast. :func:`write` cuts the link before it changes a file."""
    shutil.copytree(source, target, copy_function=os.link)
    return target


def write(path: Path, content: str | bytes) -> None:
    """New content in a new file, so that a hard-linked original stays as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


def edit(path: Path, old: str, new: str) -> tuple[int, int] | None:
    """Replace the only ``old`` by ``new``. Returns line and column of the mark in ``new``, if it has one."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path.name}: {text.count(old)} of {old!r}"
    text = text.replace(old, new)
    place = None
    if MARK in new:
        before = text[: text.index(MARK)]
        place = before.count("\n") + 1, len(before) - before.rfind("\n")
        text = text.replace(MARK, "")
    write(path, text)
    return place


def attest(folder: Path) -> None:
    """Make the attestation of a release true again after its files have been changed."""
    path = folder / "intyg.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    for name in data["filer"]:
        data["filer"][name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    rows = (folder / "rapporter.csv").read_text(encoding="utf-8").splitlines()[1:]
    data["rader"] = len(rows)
    data["visade"] = sum(not row.endswith(",,") for row in rows)
    write(path, json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def load(data: Path) -> tuple[Published | None, tuple[Problem, ...]]:
    """What loading gives. Anything but a :class:`ProblemsError` is a failed test by itself."""
    try:
        return load_published(data), ()
    except ProblemsError as error:
        assert error.problems
        return None, error.problems


def faults(data: Path) -> tuple[Problem, ...]:
    """The problems of a folder that must have some."""
    published, problems = load(data)
    assert published is None, "nothing was told"
    return problems


def the_fault(data: Path, code: str) -> Problem:
    """The only problem of a folder; it has ``code``."""
    problems = faults(data)
    assert [p.code for p in problems] == [code], as_text(problems)
    return problems[0]


def packaged() -> CodeBook:
    """The code lists without any instance's changes."""
    return codebook(None)
