"""Categories: the list, and a page per group."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from est_build.analyse.actions import ENDED
from est_build.figures.table import Column, Content, data_table
from est_build.figures.text import cell_text
from est_build.model.cell import Hidden, Shown
from est_build.model.span import Span
from est_build.pages.context import Context, Link, anchor, listed, render
from est_build.pages.page import Page
from est_build.pages.trends import multiples, recent
from est_build.protect.plan import CellKey
from est_build.schema.codes import Category

KINDS = {
    "handelse": "Händelse",
    "plats": "Platsens skick",
    "upplevelse": "Upplevelse",
    "skydd": "Det som fungerar",
}


@dataclass(frozen=True, slots=True)
class CategoryPage:
    """Everything on the page of a category group."""

    name: str
    kind: str
    description: str
    leaves: tuple[tuple[str, str], ...]
    """Label and note of each category in the group."""
    only_longer: bool
    separate: bool
    trend: Markup
    quarter: Span | None
    area_table: Markup | None
    leaf_table: Markup | None
    hidden_areas: str
    issues: tuple[Link, ...]
    actions: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class CategoryList:
    """All groups with their description."""

    rows: tuple[tuple[Link, str, str], ...]


def category_pages(context: Context) -> list[Page]:
    """List and a page per group."""
    published = context.published
    groups = published.codes.groups(published.calendar.year(context.latest))
    rows = []
    pages = []
    for group in groups:
        leaves = published.codes.leaves(group.id)
        names = listed([leaf.sv for leaf in leaves])
        rows.append((Link(group.sv, f"/kategorier/{group.id}/"), group.beskrivning, names))
        html = render("category.html.j2", _category(context, group))
        words = group.beskrivning or f"Rapporter om {group.sv.lower()}."
        pages.append(Page(f"kategorier/{group.id}/", group.sv, words, "utveckling", html, kind="Kategori"))
    html = render("categories.html.j2", CategoryList(tuple(rows)))
    words = "Kategorierna som nätverket rapporterar i, och vad de betyder."
    return [Page("kategorier/", "Kategorier", words, "utveckling", html), *pages]


def _category(context: Context, group: Category) -> CategoryPage:
    published = context.published
    ids = {group.id, *(leaf.id for leaf in published.codes.leaves(group.id))}
    quarters = [
        q
        for q in published.quarters
        if any(published.group_cell(q, t, group.id) is not None for t in published.municipalities)
    ]
    quarter = quarters[-1] if quarters else None
    only_longer = group.kanslighet == "kommun"
    spans = tuple(quarters[-12:]) if only_longer else recent(context)
    issues = [i for i in published.texts.issues.values() if ids & set(i.kategorier)]
    going = [
        a for a in context.current_actions if a.status not in ENDED and {i.id for i in issues} & set(a.fragor)
    ]
    table, hidden = _areas(context, group, quarter) if quarter else (None, "")
    return CategoryPage(
        name=group.sv,
        kind=KINDS[group.slag],
        description=group.beskrivning,
        leaves=tuple((leaf.sv, _note(context, leaf)) for leaf in published.codes.leaves(group.id)),
        only_longer=only_longer,
        separate=group.slag == "skydd",
        trend=multiples(context, group.id, spans) if spans else Markup(""),
        quarter=quarter,
        area_table=table,
        leaf_table=_leaves(context, group, quarter) if quarter else None,
        hidden_areas=hidden,
        issues=tuple(context.issue_link(i.id) for i in issues if i.status != "stangd"),
        actions=tuple(context.action_link(a.id) for a in going),
    )


def _note(context: Context, leaf: Category) -> str:
    notes = []
    if leaf.fran_ar is not None:
        notes.append(f"Räknas för sig från {leaf.fran_ar}.")
    if leaf.till_ar is not None:
        later = context.published.codes.category(leaf.ersatt_av or "")
        notes.append(f"Räknades till och med {leaf.till_ar}.")
        if later is not None:
            notes.append(f"Därefter: {later.sv}.")
    return " ".join(notes)


def _areas(context: Context, group: Category, quarter: Span) -> tuple[Markup | None, str]:
    """Areas in alphabetical order with a shown number; the others are only named."""
    published = context.published
    rows: list[list[Content]] = []
    hidden = []
    for area in (*published.municipalities, *published.small_areas()):
        cell = published.group_cell(quarter, area, group.id)
        if isinstance(cell, Shown):
            name = anchor(context.area_link(area.id))
            kind = "Kommun" if area.level == "kommun" else published.area(area.parent).name
            rows.append([name, kind, cell_text(cell)])
        elif isinstance(cell, Hidden):
            hidden.append(area.name)
    note = ""
    if hidden:
        word = "område" if len(hidden) == 1 else "områden"
        note = f"{len(hidden)} {word} är under visningsgränsen. Det kan vara noll."
    if not rows:
        return None, note
    columns: list[Column | str] = ["Område", "Kommun", Column("Rapporter", "tal")]
    return data_table(f"{group.sv}, {quarter.label}", columns, rows), note


def _leaves(context: Context, group: Category, quarter: Span) -> Markup | None:
    published = context.published
    towns = published.municipalities
    if len(towns) > 8:
        return None
    rows: list[list[Content]] = []
    for leaf in published.codes.leaves(group.id, published.calendar.year(quarter)):
        cells = [published.cell(quarter, CellKey("kommun_kategori", t.id, leaf.id)) for t in towns]
        if any(isinstance(cell, Shown) for cell in cells):
            rows.append([leaf.sv, *(cell_text(cell) for cell in cells)])
    if not rows:
        return None
    columns: list[Column | str] = ["Underkategori", *(Column(t.name, "tal") for t in towns)]
    return data_table(f"Underkategorier, {quarter.label}", columns, rows)
