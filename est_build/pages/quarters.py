"""The page of a quarter: what was promised and kept, what worked and what did not, what was decided."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from est_build.analyse.promises import Tally
from est_build.figures.icons import dots_row
from est_build.figures.loop_words import threads_sentence
from est_build.figures.phrases import how_many, tally_sentence
from est_build.figures.promises import Told, promise_columns, promise_dots, promise_list
from est_build.figures.text import capital
from est_build.figures.thread_table import ThreadRow, thread_table
from est_build.model.span import Span, day
from est_build.pages import addresses
from est_build.pages.action_list import judged_on, quarter_tally
from est_build.pages.action_page import plan_name
from est_build.pages.context import Context
from est_build.pages.links import Link, render
from est_build.pages.loop import Group, cited, groups, linked, meeting_of
from est_build.pages.page import NOT_DRAWN, Page
from est_build.pages.participation import sectors_table, silent_sectors, towns_table
from est_build.pages.parts import Answer, Citation
from est_build.pages.quarter_parts import (
    AsOf,
    Outcome,
    actions_then,
    decisions_table,
    follow_ups,
    goals_table,
    matrix,
    quarter_promises,
    threads,
)
from est_build.pages.relations import touched
from est_build.pages.verdicts import Going, directions
from est_build.schema.correction import Correction
from est_build.schema.evaluation import QuarterEvaluation


@dataclass(frozen=True, slots=True)
class Promises:
    """How promises went: the sum, and each of them."""

    dots: Markup
    words: str
    columns: Markup
    older: Markup


@dataclass(frozen=True, slots=True)
class QuarterPage:
    """Everything on the page of a quarter."""

    span: Span
    evaluation: QuarterEvaluation | None
    corrections: tuple[Correction, ...]
    answers: tuple[Answer, ...]
    promises: Promises | None
    threads: Markup | None
    threads_words: str
    worked: Markup
    failed: Markup
    follow_ups: tuple[Outcome, ...]
    matrix: Markup | None
    decisions: Markup | None
    priorities: tuple[Link, ...]
    goals: Markup | None
    actions: Markup | None
    opened: tuple[Link, ...]
    closed: tuple[Link, ...]
    directions: tuple[Going, ...]
    towns: Markup
    sectors: Markup | None
    silent: tuple[str, ...]
    pulse: Markup | None
    year: Link | None
    next_quarter: Link | None
    groups: tuple[Group, ...]
    citation: Citation
    told_on: str
    judged_on: str


def quarter_page(context: Context, span: Span) -> Page:
    """The page of one quarter."""
    path = addresses.path(addresses.quarter(span.id))
    html = render("quarter.html.j2", _page(context, span)) if context.draws(path) else NOT_DRAWN
    return Page(
        path,
        f"Utvärdering {span.label}",
        f"Vad nätverket lärde sig och beslutade {span.label}, och om det höll vad det lovade.",
        "atgarder",
        html,
        kind="Utvärdering",
        span=span.id[:4],
    )


def _page(context: Context, span: Span) -> QuarterPage:
    related, texts = context.relations, context.published.texts
    written = texts.evaluations.get(span.id)
    then = AsOf(context, judged_on(context, span))
    rows, tally = threads(context, then), quarter_tally(context, span)
    address = addresses.quarter(span.id)
    return QuarterPage(
        span=span,
        evaluation=written,
        corrections=related.corrections_of(address),
        answers=tuple(_answers(context, span, written, tally)),
        promises=_promises(context, span, tally),
        threads=thread_table(f"Frågor som följdes {span.label}", rows) if rows else None,
        threads_words=_threads_words(rows),
        worked=linked(context, written.vad_fungerade) if written else Markup(""),
        failed=linked(context, written.vad_fungerade_inte) if written else Markup(""),
        follow_ups=follow_ups(context, span),
        matrix=matrix(context, then, span) if then.issues else None,
        decisions=decisions_table(context, written.beslut, span) if written and written.beslut else None,
        priorities=tuple(context.issue_link(n) for n in written.prioriterade) if written else (),
        goals=goals_table(context, span),
        actions=actions_then(context, related.actions_touched(span), then, span),
        opened=tuple(context.issue_link(i.id) for i in related.issues_opened(span)),
        closed=tuple(context.issue_link(i.id) for i in related.issues_closed(span)),
        towns=towns_table(context, span),
        sectors=sectors_table(context, span),
        silent=silent_sectors(context, span),
        pulse=_pulse(written),
        year=related.year_of(span),
        next_quarter=_near(context, span, 1),
        groups=_groups(context, span),
        citation=cited(
            context, f"Utvärdering {span.label}", address, written.publicerad if written else span.publishes
        ),
        told_on=day(context.published.date),
        directions=directions(context, span),
        judged_on=day(then.when),
    )


def _answers(context: Context, span: Span, written: QuarterEvaluation | None, tally: Tally) -> list[Answer]:
    rows = []
    if written is not None:
        rows.append(Answer("Läget", linked(context, written.sammanfattning)))
        rows.append(Answer("Ändrat", linked(context, written.vad_andrades)))
    rows.append(Answer("Löften", tally_sentence(tally)))
    if written is not None:
        rows.append(Answer("Lärdom", linked(context, written.vad_lar_vi_oss)))
    rows.append(Answer("Vet inte", _unknown(context, span)))
    answered = context.answered(span)
    if answered is not None:
        rows.append(
            Answer("Svarade", f"{answered[0]}.", note=f"{capital(answered[1])} utskick under kvartalet.")
        )
    return rows


def _unknown(context: Context, span: Span) -> str:
    """What the quarter's follow-ups could not tell, and what nobody has followed up."""
    codes = {"oklart", "for-tidigt", "ej-uppfoljt"}
    unsure = sum(
        1
        for a in context.published.texts.actions.values()
        for f in a.uppfoljningar
        if f.effekt in codes and meeting_of(context, f.datum) == span
    )
    if unsure:
        return f"Resultatet av {how_many(unsure, 'atgard')} som följdes upp. Det gick inte att avgöra än."
    return "Om det som blev bättre eller sämre beror på det vi gjorde. Mycket annat påverkar också."


