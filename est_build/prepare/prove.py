"""From drafts to releases that may be written: the audit (R8), and the bytes of every file."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from est_build.load.frame import Frame
from est_build.load.span import KINDS, Span
from est_build.prepare.audit import AuditError, Case, Proof, audit
from est_build.prepare.given import what_was_given
from est_build.prepare.release import Draft, PrivateCell
from est_build.prepare.store import Store
from est_build.problems import Place, Problem, ProblemsError
from est_build.problems import catalogue_audit as kinds
from est_build.protect.audit.block import Figures, within
from est_build.protect.audit.nesting import nesting
from est_build.protect.audit.proof import Proofs
from est_build.protect.files import ATTESTATION as ATTESTATION_FILE
from est_build.protect.files import (
    CONFIRMED,
    PARTICIPATION,
    REPORTS,
    WORLDS,
    attestation_file,
    codes_digest,
    confirmed_file,
    geography_digest,
    participation_file,
    reports_file,
    rules_digest,
    sha256,
    worlds_file,
)
from est_build.protect.ladder import Interval
from est_build.protect.plan import geography
from est_build.protect.release import changed_since, read_release, release_folder
from est_build.schema.attestation import Attestation, Audit


@dataclass(frozen=True, slots=True)
class Finished:
    """One release as it will be written."""

    draft: Draft
    """With the cells as they are after the audit."""
    files: dict[str, bytes]


def prove_releases(frame: Frame, store: Store, drafts: Sequence[Draft]) -> list[Finished]:
    """Audit the drafts of a run, municipality by municipality: they share no published table.

    Raises :class:`ProblemsError` if what is published already cannot be read, or gives a box away.
    """
    jobs: list[tuple[Case, list[Draft]]] = []
    for code in dict.fromkeys(draft.municipality for draft in drafts):
        own = sorted((d for d in drafts if d.municipality == code), key=lambda d: KINDS.index(d.span.kind))
        jobs.append((_case(frame, store, code, own), own))
    # The solver works outside the interpreter's lock, so threads do; the answers do not depend on them.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        proven = pool.map(lambda job: _proven(*job), jobs)
        return [release for releases in proven for release in releases]


def _case(frame: Frame, store: Store, code: str, drafts: Sequence[Draft]) -> Case:
    """All that the audit of one municipality needs."""
    block = drafts[-1].span
    if problems := changed_since(frame, code, block):
        raise ProblemsError(problems)
    history = _history(frame, code, block)
    calendar = frame.calendar
    periods = [p.id for p in calendar.periods_in(block)]
    place = geography(frame.areas, code, frame.rules_for(calendar.year(block)))
    nest = nesting(calendar, frame.codes, place, block)
    given = what_was_given(frame, nest, store.reports(periods, [code]))
    current = [
        Figures(d.span, {c.key: c.interval for c in d.cells}, frozenset(), _invited(d)) for d in drafts
    ]
    return Case(frame, code, history, current, given)


def _proven(case: Case, drafts: Sequence[Draft]) -> list[Finished]:
    frame, code = case.frame, case.code
    try:
        audited = audit(case)
    except AuditError as error:
        name = next(m.namn for m in frame.site.kommuner if m.kod == code)
        where = release_folder(frame.root, drafts[-1].span, code).relative_to(frame.root).as_posix()
        raise ProblemsError([Problem(kinds.AUDIT_BLOCKED, Place(where), {"value": name})]) from error
    return [
        _finished(frame, draft, figures, proof)
        for draft, figures, proof in zip(drafts, audited.releases, audited.proofs, strict=True)
    ]


def _history(frame: Frame, code: str, block: Span) -> list[Figures]:
    """What the municipality has published in the block so far."""
    calendar = frame.calendar
    found = {}
    problems: list[Problem] = []
    for span in calendar.spans:
        if within(calendar, span, block) and release_folder(frame.root, span, code).is_dir():
            release, more = read_release(frame, span, code)
            problems += more
            if release is not None:
                found[span.id, code] = release
    if problems:
        raise ProblemsError(problems)
    proofs = Proofs(frame, found)
    return [proofs.figures(*key) for key in found]


def _invited(draft: Draft) -> int:
    return next(s.invited for s in draft.sectors if s.id == "alla")


def _finished(frame: Frame, draft: Draft, figures: Figures, proof: Proof) -> Finished:
    code = draft.municipality
    files = {
        REPORTS: reports_file(list(figures.cells.items())),
        PARTICIPATION: participation_file([(code, s.id, s.invited, s.interval) for s in draft.sectors]),
        WORLDS: worlds_file(proof.worlds),
        CONFIRMED: confirmed_file(figures.confirmed),
    }
    cells = tuple(_audited(cell, figures.cells[cell.key]) for cell in draft.cells)
    files[ATTESTATION_FILE] = attestation_file(_attestation(frame, draft, figures, proof, files))
    return Finished(replace(draft, cells=cells), files)


def _audited(cell: PrivateCell, interval: Interval) -> PrivateCell:
    if cell.interval == interval:
        return cell
    return replace(cell, interval=interval, withheld="granskning")


def _attestation(
    frame: Frame, draft: Draft, figures: Figures, proof: Proof, files: Mapping[str, bytes]
) -> Attestation:
    rules = frame.rules_for(frame.calendar.year(draft.span))
    return Attestation(
        format="1",
        regelverk=rules.regelverk,
        kommun=draft.municipality,
        tid=draft.span.id,
        skydd_sha256=rules_digest(rules),
        kodlista_sha256=codes_digest(frame.codes, frame.calendar.year(draft.span)),
        geografi_sha256=geography_digest(geography(frame.areas, draft.municipality, rules)),
        filer={name: sha256(content) for name, content in sorted(files.items())},
        rader=len(figures.cells),
        visade=sum(interval is not None for interval in figures.cells.values()),
        granskning=Audit(
            resultat="godkand",
            block=draft.span.id,
            rutor=proof.boxes,
            bekraftade=len(figures.confirmed),
            verkligheter=len(proof.worlds),
            inifran=("varje_organisation", "kanda_kallor"),
        ),
    )
