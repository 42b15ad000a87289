"""How invented reports fall: on categories, places, environments, days and seasons.

All numbers are relative weights, chosen to look like a small network in the countryside
(``domain.md`` 12.2), not measured anywhere.
"""

from __future__ import annotations

import datetime as dt
import math
from functools import cache

from est_build.demo.places import TOWNS

BASE_REPORTS = {"1286": 60.0, "1291": 54.0, "1265": 49.0, "1270": 47.0, "1264": 41.0}
"""Mean number of reports in a fortnight at the start of the network, season aside."""

TOWN_SHARE = {"1286": 0.68, "1291": 0.60, "1265": 0.66, "1270": 0.62, "1264": 0.78}
"""Share of a municipality's reports that concern its main town."""
VILLAGE_SIZE = 0.35
"""Power of its inhabitants by which a village is written about: small ones more than by size."""
VILLAGE_VOICE = {"slimminge": 0.25, "rydsgard": 0.65, "blentarp": 0.75}
"""Villages from which less is reported than their size says."""

LEAVES: dict[str, float] = {
    "skadegorelse.klotter": 6, "skadegorelse.glaskross": 5, "skadegorelse.allman-egendom": 6,
    "skadegorelse.fordon": 1.2, "skadegorelse.eldning": 0.7, "skadegorelse.smallare": 0.35,
    "nedskrapning.skrap": 12, "nedskrapning.dumpning": 4, "nedskrapning.overgivna-fordon": 1,
    "nedskrapning.trasig-utrustning": 6,
    "otrygg-utformning.belysning": 8, "otrygg-utformning.sikt": 4.5,
    "otrygg-utformning.odslig-plats": 2.5, "otrygg-utformning.tomma-byggnader": 0.6,
    "otrygg-utformning.olast": 0.6,
    "samlingar.unga": 9, "samlingar.vuxna": 3, "samlingar.stangd-verksamhet": 1.5,
    "samlingar.trapphus": 0.8,
    "ordning.ljud": 7.5, "ordning.brak": 6.5, "ordning.olovligt-tilltrade": 2,
    "ordning.inomhus": 3.5,
    "hot.tillrop": 1.3, "hot.forfoljd": 0.4, "hot.sexuella": 0.2, "hot.personal": 1.0,
    "hot.hatmotiv": 0.2,
    "vald.misshandel": 0.8, "vald.ran": 0.1, "vald.vapen": 0.2,
    "alkohol-narkotika.offentligt-drickande": 4, "alkohol-narkotika.bruk": 1.8,
    "alkohol-narkotika.forsaljning": 0.8, "alkohol-narkotika.spar": 1.0,
    "alkohol-narkotika.langning": 0.4,
    "trafik.fortkorning": 11, "trafik.buskorning": 9, "trafik.a-traktor": 0,
    "trafik.motorljud": 4, "trafik.fordonstraffar": 2.5, "trafik.elsparkcyklar": 1.2,
    "stold.cykel": 3.0, "stold.fordon": 0.8, "stold.butik": 1.6, "stold.lokal": 0.8,
    "stold.bedrageri": 1.2,
    "rykten.sociala-medier": 1.3, "rykten.spridda-hot": 0.4, "rykten.allman-oro": 1.0,
    "positivt.lugnt": 6, "positivt.valbesokt": 5, "positivt.vuxennarvaro": 3.5,
    "positivt.atgard-marks": 2.5,
}  # fmt: skip
"""Relative weight of each category before season and place."""

SPLIT_YEAR = 2025
"""Story g: from this year A-tractors are counted by themselves, before then as reckless driving."""

_VILLAGE: dict[str, float] = {
    "trafik": 1.5, "nedskrapning": 1.2, "otrygg-utformning": 1.0, "skadegorelse": 0.8,
    "samlingar": 0.5, "ordning": 0.5, "alkohol-narkotika": 0.4, "hot": 0.3, "vald": 0.2,
    "stold": 0.9, "rykten": 0.6, "positivt": 1.1,
}  # fmt: skip
"""Weight of a group in a village against a town."""

