"""``atgarder/<id>.yml``: an action, with its status history and follow-ups (``domain.md`` 6.12-6.13)."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from est_build.schema.base import IsoDate, Line, PeriodId, Record, RunningId, Slug, Text, Url, YesNo

DECIDED = "beslutad"


class CountedGoal(Record):
    """A commitment that can be counted: two walks per term, eight lamp posts."""

    antal: Annotated[int, Field(ge=1)]
    enhet: Line
    gjort: Annotated[int, Field(ge=0)] = 0


class StatusEvent(Record):
    """A change of status, with its day and a note for the reader."""

    datum: IsoDate
    status: Slug
    text: Line | None = None
    ny_klar_senast: IsoDate | None = None


class Protocol(Record):
    """How the follow-up is to be made, fixed before the action starts (``signals.md`` 4)."""

    omraden: tuple[Slug, ...]
    kategorier: tuple[Slug, ...] = ()
    jamforelse: tuple[Slug, ...]
    flytt: tuple[Slug, ...] = ()
    """Neighbouring areas in which a moved problem would show."""
    utelamna: tuple[PeriodId, ...] = ()
    """Periods that triggered the action: left out, or ordinary chance would look like an effect."""
    fore_fran: PeriodId
    fore_till: PeriodId
    efter_fran: PeriodId
    efter_till: PeriodId


class FollowUp(Record):
    """What was found when somebody looked back."""

    datum: IsoDate
    genomforande: Slug
    """As planned, partly, not done: Brå's symbols, with words."""
    effekt: Slug
    hur: Text
    """How it was judged: an effect never stands without it."""
    slutsats: Text
    nasta: Literal["fortsatt", "justera", "avsluta", "utoka"]
    bieffekter: Literal["inga_sedda", "flyttat", "nytt_problem", "vet_inte"] = "vet_inte"
    lardom: Text | None = None


class Action(Record):
    """One action. Ten lines are enough for one that has just been decided."""

    format: Literal["1"] = "1"
    id: RunningId
    titel: Line
    vad: Text
    """What residents will notice."""
    fragor: tuple[RunningId, ...] = ()
    allman_varfor: Text | None = None
    """Why, for an action that belongs to no issue."""
    orsaker: tuple[Slug, ...] = ()
    """Causes (of the issue) that the action works on."""
    omraden: tuple[Slug, ...]
    miljoer: tuple[Slug, ...] = ()
    horisont: Literal["snabb", "lang"]
    form: Literal["punktinsats", "lopande"] = "punktinsats"
    typ: Slug
    strategier: tuple[Slug, ...] = ()
    ansvarig: Line
    """Organisation and unit, never a person."""
    medverkande: tuple[Line, ...] = ()
    beslutad: IsoDate
    beslutad_av: Literal["natverket", "chef", "namnd", "kommunstyrelsen", "kommunfullmaktige"] = "natverket"
    start: IsoDate | None = None
    klar_senast: IsoDate
    klar: IsoDate | None = None
    status: Slug = DECIDED
    forsenad_varfor: Text | None = None
    avbruten_varfor: Text | None = None
    overlamnad_till: Line | None = None
    mal: Line | None = None
    mal_antal: CountedGoal | None = None
    vantat: Text | None = None
    """What we expected to see."""
    kostnad: Literal["inom_ordinarie", "under_100", "100_1000", "over_1000"] | None = None
    stod: Literal["provad", "lovande", "lokal_erfarenhet", "oprovad"] | None = None
    stod_adress: Url | None = None
    plan: Line | None = None
    folj_upp: IsoDate | None = None
    """Next follow-up."""
    protokoll: Protocol | None = None
    historik: Annotated[tuple[StatusEvent, ...], Field(min_length=1)]
    uppfoljningar: tuple[FollowUp, ...] = ()
    visa_fore: YesNo = True

    @model_validator(mode="before")
    @classmethod
    def _decided(cls, data: Any) -> Any:
        """Without status and history an action is decided, and that is its history."""
        if not isinstance(data, dict) or "status" in data or "historik" in data:
            return data
        day = str(data.get("beslutad", ""))
        # A day that is missing or wrong is told where it belongs, and not once more here.
        event = {"datum": day if _is_day(day) else "2000-01-01", "status": DECIDED}
        return {**data, "historik": [event]}


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
