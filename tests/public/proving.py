"""New public proofs for an instance that a test has made smaller: only public figures are needed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from est_build.load.frame import Frame, load_frame
from est_build.load.span import KINDS, Span
from est_build.protect.audit.axes import build_axes
from est_build.protect.audit.block import Figures, block_of
from est_build.protect.audit.lattice import Lattice
from est_build.protect.audit.nesting import Box
from est_build.protect.audit.outsider import Imagination
from est_build.protect.audit.proof import figures_of
from est_build.protect.audit.settle import Attacker, boxes_to_settle
from est_build.protect.audit.universe import Known, build_universe
from est_build.protect.files import CONFIRMED, WORLDS, confirmed_file, sha256, worlds_file
from est_build.protect.release import Release, read_releases, release_folder


def reprove(data: Path) -> None:
    """Write worlds, confirmed boxes and attestations anew for all that is in ``data``."""
    frame = load_frame(data)
    releases, problems = read_releases(frame)
    assert not problems
    known: dict[str, list[Figures]] = {}
    for (_, code), release in sorted(releases.items(), key=_by_length):
        figures, boxes, worlds = _proof(frame, release, known.setdefault(code, []))
        known[code].append(figures)
        folder = release_folder(data, release.span, code)
        _write(folder, release.span, (boxes, figures, worlds))


def _by_length(item: tuple[tuple[str, str], Release]) -> tuple[int, str]:
    return KINDS.index(item[1].span.kind), item[1].span.id


def _proof(
    frame: Frame, release: Release, earlier: list[Figures]
) -> tuple[Figures, int, list[Mapping[Box, int]]]:
    """What is confirmed beyond the shorter releases, and the worlds."""
    figures = figures_of(release, frozenset())
    while True:
        block = block_of(frame, release.municipality, release.span, [*earlier, figures])
        known = Known(block.cells, block.confirmed)
        lattice = Lattice(build_universe(build_axes(block.nest, block.collected), known))
        asked = boxes_to_settle(lattice, block.nest, known)
        certificate = None
        exposed = Attacker(lattice, block.nest).exposures(asked)
        if not exposed:
            certificate = Imagination(lattice, block.nest, known).certificate()
            exposed = certificate.exposed
        if not exposed and certificate is not None:
            return figures, certificate.boxes, list(certificate.worlds)
        figures = replace(figures, confirmed=figures.confirmed | {e.box for e in exposed})


def _write(folder: Path, span: Span, proof: tuple[int, Figures, list[Mapping[Box, int]]]) -> None:
    boxes, figures, worlds = proof
    contents = {WORLDS: worlds_file(worlds), CONFIRMED: confirmed_file(figures.confirmed)}
    path = folder / "intyg.json"
    attestation = json.loads(path.read_text(encoding="utf-8"))
    for name, content in contents.items():
        (folder / name).unlink()  # it may be a hard link to the original
        (folder / name).write_bytes(content)
        attestation["filer"][name] = sha256(content)
    attestation["granskning"].update(
        block=span.id, rutor=boxes, bekraftade=len(figures.confirmed), verkligheter=len(worlds)
    )
    path.unlink()
    path.write_text(json.dumps(attestation, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
