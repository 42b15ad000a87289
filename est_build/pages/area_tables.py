"""Tables on the page of an area: categories, times, environments, sectors, indicators, older judgements."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from est_build.figures.indicator_table import indicator_tables
from est_build.figures.table import Column, Content, data_table
from est_build.figures.text import cell_text, participation_count, share_cell
from est_build.model.area import Area
from est_build.model.cell import Cell, Shown
from est_build.model.span import Span
from est_build.pages.context import Context
from est_build.pages.links import Link, anchor
from est_build.pages.period_blocks import LEVELS
from est_build.protect.plan import ALL, CellKey


@dataclass(frozen=True, slots=True)
class AreaTables:
    """What is told of an area for a whole quarter."""

    groups: Markup
    nothing_shown: bool
    """True if every category is under the display limit."""
    leaves: Markup | None = None
    times: Markup | None = None
    environments: Markup | None = None
    sectors: Markup | None = None


@dataclass(frozen=True, slots=True)
class OldJudgement:
    """What the network said of an area earlier: the fortnight, the level in words, the sentence."""

    link: Link
    level: str
    text: str


@dataclass(frozen=True, slots=True)
class AreaIndicator:
    """What others have measured in a municipality."""

    title: str
    scale: str
    tables: tuple[Markup, ...]
    breaks: tuple[str, ...]


def area_tables(context: Context, area: Area, quarter: Span) -> AreaTables:
    """The tables of a quarter; finer ones only for a whole municipality."""
    groups, shown = _groups(context, area, quarter)
    if area.level != "kommun":
        return AreaTables(groups, not shown)
    return AreaTables(
        groups,
        not shown,
        _leaves(context, area, quarter),
        _times(context, area, quarter),
        _environments(context, area, quarter),
        _sectors(context, area, quarter),
    )


def old_judgements(context: Context, area: Area) -> tuple[OldJudgement, ...]:
    """Earlier judgements of the area itself, newest first; the newest picture's stands on top of the page."""
    published = context.published
    found = []
    for span in reversed(published.periods[:-1]):
        for row in published.texts.assessments.get(span.id, ()):
            if row.omrade == area.id:
                found.append(OldJudgement(context.relations.picture_link(span), LEVELS[row.niva], row.text))
    return tuple(found)


def area_indicators(context: Context, area: Area) -> tuple[AreaIndicator, ...]:
    """Indicators with values of the area, with only its rows. Another area never stands beside it."""
    found = []
    for indicator in context.published.texts.indicators.values():
        own = tuple(v for v in indicator.varden if v.omrade == area.id)
        if own:
            tables = indicator_tables(
                indicator.model_copy(update={"varden": own}), {area.id: area.name} | indicator.namn
            )
            breaks = tuple(f"Från {b.ar}: {b.text}" for b in indicator.brott)
            found.append(AreaIndicator(indicator.titel, indicator.skala, tables, breaks))
    return tuple(found)


def _groups(context: Context, area: Area, quarter: Span) -> tuple[Markup, bool]:
    """The table of categories, and whether any of them is shown."""
    published = context.published
    rows: list[list[Content]] = []
    shown = False
    for group in published.codes.groups(published.calendar.year(quarter)):
        cell = published.group_cell(quarter, area, group.id)
        if cell is not None:
            rows.append([anchor(context.category_link(group)), cell_text(cell)])
            shown = shown or isinstance(cell, Shown)
    columns: list[Column | str] = ["Kategori", Column("Rapporter", "tal")]
    return data_table(f"{area.name}, {quarter.label}", columns, rows, hide_caption=True), shown


def _rows_shown(cells: list[tuple[str, Cell | None]]) -> list[list[Content]]:
    """Only rows with a shown cell; a long table of dots helps nobody (all rows stand in the CSV)."""
    return [[label, cell_text(cell)] for label, cell in cells if isinstance(cell, Shown)]


def _leaves(context: Context, area: Area, quarter: Span) -> Markup | None:
    published = context.published
    year = published.calendar.year(quarter)
    cells = [
        (leaf.sv, published.cell(quarter, CellKey("kommun_kategori", area.id, leaf.id)))
        for group in published.codes.groups(year)
        for leaf in published.codes.leaves(group.id, year)
    ]
    return _small_table("Underkategorier som kan visas", "Underkategori", _rows_shown(cells))


def _times(context: Context, area: Area, quarter: Span) -> Markup | None:
    published = context.published
    cells = [
        (code.sv, published.cell(quarter, CellKey("kommun_tid", area.id, ALL, "", code.id)))
        for code in published.codes.lists["tider"].values()
    ]
    rows: list[list[Content]] = [[label, cell_text(cell)] for label, cell in cells]
    return _small_table("När på dygnet och i veckan", "Tid", rows)


def _environments(context: Context, area: Area, quarter: Span) -> Markup | None:
    published = context.published
    rows: list[list[Content]] = []
    for environment in published.codes.lists["miljoer"].values():
        for group in published.codes.groups(published.calendar.year(quarter)):
            key = CellKey("kommun_miljo_grupp", area.id, group.id, environment.id)
            cell = published.cell(quarter, key)
            if isinstance(cell, Shown):
                rows.append([environment.sv, group.sv, cell_text(cell)])
    if not rows:
        return None
    columns: list[Column | str] = ["Miljö", "Kategori", Column("Rapporter", "tal")]
    return data_table("Miljöer som kan visas", columns, rows, fold=True)


def _sectors(context: Context, area: Area, quarter: Span) -> Markup | None:
    figures = context.published.figures.get((quarter.id, area.municipality))
    if figures is None:
        return None
    rows: list[list[Content]] = []
    for sector, people in figures.participation.items():
        label = "Alla sektorer" if sector == ALL else context.published.codes.label("sektorer", sector)
        rows.append([label, participation_count(people), share_cell(people)])
    columns: list[Column | str] = ["Sektor", "Svar av utskick", "Andel som svarade"]
    return data_table(f"Deltagande, {quarter.label}", columns, rows)


def _small_table(caption: str, head: str, rows: list[list[Content]]) -> Markup | None:
    if not rows:
        return None
    return data_table(caption, [head, Column("Rapporter", "tal")], rows)
