"""``content/tillganglighet.yml``: what the accessibility statement says, and the last run of the tests."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from est_build.schema.base import IsoDate, Line, Record, Text, Url

Clause = Annotated[str, Field(pattern=r"^[0-9]+(?:\.[0-9]+)*$")]
"""A clause of EN 301 549, for example ``9.1.4.3``."""


class Supervisor(Record):
    """The authority that a reader may complain to."""

    namn: Line
    adress: Url


class Shortcoming(Record):
    """Something that does not meet the demands."""

    vad: Text
    punkt: Clause | None = None
    varfor: Text
    klart: IsoDate | None = None
    """When it is to be mended."""
    i_stallet: Text | None = None
    """What a reader can do instead."""


class ClauseResult(Record):
    """A clause, and how it went in the run."""

    punkt: Clause
    krav: Line
    resultat: Literal["uppfyllt", "delvis", "inte", "galler_inte", "inte_provat"]
    hur: Line
    """How it was tested."""


class AccessRun(Record):
    """The last run of the tests, as the script of the tests writes it."""

    datum: IsoDate
    verktyg: tuple[Line, ...]
    sidor: Annotated[int, Field(ge=1)]
    rader: tuple[ClauseResult, ...]


class Accessibility(Record):
    """The whole of ``tillganglighet.yml``."""

    format: Literal["1"]
    niva: Literal["helt", "delvis", "inte"]
    """Whether the site fully, partly or does not meet the law."""
    bedomd: IsoDate
    uppdaterad: IsoDate
    bedomning: Literal["egen", "utomstaende"]
    svarstid: Line
    tillsyn: Supervisor
    provat: tuple[Line, ...]
    inte_provat: tuple[Line, ...] = ()
    brister: tuple[Shortcoming, ...] = ()
    korning: AccessRun | None = None