COAST = frozenset(
    {"svarte", "nybrostrand", "loderup", "ystads-tatort", "simrishamns-tatort", "skillinge",
     "kivik", "borrby", "brantevik", "abbekas"}
)  # fmt: skip
STATIONS = frozenset(
    {"ystads-tatort", "svarte", "kopingebro", "tomelilla-tatort", "lunnarp", "smedstorp",
     "garsnas", "simrishamns-tatort", "skurups-tatort", "rydsgard"}
)  # fmt: skip

ENVIRONMENTS: dict[str, dict[str, float]] = {
    "skadegorelse": {"skolgard": 4, "park": 3, "idrottsplats": 3, "station": 2, "hallplats": 3,
                     "torg": 2, "lekplats": 2, "bostadsomrade": 2, "gata": 2},
    "nedskrapning": {"park": 4, "strand-hamn": 3, "natur": 3, "parkering": 3, "torg": 3,
                     "gata": 3, "hallplats": 2, "bostadsomrade": 2, "lekplats": 1, "station": 1},
    "otrygg-utformning": {"gata": 6, "tunnel-bro": 3, "station": 3, "park": 3, "hallplats": 2,
                          "parkering": 2, "bostadsomrade": 2, "okand": 0.5},
    "samlingar": {"torg": 3, "skolgard": 4, "park": 3, "butik": 2, "station": 2, "parkering": 2,
                  "idrottsplats": 1, "fritidsgard": 1},
    "ordning": {"torg": 4, "park": 2, "bibliotek-kultur": 2, "butik": 3, "station": 2,
                "bostadsomrade": 3, "bad-sporthall": 1, "skolgard": 2, "evenemang": 1},
    "hot": {"gata": 3, "torg": 2, "butik": 2, "kommunens-lokaler": 2, "station": 2, "ombord": 1},
    "vald": {"torg": 3, "gata": 2, "evenemang": 2, "park": 1, "okand": 1},
    "alkohol-narkotika": {"park": 4, "torg": 4, "station": 2, "strand-hamn": 1, "parkering": 2,
                          "bostadsomrade": 1},
    "trafik": {"gata": 10, "parkering": 3, "torg": 2, "bostadsomrade": 4,
               "verksamhetsomrade": 1.5, "skolgard": 1},
    "stold": {"station": 2, "butik": 3, "bostadsomrade": 3, "skolgard": 1, "parkering": 2,
              "kallare-garage": 1, "verksamhetsomrade": 1},
    "rykten": {"natet": 8, "okand": 2},
    "positivt": {"torg": 3, "park": 3, "idrottsplats": 3, "bibliotek-kultur": 2, "skolgard": 2,
                 "strand-hamn": 1, "bostadsomrade": 2, "fritidsgard": 2, "gata": 1},
}  # fmt: skip
"""Environments in which the reports of a group happen."""

_OWN_ENVIRONMENTS: dict[str, dict[str, float]] = {
    "skadegorelse.smallare": {"bostadsomrade": 5, "torg": 3, "gata": 2, "park": 1, "skolgard": 1},
    "nedskrapning.dumpning": {"natur": 4, "parkering": 2, "verksamhetsomrade": 2,
                              "bostadsomrade": 1},
    "otrygg-utformning.olast": {"trapphus": 4, "kallare-garage": 4},
    "otrygg-utformning.tomma-byggnader": {"bostadsomrade": 2, "verksamhetsomrade": 2, "torg": 1},
    "samlingar.trapphus": {"trapphus": 5, "kallare-garage": 3},
    "samlingar.stangd-verksamhet": {"butik": 2, "skolgard": 2, "verksamhetsomrade": 2},
    "ordning.inomhus": {"bibliotek-kultur": 4, "butik": 4, "bad-sporthall": 2, "station": 1},
    "hot.personal": {"kommunens-lokaler": 3, "butik": 3, "bibliotek-kultur": 1, "ombord": 1},
    "trafik.fordonstraffar": {"parkering": 6, "verksamhetsomrade": 2, "torg": 1},
    "stold.cykel": {"station": 3, "bostadsomrade": 2, "skolgard": 1, "torg": 1},
    "stold.butik": {"butik": 1},
    "stold.lokal": {"kallare-garage": 3, "verksamhetsomrade": 3},
    "stold.bedrageri": {"bostadsomrade": 3, "natet": 2, "butik": 1},
    "positivt.vuxennarvaro": {"torg": 3, "gata": 2, "idrottsplats": 2, "skolgard": 1},
}  # fmt: skip
"""Categories that do not follow their group."""

