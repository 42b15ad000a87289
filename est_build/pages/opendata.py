"""``/oppna-data/`` and a page for each dataset: what can be fetched, column by column."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from est_build.figures.table import Content, data_table
from est_build.figures.text import number
from est_build.model.published import Published
from est_build.model.span import day
from est_build.pages import addresses
from est_build.pages.context import Context, render
from est_build.pages.datafiles import DataFile, DataSet, OpenData, TableFiles
from est_build.pages.links import Link
from est_build.pages.loop import cited
from est_build.pages.page import Page, Related
from est_build.pages.parts import Citation, Download
from est_build.schema.opendata.column import Change, Column, Table
from est_build.schema.opendata.datasets import PROOFS
from est_build.schema.site import Contact, Credit

DESCRIPTIONS: Final = (
    Related("alternate", "application/rdf+xml", "dcat.rdf", "Katalog enligt DCAT-AP-SE"),
    Related("alternate", "text/turtle", "dcat.ttl", "Katalog enligt DCAT-AP-SE"),
    Related("describedby", "application/ld+json", "data/datamangder.jsonld", "Datamängderna för sökmotorer"),
    Related("describedby", "application/json", "data/datapackage.json", "Data Package"),
)
"""The whole catalogue, for programs. It stands in files: no page has a script inside, not even one that
holds data and is never run."""
LICENCES: Final = {
    "CC0-1.0": Link("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/deed.sv"),
    "CC-BY-4.0": Link("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/deed.sv"),
}
_FORMS: Final = {
    "text": "text",
    "kod": "kod",
    "heltal": "heltal",
    "datum": "datum",
    "ja_nej": "ja eller nej",
    "lista": "koder",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A dataset in the list."""

    id: str
    title: str
    href: str
    text: str
    files: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class DataPage:
    """Everything on ``/oppna-data/``."""

    rows: tuple[Row, ...]
    licence: Link
    example: bool
    steps: str
    editions: int
    credits: tuple[Credit, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table as it stands on the page of its dataset."""

    title: str
    text: str
    id: str
    files: tuple[FileLine, ...]
    name: str
    columns: Markup
    descriptions: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file to fetch, and what search engines are told about it."""

    text: str
    href: str
    note: str
    media: str
    id: str


@dataclass(frozen=True, slots=True)
class SetPage:
    """Everything on the page of a dataset."""

    title: str
    text: str
    id: str
    example: bool
    licence: Link
    publisher: str
    updated: str
    tables: tuple[TableBlock, ...]
    more: tuple[FileLine, ...]
    limits: tuple[str, ...]
    code: str
    version: str
    changes: tuple[tuple[str, str, Markup], ...]
    sums: Markup
    editions: bool
    proofs: ProofBlock | None
    contact: Contact
    citation: Citation


@dataclass(frozen=True, slots=True)
class ProofBlock:
    """The files of the proofs, and what their columns mean."""

    text: tuple[str, ...]
    caption: str
    columns: Markup
    files: tuple[tuple[str, str], ...]
    """Title and address."""


def data_pages(context: Context, data: OpenData) -> list[Page]:
    """The list of datasets, and a page for each."""
    return [_list_page(context, data), *(_set_page(context, data, one) for one in data.sets)]


def _list_page(context: Context, data: OpenData) -> Page:
    site, step = context.published.site, context.published.protection.steg
    page = DataPage(
        tuple(_row(one) for one in data.sets),
        LICENCES[site.licens_data],
        site.exempeldata,
        f"{step}–{2 * step - 1}, {2 * step}–{3 * step - 1}",
        len(data.editions),
        site.kallor,
        cited(context, "Öppna data", addresses.OPEN_DATA, context.published.date),
    )
    words = "Alla publicerade siffror att hämta som CSV, JSON, GeoJSON och RDF, fria att använda."
    html = render("opendata.html.j2", page)
    return Page("oppna-data/", "Öppna data", words, "data", html, related=DESCRIPTIONS)


def _row(one: DataSet) -> Row:
    found = [table.files[0] for table in one.tables] + [f for f in one.more if f.form == "GeoJSON"]
    files = [Download(f.name, f"/{f.path}", _size(f)) for f in found]
    return Row(
        one.about.id,
        one.about.title.sv,
        addresses.dataset(one.about.id),
        _first(one.about.text.sv),
        tuple(files),
    )


def _first(text: str) -> str:
    """The first sentence."""
    return f"{text.split('. ')[0].rstrip('.')}."


def _set_page(context: Context, data: OpenData, one: DataSet) -> Page:
    about, site = one.about, context.published.site
    address = addresses.dataset(about.id)
    page = SetPage(
        title=about.title.sv,
        text=about.text.sv,
        id=f"{site.bas_url.rstrip('/')}{address}#datamangd",
        example=site.exempeldata,
        licence=LICENCES[site.licens_data],
        publisher=site.utgivare,
        updated=day(context.published.date),
        tables=tuple(_block(table) for table in one.tables),
        more=tuple(_line(file, file.title) for file in one.more),
        limits=about.limits,
        code=_code(context.published, one.tables[0].table),
        version=about.version,
        changes=tuple(_change(change) for change in about.changes),
        sums=_sums(about.title.sv, one),
        editions=about.id in {"rapporter", "deltagande", "bedomningar", "kalender"},
        proofs=_proofs(data) if about is PROOFS else None,
        contact=site.kontakt,
        citation=cited(context, about.title.sv, address, context.published.date),
    )
    html = render("opendata_set.html.j2", page)
    path = addresses.path(address)
    return Page(path, about.title.sv, _first(about.text.sv), "data", html, related=DESCRIPTIONS)


def _change(change: Change) -> tuple[str, str, Markup]:
    return change.version, day(dt.date.fromisoformat(change.date)), marked(change.text)


def _block(files: TableFiles) -> TableBlock:
    table = files.table
    return TableBlock(
        table.title,
        table.text,
        f"tabell-{table.name}",
        tuple(_line(file) for file in files.files),
        f"{table.name}.csv",
        columns(f"Kolumner i {table.name}.csv", table),
        tuple(Download(f.title, f"/{f.path}", table.title) for f in files.descriptions),
    )


def _line(file: DataFile, words: str = "") -> FileLine:
    note = f"{file.form}, {_size(file)}"
    return FileLine(words or file.name, f"/{file.path}", note, file.media, part_id(file))


def part_id(file: DataFile) -> str:
    """Anchor of a file on the page of its dataset: where its address as a distribution leads."""
    return addresses.slug(file.name)


def _size(file: DataFile) -> str:
    kilobytes = f"{number(max(1, round(file.size / 1000)))} kB"
    return f"{kilobytes}, {number(file.rows)} rader" if file.rows and file.form == "CSV" else kilobytes


def columns(caption: str, table: Table) -> Markup:
    """What each column of a table means, and what may stand in it."""
    rows: list[list[Content]] = [
        [marked(f"`{column.name}`"), marked(column.meaning), marked(_form(column))]
        for column in table.columns
    ]
    return data_table(caption, ["Kolumn", "Betyder", "Innehåll"], rows, hide_caption=True)


def _form(column: Column) -> str:
    words = _FORMS[column.kind]
    if column.codes:
        words = f"kod ur listan `{column.codes}`"
    if column.least:
        words += f", minst {column.least}"
    if column.choices and not column.codes and column.kind != "ja_nej":
        words = "något av " + ", ".join(f"`{value}`" for value, _ in column.choices)
    return words


def _code(published: Published, table: Table) -> str:
    """A few lines of Python that read the table, with codes as text."""
    text = ', dtype={"kommun": str}' if "kommun" in table.names else ""
    return (
        "import pandas as pd\n\n"
        f'adress = "{published.site.bas_url}data/{table.name}.csv"\n'
        f"rader = pd.read_csv(adress{text})\n"
        "print(rader.tail())"
    )


def _sums(title: str, one: DataSet) -> Markup:
    rows: list[list[Content]] = [
        [marked(f"`{f.name}`"), Markup('<code class="adress">{}</code>').format(f.sha256)] for f in one.files
    ]
    caption = f"Kontrollsummor: {title}"
    return data_table(caption, ["Fil", "Kontrollsumma"], rows, hide_caption=True, fold=True)


def _proofs(data: OpenData) -> ProofBlock:
    proofs = data.proofs
    caption = "Kolumner i filerna med påhittade verkligheter"
    files = tuple((file.title, f"/{file.path}") for file in proofs.files)
    return ProofBlock(proofs.text, caption, columns(caption, proofs.table), files)


def marked(text: str) -> Markup:
    """A text in which what stands between backticks is written as a file has it."""
    parts = text.split("`")
    return Markup("").join(Markup("<code>{}</code>").format(p) if i % 2 else p for i, p in enumerate(parts))
