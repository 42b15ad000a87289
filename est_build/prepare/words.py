"""Which words of an export mean which code: ids, labels, and what ``enkat.yml`` adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from est_build.load.codebook import CodeBook
from est_build.load.frame import Frame
from est_build.load.tree import Tree
from est_build.prepare.codes import area_words, code_words, town_code, whole_words
from est_build.prepare.folding import fold
from est_build.problems import Kind, Problem, nearest
from est_build.problems import catalogue as base
from est_build.problems import catalogue_steps as steps
from est_build.schema.codes import Category, Code
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
MOST_PARTS = 20
"""Separators that a label may hold: somebody's own words in such a cell must not take for ever."""
LISTS = {"kategori": "kategorier", "sektor": "sektorer", "miljo": "miljoer"}
"""Columns whose words are codes of a list."""
UNKNOWN = {"vet ej": "", "vet inte": "", "okänd": "", "okänt": "", "okand": ""}


@dataclass(frozen=True, slots=True)
class Words:
    """Look-ups from folded words to codes."""

    by_column: Mapping[str, Mapping[str, str]]
    of_form: Mapping[str, Mapping[str, str]]
    """What our own form calls a code: understood, but never suggested."""
    extra: Mapping[str, Mapping[str, str]]
    """From ``enkat.yml``: folded word -> id or label."""
    areas: Mapping[str, Mapping[str, str]]
    """Municipality code -> folded id or name -> area id (merged areas resolved)."""
    area_names: Mapping[str, list[str]]
    whole: Mapping[str, set[str]]
    """Municipality code -> words that mean the whole municipality."""
    municipality_names: Mapping[str, str]
    groups: Mapping[str, str]
    """Folded id or label -> group that has categories: it says too little to be an answer."""
    time_codes: frozenset[str]
    nothing: frozenset[str]

    def mapped(self, column: str, text: str) -> str | None:
        """What ``enkat.yml`` says of a word, if anything."""
        return self.extra.get(column, {}).get(fold(text))

    def code(self, column: str, text: str) -> str | None:
        """The code of a word, or ``None``."""
        mapped = self.mapped(column, text)
        word = fold(text if mapped is None else mapped)
        found = self.by_column[column].get(word)
        return self.of_form.get(column, {}).get(word) if found is None else found

    def is_nothing(self, text: str) -> bool:
        """True for a word that means: nothing to report."""
        return not text or fold(text) in self.nothing

    def split(self, text: str, separator: str | None) -> list[str]:
        """The choices in one cell. A label may itself hold the separator: the longest known one wins."""
        if not separator:
            return [text]
        parts = text.split(separator)
        found, i = [], 0
        while i < len(parts):
            for j in range(min(len(parts), i + MOST_PARTS), i, -1):
                choice = separator.join(parts[i:j]).strip()
                if j == i + 1 or self.is_nothing(choice) or self.code("kategori", choice) is not None:
                    found.append(choice)
                    i = j
                    break
        return found

    def spellings(self, column: str) -> list[str]:
        """Words to suggest from."""
        return [*self.extra.get(column, {}), *self.by_column[column]]


def build_words(frame: Frame, survey: Survey, year: int | None = None) -> Words:
    """All look-ups for one instance and survey; with ``year``, only categories counted in it."""
    codes = frame.codes
    merged = (frame.protection if year is None else frame.rules_for(year)).sammanslagna
    towns: dict[str, str] = {town_code(town): town.kod for town in frame.site.kommuner}
    for town in frame.site.kommuner:
        for word in (town.kod, town.id, town.namn, f"{town.namn} kommun", f"{town.namn}s kommun"):
            towns[fold(word)] = town.kod
    times = list(codes.lists["tider"].values())
    parts = {**DAYPARTS, **{v: v for v in DAYPARTS.values()}, **_labels(times), **UNKNOWN}
    areas: dict[str, dict[str, str]] = {}
    names: dict[str, list[str]] = {}
    whole: dict[str, set[str]] = {}
    for town in frame.site.kommuner:
        local = [a for a in frame.areas if a.municipality == town.kod]
        small = [a for a in local if a.level == "omrade"]
        called = [(a, word) for a in small for word in (*area_words(a, town), a.id, a.name)]
        areas[town.kod] = {fold(word): merged.get(a.id, a.id) for a, word in called}
        names[town.kod] = [a.name for a in small]
        top = {w for a in local if a.level == "kommun" for w in (a.id, a.name)}
        whole[town.kod] = {fold(w) for w in (*top, *whole_words(town), "hela kommunen", town.namn)}
    by_column = {
        "kategori": _categories(codes, year),
        "sektor": _labels(codes.lists["sektorer"].values()),
        "miljo": {**_labels(codes.lists["miljoer"].values()), **UNKNOWN},
        "kommun": towns,
        "veckodag": {**WEEKDAYS, **{v: v for v in WEEKDAYS.values()}, **UNKNOWN},
        "tid": parts,
    }
    return Words(
        by_column=by_column,
        of_form=_of_form(codes, by_column),
        extra={
            column: {fold(word): code for word, code in table.items()}
            for column, table in survey.varden.items()
        },
        areas=areas,
        area_names=names,
        whole=whole,
        municipality_names={t.kod: t.namn for t in frame.site.kommuner},
        groups=_groups(codes, year),
        time_codes=frozenset(c.id for c in times),
        nothing=frozenset(fold(word) for word in survey.inget),
    )