DAYPARTS = ("förmiddag", "eftermiddag", "kväll", "natt")
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")

_DAYPART: dict[str, tuple[float, float, float, float]] = {
    "skadegorelse": (2, 2, 5, 6), "nedskrapning": (6, 4, 2, 1), "otrygg-utformning": (2, 2, 8, 2),
    "samlingar": (0.5, 3, 8, 4), "ordning": (1, 4, 7, 4), "hot": (2, 4, 5, 3),
    "vald": (0.5, 1, 4, 6), "alkohol-narkotika": (1, 3, 6, 4), "trafik": (2, 4, 8, 3),
    "stold": (3, 4, 3, 4), "rykten": (2, 4, 5, 1), "positivt": (3, 5, 5, 0.3),
}  # fmt: skip
_WEEKDAY_DAYTIME = (1.1, 1.0, 1.0, 1.0, 1.1, 0.9, 0.8)
_WEEKDAY_NIGHTTIME = (0.7, 0.7, 0.8, 0.9, 2.4, 2.5, 0.8)

AFFINITY: dict[str, dict[str, float]] = {
    "skola": {"samlingar": 1.6, "ordning": 1.2, "hot": 1.3, "rykten": 2.0,
              "alkohol-narkotika": 0.5},
    "socialtjanst": {"samlingar": 1.6, "alkohol-narkotika": 2.0, "rykten": 1.6,
                     "nedskrapning": 0.5},
    "fritid-kultur": {"samlingar": 1.5, "ordning": 1.6, "positivt": 1.6},
    "gata-park": {"nedskrapning": 2.2, "skadegorelse": 1.8, "otrygg-utformning": 2.0, "hot": 0.3},
    "naringsliv": {"stold": 2.5, "ordning": 1.6, "nedskrapning": 1.1, "hot": 1.5},
    "polis": {"trafik": 1.8, "vald": 2.5, "alkohol-narkotika": 2.0, "nedskrapning": 0.2},
    "bostadsbolag": {"nedskrapning": 1.5, "skadegorelse": 1.5, "otrygg-utformning": 1.4},
    "foreningsliv": {"skadegorelse": 1.4, "positivt": 1.5, "trafik": 1.2},
    "nattvandrare": {"samlingar": 1.8, "positivt": 1.8, "otrygg-utformning": 1.5},
    "kollektivtrafik": {"otrygg-utformning": 1.4, "ordning": 1.5, "skadegorelse": 1.4},
}  # fmt: skip
"""What a sector sees more or less of than others."""


PLACELESS = {"rykten": 0.4, "hot": 0.05}
"""Share of a group's reports that name the municipality only, no place in it."""
PLACELESS_ELSE = 0.015


def group_of(leaf: str) -> str:
    """Top category of a leaf: ``trafik`` for ``trafik.fortkorning``."""
    return leaf.partition(".")[0]


def place_weight(area: str, leaf: str) -> float:
    """Weight of a category in an area against a town."""
    group = group_of(leaf)
    weight = 1.0 if area in TOWNS else _VILLAGE[group]
    if leaf == "skadegorelse.smallare":
        weight = 1.0
    return weight