def _promises(context: Context, span: Span, tally: Tally) -> Promises | None:
    own, older = quarter_promises(context, span)
    if not own and not older:
        return None
    return Promises(promise_dots(tally), tally_sentence(tally), promise_columns(tally, own), _older(older))


def _older(rows: tuple[Told, ...]) -> Markup:
    return promise_list(rows) if rows else Markup("")


def _threads_words(rows: tuple[ThreadRow, ...]) -> str:
    whole = sum(row.whole for row in rows)
    loose = sum(row.loose for row in rows)
    return threads_sentence(len(rows) - whole - loose, whole, loose)


def _pulse(written: QuarterEvaluation | None) -> Markup | None:
    """How useful the network found the feedback, and how fast it came."""
    if written is None or (written.natverkets_omdome is None and written.aterkoppling is None):
        return None
    parts = []
    if written.natverkets_omdome is not None:
        useful = written.natverkets_omdome.nytta_tiondelar
        parts.append(
            Markup("<p>{} <b>{} av 10</b> tyckte att återkopplingen var till nytta. {} svarade.</p>").format(
                dots_row(useful, useful), useful, written.natverkets_omdome.svar
            )
        )
    if written.aterkoppling is not None:
        given = written.aterkoppling
        parts.append(
            Markup("<p>Återkoppling gavs efter {}. Hälften av gångerna kom den inom {}.</p>").format(
                "en period"
                if given.perioder_med_aterkoppling == 1
                else f"{given.perioder_med_aterkoppling} perioder",
                "en dag" if given.median_dagar == 1 else f"{given.median_dagar} dagar",
            )
        )
    return Markup("").join(parts)


def _near(context: Context, span: Span, step: int) -> Link | None:
    quarters = context.published.quarters
    index = quarters.index(span) + step
    return context.relations.quarter_link(quarters[index]) if 0 <= index < len(quarters) else None


def _groups(context: Context, span: Span) -> tuple[Group, ...]:
    """What the quarter hangs together with: its pictures, issues, actions, plans, year and neighbours."""
    related, published = context.relations, context.published
    written = published.texts.evaluations.get(span.id)
    actions = [a for a in published.texts.actions.values() if touched(a, span)]
    decided = {row.atgard for row in written.beslut if row.atgard} if written else set()
    followed = {
        a.id
        for a in published.texts.actions.values()
        for f in a.uppfoljningar
        if meeting_of(context, f.datum) == span
    }
    actions += [
        published.texts.actions[n] for n in sorted(decided | followed) if n in published.texts.actions
    ]
    plans = {p.id: p for a in actions for p in related.plans_of_action(a.id)}
    year = related.year_of(span)
    near = [link for step in (-1, 1) if (link := _near(context, span, step)) is not None]
    pictures = [p for p in published.calendar.periods_in(span) if p in published.periods]
    return groups(
        ("Kvartalets lägesbilder", tuple(related.picture_link(p) for p in pictures)),
        ("Plan och lag", tuple(Link(plan_name(context, k), addresses.plan(k)) for k in sorted(plans))),
        ("Året", (year,) if year else ()),
        ("Kvartalen intill", near),
        (
            "Listor",
            (Link("Alla utvärderingar", addresses.EVALUATIONS), Link("Alla åtgärder", addresses.ACTIONS)),
        ),
    )
