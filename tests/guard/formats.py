"""The forms in which an export may be saved or pasted: bytes from a table."""

from __future__ import annotations

import base64
import csv
import gzip
import html
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable

from openpyxl import Workbook

from .canaries import Table, as_records

_MOMENT = (2026, 11, 19, 9, 0, 0)


def delimited(table: Table, delimiter: str, *, newline: str = "\r\n", bom: bool = False) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows(table)
    return out.getvalue().encode("utf-8-sig" if bom else "utf-8")


def semicolons(table: Table) -> bytes:
    return delimited(table, ";", bom=True)


def commas(table: Table) -> bytes:
    return delimited(table, ",", newline="\n")


def tabs(table: Table) -> bytes:
    return delimited(table, "\t")


def xlsx(table: Table) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Svar")
    for row in table:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(table: Table) -> bytes:
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{html.escape(c)}</text:p></table:table-cell>" for c in row)
        + "</table:table-row>"
        for row in table
    )
    files = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f"<office:document-content><table:table>{rows}</table:table>",
    }
    return _zipped(files)


def _zipped(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), text)
    return out.getvalue()


def as_json(table: Table) -> bytes:
    return json.dumps(as_records(table), ensure_ascii=False).encode()


def pretty_json(table: Table) -> bytes:
    data = {"count": len(table) - 1, "next": None, "results": as_records(table)}
    return json.dumps(data, ensure_ascii=False, indent=2).encode()


def jsonl(table: Table) -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in as_records(table)).encode()


def json_rows(table: Table) -> bytes:
    return json.dumps(table, ensure_ascii=False).encode()


def sqlite(table: Table) -> bytes:
    base = sqlite3.connect(":memory:")
    columns = ", ".join(f'"{i} {name}"' for i, name in enumerate(table[0]))
    base.execute(f"CREATE TABLE svar ({columns})")
    base.executemany(f"INSERT INTO svar VALUES ({','.join('?' * len(table[0]))})", table[1:])
    base.commit()
    return base.serialize()


def zipped(table: Table) -> bytes:
    return _zipped({"svar.csv": semicolons(table).decode("utf-8-sig")})


def gzipped(table: Table) -> bytes:
    return gzip.compress(semicolons(table), mtime=0)


def html_page(table: Table) -> bytes:
    return f"<!DOCTYPE html><html><body>{html_table(table).decode()}</body></html>".encode()


