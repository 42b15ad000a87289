"""The private audit (R8): everything published in the block, against what is really there.

For every unsafe, non-empty box the smallest value that fits all published intervals must be 0; then
the same with each organisation's own reports known, and those of the known sources together. A
release that fails is repaired by hiding the lowest of its own cells that carries the proof of
exposure. Earlier releases are never touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from est_build.load.frame import Frame
from est_build.load.span import Span
from est_build.prepare.given import KNOWN_SOURCES, Given, Report
from est_build.protect.audit.axes import build_axes
from est_build.protect.audit.block import Block, Figures, block_of, least_of
from est_build.protect.audit.coarse import coarse_of
from est_build.protect.audit.lattice import BoxSet, Lattice, box_set
from est_build.protect.audit.nesting import Box, box_of
from est_build.protect.audit.outsider import Imagination
from est_build.protect.audit.repair import carrier, release
from est_build.protect.audit.settle import Attacker, Exposure, Others, boxes_to_settle
from est_build.protect.audit.system import InfeasibleError
from est_build.protect.audit.universe import Known, build_universe
from est_build.protect.audit.worlds import World
from est_build.protect.plan import CellKey


@dataclass(frozen=True, slots=True)
class Proof:
    """What makes a release safe to publish."""

    boxes: int
    """Boxes that hold no shown and no confirmed cell: each is empty in one of the worlds."""
    worlds: tuple[World, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """What is audited: the current releases of a municipality, the shortest first, on top of history."""

    frame: Frame
    code: str
    history: Sequence[Figures]
    current: Sequence[Figures]
    given: Given
    """The reports of the longest current span."""


@dataclass(frozen=True, slots=True)
class Audited:
    """The releases as they may be published, with a proof each, and what the repair has hidden."""

    releases: tuple[Figures, ...]
    proofs: tuple[Proof, ...]
    hidden: tuple[tuple[Span, CellKey], ...]


class AuditError(Exception):
    """The audit cannot be passed by hiding cells of the current releases."""


def audit(case: Case) -> Audited:
    """Audit the current releases of one municipality.

    Raises :class:`AuditError` if nothing of what is to be published carries an exposure.
    """
    return _Audit(case).run()


class _Audit:
    """One audit, with what has been hidden and confirmed so far."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.releases = list(case.current)
        self.hidden: list[tuple[Span, CellKey]] = []
        self._stopped: set[str] = set()
        """Insiders who cannot tell anything, as long as no more is confirmed than was then."""
        self._passed: frozenset[Box] = frozenset()
        """What was confirmed then."""
        self._whole: list[frozenset[Box]] = [frozenset() for _ in case.current]
        """Boxes of each release that only whole numbers confirm."""

    def run(self) -> Audited:
        while True:
            self._outsiders()
            if self._insiders():
                continue
            proofs = self._proofs()
            if proofs is not None:
                return Audited(tuple(self.releases), tuple(proofs), tuple(self.hidden))

    def _block(self, number: int) -> Block:
        releases = [*self.case.history, *self.releases]
        return block_of(self.case.frame, self.case.code, self.releases[number].span, releases)

    def _lattice(self, block: Block) -> Lattice:
        axes = build_axes(block.nest, block.collected)
        return Lattice(build_universe(axes, _known(block)))

    def _outsiders(self) -> None:
        """Repair until whoever reads everything can tell nothing of an unsafe box.

        A box that is always filled hides nothing from anybody. If it is safe under R2 that is no harm,
        but everybody who knows the rules then knows that it reaches its threshold: it is confirmed,
        and is a bound from then on. So this goes on until nothing more follows.
        """
        for number, confirmed in enumerate(self._whole):
            self.releases[number] = replace(self.releases[number], confirmed=confirmed)
        number = 0
        while number < len(self.releases):
            block = self._block(number)
            lattice = self._lattice(block)
            asked = boxes_to_settle(lattice, block.nest, _known(block))
            exposed = Attacker(lattice, block.nest).exposures(_Small(block, lattice).unsettled(asked))
            number = self._handle(number, block, lattice, exposed)

    def _handle(self, number: int, block: Block, lattice: Lattice, exposed: Sequence[Exposure]) -> int:
        """Confirm or repair; returns the number of the release to look at next."""
        if not exposed:
            return number + 1
        unsafe = [e for e in exposed if e.box in self.case.given.unsafe]
        if not unsafe:
            self._confirm(number, (e.box for e in exposed))
            return number
        for exposure in unsafe:
            self._hide(self._carrier(lattice, block, exposure))
        # What was confirmed with the hidden cell may not be so without it: begin again.
        for shorter in range(number + 1):
            self.releases[shorter] = replace(self.releases[shorter], confirmed=frozenset())
        return 0

    def _confirm(self, number: int, boxes: Iterable[Box]) -> None:
        old = self.releases[number]
        self.releases[number] = replace(old, confirmed=old.confirmed | frozenset(boxes))

    def _insiders(self) -> bool:
        """Stop every organisation, and the known sources. True if something had to be hidden.

        Hiding only loosens what fits, so an attacker who has been stopped stays stopped.
        """
        block = self._block(len(self.releases) - 1)
        confirmed = frozenset(block.confirmed)
        if not confirmed <= self._passed:
            self._stopped.clear()
        self._passed = confirmed
        lattice = self._lattice(block)
        small, attacker = _Small(block, lattice), Attacker(lattice, block.nest)
        given = self.case.given
        unsafe = box_set(lattice.axes, given.unsafe)
        for name, own in given.attackers.items():
            if name in self._stopped:
                continue
            mine = given.mine(own)
            # What the attacker alone has filled holds nothing that is unknown to him.
            alone = (box for box, count in mine.items() if given.unsafe.get(box) == count)
            others = self._others(block, name)
            left = small.unsettled(unsafe - box_set(lattice.axes, alone), own, mine, others)
            before = len(self.hidden)
            columns = given.own(lattice.universe, own)
            while exposed := attacker.exposures(left, columns, others=others, most=1) if len(left) else []:
                box = self._carrier(lattice, block, exposed[0])
                self._hide(box)
                release(lattice.universe, attacker.solver, box)
            self._stopped.add(name)
            if len(self.hidden) > before:
                return True
        return False

    def _others(self, block: Block, name: str) -> Others:
        """What R2 tells an attacker of every shown cell: without the known sources it meets all
        thresholds, and without any one organisation so many reports, and organisations, are left.
        """
        limits = self.case.frame.rules_for(int(block.nest.year)).granser
        if name == KNOWN_SOURCES:
            return lambda category: least_of(category in block.nest.sensitive, limits)
        return lambda _: max(limits.utan_storsta, limits.organisationer - 1)

    def _proofs(self) -> list[Proof] | None:
        """The worlds of each release; ``None`` if whole numbers expose more than fractions do."""
        proofs = []
        for number in range(len(self.releases)):
            block = self._block(number)
            lattice = self._lattice(block)
            certificate = Imagination(lattice, block.nest, _known(block)).certificate()
            unsafe = [e for e in certificate.exposed if e.box in self.case.given.unsafe]
            for exposure in unsafe:
                self._hide(self._carrier(lattice, block, exposure))
            if certificate.exposed:
                if not unsafe:
                    self._whole[number] |= frozenset(e.box for e in certificate.exposed)
                return None
            proofs.append(Proof(certificate.boxes, tuple(certificate.worlds)))
        return proofs

    def _carrier(self, lattice: Lattice, block: Block, exposure: Exposure) -> Box:
        box = carrier(lattice.universe, block.nest, exposure, self._shown())
        if box is None:
            raise AuditError(f"{exposure.box}: nothing of the current releases carries the proof")
        return box

    def _shown(self) -> dict[Box, tuple[int, int]]:
        return {
            box_of(r.span.kind, r.span.id, key): interval
            for r in self.releases
            for key, interval in r.cells.items()
            if interval is not None
        }

    def _hide(self, box: Box) -> None:
        for number, current in enumerate(self.releases):
            for key, interval in current.cells.items():
                if interval is not None and box_of(current.span.kind, current.span.id, key) == box:
                    self.releases[number] = replace(current, cells={**current.cells, key: None})
                    self.hidden.append((current.span, key))
                    # What was concluded with the cell may not follow without it.
                    self._whole = [frozenset() for _ in self.releases]


class _Small:
    """The small model of a block, asked before the whole one; where there is none it settles nothing."""

    def __init__(self, block: Block, lattice: Lattice) -> None:
        self._coarse = coarse_of(lattice.axes, _known(block))
        self._attacker = Attacker(self._coarse, block.nest) if self._coarse is not None else None

    def unsettled(
        self,
        asked: BoxSet,
        own: Sequence[Report] = (),
        mine: Mapping[Box, int] = MappingProxyType({}),
        others: Others | None = None,
    ) -> BoxSet:
        """The boxes that the whole model must be asked about."""
        if self._coarse is None or self._attacker is None:
            return asked
        columns = self._coarse.own((report.cell, report.sides) for report in own)
        try:
            held = columns + self._coarse.reserve(mine)
            return self._attacker.unsettled(asked, columns, held, others)
        except InfeasibleError:  # what stands for the confirmed boxes is too much: ask the whole model
            return asked


def _known(block: Block) -> Known:
    return Known(block.cells, block.confirmed)
