"""The stories of the example in figures: what is more or less than usual, where and when.

Texts about the same stories are in ``texts/``. Stories a and f (participation) are in ``network``,
g (a category that is split) in ``profiles``; h (hidden cells) comes by itself.
"""

from __future__ import annotations

from typing import NamedTuple

from est_build.demo.calendar import calendar, index_of


class Extra(NamedTuple):
    """Reports on top of the usual ones: a problem in one place and one kind of environment.

    ``mean`` is the mean number of reports in a fortnight, at the level of participation that the
    network had at the start. With ``rise`` it grows evenly from two fifths to the whole.
    """

    omrade: str
    kategori: str
    miljo: str
    mean: float
    first: str
    last: str
    rise: bool = False
    months: tuple[int, ...] = ()
    """Months in which it is seen; empty means all."""


class Calm(NamedTuple):
    """Fewer reports than usual of a group or category in one area (``factor`` below 1)."""

    omrade: str
    kategori: str
    factor: float
    first: str
    last: str


_SUMMER = (6, 7, 8)
_MOTOR = (4, 5, 6, 7, 8, 9)

EXTRAS = (
    # b. The sports ground in Tomelilla: autumn 2025 to spring 2026, easing off after that.
    Extra("tomelilla-tatort", "skadegorelse.allman-egendom", "idrottsplats", 3.8, "2025-v41-42",
          "2026-v15-16"),
    Extra("tomelilla-tatort", "skadegorelse.glaskross", "idrottsplats", 2.8, "2025-v41-42",
          "2026-v15-16"),
    Extra("tomelilla-tatort", "skadegorelse.klotter", "idrottsplats", 2.2, "2025-v41-42",
          "2026-v15-16"),
    Extra("tomelilla-tatort", "skadegorelse.allman-egendom", "idrottsplats", 1.8, "2026-v17-18",
          "2026-v25-26"),
    # c. Litter at the station in Skurup.
    Extra("skurups-tatort", "nedskrapning.skrap", "station", 5.0, "2024-v07-08", "2024-v33-34"),
    # d. Vehicle meets in Sjöbo, spring and summer 2025; then more in Blentarp.
    Extra("sjobo-tatort", "trafik.fordonstraffar", "parkering", 2.6, "2025-v13-14", "2025-v25-26"),
    Extra("sjobo-tatort", "trafik.a-traktor", "parkering", 3.0, "2025-v13-14", "2025-v25-26"),
    Extra("sjobo-tatort", "trafik.buskorning", "gata", 2.4, "2025-v13-14", "2025-v25-26"),
    Extra("sjobo-tatort", "trafik.motorljud", "parkering", 1.5, "2025-v13-14", "2025-v25-26"),
    Extra("blentarp", "trafik.a-traktor", "parkering", 5.0, "2025-v27-28", "2025-v43-44"),
    Extra("blentarp", "trafik.buskorning", "gata", 4.0, "2025-v27-28", "2025-v43-44"),
    Extra("blentarp", "trafik.fordonstraffar", "parkering", 3.0, "2025-v27-28", "2025-v43-44"),
    Extra("blentarp", "trafik.a-traktor", "parkering", 1.8, "2026-v09-10", "2026-v13-14"),
    Extra("blentarp", "trafik.buskorning", "gata", 1.2, "2026-v09-10", "2026-v13-14"),
    # k. The walkway to the station in Ystad, autumn 2026.
    Extra("ystads-tatort", "otrygg-utformning.belysning", "gata", 11.0, "2026-v37-38",
          "2026-v45-46", rise=True),
    Extra("ystads-tatort", "otrygg-utformning.belysning", "station", 4.0, "2026-v37-38",
          "2026-v45-46", rise=True),
    # l. Kivik's harbour in the summers.
    Extra("kivik", "nedskrapning.skrap", "strand-hamn", 3.0, "2023-v23-24", "2024-v35-36",
          months=_SUMMER),
    Extra("kivik", "nedskrapning.skrap", "strand-hamn", 9.0, "2025-v23-24", "2025-v35-36",
          months=_SUMMER),
    Extra("kivik", "nedskrapning.skrap", "strand-hamn", 7.0, "2026-v23-24", "2026-v35-36",
          months=_SUMMER),
    # The smaller issues that the network follows or has followed.
    Extra("simrishamns-tatort", "skadegorelse.klotter", "torg", 3.0, "2023-v05-06", "2023-v43-44"),
    Extra("simrishamns-tatort", "nedskrapning.skrap", "gata", 2.0, "2023-v05-06", "2023-v43-44"),
    Extra("nybrostrand", "ordning.ljud", "strand-hamn", 2.0, "2023-v23-24", "2026-v35-36",
          months=_SUMMER),
    Extra("svarte", "ordning.ljud", "strand-hamn", 1.5, "2023-v23-24", "2026-v35-36",
          months=_SUMMER),
    Extra("skurups-tatort", "otrygg-utformning.olast", "kallare-garage", 1.2, "2023-v33-34",
          "2024-v21-22"),
    Extra("tomelilla-tatort", "otrygg-utformning.olast", "trapphus", 1.2, "2023-v33-34",
          "2024-v21-22"),
    Extra("ystads-tatort", "ordning.brak", "torg", 3.0, "2024-v01-02", "2026-v45-46",
          months=(1, 5, 6, 8, 12)),
    Extra("ystads-tatort", "alkohol-narkotika.offentligt-drickande", "torg", 2.0, "2024-v01-02",
          "2026-v45-46", months=(1, 5, 6, 8, 12)),
    Extra("tomelilla-tatort", "otrygg-utformning.odslig-plats", "tunnel-bro", 2.0, "2024-v03-04",
          "2025-v19-20"),
    Extra("tomelilla-tatort", "otrygg-utformning.belysning", "hallplats", 2.5, "2025-v51-52",
          "2026-v45-46", months=(1, 2, 3, 4, 9, 10, 11, 12)),
    Extra("rydsgard", "otrygg-utformning.sikt", "gata", 1.5, "2026-v05-06", "2026-v45-46"),
    Extra("ystads-tatort", "rykten.sociala-medier", "natet", 1.2, "2026-v19-20", "2026-v45-46"),
    Extra("skurups-tatort", "rykten.sociala-medier", "natet", 1.0, "2026-v19-20", "2026-v45-46"),
    Extra("ystads-tatort", "stold.cykel", "station", 3.0, "2025-v33-34", "2026-v11-12"),
)  # fmt: skip

