"""When an answer came in: the forms in which survey tools write a moment, as Swedish local time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from est_build.prepare.export import CELL_TIME, EPOCH

SWEDEN = ZoneInfo("Europe/Stockholm")
_SERIAL = re.compile(r"[3-7]\d{4}(?:[.,]\d+)?")
"""Days from a spreadsheet's day nought: 30000 is in 1982, 79999 in 2119."""
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*")
# A form service writes ``2026/11/05 3:08:44 em CET`` in Swedish and ``3:08:44 PM GMT+1`` in English.
_CLOCK = re.compile(
    r"(\d{4})/(\d\d?)/(\d\d?) (\d\d?)[:.](\d\d)[:.](\d\d)(?: (AM|PM|fm|em|f\.m\.|e\.m\.))?"
    r"(?: (?:(CEST|CET|EEST|EET|UTC|GMT)([+-]\d\d?)?(?::?(\d\d))?))?",
    re.IGNORECASE,
)
_ZONES = {"CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "UTC": 0, "GMT": 0}


def moment(text: str, formats: Iterable[str], *, utc: bool = False, epoch: dt.datetime = EPOCH,
           ) -> dt.datetime | None:  # fmt: skip
    """A text as Swedish local time; ``None`` if it is no moment in a known form.

    Args:
        text: what stands in the export.
        formats: forms of the survey (``strptime``), tried first.
        utc: what the clock shows where the text does not say.
        epoch: day nought of serial dates.
    """
    plain = " ".join(text.split())
    found = _by_format(plain, (*formats, CELL_TIME)) or _serial(plain, epoch) or _iso(plain) or _clock(plain)
    if found is None:
        return None
    if found.tzinfo is None and utc:
        found = found.replace(tzinfo=dt.UTC)
    if found.tzinfo is None:
        return found
    try:
        return found.astimezone(SWEDEN).replace(tzinfo=None)
    except OverflowError:
        # At the very ends of the calendar there is no Swedish time.
        return None


def _by_format(text: str, formats: Iterable[str]) -> dt.datetime | None:
    for form in formats:
        try:
            # Local time as the survey tool writes it: the network and its calendar share it.
            return dt.datetime.strptime(text, form)  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _serial(text: str, epoch: dt.datetime) -> dt.datetime | None:
    """A date that has lost its form in a spreadsheet: 46331.5 is noon on a day in 2026."""
    if not _SERIAL.fullmatch(text):
        return None
    found = epoch + dt.timedelta(days=float(text.replace(",", ".")))
    # A second is a fraction without end.
    return (found + dt.timedelta(microseconds=500_000)).replace(microsecond=0)


def _iso(text: str) -> dt.datetime | None:
    if not _ISO.fullmatch(text):
        return None
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return None


def _clock(text: str) -> dt.datetime | None:
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
    if match[7]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (match[7][0].lower() in "pe")
    try:
        found = dt.datetime(year, month, day, hour, minute, second)  # noqa: DTZ001
    except ValueError:
        return None
    if not match[8]:
        return found
    ahead = dt.timedelta(hours=_ZONES[match[8].upper()] + int(match[9] or 0), minutes=int(match[10] or 0))
    return found.replace(tzinfo=dt.timezone(ahead)) if abs(ahead) < dt.timedelta(hours=24) else None
