"""A picture that should have come: the site says so by itself, from the data's own date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from est_build.schema.picture import SituationPicture


@dataclass(frozen=True, slots=True)
class LatePicture:
    """A joint text that was promised and has not come."""

    promised: dt.date
    last: str
    """The newest period that has a picture."""


def late_picture(pictures: Mapping[str, SituationPicture | None], today: dt.date) -> LatePicture | None:
    """The missing picture, or ``None`` if nothing is late.

    Args:
        pictures: every published period in the order of time, with its picture if it has one.
        today: the data's own date.
    """
    written = [(period, picture) for period, picture in pictures.items() if picture is not None]
    if not written:
        return None
    last, picture = written[-1]
    newest = list(pictures)[-1]
    promised = picture.nasta
    if promised is None or promised > today or (promised == today and last == newest):
        return None
    return LatePicture(promised, last)
