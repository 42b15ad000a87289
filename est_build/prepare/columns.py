"""Where in an export each of our columns is: in which table, under which headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from est_build.load.csv_file import letter
from est_build.prepare.export import Export, heading, pick
from est_build.prepare.folding import fold
from est_build.prepare.tools import UNKNOWN, Manner, Tool, is_own, pattern, tool_of
from est_build.problems import Place, Problem, ProblemsError, nearest
from est_build.problems import catalogue_import as imports
from est_build.problems import catalogue_steps as kinds
from est_build.schema.survey import CANONICAL_COLUMNS, OBSERVED, Survey

MOST_NAMED = 30
"""Headings that a message lists."""
REQUIRED = ("svar_id", "inskickat", "organisation", "kategori")


class Found(NamedTuple):
    """Columns (from 0) of one table that hold the same thing."""

    single: tuple[int, ...] = ()
    """One of these has the answer: languages or branches of one question."""
    choices: tuple[tuple[int, str], ...] = ()
    """A column for each choice, and the word of the choice."""

    def __bool__(self) -> bool:
        return bool(self.single or self.choices)

    @property
    def indices(self) -> set[int]:
        """All columns."""
        return {*self.single, *(index for index, _ in self.choices)}


NOWHERE = Found()


def find(header: Sequence[str], headings: Iterable[str]) -> Found:
    """The columns under any of ``headings``.

    A heading that the tool has written several times is called by its number: ``Fråga``, ``Fråga2`` …
    """
    single: list[int] = []
    choices: list[tuple[int, str]] = []
    for text in map(heading, headings):
        if text in header:
            single.append(header.index(text))
        elif (index := _numbered(header, text)) is not None:
            single.append(index)
        elif "*" in text:
            matches = ((i, pattern(text).fullmatch(name)) for i, name in enumerate(header))
            choices += [(i, m.groups()[-1]) for i, m in matches if m is not None and m.groups()[-1]]
    return Found(tuple(dict.fromkeys(single)), tuple(dict.fromkeys(choices)))


def _numbered(header: Sequence[str], text: str) -> int | None:
    match = re.fullmatch(r"(.*?)([2-9]|[1-9]\d)", text)
    if match is None:
        return None
    same = [i for i, name in enumerate(header) if name == match[1].rstrip()]
    return same[int(match[2]) - 1] if len(same) >= int(match[2]) else None


def find_folded(header: Sequence[str], headings: Iterable[str]) -> Found:
    """The column under the first of a tool's own headings that there is."""
    names = [fold(name) for name in header]
    known = next((fold(h) for h in headings if fold(h) in names), None)
    return NOWHERE if known is None else Found((names.index(known),))


@dataclass(slots=True)
class Layout:
    """The tables of an export, and where our columns are in them."""

    main: Export
    child: Export | None
    answer: dict[str, Found] = field(default_factory=dict)
    """Columns of the whole answer, in ``main``."""
    blocks: list[dict[str, Found]] = field(default_factory=list)
    """Columns of each observation that stands beside the others, in ``main``."""
    below: dict[str, Found] = field(default_factory=dict)
    """Columns of an observation in ``child``."""
    nothing: Found = NOWHERE
    """The question whether there is anything to report, in ``main``."""
    keys: tuple[int, int] = (0, 0)
    """With ``child``: the column that ties a row, in ``child`` and in ``main``."""


def layout_of(tables: Sequence[Export], survey: Survey, manner: Manner) -> Layout:
    """Find the columns. Raises :class:`ProblemsError` for headings that are missing, unknown or doubled."""
    layout = _tables(tables, survey, manner)
    main, child = layout.main, layout.child
    for name in CANONICAL_COLUMNS:
        headings = survey.kolumner.get(name, (name,))
        if child is not None and name in OBSERVED and (found := find(child.header, headings)):
            layout.below[name] = found
        elif found := find(main.header, headings) or _own(main, name, survey, manner):
            layout.answer[name] = found
    layout.blocks = [
        {str(name): found for name, headings in block.items() if (found := find(main.header, headings))}
        for block in survey.iakttagelser
    ]
    layout.nothing = find(main.header, survey.inget_kolumn)
    problems = list(_missing(layout, tables, survey, manner))
    other = tool_of(table.header for table in tables)
    if problems and UNKNOWN not in (other, manner.tool) and other is not manner.tool:
        # Every heading is wrong then, and to list them all would hide why.
        values = {"value": other.name, "expected": manner.tool.name}
        raise ProblemsError([Problem(imports.OTHER_TOOL, Place(main.name, main.first), values)])
    for table in (main, *([child] if child else [])):
        problems += _unknown(table, _used(layout, table), survey, manner)
        problems += table.faults
    if problems:
        raise ProblemsError(problems)
    return layout


def _own(main: Export, name: str, survey: Survey, manner: Manner) -> Found:
    if name in survey.kolumner:
        return NOWHERE
    own = {"svar_id": manner.tool.ids, "inskickat": manner.tool.arrived}.get(name, ())
    return find_folded(main.header, own)


