"""``/utveckling/``: small multiples on a common axis, by municipality, and all years."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from est_build.figures.table import Column, Content, data_table
from est_build.figures.text import number, sum_text
from est_build.model.span import Span
from est_build.pages.context import Context, Link, render
from est_build.pages.page import Page
from est_build.pages.trends import multiples, recent
from est_build.schema.indicator import Indicator


@dataclass(frozen=True, slots=True)
class IndicatorFigure:
    """An external indicator as a table per method: values of different methods are never joined."""

    title: str
    source: str
    scale: str
    note: str
    table: Markup
    breaks: tuple[str, ...]
    address: str | None


@dataclass(frozen=True, slots=True)
class DevelopmentPage:
    """Everything on the page."""

    latest: Span
    answered: tuple[str, str] | None
    towns: Markup
    quarters: Markup
    years: Markup | None
    categories: tuple[Link, ...]
    indicators: tuple[IndicatorFigure, ...]


def development_page(context: Context) -> Page:
    """The page of trends."""
    published = context.published
    groups = published.codes.groups(published.calendar.year(context.latest))
    page = DevelopmentPage(
        latest=context.latest,
        answered=context.answered(context.latest),
        towns=multiples(context, None, recent(context)),
        quarters=multiples(context, None, _whole_quarters(context)),
        years=_years(context),
        categories=tuple(Link(g.sv, f"/kategorier/{g.id}/") for g in groups),
        indicators=tuple(_indicator(context, i) for i in published.texts.indicators.values()),
    )
    html = render("development.html.j2", page)
    words = "Hur rapporterna har ändrats över tid, kommun för kommun."
    return Page("utveckling/", "Utveckling", words, "utveckling", html)


def _whole_quarters(context: Context) -> tuple[Span, ...]:
    published = context.published
    towns = published.municipalities
    return tuple(q for q in published.quarters if any(published.total_cell(q, t) is not None for t in towns))


def _years(context: Context) -> Markup | None:
    published = context.published
    rows: list[list[Content]] = []
    for year in published.years:
        total = published.region_total(year)
        if total is not None:
            known = published.region_participation(year)
            asked = number(known[0]) if known else "–"
            rows.append([f"År {year.id}", sum_text(total), asked])
    if not rows:
        return None
    columns: list[Column | str] = ["År", Column("Rapporter", "tal"), Column("Utskick", "tal")]
    return data_table("Summan av det kommunerna har publicerat", columns, rows)


def _indicator(context: Context, indicator: Indicator) -> IndicatorFigure:
    names = {a.id: a.name for a in context.published.areas} | indicator.namn
    rows: list[list[Content]] = []
    for value in sorted(indicator.varden, key=lambda v: (v.ar, v.omrade)):
        text = f"{value.varde:g}".replace(".", ",")
        area, method = names.get(value.omrade, value.omrade), names.get(value.metod, value.metod)
        rows.append([str(value.ar), area, text, method])
    columns: list[Column | str] = ["År", "Område", Column(indicator.enhet.capitalize(), "tal"), "Mätmetod"]
    return IndicatorFigure(
        indicator.titel,
        indicator.kalla,
        indicator.skala,
        indicator.paminnelse or "",
        data_table(indicator.titel, columns, rows, hide_caption=True),
        tuple(f"Från {b.ar}: {b.text}" for b in indicator.brott),
        indicator.adress,
    )
