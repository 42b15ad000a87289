"""How a published table is described: columns, keys, references to other tables.

The CSV files, the JSON files, Data Package, CSVW, JSON Schema, the RDF data cube and the pages under
``/oppna-data/`` are all made from these values. A column that has been published keeps its name, its place
and its meaning for ever: new ones are added last (criterion 80), and the version of the dataset is raised.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "kod", "heltal", "datum", "ja_nej", "lista"]
"""``text`` is written by people, ``kod`` by a list or a rule; ``lista`` holds codes, one blank between."""
Value = str | int | tuple[str, ...] | None
"""What a cell may hold. A date is its ISO form, a yes is ``ja``; ``None`` is an empty cell."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    name: str
    meaning: str
    """In Swedish, for the reader. What stands between backticks is written as it stands in the file."""
    kind: Kind = "kod"
    required: bool = True
    """False if a cell may be empty."""
    least: int | None = None
    """The least number that it may hold."""
    codes: str = ""
    """The code list that its values are from."""
    choices: tuple[tuple[str, str], ...] = ()
    """Values and what they mean; beside a code list: those that it may hold besides."""
    pattern: str = ""
    blank: bool = False
    """True if an empty text is a value (*all environments*) and not a value that is missing."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns whose values stand as a key in another table (or in the same)."""

    columns: tuple[str, ...]
    table: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: a CSV file and a JSON file with the same rows."""

    name: str
    """Name of the files, without ending."""
    title: str
    text: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """Columns that no two rows have alike."""
    refers: tuple[Reference, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in the order of the files."""
        return tuple(column.name for column in self.columns)

    def narrowed(self, names: tuple[str, ...]) -> Table:
        """The same table with these columns only (what an edition had when it was published)."""
        kept = tuple(column for column in self.columns if column.name in names)
        refers = tuple(r for r in self.refers if {*r.columns} <= {*names})
        return Table(self.name, self.title, self.text, kept, self.key, refers)


@dataclass(frozen=True, slots=True)
class Words:
    """A text in Swedish and in English."""

    sv: str
    en: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a version of a dataset brought. The first number is raised when something is taken away."""

    version: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset as a catalogue has it: one or more tables about one thing."""

    id: str
    """Name in addresses: ``/oppna-data/rapporter/``."""
    title: Words
    """At most ten words, without publisher and year."""
    text: Words
    keywords: Words
    """Singular, in small letters, a comma between."""
    tables: tuple[Table, ...]
    rhythm: Literal["BIWEEKLY", "IRREG"]
    """How often it is added to, as the EU's list of frequencies says it."""
    limits: tuple[str, ...]
    """What it does not say, in Swedish."""
    changes: tuple[Change, ...]
    """Newest first."""
    themes: tuple[str, ...] = ("JUST", "SOCI")

    @property
    def version(self) -> str:
        """The version of its form (semver): of columns and meanings, not of the figures."""
        return self.changes[0].version
