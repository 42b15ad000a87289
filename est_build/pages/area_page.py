"""The page of a municipality or a small area: the same template for all, calm ones too."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from est_build.analyse.actions import ENDED, touches
from est_build.analyse.fallback import coarser
from est_build.figures.icons import participation_dots
from est_build.figures.phrases import now_sentence
from est_build.figures.svg import unbroken
from est_build.figures.text import NO_COLLECTION, capital, cell_text, participation_count, participation_words
from est_build.model.area import Area
from est_build.model.cell import Shown
from est_build.model.span import Span, day
from est_build.pages import addresses
from est_build.pages.area_tables import (
    AreaIndicator,
    AreaTables,
    OldJudgement,
    area_indicators,
    area_tables,
    old_judgements,
)
from est_build.pages.context import ActionCard, Context
from est_build.pages.links import Link, listed
from est_build.pages.loop import Group, groups
from est_build.pages.maps import area_locator
from est_build.pages.parts import Answer, Count, Download, FunctionLine
from est_build.pages.period_blocks import LEVELS
from est_build.pages.short_thread import ShortThread, foremost_thread, other_issues
from est_build.pages.trends import (
    Multiples,
    area_trend,
    own_ids,
    recent,
    same_weeks_last_year,
    whole_quarters,
)
from est_build.pages.verdicts import VerdictLine, going_words, series_of, verdict_line
from est_build.schema.action import Action

_OFFICE = "Trygghetssamordnaren"


@dataclass(frozen=True, slots=True)
class Strength:
    """Something that works, and where."""

    text: str
    where: Link | None
    """The small area, on the page of its municipality."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest shown number of an area whose own is hidden."""

    text: str
    area: str
    span: str


@dataclass(frozen=True, slots=True)
class Development:
    """The line through time, as fine as it can be shown."""

    figure: Multiples | None
    going: str
    """Where it went over the latest quarter; empty when nothing can be compared."""
    words: str
    """Why it is coarser than a fortnight, or why there is none."""


@dataclass(frozen=True, slots=True)
class AreaPage:
    """Everything on the page of an area."""

    name: str
    over: Link | None
    level: str
    span: Span
    answers: tuple[Answer, ...]
    collected: bool
    count: Count
    verdict: VerdictLine | None
    instead: Nearest | None
    """For a hidden number: the nearest one that is shown."""
    strengths: tuple[Strength, ...]
    next_follow_up: str
    cards: tuple[ActionCard, ...]
    ended: tuple[ActionCard, ...]
    thread: ShortThread | None
    issues: tuple[Link, ...]
    closed: tuple[Link, ...]
    development: Development
    judgements: tuple[OldJudgement, ...]
    quarter: Link | None
    tables: AreaTables | None
    indicators: tuple[AreaIndicator, ...]
    locator: Markup
    small: tuple[Link, ...]
    neighbours: tuple[Link, ...]
    included: str
    contacts: tuple[FunctionLine, ...]
    downloads: tuple[Download, ...]
    groups: tuple[Group, ...]


def area_value(context: Context, area: Area) -> AreaPage:
    """What stands on the page of ``area``."""
    published, span = context.published, context.latest
    town = area if area.level == "kommun" else published.area(area.parent)
    own = own_ids(context, area)
    actions = [a for a in context.current_actions if touches(a, own)]
    going = [a for a in actions if a.status not in ENDED]
    issues = context.relations.issues_in(own)
    quarter = next(
        (q for q in reversed(published.quarters) if published.total_cell(q, area) is not None), None
    )
    strengths = _strengths(context, area)
    thread = foremost_thread(context, issues)
    return AreaPage(
        name=area.name,
        over=None if area is town else context.area_link(town.id),
        level=area.level,
        span=span,
        answers=_answers(context, area, town, going, strengths),
        collected=published.collected(span, area.municipality),
        count=_count(context, area, town, span),
        verdict=verdict_line(context.analysis.verdict(span, series_of(area, None)), span),
        instead=_nearest(context, area, span),
        strengths=strengths,
        next_follow_up=_next_follow_up(context, actions),
        cards=tuple(context.card(a) for a in going),
        ended=tuple(context.card(a) for a in actions if a.status in ENDED),
        thread=thread,
        issues=other_issues(context, issues, thread),
        closed=tuple(context.issue_link(i.id) for i in issues if i.status == "stangd"),
        development=_development(context, area),
        judgements=old_judgements(context, area),
        quarter=context.relations.quarter_link(quarter) if quarter else None,
        tables=area_tables(context, area, quarter) if quarter else None,
        indicators=area_indicators(context, area),
        locator=area_locator(context, area),
        small=tuple(context.area_link(a.id) for a in published.small_areas(area.municipality))
        if area is town
        else (),
        neighbours=_neighbours(context, area),
        included=listed([*_merged(context, area), *_places(context, area)]),
        contacts=_contacts(context, area),
        downloads=(Download("Alla rapporter", "/data/rapporter.csv", "CSV"),
                   Download("Alla svar", "/data/deltagande.csv", "CSV")),
        groups=_groups(context, town, quarter),
    )  # fmt: skip


