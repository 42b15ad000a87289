"""Who answered in a quarter or a year: a row for each municipality, and one for each sector."""

from __future__ import annotations

from markupsafe import Markup

from est_build.figures.icons import dots_row
from est_build.figures.table import Column, Content, data_table
from est_build.figures.text import (
    FEW_INVITED,
    cell_text,
    participation_sum_count,
    participation_sum_words,
    participation_words,
    tenths,
)
from est_build.model.cell import Sum, total
from est_build.model.span import Span
from est_build.pages.context import Context
from est_build.pages.links import anchor


def towns_table(context: Context, span: Span) -> Markup:
    """Reports and answers per municipality in a quarter or a year."""
    published = context.published
    rows: list[list[Content]] = []
    for town in published.municipalities:
        people = published.participation(span, town.municipality)
        name = anchor(context.area_link(town.id))
        words = participation_words(people) if people else "–"
        rows.append([name, cell_text(published.total_cell(span, town)), words])
    columns: list[Column | str] = ["Kommun", Column("Rapporter", "tal"), "Svarade"]
    return data_table(f"Rapporter och svar, {span.label}", columns, rows)


def sector_sums(context: Context, span: Span) -> dict[str, tuple[int, Sum]]:
    """Sector -> invited and the sum of the intervals of those who answered, over all municipalities."""
    published = context.published
    found = {}
    for sector in published.codes.ids("sektorer"):
        rows = [published.participation(span, t.municipality, sector) for t in published.municipalities]
        known = [row for row in rows if row is not None and row.invited > 0]
        if known:
            found[sector] = sum(row.invited for row in known), total(row.answered for row in known)
    return found


def sectors_table(context: Context, span: Span) -> Markup | None:
    """Answers per sector; ``None`` when nothing is published by sector."""
    sums = sector_sums(context, span)
    if not sums:
        return None
    rows: list[list[Content]] = []
    for sector, (invited, answered) in sums.items():
        words: Content = participation_sum_words(answered, invited)
        if invited >= FEW_INVITED and answered.high is not None:
            dots = dots_row(*tenths(answered.low, answered.high, invited))
            words = Markup('<span class="deltagande">{} {}</span>').format(dots, words)
        name = context.published.codes.label("sektorer", sector)
        rows.append([name, words, participation_sum_count(answered, invited)])
    columns: list[Column | str] = ["Sektor", "Svarade", Column("Svar av utskick", "tal")]
    return data_table(f"Svar per sektor, {span.label}", columns, rows, fold=True, css="tabell--sektorer")


def silent_sectors(context: Context, span: Span) -> tuple[str, ...]:
    """Sectors of which nobody is told of in any municipality: nobody invited, or too few to be shown."""
    sums = sector_sums(context, span)
    codes = context.published.codes
    return tuple(codes.label("sektorer", s) for s in codes.ids("sektorer") if s not in sums) if sums else ()
