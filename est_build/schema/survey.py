"""The private side's own settings: ``enkat.yml`` (how an export is read) and the member register."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, StringConstraints

from est_build.schema.base import IsoDate, Line, MunicipalityCode, Record, Slug, YesNo

ColumnName = Literal[
    "svar_id",
    "inskickat",
    "organisation",
    "sektor",
    "kommun",
    "omrade",
    "kategori",
    "miljo",
    "veckodag",
    "tid",
    "fritext",
]
CANONICAL_COLUMNS: tuple[ColumnName, ...] = get_args(ColumnName)
ObservedName = Literal["omrade", "kategori", "miljo", "veckodag", "tid"]
OBSERVED: tuple[ObservedName, ...] = get_args(ObservedName)
"""What is said of one observation; the other columns belong to the whole answer."""


def _one_or_more(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Heading = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=r"^[^\n]*$")]
"""A heading of an export: tools take the whole question, however long."""
Headings = Annotated[
    tuple[Heading, ...], BeforeValidator(_one_or_more, json_schema_input_type=Heading | list[Heading])
]
"""Headings that mean the same: the tool has one for each language, or one for each branch of the form.

``*`` stands for any text, and the last ``*`` for a choice that has a column of its own.
"""


class Link(Record):
    """How the rows of a second table belong to the answers, as a tool with repeated questions exports."""

    barn: Heading
    """Heading in the table of observations: which answer the row belongs to."""
    foralder: Heading
    """Heading in the table of answers that holds the same value."""


class Survey(Record):
    """How the columns and words of one survey tool become the canonical ones."""

    format: Literal["1"]
    verktyg: Line = "okänt"
    """A tool that is known by name brings the headings that it adds itself (``prepare/tools.py``)."""
    kolumner: dict[ColumnName, Headings] = {}
    """Canonical column -> headings in the export. A column left out has its canonical name."""
    iakttagelser: tuple[dict[ObservedName, Headings], ...] = ()
    """Several observations side by side on one row: the headings of each."""
    koppling: Link | None = None
    """Several observations below each other in a second table; known for tools known by name."""
    ignorera: tuple[Heading, ...] = ()
    """Headings that are known and not used. Any other unknown heading is an error."""
    blad: Heading | None = None
    """Sheet of a workbook; the first one if left out."""
    rad_per_svar: YesNo = False
    """True for a tool that gives its answers no id: then a row is an answer."""
    oavslutade: YesNo = False
    """True for a tool that exports answers not yet sent in: a row without ``inskickat`` is left out."""
    tidszon: Literal["svensk", "UTC"] = "svensk"
    """What the clock of the export shows, where it does not say so itself."""
    datumformat: tuple[Line, ...] = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d")
    varden: dict[ColumnName, dict[str, str]] = {}
    """Word in the export -> code, for each column. Labels and ids of the code lists need no row here."""
    flerval: Line | None = None
    """Separator between several categories in one cell, as many tools write multiple choice."""
    inget: tuple[str, ...] = ("inget att rapportera", "inget")
    """Words in the category column, or in ``inget_kolumn``, that mean: nothing to report."""
    inget_kolumn: Headings = ()
    """A question of its own whether there is anything to report. What it says goes before the rest."""
    medlemmar: Line = "medlemmar.csv"
    """Member register, beside ``enkat.yml``."""


def _area_list(value: Any) -> Any:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split("|") if part.strip())
    return value


def _empty_is_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


class Member(Record):
    """A member organisation of the network (private: who answered never leaves the private side)."""

    organisation: Line
    sektor: Slug
    kommun: MunicipalityCode
    omraden: Annotated[tuple[Slug, ...], BeforeValidator(_area_list)] = ()
    """Areas that it may report on; empty means the whole municipality."""
    fran: Annotated[IsoDate | None, BeforeValidator(_empty_is_none)] = None
    till: Annotated[IsoDate | None, BeforeValidator(_empty_is_none)] = None
    inbjuden: YesNo = True


MEMBER_COLUMNS = tuple(Member.model_fields)
