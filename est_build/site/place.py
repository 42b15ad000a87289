"""Putting a finished site in its place: the old one stays until the new one is whole."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from est_build.disk import swap
from est_build.disk.lock import locked
from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue_steps as kinds
from est_build.site.engine import MARK

_WORKSHOP = "site-ny"


def refuse_foreign(out: Path) -> None:
    """Raise (EST603) if ``out`` holds something that is not a built site: it must not be replaced."""
    for path in (out, _old(out)):
        if path.exists() and (not path.is_dir() or (any(path.iterdir()) and not (path / MARK).exists())):
            raise ProblemsError([Problem(kinds.OUTPUT_NOT_OURS, Place(path.name), {"value": path.name})])


def recover(out: Path) -> None:
    """Finish what a killed run left: its last good site goes back, what it had half done goes away."""
    with locked(out.parent, wait=True):
        swap.recover(_new(out), out, _old(out))


def swap_in(new: Path, out: Path) -> None:
    """Put ``new`` in the place of ``out``. A break leaves the old site or the new one, whole."""
    out.parent.mkdir(parents=True, exist_ok=True)
    # Another instance may put its site beside this one: for a moment, so it is waited for.
    with locked(out.parent, wait=True):
        swap.recover(_new(out), out, _old(out))
        # First to the same disk: only a rename there happens at once.
        shutil.move(new, _new(out))
        swap.swap(_new(out), out, _old(out))


@contextmanager
def workshop(build: Path) -> Iterator[Path]:
    """A folder of this run alone in ``build``, for the site until it is whole. It goes away afterwards.

    So do those of runs that were killed. (The engine of such a run may still be at work: it writes to its
    own folder, and what it leaves there is for the next run.)
    """
    for left in build.glob(f"{_WORKSHOP}*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=_WORKSHOP, dir=build))
    try:
        yield folder / "site"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _old(out: Path) -> Path:
    return out.with_name(f".{out.name}-gammal")


def _new(out: Path) -> Path:
    return out.with_name(f".{out.name}-ny")
