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
from est_build.prepare.given import Given, Insider, Report
from est_build.protect.audit.axes import build_axes
from est_build.protect.audit.block import Block, Figures, block_of, least, least_of
from est_build.protect.audit.coarse import Others, coarse_of
from est_build.protect.audit.lattice import BoxSet, Lattice, box_set
from est_build.protect.audit.nesting import Box, box_of
from est_build.protect.audit.outsider import Imagination
from est_build.protect.audit.repair import carrier, carriers, release
from est_build.protect.audit.settle import Attacker, Exposure, boxes_to_settle
from est_build.protect.audit.system import InfeasibleError
from est_build.protect.audit.universe import Known, build_universe
from est_build.protect.audit.worlds import World
from est_build.protect.plan import CellKey
from est_build.schema.protection import Thresholds


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
            view = _View(block)
            exposed = view.attacker.exposures(view.unsettled(view.asked()))
            number = self._handle(number, view, exposed)

    def _handle(self, number: int, view: _View, exposed: Sequence[Exposure]) -> int:
        """Confirm or repair; returns the number of the release to look at next."""
        if not exposed:
            return number + 1
        unsafe = [e for e in exposed if e.box in self.case.given.unsafe]
        if not unsafe:
            self._confirm(number, (e.box for e in exposed))
            return number
        hidden: set[Box] = set()
        for exposure in unsafe:
            # A proof that a cell hidden a moment ago carried too is looked at anew, in the next round.
            if hidden.isdisjoint(view.because(exposure)):
                box = self._carrier(view, exposure)
                self._hide(box)
                hidden.add(box)
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
        view = _View(block)
        for insider in self.case.given.insiders:
            if insider.name not in self._stopped:
                if self._stop(insider, block, view):
                    return True
                self._stopped.add(insider.name)
        return False

    def _stop(self, insider: Insider, block: Block, view: _View) -> bool:
        """Repair until an insider can tell nothing of an unsafe box. True if something was hidden.

        A safe box that always holds something of others is no harm, but he then knows as well that it
        reaches its threshold: so he goes on with that, until nothing more follows.
        """
        given, limits = self.case.given, self._limits(block)
        mine = given.mine(insider.reports)
        others = self._others(block, insider)
        # What the insider alone has filled holds nothing that is unknown to him.
        unknown = {box for box, count in given.filled.items() if mine.get(box) != count}
        reasons: dict[Box, frozenset[Box]] = {}
        before = len(self.hidden)
        while True:
            asked = view.asked()
            asked = asked & box_set(asked.axes, unknown)
            if insider.boxes is not None and not reasons:
                asked = asked & box_set(asked.axes, insider.boxes)
            more = self._conclusions(insider, view, asked, (mine, others))
            if len(self.hidden) > before:
                return True
            if not more:
                return False
            reasons |= more
            view = _View(block, reasons, limits)

    def _conclusions(
        self, insider: Insider, view: _View, asked: BoxSet, knows: tuple[Mapping[Box, int], Others]
    ) -> dict[Box, frozenset[Box]]:
        """Hide what carries a proof of an unsafe box; the safe boxes of which something can be told.

        What was concluded may not follow without the hidden cell: then only one is hidden.
        """
        given, lattice, attacker = self.case.given, view.lattice, view.attacker
        mine, others = knows
        left = view.unsettled(asked, insider.reports, mine, others)
        columns = given.own(lattice.universe, insider.reports)
        found: dict[Box, frozenset[Box]] = {}
        while exposed := attacker.exposures(left, columns, others=others, most=1) if len(left) else []:
            box = exposed[0].box
            if box in given.unsafe:
                shown = self._carrier(view, exposed[0])
                self._hide(shown)
                if view.reasons:
                    break
                release(lattice.universe, attacker.solver, shown)
            else:
                found[box] = view.because(exposed[0])
                left = left - box_set(left.axes, given.nest.outer(box))
        return found

    def _others(self, block: Block, insider: Insider) -> Others:
        """What R2 tells an attacker of every shown cell: without the known sources it meets all
        thresholds, and without any one organisation so many reports, and organisations, are left.
        """
        limits = self._limits(block)
        if insider.known_sources:
            return lambda category: least_of(category in block.nest.sensitive, limits)
        return lambda _: max(limits.utan_storsta, limits.organisationer - 1)

    def _limits(self, block: Block) -> Thresholds:
        return self.case.frame.rules_for(int(block.nest.year)).granser

    def _proofs(self) -> list[Proof] | None:
        """The worlds of each release; ``None`` if whole numbers expose more than fractions do."""
        proofs = []
        for number in range(len(self.releases)):
            block = self._block(number)
            view = _View(block)
            certificate = Imagination(view.lattice, block.nest, view.known).certificate()
            unsafe = [e for e in certificate.exposed if e.box in self.case.given.unsafe]
            for exposure in unsafe:
                self._hide(self._carrier(view, exposure))
            if certificate.exposed:
                if not unsafe:
                    self._whole[number] |= frozenset(e.box for e in certificate.exposed)
                return None
            proofs.append(Proof(certificate.boxes, tuple(certificate.worlds)))
        return proofs

    def _carrier(self, view: _View, exposure: Exposure) -> Box:
        box = carrier(view.because(exposure), view.block.nest, exposure, self._shown())
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


class _View:
    """What can be seen of a block: by everybody, or by somebody who has concluded more."""

    def __init__(
        self,
        block: Block,
        reasons: Mapping[Box, frozenset[Box]] = MappingProxyType({}),
        limits: Thresholds | None = None,
    ) -> None:
        self.block = block
        self.reasons = reasons
        """What was concluded, each box with the cells that it follows from."""
        concluded = {box: least(block.nest, box, limits) for box in reasons if limits is not None}
        self.known = Known(block.cells, {**block.confirmed, **concluded})
        axes = build_axes(block.nest, block.collected)
        self.lattice = Lattice(build_universe(axes, self.known))
        self.attacker = Attacker(self.lattice, block.nest)
        coarse = coarse_of(axes, self.known)
        self._coarse = None if coarse is None else (coarse, Attacker(coarse, block.nest))

    def because(self, exposure: Exposure) -> frozenset[Box]:
        """The known cells that a proof rests on, also by what was concluded from them."""
        direct = frozenset(carriers(self.lattice.universe, exposure))
        return direct.union(*(self.reasons[box] for box in direct if box in self.reasons))

    def asked(self) -> BoxSet:
        """Every box of which nothing is known."""
        return boxes_to_settle(self.lattice, self.block.nest, self.known)

    def unsettled(
        self,
        asked: BoxSet,
        own: Sequence[Report] = (),
        mine: Mapping[Box, int] = MappingProxyType({}),
        others: Others | None = None,
    ) -> BoxSet:
        """The boxes that the whole model must be asked about: the small one has not settled them.

        ``own``: the reports that the attacker knows; ``mine``: how much of each box they are.
        """
        if self._coarse is None:
            return asked
        coarse, attacker = self._coarse
        columns = coarse.own((report.cell, report.sides) for report in own)
        try:
            return attacker.unsettled(asked, columns, columns + coarse.reserve(mine, others), others)
        except InfeasibleError:  # what stands for the confirmed boxes is too much: ask the whole model
            return asked