def _tables(tables: Sequence[Export], survey: Survey, manner: Manner) -> Layout:
    """Which table holds the answers, and which the observations: told by what ties them, not by order."""
    link = manner.link
    # The two may call the tie the same thing; only an answer says who answered.
    who = survey.kolumner.get("organisation", ("organisation",))
    tied = [t for t in tables if link is not None and find_folded(t.header, (link.barn,))]
    children = [t for t in tied if not find(t.header, who)]
    mains = [t for t in tables if t not in children]
    files = list(dict.fromkeys(t.name.split(" (")[0] for t in mains))
    if len(files) > 1:
        why = f"{' och '.join(files)} har båda svar"
        raise ProblemsError([Problem(imports.TABLES_WRONG, Place(files[1]), {"why": why})])
    if not mains:
        why = "tabellen med svaren saknas, här finns bara iakttagelserna"
        raise ProblemsError([Problem(imports.TABLES_WRONG, Place(children[0].name), {"why": why})])
    main = pick(mains, survey.blad)
    if link is None:
        return Layout(main, None)
    wanted = survey.kolumner.get("kategori", ("kategori",))
    child = next((t for t in children if find(t.header, wanted)), None)
    key = find_folded(main.header, (link.foralder,))
    if child is None or find(main.header, wanted):
        return Layout(main, None)
    if not key:
        why = f"tabellen med svaren saknar kolumnen {link.foralder}"
        raise ProblemsError([Problem(imports.TABLES_WRONG, Place(main.name, main.first), {"why": why})])
    return Layout(main, child, keys=(find_folded(child.header, (link.barn,)).single[0], key.single[0]))


def _used(layout: Layout, table: Export) -> set[int]:
    if table is layout.child:
        return {layout.keys[0]}.union(*(found.indices for found in layout.below.values()))
    every = [*layout.answer.values(), layout.nothing, *(f for b in layout.blocks for f in b.values())]
    tied = {layout.keys[1]} if layout.child is not None else set()
    return tied.union(*(found.indices for found in every))


def _missing(layout: Layout, tables: Sequence[Export], survey: Survey, manner: Manner) -> Iterable[Problem]:
    headers = [*layout.main.header, *(layout.child.header if layout.child else ())]
    alone = layout.child is None and manner.link is not None and not survey.iakttagelser
    for name, headings, there in _wanted(layout, survey, manner):
        if there or (name == "svar_id" and manner.rows_are_answers):
            continue
        if alone and name in OBSERVED and manner.link is not None:
            # A tool makes no sheet of observations when there are none: the question on that settles it.
            if name == "kategori" and not (layout.nothing and _all_nothing(layout, survey)):
                why = f"tabellen med iakttagelser saknas. Den har kolumnen {manner.link.barn}"
                yield Problem(imports.TABLES_WRONG, Place(layout.main.name), {"why": why})
            continue
        found = _elsewhere(tables, layout.main, headings, headers)
        values = {"column": " eller ".join(headings), "canonical": name, "found": found}
        place = Place(layout.main.name, layout.main.first)
        yield Problem(kinds.EXPORT_COLUMN, place, values, nearest(headings[0], headers))


def _usual(name: str, tool: Tool) -> Sequence[str]:
    """What a column is called where ``enkat.yml`` does not say."""
    return {"svar_id": tool.ids, "inskickat": tool.arrived}.get(name) or (name,)


def _wanted(layout: Layout, survey: Survey, manner: Manner) -> Iterable[tuple[str, Sequence[str], bool]]:
    """Our name, the headings, and whether they are there, for all that ``enkat.yml`` or the coding needs."""
    side_by_side = bool(survey.iakttagelser)
    for name in CANONICAL_COLUMNS:
        if name in survey.kolumner or (name in REQUIRED and not (name == "kategori" and side_by_side)):
            there = name in layout.answer or name in layout.below
            yield name, survey.kolumner.get(name, _usual(name, manner.tool)), there
    for block, found in zip(survey.iakttagelser, layout.blocks, strict=True):
        for observed, headings in {"kategori": ("kategori",), **block}.items():
            yield observed, headings, observed in found
    if survey.inget_kolumn:
        yield "inget_kolumn", survey.inget_kolumn, bool(layout.nothing)


def _all_nothing(layout: Layout, survey: Survey) -> bool:
    words = {fold(word) for word in survey.inget}
    cells = ([fields[i] for i in layout.nothing.single] for _, fields in layout.main.rows)
    return all(any(fold(cell) in words for cell in row) for row in cells)


def _elsewhere(
    tables: Sequence[Export], main: Export, headings: Sequence[str], headers: Sequence[str]
) -> str:
    """The headings that there are, and the sheet that has the missing one."""
    other = next((t.sheet for t in tables if t is not main and t.sheet and find(t.header, headings)), None)
    names = ", ".join(headers[:MOST_NAMED])
    if len(headers) > MOST_NAMED:
        names += f" och {len(headers) - MOST_NAMED} till"
    return names if other is None else f"{names}. Bladet ”{other}” har den: skriv blad: {other}"


def _unknown(table: Export, used: set[int], survey: Survey, manner: Manner) -> Iterable[Problem]:
    """Headings that nobody has said anything about: a new question must not be missed."""
    ignored = [heading(text) for text in survey.ignorera]
    for i, text in enumerate(table.header):
        if i in used or is_own(manner.tool, text):
            continue
        if any(text == one or ("*" in one and pattern(one).fullmatch(text)) for one in ignored):
            continue
        if not text and not any(fields[i] for _, fields in table.rows):
            continue
        place = Place(table.name, table.first, letter=letter(i))
        if text and text in table.header[:i]:
            yield Problem(kinds.EXPORT_UNREADABLE, place, {"why": f"rubriken ”{text}” står två gånger"})
        else:
            yield Problem(kinds.EXPORT_HEADING, place, {"column": text})
