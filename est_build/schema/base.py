"""Building blocks shared by all file models: strict records and the small types in them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

FORMAT_VERSION = 1

PERIOD_PATTERN = re.compile(r"^([0-9]{4})-v([0-9]{2})-(?:([0-9]{4})-v)?([0-9]{2})$")
QUARTER_PATTERN = re.compile(r"^[0-9]{4}-kv[1-4]$")


class Record(BaseModel):
    """A frozen record in which an unknown key is an error, so that no typing slip passes unseen."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def _iso_date(value: Any) -> Any:
    """Accept a date only as ``YYYY-MM-DD``: other spellings mean different days to different people."""
    if isinstance(value, str):
        text = value.strip()
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError("datum")
        try:
            return dt.date.fromisoformat(text)
        except ValueError as error:
            raise ValueError("datum_finns_inte") from error
    return value


def _yes_no(value: Any) -> Any:
    """Read ``ja``/``nej`` and ``true``/``false``; every scalar reaches the models as text."""
    if isinstance(value, str):
        word = value.strip().lower()
        if word in {"ja", "true"}:
            return True
        if word in {"nej", "false"}:
            return False
        raise ValueError("ja_nej")
    return value


def _period_id(value: str) -> str:
    if not PERIOD_PATTERN.match(value):
        raise ValueError("period")
    return value


def _quarter_id(value: str) -> str:
    if not QUARTER_PATTERN.match(value):
        raise ValueError("kvartal")
    return value


def _unique(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(set(values)) != len(values):
        raise ValueError("upprepad")
    return values


IsoDate = Annotated[dt.date, BeforeValidator(_iso_date)]
YesNo = Annotated[bool, BeforeValidator(_yes_no)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\n]*$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[.-][a-z0-9]+)*$", max_length=80)]
MunicipalityCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}(?:[0-9]{2})?$")]
RunningId = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{3}$")]
PeriodId = Annotated[str, AfterValidator(_period_id)]
QuarterId = Annotated[str, AfterValidator(_quarter_id)]
Year = Annotated[int, Field(ge=2000, le=2100)]
Whole = Annotated[int, Field(ge=0)]
Url = Annotated[str, StringConstraints(pattern=r"^https://[^\s]+$", max_length=500)]
Slugs = Annotated[tuple[Slug, ...], AfterValidator(_unique)]


class BilingualText(Record):
    """A text in Swedish, and in English where a person has translated it."""

    sv: Text
    en: Text | None = None
