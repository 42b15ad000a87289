"""``rattelser.yml``: corrections and withdrawals (``domain.md`` 6.17)."""

from __future__ import annotations

from typing import Literal

from est_build.schema.base import IsoDate, Line, Record, Text, YesNo


class Correction(Record):
    """What was wrong and what was changed. It may never say what a hidden figure was."""

    datum: IsoDate
    galler: Line
    """Path of the page, for example ``/lage/2026-v43-44/``."""
    vad_var_fel: Text
    vad_andrades: Text
    paverkar_slutsatser: YesNo


class Corrections(Record):
    """The whole of ``rattelser.yml``."""

    format: Literal["1"]
    rattelser: tuple[Correction, ...] = ()
