"""``/metod/kvalitet/``: how good the data and the work itself are."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from est_build.analyse.law import Clock, picture_clock, plan_clock
from est_build.analyse.promises import tally
from est_build.analyse.quality import Part, Punctuality, Work, punctuality, work
from est_build.figures.phrases import late_words, missing_words, tally_sentence
from est_build.figures.table import Column, Content, data_table
from est_build.figures.text import capital, number, participation_sum_count, participation_sum_words
from est_build.model.span import Span, day
from est_build.pages import addresses
from est_build.pages.context import Context, render
from est_build.pages.links import Link, anchor
from est_build.pages.page import Page
from est_build.pages.participation import sectors_table, silent_sectors
from est_build.pages.parts import Answer

NEWEST = 6
"""Quarters that stand open; the older ones are folded."""


@dataclass(frozen=True, slots=True)
class QualityPage:
    """Everything on the page."""

    told_on: str
    answers: tuple[Answer, ...]
    work: Markup
    newest: Markup
    older: Markup | None
    latest: str
    """The latest quarter with figures, in words; empty if there is none."""
    sectors: Markup | None
    silent: tuple[str, ...]
    clocks: Markup | None
    breaks: tuple[tuple[str, Link], ...]


def quality_pages(context: Context) -> list[Page]:
    """The page of data quality."""
    html = render("quality.html.j2", _page(context))
    words = "Hur många som svarar, om lägesbilderna kommer i tid och hur många åtgärder som har följts upp."
    path = addresses.path(addresses.QUALITY)
    return [Page(path, "Hur bra är underlaget?", words, "metod", html, kind="Metod")]


def _page(context: Context) -> QualityPage:
    published = context.published
    figured = [q for q in published.quarters if published.region_participation(q) is not None]
    latest = figured[-1] if figured else None
    rows = _rows(context, figured)
    return QualityPage(
        day(published.date),
        _answers(context, latest),
        _work_table(context, _work(context)),
        _quarters_table("De senaste kvartalen", rows[:NEWEST]),
        _quarters_table("Äldre kvartal", rows[NEWEST:]) if rows[NEWEST:] else None,
        latest.label if latest else "",
        sectors_table(context, latest) if latest else None,
        silent_sectors(context, latest) if latest else (),
        _clocks(context),
        tuple(
            (day(c.datum), Link(c.vad, f"{addresses.CHANGES}#andring-{c.datum.isoformat()}"))
            for c in published.texts.changes
            if c.bryter
        ),
    )


def _work(context: Context) -> Work:
    texts, today = context.published.texts, context.published.date
    held = [e for e in texts.evaluations.values() if e.publicerad <= today]
    first = max(held, key=lambda e: e.publicerad).prioriterade if held else ()
    return work(texts.actions.values(), context.states, first, today)


def _answers(context: Context, latest: Span | None) -> tuple[Answer, ...]:
    texts = context.published.texts
    states = context.states.values()
    rows = []
    answered = context.answered(latest) if latest else None
    if latest and answered:
        rows.append(
            Answer("Svarade", f"{answered[0]} under {latest.label}.", note=f"{capital(answered[1])}.")
        )
    late = late_words(sum(s.late for s in states))
    missing = missing_words(sum(s.follow_up_missing for s in states))
    rows.append(Answer("Åtgärder", f"{late} {missing}", Link("Se alla åtgärder", addresses.ACTIONS)))
    rows.append(Answer("Löften", tally_sentence(tally(context.promises, context.published.date))))
    count = sum(c.bryter for c in texts.changes)
    if count:
        link = Link("Se vad som har ändrats", addresses.CHANGES)
        rows.append(Answer("Jämför inte", _breaks_words(count), link))
    rows.append(Answer("Vet inte", "Vi vet inte hur mycket som händer där ingen i nätverket är."))
    return tuple(rows)


def _breaks_words(count: int) -> str:
    times = "en gång" if count == 1 else f"{number(count)} gånger"
    return f"Underlaget har ändrats {times}. Jämför inte rakt av före och efter."


def part_words(part: Part) -> str:
    """``3 av 4``; nothing to count is said in words."""
    return f"{number(part.count)} av {number(part.whole)}" if part.whole else "inga att räkna"


def _work_table(context: Context, found: Work) -> Markup:
    rows: list[list[Content]] = [
        [
            "Prioriterade frågor som har en åtgärd",
            part_words(found.decided),
            "Frågor som det senaste kvartalsmötet satte först. Avbrutna åtgärder räknas inte.",
        ],
        [
            "Åtgärder med ett skrivet mål",
            part_words(found.with_goal),
            "Alla åtgärder som inte har avbrutits eller lämnats över.",
        ],
        [
            "Genomförda åtgärder som är uppföljda",
            part_words(found.followed_up),
            "De som har följts upp, eller som borde ha följts upp vid det här laget.",
        ],
        [
            "Åtgärder som är försenade",
            part_words(found.late),
            "Pågående och planerade åtgärder. Datumet är det första som vi lovade.",
        ],
    ]
    columns = ["Mått", "Nu", "Så räknar vi"]
    caption = f"Frågor och åtgärder, {day(context.published.date)}"
    return data_table(caption, columns, rows, hide_caption=True, fold=True)


def _rows(context: Context, figured: list[Span]) -> list[list[Content]]:
    """A row for each quarter that has figures or pictures, newest first."""
    published = context.published
    times = {
        row.span.id: row
        for row in punctuality(
            published.calendar.quarters,
            published.calendar.periods_in,
            published.texts.pictures,
            published.texts.evaluations,
        )
    }
    known = {q.id for q in published.quarters}
    shown = {q.id for q in figured} | set(times)
    rows: list[list[Content]] = []
    for quarter in reversed([q for q in published.calendar.quarters if q.id in shown]):
        name: Content = capital(quarter.label)
        if quarter.id in known:
            name = anchor(context.relations.quarter_link(quarter))
        rows.append([name, *_answered(context, quarter), *_in_time(times.get(quarter.id))])
    return rows


def _answered(context: Context, quarter: Span) -> tuple[str, str]:
    people = context.published.region_participation(quarter)
    if people is None:
        return "inte räknat än", "–"
    invited, answers = people
    return participation_sum_words(answers, invited), participation_sum_count(answers, invited)


def _in_time(row: Punctuality | None) -> tuple[str, str, str]:
    if row is None:
        return "inga att räkna", "–", "–"
    told = "inte skrivet än" if row.feedback_days is None else days_words(row.feedback_days)
    slowest = "–" if row.slowest is None else days_words(row.slowest)
    return part_words(row.in_time), slowest, told


def _quarters_table(caption: str, rows: list[list[Content]]) -> Markup:
    columns: list[Column | str] = ["Kvartal", "Svarade", "Svar av utskick", "Lägesbilder i tid"]
    columns += ["Längsta väntan", "Svar till nätverket"]
    return data_table(caption, columns, rows, hide_caption=True, css="tabell--kvalitet")


def days_words(days: int) -> str:
    """``samma dag``, ``1 dag``, ``4 dagar``."""
    if days <= 0:
        return "samma dag"
    return "1 dag" if days == 1 else f"{number(days)} dagar"


def _clocks(context: Context) -> Markup | None:
    published = context.published
    plans = {p.kommun: p for p in published.texts.plans.values()}
    rows: list[list[Content]] = []
    for town in published.municipalities:
        plan = plans.get(town.municipality)
        if plan is None:
            continue
        name = anchor(Link(town.name, addresses.plan(plan.id)))
        clocks = (picture_clock(plan, published.date), plan_clock(plan, published.date))
        rows.append([name, *(_clock_words(clock) for clock in clocks)])
    if not rows:
        return None
    columns = ["Kommun", "Lägesbilden ska vara ny", "Planen ska vara uppföljd"]
    return data_table("Månader kvar på lagens klocka", columns, rows, hide_caption=True, fold=True)


def _clock_words(clock: Clock | None) -> str:
    if clock is None:
        return "finns inte än"
    if clock.days < 0:
        return f"skulle ha gjorts {day(clock.due)}"
    return f"senast {day(clock.due)}, {months_words(clock.left)} kvar"


def months_words(months: int) -> str:
    """``mindre än en månad``, ``1 månad``, ``8 månader``."""
    if months < 1:
        return "mindre än en månad"
    return "1 månad" if months == 1 else f"{number(months)} månader"
