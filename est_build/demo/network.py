"""The invented network: member organisations named by what they do, never real ones."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import NamedTuple

from est_build.demo.calendar import FIRST_DAY, calendar, index_of
from est_build.demo.places import BY_CODE, MUNICIPALITIES

SKURUP_GROWS = "2025-v05-06"
"""Story a: eight more organisations in Skurup, and more reports for that reason alone."""
SIMRISHAMN_BUSINESS_SILENT = "2025-kv2"
"""Story f: from this quarter the business sector of Simrishamn is invited but does not answer."""

_KINDS: dict[str, tuple[str, ...]] = {
    "skola": ("skola 1", "skola 2", "förskola 1", "gymnasieskola"),
    "socialtjanst": ("socialtjänst", "fältgrupp", "stödenhet"),
    "fritid-kultur": ("fritidsgård 1", "bibliotek", "fritidsenhet"),
    "gata-park": ("gatuenhet", "parkenhet", "driftenhet"),
    "naringsliv": ("handelsplats 1", "livsmedelsbutik 1", "besöksnäring 1", "handelsplats 2"),
    "foreningsliv": ("idrottsförening 1", "idrottsförening 2", "samfund 1"),
    "fastighet": ("fastighetsenhet",),
    "raddningstjanst": ("räddningsstation",),
    "trygghetsvardar": ("trygghetsvärdar",),
    "vaktare": ("bevakning 1",),
    "polis": ("kommunpolis",),
    "bostadsbolag": ("kommunalt bostadsbolag",),
    "privata-fastigheter": ("fastighetsägare 1",),
    "kollektivtrafik": ("busstrafik",),
    "nattvandrare": ("nattvandring 1",),
    "omsorg": ("hemtjänst 1",),
    "ovriga": ("hamnkontor",),
}

_START: dict[str, dict[str, int]] = {
    "1286": {
        "skola": 3, "socialtjanst": 3, "fritid-kultur": 3, "gata-park": 3, "naringsliv": 3,
        "foreningsliv": 3, "bostadsbolag": 1, "omsorg": 1, "polis": 1, "raddningstjanst": 1,
        "nattvandrare": 1, "kollektivtrafik": 1, "vaktare": 1, "trygghetsvardar": 1,
    },
    "1291": {
        "skola": 4, "socialtjanst": 3, "fritid-kultur": 3, "gata-park": 3, "naringsliv": 4,
        "foreningsliv": 3, "bostadsbolag": 1, "omsorg": 1, "polis": 1, "ovriga": 1,
    },
    "1270": {
        "skola": 3, "socialtjanst": 3, "fritid-kultur": 3, "gata-park": 3, "naringsliv": 3,
        "foreningsliv": 2, "bostadsbolag": 1, "polis": 1, "kollektivtrafik": 1,
    },
    "1265": {
        "skola": 3, "socialtjanst": 3, "fritid-kultur": 3, "gata-park": 3, "naringsliv": 3,
        "foreningsliv": 3, "bostadsbolag": 1, "omsorg": 1, "polis": 1, "nattvandrare": 1,
    },
    "1264": {
        "skola": 3, "socialtjanst": 3, "fritid-kultur": 3, "gata-park": 3, "naringsliv": 2,
        "foreningsliv": 1, "fastighet": 1, "bostadsbolag": 1, "polis": 1,
    },
}  # fmt: skip
"""Organisations at the start: 26, 24, 20, 22 and 18."""

_SKURUP_NEW: dict[str, int] = {
    "skola": 1,
    "naringsliv": 2,
    "foreningsliv": 2,
    "omsorg": 1,
    "nattvandrare": 1,
    "privata-fastigheter": 1,
}

_EAGER = 1.5
"""New members report more than others."""

_LOCAL: dict[str, tuple[str, ...]] = {
    "Ystad skola 2": ("loderup", "glemmingebro", "kopingebro"),
    "Simrishamn skola 2": ("borrby", "hammenhog", "garsnas"),
    "Simrishamn idrottsförening 2": ("kivik", "sankt-olof"),
    "Sjöbo skola 2": ("blentarp", "sovde"),
    "Tomelilla skola 2": ("brosarp", "onslunda", "skane-tranas"),
    "Skurup förskola 1": ("abbekas", "skivarp", "rydsgard"),
}
"""Organisations that report on some areas only; the others report on the whole municipality."""

_ANSWERS: dict[str, float] = {
    "skola": 0.70, "socialtjanst": 0.77, "fritid-kultur": 0.76, "gata-park": 0.72,
    "naringsliv": 0.58, "foreningsliv": 0.60, "polis": 0.80, "bostadsbolag": 0.74,
    "omsorg": 0.62, "kollektivtrafik": 0.62, "nattvandrare": 0.66, "ovriga": 0.60,
}  # fmt: skip
_ANSWERS_ELSE = 0.68
_LOCAL_HABIT = {"1286": 0.01, "1291": -0.02, "1270": 0.02, "1265": 0.0, "1264": -0.01}

_DILIGENCE: dict[str, float] = {
    "polis": 1.5, "gata-park": 1.35, "socialtjanst": 1.25, "fritid-kultur": 1.2,
    "bostadsbolag": 1.2, "trygghetsvardar": 1.4, "vaktare": 1.3, "nattvandrare": 1.1,
}  # fmt: skip
_SPREAD = (1.15, 0.75, 1.35, 0.25, 1.0, 1.25, 0.6, 0.9)
"""Some in a sector write much, others seldom have anything to say."""


class DemoMember(NamedTuple):
    """A member organisation with its habits. Dates as in ``schema/survey.py`` ``Member``."""

    organisation: str
    sektor: str
    kommun: str
    omraden: tuple[str, ...]
    fran: dt.date
    till: dt.date | None
    svarsvana: float
    """Share of the fortnights in which it answers (0-1)."""
    flit: float
    """How much it reports when it answers, against 1 for an ordinary organisation."""

    def invited(self, start: dt.date, end: dt.date) -> bool:
        """True if it belongs to the network during the whole fortnight."""
        return self.fran <= start and (self.till is None or self.till >= end)

    def may_report(self, area: str) -> bool:
        """True if the area is one that it reports on."""
        return not self.omraden or area in self.omraden


def _members_of(
    code: str, plan: dict[str, int], first: dict[str, int], fran: dt.date
) -> list[DemoMember]:
    """Members by plan; ``first`` says how many of each sector there are already."""
    result: list[DemoMember] = []
    for sector, wanted in plan.items():
        offset = first.get(sector, 0)
        for number in range(offset, offset + wanted):
            name = f"{BY_CODE[code].namn} {_KINDS[sector][number]}"
            turn = (3 * len(result) + int(code)) % len(_SPREAD)
            rate = _ANSWERS.get(sector, _ANSWERS_ELSE) + _LOCAL_HABIT[code]
            result.append(
                DemoMember(
                    organisation=name,
                    sektor=sector,
                    kommun=code,
                    omraden=_LOCAL.get(name, ()),
                    fran=fran,
                    till=None,
                    svarsvana=min(0.8, max(0.55, rate + 0.03 * (turn % 3 - 1))),
                    flit=_DILIGENCE.get(sector, 1.0) * _SPREAD[turn],
                )
            )
    return result


def _with_a_change(members: list[DemoMember]) -> list[DemoMember]:
    """One organisation in Ystad leaves and another takes its place: a register is never still."""
    leaves = calendar()[index_of("2024-v23-24")].slut
    result = []
    for member in members:
        if member.organisation == "Ystad hemtjänst 1":
            result.append(member._replace(till=leaves))
            result.append(
                member._replace(
                    organisation="Ystad hemtjänst 2", fran=leaves + dt.timedelta(days=1)
                )
            )
        else:
            result.append(member)
    return result


@cache
def network() -> tuple[DemoMember, ...]:
    """All member organisations there have ever been, in a fixed order."""
    members: list[DemoMember] = []
    for municipality in MUNICIPALITIES:
        members += _members_of(municipality.kod, _START[municipality.kod], {}, FIRST_DAY)
    grows = calendar()[index_of(SKURUP_GROWS)].start
    members += [
        member._replace(flit=member.flit * _EAGER)
        for member in _members_of("1264", _SKURUP_NEW, _START["1264"], grows)
    ]
    return tuple(_with_a_change(members))


def is_silent(member: DemoMember, quarter: str) -> bool:
    """Story f: still invited, but never answers."""
    return (
        member.kommun == "1291"
        and member.sektor == "naringsliv"
        and quarter >= SIMRISHAMN_BUSINESS_SILENT
    )
