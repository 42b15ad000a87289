"""``data/skydd.yml``: every number of the protection, and the plan of tables (rule R0)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from est_build.schema.base import Record, Slug, Slugs

TableId = Literal[
    "kommun",
    "kommun_grupp",
    "omrade",
    "kommun_kategori",
    "omrade_grupp",
    "kommun_miljo",
    "kommun_miljo_grupp",
    "omrade_miljo",
    "kommun_tid",
    "kommun_tid_grupp",
    "omrade_tid",
]
"""Every table that can be counted, named after its dimensions. Which of them are, the plan says."""


class Thresholds(Record):
    """Rule R2 and R1. The defaults are the floor: an instance may only raise them."""

    rapporter: Annotated[int, Field(ge=5)] = 5
    organisationer: Annotated[int, Field(ge=3)] = 3
    sektorer: Annotated[int, Field(ge=2)] = 2
    utan_storsta: Annotated[int, Field(ge=3)] = 3
    """Reports left when the organisation that gave most is taken away."""
    rapporter_kanslig: Annotated[int, Field(ge=10)] = 10
    omrade_invanare: Annotated[int, Field(ge=200)] = 200
    omrade_organisationer: Annotated[int, Field(ge=6)] = 6
    omrade_sektorer: Annotated[int, Field(ge=3)] = 3
    sektor_inbjudna: Annotated[int, Field(ge=3)] = 3
    """Sectors with fewer invited organisations are merged into ``ovriga``."""


class TablePlan(Record):
    """Which tables exist for each kind of time span. Nothing else is ever counted."""

    period: tuple[TableId, ...] = ("kommun", "kommun_grupp", "omrade")
    kvartal: tuple[TableId, ...] = (
        "kommun",
        "kommun_grupp",
        "omrade",
        "kommun_kategori",
        "omrade_grupp",
        "kommun_miljo_grupp",
        "kommun_tid",
    )
    ar: tuple[TableId, ...] = (
        "kommun",
        "kommun_grupp",
        "omrade",
        "kommun_kategori",
        "omrade_grupp",
    )


class Protection(Record):
    """The whole of ``skydd.yml``."""

    format: Literal["1"]
    regelverk: Literal["1"] = "1"
    """Version of the rules R0-R9 that the numbers below belong to."""
    galler_fran: Annotated[int, Field(ge=2000, le=2100)] | None = None
    """First year in which these rules hold. Rules change at a new year only; those that held before
    stay in ``skydd/<year>.yml``."""
    granser: Thresholds = Thresholds()
    steg: Annotated[int, Field(ge=5)] = 5
    """Width of the interval ladder (rule R3): 5 gives 5-9, 10-14 ..."""
    tabeller: TablePlan = TablePlan()
    kanda_kallor: Slugs = ("polis",)
    """Sectors that publish their own events; R2 must hold without them too. The police always do."""
    sammanslagna: dict[Slug, Slug] = {}
    """Small areas too small or too sparsely covered (R1) -> the neighbour they are counted in."""

    @model_validator(mode="after")
    def _threshold_on_ladder(self) -> Protection:
        """A shown interval must not reach below the threshold, or it would say less than it seems."""
        if self.granser.rapporter % self.steg or self.granser.rapporter_kanslig % self.steg:
            raise ValueError("grans_mellan_steg")
        return self

    @model_validator(mode="after")
    def _police_are_known(self) -> Protection:
        """The police publish their events: leaving them out would lower the protection."""
        if "polis" not in self.kanda_kallor:
            raise ValueError("polis_saknas")
        return self
