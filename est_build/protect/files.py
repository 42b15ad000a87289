"""A protected release as bytes: fixed columns, fixed order, LF, nothing else (R5)."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence

from est_build.protect.plan import CellKey
from est_build.schema.attestation import Attestation
from est_build.schema.protection import Protection
from est_build.schema.tables import PARTICIPATION_COLUMNS, REPORT_COLUMNS

REPORTS = "rapporter.csv"
PARTICIPATION = "deltagande.csv"
ATTESTATION = "intyg.json"
RELEASE_FILES = (REPORTS, PARTICIPATION, ATTESTATION)

Interval = tuple[int, int] | None


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
    canonical = json.dumps(protection.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
    return sha256(canonical.encode("utf-8"))


def attestation_file(
    code: str, span_id: str, protection: Protection, files: Mapping[str, bytes], shown: int
) -> bytes:
    """``intyg.json``. Until the audit (R8) exists it says that it has not been made."""
    rows = files[REPORTS].count(b"\n") - 1
    attestation = Attestation(
        format="1",
        regelverk=protection.regelverk,
        kommun=code,
        tid=span_id,
        skydd_sha256=rules_digest(protection),
        filer={name: sha256(content) for name, content in sorted(files.items())},
        rader=rows,
        visade=shown,
        granskning="ej_gjord",
    )
    text = json.dumps(attestation.model_dump(mode="json"), ensure_ascii=False, indent=2)
    return (text + "\n").encode("utf-8")
