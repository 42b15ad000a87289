"""Plan and law: ``/plan/`` and a page per municipality (lag 2023:196, 4–14 §§)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from est_build.analyse import law
from est_build.analyse.law import Clock
from est_build.figures.delivery import square_mark
from est_build.figures.loop_words import STANDINGS, months_left, plans_sentence, status_sentence
from est_build.figures.phrases import how_many, late_words, missing_words
from est_build.figures.table import Content, data_table
from est_build.figures.text import capital
from est_build.model.area import Area
from est_build.model.span import day
from est_build.pages import addresses
from est_build.pages.action_list import action_table
from est_build.pages.context import Context
from est_build.pages.links import Link, anchor, listed, render
from est_build.pages.loop import Group, groups, links_of, quarters_of_action
from est_build.pages.page import Page
from est_build.pages.parts import Answer, FunctionLine
from est_build.pages.plan_law import LAW, SECTIONS, Paragraph, anchor_out, clock_line, paragraphs
from est_build.pages.quarter_parts import Outcome, outcomes_of
from est_build.schema.action import Action
from est_build.schema.correction import Correction
from est_build.schema.plan import Agreement, CouncilMeeting, MunicipalPlan


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement: parties, purposes, areas, dates."""

    parties: str
    purposes: tuple[str, ...]
    areas: tuple[str, ...]
    dates: str
    document: Markup | None


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Everything on the page of a municipality's plan."""

    town: str
    plan: MunicipalPlan
    corrections: tuple[Correction, ...]
    answers: tuple[Answer, ...]
    contacts: tuple[FunctionLine, ...]
    law: Markup
    law_link: Markup
    actions: Markup | None
    agreements: tuple[AgreementRow, ...]
    meetings: tuple[CouncilMeeting, ...]
    report: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    told_on: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class PlanIndex:
    """The overview of all municipalities, and what the law says."""

    answers: tuple[Answer, ...]
    towns: Markup | None
    """``None`` before any municipality has written a plan file."""
    law: Markup
    law_link: Markup
    lacking: tuple[str, ...]
    told_on: str


def plan_pages(context: Context) -> list[Page]:
    """The overview, and a page per municipality that has a plan file.

    The law holds without one too, and other pages lead to the overview: it is always there.
    """
    plans = _by_town(context)
    return [_index(context, plans), *(_page(context, town, plan) for town, plan in plans)]


def _by_town(context: Context) -> list[tuple[Area, MunicipalPlan]]:
    by_code = {p.kommun: p for p in context.published.texts.plans.values()}
    return [
        (town, by_code[town.municipality])
        for town in context.published.municipalities
        if town.municipality in by_code
    ]


# ---- one municipality ----------------------------------------------------------------------------


def _page(context: Context, town: Area, plan: MunicipalPlan) -> Page:
    html = render("plan.html.j2", _one(context, town, plan))
    return Page(
        addresses.path(addresses.plan(town.id)),
        f"Plan och lag i {town.name}",
        f"Vad lagen kräver av {town.name}, vad som finns, och när det ska följas upp.",
        "atgarder",
        html,
        kind="Plan",
        places=(town.name,),
        span="",
    )


def _one(context: Context, town: Area, plan: MunicipalPlan) -> PlanPage:
    today, published = context.published.date, context.published
    own = _actions(context, plan)
    around = [a for a in context.current_actions if _in_town(context, a, town)]
    rows = paragraphs(plan, around, today)
    return PlanPage(
        town=town.name,
        plan=plan,
        corrections=context.relations.corrections_of(addresses.plan(town.id)),
        answers=tuple(_answers(context, plan, own, rows)),
        contacts=(FunctionLine(plan.samordning.funktion, plan.samordning.epost, plan.samordning.telefon),),
        law=_law_table(town, rows),
        law_link=anchor_out("Lagen i sin helhet", LAW),
        actions=action_table(context, own, f"Åtgärder i planen för {town.name}") if own else None,
        agreements=tuple(_agreement(a) for a in plan.overenskommelser),
        meetings=tuple(sorted(plan.radsmoten, key=lambda m: m.datum, reverse=True)),
        report=tuple(_report(context, plan, own)),
        outcomes=outcomes_of(context, own),
        told_on=day(published.date),
        groups=_groups(context, town, own),
    )


