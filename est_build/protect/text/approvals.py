"""``content/godkannanden.yml``: what two roles have read and let stand.

::

    format: "1"
    godkannanden:
      - fil: atgarder/2026-017.yml
        uttryck: kameror
        godkant_av: [trygghetssamordnare, kommunpolis]
        datum: 2026-11-18
        skal: Kamerorna är skyltade och beslutade i nämnden.

A row holds for one expression in one file. It never lifts a hard finding, with one narrow exception: on
pages of ``content/`` a number that explains the rules (EST420), the address of an office (EST415) and the
account of a public body (EST419) can be allowed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from est_build.load.frame import read_record
from est_build.load.tree import Tree
from est_build.problems import Kind, Place, Problem
from est_build.problems import catalogue_text as kinds
from est_build.protect.text.finding import Finding
from est_build.schema.base import IsoDate, Line, Record

FILE = "godkannanden.yml"
_ANYWHERE = {kinds.WORD_SIGN_OFF, kinds.NAME, kinds.DETAIL, kinds.EVENTS, kinds.HIDDEN}
_ON_PAGES = {kinds.COUNT, kinds.STREET, kinds.ACCOUNT}


class Approval(Record):
    """One expression in one file that may stay."""

    fil: Line
    """As messages name it, for example ``atgarder/2026-017.yml`` or ``content/metod.md``."""
    uttryck: Line
    """Exactly what the message quotes or the text says."""
    godkant_av: Annotated[tuple[Line, ...], Field(min_length=1)]
    """At least two different roles, never persons."""
    datum: IsoDate
    skal: Line


class Approvals(Record):
    """The whole of ``godkannanden.yml``."""

    format: Literal["1"]
    godkannanden: tuple[Approval, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with the file that it stands in and the problem that it is unless approved."""

    file: str
    finding: Finding
    problem: Problem


def approved(found: Iterable[Found], content: Path) -> list[Problem]:
    """The problems that no approval lifts, and a problem for every approval that lifts nothing."""
    found = list(found)
    approvals, tree, problems = _read(content)
    lifted: set[int] = set()
    for n, approval in enumerate(approvals):
        same = [i for i, f in enumerate(found) if f.file == approval.fil and _is(approval, f.finding)]
        may = [i for i in same if _may_be_lifted(found[i].finding.kind, approval.fil)]
        two = len({_plain(role) for role in approval.godkant_av}) > 1
        if may and two:
            lifted |= set(may)
            continue
        why = "två olika roller ska ha godkänt" if may else "uttrycket finns inte där, eller behöver inget"
        if same and not may:
            why = "det här får aldrig publiceras, vem som än godkänner"
        place = tree.place(("godkannanden", n)) if tree is not None else Place(f"content/{FILE}")
        values = {"value": approval.uttryck if not same or may else "…", "file": approval.fil, "why": why}
        problems.append(Problem(kinds.APPROVAL_UNUSED, place, values))
    return [f.problem for i, f in enumerate(found) if i not in lifted] + problems


def counts_in_approvals(finding: Finding, key: str) -> bool:
    """Whether a finding in ``godkannanden.yml`` itself counts: it quotes what it lets stand, but no more."""
    if key == "uttryck":
        return finding.kind.severity == "fel" and finding.kind not in _ON_PAGES
    return finding.kind.severity == "fel" or finding.kind is kinds.NAME


def _read(content: Path) -> tuple[tuple[Approval, ...], Tree | None, list[Problem]]:
    path = content / FILE
    if not path.is_file():
        return (), None, []
    record, tree, problems = read_record(path, f"content/{FILE}", Approvals)
    return (() if record is None else record.godkannanden), tree, problems


def _may_be_lifted(kind: Kind, file: str) -> bool:
    return kind in _ANYWHERE or (kind in _ON_PAGES and file.startswith("content/"))


def _is(approval: Approval, finding: Finding) -> bool:
    wanted = _plain(approval.uttryck)
    return wanted in {_plain(finding.quote), _plain(finding.values.get("value", ""))}


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold().strip('.,;:"”')