def day_weights(group: str) -> tuple[list[tuple[str, str]], list[float]]:
    """Pairs of weekday and part of the day, with their weights."""
    pairs, weights = [], []
    for number, weekday in enumerate(WEEKDAYS):
        for part, (daypart, weight) in enumerate(zip(DAYPARTS, _DAYPART[group], strict=True)):
            table = _WEEKDAY_NIGHTTIME if part >= 2 else _WEEKDAY_DAYTIME
            pairs.append((weekday, daypart))
            weights.append(weight * table[number])
    return pairs, weights


_MOTOR = frozenset(
    {"trafik.buskorning", "trafik.a-traktor", "trafik.motorljud", "trafik.fordonstraffar"}
)


def _bump(day: int, middle: int, width: float) -> float:
    """A hump of the year: 1 on the day in the middle, falling to 0 on both sides (days)."""
    away = abs(day - middle)
    return math.exp(-((min(away, 365 - away) / width) ** 2))


def _season(leaf: str, day: int, coast: bool) -> float:
    """Season factor on one day of the year (1-365)."""
    motor = 0.55 + 1.05 * _bump(day, 180, 75)
    dark = 0.45 + 1.3 * _bump(day, 350, 70)
    visitors = _bump(day, 195, 38)
    if leaf in _MOTOR:
        return motor
    if leaf == "otrygg-utformning.belysning":
        return dark
    if leaf == "otrygg-utformning.sikt":
        return 0.6 + _bump(day, 200, 60)
    if leaf == "skadegorelse.smallare":
        return 0.5 + 150.0 * _bump(day, 364, 9) + 6.0 * _bump(day, 304, 7)
    if leaf in {"samlingar.unga", "samlingar.stangd-verksamhet"}:
        return 0.85 + 0.5 * _bump(day, 158, 18) + 0.5 * _bump(day, 236, 12) + _bump(day, 304, 8)
    if leaf in {"alkohol-narkotika.offentligt-drickande", "ordning.ljud", "ordning.brak"}:
        return 0.8 + 0.6 * _bump(day, 160, 20) + 0.5 * visitors
    if leaf == "ordning.inomhus":
        return 0.9 + 0.5 * _bump(day, 20, 50) + 0.5 * _bump(day, 304, 12)
    if leaf in {"nedskrapning.skrap", "nedskrapning.dumpning"}:
        return 0.85 + (1.0 if coast else 0.35) * visitors
    if leaf == "stold.cykel":
        return 0.5 + 0.9 * _bump(day, 210, 80)
    if leaf in {"positivt.valbesokt", "positivt.lugnt"}:
        return 0.85 + 0.4 * visitors
    return 1.0


@cache
def season(leaf: str, start: dt.date, coast: bool) -> float:
    """Mean season factor of a category over the fortnight that starts on this day."""
    days = [(start + dt.timedelta(days=n)).timetuple().tm_yday for n in range(14)]
    return sum(_season(leaf, min(day, 365), coast) for day in days) / 14


def weight_of(leaf: str, year: int) -> float:
    """Weight of a category in a year: a split moves reports, it makes no new ones (story g)."""
    if year >= SPLIT_YEAR and leaf == "trafik.buskorning":
        return LEAVES[leaf] * 0.55
    if year >= SPLIT_YEAR and leaf == "trafik.a-traktor":
        return LEAVES["trafik.buskorning"] * 0.45
    return LEAVES[leaf]


def environments(leaf: str, area: str, start: dt.date) -> tuple[list[str], list[float]]:
    """Environments and their weights for a category in an area; a beach has its season."""
    summer = _bump(start.timetuple().tm_yday, 190, 45)
    names, weights = [], []
    table = _OWN_ENVIRONMENTS.get(leaf) or ENVIRONMENTS[group_of(leaf)]
    for name, weight in table.items():
        factor = weight
        if name == "strand-hamn":
            factor = weight * (0.4 + 4.0 * summer) if area in COAST else 0.0
        elif name == "station" and area not in STATIONS:
            factor = 0.0
        names.append(name)
        weights.append(factor)
    return names, weights
