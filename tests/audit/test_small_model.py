"""The small model saves time and decides nothing: what it calls empty can be empty in the whole model."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from est_build.load.frame import Frame, load_frame
from est_build.protect.audit.axes import build_axes
from est_build.protect.audit.block import Block, block_of
from est_build.protect.audit.coarse import Coarse, coarse_of
from est_build.protect.audit.lattice import Lattice
from est_build.protect.audit.nesting import Box
from est_build.protect.audit.proof import Proofs
from est_build.protect.audit.settle import Attacker, boxes_to_settle
from est_build.protect.audit.system import TOLERANCE, InfeasibleError, Solver
from est_build.protect.audit.universe import Known, build_universe
from est_build.protect.release import read_releases

BLOCKS = [("2025-kv2", "1286"), ("2026-kv3", "1270"), ("2024-kv1", "1264"), ("2023-kv3", "1291")]


@pytest.fixture(scope="module")
def frame(repo_root: Path) -> Frame:
    return load_frame(repo_root / "data")


@pytest.fixture(scope="module")
def proofs(frame: Frame) -> Proofs:
    releases, problems = read_releases(frame)
    assert not problems
    return Proofs(frame, releases)


def models(block: Block) -> tuple[Known, Lattice, Coarse]:
    known = Known(block.cells, block.confirmed)
    lattice = Lattice(build_universe(build_axes(block.nest, block.collected), known))
    small = coarse_of(lattice.axes, known)
    assert small is not None
    return known, lattice, small


def bare(proofs: Proofs, frame: Frame, span_id: str, town: str) -> Block:
    """A block without anything confirmed: then much is exposed."""
    span = frame.calendar.span(span_id)
    assert span is not None
    inside = [
        replace(proofs.figures(other, code), confirmed=frozenset())
        for other, code in proofs.releases
        if code == town and (other == span_id or frame.calendar.quarter_of.get(other) == span_id)
    ]
    return block_of(frame, town, span, inside)


@pytest.mark.parametrize(("span_id", "town"), BLOCKS)
@pytest.mark.parametrize("confirmed", [False, True])
def test_both_find_the_same(proofs: Proofs, frame: Frame, span_id: str, town: str, confirmed: bool) -> None:
    block = proofs.block(proofs.releases[span_id, town]) if confirmed else bare(proofs, frame, span_id, town)
    known, lattice, small = models(block)
    asked = boxes_to_settle(lattice, block.nest, known)
    alone = {e.box for e in Attacker(lattice, block.nest).exposures(asked)}
    held = small.reserve({})
    try:
        left = Attacker(small, block.nest).unsettled(asked, np.zeros(small.universe.columns), held)
    except InfeasibleError:  # what stands for the confirmed boxes may be too much: then all is asked
        assert confirmed
        return
    assert len(left) < len(asked) / 50
    together = {e.box for e in Attacker(lattice, block.nest).exposures(left)}
    assert together == alone
    assert confirmed or alone


@pytest.mark.parametrize(("span_id", "town"), BLOCKS[:2])
def test_an_attacker_from_within_finds_the_same(
    proofs: Proofs, frame: Frame, span_id: str, town: str
) -> None:
    """Own reports: some of those that one of the published worlds has."""
    block = bare(proofs, frame, span_id, town)
    known, lattice, small = models(block)
    asked = boxes_to_settle(lattice, block.nest, known)
    own_cells = sample(lattice, seed=3)
    cells = [(cell, ()) for cell in own_cells]
    columns = np.zeros(lattice.universe.columns)
    for cell in own_cells:
        columns[column_of(lattice, cell)] += 1
    whole = Attacker(lattice, block.nest)
    alone = {e.box for e in whole.exposures(asked, columns)}
    own = small.own(cells)
    left = Attacker(small, block.nest).unsettled(asked, own, own)
    together = {e.box for e in Attacker(lattice, block.nest).exposures(left, columns)}
    assert together == alone


def sample(lattice: Lattice, seed: int) -> list[Box]:
    """A few reports, each in a cell of a class that holds something in a world that fits."""
    world = Solver(lattice.universe.system).minimise(np.ones(lattice.universe.columns)).columns
    dice = random.Random(seed)
    axes = lattice.axes
    found = []
    full = np.nonzero(world[: lattice.universe.class_count] >= 1 - TOLERANCE)[0]
    for number in dice.sample(full.tolist(), min(12, len(full))):
        members = np.nonzero(lattice.universe.members == number)[0]
        rest, category = divmod(int(dice.choice(members.tolist())), len(axes.categories))
        period, area = divmod(rest, len(axes.areas))
        found.append(Box("period", axes.periods[period], axes.areas[area], axes.categories[category]))
    return found


def column_of(lattice: Lattice, cell: Box) -> int:
    axes = lattice.axes
    place = axes.periods.index(cell.span) * len(axes.areas) + axes.areas.index(cell.area)
    return int(lattice.universe.members[place * len(axes.categories) + axes.categories.index(cell.category)])


def test_a_model_that_forgets_a_table_is_seen(
    proofs: Proofs, frame: Frame, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The comparison can fail: without the table of categories the small model says too much is empty."""
    block = bare(proofs, frame, *BLOCKS[0])
    known, lattice, small = models(block)
    asked = boxes_to_settle(lattice, block.nest, known)
    alone = {e.box for e in Attacker(lattice, block.nest).exposures(asked)}
    monkeypatch.setattr(small, "_leaf", np.full_like(small._leaf, -1))
    left = Attacker(small, block.nest).unsettled(asked, np.zeros(small.universe.columns), small.reserve({}))
    assert {e.box for e in Attacker(lattice, block.nest).exposures(left)} != alone
