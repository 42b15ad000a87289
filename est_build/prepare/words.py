"""Which words of an export mean which code: ids, labels, and what ``enkat.yml`` adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from est_build.load.codebook import CodeBook
from est_build.load.frame import Frame
from est_build.schema.codes import ListName
from est_build.schema.survey import Survey

WEEKDAYS = {
    "måndag": "mandag",
    "tisdag": "tisdag",
    "onsdag": "onsdag",
    "torsdag": "torsdag",
    "fredag": "fredag",
    "lördag": "lordag",
    "söndag": "sondag",
}
DAYPARTS = {
    "förmiddag": "formiddag",
    "morgon": "formiddag",
    "eftermiddag": "eftermiddag",
    "kväll": "kvall",
    "natt": "natt",
}
UNKNOWN = {"vet ej": "", "vet inte": "", "okänd": "", "okänt": "", "okand": ""}


@dataclass(frozen=True, slots=True)
class Words:
    """Look-ups from folded words to codes."""

    by_column: Mapping[str, Mapping[str, str]]
    extra: Mapping[str, Mapping[str, str]]
    """From ``enkat.yml``: folded word -> id or label."""
    areas: Mapping[str, Mapping[str, str]]
    """Municipality code -> folded id or name -> area id (merged areas resolved)."""
    area_names: Mapping[str, list[str]]
    whole: Mapping[str, set[str]]
    """Municipality code -> words that mean the whole municipality."""
    municipality_names: Mapping[str, str]
    time_codes: frozenset[str]
    nothing: frozenset[str]

    def mapped(self, column: str, text: str) -> str | None:
        """What ``enkat.yml`` says of a word, if anything."""
        return self.extra.get(column, {}).get(text.casefold())

    def code(self, column: str, text: str) -> str | None:
        """The code of a word, or ``None``."""
        known = self.by_column[column]
        mapped = self.mapped(column, text)
        return known.get((text if mapped is None else mapped).casefold())

    def spellings(self, column: str) -> list[str]:
        """Words to suggest from."""
        return [*self.extra.get(column, {}), *self.by_column[column]]


def build_words(frame: Frame, survey: Survey) -> Words:
    """All look-ups for one instance and survey."""
    codes = frame.codes
    towns: dict[str, str] = {}
    for town in frame.site.kommuner:
        for word in (town.kod, town.id, town.namn, f"{town.namn} kommun", f"{town.namn}s kommun"):
            towns[word.casefold()] = town.kod
    times = frozenset(codes.ids("tider"))
    parts = {**DAYPARTS, **{v: v for v in DAYPARTS.values()}, **{t: t for t in times}, **UNKNOWN}
    areas: dict[str, dict[str, str]] = {}
    names: dict[str, list[str]] = {}
    whole: dict[str, set[str]] = {}
    for town in frame.site.kommuner:
        local = [a for a in frame.areas if a.municipality == town.kod]
        small = [a for a in local if a.level == "omrade"]
        areas[town.kod] = {word.casefold(): a.merged_into or a.id for a in small for word in (a.id, a.name)}
        names[town.kod] = [a.name for a in small]
        top = {w for a in local if a.level == "kommun" for w in (a.id, a.name)}
        whole[town.kod] = {w.casefold() for w in top | {"hela kommunen", town.namn}}
    return Words(
        by_column={
            "kategori": _labels(codes, "kategorier"),
            "sektor": _labels(codes, "sektorer"),
            "miljo": {**_labels(codes, "miljoer"), **UNKNOWN},
            "kommun": towns,
            "veckodag": {**WEEKDAYS, **{v: v for v in WEEKDAYS.values()}, **UNKNOWN},
            "tid": parts,
        },
        extra={
            column: {word.casefold(): code for word, code in table.items()}
            for column, table in survey.varden.items()
        },
        areas=areas,
        area_names=names,
        whole=whole,
        municipality_names={t.kod: t.namn for t in frame.site.kommuner},
        time_codes=times,
        nothing=frozenset(word.casefold() for word in survey.inget),
    )


def _labels(codes: CodeBook, name: ListName) -> dict[str, str]:
    """Ids and Swedish labels; an id wins over a label, a leaf's label over a group's."""
    entries = codes.lists[name]
    result: dict[str, str] = {}
    for code in sorted(entries.values(), key=lambda c: c.forald is not None):
        result[code.sv.casefold()] = code.id
    result.update({code: code for code in entries})
    return result