def _actions(context: Context, plan: MunicipalPlan) -> list[Action]:
    numbers = set(plan.atgardsplan.atgarder) if plan.atgardsplan else set()
    return [a for a in context.current_actions if a.id in numbers]


def _in_town(context: Context, action: Action, town: Area) -> bool:
    return any(context.published.area(i).municipality == town.municipality for i in action.omraden)


def _answers(
    context: Context, plan: MunicipalPlan, own: Sequence[Action], rows: Sequence[Paragraph]
) -> list[Answer]:
    found = [Answer("Läget", _standing_words(rows))]
    clocks = _clocks(plan, context)
    if clocks:
        what, clock = min(clocks, key=lambda pair: pair[1].days)
        found.append(
            Answer("Nästa", f"{what} senast {day(clock.due)}.", note=f"{capital(months_left(clock))}.")
        )
    going = [a for a in own if a.status not in {"genomford", "avbruten", "overlamnad"}]
    links = links_of(context.action_link(a.id) for a in going)
    doing: Markup | str = "Ingen av planens åtgärder pågår just nu."
    if going:
        doing = Markup("{} i planen pågår eller väntar: {}.").format(
            capital(how_many(len(going), "atgard")), links
        )
    found.append(Answer("Vi gör", doing))
    late = sum(context.states[a.id].late for a in own)
    missing = sum(context.states[a.id].follow_up_missing for a in own)
    found.append(Answer("Sent", f"{late_words(late)} {missing_words(missing)}"))
    found.append(
        Answer("Vet inte", "Hur arbetet samordnas med kommunens andra planer. Det redovisas inte här.")
    )
    return found


def _standing_words(rows: Sequence[Paragraph]) -> str:
    lacking = [r.title.lower() for r in rows if r.standing in {"saknas", "delvis"}]
    late = [r.title.lower() for r in rows if r.standing == "forsenad"]
    words = "" if lacking or late else "Allt som lagen kräver, och som vi redovisar här, finns."
    if lacking:
        words = f"Något saknas: {listed(lacking)}."
    if late:
        words += f" Tiden har gått ut: {listed(late)}."
    return words.strip()


def _clocks(plan: MunicipalPlan, context: Context) -> list[tuple[str, Clock]]:
    today = context.published.date
    pairs = (
        ("Lägesbilden ska uppdateras", law.picture_clock(plan, today)),
        ("Planen ska följas upp", law.plan_clock(plan, today)),
    )
    return [(what, clock) for what, clock in pairs if clock is not None]


def _law_table(town: Area, rows: Sequence[Paragraph]) -> Markup:
    body: list[list[Content]] = []
    for row in rows:
        name = Markup('{} <span class="tabell__plats">{}</span>').format(row.title, row.number)
        body.append([name, row.asks, row.mark, Markup('<div class="lagen">{}</div>').format(row.here)])
    heads = ["Paragraf", "Det säger lagen", "Läget", f"I {town.name}"]
    caption = f"Lag (2023:196) i {town.name}"
    return data_table(caption, heads, body, hide_caption=True, css="tabell--lag")


def _agreement(row: Agreement) -> AgreementRow:
    until = f" till {day(row.galler_till)}" if row.galler_till else ", gäller tills vidare"
    return AgreementRow(
        listed(row.parter),
        row.syften,
        row.samverkansomraden,
        f"{day(row.undertecknad)}{until}",
        anchor_out("Läs överenskommelsen", row.adress) if row.adress else None,
    )


def _report(context: Context, plan: MunicipalPlan, own: Sequence[Action]) -> list[str]:
    """What the council is told (13 §), in a few sentences."""
    states = context.states
    lines = [f"Planen: {status_sentence(Counter(states[a.id].status for a in own))}"]
    lines.append(late_words(sum(states[a.id].late for a in own)))
    lines.append(missing_words(sum(states[a.id].follow_up_missing for a in own)))
    for what, clock in _clocks(plan, context):
        lines.append(f"{what} senast {day(clock.due)}: {months_left(clock)}.")
    return lines


