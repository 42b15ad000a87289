"""``/handbok/fel/``: every message of the tool, why it comes, what to do, and an example."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from est_build.pages import addresses
from est_build.pages.context import Context, render
from est_build.pages.page import Page
from est_build.problems import Kind, Place, Problem
from est_build.problems.all_kinds import all_kinds
from est_build.problems.explain import every

_PARTS = (
    ("1", "Filen går inte att läsa"),
    ("2", "Ett värde är fel"),
    ("3", "Filerna säger emot varandra"),
    ("41", "Texten kan peka ut någon"),
    ("42", "Texten kan peka ut någon"),
    ("43", "Vakten mot råa svar"),
    ("44", "Vakten mot råa svar"),
    ("45", "Granskningen av det publicerade"),
    ("46", "Granskningen av det publicerade"),
    ("40", "Publicerade filer"),
    ("5", "Att ta fram en period"),
    ("6", "Bygget och kommandona"),
)
"""How the codes begin, and what they are about."""
_WORDS = {"fel": "Fel", "varning": "Varning", "not": "Att tänka på"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One code as it stands on the page."""

    anchor: str
    code: str
    severity: str
    message: str
    """As somebody met it, with the values of the example."""
    cause: str
    cure: str
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Part:
    """The codes that are about one thing."""

    title: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class FaultsPage:
    """All codes, in order."""

    parts: tuple[Part, ...]
    count: int


def faults_pages(context: Context) -> list[Page]:
    """The page of all codes. It is the same for every instance."""
    kinds = all_kinds()
    html = render("faults.html.j2", FaultsPage(tuple(_parts(kinds.values())), len(kinds)))
    words = "Alla felkoder, varför felen uppstår, vad du gör åt dem och exempel."
    return [Page(addresses.path(addresses.FAULTS), "Fel och råd", words, "metod", html, kind="Handbok")]


@dataclass(frozen=True, slots=True)
class FaultPiece:
    """One code on another page, with the way to where all stand."""

    fault: Fault
    address: str


def fault_piece(code: str) -> Markup:
    """What a code means, to stand in another page (``KeyError`` for a code that there is not)."""
    kind = all_kinds()[code]
    return render("fault_piece.html.j2", FaultPiece(_fault(kind), kind.address))


def _parts(kinds: Iterable[Kind]) -> Iterable[Part]:
    found: dict[str, list[Fault]] = {}
    for kind in kinds:
        digits = kind.code.removeprefix("EST")
        title = next(words for start, words in _PARTS if digits.startswith(start))
        found.setdefault(title, []).append(_fault(kind))
    return (Part(title, tuple(faults)) for title, faults in found.items())


def _fault(kind: Kind) -> Fault:
    told = every()[kind.code]
    problem = Problem(kind, Place(""), dict(told.values))
    return Fault(
        anchor=kind.code.lower(),
        code=kind.code,
        severity=_WORDS[kind.severity],
        message=problem.message(),
        cause=told.cause_sv,
        cure=problem.cure(),
        wrong=told.wrong,
        right=told.right,
    )