def _of_form(codes: CodeBook, by_column: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Words of our own form for the codes that have a word of their own."""
    found: dict[str, dict[str, str]] = {}
    for column, name in {**LISTS, "tid": "tider"}.items():
        known = by_column[column]
        words = code_words(column, codes.lists[name].values(), codes)
        found[column] = {word: known[fold(code)] for word, code in words.items() if fold(code) in known}
    return found


def _groups(codes: CodeBook, year: int | None) -> dict[str, str]:
    """Words for the groups that have categories of their own."""
    every = [c for c in codes.lists["kategorier"].values() if isinstance(c, Category)]
    parents = {c.forald for c in (every if year is None else codes.categories(year)) if c.forald}
    return {word: c.id for c in every if c.id in parents for word in (fold(c.id), fold(c.sv))}


def _categories(codes: CodeBook, year: int | None) -> dict[str, str]:
    """Words for what is counted in ``year``. A category that has been replaced leads to its successor.

    One that is switched off or belongs to other years has no word: it stands in no table of the
    plan, and a total must not hold what none of its parts can. For the same reason a group that has
    categories has none: the audit relies on it that every report lies in one of them.
    """
    every = [c for c in codes.lists["kategorier"].values() if isinstance(c, Category)]
    if year is None:
        return _labels(every)
    groups = {g.id for g in codes.groups(year)}
    counted = {c.id for c in codes.categories(year) if (c.forald or c.id) in groups}
    counted -= {g for g in groups if codes.leaves(g, year)}
    result = _labels(c for c in every if c.id in counted)
    for old in every:
        if old.id not in counted and old.ersatt_av in counted:
            for word in (old.id, old.sv):
                result.setdefault(fold(word), old.ersatt_av)
    return result


def _labels(codes: Iterable[Code]) -> dict[str, str]:
    """Ids and Swedish labels; an id wins over a label, a leaf's label over a group's."""
    entries = list(codes)
    result: dict[str, str] = {}
    for code in sorted(entries, key=lambda c: c.forald is not None):
        result[fold(code.sv)] = code.id
    result.update({code.id: code.id for code in entries})
    return result


def mapping_problems(words: Words, survey: Survey, tree: Tree) -> list[Problem]:
    """Codes under ``varden`` in ``enkat.yml`` that do not exist: found here, not on each row."""
    problems = []
    areas = {word for known in (*words.areas.values(), *words.whole.values()) for word in known}
    for column, table in survey.varden.items():
        known = areas if column == "omrade" else set(words.by_column.get(column, ()))
        for word, code in table.items():
            if known and fold(code) not in known:
                place = tree.place(("varden", column, word))
                kind, values = _mapping_kind(column, code, known, words.groups)
                problems.append(Problem(kind, place, values, nearest(code, sorted(known))))
    return problems


def _mapping_kind(
    column: str, code: str, known: Iterable[str], groups: Mapping[str, str]
) -> tuple[Kind, dict[str, str]]:
    if column == "kategori" and fold(code) in groups:
        return steps.EXPORT_GROUP, {"value": code}
    if column in LISTS:
        return base.CODE_UNKNOWN, {"value": code, "list": LISTS[column]}
    if column == "omrade":
        return base.AREA_UNKNOWN, {"value": code}
    if column == "kommun":
        return base.MUNICIPALITY_UNKNOWN, {"value": code}
    return base.NOT_A_CHOICE, {"key": column, "value": code, "allowed": ", ".join(sorted(known))}
