"""``/utveckling/``: small multiples on a common axis, by municipality, and all years."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from est_build.figures.indicator_table import indicator_tables
from est_build.figures.legend import trend_legend
from est_build.figures.phrases import how_many
from est_build.figures.season import season_table
from est_build.figures.table import Column, Content, data_table
from est_build.figures.text import capital, number, sum_text
from est_build.model.span import Span, day
from est_build.pages import addresses
from est_build.pages.context import Context
from est_build.pages.links import Link, anchor, render
from est_build.pages.loop import Choice, Choices, Group, groups
from est_build.pages.page import Page
from est_build.pages.parts import Answer, Download
from est_build.pages.trends import (
    Multiples,
    breaking,
    multiples,
    recent,
    same_weeks_last_year,
    whole_quarters,
)
from est_build.pages.verdicts import StandsOut, stands_out
from est_build.schema.indicator import Indicator


@dataclass(frozen=True, slots=True)
class IndicatorFigure:
    """An external indicator as a table per method: values of different methods are never joined."""

    title: str
    source: str
    scale: str
    note: str
    tables: tuple[Markup, ...]
    breaks: tuple[str, ...]
    address: str | None


@dataclass(frozen=True, slots=True)
class Season:
    """The same weeks a year apart, and whether something was changed between them."""

    table: Markup
    then: Link
    note: str


@dataclass(frozen=True, slots=True)
class DevelopmentPage:
    """Everything on the page."""

    latest: Span
    answers: tuple[Answer, ...]
    choices: tuple[Choices, ...]
    towns: Multiples
    stands_out: StandsOut | None
    season: Season | None
    quarters: Multiples | None
    years: Markup | None
    indicators: tuple[IndicatorFigure, ...]
    downloads: tuple[Download, ...]
    groups: tuple[Group, ...]


def development_page(context: Context) -> Page:
    """The page of trends."""
    published = context.published
    actions = published.texts.actions.values()
    towns = multiples(context, None, recent(context), actions, _how_to_read())
    quarters = whole_quarters(context)
    page = DevelopmentPage(
        latest=context.latest,
        answers=_answers(context, towns),
        choices=_choices(context),
        towns=towns,
        stands_out=stands_out(context, context.latest),
        season=_season(context),
        quarters=multiples(context, None, quarters) if quarters else None,
        years=_years(context),
        indicators=tuple(_indicator(context, i) for i in published.texts.indicators.values()),
        downloads=(Download("Alla rapporter", "/data/rapporter.csv", "CSV"),
                   Download("Alla svar", "/data/deltagande.csv", "CSV")),
        groups=_groups(context),
    )  # fmt: skip
    html = render("development.html.j2", page)
    words = "Hur rapporterna har ändrats över tid, kommun för kommun."
    return Page(addresses.path(addresses.DEVELOPMENT), "Utveckling", words, "utveckling", html)


def _how_to_read() -> Markup:
    """The first cell of the small figures: what a block, a foot, a bar, a post and a line are."""
    legend = trend_legend(actions=True, usual=True)
    return Markup(
        '<div class="ruta serier__las"><h3>Så läser du klossarna</h3>{}'
        "<p>De grå staplarna under figuren visar hur många som svarade. En streckad linje betyder att "
        "något ändrades i hur vi mäter.</p></div>"
    ).format(legend)


def _answers(context: Context, towns: Multiples) -> tuple[Answer, ...]:
    published, span = context.published, context.latest
    rows = []
    total = published.region_total(span)
    if total is not None:
        words = capital(sum_text(total))
        rows.append(Answer("Läget", f"{words} rapporter {span.label} i hela nätverket."))
    else:
        rows.append(Answer("Läget", f"Ingen insamling {span.label}."))
    if towns.breaks:
        change = towns.breaks[-1]
        rows.append(
            Answer("Ändrat", f"{change.vad} Det gäller från {day(change.datum)}. "
                   "Jämför inte rakt av före och efter.", Link("Alla ändringar", addresses.CHANGES))
        )  # fmt: skip
    else:
        rows.append(Answer("Ändrat", "Vi har mätt på samma sätt hela året."))
    marked = len(towns.posts)
    words = f"{capital(how_many(marked, 'atgard'))} {'är märkt' if marked == 1 else 'är märkta'} i figurerna."
    rows.append(Answer("Vi gör", words, Link("Alla åtgärder", addresses.ACTIONS)))
    rows.append(Answer("Vet inte", "Ett år räcker inte för att skilja årstid från förändring."))
    answered = context.answered(span)
    if answered is not None:
        rows.append(Answer("Svarade", f"{answered[0]}.", note=f"{capital(answered[1])} organisationer."))
    return tuple(rows)


def _choices(context: Context) -> tuple[Choices, ...]:
    """Category and time as links: every choice is a page or a part of one, also without JavaScript."""
    published = context.published
    kinds = [
        Choice(g.sv, f"{addresses.category(g.id)}#utveckling", 0)
        for g in published.codes.groups(published.calendar.year(context.latest))
    ]
    times = (
        Choice("Två veckor", "#kommuner", 0),
        Choice("Samma veckor i fjol", "#arstid", 0),
        Choice("Kvartal", "#kvartal", 0),
        Choice("År", "#ar", 0),
    )
    found = {"#kommuner": True, "#arstid": _season(context) is not None,
             "#kvartal": bool(whole_quarters(context)), "#ar": _years(context) is not None}  # fmt: skip
    return (
        Choices("Tid", tuple(c for c in times if found[c.href])),
        Choices("Kategori", tuple(kinds), folded=True),
    )


def _season(context: Context) -> Season | None:
    published, now = context.published, context.latest
    then = same_weeks_last_year(context, now)
    if then is None:
        return None
    rows = []
    for town in published.municipalities:
        points = published.series(town, None, (now, then)).points
        rows.append((anchor(context.area_link(town.id)), points[0], points[1]))
    between = {c.vad for t in published.municipalities for c in breaking(context, t, None, (then, now))}
    between |= {c.vad for c in published.texts.changes
                if c.bryter and not c.kategorier and then.end < c.datum < now.start}  # fmt: skip
    caption = "Samma veckor i år och i fjol"
    return Season(
        season_table("Kommunen", now, then, rows, caption=caption),
        context.relations.picture_link(then),
        " ".join(sorted(between)),
    )


def _years(context: Context) -> Markup | None:
    published = context.published
    rows: list[list[Content]] = []
    for year in published.years:
        total = published.region_total(year)
        if total is not None:
            known = published.region_participation(year)
            asked = number(known[0]) if known else "–"
            name = anchor(Link(f"År {year.id}", addresses.year(year.id)))
            rows.append([name, sum_text(total), asked])
    if not rows:
        return None
    columns: list[Column | str] = ["År", Column("Rapporter", "tal"), Column("Utskick", "tal")]
    return data_table("Summan av det kommunerna har publicerat", columns, rows, fold=True, css="tabell--smal")


def _indicator(context: Context, indicator: Indicator) -> IndicatorFigure:
    names = {a.id: a.name for a in context.published.areas} | indicator.namn
    return IndicatorFigure(
        indicator.titel,
        indicator.kalla,
        indicator.skala,
        indicator.paminnelse or "",
        indicator_tables(indicator, names),
        tuple(f"Från {b.ar}: {b.text}" for b in indicator.brott),
        indicator.adress,
    )


def _groups(context: Context) -> tuple[Group, ...]:
    """What the page hangs together with: the newest quarter, the years, the areas."""
    related, published = context.relations, context.published
    return groups(
        ("Lägesbilden", (related.picture_link(context.latest),)),
        ("Kvartalet", tuple(related.quarter_link(q) for q in published.quarters[-1:])),
        ("Åren", tuple(related.year_link(y) for y in reversed(published.years))),
        ("Kommunerna", tuple(context.area_link(t.id) for t in published.municipalities)),
    )
