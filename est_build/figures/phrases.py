"""Sentences about actions, promises and follow-ups, in every form. Templates and builders write none of their
own: what is said about a date, a number or a result is said the same way everywhere, and is tested.

No sentence says that an action caused anything.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal

from est_build.analyse.actions import ENDED, ActionState, follow_up_due
from est_build.analyse.late import LatePicture
from est_build.analyse.promises import Promise, Tally, outcome
from est_build.figures.text import capital, number
from est_build.model.span import day
from est_build.schema.action import Action, FollowUp

Noun = Literal["atgard", "fraga", "beslut", "uppfoljning", "lofte", "lagesbild", "omrade", "rattelse", "dag"]
_NOUNS: Final[dict[str, tuple[str, str, str]]] = {
    "atgard": ("ingen åtgärd", "åtgärd", "åtgärder"),
    "fraga": ("ingen fråga", "fråga", "frågor"),
    "beslut": ("inget beslut", "beslut", "beslut"),
    "uppfoljning": ("ingen uppföljning", "uppföljning", "uppföljningar"),
    "lofte": ("inget löfte", "löfte", "löften"),
    "lagesbild": ("ingen lägesbild", "lägesbild", "lägesbilder"),
    "omrade": ("inget område", "område", "områden"),
    "rattelse": ("ingen rättelse", "rättelse", "rättelser"),
    "dag": ("ingen dag", "dag", "dagar"),
}
OUTCOMES: Final[dict[str, str]] = {
    "hallet": "Hållet",
    "sent": "Sent",
    "struket": "Struket",
    "ej_an": "Inte dags än",
}
_EFFECTS: Final[dict[str, str]] = {
    "for-tidigt": "Det är för tidigt att säga något om resultatet.",
    "forbattring": "Det har blivit bättre. Vi vet inte säkert varför.",
    "oforandrat": "Vi ser ingen förändring.",
    "forsamring": "Det har blivit sämre. Vi vet inte säkert varför.",
    "flyttat": "En del av problemet verkar ha flyttat till en annan plats.",
    "oklart": "Det går inte att avgöra om det har blivit bättre.",
    "ej-uppfoljt": "Resultatet är inte uppföljt.",
}
_BY_REPORTS: Final[dict[str, str]] = {
    "forbattring": "Rapporterna har blivit färre. Vi vet inte säkert varför.",
    "oforandrat": "Rapporterna har varken blivit fler eller färre, så vitt vi kan se.",
    "forsamring": "Rapporterna har blivit fler. Vi vet inte säkert varför.",
    "flyttat": "Rapporterna har blivit färre här och fler på en annan plats.",
}
_DELIVERY: Final[dict[str, str]] = {
    "som-planerat": "Gjort som planerat",
    "delvis": "Delvis gjort",
    "inte-gjort": "Inte gjort",
}
_DOING: Final[dict[str, tuple[str, str, str]]] = {
    "klar": ("Blev klart", "Ska vara klart", "Skulle vara klart"),
    "beslut": ("Blev klart", "Ska vara klart", "Skulle vara klart"),
    "start": ("Startade", "Ska starta", "Skulle starta"),
    "uppfoljning": ("Följdes upp", "Ska följas upp", "Skulle följas upp"),
}
_NOT_YET: Final[dict[str, str]] = {
    "klar": "Det är inte klart än.",
    "beslut": "Det är inte klart än.",
    "start": "Det har inte startat än.",
    "uppfoljning": "Ingen uppföljning är gjord.",
}


LATE: Final[str] = "Försenad"
MISSING: Final[str] = "Uppföljning saknas"
NOT_YET_FOLLOWED_UP: Final[str] = "Inte uppföljd än"
FOLLOWED_UP: Final[str] = "Följdes upp."
FIRST_DAY_MISSED: Final[str] = "Dagen som vi först lovade. Åtgärden var inte klar."
NOTHING_DUE: Final[str] = "Inget löfte kom till sitt datum sedan förra lägesbilden."


def how_many(count: int, noun: Noun) -> str:
    """``ingen åtgärd``, ``1 åtgärd``, ``14 åtgärder``."""
    none, one, many = _NOUNS[noun]
    if count == 0:
        return none
    return f"{number(count)} {one if count == 1 else many}"


def effect_sentence(effect: str, *, by_reports: bool = False) -> str:
    """What a follow-up found, in a sentence; never that the action did it.

    Args:
        effect: code of the list ``effekter``.
        by_reports: True only when the finding was made by comparing the reports before and after.
    """
    if by_reports and effect in _BY_REPORTS:
        return _BY_REPORTS[effect]
    return _EFFECTS.get(effect, _EFFECTS["oklart"])


def finding(action: Action, follow_up: FollowUp, *, comparable: bool) -> str:
    """What a follow-up found.

    Only one made by a protocol, after its last period, speaks of the reports.

    Args:
        action: the action.
        follow_up: what its people wrote when they looked back.
        comparable: True if the published reports say the same.
    """
    plan = action.protokoll
    compared = comparable and plan is not None and _last_day(plan.efter_till) < follow_up.datum
    return effect_sentence(follow_up.effekt, by_reports=compared)


def _last_day(period: str) -> dt.date:
    """The Sunday that ends ``2026-v45-46`` or ``2026-v53-2027-v01``."""
    parts = period.split("-")
    year = parts[2] if len(parts) == 4 else parts[0]
    return dt.date.fromisocalendar(int(year), int(parts[-1].removeprefix("v")), 7)


def delivery_words(delivery: str) -> str:
    """Whether it was done: the words that stand beside the symbol."""
    return _DELIVERY.get(delivery, delivery)


def goal_words(done: int, wanted: int, unit: str) -> str:
    """``4 av 11 stolpar``."""
    return f"{number(done)} av {number(wanted)} {unit}"


def now_sentence(action: Action, state: ActionState, today: dt.date) -> str:
    """Where an action stands today, with its next date."""
    if action.status == "avbruten":
        return f"{cancelled_label(action)}."
    if action.status == "overlamnad":
        return f"Överlämnad till {action.overlamnad_till or 'någon annan'}."
    if action.status == "genomford":
        done = action.klar or action.historik[-1].datum
        return f"Klart {day(done)}. {follow_up_sentence(action, state)}"
    word = {"pagar": "Pågår.", "pausad": "Pausad.", "planerad": "Planerad."}.get(action.status, "Beslutad.")
    if action.start is not None and action.start > today:
        return f"{word} Startar {day(action.start)}."
    return f"{word} {due_sentence(state, today)}"


def notes(state: ActionState) -> list[str]:
    """What stands in a frame after a status: that it is late, that nobody has looked back."""
    return [words for words, true in ((LATE, state.late), (MISSING, state.follow_up_missing)) if true]


def next_date(action: Action, state: ActionState, today: dt.date) -> tuple[str, str]:
    """What an action that is not ended waits for: a label and a date."""
    if state.due != state.first_due:
        return "Nytt datum", day(state.due)
    if action.start is not None and action.start > today:
        return "Startar", day(action.start)
    return "Klart senast", day(state.due)


def next_step(action: Action, state: ActionState, today: dt.date) -> tuple[str, str]:
    """What comes next for an action without a follow-up: a label, and a date or a name."""
    if state.follow_up_missing:
        return "Skulle följas upp", day(follow_up_due(action))
    if action.status == "avbruten":
        return "Avbruten", day(action.historik[-1].datum)
    if action.status == "overlamnad":
        return "Överlämnad till", action.overlamnad_till or "någon annan"
    if action.status == "genomford":
        ahead = state.next_follow_up
        return ("Följs upp", day(ahead)) if ahead else ("Klar", day(action.klar or action.historik[-1].datum))
    return next_date(action, state, today)


def cancelled_label(action: Action) -> str:
    """``Avbröts 2 oktober 2025``: the reason stands after it."""
    return f"Avbröts {day(action.historik[-1].datum)}"


def ready_sentence(action: Action) -> str:
    """``Åtgärden blev klar 6 november 2026.``"""
    return f"Åtgärden blev klar {day(action.klar or action.historik[-1].datum)}."


def new_date_sentence(date: dt.date) -> str:
    """``Nytt datum: 27 november 2026.``"""
    return f"Nytt datum: {day(date)}."


def missing_sentence(action: Action) -> str:
    """A follow-up that has not been made, and what is therefore not known."""
    due = day(follow_up_due(action))
    return f"Den skulle ha gjorts senast {due}. Vi vet inte om åtgärden gjorde skillnad."


def due_sentence(state: ActionState, today: dt.date) -> str:
    """When it is to be ready, was to be ready, and what has been promised since."""
    if state.due != state.first_due:
        return f"Skulle vara klart {day(state.first_due)}. {new_date_sentence(state.due)}"
    if state.due < today and state.status not in ENDED:
        return f"Skulle vara klart {day(state.due)}. Det är inte klart än."
    return f"Klart senast {day(state.due)}."


def follow_up_sentence(action: Action, state: ActionState) -> str:
    """What is known about the follow-up of an action, also when there will be none."""
    if action.uppfoljningar:
        last = f"Uppföljt {day(action.uppfoljningar[-1].datum)}."
        return f"{last} Nästa gång {day(state.next_follow_up)}." if state.next_follow_up else last
    if action.status == "avbruten":
        return "Åtgärden avbröts och följs inte upp."
    if action.status == "overlamnad":
        return "Åtgärden är överlämnad. Vi följer inte upp den här."
    if state.follow_up_missing:
        return f"{MISSING}. Den skulle ha gjorts {day(follow_up_due(action))}."
    if state.next_follow_up is not None:
        return f"Följs upp {day(state.next_follow_up)}."
    return f"{NOT_YET_FOLLOWED_UP}."


def promise_sentence(promise: Promise, today: dt.date) -> str:
    """How a promise went, as it stood on ``today``."""
    did, will, should = _DOING[promise.sort]
    how = outcome(promise, today)
    if how == "struket" and promise.dropped is not None:
        why = f" {promise.why_dropped}" if promise.why_dropped else ""
        return f"Ströks {day(promise.dropped)}.{why}"
    done = promise.done if promise.done is not None and promise.done <= today else None
    if how == "hallet" and done is not None:
        return f"{did} {day(done)}, i tid."
    if done is not None:
        return f"{did} {day(done)}. Lovat till {day(promise.due)}."
    if how == "sent":
        return f"{should} {day(promise.due)}. {_NOT_YET[promise.sort]}"
    return f"{will} {day(promise.due)}."


def tally_sentence(found: Tally) -> str:
    """How the promises went together: ``5 av 7 löften hölls i tid. 1 blev sent och 1 ströks.``"""
    if not found.settled:
        return "Inget löfte har kommit till sitt datum än."
    if found.settled == 1:
        words = {(1, 0): "hölls i tid", (0, 1): "blev sent"}.get((found.kept, found.late), "ströks")
        return f"Ett löfte hade kommit till sitt datum. Det {words}."
    if found.kept == found.settled == 2:
        return "Båda löftena hölls i tid."
    if found.kept == found.settled:
        return f"Alla {number(found.settled)} löften hölls i tid."
    kept = "Inget" if not found.kept else number(found.kept)
    first = f"{kept} av {number(found.settled)} löften hölls i tid."
    rest = [
        f"{number(count)} {one if count == 1 else many}"
        for count, one, many in (
            (found.late, "blev sent", "blev sena"),
            (found.dropped, "ströks", "ströks"),
        )
        if count
    ]
    return f"{first} {' och '.join(rest)}."


def still_late_words(count: int) -> str:
    """Promises that have been late since an earlier picture: ``2 löften är fortfarande sena.``"""
    return f"{capital(how_many(count, 'lofte'))} är fortfarande {'sena' if count > 1 else 'sent'}."


def late_words(count: int) -> str:
    """``Ingen åtgärd är försenad.``, ``1 åtgärd är försenad.``, ``2 åtgärder är försenade.``"""
    return f"{capital(how_many(count, 'atgard'))} är {'försenade' if count > 1 else 'försenad'}."


def missing_words(count: int) -> str:
    """``Ingen uppföljning saknas.``, ``1 åtgärd saknar uppföljning.``"""
    return f"{how_many(count, 'atgard')} saknar uppföljning." if count else "Ingen uppföljning saknas."


def late_picture_sentence(late: LatePicture) -> str:
    """A picture that has not come."""
    return f"Nästa lägesbild är försenad. Den skulle ha kommit {day(late.promised)}."
