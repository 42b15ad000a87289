"""The proofs (R8) that hold for everything published: one for each stretch that was audited together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from est_build.load.frame import Frame
from est_build.model.span import Span
from est_build.protect.audit.block import within
from est_build.protect.audit.proof import widest
from est_build.protect.inventory import FOLDERS
from est_build.protect.release import Release


@dataclass(frozen=True, slots=True)
class Proof:
    """One audit of a municipality: all that it has published within ``span``, taken together."""

    span: Span
    year: int
    municipality: str
    """Code of the municipality."""
    name: str
    """What its files are called: ``ystad-2026-kv3``."""
    folder: str
    """Where its files stand under ``data/``: ``kvartal/2026-kv3/1286``."""
    boxes: int
    """Boxes that hold no shown and no confirmed cell: each is empty in one of the worlds."""
    confirmed: int
    """Boxes that are not shown but known to hold something: of all releases within the span."""
    worlds: int
    releases: int
    """How many releases it holds for."""
    every_box: int
    """Boxes of the audits of all those releases, the narrower ones too: what ``est-build audit`` counts."""


def proofs_of(frame: Frame, releases: Mapping[tuple[str, str], Release]) -> tuple[Proof, ...]:
    """The proofs that no wider one covers: by municipality in the order of the site, then by time."""
    found: list[Proof] = []
    for municipality in frame.site.kommuner:
        own = {key: release for key, release in releases.items() if key[1] == municipality.kod}
        last = (_proof(frame, municipality.id, release, own.values()) for release in widest(frame, own))
        found += sorted(last, key=lambda proof: proof.span.start)
    return tuple(found)


def _proof(frame: Frame, name: str, release: Release, own: Iterable[Release]) -> Proof:
    calendar, span = frame.calendar, release.span
    inside = [r.attestation.granskning for r in own if within(calendar, r.span, span)]
    audit = release.attestation.granskning
    return Proof(
        span=span,
        year=calendar.year(span),
        municipality=release.municipality,
        name=f"{name}-{span.id}",
        folder=f"{FOLDERS[span.kind]}/{span.id}/{release.municipality}",
        boxes=audit.rutor,
        confirmed=sum(a.bekraftade for a in inside),
        worlds=audit.verkligheter,
        releases=len(inside),
        every_box=sum(a.rutor for a in inside),
    )
