"""Editions: the rows of one release as files of their own, which never change.

The unit is a municipality and a span, since each municipality publishes by itself: a file with the rows of
them all would change on the day when the last one publishes. The columns are those that editions began
with. A column that is added to a table later comes in the file that grows, and in no edition.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from est_build.model.published import Published
from est_build.model.span import Span
from est_build.pages.datafiles import DataFile, Edition
from est_build.publish.describe import schema_address
from est_build.publish.rows import Row, assessment_rows, mark, people_rows, releases, report_rows
from est_build.publish.serial import csv_file, csv_part, json_file, json_part
from est_build.schema.opendata.column import Table

FOLDER: Final = "utgavor"
JOINT: Final = "gemensamt"
"""Folder of what the municipalities say together."""
_SPAN: Final = ("tid", "start", "slut")
FROZEN: Final = {
    "rapporter": (
        *("slag", *_SPAN, "kommun", "tabell", "omrade", "kategori", "miljo", "tidsblock"),
        *("fran", "till", "exempel", "skydd"),
    ),
    "deltagande": (
        *("slag", *_SPAN, "kommun", "sektor", "inbjudna", "svar_fran", "svar_till"),
        *("exempel", "skydd"),
    ),
    "bedomningar": (*_SPAN, "omrade", "niva", "text", "exempel"),
}
"""The columns of an edition, for ever."""


class Grown:
    """A table that grows with each release: all its rows, and each edition by itself."""

    def __init__(self, table: Table, home: str) -> None:
        """``home``: address of the site."""
        self.table, self.home = table, home
        self.frozen = table.narrowed(FROZEN[table.name])
        self._csv: list[str] = []
        self._json: list[str] = []
        self.rows = 0

    def add(self, rows: Sequence[Row], name: str, title: str) -> tuple[DataFile, DataFile]:
        """Add the rows of a release; gives its edition. ``name``: of its files, without ending."""
        parts = csv_part(self.table, rows), json_part(rows)
        self._csv.append(parts[0])
        self._json.append(parts[1])
        self.rows += len(rows)
        if self.frozen.names != self.table.names:
            kept = [self.table.names.index(column) for column in self.frozen.names]
            rows = [tuple(row[i] for i in kept) for row in rows]
            parts = csv_part(self.frozen, rows), json_part(rows)
        as_csv = csv_file(self.frozen, parts[:1])
        as_json = json_file(self.frozen, parts[1:], schema_address(self.home, edition_schema(self.table)))
        return _pair(name, title, (as_csv, as_json), len(rows))

    def files(self) -> tuple[DataFile, DataFile]:
        """The files with all rows."""
        as_csv = csv_file(self.table, self._csv)
        as_json = json_file(self.table, self._json, schema_address(self.home, self.table.name))
        return _pair(self.table.name, self.table.title, (as_csv, as_json), self.rows)


def _pair(name: str, title: str, contents: tuple[bytes, bytes], rows: int) -> tuple[DataFile, DataFile]:
    return (
        DataFile(f"{name}.csv", title, contents[0], rows),
        DataFile(f"{name}.json", title, contents[1], rows),
    )


def edition_schema(table: Table) -> str:
    """What the description of the editions of a table is called: it never changes, the table's own may."""
    return f"utgava-{table.name}"


def editions(published: Published, reports: Grown, people: Grown) -> tuple[Edition, ...]:
    """The edition of each release; its rows are added to the tables that grow."""
    found = []
    for span, code in releases(published):
        town = published.municipality(code)
        where, when = f"{FOLDER}/{town.id}", f"{town.id}-{span.id}"
        title = f"{town.namn}, {in_words(span)}"
        files = (
            *reports.add(
                report_rows(published, span, code), f"{where}/rapporter-{when}", f"Rapporter, {title}"
            ),
            *people.add(
                people_rows(published, span, code), f"{where}/deltagande-{when}", f"Deltagande, {title}"
            ),
        )
        found.append(Edition(span, code, files))
    return tuple(found)


def joint_editions(published: Published, assessments: Grown) -> tuple[Edition, ...]:
    """The assessments of each fortnight; their rows are added to the table that grows."""
    rows = assessment_rows(published)
    return tuple(
        Edition(
            span,
            "",
            assessments.add(
                rows[span.id],
                f"{FOLDER}/{JOINT}/bedomningar-{span.id}",
                f"Bedömningar, {in_words(span)}",
            ),
        )
        for span in published.periods
        if span.id in rows
    )


def release_rows(published: Published, every: Iterable[Edition]) -> list[Row]:
    """The rows of ``utgavor.csv``."""
    example = mark(published)
    return [
        (
            edition.municipality,
            edition.span.kind,
            edition.span.id,
            edition.span.start.isoformat(),
            edition.span.end.isoformat(),
            edition.span.publishes.isoformat(),
            *(value for file in edition.files[::2] for value in (file.name, file.sha256)),
            example,
        )
        for edition in every
    ]


def in_words(span: Span) -> str:
    """``vecka 45–46, 2026``: a span as it stands in a title, always with its year."""
    return f"{span.label}, {span.end.year}" if span.kind == "period" else span.label
