"""``kvartal/<id>/utvardering.yml`` and ``ar/<id>/uppfoljning.yml`` (``domain.md`` 6.14)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from est_build.schema.base import IsoDate, Line, Record, RunningId, Text


class Decision(Record):
    """A decision of the meeting."""

    text: Line
    ansvarig: Line
    senast: IsoDate | None = None
    atgard: RunningId | None = None
    """The action that it became."""
    klar: IsoDate | None = None
    struken: IsoDate | None = None
    """The day when it was given up."""
    struken_varfor: Line | None = None


class NetworkPulse(Record):
    """Two questions to the reporters: was the feedback useful?"""

    svar: Annotated[int, Field(ge=5)]
    """Answers, given only from five and up."""
    nytta_tiondelar: Annotated[int, Field(ge=1, le=9)]


class FeedbackGiven(Record):
    """Was the network told, and how fast?"""

    perioder_med_aterkoppling: Annotated[int, Field(ge=0)]
    median_dagar: Annotated[int, Field(ge=0)]


class QuarterEvaluation(Record):
    """What the network learned and decided at its quarterly meeting."""

    format: Literal["1"]
    motesdag: IsoDate
    publicerad: IsoDate
    organisationer: tuple[Line, ...]
    """Kinds of organisations that were there, not persons."""
    sammanfattning: Text
    vad_andrades: Text
    vad_fungerade: Text
    vad_fungerade_inte: Text
    vad_lar_vi_oss: Text
    beslut: tuple[Decision, ...] = ()
    prioriterade: tuple[RunningId, ...] = ()
    """Issues that come first next quarter."""
    aterkoppling: FeedbackGiven | None = None
    natverkets_omdome: NetworkPulse | None = None
    nasta_mote: IsoDate | None = None


class AnnualReview(Record):
    """The year as a whole."""

    format: Literal["1"]
    publicerad: IsoDate
    sammanfattning: Text
    monster: tuple[Line, ...] = ()
    """Recurring patterns, for the year wheel."""
    vad_fungerade: Text
    vad_fungerade_inte: Text
    forslag_till_plan: tuple[Line, ...] = ()
    vad_siffrorna_inte_sager: tuple[Line, ...] = ()
