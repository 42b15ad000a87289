"""``data/webbplats.yml``: who publishes, for whom, under which licence."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from est_build.schema.base import IsoDate, Line, MunicipalityCode, Record, Slug, Text, Url, YesNo

Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]


WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"{}|^`\\]+$", max_length=500)]
"""What an organisation is called on the web: such names begin with ``http://`` as often as not."""
Uuid = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
DatasetName = Literal[
    "rapporter",
    "deltagande",
    "bedomningar",
    "atgarder",
    "uppfoljningar",
    "omraden",
    "kodlistor",
    "kalender",
    "bevis",
]


def _organisation_number(value: str) -> str:
    """Ten digits, the last of them a check digit (Luhn); the third tells it from a person's number."""
    digits = [int(c) for c in value.replace("-", "")]
    doubled = sum(sum(divmod(2 * d, 10)) for d in digits[::2])
    if digits[2] < 2 or (doubled + sum(digits[1::2])) % 10:
        raise ValueError("organisationsnummer")
    return value.replace("-", "")


OrganisationNumber = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{6}-?[0-9]{4}$"), AfterValidator(_organisation_number)
]


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
    telefon: Line | None = None


class PostalAddress(Record):
    """Where letters to the publisher go."""

    gata: Line | None = None
    postnummer: Annotated[str, StringConstraints(pattern=r"^[0-9]{3} ?[0-9]{2}$")]
    ort: Line
    land: Line = "Sverige"


class OpenDataSettings(Record):
    """What a catalogue of open data (DCAT-AP-SE) asks for and nothing else on the site does."""

    utgivartyp: Literal["kommun", "region", "myndighet", "forening", "foretag"] = "kommun"
    om_utgivaren: Line | None = None
    organisationsnummer: OrganisationNumber | None = None
    utgivar_id: WebAddress | None = None
    """The publisher's address in the national catalogue. Made of the organisation number if not given."""
    postadress: PostalAddress | None = None
    uuid: dict[DatasetName, Uuid] = {}
    """What a dataset is known by wherever it moves. Made of its address if not given."""


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
    oppna_data: OpenDataSettings = OpenDataSettings()