def _groups(context: Context, town: Area, own: Sequence[Action]) -> tuple[Group, ...]:
    """Back to the loop: the quarters and years in which something happened with the plan's actions."""
    related, published = context.relations, context.published
    quarters = {q.href: q for a in own for q in quarters_of_action(context, a)}
    issues = sorted({n for a in own for n in a.fragor})
    years = tuple(related.year_link(y) for y in reversed(published.years))
    return groups(
        ("Frågor bakom planen", tuple(context.issue_link(n) for n in issues)),
        ("Utvärderingar", tuple(quarters[href] for href in sorted(quarters, reverse=True))),
        ("År", years),
        (
            "Kommunen",
            (context.area_link(town.id), Link(f"Åtgärder i {town.name}", addresses.actions_of_town(town.id)))
            if any(_in_town(context, a, town) for a in published.texts.actions.values())
            else (context.area_link(town.id),),
        ),
        ("Alla kommuner", (Link("Plan och lag", addresses.PLANS),)),
    )


# ---- the overview --------------------------------------------------------------------------------


def _index(context: Context, plans: Sequence[tuple[Area, MunicipalPlan]]) -> Page:
    towns = {t.municipality for t, _ in plans}
    lacking = [t.name for t in context.published.municipalities if t.municipality not in towns]
    page = PlanIndex(
        answers=tuple(_index_answers(context, plans)),
        towns=_towns_table(context, plans) if plans else None,
        law=data_table(
            "Vad lagen säger, 4–14 §§",
            ["Paragraf", "Rubrik", "Det säger lagen"],
            [[number, title, asks] for number, title, asks in SECTIONS],
            hide_caption=True,
            fold=True,
        ),
        law_link=anchor_out("Lagen i sin helhet", LAW),
        lacking=tuple(lacking),
        told_on=day(context.published.date),
    )
    words = "Lagens krav på kommunerna: lägesbild, plan och uppföljning minst vartannat år."
    html = render("plans.html.j2", page)
    return Page(addresses.path(addresses.PLANS), "Plan och lag", words, "atgarder", html, kind="Plan")


def _index_answers(context: Context, plans: Sequence[tuple[Area, MunicipalPlan]]) -> list[Answer]:
    today = context.published.date
    whole = sum(
        law.picture_standing(p) in {"finns", "delvis"}
        and law.plan_standing(p, today) == "finns"
        and law.cycle_standing(p, today) != "forsenad"
        for _, p in plans
    )
    rows = [Answer("Läget", plans_sentence(whole, len(context.published.municipalities)))]
    due = [(clock, what, town) for town, p in plans for what, clock in _clocks(p, context)]
    if due:
        clock, what, town = min(due, key=lambda row: (row[0].days, row[2].name))
        rows.append(
            Answer(
                "Närmast",
                f"{what} i {town.name} senast {day(clock.due)}. ",
                Link(f"Plan och lag i {town.name}", addresses.plan(town.id)),
                f"{capital(months_left(clock))}.",
            )
        )
    numbers = {n for _, p in plans if p.atgardsplan for n in p.atgardsplan.atgarder}
    found = [s for n, s in context.states.items() if n in numbers]
    rows.append(Answer("Vi gör", f"I planerna: {status_sentence(Counter(s.status for s in found))}"))
    rows.append(Answer("Vet inte", "Hur bra planerna är. Här står bara om de finns och följs upp i tid."))
    return rows


def _towns_table(context: Context, plans: Sequence[tuple[Area, MunicipalPlan]]) -> Markup:
    today = context.published.date
    body: list[list[Content]] = []
    for town, plan in plans:
        rows = paragraphs(plan, (), today)
        lacking = [r.number for r in rows if r.standing in {"saknas", "delvis", "forsenad"}]
        body.append(
            [
                anchor(Link(town.name, addresses.plan(town.id))),
                _clock_cell(law.picture_clock(plan, today)),
                _clock_cell(law.plan_clock(plan, today)),
                f"{listed(lacking)}" if lacking else "Inget",
            ]
        )
    heads = ["Kommun", "Lägesbilden uppdateras senast", "Planen följs upp senast", "Något saknas"]
    return data_table("Plan och lag i varje kommun", heads, body, hide_caption=True, css="tabell--plan")


def _clock_cell(clock: Clock | None) -> Markup:
    if clock is None:
        return square_mark("saknas", STANDINGS["saknas"])
    soon = square_mark(clock.state, STANDINGS[clock.state]) if clock.state != "finns" else Markup("")
    return Markup("<div><b>{}</b>{}{}</div>").format(day(clock.due), clock_line(clock), soon)
