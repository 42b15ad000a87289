"""``plan/*.yml``: what lag (2023:196) asks for, per municipality (``domain.md`` 3.1 and 6.15)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from est_build.schema.base import IsoDate, Line, MunicipalityCode, Record, RunningId, Slug, Text, Url, YesNo


class StatutoryPicture(Record):
    """Lägesbild enligt 4 §."""

    antagen: IsoDate
    antagen_av: Line
    kartlaggning: YesNo
    annan_information: YesNo
    analys: YesNo
    konsekvenser: YesNo = False
    diarienummer: Line | None = None
    adress: Url | None = None


class ActionPlan(Record):
    """Åtgärdsplan enligt 5 §, followed up at least every second year (6 §)."""

    antagen: IsoDate
    antagen_av: Line
    galler_fran: IsoDate
    galler_till: IsoDate
    prioriteringar: Annotated[tuple[Line, ...], Field(min_length=1)]
    atgarder: tuple[RunningId, ...] = ()
    uppfoljd: tuple[IsoDate, ...] = ()
    diarienummer: Line | None = None
    adress: Url | None = None


class Agreement(Record):
    """Överenskommelse om samverkan (8-9 §§): at least its purposes and areas."""

    parter: Annotated[tuple[Line, ...], Field(min_length=2)]
    syften: Annotated[tuple[Line, ...], Field(min_length=1)]
    samverkansomraden: Annotated[tuple[Line, ...], Field(min_length=1)]
    undertecknad: IsoDate
    galler_till: IsoDate | None = None
    adress: Url | None = None


class CouncilMeeting(Record):
    """A meeting of the strategic council (10 §): organisations, never persons."""

    datum: IsoDate
    organisationer: tuple[Line, ...]
    arenden: tuple[Line, ...]
    beslut: tuple[Line, ...] = ()
    protokoll: Url | None = None


class CouncilReport(Record):
    """Report to the municipal council (13 §)."""

    datum: IsoDate
    avser: Line


class Coordination(Record):
    """Samordningsfunktionen (11-12 §§)."""

    funktion: Line
    epost: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    telefon: Line | None = None


class MunicipalPlan(Record):
    """All of it for one municipality: one file each."""

    format: Literal["1"]
    id: Slug
    kommun: MunicipalityCode
    lagesbild: StatutoryPicture | None = None
    atgardsplan: ActionPlan | None = None
    overenskommelser: tuple[Agreement, ...] = ()
    radsmoten: tuple[CouncilMeeting, ...] = ()
    rapporter_till_fullmaktige: tuple[CouncilReport, ...] = ()
    samordning: Coordination
    kommentar: Text | None = None
