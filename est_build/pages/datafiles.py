"""Files to fetch, as the pages of open data tell of them. What makes the files stands in ``publish``."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from est_build.model.span import Span
from est_build.schema.opendata.column import Dataset, Table

FORMATS: Final = {
    "csv": ("CSV", "text/csv"),
    "json": ("JSON", "application/json"),
    "geojson": ("GeoJSON", "application/geo+json"),
    "ttl": ("RDF", "text/turtle"),
    "jsonld": ("JSON-LD", "application/ld+json"),
    "txt": ("text", "text/plain"),
}
"""Ending of a name -> what readers call it, and its type (IANA)."""


@dataclass(frozen=True)
class DataFile:
    """A file under ``/data/``."""

    name: str
    title: str
    content: bytes = field(repr=False)
    rows: int = 0
    """Rows of a table, or areas of a map; 0 where there is no sense in counting."""

    @property
    def form(self) -> str:
        """``CSV``, ``JSON`` …"""
        return FORMATS[self.name.rpartition(".")[2]][0]

    @property
    def media(self) -> str:
        """``text/csv`` …"""
        return FORMATS[self.name.rpartition(".")[2]][1]

    @property
    def path(self) -> str:
        """Under the site: ``data/rapporter.csv``."""
        return f"data/{self.name}"

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content)

    @cached_property
    def sha256(self) -> str:
        """Hex digest of the content."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class FileSet:
    """Many files of one kind, told as one."""

    title: str
    text: tuple[str, ...]
    """Paragraphs."""
    table: Table
    """What stands in those that are tables."""
    files: tuple[DataFile, ...]


@dataclass(frozen=True, slots=True)
class TableFiles:
    """A table, its files, and the descriptions that programs read."""

    table: Table
    files: tuple[DataFile, ...]
    """CSV first."""
    descriptions: tuple[DataFile, ...]


@dataclass(frozen=True, slots=True)
class DataSet:
    """A dataset with all its files."""

    about: Dataset
    tables: tuple[TableFiles, ...]
    more: tuple[DataFile, ...] = ()
    """Files in other forms: outlines, a data cube."""

    @property
    def files(self) -> tuple[DataFile, ...]:
        """Every file with data in it."""
        return (*(f for table in self.tables for f in table.files), *self.more)


@dataclass(frozen=True, slots=True)
class Edition:
    """What one municipality published for one span. It never changes."""

    span: Span
    municipality: str
    """Code; empty for the joint assessments."""
    files: tuple[DataFile, ...]
    """Of each table CSV, then JSON."""


@dataclass(frozen=True, slots=True)
class OpenData:
    """All that can be fetched."""

    sets: tuple[DataSet, ...]
    editions: tuple[Edition, ...]
    """In the order of ``utgavor.csv``."""
    joint: tuple[Edition, ...]
    """The assessments of each fortnight."""
    proofs: FileSet
    folders: tuple[DataFile, ...]
    """Descriptions of what stands in a folder: Data Package, CSVW, checksums."""

    @property
    def files(self) -> tuple[DataFile, ...]:
        """Every file under ``/data/``."""
        tables = (table for one in self.sets for table in one.tables)
        return (
            *(file for one in self.sets for file in one.files),
            *(file for table in tables for file in table.descriptions),
            *(file for edition in (*self.editions, *self.joint) for file in edition.files),
            *self.proofs.files,
            *self.folders,
        )
