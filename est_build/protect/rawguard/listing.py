"""What git lists, as values: pure parsing of its NUL-separated output."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

NO_OBJECT = frozenset({"0" * 40, "0" * 64})
"""How git writes "none" in place of an object."""
LINK, SUBMODULE = "120000", "160000"
"""Modes of what is no ordinary file."""


@dataclass(frozen=True, slots=True)
class Change:
    """A file as it became in one commit (or in what is about to be committed: ``commit`` empty)."""

    path: str
    mode: str
    sha: str
    commit: str = ""

    @property
    def is_submodule(self) -> bool:
        """True for another repository: only its id is known here."""
        return self.mode == SUBMODULE


@dataclass(frozen=True, slots=True)
class Push:
    """One line that git gives to a pre-push hook."""

    local: str
    remote: str

    @property
    def deletes(self) -> bool:
        """True when a branch or tag is taken away: nothing is sent."""
        return self.local in NO_OBJECT


def changes(raw: bytes) -> Iterator[Change]:
    """The output of ``git diff-tree --stdin -r -z`` or ``git diff-index -z``; deletions are left out."""
    commit = ""
    parts = iter(raw.split(b"\0"))
    for part in parts:
        if not part.startswith(b":"):
            commit = part.decode("ascii", errors="replace").strip() or commit
            continue
        _, mode, _, sha, status = part.decode("ascii").split(" ")
        path = next(parts, b"").decode("utf-8", errors="surrogateescape")
        if not status.startswith("D") and sha not in NO_OBJECT:
            yield Change(path, mode, sha, commit)


def tree(raw: bytes) -> set[tuple[str, str]]:
    """Path and object of every file that ``git ls-tree -r -z`` lists."""
    found = set()
    for line in raw.split(b"\0"):
        about, tab, path = line.partition(b"\t")
        if tab:
            found.add((path.decode("utf-8", errors="surrogateescape"), about.decode("ascii").split(" ")[2]))
    return found


def pushes(text: str) -> list[Push]:
    """What git tells a pre-push hook: ``<local ref> <local id> <remote ref> <remote id>`` on each line."""
    fields = [line.split() for line in text.splitlines()]
    return [Push(f[1], f[3]) for f in fields if len(f) == 4]


def first_seen(found: Iterable[Change], new: set[str], come_back: Container[tuple[str, str]]) -> list[Change]:
    """Each new content of each path once, with the oldest commit that has it.

    ``found`` is in the order of history. ``come_back``: path and object of files that the head has and the
    base has not; their content may be an old one under a new name.
    """
    seen: dict[tuple[str, str, str], Change] = {}
    for change in found:
        if change.sha in new or change.is_submodule or (change.path, change.sha) in come_back:
            seen.setdefault((change.path, change.sha, change.mode), change)
    return list(seen.values())
