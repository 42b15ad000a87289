"""Code lists: the packaged defaults and ``data/kodlistor.yml``, which says what differs from them."""

from __future__ import annotations

from typing import Literal

from est_build.schema.base import Line, Record, Slug, Year, YesNo

ListName = Literal[
    "kategorier",
    "sektorer",
    "miljoer",
    "tider",
    "atgardstyper",
    "statusar",
    "effekter",
    "strategier",
    "genomforande",
    "grund",
    "fragestatus",
]

Sensitivity = Literal["oppen", "omrade", "kommun"]


class Code(Record):
    """One entry of a code list. Ids never change meaning; labels may be renamed by an instance."""

    id: Slug
    sv: Line
    en: Line
    forald: Slug | None = None
    beskrivning: str = ""
    aktiv: YesNo = True


class Category(Code):
    """A leaf or a group of the category tree (``domain.md`` 7)."""

    slag: Literal["handelse", "plats", "upplevelse", "skydd"]
    """Event, condition of a place, perception, or something protective."""
    kanslighet: Sensitivity
    """``oppen``: area level; ``omrade``: area, no environment; ``kommun``: municipality, quarter."""
    kanslig: YesNo = False
    """Needs ten reports instead of five (R2)."""
    fran_ar: Year | None = None
    till_ar: Year | None = None
    """First and last year in which it is counted: the plan changes only at a new year (R0)."""
    ersatt_av: Slug | None = None


class ActionType(Code):
    """A kind of action, quick or long-term, with the rule for what may be said of it beforehand."""

    horisont: Literal["snabb", "lang"]
    bara_efterat: YesNo = False
    """True for presence and controls: never announced ahead (``domain.md`` 10, row 13)."""


class CodeChange(Record):
    """What an instance changes in one packaged code."""

    sv: Line | None = None
    en: Line | None = None
    aktiv: YesNo | None = None
    till_ar: Year | None = None
    ersatt_av: Slug | None = None


class NewCategory(Record):
    """A category of the instance's own: allowed, since trees differ between networks."""

    id: Slug
    sv: Line
    en: Line
    forald: Slug | None = None
    slag: Literal["handelse", "plats", "upplevelse", "skydd"] = "handelse"
    kanslighet: Sensitivity = "kommun"
    kanslig: YesNo = False
    beskrivning: str = ""
    fran_ar: Year | None = None
    till_ar: Year | None = None
    ersatt_av: Slug | None = None


class CodeLists(Record):
    """The whole of ``kodlistor.yml``."""

    format: Literal["1"]
    egna_kategorier: tuple[NewCategory, ...] = ()
    bara_egna_kategorier: YesNo = False
    """True leaves the packaged tree out altogether (another kind of network)."""
    andringar: dict[ListName, dict[Slug, CodeChange]] = {}
