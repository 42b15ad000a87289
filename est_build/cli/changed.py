"""What has changed in a folder since a commit or a branch, saved or not."""

from __future__ import annotations

from pathlib import Path

from est_build.cli.guard_git import CannotRunError, Git
from est_build.problems import catalogue_guard as kinds


def changed_files(root: Path, base: str) -> frozenset[str]:
    """Paths from ``root`` of files that are new or changed since the branch left ``base``.

    Raises :class:`CannotRunError`: no git, no repository, ``base`` unknown.
    """
    git = Git(root)
    tip = git.object(base)
    if tip is None:
        raise CannotRunError(kinds.REF_UNKNOWN, value=base)
    fork = git.ask("merge-base", tip, "HEAD")
    start = fork.decode("ascii").strip() if fork else tip
    how = ("diff", "--name-only", "--no-renames", "--diff-filter=d", "--relative", "-z", start, "--", ".")
    listed = git.run(*how) + git.run("ls-files", "--others", "--exclude-standard", "-z")
    return frozenset(name.decode("utf-8", errors="replace") for name in listed.split(b"\0") if name)
