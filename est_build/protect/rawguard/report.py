"""A finding as a problem that a person can act on: which file, which commit, why, and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from est_build.problems import Place, Problem
from est_build.protect.rawguard.finding import Finding, Said

INCIDENT = "”Om något känsligt ändå har hamnat här” i CONTRIBUTING.md"
"""Where the steps stand when answers have been spread."""

_STAGED = Said(
    "Ta bort det ur filen, eller ta ut filen ur committen med git restore --staged. Det som är svar "
    "hör hemma i en privat mapp utanför git.",
    "Remove it from the file, or take the file out with git restore --staged. Answers belong in a private "
    "folder outside git.",
)
_COMMITTED = Said(
    "Att ta bort filen räcker inte: ta bort committen ur grenen innan du skickar den. Är den redan "
    f"skickad, räkna uppgiften som spridd och följ {INCIDENT}.",
    "Deleting the file is not enough: remove the commit from the branch before you push. If it is already "
    f"pushed, treat the data as spread and follow {INCIDENT}.",
)
_HASH = 10


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file was found. ``commit`` is empty for what is about to be committed."""

    commit: str = ""
    gone: bool = False
    """True if the commit that was checked no longer has the file in this shape."""


def problem(path: str, finding: Finding, origin: Origin) -> Problem:
    """The problem for a file."""
    where, cure = _where(origin), _COMMITTED if origin.commit else _STAGED
    values = {
        "why": finding.why.sv,
        "why_en": finding.why.en,
        "where": where.sv,
        "where_en": where.en,
        "cure": cure.sv,
        "cure_en": cure.en,
    }
    return Problem(finding.kind, Place(shown(path), finding.line), values)


def message_problem(kind: str, sha: str, finding: Finding) -> Problem:
    """The problem for the message of a commit or tag."""
    word = "committen" if kind == "commit" else "taggen"
    return problem(f"meddelandet i {word} {sha[:_HASH]}", finding, Origin(sha))


def shown(path: str) -> str:
    """The path as it may be printed: no control characters, nothing that is not text."""
    text = path.encode("utf-8", errors="replace").decode("utf-8")
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def _where(origin: Origin) -> Said:
    if not origin.commit:
        return Said("", "")
    short = origin.commit[:_HASH]
    if origin.gone:
        return Said(
            f" (commit {short}; borta nu, men kvar i historiken)",
            f" (commit {short}; gone, but kept in history)",
        )
    return Said(f" (commit {short})", f" (commit {short})")
