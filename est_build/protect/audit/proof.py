"""The proofs as they stand in ``data/``: read strictly, and checked with the verifier."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from est_build.load.frame import Frame
from est_build.load.memo import Memo, digest
from est_build.load.span import Span
from est_build.load.tree import relative
from est_build.problems import Place, Problem
from est_build.problems import catalogue_audit as kinds
from est_build.protect.audit.block import Block, Figures, block_of, within
from est_build.protect.audit.nesting import Box
from est_build.protect.audit.verify import count_boxes, verify
from est_build.protect.files import CONFIRMED, INVENTED, WORLDS, confirmed_file, worlds_file
from est_build.protect.release import Release, key_of, release_folder

Releases = Mapping[tuple[str, str], Release]
MOST_FAULTS = 5
"""Faults of one proof that are told: one is enough to refuse it."""


class ProofError(Exception):
    """A file of the proof is not written as ``prepare`` writes it."""


def read_worlds(text: str, spans: Mapping[str, Span]) -> list[dict[Box, int]]:
    """Worlds of ``verkligheter.csv``; without rows it holds one, in which nothing was reported.

    Raises :class:`ProofError`.
    """
    worlds: list[dict[Box, int]] = []
    for row in csv.reader(io.StringIO(text, newline="")):
        if not row:
            raise ProofError("en rad är tom")
        if row[0] == "verklighet":
            continue
        number = len(worlds) if row[0] == f"{INVENTED}-{len(worlds)}" else len(worlds) + 1
        if row[0] != f"{INVENTED}-{number}" or len(row) != 7 or not row[6].isascii() or not row[6].isdigit():
            raise ProofError(f"raden {','.join(row)} är fel skriven")
        if number > len(worlds):
            worlds.append({})
        box = _box(row[1:6], spans)
        if box in worlds[-1]:
            raise ProofError(f"raden {','.join(row)} står två gånger")
        worlds[-1][box] = int(row[6])
    if worlds_file(worlds).decode("utf-8") != text:
        raise ProofError("raderna står inte i den ordning de ska")
    return worlds or [{}]


def read_confirmed(text: str, spans: Mapping[str, Span]) -> frozenset[Box]:
    """Boxes of ``bekraftade_rutor.csv``. Raises :class:`ProofError`."""
    rows = list(csv.reader(io.StringIO(text, newline="")))[1:]
    if any(len(row) != 5 for row in rows):
        raise ProofError("en rad har fel antal kolumner")
    boxes = frozenset(_box(row, spans) for row in rows)
    if confirmed_file(boxes).decode("utf-8") != text:
        raise ProofError("raderna står inte i den ordning de ska")
    return boxes


def _box(cells: Sequence[str], spans: Mapping[str, Span]) -> Box:
    span = spans.get(cells[0])
    if span is None:
        raise ProofError(f"{cells[0]} är ingen tid i kalendern")
    return Box(span.kind, *cells)


def spans_of(frame: Frame) -> dict[str, Span]:
    """Every span of the calendar by id."""
    return {span.id: span for span in frame.calendar.spans}


def figures_of(release: Release, confirmed: frozenset[Box]) -> Figures:
    """A release as the audit sees it."""
    cells = {
        key_of(row): None if row.fran is None or row.till is None else (row.fran, row.till)
        for row in release.reports
    }
    invited = next(row.inbjudna for row in release.participation if row.sektor == "alla")
    return Figures(release.span, cells, confirmed, invited)


class Proofs:
    """The proofs of all releases of an instance, read when they are asked for."""

    def __init__(self, frame: Frame, releases: Releases, memo: Memo | None = None) -> None:
        """``memo``: where the proofs that hold may be remembered."""
        self.memo = memo or Memo()
        self.frame = frame
        self.releases = releases
        self._spans = spans_of(frame)
        self._figures: dict[tuple[str, str], Figures] = {}

    def figures(self, span_id: str, code: str) -> Figures:
        """A release with the boxes that it confirms. Raises :class:`ProofError`."""
        key = (span_id, code)
        if key not in self._figures:
            release = self.releases[key]
            confirmed = read_confirmed(self._text(release, CONFIRMED), self._spans)
            self._figures[key] = figures_of(release, confirmed)
        return self._figures[key]

    def block(self, release: Release) -> Block:
        """All that is published within the span of a release. Raises :class:`ProofError`."""
        inside = [
            self.figures(span_id, code)
            for (span_id, code), other in self.releases.items()
            if code == release.municipality and within(self.frame.calendar, other.span, release.span)
        ]
        return block_of(self.frame, release.municipality, release.span, inside)

    def holds(self, release: Release) -> bool:
        """True if nothing is wrong with the proof of a release.

        Remembered by the attestations of all that it covers, which name every byte of their releases, and by
        the instance's rules, calendar and land.
        """
        inside = [
            repr((key, other.attestation))
            for key, other in self.releases.items()
            if key[1] == release.municipality and within(self.frame.calendar, other.span, release.span)
        ]
        key = digest(self._frame_print, release.span.id, release.municipality, *inside)
        return self.memo.text("bevis", key, lambda: "" if self.problems(release) else "haller") == "haller"

    @cached_property
    def _frame_print(self) -> str:
        frame = self.frame
        return digest(*map(repr, (frame.rules, frame.codes, frame.calendar, frame.areas, frame.site)))

    def problems(self, release: Release) -> list[Problem]:
        """What is wrong with the proof of one release."""
        folder = release_folder(self.frame.root, release.span, release.municipality)
        name = relative(folder, self.frame.root)
        try:
            block = self.block(release)
            worlds = read_worlds(self._text(release, WORLDS), self._spans)
        except ProofError as error:
            return [Problem(kinds.PROOF_FAILED, Place(name), {"why": str(error)})]
        faults = verify(block.nest, block.cells, block.confirmed, worlds, block.collected)
        faults += self._miscounted(release, block, worlds)
        place = Place(f"{name}/{WORLDS}")
        return [Problem(kinds.PROOF_FAILED, place, {"why": why}) for why in faults[:MOST_FAULTS]]

    def _miscounted(self, release: Release, block: Block, worlds: Sequence[Mapping[Box, int]]) -> list[str]:
        """The attestation must say what the audit really looked at."""
        audit = release.attestation.granskning
        own = self.figures(release.span.id, release.municipality).confirmed
        boxes = count_boxes(block.nest, block.cells, block.confirmed, block.collected)
        told = (audit.block, audit.rutor, audit.bekraftade, audit.verkligheter)
        true = (release.span.id, boxes, len(own), len(worlds))
        return [] if told == true else [f"intyget säger {told}, men rätt är {true}"]

    def _text(self, release: Release, name: str) -> str:
        folder = release_folder(self.frame.root, release.span, release.municipality)
        try:
            return (folder / name).read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ProofError(f"{name} går inte att läsa") from error


def proof_problems(
    frame: Frame, releases: Releases, *, every: bool, memo: Memo | None = None
) -> list[Problem]:
    """What is wrong with the proofs.

    ``memo``: where the proofs that hold may be remembered.
    ``every``: also of spans whose figures a longer release covers; the longer proof holds for them.
    """
    proofs = Proofs(frame, releases, memo)
    return [
        problem
        for release in (releases.values() if every else widest(frame, releases))
        if not proofs.holds(release)
        for problem in proofs.problems(release)
    ]


def widest(frame: Frame, releases: Releases) -> Iterable[Release]:
    """The releases that no longer release of the same municipality covers."""
    calendar = frame.calendar
    for (span_id, code), release in releases.items():
        year = str(calendar.year(release.span))
        quarter = calendar.quarter_of.get(span_id, span_id)
        if not any((longer, code) in releases for longer in {quarter, year} - {span_id}):
            yield release
