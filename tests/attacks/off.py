"""Each defence, switched off. A test that passes with its defence off shows nothing.

Every function takes a ``monkeypatch`` and makes one rule void, in the real code and nowhere else.
"""

from __future__ import annotations

import importlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from est_build.load.frame import Frame
from est_build.load.span import Span
from est_build.model import published
from est_build.prepare import audit, given, prove, release, run
from est_build.prepare.store import Store
from est_build.protect import release as reading
from est_build.protect import rules, sectors, structure
from est_build.protect.audit import block, outsider, proof, settle
from est_build.protect.audit.nesting import Box
from est_build.protect.rules import Evidence
from est_build.schema.protection import Protection, Thresholds
from est_build.site import build as building

Patch = pytest.MonkeyPatch
Switch = Callable[[Patch], None]
command = importlib.import_module("est_build.cli.audit")
"""The module; its name in the package is the command itself."""


def nothing(_: Patch) -> None:
    """All defences on."""


# ---- R1 and R2 ----------------------------------------------------------------------------------


def thin_areas(patch: Patch) -> None:
    """R1: an area may stand alone however few report there."""
    patch.setattr(run, "thin_areas", lambda *_: [])


def weaker(patch: Patch, **limits: int) -> None:
    """R2: other numbers than a ``skydd.yml`` may have."""
    strong = rules.enough

    def weak(evidence: Evidence, granser: Thresholds, *, sensitive: bool = False) -> bool:
        return strong(evidence, granser.model_copy(update=limits), sensitive=sensitive)

    patch.setattr(rules, "enough", weak)
    patch.setattr(given, "enough", weak)
    if limits.keys() & {"rapporter", "rapporter_kanslig"}:
        closure(patch)
        _any_interval(patch)


def threshold(patch: Patch) -> None:
    """R2: any number of reports is shown, on a ladder of single steps."""
    weaker(patch, rapporter=1, rapporter_kanslig=1, organisationer=1, sektorer=1, utan_storsta=0)
    patch.setattr(rules, "rung", lambda count, _: (count, count))


def organisations(patch: Patch) -> None:
    """R2: one organisation is enough."""
    weaker(patch, organisationer=1, sektorer=1, utan_storsta=0)


def sectors_of_cell(patch: Patch) -> None:
    """R2: one sector is enough."""
    weaker(patch, sektorer=1)


def without_largest(patch: Patch) -> None:
    """R2: one organisation may have given nearly everything."""
    weaker(patch, utan_storsta=0)


def sensitive(patch: Patch) -> None:
    """R2: a sensitive category is like any other."""
    weaker(patch, rapporter_kanslig=5)


def known_sources(patch: Patch) -> None:
    """R2: the reports of the police count like all others."""
    shown, unsafe = rules.shown_interval, given._unsafe

    def every(all_: Evidence, _: Evidence, numbers: Protection, **more: bool) -> Any:
        return shown(all_, all_, numbers, **more)

    def blind(nest: Any, numbers: Protection, reports: Any) -> Any:
        return unsafe(nest, numbers.model_copy(update={"kanda_kallor": ()}), reports)

    patch.setattr(release, "shown_interval", every)
    patch.setattr(given, "_unsafe", blind)


# ---- R3, R4 and R5 ------------------------------------------------------------------------------


def intervals(patch: Patch) -> None:
    """R3: exact counts."""
    shown = rules.shown_interval

    def exact(every: Evidence, without: Evidence, numbers: Protection, **more: bool) -> Any:
        found = shown(every, without, numbers, **more)
        return None if found is None else (every.reports, every.reports)

    patch.setattr(release, "shown_interval", exact)
    _any_interval(patch)


def one_symbol(patch: Patch) -> None:
    """R4: an empty cell says 0, so that what is hidden is not empty."""
    shown = rules.shown_interval

    def noughts(every: Evidence, without: Evidence, numbers: Protection, **more: bool) -> Any:
        return shown(every, without, numbers, **more) if every.reports else (0, 0)

    patch.setattr(release, "shown_interval", noughts)
    _any_interval(patch)
    no_audit(patch)


def answers(patch: Patch) -> None:
    """R5: the exact number of answers."""
    sector = release._sector

    def exact(numbers: Protection, name: str, asked: Any, replied: Any) -> Any:
        return replace(sector(numbers, name, asked, replied), interval=(len(replied), len(replied)))

    patch.setattr(release, "_sector", exact)
    _any_interval(patch)


def merged_sectors(patch: Patch) -> None:
    """R5: a sector of one organisation has a row of its own."""
    patch.setattr(
        release, "merged_sectors", lambda members, order, _: sectors.merged_sectors(members, order, 1)
    )

    def by_sector(frame: Frame, numbers: Protection, *more: Any) -> Any:
        alone = numbers.granser.model_copy(update={"sektor_inbjudna": 1})
        return old(frame, numbers.model_copy(update={"granser": alone}), *more)

    old, merged = release._by_sector, sectors.merged_sectors
    patch.setattr(release, "merged_sectors", lambda members, order, _: merged(members, order, 1))
    patch.setattr(release, "_by_sector", by_sector)


