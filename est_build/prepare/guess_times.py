"""Which form the moments of an export have, also where day and month could be either."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from est_build.prepare.moment import moment
from est_build.prepare.tools import Tool
from est_build.schema.survey import Survey

_CLOCKS = ("%H:%M:%S", "%H:%M", "%H.%M.%S", "%H.%M", "%I:%M:%S %p", "%I:%M %p")
_DAYS = (
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%d/%m/%y",
    "%m/%d/%y",
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%y-%m-%d",
)
CANDIDATES = (*(f"{day} {clock}" for day in _DAYS for clock in _CLOCKS), *_DAYS)


def forms_for(
    texts: Sequence[str], tool: Tool, epoch: dt.datetime
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Forms that ``enkat.yml`` must name, and those that fit just as well and mean other days.

    No form need be named if all moments are understood already. Answers to one survey come in close to
    each other: of two forms, the one that puts them closest is the right one.
    """
    usual = (*Survey.model_fields["datumformat"].default, *tool.formats)
    if all(moment(text, usual, epoch=epoch) is not None for text in texts):
        return (), ()
    fitting: dict[str, tuple[dt.datetime, ...]] = {}
    for form in CANDIDATES:
        found = [moment(text, (form, *usual), epoch=epoch) for text in texts]
        whole = tuple(one for one in found if one is not None)
        if len(whole) == len(texts):
            fitting.setdefault(form, whole)
    if not fitting:
        return (), ()
    spread = {form: max(whole) - min(whole) for form, whole in fitting.items()}
    best = min(fitting, key=lambda form: spread[form])
    rivals = [f for f in fitting if spread[f] == spread[best] and fitting[f] != fitting[best]]
    return (best, *usual[: len(Survey.model_fields["datumformat"].default)]), tuple(rivals)
