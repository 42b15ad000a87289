"""A protected release as bytes: fixed columns, fixed order, LF, nothing else (R5)."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence

from est_build.load.codebook import CodeBook
from est_build.protect.audit.nesting import Box
from est_build.protect.ladder import Interval
from est_build.protect.plan import CellKey, Geography
from est_build.schema.attestation import Attestation
from est_build.schema.protection import Protection
from est_build.schema.tables import (
    CONFIRMED_COLUMNS,
    PARTICIPATION_COLUMNS,
    REPORT_COLUMNS,
    WORLD_COLUMNS,
)

REPORTS = "rapporter.csv"
PARTICIPATION = "deltagande.csv"
ATTESTATION = "intyg.json"
WORLDS = "verkligheter.csv"
CONFIRMED = "bekraftade_rutor.csv"
RELEASE_FILES = (REPORTS, PARTICIPATION, WORLDS, CONFIRMED, ATTESTATION)
ATTESTED = RELEASE_FILES[:-1]
"""The files that an attestation must name."""
INVENTED = "påhittad"
"""Stands in every row of a world, so that nobody takes it for what was reported."""


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue().encode("utf-8")


def _ends(interval: Interval) -> tuple[str, str]:
    return ("", "") if interval is None else (str(interval[0]), str(interval[1]))


def reports_file(cells: Sequence[tuple[CellKey, Interval]]) -> bytes:
    """``rapporter.csv``: every planned cell has a row, shown or not."""
    return _csv(REPORT_COLUMNS, ((*key, *_ends(interval)) for key, interval in cells))


def participation_file(rows: Sequence[tuple[str, str, int, Interval]]) -> bytes:
    """``deltagande.csv`` from (municipality, sector, invited, answered)."""
    return _csv(
        PARTICIPATION_COLUMNS, ((m, s, invited, *_ends(answered)) for m, s, invited, answered in rows)
    )


def sha256(content: bytes) -> str:
    """Hex digest."""
    return hashlib.sha256(content).hexdigest()


def rules_digest(protection: Protection) -> str:
    """Digest of every number and table of the protection, independent of how the file is laid out."""
    # From which year they hold is no part of the rules: it is added when the next ones are written.
    values = protection.model_dump(mode="json", exclude={"galler_fran"})
    canonical = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return sha256(canonical.encode("utf-8"))


def geography_digest(place: Geography) -> str:
    """Digest of the outlines that the figures hold for. Names and numbers of inhabitants may change."""
    outlines = {area.id: area.polygons for area in (place.municipality, *place.areas)}
    return sha256(json.dumps(outlines, sort_keys=True).encode("utf-8"))


def codes_digest(codes: CodeBook, year: int) -> str:
    """Digest of the category tree of a year: what is counted, in which group, and how private it is."""
    tree = {
        c.id: [c.forald, c.slag, c.kanslighet, c.kanslig]
        for group in codes.groups(year)
        for c in (group, *codes.leaves(group.id, year))
    }
    return sha256(json.dumps(tree, sort_keys=True).encode("utf-8"))


def worlds_file(worlds: Sequence[Mapping[Box, int]]) -> bytes:
    """``verkligheter.csv``: the counts of each world, in a fixed order."""
    return _csv(
        WORLD_COLUMNS,
        (
            (f"{INVENTED}-{number}", *box[1:], count)
            for number, world in enumerate(worlds, 1)
            for box, count in sorted(world.items())
        ),
    )


def confirmed_file(boxes: Iterable[Box]) -> bytes:
    """``bekraftade_rutor.csv``: boxes in a fixed order."""
    return _csv(CONFIRMED_COLUMNS, (box[1:] for box in sorted(boxes)))


def attestation_file(attestation: Attestation) -> bytes:
    """``intyg.json``."""
    text = json.dumps(attestation.model_dump(mode="json"), ensure_ascii=False, indent=2)
    return (text + "\n").encode("utf-8")
