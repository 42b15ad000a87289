"""Putting a finished site in its place: the old one stays until the new one is whole."""

from __future__ import annotations

import shutil
from pathlib import Path

from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue_steps as kinds
from est_build.site.engine import MARK


def refuse_foreign(out: Path) -> None:
    """Raise (EST603) if ``out`` holds something that is not a built site: it must not be replaced."""
    for path in (out, _old(out)):
        if path.exists() and (not path.is_dir() or (any(path.iterdir()) and not (path / MARK).exists())):
            raise ProblemsError([Problem(kinds.OUTPUT_NOT_OURS, Place(path.name), {"value": path.name})])


def recover(out: Path) -> None:
    """Finish what a killed run left: its last good site goes back, what it had half done goes away."""
    old, new = _old(out), _new(out)
    if new.exists():
        shutil.rmtree(new)
    if old.exists():
        if out.exists():
            shutil.rmtree(old)
        else:
            old.replace(out)


def swap_in(new: Path, out: Path) -> None:
    """Put ``new`` in the place of ``out``. A break leaves the old site or the new one, whole."""
    recover(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    # First to the same disk: only a rename there happens at once.
    shutil.move(new, _new(out))
    if out.exists():
        out.replace(_old(out))
    _new(out).replace(out)
    shutil.rmtree(_old(out), ignore_errors=True)


def _old(out: Path) -> Path:
    return out.with_name(f".{out.name}-gammal")


def _new(out: Path) -> Path:
    return out.with_name(f".{out.name}-ny")
