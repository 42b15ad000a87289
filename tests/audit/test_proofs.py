"""The proofs in the repository: what is checked, that a change is caught, and what the audit rests on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from est_build.load.frame import Frame, load_frame
from est_build.protect.audit.axes import build_axes
from est_build.protect.audit.block import Block, block_of
from est_build.protect.audit.lattice import Lattice
from est_build.protect.audit.nesting import Box
from est_build.protect.audit.outsider import Imagination
from est_build.protect.audit.proof import (
    ProofError,
    Proofs,
    Releases,
    read_confirmed,
    read_worlds,
    spans_of,
    widest,
)
from est_build.protect.audit.settle import Attacker, boxes_to_settle
from est_build.protect.audit.universe import Known, build_universe
from est_build.protect.audit.verify import count_boxes, verify
from est_build.protect.files import WORLDS, confirmed_file, worlds_file
from est_build.protect.release import read_releases, release_folder

QUARTER, TOWN = "2026-kv3", "1270"


@pytest.fixture(scope="module")
def frame(repo_root: Path) -> Frame:
    return load_frame(repo_root / "data")


@pytest.fixture(scope="module")
def releases(frame: Frame) -> Releases:
    found, problems = read_releases(frame)
    assert not problems
    return found


@pytest.fixture(scope="module")
def proofs(frame: Frame, releases: Releases) -> Proofs:
    return Proofs(frame, releases)


@pytest.fixture(scope="module")
def block(proofs: Proofs, releases: Releases) -> Block:
    return proofs.block(releases[QUARTER, TOWN])


@pytest.fixture(scope="module")
def worlds(frame: Frame) -> list[dict[Box, int]]:
    span = frame.calendar.span(QUARTER)
    assert span is not None
    text = (release_folder(frame.root, span, TOWN) / WORLDS).read_text(encoding="utf-8")
    return read_worlds(text, spans_of(frame))


def faults(block: Block, worlds: list[dict[Box, int]], confirmed: dict[Box, int] | None = None) -> list[str]:
    sure = dict(block.confirmed) if confirmed is None else confirmed
    return verify(block.nest, block.cells, sure, worlds, block.collected)


def test_every_proof_in_the_repository_holds(proofs: Proofs, releases: Releases, frame: Frame) -> None:
    assert [p for release in widest(frame, releases) for p in proofs.problems(release)] == []


def test_the_widest_cover_everything(frame: Frame, releases: Releases) -> None:
    covered = {
        (period.id, release.municipality)
        for release in widest(frame, releases)
        for period in frame.calendar.periods_in(release.span)
    }
    assert {key for key in releases if "-v" in key[0]} <= covered


def test_a_proof_holds_and_each_part_of_it_is_needed(block: Block, worlds: list[dict[Box, int]]) -> None:
    assert faults(block, worlds) == []
    for number in range(len(worlds)):
        assert faults(block, [w for n, w in enumerate(worlds) if n != number]), number
    assert block.confirmed
    for box in block.confirmed:
        assert faults(block, worlds, {b: n for b, n in block.confirmed.items() if b != box}), box


def test_more_or_less_in_any_row_of_a_world_is_seen(block: Block, worlds: list[dict[Box, int]]) -> None:
    """A row is a count that fits: many more, or none, breaks an interval, a sum or a box that was empty."""
    seen = 0
    for box in list(worlds[0])[::7]:
        for count in (0, worlds[0][box] + 1000):
            changed = [{**worlds[0], box: count}, *worlds[1:]]
            assert faults(block, changed), (box, count)
            seen += 1
    assert seen > 20


def test_rows_that_do_not_belong_are_seen(block: Block, worlds: list[dict[Box, int]]) -> None:
    strangers = [
        Box("period", "2025-v01-02", "", "trafik"),
        Box("kvartal", QUARTER, "tomelilla", "trafik"),
        Box("period", next(iter(block.collected)), "ystads-tatort", "trafik"),
        Box("period", next(iter(block.collected)), "", "hittepa"),
    ]
    for stranger in strangers:
        assert any(
            "hör inte hit" in fault for fault in faults(block, [{**worlds[0], stranger: 1}, *worlds[1:]])
        )


def test_files_come_back_as_they_were(frame: Frame, worlds: list[dict[Box, int]], block: Block) -> None:
    text = worlds_file(worlds).decode("utf-8")
    spans = spans_of(frame)
    assert read_worlds(text, spans) == worlds
    boxes = confirmed_file(block.confirmed).decode("utf-8")
    assert read_confirmed(boxes, spans) == frozenset(block.confirmed)
    assert read_worlds("verklighet,spann,omrade,kategori,miljo,tid,antal\n", spans) == [{}]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("påhittad-1,", "riktig-1,", 1),
        lambda text: text.replace("påhittad-2,", "påhittad-9,", 1),
        lambda text: text + text.splitlines()[-1] + "\n",
        lambda text: text + "\n",
        lambda text: text.replace(",1\n", ",1.0\n", 1),
        lambda text: text.replace(",1\n", ",-1\n", 1),
        lambda text: text.replace(",1\n", ",1,\n", 1),
        lambda text: text.replace("2026-v", "1999-v", 1),
        lambda text: "\n".join([text.splitlines()[0], *reversed(text.splitlines()[1:])]) + "\n",
        lambda text: text.replace("\n", "\r\n"),
    ],
)
def test_a_file_that_is_written_otherwise_is_refused(
    frame: Frame, worlds: list[dict[Box, int]], spoil: Callable[[str], str]
) -> None:
    text = spoil(worlds_file(worlds).decode("utf-8"))
    with pytest.raises(ProofError):
        read_worlds(text, spans_of(frame))


def test_what_the_attestation_counts_is_counted_again(block: Block, releases: Releases) -> None:
    told = releases[QUARTER, TOWN].attestation.granskning.rutor
    assert count_boxes(block.nest, block.cells, block.confirmed, block.collected) == told
    lattice, known = _lattice(block)
    assert len(boxes_to_settle(lattice, block.nest, known)) == told


def test_worlds_are_made_of_public_figures_alone(block: Block, worlds: list[dict[Box, int]]) -> None:
    """Anybody gets the same worlds, byte for byte: so nothing private can be hidden in them."""
    lattice, known = _lattice(block)
    certificate = Imagination(lattice, block.nest, known).certificate()
    assert certificate.exposed == []
    assert worlds_file(certificate.worlds) == worlds_file(worlds)


def test_municipalities_share_no_published_box(proofs: Proofs, releases: Releases) -> None:
    """So each can be proven by itself."""
    owners: dict[Box, str] = {}
    for (_, code), release in releases.items():
        if release.span.id.startswith("2026"):
            for box in proofs.block(release).cells if release.span.kind != "ar" else ():
                assert owners.setdefault(box, code) == code


def test_blocks_by_themselves_tell_no_less_than_all_together(proofs: Proofs, frame: Frame) -> None:
    """Fortnights of a quarter that is not published yet: one by one, or as one block, the same shows."""
    periods = [p for p in frame.calendar.periods if frame.calendar.quarter_of[p.id] == "2026-kv4"][:3]
    whole = frame.calendar.span("2026-kv4")
    assert whole is not None
    for town in ("1286", "1270"):
        figures = [proofs.figures(p.id, town) for p in periods]
        bare = [type(f)(f.span, f.cells, frozenset(), f.invited) for f in figures]
        apart = {box for f in bare for box in _exposed(block_of(frame, town, f.span, [f]))}
        together = _exposed(block_of(frame, town, whole, bare))
        assert {box for box in together if box.kind == "period"} == apart


def _lattice(block: Block) -> tuple[Lattice, Known]:
    known = Known(block.cells, block.confirmed)
    return Lattice(build_universe(build_axes(block.nest, block.collected), known)), known


def _exposed(block: Block) -> set[Box]:
    lattice, known = _lattice(block)
    asked = boxes_to_settle(lattice, block.nest, known)
    return {exposure.box for exposure in Attacker(lattice, block.nest).exposures(asked)}


def test_a_release_that_is_taken_away_is_missed(repo_root: Path, tmp_path: Path) -> None:
    shutil.copytree(repo_root / "data", tmp_path / "data")
    shutil.rmtree(tmp_path / "data" / "perioder" / "2026-v35-36" / TOWN)
    frame = load_frame(tmp_path / "data")
    releases, _ = read_releases(frame)
    found = Proofs(frame, releases).problems(releases[QUARTER, TOWN])
    assert {problem.code for problem in found} == {"EST455"}
