"""The start page and a page per fortnight: is it calm, what changed, what is done, what is not known."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from markupsafe import Markup

from est_build.figures.phrases import late_picture_sentence
from est_build.figures.text import first_sentence
from est_build.model.span import Span, day
from est_build.pages import addresses
from est_build.pages.archive import archive_page
from est_build.pages.context import ActionCard, Context, Link, listed, render
from est_build.pages.maps import PeriodMap, period_map
from est_build.pages.page import NOT_DRAWN, Page
from est_build.pages.parts import Citation, Download
from est_build.pages.period_blocks import (
    LEVELS,
    ActionNews,
    Changed,
    Doing,
    Event,
    Judgement,
    area_tables,
    cards,
    changed,
    collected_anywhere,
    day_of,
    doing,
    events,
    group_table,
    judgements,
    letter_towns,
    news,
    plain_summary,
    region_dots,
    region_thread,
    short_share,
    town_table,
)
from est_build.pages.promised import Promised, promised
from est_build.pages.told_of import places_of_period
from est_build.pages.verdicts import StandsOut, stands_out
from est_build.schema.correction import Correction
from est_build.schema.picture import Fact, SituationPicture

__all__ = ["LEVELS", "PeriodPage", "period_html", "period_page", "period_pages"]
CARDS = 3
_READY: WeakKeyDictionary[Context, dict[str, Markup]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Stamp:
    """When the picture came, in which version, and what comes next."""

    published: str
    next: str
    version: int
    corrections: tuple[Correction, ...]
    reviewers: str
    meeting: str
    quarter: Link | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """The figures of a fortnight in which somebody was asked."""

    towns: Markup
    groups: Markup | None
    map: PeriodMap
    areas: Markup


@dataclass(frozen=True, slots=True)
class Told:
    """What the coordinators have written beside the summary."""

    level: str
    rest: str
    """The summary after its first sentence."""
    changed: tuple[Changed, ...]
    unknown: tuple[str, ...]
    facts: tuple[Fact, ...]
    look_for: tuple[str, ...]
    decide: tuple[str, ...]
    events: tuple[Event, ...]
    comment: str
    comment_by: str
    easy: str


@dataclass(frozen=True, slots=True)
class PeriodPage:
    """Everything on the page of a fortnight."""

    span: Span
    latest: Span
    is_latest: bool
    late: str
    lead: str
    """The first sentence of the summary: is it calm?"""
    told: Told
    doing: Doing | None
    answered: tuple[str, str] | None
    answered_short: str
    dots: Markup
    stamp: Stamp
    towns: tuple[Link, ...]
    cards: tuple[ActionCard, ...]
    action_count: int
    thread: Markup
    promised: Promised | None
    stands_out: StandsOut | None
    news: tuple[ActionNews, ...]
    judgements: tuple[Judgement, ...]
    numbers: Numbers | None
    downloads: tuple[Download, ...]
    letters: tuple[Link, ...]
    """The letters back to those who answered, one for each municipality."""
    citation: Citation
    sources: str
    """Whose land the map shows: kept on paper, where the foot of the page is not."""
    earlier: Link | None
    later: Link | None


def period_pages(context: Context) -> list[Page]:
    """Start page, archive, and a page per fortnight."""
    published = context.published
    pages = []
    for span in published.periods:
        path = addresses.path(addresses.picture(span.id))
        drawn = context.draws(path) or (span == context.latest and context.draws(""))
        html = period_html(context, span) if drawn else NOT_DRAWN
        title = f"Läget {span.label}, {span.end.year}"
        summary = summary_of(context, span)
        year = str(published.calendar.year(span))
        places = places_of_period(context, span)
        pages.append(Page(path, title, summary, "laget", html, kind="Lägesbild", places=places, span=year))
        if span == context.latest:
            # The permalink says the same, and is the one to refer to.
            home = f"{published.site.bas_url}{path}"
            name = published.site.namn
            pages.append(Page("", name, summary, "laget", html, canonical=home, searchable=False))
    return [*pages, archive_page(context)]


def period_html(context: Context, span: Span) -> Markup:
    """The body of a fortnight's page, made once for the page and the file that stands alone."""
    ready = _READY.setdefault(context, {})
    if span.id not in ready:
        ready[span.id] = render("period.html.j2", period_page(context, span))
    return ready[span.id]


