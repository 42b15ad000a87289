"""Proofs that are checked in shares: a receipt says what was found for some of the municipalities.

The proof of a release looks at what its own municipality has published, and at the frame. A receipt names
both by a digest, so that it holds for these very files and no others.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from est_build.load.frame import RULES_FOLDER, Frame
from est_build.load.json_file import read_json
from est_build.load.validate import validate
from est_build.problems import Kind, Place, Problem, ProblemsError
from est_build.problems import catalogue_audit as audits
from est_build.problems import catalogue_site as kinds
from est_build.protect.audit.proof import Proofs, Releases
from est_build.protect.release import release_folder
from est_build.schema.base import Record

_FRAME = ("webbplats.yml", "skydd.yml", "kodlistor.yml", "kalender.csv", "omraden.geojson")
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Fault(Record):
    """A proof that does not hold."""

    tid: str
    kommun: str
    fil: str
    varfor: str


class Receipt(Record):
    """What the check of some municipalities' proofs found."""

    format: Literal["1"]
    kommuner: dict[str, Digest]
    """Code -> digest of the files that were looked at."""
    fel: list[Fault]


def receipt_of(frame: Frame, releases: Releases, towns: Sequence[str]) -> Receipt:
    """Check every proof of some municipalities."""
    proofs = Proofs(frame, releases)
    faults = [
        Fault(tid=span, kommun=code, fil=problem.place.file, varfor=str(problem.values["why"]))
        for (span, code), release in releases.items()
        if code in towns
        for problem in proofs.problems(release)
    ]
    return Receipt(format="1", kommuner={code: _digest(frame, releases, code) for code in towns}, fel=faults)


def receipt_file(receipt: Receipt) -> bytes:
    """The bytes of a receipt."""
    text = json.dumps(receipt.model_dump(), ensure_ascii=False, indent=1, sort_keys=True)
    return (text + "\n").encode("utf-8")


def read_receipt(path: Path) -> Receipt:
    """Read a receipt. Raises :class:`ProblemsError` with all that is wrong in it."""
    tree, problems = read_json(path, path.name)
    receipt, more = (None, []) if tree is None else validate(Receipt, tree)
    if receipt is None or problems or more:
        raise ProblemsError([*problems, *more])
    return receipt


def proofs_in_shares(frame: Frame, releases: Releases, receipts: Iterable[Receipt]) -> list[Problem]:
    """What the receipts say, in the order in which one run would have said it.

    Raises :class:`ProblemsError`: EST647 if a municipality is in no receipt or in two, EST646 if a receipt
    was written for other files.
    """
    told: dict[tuple[str, str], list[Problem]] = {}
    digests: dict[str, str] = {}
    wrong: list[Problem] = []
    for receipt in receipts:
        for code, digest in receipt.kommuner.items():
            if code in digests:
                wrong.append(_wrong(kinds.PART_MISSING, code, "kommunen finns i två kvitton"))
            digests[code] = digest
        for fault in receipt.fel:
            problem = Problem(audits.PROOF_FAILED, Place(fault.fil), {"why": fault.varfor})
            told.setdefault((fault.tid, fault.kommun), []).append(problem)
    known = [m.kod for m in frame.site.kommuner]
    for code in known:
        if code not in digests:
            wrong.append(_wrong(kinds.PART_MISSING, code, "inget kvitto gäller kommunen"))
        elif digests[code] != _digest(frame, releases, code):
            wrong.append(_wrong(kinds.PART_DIFFERS, code, "kvittot gäller andra filer"))
    wrong += [
        _wrong(kinds.PART_DIFFERS, code, "kommunen finns inte här") for code in digests if code not in known
    ]
    if wrong:
        raise ProblemsError(wrong)
    return [problem for key in releases for problem in told.get(key, ())]


def _wrong(kind: Kind, code: str, why: str) -> Problem:
    return Problem(kind, Place(code), {"why": why})


def _digest(frame: Frame, releases: Releases, code: str) -> str:
    """One number for all that the proofs of a municipality depend on."""
    root = frame.root
    paths = [root / name for name in _FRAME] + sorted((root / RULES_FOLDER).glob("*.yml"))
    for (_, town), release in releases.items():
        if town == code:
            paths += sorted(release_folder(root, release.span, code).iterdir())
    digest = hashlib.sha256()
    for path in paths:
        if path.is_file():
            name = path.relative_to(root).as_posix()
            digest.update(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()