def html_table(table: Table) -> bytes:
    head, *rows = table
    lines = ["<table>", "<tr>" + "".join(f"<th>{html.escape(c)}</th>" for c in head) + "</tr>"]
    lines += ["<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in row) + "</tr>" for row in rows]
    return "\n".join([*lines, "</table>"]).encode()


def in_page(table: Table) -> bytes:
    """A Markdown page with the table pasted in."""
    head, *rows = ([cell.replace("\n", " ").replace("|", "/") for cell in row] for row in table)
    lines = [f"| {' | '.join(head)} |", "|" + " --- |" * len(head)]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return _page("\n".join(lines))


def fenced(table: Table) -> bytes:
    """A Markdown page with the CSV pasted in as code."""
    return _page(f"```\n{commas(table).decode()}```")


def indented(table: Table) -> bytes:
    """YAML with the CSV as a text block."""
    lines = semicolons(table).decode("utf-8-sig").splitlines()
    return ("format: 1\nkommentar: |\n" + "\n".join(f"  {line}" for line in lines) + "\n").encode()


def _page(inside: str) -> bytes:
    before = "---\ntitle: Om arbetet\n---\n\n# Om arbetet\n\nSå här gick det till, och det här såg vi.\n"
    return f"{before}\n{inside}\n\nMer kommer i nästa lägesbild.\n".encode()


def yaml_records(table: Table) -> bytes:
    lines = []
    for record in as_records(table):
        for i, (name, value) in enumerate(record.items()):
            lines.append(f"{'- ' if i == 0 else '  '}{name}: {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(lines).encode()


def xml(table: Table) -> bytes:
    names = [f"f{i}" if not name.isidentifier() else name for i, name in enumerate(table[0])]
    rows = [
        "<svar>"
        + "".join(f"<{n}>{html.escape(c)}</{n}>" for n, c in zip(names, row, strict=True))
        + "</svar>"
        for row in table[1:]
    ]
    return ("<?xml version='1.0'?>\n<data>\n" + "\n".join(rows) + "\n</data>").encode()


def program(table: Table) -> bytes:
    """A list of tuples in a program."""
    return ("SVAR = [\n" + "".join(f"    {tuple(row)!r},\n" for row in table) + "]\n").encode()


def program_text(table: Table) -> bytes:
    """The whole export as one string in a program, line breaks written out."""
    return f"SVAR = {commas(table).decode()!r}\n".encode()


def program_dicts(table: Table) -> bytes:
    """Mappings in a program."""
    return f"SVAR = {as_records(table)!r}\n".encode()


def inserts(table: Table) -> bytes:
    rows = [f"INSERT INTO svar VALUES ({', '.join(repr(c) for c in row)});" for row in table[1:]]
    return "\n".join(rows).encode()


def printed(table: Table) -> bytes:
    """As programs print a table: columns held apart by spaces, empty cells as NaN."""
    cells = [[c.replace("\n", " ") or "NaN" for c in row] for row in table]
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    lines = ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in cells]
    return _page("\n".join(f"    {line}" for line in lines))


def encoded(table: Table) -> bytes:
    """A packed export, in base64 inside a page."""
    return _page(base64.encodebytes(gzipped(table)).decode())


def utf16(table: Table) -> bytes:
    return tabs(table).decode().encode("utf-16")


def windows(table: Table) -> bytes:
    return semicolons(table).decode("utf-8-sig").encode("cp1252", errors="replace")


WHOLE_FILES: dict[str, tuple[str, Callable[[Table], bytes]]] = {
    "csv ;": ("csv", semicolons),
    "csv ,": ("csv", commas),
    "tsv": ("tsv", tabs),
    "xlsx": ("xlsx", xlsx),
    "ods": ("ods", ods),
    "json": ("json", as_json),
    "jsonl": ("jsonl", jsonl),
    "sqlite": ("sqlite", sqlite),
    "zip": ("zip", zipped),
    "gz": ("csv.gz", gzipped),
    "html": ("html", html_page),
    "Markdown": ("md", in_page),
}
"""Format -> the end of its name, and how it is made."""

PASTED: dict[str, Callable[[Table], bytes]] = {
    "csv i kodruta": fenced,
    "csv i YAML-text": indented,
    "json, luftig": pretty_json,
    "json, rader": json_rows,
    "html-tabell": html_table,
    "YAML": yaml_records,
    "XML": xml,
    "tupler i kod": program,
    "text i kod": program_text,
    "ordlistor i kod": program_dicts,
    "SQL": inserts,
    "utskrift": printed,
    "base64 i sida": encoded,
    "UTF-16": utf16,
    "Windows-1252": windows,
}
"""More ways in which answers end up inside another file."""


# ---- for the second net alone --------------------------------------------------------------------


def split_json(table: Table) -> bytes:
    return json.dumps({"columns": table[0], "data": table[1:]}, ensure_ascii=False, indent=1).encode()


def commented(table: Table) -> bytes:
    return _prefixed(table, "// ")


def patch(table: Table) -> bytes:
    return _prefixed(table, "+")


def quotation(table: Table) -> bytes:
    return _prefixed(table, "> ")


def _prefixed(table: Table, start: str) -> bytes:
    lines = semicolons(table).decode("utf-8-sig").splitlines()
    return "\n".join(f"{start}{line}" for line in lines).encode()


def cards(table: Table) -> bytes:
    """One heading an answer, one bold line a question."""
    parts = []
    for i, row in enumerate(table[1:], 1):
        lines = [f"**{name}:** {cell}" for name, cell in zip(table[0], row, strict=True)]
        parts.append("\n".join([f"## Svar {i}\n", *lines]))
    return "\n\n".join(parts).encode()


def ruled(table: Table) -> bytes:
    """With a line between the rows, as terminals draw tables."""
    rule = "+" + "----+" * len(table[0])
    rows = [f"| {' | '.join(c.replace(chr(10), ' ') for c in row)} |\n{rule}" for row in table]
    return "\n".join([rule, *rows]).encode()


def nested(table: Table) -> bytes:
    """As an interface of a survey service answers: pages, questions, answers."""
    data = []
    for i, row in enumerate(table[1:]):
        questions = [{"id": str(q), "answers": [{"text": cell}]} for q, cell in enumerate(row)]
        moment = f"2026-11-{i % 28 + 1:02d}T08:{i % 60:02d}:11+00:00"
        data.append({"id": str(i + 10**6), "date_modified": moment, "pages": [{"questions": questions}]})
    return json.dumps({"data": data}, ensure_ascii=False).encode()


OTHER_FORMS: dict[str, Callable[[Table], bytes]] = {
    form.__name__: form
    for form in (
        split_json,
        commented,
        patch,
        quotation,
        cards,
        ruled,
        nested,
    )
}
