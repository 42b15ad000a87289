"""Categories: the list, and a page per group."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from est_build.analyse.actions import ENDED
from est_build.figures.phrases import now_sentence
from est_build.figures.table import Column, Content, data_table
from est_build.figures.text import capital, cell_text, sum_text
from est_build.load.guidance import action_evidence, category_notes
from est_build.model.cell import Hidden, Shown
from est_build.model.span import Span
from est_build.pages import addresses
from est_build.pages.context import ActionCard, Context
from est_build.pages.links import Link, anchor, render
from est_build.pages.loop import Group, groups
from est_build.pages.page import NOT_DRAWN, Page
from est_build.pages.parts import Answer
from est_build.pages.short_thread import ShortThread, foremost_thread, other_issues
from est_build.pages.told_of import places_of_category
from est_build.pages.trends import Multiples, breaking, multiples, recent, whole_quarters
from est_build.protect.plan import CellKey
from est_build.schema.action import Action
from est_build.schema.codes import Category
from est_build.schema.guidance import ActionEvidence

KINDS = {
    "handelse": "Händelse",
    "plats": "Platsens skick",
    "upplevelse": "Upplevelse",
    "skydd": "Det som fungerar",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What research says of a kind of action that is used here."""

    kind: str
    row: ActionEvidence


