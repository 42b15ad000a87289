"""A folder since a commit or a branch: what has changed in it, and how it was."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Sequence
from pathlib import Path

from est_build.cli.guard_git import CannotRunError, Git
from est_build.problems import catalogue_guard as kinds


def fork_of(git: Git, base: str) -> str:
    """The commit where the branch left ``base``; ``base`` itself if they have no commit in common.

    Raises :class:`CannotRunError` if ``base`` is unknown.
    """
    tip = git.object(base)
    if tip is None:
        raise CannotRunError(kinds.REF_UNKNOWN, value=base)
    fork = git.ask("merge-base", tip, "HEAD")
    return fork.decode("ascii").strip() if fork else tip


def changed_files(root: Path, base: str) -> frozenset[str]:
    """Paths from ``root`` of files that are new or changed since the branch left ``base``.

    Raises :class:`CannotRunError`: no git, no repository, ``base`` unknown.
    """
    git = Git(root)
    how = ("diff", "--name-only", "--no-renames", "--diff-filter=d", "--relative", "-z")
    listed = git.run(*how, fork_of(git, base), "--", ".")
    listed += git.run("ls-files", "--others", "--exclude-standard", "-z")
    return frozenset(name.decode("utf-8", errors="replace") for name in listed.split(b"\0") if name)


def put_back(root: Path, base: str, names: Sequence[str], target: Path) -> str:
    """Write what ``root`` held of ``names`` (folders, files) where the branch left ``base`` into ``target``.

    Returns the commit. A name that did not exist then is left out. Raises as :func:`changed_files`.
    """
    here = Git(root)
    fork = fork_of(here, base)
    prefix = here.run("rev-parse", "--show-prefix").decode("utf-8").rstrip("\n")
    # From the top: in a folder git would look for that folder in the tree once more.
    git, tree = Git(here.path("--show-toplevel")), f"{fork}:{prefix}"
    had = git.ask("ls-tree", "--name-only", "-z", tree) or b""
    there = [name for name in names if name.encode("utf-8") in had.split(b"\0")]
    if there:
        # The settings of this machine (line endings, filters) are no part of what was committed.
        packed = git.run("-c", "core.autocrlf=false", "archive", "--format=tar", tree, "--", *there)
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            _unpack(archive, target)
    return fork


def _unpack(archive: tarfile.TarFile, target: Path) -> None:
    """Write the files of an archive; nothing but plain files, and none outside ``target``.

    (The filters of ``tarfile`` are not there in the first Pythons of 3.11.)
    """
    for member in archive:
        content = archive.extractfile(member) if member.isfile() else None
        path = target / member.name
        if content is None or not path.resolve().is_relative_to(target.resolve()):
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.read())