CALMS = (
    # c. After new bins and a cleaning round: below the display limit for more than a year.
    Calm("skurups-tatort", "nedskrapning", 0.03, "2024-v35-36", "2025-v51-52"),
    Calm("skurups-tatort", "nedskrapning", 0.12, "2026-v01-02", "2026-v45-46"),
    # d. Sjöbo after the action: reports became fewer there. In 2026 in both places.
    Calm("sjobo-tatort", "trafik", 0.45, "2025-v27-28", "2025-v51-52"),
    Calm("sjobo-tatort", "trafik", 0.75, "2026-v01-02", "2026-v45-46"),
    Calm("blentarp", "trafik", 0.5, "2026-v15-16", "2026-v45-46"),
    # b. The sports ground is calmer from the summer of 2026.
    Calm("tomelilla-tatort", "skadegorelse", 0.75, "2026-v27-28", "2026-v45-46"),
    Calm("tomelilla-tatort", "otrygg-utformning.odslig-plats", 0.5, "2025-v39-40", "2026-v45-46"),
    Calm("simrishamns-tatort", "skadegorelse.klotter", 0.6, "2023-v45-46", "2026-v45-46"),
)

_STILL = ("1264", "2024-v33-34", "2025-v51-52")
"""Story a: in Skurup nothing but participation varies while the network there grows."""

NEW_FORM = "2026-v01-02"
"""Story n: from here the survey has a new form, in which it is easier to tell more at a time."""
_NEW_FORM_FACTOR = {"positivt": 1.45, "nedskrapning": 1.12, "otrygg-utformning": 1.12}
_NEW_FORM_ELSE = 1.06


def _within(first: str, last: str, index: int) -> bool:
    return index_of(first) <= index <= index_of(last)


def is_still(code: str, index: int) -> bool:
    """True where a municipality is to have no swings of its own, so that a story is seen."""
    still, first, last = _STILL
    return code == still and _within(first, last, index)


def extra_mean(extra: Extra, index: int) -> float:
    """Mean number of extra reports in the fortnight with this number, 0 outside its time."""
    if not _within(extra.first, extra.last, index):
        return 0.0
    middle_month = calendar()[index].publiceras.month
    if extra.months and middle_month not in extra.months:
        return 0.0
    if not extra.rise:
        return extra.mean
    length = index_of(extra.last) - index_of(extra.first)
    return extra.mean * (0.4 + 0.6 * (index - index_of(extra.first)) / length)


def factor(area: str, leaf: str, index: int) -> float:
    """What the stories multiply the usual number of reports by."""
    result = 1.0
    for calm in CALMS:
        covers = leaf == calm.kategori or leaf.startswith(f"{calm.kategori}.")
        if calm.omrade == area and covers and _within(calm.first, calm.last, index):
            result *= calm.factor
    if index >= index_of(NEW_FORM):
        result *= _NEW_FORM_FACTOR.get(leaf.partition(".")[0], _NEW_FORM_ELSE)
    return result
