"""Dates as Swedes write them, when there is only one way to read them."""

from __future__ import annotations

import datetime as dt
import re

from est_build.load.span import MONTHS

_SHORT = {name[:3]: i for i, name in enumerate(MONTHS, 1)} | {"sept": 9}
_LONG = {name: i for i, name in enumerate(MONTHS, 1)}
_DAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_WORDS = re.compile(
    rf"(?:(?P<weekday>{'|'.join(_DAYS)})(?:en)?,? )?(?:den )?(?P<day>\d{{1,2}})(?::?e)? "
    r"(?P<month>[a-z]+)\.? (?P<year>\d{4})"
)
# 3/11 2026 and 3.11.2026: in Swedish the day comes first. A bare 3/11/2026 may be American.
_SLASH = re.compile(r"(?P<day>\d{1,2})(?:/(?P<m>\d{1,2})[ -]|\.(?P<n>\d{1,2})\.)(?P<year>\d{4})")
_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<m>\d{1,2})-(?P<d>\d{1,2})|/(?P<n>\d{1,2})/(?P<e>\d{1,2}))")
_SOLID = re.compile(r"(?P<year>20\d\d)(?P<m>\d\d)(?P<d>\d\d)")


def swedish_date(text: str) -> str | None:
    """``3 november 2026`` -> ``2026-11-03``; ``None`` if it is no date, or could be read in two ways."""
    words = " ".join(text.lower().split())
    if match := _WORDS.fullmatch(words):
        month = _LONG.get(match["month"]) or _SHORT.get(match["month"])
        found = _day(match["year"], month, match["day"])
        if found is None or match["weekday"] in {None, _DAYS[found.weekday()]}:
            return None if found is None else found.isoformat()
        return None
    if match := _SLASH.fullmatch(words):
        found = _day(match["year"], match["m"] or match["n"], match["day"])
    elif match := _ISO.fullmatch(words):
        found = _day(match["year"], match["m"] or match["n"], match["d"] or match["e"])
    elif match := _SOLID.fullmatch(words):
        found = _day(match["year"], match["m"], match["d"])
    else:
        return None
    return None if found is None else found.isoformat()


def _day(year: str, month: str | int | None, day: str) -> dt.date | None:
    if month is None:
        return None
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