@dataclass(frozen=True, slots=True)
class CategoryPage:
    """Everything on the page of a category group."""

    name: str
    kind: str
    description: str
    answers: tuple[Answer, ...]
    leaves: tuple[tuple[str, str], ...]
    """Label and note of each category in the group."""
    not_counted: str
    advice: str
    only_longer: bool
    separate: bool
    thread: ShortThread | None
    issues: tuple[Link, ...]
    closed: tuple[Link, ...]
    cards: tuple[ActionCard, ...]
    ended: tuple[ActionCard, ...]
    evidence: tuple[Evidence, ...]
    trend: Multiples | None
    quarters: Multiples | None
    quarter: Link | None
    town_table: Markup | None
    area_table: Markup | None
    hidden_areas: tuple[Link, ...]
    leaf_table: Markup | None
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A group in the list."""

    link: Link
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class CategoryList:
    """All groups with their description."""

    rows: tuple[CategoryRow, ...]


def category_pages(context: Context) -> list[Page]:
    """List and a page per group."""
    published = context.published
    rows, pages = [], []
    for group in published.codes.groups(published.calendar.year(context.latest)):
        rows.append(CategoryRow(context.category_link(group), group.beskrivning, KINDS[group.slag]))
        words = group.beskrivning or f"Rapporter om {group.sv.lower()}."
        path = addresses.path(addresses.category(group.id))
        drawn = context.draws(path)
        html = render("category.html.j2", _category(context, group)) if drawn else NOT_DRAWN
        quarters = whole_quarters(context, group.id)
        places = places_of_category(context, group, quarters[-1] if quarters else None)
        pages.append(Page(path, group.sv, words, "utveckling", html, kind="Kategori", places=places))
    html = render("categories.html.j2", CategoryList(tuple(rows)))
    words = "Kategorierna som nätverket rapporterar i, och vad de betyder."
    return [Page(addresses.path(addresses.CATEGORIES), "Kategorier", words, "utveckling", html), *pages]


def _category(context: Context, group: Category) -> CategoryPage:
    published, related = context.published, context.relations
    quarters = whole_quarters(context, group.id)
    quarter = quarters[-1] if quarters else None
    only_longer = group.kanslighet == "kommun"
    issues = related.issues_about(group.id)
    about = {a.id for a in related.actions_about(group.id)}
    actions = [a for a in context.current_actions if a.id in about]
    going = [a for a in actions if a.status not in ENDED]
    note = category_notes().get(group.id)
    spans = recent(context)
    thread = foremost_thread(context, issues)
    areas, hidden = _areas(context, group, quarter) if quarter else (None, ())
    return CategoryPage(
        name=group.sv,
        kind=KINDS[group.slag],
        description=group.beskrivning,
        answers=_answers(context, group, quarter if only_longer else context.latest, going),
        leaves=tuple((leaf.sv, _note(context, leaf)) for leaf in published.codes.leaves(group.id)),
        not_counted=note.raknas_inte if note else "",
        advice=note.rad if note else "",
        only_longer=only_longer,
        separate=group.slag == "skydd",
        thread=thread,
        issues=other_issues(context, issues, thread),
        closed=tuple(context.issue_link(i.id) for i in issues if i.status == "stangd"),
        cards=tuple(context.card(a) for a in going),
        ended=tuple(context.card(a) for a in actions if a.status in ENDED),
        evidence=_evidence(context, actions),
        trend=None if only_longer or not spans else multiples(context, group.id, spans, actions),
        quarters=multiples(context, group.id, quarters) if quarters else None,
        quarter=related.quarter_link(quarter) if quarter else None,
        town_table=_towns(context, group, quarter) if quarter else None,
        area_table=areas,
        hidden_areas=hidden,
        leaf_table=_leaves(context, group, quarter) if quarter else None,
        groups=_groups(context, group, quarter),
    )


def _answers(context: Context, group: Category, span: Span | None, going: list[Action]) -> tuple[Answer, ...]:
    published = context.published
    rows = []
    if span is not None:
        total = published.region_total(span, group.id)
        words = sum_text(total) if total is not None else "ingen uppgift"
        said = f"{capital(words)} rapporter" if words.startswith(("mellan", "minst")) else capital(words)
        rows.append(Answer("Läget", f"{said} {span.label} i hela nätverket."))
    if going:
        told = now_sentence(going[0], context.states[going[0].id], published.date)
        rows.append(Answer("Vi gör", "", context.action_link(going[0].id), told))
    else:
        rows.append(Answer("Vi gör", "Ingen pågående åtgärd gäller kategorin."))
    own = [
        c
        for c in breaking(context, published.municipalities[0], group.id, whole_quarters(context, group.id))
        if c.kategorier
    ]
    rows.append(
        Answer("Vet inte", f"Hur det var förr går inte att jämföra rakt av. {own[-1].vad}")
        if own
        else Answer("Vet inte", "Hur många brott som sker. Rapporter visar vad nätverket har sett.")
    )
    answered = context.answered(span) if span is not None else None
    if answered is not None:
        rows.append(Answer("Svarade", f"{answered[0]}.", note=f"{capital(answered[1])} organisationer."))
    return tuple(rows)


def _evidence(context: Context, actions: list[Action]) -> tuple[Evidence, ...]:
    """What research says of the kinds of actions that are used; most kinds have nothing to say."""
    known = action_evidence()
    kinds = dict.fromkeys(a.typ for a in actions if a.typ in known)
    return tuple(Evidence(context.published.codes.label("atgardstyper", kind), known[kind]) for kind in kinds)


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


def _towns(context: Context, group: Category, quarter: Span) -> Markup:
    """Municipalities in alphabetical order, hidden ones too."""
    published = context.published
    rows: list[list[Content]] = []
    for town in published.municipalities:
        cell = published.group_cell(quarter, town, group.id)
        rows.append([anchor(context.area_link(town.id)), cell_text(cell)])
    columns: list[Column | str] = ["Hela kommunen", Column("Rapporter", "tal")]
    return data_table(f"{group.sv} per kommun, {quarter.label}", columns, rows)


def _areas(context: Context, group: Category, quarter: Span) -> tuple[Markup | None, tuple[Link, ...]]:
    """Small areas in alphabetical order with a shown number; the others are only named."""
    published = context.published
    rows: list[list[Content]] = []
    hidden = []
    for area in published.small_areas():
        cell = published.group_cell(quarter, area, group.id)
        link = context.area_link(area.id)
        if isinstance(cell, Shown):
            rows.append([anchor(link), published.area(area.parent).name, cell_text(cell)])
        elif isinstance(cell, Hidden):
            hidden.append(link)
    if not rows:
        return None, tuple(hidden)
    columns: list[Column | str] = ["Område", "Kommun", Column("Rapporter", "tal")]
    return data_table(f"{group.sv} per område, {quarter.label}", columns, rows, fold=True), tuple(hidden)


def _groups(context: Context, group: Category, quarter: Span | None) -> tuple[Group, ...]:
    """What the page hangs together with."""
    published = context.published
    others = [
        context.category_link(g)
        for g in published.codes.groups(published.calendar.year(context.latest))
        if g.id != group.id
    ]
    return groups(
        ("Lägesbilden", (context.relations.picture_link(context.latest),)),
        ("Kvartalet", (context.relations.quarter_link(quarter),) if quarter else ()),
        ("Utveckling", (Link("Alla rapporter", addresses.DEVELOPMENT),)),
        ("Andra kategorier", others),
    )


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
