"""The descriptions of a table that programs read, all from the one in :mod:`est_build.schema.opendata`.

Table Schema and Data Package v2 (datapackage.org), CSV on the Web (W3C), JSON Schema (draft 2020-12).
"""

from __future__ import annotations

import json
from typing import Any, Final

from est_build.load.codebook import CodeBook
from est_build.pages.datafiles import DataFile
from est_build.publish.serial import COLUMNS, ROWS
from est_build.schema.codes import ListName
from est_build.schema.opendata.column import Column, Table

PROFILES: Final = "https://datapackage.org/profiles/2.0/"
CSVW: Final = "http://www.w3.org/ns/csvw"
JSON_SCHEMA: Final = "https://json-schema.org/draft/2020-12/schema"
Description = dict[str, Any]
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_TYPES: Final = {
    "text": "string",
    "kod": "string",
    "heltal": "integer",
    "datum": "date",
    "ja_nej": "boolean",
    # The text of Data Package v2 has a type for lists, but its published profile (2.0) refuses it.
    "lista": "string",
}


def schema_address(home: str, name: str) -> str:
    """Address of the JSON Schema of a table."""
    return f"{home}data/{schema_file(name)}"


def schema_file(name: str) -> str:
    """Name of it under ``/data/``."""
    return f"scheman/{name}.schema.json"


class Describer:
    """Makes descriptions of tables whose codes are those of an instance."""

    def __init__(self, codes: CodeBook, home: str) -> None:
        """``home``: address of the site, ending in ``/``."""
        self.codes = codes
        self.home = home

    def values(self, column: Column) -> list[tuple[str, str]]:
        """Every value that a column may hold and its Swedish words; empty if there is no list of them."""
        name: ListName = column.codes  # type: ignore[assignment]
        listed = [(code.id, code.sv) for code in self.codes.lists[name].values()] if column.codes else []
        return [*column.choices, *listed]

    # ---- Data Package v2 -----------------------------------------------------------------------

    def table_schema(self, table: Table, *, alone: bool = False) -> Description:
        """Table Schema. ``alone``: of a file whose package does not hold the tables that it refers to."""
        schema: Description = {
            "$schema": f"{PROFILES}tableschema.json",
            "fields": [self._field(column) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
        }
        if table.refers and not alone:
            schema["foreignKeys"] = [
                {
                    "fields": list(r.columns),
                    "reference": {
                        "resource": "" if r.table == table.name else r.table,
                        "fields": list(r.to),
                    },
                }
                for r in table.refers
            ]
        return schema

    def _field(self, column: Column) -> Description:
        field: Description = {
            "name": column.name,
            "description": plain(column.meaning),
            "type": _TYPES[column.kind],
        }
        constraints: Description = {"required": True} if column.required else {}
        if column.kind == "ja_nej":
            field |= {"trueValues": ["ja"], "falseValues": ["nej"]}
        elif values := self.values(column):
            blank = [("", "Alla eller inga")] if column.blank else []
            field["categories"] = [{"value": v, "label": label} for v, label in [*blank, *values]]
            constraints["enum"] = [v for v, _ in [*blank, *values]]
        if column.kind == "lista":
            constraints["pattern"] = "[^ ]+( [^ ]+)*"
        if column.least is not None:
            constraints["minimum"] = column.least
        if column.pattern:
            constraints["pattern"] = column.pattern
        if column.blank:
            field["missingValues"] = []
        return field | ({"constraints": constraints} if constraints else {})

    # ---- CSV on the Web ------------------------------------------------------------------------

    def csvw(self, table: Table, url: str) -> Description:
        """The metadata of one CSV file, to stand beside it as ``<url>-metadata.json``."""
        return {
            "@context": [CSVW, {"@language": "sv"}],
            "url": url,
            "dc:title": table.title,
            "dc:description": plain(table.text),
            "tableSchema": self.csvw_schema(table),
        }

    def csvw_schema(self, table: Table) -> Description:
        """The columns of a CSV file."""
        return {"columns": [_csvw_column(c) for c in table.columns], "primaryKey": list(table.key)}

    # ---- JSON Schema ---------------------------------------------------------------------------

    def json_schema(self, table: Table, name: str) -> Description:
        """What a JSON file with the rows of the table looks like: columns, and rows as lists."""
        cells = [self._json_cell(column) for column in table.columns]
        row = {"type": "array", "prefixItems": cells, "items": False, "minItems": len(cells)}
        return {
            "$schema": JSON_SCHEMA,
            "$id": schema_address(self.home, name),
            "title": table.title,
            "description": plain(table.text),
            "type": "object",
            "required": ["tabell", COLUMNS, ROWS],
            "properties": {
                "$schema": {"type": "string"},
                "tabell": {"const": table.name},
                COLUMNS: {"const": list(table.names)},
                ROWS: {"type": "array", "items": row},
            },
            "additionalProperties": False,
        }

    def _json_cell(self, column: Column) -> Description:
        cell: Description = {"title": column.name, "description": plain(column.meaning)}
        empty = [] if column.required or column.kind == "lista" else ["null"]
        if column.kind == "lista":
            return cell | {"type": "array", "items": {"type": "string"}, "uniqueItems": True}
        if values := self.values(column):
            blank = [""] if column.blank else []
            return cell | {"enum": [*blank, *(v for v, _ in values), *([None] if empty else [])]}
        cell["type"] = [_json_type(column), *empty] if empty else _json_type(column)
        if column.kind == "datum":
            cell["format"] = "date"
        if column.least is not None:
            cell["minimum"] = column.least
        if column.pattern:
            cell["pattern"] = f"^(?:{column.pattern})$"
        return cell


def _json_type(column: Column) -> str:
    return "integer" if column.kind == "heltal" else "string"


def _csvw_column(column: Column) -> Description:
    described: Description = {
        "name": column.name,
        "titles": column.name,
        "dc:description": plain(column.meaning),
        "datatype": _TYPES[column.kind],
    }
    if column.kind == "ja_nej":
        described["datatype"] = {"base": "boolean", "format": "ja|nej"}
    elif column.least is not None:
        described["datatype"] = {"base": "integer", "minimum": column.least}
    elif column.pattern:
        described["datatype"] = {"base": "string", "format": column.pattern}
    if column.kind == "lista":
        described["separator"] = " "
    if column.blank:
        described["null"] = []
    elif column.required:
        described["required"] = True
    return described


def plain(text: str) -> str:
    """A meaning without the backticks that the pages turn into mark-up."""
    return text.replace("`", "")


def as_json(name: str, title: str, value: Description) -> DataFile:
    """A description as a file, each part of its lists on a line of its own."""
    lines = []
    for key, part in value.items():
        if isinstance(part, list) and part and isinstance(part[0], dict):
            inside = ",\n  ".join(map(_ENCODE, part))
            lines.append(f"{_ENCODE(key)}:[\n  {inside}\n ]")
        else:
            lines.append(f"{_ENCODE(key)}:{_ENCODE(part)}")
    text = "{\n " + ",\n ".join(lines) + "\n}\n"
    return DataFile(name, title, text.encode("utf-8"))