def _answers(
    context: Context, area: Area, town: Area, going: list[Action], strengths: tuple[Strength, ...]
) -> tuple[Answer, ...]:
    """Strengths first, then what the network says, what is done, what nobody knows and who answered."""
    state, state_of = _judgement(context, area, town)
    rows = []
    if strengths:
        first = strengths[0]
        rows.append(
            Answer("Fungerar", first.text if first.where is None else f"{first.where.text}: {first.text}")
        )
    rows.append(Answer("Läget", state, note=f"Bedömningen gäller hela {state_of}." if state_of else ""))
    if going:
        told = now_sentence(going[0], context.states[going[0].id], context.published.date)
        rows.append(Answer("Vi gör", "", context.action_link(going[0].id), told))
    else:
        rows.append(Answer("Vi gör", "Inga åtgärder pågår här just nu."))
    rows.append(Answer("Vet inte", _unknown(context, area)))
    people = context.published.participation(context.latest, area.municipality)
    if people is not None:
        note = f"{capital(participation_count(people))} i {town.name}." if people.invited else ""
        if people.invited and area is not town:
            note += " Svar räknas för hela kommunen, så att ingen som har svarat kan pekas ut."
        rows.append(Answer("Svarade", participation_dots(people), note=note))
    return tuple(rows)


def _judgement(context: Context, area: Area, town: Area) -> tuple[str, str | None]:
    rows = context.published.texts.assessments.get(context.latest.id, ())
    for where in (area, town):
        for row in rows:
            if row.omrade == where.id:
                own = None if where is area else town.name
                return f"{LEVELS[row.niva]}. {row.text}", own
    return "Nätverket har inte skrivit någon bedömning för perioden.", None


def _unknown(context: Context, area: Area) -> str:
    """What cannot be known about this very area now."""
    published, span = context.published, context.latest
    if not published.collected(span, area.municipality):
        return "Ingen enkät gick ut. Det betyder inte att det var lugnt."
    if not isinstance(published.total_cell(span, area), Shown):
        return "Antalet är under visningsgränsen. Det kan vara noll. Det betyder inte att det saknas problem."
    own = [c for c in published.texts.changes if c.bryter and area.municipality in c.kommuner]
    if own:
        change = own[0]
        return f"{change.vad} Jämför inte rakt av före och efter {day(change.datum)}."
    return "Om fler rapporter betyder att mer händer, eller att fler har sett det."


def _count(context: Context, area: Area, town: Area, span: Span) -> Count:
    published = context.published
    cell = published.total_cell(span, area)
    people = published.participation(span, area.municipality)
    answered = participation_words(people) if people else capital(NO_COLLECTION)
    return Count(
        cell_text(cell) if isinstance(cell, Shown) else None,
        area.name,
        span.label,
        unbroken(_before(context, area, span)),
        answered if area is town else f"{answered} i {town.name}",
    )


def _nearest(context: Context, area: Area, span: Span) -> Nearest | None:
    """For a hidden number the nearest one that is shown; nothing for a period without collection."""
    published = context.published
    if isinstance(published.total_cell(span, area), Shown) or not published.collected(
        span, area.municipality
    ):
        return None
    found = coarser(published, area, span)
    return None if found is None else Nearest(cell_text(found.cell), found.area.name, found.span.label)


