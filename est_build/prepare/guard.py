"""Answers never enter a git work tree: the first thing that every private command checks."""

from __future__ import annotations

from pathlib import Path

from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue_steps as kinds


def git_root(path: Path) -> Path | None:
    """The git work tree (or bare repository) that holds ``path``, symbolic links followed."""
    resolved = path.resolve()
    for folder in (resolved, *resolved.parents):
        if (folder / ".git").exists():
            return folder
        if (folder / "HEAD").is_file() and (folder / "objects").is_dir():
            return folder
    return None


def refuse_git(path: Path, what: str) -> None:
    """Raise :class:`ProblemsError` (EST501) if ``path`` is inside a git work tree.

    Both the path as given and what it points at are checked: a link inside a repository to a
    file outside it would be committed with its name.
    """
    for candidate in (path.absolute(), path.resolve()):
        root = git_root(candidate) or _git_above(candidate)
        if root is not None:
            place = Place(path.name)
            raise ProblemsError(
                [Problem(kinds.INPUT_IN_GIT, place, {"what": what, "value": root.name or "/"})]
            )


def _git_above(path: Path) -> Path | None:
    """As :func:`git_root` without following links."""
    for folder in (path, *path.parents):
        if (folder / ".git").exists():
            return folder
    return None
