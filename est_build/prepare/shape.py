"""From the shape of one tool's export to rows of our columns: one row for each observation.

The shapes: a row for each observation; several observations side by side on the row of the answer;
observations below each other in a table of their own. A choice of several is one cell, or a column each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from est_build.load.csv_file import letter
from est_build.prepare.columns import Found, Layout, layout_of
from est_build.prepare.export import Export
from est_build.prepare.folding import fold
from est_build.prepare.tools import Manner
from est_build.problems import Place, Problem
from est_build.problems import catalogue_import as imports
from est_build.schema.survey import OBSERVED, Survey

YES = frozenset({"y", "ja", "yes", "1", "1.0", "true", "sant", "x", "vald", "valt", "selected", "checked"})
NO = frozenset(
    {
        "",
        "n",
        "nej",
        "no",
        "0",
        "0.0",
        "false",
        "falskt",
        "n/a",
        "ej tillämpligt",
        "-",
        "not selected",
        "ej vald",
    }
)
"""What tools write in the column of a choice that is chosen, and of one that is not."""
LONGEST_MARK = 12


class Cell(NamedTuple):
    """A text of the export, and where it stands."""

    text: str
    file: str
    line: int
    column: int
    """From 0."""

    @property
    def place(self) -> Place:
        """Row and column letter; worked out only for what is told."""
        return Place(self.file, self.line, letter=letter(self.column))


class Row(NamedTuple):
    """One observation, or an answer without any."""

    cells: Mapping[str, Cell]
    """By our column; an optional column that the export does not have is not there."""
    choices: tuple[Cell, ...] | None
    """The chosen categories where each has a column; ``None`` if they stand in ``cells["kategori"]``."""


@dataclass(slots=True)
class Shaped:
    """All rows of an export."""

    name: str
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    drafts: int = 0
    """Answers that were begun but not sent in."""
    contradicted: int = 0
    """Answers with nothing to report, by their own word, that have observations all the same."""


def shape(tables: Sequence[Export], survey: Survey, manner: Manner) -> Shaped:
    """Read the tables as rows.

    Raises :class:`ProblemsError` if the columns are not there. What is wrong with single cells is gathered
    in the result.
    """
    layout = layout_of(tables, survey, manner)
    return _Shaper(layout, survey, manner).all()


class _Shaper:
    def __init__(self, layout: Layout, survey: Survey, manner: Manner) -> None:
        self.layout, self.manner = layout, manner
        self.blank = {fold(word) for word in manner.tool.blank}
        self.nothing = {fold(word) for word in survey.inget}
        self.side_by_side = bool(survey.iakttagelser)
        self.shaped = Shaped(layout.main.name)
        self.wrong: set[Place] = set()

    def all(self) -> Shaped:
        below = self._below()
        for line, fields in self.layout.main.rows:
            self.shaped.rows += self._answer(line, fields, below)
        for rows in below.values():
            # What is left belongs to no answer: another export's table, or one that was cut off.
            for line, fields in rows:
                self._orphan(line, fields)
        return self.shaped

    def _below(self) -> dict[str, list[tuple[int, tuple[str, ...]]]]:
        """The rows of the second table by the answer that they belong to."""
        found: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        if self.layout.child is not None:
            for line, fields in self.layout.child.rows:
                found.setdefault(_key(fields[self.layout.keys[0]]), []).append((line, fields))
        return found

    def _orphan(self, line: int, fields: tuple[str, ...]) -> None:
        child, column = self.layout.child, self.layout.keys[0]
        if child is not None:
            place = Place(child.name, line, letter=letter(column))
            self.shaped.problems.append(Problem(imports.ROW_ORPHAN, place, {"value": fields[column]}))

    def _answer(
        self, line: int, fields: tuple[str, ...], below: dict[str, list[tuple[int, tuple[str, ...]]]]
    ) -> Iterator[Row]:
        main, own = self.layout.main, self.layout.answer
        mine = below.pop(_key(fields[self.layout.keys[1]]), []) if self.layout.child is not None else []
        cells = {name: self._cell(name, main, line, fields, found) for name, found in own.items()}
        if "svar_id" not in cells:
            cells["svar_id"] = Cell(f"rad {line}", main.name, line, 0)
        if self.manner.drafts and not cells["inskickat"].text:
            self.shaped.drafts += 1
            return
        rows = [*self._observations(line, fields, mine, cells)]
        if self._says_nothing(line, fields):
            self.shaped.contradicted += any(_told(row) for row in rows)
            rows = []
        yield from rows or [Row(_without(cells), ())]

    def _observations(
        self,
        line: int,
        fields: tuple[str, ...],
        mine: Sequence[tuple[int, tuple[str, ...]]],
        cells: Mapping[str, Cell],
    ) -> Iterator[Row]:
        main, child = self.layout.main, self.layout.child
        if child is not None:
            for number, values in mine:
                yield self._row(child, number, values, cells, self.layout.below)
        elif self.side_by_side:
            for block in self.layout.blocks:
                row = self._row(main, line, fields, cells, block)
                if _told(row):
                    yield row
        else:
            yield self._row(main, line, fields, cells, self.layout.answer)

    def _row(
        self,
        table: Export,
        line: int,
        fields: tuple[str, ...],
        cells: Mapping[str, Cell],
        columns: Mapping[str, Found],
    ) -> Row:
        """One observation; what is asked once for the whole answer goes for each."""
        found = columns.get("kategori")
        choices = self._choices(table, line, fields, found) if found and found.choices else None
        if columns is self.layout.answer:
            return Row(cells, choices)
        own = {n: self._cell(n, table, line, fields, f) for n, f in columns.items()}
        return Row({**cells, **own}, choices)

    def _says_nothing(self, line: int, fields: tuple[str, ...]) -> bool:
        if not self.layout.nothing:
            return False
        cell = self._cell("inget_kolumn", self.layout.main, line, fields, self.layout.nothing)
        return fold(cell.text) in self.nothing

    def _cell(self, name: str, table: Export, line: int, fields: tuple[str, ...], found: Found) -> Cell:
        """What stands under the headings of one column: one of them is filled in."""
        told = [i for i in found.single if fields[i]]
        if self.blank:
            told = [i for i in told if fold(fields[i]) not in self.blank]
        index = told[0] if told else min(found.indices)
        cell = Cell(fields[index] if told else "", table.name, line, index)
        if name == "fritext":
            return cell
        if table.formulas and any((line, i) in table.formulas for i in told):
            self._once(Problem(imports.FORMULA, cell.place, {"column": name}))
            return cell._replace(text="")
        if len(told) > 1 and len({fold(fields[i]) for i in told}) > 1:
            values = {"column": name, "value": fields[told[0]], "other": fields[told[1]]}
            place = Place(table.name, line, letter=letter(told[1]))
            self._once(Problem(imports.TWO_ANSWERS, place, values))
        return cell

    def _once(self, problem: Problem) -> None:
        """A cell is read once for each observation that it goes for, and is wrong once."""
        if problem.place not in self.wrong:
            self.wrong.add(problem.place)
            self.shaped.problems.append(problem)

    def _choices(self, table: Export, line: int, fields: tuple[str, ...], found: Found) -> tuple[Cell, ...]:
        chosen = []
        for index, word in found.choices:
            said = fold(fields[index])
            cell = Cell(word, table.name, line, index)
            if (line, index) in table.formulas:
                self._once(Problem(imports.FORMULA, cell.place, {"column": "kategori"}))
            elif said in YES or (said and said == fold(word)):
                chosen.append(cell)
            elif said not in NO:
                # Somebody's own words may stand in the column of "other": they are not repeated.
                value = fields[index] if len(fields[index]) <= LONGEST_MARK else "en text"
                self._once(Problem(imports.CHOICE_MARK, cell.place, {"column": "kategori", "value": value}))
        return tuple(chosen)


def _key(text: str) -> str:
    """Tools differ in braces and in the case of an id that they write twice."""
    return fold(text).strip("{}").removeprefix("uuid:")


def _told(row: Row) -> bool:
    """True if the row has a category."""
    if row.choices is not None:
        return bool(row.choices)
    return "kategori" in row.cells and bool(row.cells["kategori"].text)


def _without(cells: Mapping[str, Cell]) -> dict[str, Cell]:
    """The answer without what is said of an observation."""
    return {name: cell for name, cell in cells.items() if name not in OBSERVED}