def summary_of(context: Context, span: Span) -> str:
    """The joint text of a fortnight, or what can be said without one."""
    picture = context.published.texts.pictures.get(span.id)
    return picture.sammanfattning if picture else plain_summary(context, span)


def period_page(context: Context, span: Span) -> PeriodPage:
    """All that is told of a fortnight, as it stood when its picture was published."""
    published, today = context.published, day_of(context, span)
    picture = published.texts.pictures.get(span.id)
    index, is_latest = published.periods.index(span), span == context.latest
    lead, rest = first_sentence(summary_of(context, span))
    now = doing(context, picture, today)
    share = context.answered(span)
    kept = promised(context, span)
    told = _told(context, picture, now, rest)
    known = {row.text for row in told.changed}
    return PeriodPage(
        span=span,
        latest=context.latest,
        is_latest=is_latest,
        late=late_picture_sentence(context.late_picture) if is_latest and context.late_picture else "",
        lead=lead,
        told=told,
        doing=now,
        answered=share,
        answered_short=short_share(share[0]) if share else "",
        dots=region_dots(context, span),
        stamp=_stamp(context, span, picture),
        towns=tuple(context.area_link(a.id) for a in published.municipalities),
        cards=cards(context, today, CARDS),
        action_count=len(published.texts.actions),
        thread=region_thread(context, span, today),
        promised=kept,
        stands_out=stands_out(context, span),
        news=news(context, span, known),
        judgements=judgements(context, span),
        numbers=_numbers(context, span),
        downloads=_downloads(span),
        letters=tuple(Link(t.name, addresses.letter(span.id, t.id)) for t in letter_towns(context, span)),
        citation=_citation(context, span, picture),
        sources=listed(dict.fromkeys(c.kalla.partition(",")[0] for c in published.site.kallor if c.adress)),
        earlier=_near(context, index - 1),
        later=_near(context, index + 1),
    )


def _told(context: Context, picture: SituationPicture | None, now: Doing | None, rest: str) -> Told:
    if picture is None:
        return Told("", rest, (), (), (), (), (), (), "", "", "")
    return Told(
        level=LEVELS[picture.niva] if picture.niva else "",
        rest=rest,
        changed=tuple(changed(context, row, now) for row in picture.andrat),
        unknown=picture.vet_inte,
        facts=picture.rykten,
        look_for=picture.att_titta_efter,
        decide=picture.att_besluta,
        events=events(context, picture),
        comment=picture.kommentar or "",
        comment_by=picture.kommentar_av or "",
        easy=picture.lattlast or "",
    )


def _stamp(context: Context, span: Span, picture: SituationPicture | None) -> Stamp:
    corrections = context.relations.corrections_of(addresses.picture(span.id))
    meeting = context.relations.next_meeting if span == context.latest else None
    return Stamp(
        published=day(picture.publicerad if picture else span.publishes),
        next=day(picture.nasta) if picture and picture.nasta else "",
        version=1 + len(corrections),
        corrections=corrections,
        reviewers=listed(picture.granskad_av) if picture else "",
        meeting=day(meeting) if meeting else "",
        quarter=context.relations.quarter_of(span),
    )


def _numbers(context: Context, span: Span) -> Numbers | None:
    if not collected_anywhere(context, span):
        return None
    return Numbers(
        town_table(context, span),
        group_table(context, span),
        period_map(context, span),
        area_tables(context, span),
    )


def _downloads(span: Span) -> tuple[Download, ...]:
    return (
        Download(
            f"Läget {span.label} som en fil",
            addresses.report_file(span.id),
            "HTML, att spara, skicka eller skriva ut",
        ),
        Download("Antal rapporter, alla perioder", "/data/rapporter.csv", "CSV"),
        Download("Antal svar, alla perioder", "/data/deltagande.csv", "CSV"),
        Download("Åtgärder", "/data/atgarder.csv", "CSV"),
    )


def _citation(context: Context, span: Span, picture: SituationPicture | None) -> Citation:
    site = context.published.site
    return Citation(
        site.utgivare,
        f"Läget {span.label}, {span.end.year}",
        day(picture.publicerad if picture else span.publishes),
        f"{site.bas_url}{addresses.path(addresses.picture(span.id))}",
    )


def _near(context: Context, index: int) -> Link | None:
    periods = context.published.periods
    return context.relations.picture_link(periods[index]) if 0 <= index < len(periods) else None
