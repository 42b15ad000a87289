"""The start page, a page per fortnight, and their archive."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from est_build.figures.icons import dots_row, status_mark
from est_build.figures.table import Column, Content, data_table
from est_build.figures.text import (
    NO_COLLECTION,
    cell_text,
    participation_count,
    participation_words,
    share_words,
    sum_text,
    tenths,
)
from est_build.figures.thread import Station, thread_strip
from est_build.model.area import Area
from est_build.model.cell import Sum
from est_build.model.span import Span, day
from est_build.pages.context import ActionCard, Context, Link, anchor, listed, render
from est_build.pages.maps import PeriodMap, period_map
from est_build.pages.page import Page
from est_build.schema.correction import Correction
from est_build.schema.picture import ContextEvent

CARDS = 3
LEVELS = {
    "normalt": "Normalt",
    "okad": "Ökad uppmärksamhet",
    "sarskilda": "Särskilda insatser",
    "ej_bedomt": "Ej bedömt",
}


@dataclass(frozen=True, slots=True)
class Changed:
    """One line of what changed, with the issue or action that it concerns."""

    text: str
    link: Link | None


@dataclass(frozen=True, slots=True)
class ActionNews:
    """Something that happened to an action during the period."""

    date: str
    mark: Markup
    link: Link


@dataclass(frozen=True, slots=True)
class PeriodPage:
    """Everything on the page of a fortnight."""

    span: Span
    latest: Span
    is_latest: bool
    summary: str
    changed: tuple[Changed, ...]
    doing: Link | None
    unknown: tuple[str, ...]
    answered: tuple[str, str] | None
    dots: Markup
    published_on: str
    next_on: str
    corrections: tuple[Correction, ...]
    reviewers: str
    towns: tuple[Link, ...]
    cards: tuple[ActionCard, ...]
    action_count: int
    thread: Markup
    news: tuple[ActionNews, ...]
    map: PeriodMap
    town_table: Markup
    group_table: Markup | None
    judgement_table: Markup | None
    participation_table: Markup
    events: tuple[ContextEvent, ...]
    comment: str | None
    comment_by: str | None
    earlier: Link | None
    later: Link | None


def period_pages(context: Context) -> list[Page]:
    """Start page, archive, and a page per fortnight."""
    published = context.published
    pages = []
    for span in published.periods:
        page = _period(context, span)
        html = render("period.html.j2", page)
        label, path = span.label, f"lage/{span.id}/"
        title = f"Läget {label}, {span.end.year}"
        year = str(published.calendar.year(span))
        pages.append(Page(path, title, page.summary, "laget", html, kind="Lägesbild", span=year))
        if span == context.latest:
            canonical = f"{published.site.bas_url}{path}"
            pages.append(
                Page(
                    "",
                    published.site.namn,
                    page.summary,
                    "laget",
                    html,
                    canonical=canonical,
                    searchable=False,
                )
            )
    return [*pages, _archive(context)]


def _period(context: Context, span: Span) -> PeriodPage:
    published = context.published
    picture = published.texts.pictures.get(span.id)
    index = published.periods.index(span)
    current = [c for c in context.current_actions if c.status not in {"genomford", "avbruten"}]
    is_latest = span == context.latest
    return PeriodPage(
        span=span,
        latest=context.latest,
        is_latest=is_latest,
        summary=picture.sammanfattning if picture else _plain_summary(context, span),
        changed=tuple(_changed(context, c.text, c.fraga, c.atgard) for c in picture.andrat)
        if picture
        else (),
        doing=context.action_link(current[0].id) if is_latest and current else None,
        unknown=picture.vet_inte if picture else (),
        answered=context.answered(span),
        dots=region_dots(context, span),
        published_on=day(picture.publicerad if picture else span.publishes),
        next_on=day(picture.nasta) if picture and picture.nasta else "",
        corrections=tuple(c for c in published.texts.corrections if c.galler == f"/lage/{span.id}/"),
        reviewers=listed(picture.granskad_av) if picture else "",
        towns=tuple(context.area_link(a.id) for a in published.municipalities),
        cards=tuple(context.card(a) for a in current[:CARDS]) if is_latest else (),
        action_count=len(published.texts.actions),
        thread=region_thread(context, span) if is_latest else Markup(""),
        news=_news(context, span),
        map=period_map(context, span),
        town_table=_town_table(context, span),
        group_table=_group_table(context, span),
        judgement_table=_judgements(context, span),
        participation_table=_participation(context, span),
        events=picture.handelser if picture else (),
        comment=picture.kommentar if picture else None,
        comment_by=picture.kommentar_av if picture else None,
        earlier=_near(context, index - 1),
        later=_near(context, index + 1),
    )


def _plain_summary(context: Context, span: Span) -> str:
    """For a fortnight without a joint text: what was collected, and nothing more."""
    total = context.published.region_total(span)
    if total is None:
        return "Ingen insamling gjordes under perioden."
    return f"Nätverket lämnade {sum_text(total)} rapporter. Ingen gemensam text är skriven för perioden."


def _changed(context: Context, text: str, issue: str | None, action: str | None) -> Changed:
    link = None
    if issue is not None:
        link = context.issue_link(issue)
    elif action is not None and action in context.published.texts.actions:
        link = context.action_link(action)
    return Changed(text, link)


def _near(context: Context, index: int) -> Link | None:
    periods = context.published.periods
    if not 0 <= index < len(periods):
        return None
    span = periods[index]
    return Link(f"{span.label.capitalize()}, {span.end.year}", f"/lage/{span.id}/")


def region_dots(context: Context, span: Span) -> Markup:
    """Ten dots for the participation of the whole region; nothing where it cannot be said."""
    known = context.published.region_participation(span)
    if known is None:
        return Markup("")
    invited, answers = known
    if answers.high is None or share_words(answers.low, answers.high, invited).startswith("okänt"):
        return Markup("")
    return dots_row(*tenths(answers.low, answers.high, invited))


def region_thread(context: Context, span: Span) -> Markup:
    """The thread with what is counted at each station today."""
    texts = context.published.texts
    total = context.published.region_total(span) or Sum(0, None, 1)
    reports = sum_text(total).replace("mellan ", "").replace(" och ", "–")
    open_issues = [i for i in texts.issues.values() if i.status != "stangd"]
    followed = sum(bool(a.uppfoljningar) for a in texts.actions.values())
    return thread_strip(
        [
            Station("Rapporter", reports),
            Station("Frågor", str(len(open_issues)), href="/fragor/"),
            Station("Orsaker", str(sum(len(i.orsaker) for i in open_issues))),
            Station("Åtgärder", str(len(texts.actions)), href="/atgarder/"),
            Station("Uppföljda", str(followed)),
        ]
    )


def _news(context: Context, span: Span) -> tuple[ActionNews, ...]:
    """Status changes and follow-ups between the period's start and its publication."""
    found = []
    for action in context.published.texts.actions.values():
        link = context.action_link(action.id)
        for event in action.historik:
            if span.start <= event.datum <= span.end and event.status != "foreslagen":
                mark = status_mark(event.status, context.status_word(event.status))
                found.append((event.datum, action.id, mark, link))
        for row in action.uppfoljningar:
            if span.start <= row.datum <= span.end:
                mark = status_mark("uppfoljd", context.status_word("uppfoljd"))
                found.append((row.datum, action.id, mark, link))
    found.sort(key=lambda item: (item[0], item[1]))
    return tuple(ActionNews(day(d, year=False), mark, link) for d, _, mark, link in found)


