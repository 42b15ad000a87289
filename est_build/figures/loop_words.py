"""More sentences of the loop, in every form: lists of actions, the thread of an issue, plan and law."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from est_build.analyse.law import CYCLE, Clock, Standing
from est_build.figures.axis import MONTH_SHORT
from est_build.figures.phrases import how_many
from est_build.figures.text import capital, number

STANDINGS: Final[dict[Standing, str]] = {
    "finns": "Finns",
    "delvis": "Delvis",
    "saknas": "Saknas",
    "snart": "Dags snart",
    "forsenad": "Försenad",
    "frivilligt": "Frivilligt",
    "okant": "Redovisas inte här",
}
_STATUS_COUNTS: Final[tuple[tuple[str, str, str], ...]] = (
    ("beslutad", "är beslutad", "är beslutade"),
    ("planerad", "är planerad", "är planerade"),
    ("pagar", "pågår", "pågår"),
    ("pausad", "är pausad", "är pausade"),
    ("genomford", "är klar men inte uppföljd", "är klara men inte uppföljda"),
    ("uppfoljd", "är klar och uppföljd", "är klara och uppföljda"),
    ("avbruten", "är avbruten", "är avbrutna"),
    ("overlamnad", "är överlämnad", "är överlämnade"),
)
_RESULTS: Final[tuple[tuple[str, str], ...]] = (
    ("forbattring", "Det blev bättre"),
    ("oforandrat", "Ingen förändring syntes"),
    ("forsamring", "Det blev sämre"),
    ("flyttat", "Problemet flyttade"),
    ("oklart", "Gick inte att avgöra"),
    ("for-tidigt", "För tidigt att säga"),
    ("vantar", "Inte uppföljd än"),
    ("saknas", "Uppföljning saknas"),
    ("avbruten", "Blev inte av"),
    ("overlamnad", "Överlämnad till någon annan"),
)


def month_words(day: dt.date) -> str:
    """``okt 2026``: under a knot there is no room for ``september``."""
    return f"{MONTH_SHORT[day.month - 1]} {day.year}"


def status_sentence(counts: Mapping[str, int]) -> str:
    """``28 åtgärder. 6 pågår, 2 är planerade och 1 är avbruten.`` in the order of the work."""
    every = sum(counts.values())
    if not every:
        return "Ingen åtgärd är beslutad än."
    found = [(counts[code], one, many) for code, one, many in _STATUS_COUNTS if counts.get(code)]
    if len(found) == 1:
        _, one, many = found[0]
        return f"{capital(how_many(every, 'atgard'))}. {f'Den {one}' if every == 1 else f'Alla {many}'}."
    parts = [f"{number(count)} {one if count == 1 else many}" for count, one, many in found]
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} och {parts[-1]}"
    return f"{capital(how_many(every, 'atgard'))}. {listed}."


def result_rows(counts: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    """How ended actions went: label and count for each result that there is; bad results as any other."""
    return tuple((label, number(counts[code])) for code, label in _RESULTS if counts.get(code))


def months_left(clock: Clock) -> str:
    """``drygt 6 månader kvar``, ``22 dagar kvar``, ``sista dagen i dag``, ``tiden har gått ut``."""
    if clock.days < 0:
        return "tiden har gått ut"
    if clock.days == 0:
        return "sista dagen är i dag"
    if clock.left < 1:
        return f"{number(clock.days)} {'dag' if clock.days == 1 else 'dagar'} kvar"
    return "drygt en månad kvar" if clock.left == 1 else f"drygt {number(clock.left)} månader kvar"


def clock_words(clock: Clock) -> str:
    """``17 av 24 månader har gått, drygt 6 månader kvar``."""
    return f"{number(clock.passed)} av {CYCLE} månader har gått, {months_left(clock)}"


def priority_word(need: int, influence: int) -> str:
    """Need and possibility to influence (1-3 each) as one word: ``hög``, ``medel`` or ``låg``."""
    product = need * influence
    return "hög" if product >= 6 else "medel" if product >= 3 else "låg"


def threads_sentence(going: int, whole: int, loose: int) -> str:
    """``3 trådar är på väg, 2 är hela och 1 är lös.``"""
    every = going + whole + loose
    if not every:
        return "Ingen fråga följdes under kvartalet."
    parts = [
        f"{number(count)} {words}"
        for count, words in (
            (going, "är på väg"),
            (whole, "är hel" if whole == 1 else "är hela"),
            (loose, "är lös" if loose == 1 else "är lösa"),
        )
        if count
    ]
    head, *rest = parts
    noun = "tråd" if head.startswith("1 ") else "trådar"
    count, _, words = head.partition(" ")
    first = f"{count} {noun} {words}"
    return f"{first}." if not rest else f"{', '.join([first, *rest[:-1]])} och {rest[-1]}."


def plans_sentence(whole: int, towns: int) -> str:
    """``4 av 5 kommuner har en lägesbild och en plan i tid.``"""
    if whole == towns:
        return "Alla kommuner har en lägesbild och en plan som gäller."
    if not whole:
        return "Ingen kommun har både en lägesbild och en plan som gäller."
    return f"{number(whole)} av {number(towns)} kommuner har en lägesbild och en plan som gäller."


def unknown_result(action_status: str, *, followed: bool, effect: str = "", missing: bool = False) -> str:
    """What is not known of an action, whatever its state."""
    if action_status == "avbruten":
        return "Om åtgärden hade gjort skillnad. Den blev inte av."
    if action_status == "overlamnad":
        return "Hur det går hos den som har tagit över."
    if missing:
        return "Om åtgärden gjorde skillnad. Ingen har tittat efter än."
    if not followed:
        return "Om åtgärden gör skillnad. Det vet vi tidigast efter uppföljningen."
    if effect in {"for-tidigt", "ej-uppfoljt"}:
        return "Om åtgärden gör skillnad. Det har gått för kort tid, eller så saknas underlag."
    if effect == "flyttat":
        return "Varför problemet syns på en annan plats, och om det är samma problem."
    return "Om något annat också påverkade, till exempel årstid eller hur många som svarade."


def issues_sentence(going: int, closed: int) -> str:
    """``Vi följer 8 frågor. 7 frågor är stängda.``"""
    shut = f"{capital(how_many(closed, 'fraga'))} är {'stängda' if closed > 1 else 'stängd'}."
    return f"Vi följer {how_many(going, 'fraga')}. {shut}"


def idle_words(count: int) -> str:
    """``1 fråga har ingen åtgärd.``, ``Alla frågor har minst en åtgärd.``"""
    return (
        f"{capital(how_many(count, 'fraga'))} har ingen åtgärd."
        if count
        else "Alla frågor har minst en åtgärd."
    )


def unclear_words(count: int) -> str:
    """What is not known of the actions that have been followed up; ``count`` could not be judged."""
    if not count:
        return "Om något annat också påverkade där det blev bättre eller sämre."
    return f"Om {how_many(count, 'atgard')} som vi har följt upp gjorde någon skillnad."


def going_sentence(going: int, ended: int) -> str:
    """``28 åtgärder. 8 pågår eller väntar och 20 är avslutade.``"""
    if not going + ended:
        return "Ingen åtgärd är beslutad än."
    every = f"{capital(how_many(going + ended, 'atgard'))}."
    closed = "avslutad" if ended == 1 else "avslutade"
    if going and ended:
        return f"{every} {number(going)} pågår eller väntar och {number(ended)} är {closed}."
    one = going + ended == 1
    if going:
        return f"{every} {'Den' if one else 'Alla'} pågår eller väntar."
    return f"{every} {'Den' if one else 'Alla'} är {closed}."
