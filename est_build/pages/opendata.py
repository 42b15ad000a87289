"""``/oppna-data/``: what can be fetched, column by column."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from est_build.figures.table import Content, data_table
from est_build.figures.text import number
from est_build.pages.context import Context, render
from est_build.pages.page import Page


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file to fetch: name under ``/data/``, content, and what stands in it."""

    name: str
    title: str
    text: str
    content: bytes
    rows: int
    columns: tuple[tuple[str, str], ...]
    """Column and meaning."""


@dataclass(frozen=True, slots=True)
class FileSet:
    """Many files of one kind, told as one."""

    title: str
    text: tuple[str, ...]
    """Paragraphs."""
    caption: str
    columns: tuple[tuple[str, str], ...]
    files: tuple[DataFile, ...]


@dataclass(frozen=True, slots=True)
class FileBlock:
    """A file as it stands on the page."""

    title: str
    text: str
    href: str
    size: str
    rows: str
    columns: Markup | None


@dataclass(frozen=True, slots=True)
class DataPage:
    """Everything on the page."""

    files: tuple[FileBlock, ...]
    proofs: FileSet
    proof_columns: Markup
    licence: str
    example: bool
    steps: str


def data_page(context: Context, files: list[DataFile], proofs: FileSet) -> Page:
    """The page of open data. ``proofs`` stand by themselves: they hold no figures of reports."""
    site = context.published.site
    step = context.published.protection.steg
    page = DataPage(
        tuple(_block(f) for f in files),
        proofs,
        _columns(proofs.caption, proofs.columns),
        "CC0 1.0" if site.licens_data == "CC0-1.0" else "CC BY 4.0",
        site.exempeldata,
        f"{step}–{2 * step - 1}, {2 * step}–{3 * step - 1}",
    )
    html = render("opendata.html.j2", page)
    words = "Alla publicerade siffror att hämta som CSV och GeoJSON, fria att använda."
    return Page("oppna-data/", "Öppna data", words, "data", html)


def _block(file: DataFile) -> FileBlock:
    kilobytes = max(1, round(len(file.content) / 1000))
    table = _columns(f"Kolumner i {file.name}", file.columns) if file.columns else None
    return FileBlock(
        file.title,
        file.text,
        f"/data/{file.name}",
        f"{number(kilobytes)} kB",
        f"{number(file.rows)} rader" if file.rows else "",
        table,
    )


def _columns(caption: str, columns: tuple[tuple[str, str], ...]) -> Markup:
    rows: list[list[Content]] = [[_code(f"`{column}`"), _code(meaning)] for column, meaning in columns]
    return data_table(caption, ["Kolumn", "Betyder"], rows, hide_caption=True)


def _code(text: str) -> Markup:
    """A text in which what stands between backticks is written as a file has it."""
    parts = text.split("`")
    return Markup("").join(Markup("<code>{}</code>").format(p) if i % 2 else p for i, p in enumerate(parts))
