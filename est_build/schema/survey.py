"""The private side's own settings: ``enkat.yml`` (how an export is read) and the member register."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator

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


class Survey(Record):
    """How the columns and words of one survey tool become the canonical ones."""

    format: Literal["1"]
    verktyg: Line = "okänt"
    kolumner: dict[ColumnName, Line] = {}
    """Canonical column -> heading in the export. A column left out has its canonical name."""
    ignorera: tuple[Line, ...] = ()
    """Headings that are known and not used. Any other unknown heading is an error."""
    blad: Line | None = None
    """Sheet of a workbook; the first one if left out."""
    datumformat: tuple[Line, ...] = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d")
    varden: dict[ColumnName, dict[str, str]] = {}
    """Word in the export -> code, for each column. Labels and ids of the code lists need no row here."""
    flerval: Line | None = None
    """Separator between several categories in one cell, as many tools write multiple choice."""
    inget: tuple[str, ...] = ("inget att rapportera", "inget")
    """Words in the category column that mean: nothing to report."""
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
