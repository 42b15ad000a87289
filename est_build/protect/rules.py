"""Rule R2: when a cell may be shown. It looks at nothing but the cell itself."""

from __future__ import annotations

from dataclasses import dataclass

from est_build.protect.ladder import rung
from est_build.schema.protection import Protection, Thresholds


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands behind a cell on the private side.

    ``reports``: number of reports; ``organisations`` and ``sectors`` that gave them;
    ``largest``: reports of the organisation that gave most.
    """

    reports: int
    organisations: int
    sectors: int
    largest: int


NOTHING = Evidence(0, 0, 0, 0)


def enough(evidence: Evidence, limits: Thresholds, *, sensitive: bool = False) -> bool:
    """True if the evidence meets every threshold of R2."""
    least = limits.rapporter_kanslig if sensitive else limits.rapporter
    return (
        evidence.reports >= least
        and evidence.organisations >= limits.organisationer
        and evidence.sectors >= limits.sektorer
        and evidence.reports - evidence.largest >= limits.utan_storsta
    )


def shown_interval(
    every: Evidence, without_known: Evidence, rules: Protection, *, sensitive: bool = False
) -> tuple[int, int] | None:
    """The interval that may be published, or ``None``: hidden, whatever the reason (R4).

    ``without_known`` is the same cell without the sources that publish their own events:
    whoever subtracts those must still find a cell that is safe.
    """
    limits = rules.granser
    if enough(every, limits, sensitive=sensitive) and enough(without_known, limits, sensitive=sensitive):
        return rung(every.reports, rules.steg)
    return None
