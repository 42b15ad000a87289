"""Actions: the list, and a page per action that follows the thread from report to follow-up."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from est_build.analyse.actions import ENDED, ActionState
from est_build.figures.icons import status_icon, thread_dots
from est_build.figures.table import Content, data_table
from est_build.figures.thread import Step, thread_story
from est_build.model.span import day
from est_build.pages.context import Context, Link, listed, render
from est_build.pages.page import Page
from est_build.schema.action import Action, FollowUp

DECIDED_BY = {
    "natverket": "Nätverket",
    "chef": "Ansvarig chef",
    "namnd": "Nämnden",
    "kommunstyrelsen": "Kommunstyrelsen",
    "kommunfullmaktige": "Kommunfullmäktige",
}
COSTS = {
    "inom_ordinarie": "Inom ordinarie budget",
    "under_100": "Under 100 000 kronor",
    "100_1000": "100 000–1 miljon kronor",
    "over_1000": "Över 1 miljon kronor",
}
SUPPORT = {
    "provad": "Prövad metod",
    "lovande": "Lovande metod",
    "lokal_erfarenhet": "Lokal erfarenhet",
    "oprovad": "Oprövad metod",
}
NEXT = {
    "fortsatt": "Fortsätta som nu",
    "justera": "Justera",
    "avsluta": "Avsluta",
    "utoka": "Utöka",
}
SIDE_EFFECTS = {
    "inga_sedda": "Nej, inte som vi har sett",
    "flyttat": "Ja, till annan plats",
    "nytt_problem": "Ett nytt problem syntes",
    "vet_inte": "Vet inte",
}
HORIZON = {"snabb": "Snabb åtgärd", "lang": "På lång sikt"}


@dataclass(frozen=True, slots=True)
class ActionPage:
    """Everything on the page of an action."""

    action: Action
    places: tuple[Link, ...]
    status: Markup
    answers: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    story: Markup
    issues: tuple[Link, ...]


def action_pages(context: Context) -> list[Page]:
    """List and a page per action."""
    pages = [_list(context)]
    for action in context.published.texts.actions.values():
        html = render("action.html.j2", _action(context, action))
        places = context.place_names(action.omraden)
        path, year = f"atgarder/{action.id}/", action.id[:4]
        pages.append(
            Page(path, action.titel, action.vad, "atgarder", html, kind="Åtgärd", places=places, span=year)
        )
    return pages


def _action(context: Context, action: Action) -> ActionPage:
    state = context.states[action.id]
    return ActionPage(
        action=action,
        places=tuple(context.area_link(i) for i in action.omraden),
        status=context.status(action),
        answers=tuple(_answers(context, action, state)),
        facts=tuple(_facts(context, action)),
        story=thread_story(_story(context, action, state), level=2),
        issues=tuple(context.issue_link(n) for n in action.fragor),
    )


def _answers(context: Context, action: Action, state: ActionState) -> list[tuple[str, str]]:
    """The four plain answers: done, result, now, unknown."""
    rows = []
    done = action.vad
    if action.klar is not None:
        done = f"{action.vad} Klart {day(action.klar)}."
    rows.append(("Gjort" if action.status in {"genomford", "pagar"} else "Vad", done))
    if action.uppfoljningar:
        last = action.uppfoljningar[-1]
        rows.append(("Resultat", last.slutsats))
        rows.append(("Nästa steg", f"{NEXT[last.nasta]}.{_next_date(state)}"))
    elif action.status == "avbruten":
        rows.append(("Resultat", f"Åtgärden avbröts. {action.avbruten_varfor or ''}"))
    elif action.status == "overlamnad":
        rows.append(("Vi gör nu", f"Överlämnad till {action.overlamnad_till or 'annan'}."))
    else:
        word = context.status_word(state.status)
        rows.append(("Vi gör nu", f"{word}. {_due_words(action, state)}".strip()))
    if state.late:
        rows.append(("Försenad", action.forsenad_varfor or "Ingen förklaring är skriven än."))
    rows.append(("Vet inte", _unknown(action, state)))
    return rows


def _next_date(state: ActionState) -> str:
    return f" Ny uppföljning {day(state.next_follow_up)}." if state.next_follow_up else ""


def _due_words(action: Action, state: ActionState) -> str:
    if action.status == "genomford":
        return f"Följs upp {day(state.next_follow_up)}." if state.next_follow_up else ""
    if state.due != state.first_due:
        return f"Skulle vara klart {day(state.first_due)}. Nytt datum: {day(state.due)}."
    return f"Klart senast {day(state.due)}."


def _unknown(action: Action, state: ActionState) -> str:
    if state.follow_up_missing:
        return "Om åtgärden gjorde skillnad. Ingen uppföljning är gjord."
    if not action.uppfoljningar:
        return "Om åtgärden gör skillnad. Det vet vi tidigast efter uppföljningen."
    return "Om något annat också påverkade, till exempel årstid eller hur många som svarade."


def _facts(context: Context, action: Action) -> list[tuple[str, str]]:
    codes = context.published.codes
    kind = f"{codes.label('atgardstyper', action.typ)} · {HORIZON[action.horisont].lower()}"
    rows = [
        ("Ansvarig", action.ansvarig),
        ("Medverkar", listed(action.medverkande)),
        ("Beslutad av", f"{DECIDED_BY[action.beslutad_av]}, {day(action.beslutad)}"),
        ("Sort", kind),
        ("Kostnad", COSTS.get(action.kostnad or "", "")),
        ("Stöd i forskning", SUPPORT.get(action.stod or "", "")),
        ("Plan", action.plan or ""),
    ]
    return [(label, text) for label, text in rows if text]


def _story(context: Context, action: Action, state: ActionState) -> list[Step]:
    knots = state.thread
    steps = [*_origin(context, action, knots), _own_step(context, action, knots[3])]
    for row in action.uppfoljningar:
        steps.append(_follow_up(context, row))
    if state.next_follow_up is not None:
        words = Markup("<p>{}</p>").format("Då frågar vi nätverket och jämför rapporterna före och efter.")
        steps.append(Step("Nästa uppföljning", day(state.next_follow_up), words, "planerad"))
    elif not action.uppfoljningar:
        text = "Uppföljning saknas" if state.follow_up_missing else "Inte uppföljd än"
        steps.append(Step("Uppföljning", text, Markup(""), "saknas" if state.follow_up_missing else "tom"))
    return steps


def _origin(context: Context, action: Action, knots: tuple[str, ...]) -> list[Step]:
    """Report, issue and cause; or the reason of an action that belongs to no issue."""
    if not action.fragor:
        body = Markup("<p>{}</p>").format(action.allman_varfor or "Ingen fråga är angiven.")
        return [Step("Varför", "Utan egen fråga", body, "tom")]
    texts, codes = context.published.texts, context.published.codes
    steps = []
    for number in action.fragor:
        issue = texts.issues[number]
        labels = listed([codes.label("kategorier", c) for c in issue.kategorier])
        report = Markup("<p>{}</p>").format(
            f"Nätverket har rapporterat det här sedan {_period_words(context, issue.forsta_period)}."
        )
        steps.append(Step("Rapporter", labels or "Rapporter från nätverket", report, knots[0]))
        link = Markup('<a href="/fragor/{}/">{}</a>').format(number, issue.titel)
        steps.append(Step(f"Fråga {number}", link, Markup("<p>{}</p>").format(issue.varfor), knots[1]))
        causes = [c for c in issue.orsaker if not action.orsaker or c.id in action.orsaker]
        if causes:
            steps.append(Step("Orsak", "Trolig orsak", cause_list(context, causes), knots[2]))
    return steps


def cause_list(context: Context, causes: object) -> Markup:
    """Causes with the ground for each; an assumption has a dashed frame."""
    rows = []
    for cause in causes:  # type: ignore[attr-defined]
        css = "etikett etikett--osaker" if cause.grund == "antagande" else "etikett"
        word = context.published.codes.label("grund", cause.grund)
        rows.append(Markup('<p>{} <span class="{}">{}</span></p>').format(cause.text, css, word))
    return Markup("").join(rows)


def _period_words(context: Context, period: str) -> str:
    span = context.published.calendar.span(period)
    return f"{span.label} {span.start.year}" if span else period


def _own_step(context: Context, action: Action, knot: str) -> Step:
    parts = [Markup("<p>{}</p>").format(action.vad)]
    if action.mal:
        parts.append(Markup("<p><strong>Mål:</strong> {}</p>").format(action.mal))
    if action.mal_antal is not None:
        goal = action.mal_antal
        text = f"{goal.gjort} av {goal.antal} {goal.enhet}"
        parts.append(Markup("<p><strong>Gjort hittills:</strong> {}</p>").format(text))
    if action.vantat:
        parts.append(Markup("<p><strong>Vi väntade oss:</strong> {}</p>").format(action.vantat))
    rows: list[list[Content]] = []
    for event in action.historik:
        mark = Markup("{} {}").format(status_icon(event.status), day(event.datum))
        text = event.text or context.status_word(event.status)
        if event.ny_klar_senast is not None:
            text = f"{text} Nytt datum: {day(event.ny_klar_senast)}."
        rows.append([mark, text])
    history = data_table("Så har det gått", ["Datum", "Vad hände"], rows)
    return Step("Åtgärd", action.titel, Markup("").join(parts), knot, history)


def _follow_up(context: Context, row: FollowUp) -> Step:
    codes = context.published.codes
    body = Markup("<p>{}</p><p><strong>Så bedömde vi det:</strong> {}</p>").format(row.slutsats, row.hur)
    facts = [
        ("Genomförd", codes.label("genomforande", row.genomforande)),
        ("Resultat", codes.label("effekter", row.effekt)),
        ("Flyttat?", SIDE_EFFECTS[row.bieffekter]),
        ("Nästa steg", NEXT[row.nasta]),
    ]
    if row.lardom:
        facts.append(("Vi lärde oss", row.lardom))
    items = Markup("").join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(label, text) for label, text in facts
    )
    aside = Markup('<dl class="fakta">{}</dl>').format(items)
    heading = codes.label("effekter", row.effekt)
    return Step(f"Uppföljning {day(row.datum)}", heading, body, "uppfoljd", aside)


@dataclass(frozen=True, slots=True)
class ActionList:
    """The list of all actions."""

    summary: str
    late: tuple[Link, ...]
    missing: tuple[Link, ...]
    going: Markup
    ended: Markup
    going_count: int
    ended_count: int


def action_table(context: Context, actions: list[Action], caption: str) -> Markup:
    """Actions as a table that folds on a phone."""
    rows: list[list[Content]] = []
    for action in actions:
        card = context.card(action)
        title = Markup('<a href="{}">{}</a><br><span class="svag">{}</span>').format(
            card.href, card.title, card.place
        )
        why: Content = Markup('<a href="{}">{}</a>').format(card.why.href, card.why.text) if card.why else "–"
        status = Markup("{}<br>{}").format(card.status, thread_dots(context.states[action.id].thread))
        rows.append([title, status, why, card.responsible, f"{card.when[0]}: {card.when[1]}"])
    columns = ["Åtgärd", "Status och tråd", "Varför", "Ansvarig", "Nästa steg eller resultat"]
    return data_table(caption, columns, rows, hide_caption=True)


def _list(context: Context) -> Page:
    actions = context.current_actions
    going = [a for a in actions if a.status not in ENDED]
    ended = [a for a in actions if a.status in ENDED]
    ongoing = sum(a.status == "pagar" for a in actions)
    followed = sum(bool(a.uppfoljningar) for a in actions)
    page = ActionList(
        summary=f"{len(actions)} åtgärder. {ongoing} pågår, {len(ended)} är avslutade. "
        f"{followed} är uppföljda.",
        late=tuple(context.action_link(a.id) for a in actions if context.states[a.id].late),
        missing=tuple(context.action_link(a.id) for a in actions if context.states[a.id].follow_up_missing),
        going=action_table(context, going, "Åtgärder som är beslutade eller pågår"),
        ended=action_table(context, ended, "Avslutade åtgärder"),
        going_count=len(going),
        ended_count=len(ended),
    )
    html = render("actions.html.j2", page)
    words = "Alla åtgärder: vad som görs, varför, vem som ansvarar och hur det gick."
    return Page("atgarder/", "Det här gör vi", words, "atgarder", html)