def _any_interval(patch: Patch) -> None:
    """The reader of earlier releases takes whatever stands there."""
    patch.setattr(reading, "on_ladder", lambda *_: True)


# ---- R0 and R6 ----------------------------------------------------------------------------------


def closed_periods(patch: Patch) -> None:
    """R6: a published period may be written again."""

    def every(frame: Frame, span: Span, request: run.PrepareRequest) -> tuple[str, ...]:
        codes = request.municipalities or tuple(m.kod for m in frame.site.kommuner)
        for code in codes:
            shutil.rmtree(reading.release_folder(frame.root, span, code), ignore_errors=True)
        return codes

    patch.setattr(run, "_open_municipalities", every)


def fixed_rules(patch: Patch) -> None:
    """R0: thresholds and ladder may change in the middle of a year."""
    patch.setattr(reading, "_changed_rules", lambda *_: [])
    _any_interval(patch)


def fixed_borders(patch: Patch) -> None:
    """R0: borders may change in the middle of a year."""
    patch.setattr(reading, "_changed_borders", lambda *_: [])


def decomposable_plan(patch: Patch) -> None:
    """R0: any tables may stand in the plan."""
    for module in (structure, reading):
        patch.setattr(module, "plan_fault", lambda _: None)


# ---- R8 -----------------------------------------------------------------------------------------


def no_audit(patch: Patch) -> None:
    """R8: what the rules for single cells let through is published."""

    def unaudited(case: audit.Case) -> audit.Audited:
        proofs = tuple(audit.Proof(0, ({},)) for _ in case.current)
        return audit.Audited(tuple(case.current), proofs, ())

    patch.setattr(prove, "audit", unaudited)


def insiders(patch: Patch) -> None:
    """R8: only those who know nothing besides are thought of."""
    patch.setattr(audit._Audit, "_insiders", lambda _: False)


def closure(patch: Patch) -> None:
    """R8: it is forgotten that a box which must hold something must also reach its threshold."""
    patch.setattr(block, "least", lambda *_: 1)


def linear_audit(patch: Patch) -> None:
    """R8: the solver errs, and finds nothing. (The whole-number worlds are still to be made.)"""
    patch.setattr(settle.Attacker, "exposures", lambda *_, **__: [])


def blind_worlds(patch: Patch) -> None:
    """R8: the whole-number worlds are not asked whether any box is always filled."""
    made = outsider.Imagination.certificate

    def unasking(self: outsider.Imagination) -> outsider.Certificate:
        found = made(self)
        found.exposed.clear()
        return found

    patch.setattr(outsider.Imagination, "certificate", unasking)


def verifier(patch: Patch) -> None:
    """The check of the proofs says yes to everything."""
    patch.setattr(proof, "verify", lambda *_: [])
    patch.setattr(proof.Proofs, "_miscounted", lambda *_: [])


def told_worlds(patch: Patch) -> None:
    """A world is what was really reported, not what could have been."""
    reports = Store.reports
    truth: dict[Any, int] = {}

    def keep(self: Store, *more: Any) -> Any:
        found = reports(self, *more)
        truth.clear()
        for period, area, category in zip(found["period"], found["area"], found["category"], strict=True):
            box = Box("period", period, area or "", category)
            truth[box] = truth.get(box, 0) + 1
        return found

    def told(self: Any) -> Any:
        made = proofs(self)
        return None if made is None else [audit.Proof(p.boxes, (*p.worlds, dict(truth))) for p in made]

    proofs: Callable[[Any], Any] = audit._Audit._proofs
    patch.setattr(Store, "reports", keep)
    patch.setattr(audit._Audit, "_proofs", told)


# ---- the public audit -----------------------------------------------------------------------------


def hashes(patch: Patch) -> None:
    """The attestation's checksums are not compared with the files."""

    def unread(path: Path, *_: str) -> tuple[str, list[Any]]:
        return path.read_bytes().decode("utf-8", errors="replace"), []

    patch.setattr(reading, "_attested", unread)


def history(patch: Patch) -> None:
    """Nobody looks at what stood in the files before."""
    patch.setattr(command, "history_problems", lambda *_: iter(()))


def scanner(patch: Patch) -> None:
    """R9: no text is read before it is published."""
    patch.setattr(building, "refuse_texts", lambda *_: None)


def proven_build(patch: Patch) -> None:
    """The site is built of figures whether they are proven or not."""
    patch.setattr(published, "proof_problems", lambda *_, **__: [])
