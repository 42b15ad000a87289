"""The story of an action as a thread: reports, issue, cause, action, follow-ups, and the next one."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable

from markupsafe import Markup

from est_build.analyse.actions import ENDED, ActionState
from est_build.analyse.followup import FollowUp as Measured
from est_build.analyse.followup import Outcome
from est_build.figures.delivery import delivery_mark, goal_line, labelled
from est_build.figures.follow_up_text import (
    caveats,
    difference_sentence,
    fall_sentence,
    moved_sentence,
    outcome_sentence,
)
from est_build.figures.icons import status_icon
from est_build.figures.phrases import (
    FIRST_DAY_MISSED,
    MISSING,
    NOT_YET_FOLLOWED_UP,
    delivery_words,
    missing_sentence,
    new_date_sentence,
)
from est_build.figures.promises import promise_list
from est_build.figures.table import Content, data_table
from est_build.figures.thread import Step, thread_story
from est_build.model.span import day
from est_build.pages import addresses
from est_build.pages.context import Context
from est_build.pages.links import Link, anchor, listed, listed_labels
from est_build.pages.loop import linked, links_of, meeting_of, told
from est_build.schema.action import Action, FollowUp, Protocol
from est_build.schema.issue import Cause, Issue
from est_build.schema.opendata import tables as published_tables

NEXT = dict(published_tables.NEXT)
SIDE_EFFECTS = dict(published_tables.SIDE_EFFECTS)


def action_story(context: Context, action: Action) -> Markup:
    """The whole thread of an action."""
    state = context.states[action.id]
    steps = [*_origin(context, action, state), _own(context, action, state)]
    steps += [follow_up_step(context, action, row) for row in action.uppfoljningar]
    steps += _ahead(action, state)
    return thread_story(steps, level=2)


# ---- from report to cause ------------------------------------------------------------------------


def _origin(context: Context, action: Action, state: ActionState) -> list[Step]:
    """Report, issue and cause; or the reason of an action that belongs to no issue."""
    if not action.fragor:
        reason = linked(context, action.allman_varfor or "Ingen fråga är angiven.")
        knot = "klar" if action.allman_varfor else "tom"
        return [Step("Varför", "Utan egen fråga", Markup("<p>{}</p>").format(reason), knot)]
    steps = []
    for number in action.fragor:
        issue = context.published.texts.issues[number]
        steps.append(_reports(context, action, issue, state.thread[0]))
        body = Markup("<p>{}</p>").format(linked(context, issue.varfor))
        steps.append(Step(f"Fråga {number}", anchor(context.issue_link(number)), body, state.thread[1]))
        causes = [c for c in issue.orsaker if not action.orsaker or c.id in action.orsaker]
        if causes:
            heading = "Trolig orsak" if len(causes) == 1 else "Troliga orsaker"
            steps.append(Step("Orsak", heading, cause_list(context, issue, causes), state.thread[2]))
        else:
            nobody = Markup("<p>Ingen orsak är skriven. Det är en lös ände.</p>")
            steps.append(Step("Orsak", "Ingen orsak angiven", nobody, "saknas"))
    return steps


def _reports(context: Context, action: Action, issue: Issue, knot: str) -> Step:
    labels = listed_labels(context.published.codes.label("kategorier", c) for c in issue.kategorier)
    body = Markup("<p>Nätverket har rapporterat det här sedan {}.</p>").format(
        period_words(context, issue.forsta_period)
    )
    periods = context.relations.periods_of_issue(issue.id)
    if periods:
        body += labelled("Lägesbilder om frågan", links_of(periods[:6]))
    if len(periods) > 6:
        more = Link(f"Alla {len(periods)} lägesbilder om frågan", f"{addresses.issue(issue.id)}#lagesbilder")
        body += Markup("<p>{}</p>").format(anchor(more))
    return Step("Rapporter", labels or "Rapporter från nätverket", body, knot)


def period_words(context: Context, period: str) -> Markup | str:
    """A fortnight in words, as a link if it has a page."""
    span = context.published.calendar.span(period)
    if span is None:
        return period
    words = f"{span.label} {span.end.year}"
    shown = span in context.published.periods
    return anchor(Link(words, addresses.picture(span.id))) if shown else words


def cause_list(context: Context, issue: Issue, causes: Iterable[Cause]) -> Markup:
    """Causes with the ground for each; an assumption has a dashed frame. Each leads to its place."""
    rows = []
    for cause in causes:
        href = f"{addresses.issue(issue.id)}#{cause_anchor(cause)}"
        rows.append(Markup("<li>{} {}</li>").format(anchor(Link(cause.text, href)), ground(context, cause)))
    return Markup('<ul class="orsaker">{}</ul>').format(Markup("").join(rows))


def cause_anchor(cause: Cause) -> str:
    """Id of a cause on the page of its issue."""
    return f"orsak-{cause.id}"


def ground(context: Context, cause: Cause) -> Markup:
    """What a cause is built on, in a frame."""
    css = "etikett etikett--osaker" if cause.grund == "antagande" else "etikett"
    return Markup('<span class="{}">{}</span>').format(
        css, context.published.codes.label("grund", cause.grund)
    )


# ---- the action itself ---------------------------------------------------------------------------


def _own(context: Context, action: Action, state: ActionState) -> Step:
    parts = [Markup("<p>{}</p>").format(linked(context, action.vad))]
    if action.mal:
        parts.append(labelled("Mål", action.mal))
    if action.mal_antal is not None:
        goal, label = action.mal_antal, "Gjort" if action.status in ENDED else "Gjort hittills"
        parts.append(goal_line(label, goal.gjort, goal.antal, goal.enhet))
    if action.vantat:
        parts.append(labelled("Förväntan", action.vantat))
    if action.forsenad_varfor:
        parts.append(labelled("Därför blev det sent", linked(context, action.forsenad_varfor)))
    if action.avbruten_varfor:
        parts.append(labelled("Därför avbröts den", linked(context, action.avbruten_varfor)))
    if action.protokoll is not None:
        parts.append(_protocol(context, action.protokoll))
        parts.append(_figures(context.measured[action.id]))
    promised = [p for p in context.promises if p.counted and p.action == action.id]
    aside = history_table(context, action)
    if promised:
        rows = told(context, promised, context.published.date)
        # Every promise is about this action: its page need not be named again.
        own = [
            dataclasses.replace(row, text=_PROMISED[p.sort], href=None, who="")
            for row, p in zip(rows, promised, strict=True)
        ]
        aside += Markup("<h3>Det vi lovade</h3>{}").format(promise_list(own))
    return Step("Åtgärd", action.titel, Markup("").join(parts), state.thread[3], aside)


_PROMISED = {
    "klar": "Att bli klar",
    "start": "Att starta",
    "uppfoljning": "Att följas upp",
    "beslut": "Att göras",
}


def _protocol(context: Context, plan: Protocol) -> Markup:
    """How it will be looked at, fixed before the action began: nobody may choose the periods afterwards."""
    rows = [
        ("Här", context.area_names(plan.omraden)),
        ("Före", _stretch(context, plan.fore_fran, plan.fore_till)),
        ("Efter", _stretch(context, plan.efter_fran, plan.efter_till)),
        ("Jämförs med", context.area_names(plan.jamforelse)),
    ]
    if plan.flytt:
        rows.append(("Flyttar det?", f"Då borde det synas i {context.area_names(plan.flytt)}."))
    if plan.utelamna:
        out = listed([_short(context, p) for p in plan.utelamna])
        rows.append(("Räknas inte", f"{out}. De rapporterna fick oss att börja."))
    items = Markup("").join(Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(a, b) for a, b in rows)
    return Markup(
        '<details class="protokoll"><summary>Så ska vi se om det blev skillnad</summary>'
        '<p class="liten">Vi bestämde det här innan åtgärden började.</p><dl class="fakta">{}</dl></details>'
    ).format(items)


def _figures(found: Measured) -> Markup:
    """What the published numbers say before and after, or what they will be able to say."""
    fall = fall_sentence(found)
    if found.outcome is Outcome.EJ_AN:
        return labelled("Vad siffrorna kan visa", fall) if fall else Markup("")
    said = [outcome_sentence(found), moved_sentence(found)]
    more = [difference_sentence(found), fall if found.outcome is not Outcome.BROTT else "", *caveats(found)]
    out = labelled("Det siffrorna säger", " ".join(line for line in said if line))
    if found.outcome is Outcome.BROTT or not any(more):
        return out
    lines = Markup("").join(Markup("<li>{}</li>").format(line) for line in more if line)
    return out + Markup(
        '<details class="protokoll"><summary>Mer om siffrorna</summary><ul>{}</ul></details>'
    ).format(lines)


def _short(context: Context, period: str) -> str:
    span = context.published.calendar.span(period)
    return f"{span.label} {span.end.year}" if span else period


def _stretch(context: Context, first: str, last: str) -> str:
    a, b = context.published.calendar.span(first), context.published.calendar.span(last)
    return f"{day(a.start)} till {day(b.end)}" if a and b else f"{first} till {last}"


def history_table(context: Context, action: Action) -> Markup:
    """Everything that has happened with an action, late days and follow-ups too; the year when it changes."""
    rows: list[list[Content]] = []
    year = None
    for when, sign, text in _events(context, action):
        words = day(when, year=when.year != year)
        year = when.year
        mark = Markup('<span class="handelse">{} {}</span>').format(status_icon(sign), words)
        rows.append([mark, text])
    return data_table("Så har det gått", ["Datum", "Vad hände"], rows, fold=True, css="historik")


def _events(context: Context, action: Action) -> list[tuple[dt.date, str, Markup | str]]:
    found: list[tuple[dt.date, int, str, Markup | str]] = []
    for event in action.historik:
        text = linked(context, event.text or context.status_word(event.status))
        moved = event.ny_klar_senast is not None
        # The event may have told of the new day itself.
        if event.ny_klar_senast and day(event.ny_klar_senast, year=False) not in text:
            text += f" {new_date_sentence(event.ny_klar_senast)}"
        found.append((event.datum, 1, "forsenad" if moved else event.status, text))
    for row in action.uppfoljningar:
        words = f"Uppföljning: {delivery_words(row.genomforande).lower()}. {context.finding(action, row)}"
        found.append((row.datum, 2, "uppfoljd", words))
    missed = _missed(context, action)
    if missed is not None:
        found.append((missed, 0, "forsenad", FIRST_DAY_MISSED))
    return [(when, sign, text) for when, _, sign, text in sorted(found, key=lambda e: (e[0], e[1]))]


def _missed(context: Context, action: Action) -> dt.date | None:
    """The first promised day, if it went by and nobody has told of it that day."""
    due = action.klar_senast
    gone = next((e.datum for e in action.historik if e.status in {"avbruten", "overlamnad"}), None)
    ended = action.klar or gone
    if due >= context.published.date or (ended is not None and ended <= due):
        return None
    return None if any(e.datum == due for e in action.historik) else due


# ---- follow-ups ----------------------------------------------------------------------------------


def follow_up_anchor(row: FollowUp) -> str:
    """Id of a follow-up on the page of its action."""
    return f"uppfoljning-{row.datum.isoformat()}"


def follow_up_step(context: Context, action: Action, row: FollowUp) -> Step:
    """What was found when somebody looked back: good news and bad in the same form."""
    body = Markup("<p>{}</p>").format(linked(context, row.slutsats)) + labelled(
        "Så bedömde vi det", linked(context, row.hur)
    )
    facts: list[tuple[str, Markup | str]] = [
        ("Genomförd", delivery_mark(row.genomforande)),
        ("Resultat", context.published.codes.label("effekter", row.effekt)),
        ("Flyttat?", SIDE_EFFECTS[row.bieffekter]),
        ("Nästa steg", NEXT[row.nasta]),
    ]
    if row.lardom:
        facts.append(("Vi lärde oss", linked(context, row.lardom)))
    facts.append(("Togs upp", _meeting(context, row.datum)))
    items = Markup("").join(Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(a, b) for a, b in facts)
    aside = Markup('<dl class="fakta">{}</dl>').format(items)
    heading = context.finding(action, row)
    over = f"Uppföljning {day(row.datum)}"
    return Step(over, heading, body, "uppfoljd", aside, anchor=follow_up_anchor(row))


def _meeting(context: Context, when: dt.date) -> Markup | str:
    span = meeting_of(context, when)
    if span is not None:
        return anchor(context.relations.quarter_link(span))
    meeting = context.relations.next_meeting
    return f"Vid kvartalsmötet {day(meeting)}" if meeting else "Vid nästa kvartalsmöte"


def _ahead(action: Action, state: ActionState) -> list[Step]:
    if state.next_follow_up is not None:
        words = "Då frågar vi nätverket och jämför rapporterna före och efter."
        return [
            Step(
                "Nästa uppföljning", day(state.next_follow_up), Markup("<p>{}</p>").format(words), "planerad"
            )
        ]
    if action.uppfoljningar:
        return []
    if state.follow_up_missing:
        words = Markup("<p>{}</p>").format(missing_sentence(action))
        return [Step("Uppföljning", MISSING, words, "saknas")]
    if action.status in {"avbruten", "overlamnad"}:
        return []
    return [Step("Uppföljning", NOT_YET_FOLLOWED_UP, Markup(""), "tom")]
