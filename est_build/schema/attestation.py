"""``intyg.json``: what was checked before a release left the private side."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from est_build.schema.base import MunicipalityCode, Record

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Attestation(Record):
    """Attestation of one release (one municipality, one time span)."""

    format: Literal["1"]
    regelverk: Literal["1"]
    kommun: MunicipalityCode
    tid: str
    """Period, quarter or year id of the release."""
    skydd_sha256: Sha256
    """Of the thresholds and plan in force, in canonical form: a changed rule shows."""
    filer: dict[str, Sha256]
    rader: int
    visade: int
    granskning: Literal["ej_gjord"]
    """``ej_gjord``: rules R1-R7 were applied, the audit of R8 has not been made."""
