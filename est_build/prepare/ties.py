"""Which tables of an export belong together, and by which columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from est_build.prepare.columns import find_folded
from est_build.prepare.export import Export
from est_build.prepare.folding import fold
from est_build.prepare.tools import Tool
from est_build.schema.survey import Link


@dataclass(frozen=True, slots=True)
class Tie:
    """The table of answers, and the one of observations if there is one."""

    main: Export
    child: Export | None = None
    link: Link | None = None
    named: bool = False
    """True if ``main`` is not the first sheet and must be named."""

    @property
    def tables(self) -> tuple[Export, ...]:
        """Both."""
        return (self.main,) if self.child is None else (self.main, self.child)

    def columns_of(self, table: Export) -> set[int]:
        """The columns of a table that tie it to the other."""
        if self.link is None or self.child is None:
            return set()
        heading = self.link.barn if table is self.child else self.link.foralder
        return set(find_folded(table.header, (heading,)).single)


def tie_of(tables: Sequence[Export], tool: Tool) -> Tie:
    """The tables that hold the survey, known by the tool's own columns or by their content."""
    if tool.link is not None:
        return _by_tool(tables, tool.link)
    for child, parent in ((a, b) for a in tables for b in tables if a is not b):
        link = _by_content(child, parent)
        if link is not None:
            return Tie(parent, child, link, named=_must_be_named(tables, parent, child))
    # The sheet with most answers: a sheet of explanations may stand before it.
    main = max(tables, key=lambda table: len(table.rows) * len(table.header))
    return Tie(main, named=main is not tables[0] and bool(main.sheet))


def _must_be_named(tables: Sequence[Export], parent: Export, child: Export) -> bool:
    first = next(table for table in tables if table is not child)
    return first is not parent and bool(parent.sheet)


def _by_tool(tables: Sequence[Export], link: Link) -> Tie:
    children = [table for table in tables if find_folded(table.header, (link.barn,))]
    mains = [table for table in tables if table not in children] or list(tables)
    main = next((t for t in mains if find_folded(t.header, (link.foralder,))), mains[0])
    child = max(children, key=lambda table: len(table.rows), default=None)
    return Tie(main, None if child is main else child, link, named=main is not mains[0])


def _by_content(child: Export, parent: Export) -> Link | None:
    """A column of ``child`` whose every value is one of the different values of a column of ``parent``."""
    for above in _keys(parent):
        wanted = {fold(fields[above]) for _, fields in parent.rows}
        for below, heading in enumerate(child.header):
            values = [fold(fields[below]) for _, fields in child.rows]
            named = fold(heading) == fold(parent.header[above]) or "parent" in fold(heading)
            if heading and named and len(values) > 1 and all(value in wanted for value in values):
                return Link(barn=heading, foralder=parent.header[above])
    return None


def _keys(table: Export) -> Iterator[int]:
    """Columns in which every row has a value of its own."""
    for i, heading in enumerate(table.header):
        values = [fields[i] for _, fields in table.rows]
        if heading and len(values) > 1 and all(values) and len(set(values)) == len(values):
            yield i
