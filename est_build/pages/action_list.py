"""The list of actions: the page of all of them, and the same page narrowed by one choice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from est_build.analyse.actions import ENDED
from est_build.analyse.promises import Tally, tally
from est_build.figures.loop_words import going_sentence, unclear_words
from est_build.figures.phrases import (
    cancelled_label,
    how_many,
    late_words,
    missing_words,
    tally_sentence,
)
from est_build.figures.promises import promise_dots
from est_build.figures.table import Content, data_table
from est_build.figures.text import capital
from est_build.figures.thread import Station, action_dots, thread_strip
from est_build.model.span import Span
from est_build.pages import addresses
from est_build.pages.action_choices import ALL, choices
from est_build.pages.context import Context
from est_build.pages.links import Link, anchor, render
from est_build.pages.loop import Choices, links_of, settling_day
from est_build.pages.page import Page
from est_build.pages.parts import Answer
from est_build.schema.action import Action

TITLE = "Det här gör vi"


@dataclass(frozen=True, slots=True)
class Kept:
    """How promises went in the latest quarter."""

    dots: Markup
    words: str
    quarter: Link


@dataclass(frozen=True, slots=True)
class ActionList:
    """A list of actions, all or some."""

    title: str
    answers: tuple[Answer, ...]
    kept: Kept | None
    choices: tuple[Choices, ...]
    going: Markup | None
    ended: Markup | None
    going_words: str
    ended_words: str
    legend: Markup
    narrowed: bool


def action_list_page(context: Context) -> Page:
    """``/atgarder/``."""
    html = render("actions.html.j2", action_list(context, "Åtgärder", context.current_actions, ALL))
    words = "Alla åtgärder: vad som görs, varför, vem som ansvarar och hur det gick."
    feed = (TITLE, addresses.feed("atgarder"))
    return Page(addresses.path(addresses.ACTIONS), TITLE, words, "atgarder", html, kind="Åtgärd", feed=feed)


def action_list(context: Context, title: str, actions: Sequence[Action], here: str) -> ActionList:
    """What a list says. ``here`` is the address of the choice that it stands for."""
    going = [a for a in actions if a.status not in ENDED]
    ended = [a for a in actions if a.status in ENDED]
    return ActionList(
        title=title,
        answers=tuple(_answers(context, actions)),
        kept=latest_promises(context) if here == ALL else None,
        choices=choices(context, here),
        going=action_table(context, going, f"{title}: beslutat och pågående") if going else None,
        ended=action_table(context, ended, f"{title}: avslutat") if ended else None,
        going_words=f"{capital(how_many(len(going), 'atgard'))}. Det som kommer närmast först.",
        ended_words=f"{capital(how_many(len(ended), 'atgard'))}. Det senaste först. "
        "Även det som inte lyckades står med.",
        legend=legend(),
        narrowed=here != ALL,
    )


def _answers(context: Context, actions: Sequence[Action]) -> list[Answer]:
    states, ended = context.states, sum(a.status in ENDED for a in actions)
    late = [context.action_link(a.id) for a in actions if states[a.id].late]
    missing = [context.action_link(a.id) for a in actions if states[a.id].follow_up_missing]
    rows = [Answer("Läget", going_sentence(len(actions) - ended, ended))]
    rows.append(Answer("Försenat", _named(late_words(len(late)), late)))
    rows.append(Answer("Lös tråd", _named(missing_words(len(missing)), missing)))
    unclear = sum(1 for a in actions if a.uppfoljningar and a.uppfoljningar[-1].effekt in _UNCLEAR)
    rows.append(Answer("Vet inte", unclear_words(unclear)))
    return rows


_UNCLEAR = frozenset({"oklart", "for-tidigt", "ej-uppfoljt"})


def _named(words: str, links: Sequence[Link]) -> Markup | str:
    """``1 åtgärd är försenad: Nya lampor vid busstationen.``"""
    return Markup("{}: {}.").format(words.rstrip("."), links_of(links)) if links else words


def latest_promises(context: Context) -> Kept | None:
    """How the promises of the latest quarter with an evaluation went."""
    written = [q for q in context.published.quarters if q.id in context.published.texts.evaluations]
    if not written:
        return None
    span = written[-1]
    found = quarter_tally(context, span)
    return Kept(promise_dots(found), tally_sentence(found), context.relations.quarter_link(span))


def quarter_tally(context: Context, span: Span) -> Tally:
    """Promises that were settled in a quarter: each is counted in one quarter, and only there."""
    settled = [p for p in context.promises if span.start <= settling_day(p) <= span.end]
    return tally(settled, judged_on(context, span))


def judged_on(context: Context, span: Span) -> dt.date:
    """The day on which a quarter is judged: its meeting; the day after its last, if no meeting is written."""
    written = context.published.texts.evaluations.get(span.id)
    after = span.end + dt.timedelta(days=1)
    return min(max(written.motesdag, after) if written else after, context.published.date)


def action_table(context: Context, actions: Sequence[Action], caption: str) -> Markup:
    """Actions as a table; on a phone each is a card with its title, its status and its next date."""
    rows: list[list[Content]] = []
    for action in actions:
        card, state = context.card(action), context.states[action.id]
        title = Markup('<a href="{}">{}</a> <span class="tabell__plats">{}</span>').format(
            card.href, card.title, card.place
        )
        reason = not action.fragor and bool(action.allman_varfor)
        status = Markup("{}<br>{}").format(card.status, action_dots(state.thread, reason=reason))
        why: Content = anchor(card.why) if card.why else "Utan egen fråga"
        rows.append([title, status, why, action.ansvarig, next_words(context, action)])
    columns = ["Åtgärd", "Status och tråd", "Varför", "Ansvarig", "Nästa steg eller resultat"]
    return data_table(caption, columns, rows, hide_caption=True, css="tabell--atgarder")


def next_words(context: Context, action: Action) -> Markup | str:
    """What comes next, or what came out of it: bad results in the same form as good ones."""
    if action.uppfoljningar:
        return Markup('<span class="svag">Resultat:</span> {}').format(
            context.finding(action, action.uppfoljningar[-1])
        )
    if action.status == "avbruten":
        why = action.avbruten_varfor or ""
        first = why.partition(". ")[0].rstrip(".")
        return Markup('<span class="svag">{}:</span> {}.').format(
            cancelled_label(action), first or "Ingen orsak är skriven"
        )
    label, words = context.card(action).when
    return Markup('<span class="svag">{}:</span> {}').format(label, words)


def legend() -> Markup:
    """How to read the thread, drawn as one."""
    return thread_strip(
        [
            Station("Rapporter", "klar"),
            Station("Fråga", "klar"),
            Station("Orsak", "klar"),
            Station("Åtgärd", "pågår", "pagar"),
            Station("Uppföljt", "återstår", "tom"),
        ]
    )
