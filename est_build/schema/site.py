"""``data/webbplats.yml``: who publishes, for whom, under which licence."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from est_build.schema.base import IsoDate, Line, MunicipalityCode, Record, Slug, Text, Url, YesNo

Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]


class FunctionContact(Record):
    """Whom to talk to: a function with a mailbox or a telephone, never a person."""

    funktion: Line
    epost: Email | None = None
    telefon: Line | None = None


class Hosting(Record):
    """Who runs the server, and how long its logs are kept."""

    vard: Line
    land: Line
    loggdagar: Annotated[int, Field(ge=0, le=365)]
    bitrade: Line | None = None
    """The processor, if the host is one."""


class Municipality(Record):
    """One publishing municipality: the unit of protection and of release."""

    kod: MunicipalityCode
    namn: Line
    id: Slug
    """Name in URLs, for example ``ystad``."""
    kontakt: Email
    """A functional mailbox, never a person's."""
    telefon: Line | None = None
    felanmalan: Url | None = None
    kontakter: tuple[FunctionContact, ...] = ()


class Contact(Record):
    """Where a reader turns with questions about the whole site."""

    funktion: Line
    epost: Email


class Credit(Record):
    """A source that must be named, with its licence."""

    vad: Line
    kalla: Line
    licens: Line
    adress: Url | None = None


class Site(Record):
    """The instance as a whole."""

    format: Literal["1"]
    namn: Line
    kortnamn: Line
    beskrivning: Text
    bas_url: Annotated[str, StringConstraints(pattern=r"^https://[^\s]+/$")]
    """Absolute address of the site, ending in ``/``."""
    sprak: tuple[Literal["sv", "en"], ...] = ("sv",)
    utgivare: Line
    kontakt: Contact
    kommuner: tuple[Municipality, ...]
    exempeldata: YesNo
    """True puts a mark on every page and in every file: the figures are invented."""
    licens_data: Literal["CC0-1.0", "CC-BY-4.0"]
    metod_sedan: IsoDate
    kallor: tuple[Credit, ...] = ()
    drift: Hosting | None = None
    dataskydd: Contact | None = None
    """The data protection officer's mailbox."""
