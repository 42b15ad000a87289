"""``intyg.json``: what was checked before a release left the private side."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from est_build.schema.base import MunicipalityCode, Record

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Audit(Record):
    """What the audit of R8 found. How much the private half had to hide is not said: that would tell."""

    resultat: Literal["godkand"]
    block: str
    """The span that was audited together: everything published within it."""
    rutor: Annotated[int, Field(ge=0)]
    """Boxes that hold no shown and no confirmed cell. Each is empty in one of the worlds."""
    bekraftade: Annotated[int, Field(ge=0)]
    """Boxes of ``bekraftade_rutor.csv``: not shown, but known to hold something, and safe."""
    verkligheter: Annotated[int, Field(ge=1)]
    """Worlds of ``verkligheter.csv``."""
    inifran: tuple[Literal["varje_organisation"], Literal["kanda_kallor"]]
    """Attackers from within that were tried as well, each with its own reports known."""


class Attestation(Record):
    """Attestation of one release (one municipality, one time span)."""

    format: Literal["1"]
    regelverk: Literal["1"]
    kommun: MunicipalityCode
    tid: str
    """Period, quarter or year id of the release."""
    skydd_sha256: Sha256
    """Of the thresholds and plan in force, in canonical form: a changed rule shows."""
    geografi_sha256: Sha256
    """Of the outlines of the municipality's areas: borders are the same for a whole year."""
    kodlista_sha256: Sha256
    """Of the categories that are counted in the year, with their groups and how private they are."""
    filer: dict[str, Sha256]
    rader: int
    visade: int
    granskning: Audit