def _before(context: Context, area: Area, span: Span) -> str:
    """The fortnight before, and the same weeks a year ago: the area is only compared with itself."""
    published = context.published
    index = published.periods.index(span)
    earlier = [("Förra perioden", published.periods[index - 1])] if index else []
    last_year = same_weeks_last_year(context, span)
    if last_year is not None:
        earlier.append(("Samma veckor i fjol", last_year))
    said = []
    for words, then in earlier:
        if published.collected(then, area.municipality):
            cell = published.total_cell(then, area)
            shown = cell_text(cell) if isinstance(cell, Shown) else "under visningsgränsen"
            said.append(f"{words}, {then.label}: {shown}.")
    return " ".join(said)


def _strengths(context: Context, area: Area) -> tuple[Strength, ...]:
    texts = context.published.texts.strengths
    found = [Strength(line, None) for line in texts.get(area.id, ())]
    if area.level == "kommun":
        for small in context.published.small_areas(area.municipality):
            found += [Strength(line, context.area_link(small.id)) for line in texts.get(small.id, ())]
    return tuple(found)


def _next_follow_up(context: Context, actions: list[Action]) -> str:
    dates = [d for a in actions if (d := context.states[a.id].next_follow_up) is not None]
    return f"Nästa uppföljning är {day(min(dates))}." if dates else ""


def _development(context: Context, area: Area) -> Development:
    """By fortnight if any is shown; else by quarter, else by year; else only words."""
    published = context.published
    finest = (
        (recent(context), ""),
        (whole_quarters(context), "Alla perioder det senaste året är under visningsgränsen."
         " Därför visar vi kvartal."),
        (published.years, "Perioder och kvartal är under visningsgränsen. Därför visar vi hela år."),
    )  # fmt: skip
    for spans, words in finest:
        if spans and any(isinstance(published.total_cell(s, area), Shown) for s in spans):
            return Development(area_trend(context, area, tuple(spans)), going_words(context, area), words)
    return Development(None, "", "Alla tal är under visningsgränsen, för hela år också. Det kan vara noll.")


def _merged(context: Context, area: Area) -> list[str]:
    return [a.name for a in context.published.areas if a.merged_into == area.id]


def _places(context: Context, area: Area) -> list[str]:
    return [p.namn for p in context.published.texts.places if p.omrade == area.id]


def _neighbours(context: Context, area: Area) -> tuple[Link, ...]:
    """A merged neighbour leads to the area it is counted in: each address is named once."""
    published = context.published
    links = [context.area_link(i) for i in area.neighbours if i != area.parent]
    own = addresses.area(area)
    names = {addresses.area(a): a.name for a in published.areas if a.merged_into is None}
    hrefs = dict.fromkeys(link.href for link in links if link.href != own)
    return tuple(Link(names[href], href) for href in hrefs)


def _contacts(context: Context, area: Area) -> tuple[FunctionLine, ...]:
    """Functions of the municipality, never a person."""
    town = context.published.municipality(area.municipality)
    if town.kontakter:
        return tuple(FunctionLine(k.funktion, k.epost, k.telefon) for k in town.kontakter)
    return FunctionLine(_OFFICE, town.kontakt, town.telefon), FunctionLine("Områdespolisen", None, "114 14")


def _groups(context: Context, town: Area, quarter: Span | None) -> tuple[Group, ...]:
    """What the page hangs together with, on to the quarter, the year and the plan."""
    related, published = context.relations, context.published
    plan = Link(f"Plan och lag i {town.name}", addresses.plan(town.id))
    return groups(
        ("Lägesbilden", (related.picture_link(context.latest),)),
        ("Kvartalet", (related.quarter_link(quarter),) if quarter else ()),
        ("Åren", tuple(related.year_link(y) for y in reversed(published.years))),
        ("Plan och lag", (plan,) if town.id in published.texts.plans else ()),
        ("Åtgärder", (Link(f"Alla åtgärder i {town.name}", addresses.actions_of_town(town.id)),)
         if related.actions_in(own_ids(context, town)) else ()),
        ("Hitta", (Link("Karta över alla områden", addresses.MAP),
                   Link("Orter från A till Ö", addresses.FIND_AREA))),
    )  # fmt: skip
