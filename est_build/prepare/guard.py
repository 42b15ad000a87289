"""Answers never enter a git work tree, and what was public is not made again: what git has to say."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue_steps as kinds


def git_root(path: Path) -> Path | None:
    """The git work tree (or bare repository) that holds ``path``, symbolic links followed."""
    return _above(Path(os.path.realpath(path)))


def _above(path: Path) -> Path | None:
    for folder in (path, *path.parents):
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
    # ``..`` is folded away first: ``../privat/x`` written inside a repository is outside it.
    as_given = Path(os.path.normpath(path.absolute()))
    root = _above(as_given) or git_root(path)
    if root is not None:
        values = {"what": what, "value": root.name or "/"}
        raise ProblemsError([Problem(kinds.INPUT_IN_GIT, Place(path.name), values)])


def refuse_published(path: Path, data: Path, what: str) -> None:
    """Raise :class:`ProblemsError` (EST502) if ``path`` is inside the folder that is published.

    A copy of an instance need not be a git tree (yet): what lies in ``data`` is public all the same.
    """
    inside = Path(os.path.realpath(path)).is_relative_to(os.path.realpath(data))
    as_given = Path(os.path.normpath(path.absolute()))
    if inside or as_given.is_relative_to(os.path.normpath(data.absolute())):
        values = {"what": what, "value": data.resolve().name}
        raise ProblemsError([Problem(kinds.INPUT_IN_DATA, Place(path.name), values)])


def in_history(root: Path, folder: Path) -> bool:
    """True if a commit of the repository that holds ``root`` has had something in ``folder``.

    False where there is no repository, or no git: then nothing is known.
    """
    if git_root(root) is None:
        return False
    name = folder.relative_to(root).as_posix()
    command = ("git", "log", "--all", "--max-count=1", "--format=%H", "--", name)
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, check=False)
    except FileNotFoundError:
        return False
    return done.returncode == 0 and bool(done.stdout.strip())