def town_rows(context: Context, span: Span) -> list[list[Content]]:
    """Per municipality: this period, the one before, participation."""
    published = context.published
    index = published.periods.index(span)
    before = published.periods[index - 1] if index else None
    rows: list[list[Content]] = []
    for town in published.municipalities:
        people = published.participation(span, town.municipality)
        gap = people is not None and people.invited == 0
        now = NO_COLLECTION if gap else cell_text(published.total_cell(span, town))
        rows.append(
            [
                anchor(context.area_link(town.id)),
                now,
                _previous(context, town, before),
                participation_words(people) if people else "–",
            ]
        )
    return rows


def _previous(context: Context, town: Area, before: Span | None) -> str:
    if before is None:
        return "–"
    if not context.published.collected(before, town.municipality):
        return NO_COLLECTION
    return cell_text(context.published.total_cell(before, town))


def _town_table(context: Context, span: Span) -> Markup:
    columns: list[Column | str] = [
        "Kommun",
        Column("Rapporter", "tal"),
        Column("Förra perioden", "tal"),
        "Svarade",
    ]
    return data_table(f"Rapporter per kommun, {span.label}", columns, town_rows(context, span))


def _group_table(context: Context, span: Span) -> Markup | None:
    """Categories that may be shown for a fortnight, with a column per municipality."""
    published = context.published
    towns = published.municipalities
    if len(towns) > 8 or not any(published.collected(span, t.municipality) for t in towns):
        return None
    rows: list[list[Content]] = []
    for group in published.codes.groups(published.calendar.year(span)):
        cells = [published.group_cell(span, town, group.id) for town in towns]
        if any(cell is not None for cell in cells):
            label = anchor(context.category_link(group))
            rows.append([label, *(cell_text(cell) for cell in cells)])
    columns: list[Column | str] = ["Kategori", *(Column(town.name, "tal") for town in towns)]
    return data_table(f"Rapporter per kategori, {span.label}", columns, rows)


def _judgements(context: Context, span: Span) -> Markup | None:
    rows = context.published.texts.assessments.get(span.id)
    if not rows:
        return None
    table: list[list[Content]] = []
    for row in rows:
        area = context.published.area(row.omrade)
        table.append([anchor(context.area_link(area.id)), LEVELS[row.niva], row.text])
    return data_table("Nätverkets egen bedömning", ["Område", "Nivå", "Bedömning"], table, fold=True)


def _participation(context: Context, span: Span) -> Markup:
    published = context.published
    rows: list[list[Content]] = []
    for town in published.municipalities:
        people = published.participation(span, town.municipality)
        if people is not None:
            rows.append([town.name, participation_count(people), participation_words(people)])
    columns: list[Column | str] = ["Kommun", "Svar av inbjudna", "Andel"]
    return data_table(f"Så många svarade, {span.label}", columns, rows)


@dataclass(frozen=True, slots=True)
class ArchiveYear:
    """The fortnights of one year, newest first."""

    year: int
    rows: tuple[tuple[Link, str, str], ...]


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """All situation pictures."""

    years: tuple[ArchiveYear, ...]


def _archive(context: Context) -> Page:
    published = context.published
    by_year: dict[int, list[tuple[Link, str, str]]] = {}
    for span in reversed(published.periods):
        picture = published.texts.pictures.get(span.id)
        summary = picture.sammanfattning if picture else _plain_summary(context, span)
        link = Link(f"Läget {span.label}", f"/lage/{span.id}/")
        by_year.setdefault(published.calendar.year(span), []).append((link, span.dates, summary))
    years = tuple(ArchiveYear(year, tuple(rows)) for year, rows in by_year.items())
    html = render("archive.html.j2", ArchivePage(years))
    title = "Alla lägesbilder"
    return Page("lage/", title, "Alla lägesbilder, den senaste först.", "laget", html)
