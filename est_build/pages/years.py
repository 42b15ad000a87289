"""Annual reviews: a page per year."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from est_build.analyse.promises import Tally, tally
from est_build.figures.delivery import delivery_mark
from est_build.figures.indicator_table import indicator_tables
from est_build.figures.phrases import how_many, tally_sentence
from est_build.figures.promises import promise_columns, promise_dots
from est_build.figures.table import Column, Content, data_table
from est_build.figures.text import capital, cell_text, first_sentence
from est_build.figures.year_wheel import year_wheel
from est_build.model.span import Span, day
from est_build.pages import addresses
from est_build.pages.context import Context
from est_build.pages.links import Link, anchor, render
from est_build.pages.loop import Group, cited, groups, linked, named, settling_day, told
from est_build.pages.page import Page
from est_build.pages.participation import towns_table
from est_build.pages.parts import Answer, Citation
from est_build.pages.quarter_parts import Outcome
from est_build.schema.correction import Correction
from est_build.schema.evaluation import AnnualReview


@dataclass(frozen=True, slots=True)
class YearPromises:
    """Promises that came to their day in the year: kept, late and dropped with the same weight."""

    dots: Markup
    words: str
    columns: Markup


@dataclass(frozen=True, slots=True)
class YearPage:
    """Everything on the page of a year."""

    span: Span
    whole: bool
    review: AnnualReview | None
    corrections: tuple[Correction, ...]
    answers: tuple[Answer, ...]
    worked: Markup
    failed: Markup
    wheel: Markup
    promises: YearPromises | None
    results: tuple[Outcome, ...]
    opened: tuple[Link, ...]
    closed: tuple[Link, ...]
    town_table: Markup
    group_table: Markup
    indicators: tuple[tuple[str, tuple[Markup, ...]], ...]
    groups: tuple[Group, ...]
    citation: Citation | None


def year_pages(context: Context) -> list[Page]:
    """A page per year."""
    pages = []
    for span in context.published.years:
        html = render("year.html.j2", _year(context, span))
        words = f"Året {span.id} i korthet: rapporter, åtgärder och lärdomar."
        path = addresses.path(addresses.year(span.id))
        pages.append(Page(path, f"Året {span.id}", words, "atgarder", html, kind="År", span=span.id))
    return pages


def _year(context: Context, span: Span) -> YearPage:
    published, related = context.published, context.relations
    review = published.texts.reviews.get(span.id)
    address = addresses.year(span.id)
    results = _results(context, span)
    promises, counted = _promises(context, span)
    return YearPage(
        span=span,
        whole=span.end <= published.date,
        review=review,
        corrections=related.corrections_of(address),
        answers=_answers(context, span, results, counted),
        worked=linked(context, review.vad_fungerade) if review else Markup(""),
        failed=linked(context, review.vad_fungerade_inte) if review else Markup(""),
        wheel=year_wheel(review.monster) if review else Markup(""),
        promises=promises,
        results=results,
        opened=tuple(context.issue_link(i.id) for i in related.issues_opened(span)),
        closed=tuple(context.issue_link(i.id) for i in related.issues_closed(span)),
        town_table=towns_table(context, span),
        group_table=_group_table(context, span),
        indicators=_indicators(context, span),
        groups=_groups(context, span),
        citation=cited(context, f"Året {span.id}", address, review.publicerad) if review else None,
    )


def _answers(
    context: Context, span: Span, results: tuple[Outcome, ...], counted: Tally
) -> tuple[Answer, ...]:
    """The plain answers: what the year was like, what was done, what came of it, what nobody knows."""
    published, related = context.published, context.relations
    review = published.texts.reviews.get(span.id)
    rows = []
    if review is not None:
        rows.append(Answer("Läget", linked(context, review.sammanfattning)))
    opened, closed = len(related.issues_opened(span)), len(related.issues_closed(span))
    changed = f"{capital(how_many(opened, 'fraga'))} togs upp och {how_many(closed, 'fraga')} stängdes."
    rows.append(Answer("Ändrat", changed))
    touched = len(related.actions_touched(span))
    rows.append(
        Answer("Vi gjorde", f"Vi arbetade med {how_many(touched, 'atgard')}. {tally_sentence(counted)}")
    )
    made = len(results)
    rows.append(Answer("Resultat", f"{capital(how_many(made, 'uppfoljning'))} gjordes."))
    unknown = review.vad_siffrorna_inte_sager if review else ()
    words = unknown[0] if unknown else "Om det som blev bättre eller sämre beror på det vi gjorde."
    rows.append(Answer("Vet inte", words))
    answered = context.answered(span)
    if answered is not None:
        note = f"{capital(answered[1])} utskick under året."
        rows.append(Answer("Svarade", f"{answered[0]}.", note=note))
    return tuple(rows)


def _promises(context: Context, span: Span) -> tuple[YearPromises | None, Tally]:
    """Promises whose day fell in the year, as they stood at its end (or on the data's date)."""
    when = min(span.end, context.published.date)
    own = [p for p in context.promises if p.counted and span.start <= settling_day(p) <= when]
    counted = tally(own, when)
    if not counted.settled:
        return None, counted
    columns = promise_columns(counted, named(own, told(context, own, when)))
    return YearPromises(promise_dots(counted), tally_sentence(counted), columns), counted


def _results(context: Context, span: Span) -> tuple[Outcome, ...]:
    """Follow-ups made in the year, good and bad in the same form, in the order of their days."""
    rows = []
    for action in context.published.texts.actions.values():
        for follow_up in action.uppfoljningar:
            if span.start <= follow_up.datum <= span.end:
                rows.append((follow_up.datum, action.id, action, follow_up))
    rows.sort(key=lambda row: row[:2])
    return tuple(
        Outcome(
            context.action_link(a.id),
            day(f.datum),
            delivery_mark(f.genomforande),
            context.finding(a, f),
            linked(context, first_sentence(f.slutsats)[0]),
        )
        for *_, a, f in rows
    )


def _group_table(context: Context, span: Span) -> Markup:
    published = context.published
    towns = published.municipalities[:8]
    rows: list[list[Content]] = []
    for group in published.codes.groups(int(span.id)):
        cells = [published.group_cell(span, town, group.id) for town in towns]
        name = anchor(context.category_link(group))
        rows.append([name, *(cell_text(cell) for cell in cells)])
    columns: list[Column | str] = ["Kategori", *(Column(town.name, "tal") for town in towns)]
    return data_table(f"Rapporter per kategori, {span.label}", columns, rows)


def _indicators(context: Context, span: Span) -> tuple[tuple[str, tuple[Markup, ...]], ...]:
    """What others measured in the year."""
    names = {a.id: a.name for a in context.published.areas}
    found = []
    for indicator in context.published.texts.indicators.values():
        own = tuple(v for v in indicator.varden if str(v.ar) == span.id)
        if own:
            only = indicator.model_copy(update={"varden": own})
            found.append((indicator.titel, indicator_tables(only, names | indicator.namn)))
    return tuple(found)


def _groups(context: Context, span: Span) -> tuple[Group, ...]:
    """The quarters and the pictures of the year, the plans, and the years beside it."""
    related, published = context.relations, context.published
    quarters = [q for q in published.quarters if q.id.startswith(span.id)]
    pictures = [p for p in published.calendar.periods_in(span) if p in published.periods]
    plans = [t for t in published.municipalities if t.id in published.texts.plans]
    index = published.years.index(span)
    near = [published.years[i] for i in (index - 1, index + 1) if 0 <= i < len(published.years)]
    return groups(
        ("Kvartalen", tuple(related.quarter_link(q) for q in quarters)),
        ("Plan och lag", tuple(Link(f"Plan och lag i {t.name}", addresses.plan(t.id)) for t in plans)),
        ("Åren intill", tuple(related.year_link(y) for y in near)),
        ("Årets lägesbilder", tuple(related.picture_link(p) for p in pictures)),
        ("Listor", (Link("Alla utvärderingar", addresses.EVALUATIONS),
                    Link("Utveckling", addresses.DEVELOPMENT))),
    )  # fmt: skip
