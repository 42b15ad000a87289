"""What the analysis says, in sentences, in Swedish and English.

Templates and builders write none of their own.

No sentence says that an action caused anything, that a place is worse than another, or that little data
means that nothing happened. Changes in small counts are told as counts, not as shares.
"""

from __future__ import annotations

import math
from typing import Final, Literal

from est_build.analyse.between import Between
from est_build.analyse.direction import Change, Direction, Stretch
from est_build.analyse.rule import PUBLIC
from est_build.analyse.share import Scope
from est_build.analyse.usual import State, Usual
from est_build.analyse.verdict import Tally, Verdict
from est_build.figures.text import capital, interval, number

Lang = Literal["sv", "en"]
Kind = Literal["period", "kvartal"]

STATES: Final[dict[State, tuple[str, str]]] = {
    State.NY: ("Nytt", "New"),
    State.FLER: ("Fler än vanligt", "More than usual"),
    State.INOM: ("Inom det vanliga", "Within the usual range"),
    State.FARRE: ("Färre än vanligt", "Fewer than usual"),
    State.FOR_LITE: ("För lite underlag", "Not enough data"),
    State.DOLD: ("Under visningsgränsen", "Below the display limit"),
    State.INGEN_INSAMLING: ("Ingen insamling", "No collection"),
}
DIRECTIONS: Final[dict[Direction, tuple[str, str]]] = {
    Direction.OKAR: ("Ökar", "Increasing"),
    Direction.MINSKAR: ("Minskar", "Decreasing"),
    Direction.INGEN_STOR: ("Ingen stor förändring", "No large change"),
    Direction.KAN_EJ: ("Går inte att säga", "Cannot tell"),
    Direction.FOR_LITE: ("För lite underlag", "Not enough data"),
}
RULE: Final = (
    "Vi markerar bara ett antal som är högre eller lägre än slumpen brukar ge jämfört med de 13 perioderna "
    "innan, både i antal och räknat per svar. Gränsen är satt så att slumpen ensam ger högst ungefär en "
    "markering per period.",
    "We only flag a count that is higher or lower than chance usually gives compared with the 13 previous "
    "periods, both as a number and per response. The limit is set so that chance alone gives at most about "
    "one flag per period.",
)
"""The rule in one sentence."""
_SPANS: Final[dict[tuple[Kind, Lang], tuple[str, str]]] = {
    ("period", "sv"): ("period", "perioder"),
    ("period", "en"): ("period", "periods"),
    ("kvartal", "sv"): ("kvartal", "kvartal"),
    ("kvartal", "en"): ("quarter", "quarters"),
}


def pick(pair: tuple[str, str], lang: Lang) -> str:
    """The Swedish or the English of a pair."""
    return pair[0] if lang == "sv" else pair[1]


def state_word(state: State, lang: Lang = "sv") -> str:
    """The word for a level: ``Fler än vanligt``."""
    return pick(STATES[state], lang)


def direction_word(direction: Direction, lang: Lang = "sv") -> str:
    """The word for a direction: ``Ökar``."""
    return pick(DIRECTIONS[direction], lang)


def reports(count: Between, lang: Lang = "sv") -> str:
    """``25–29 rapporter``, ``1 rapport``, ``inga rapporter``; a count that is not shown has no number."""
    if not count.shown:
        return pick(("under visningsgränsen", "below the display limit"), lang)
    if count.high == 0:
        return pick(("inga rapporter", "no reports"), lang)
    if count.low == count.high == 1:
        return pick(("1 rapport", "1 report"), lang)
    words = pick(("rapporter", "reports"), lang)
    if not count.full:
        # A part of a sum is hidden: nobody knows its upper end, only what we reckon with.
        return f"{pick(('minst', 'at least'), lang)} {number(count.low)} {words}"
    return f"{interval(count.low, count.high)} {words}"


def spans(count: int, kind: Kind, lang: Lang = "sv") -> str:
    """``inga perioder``, ``1 period``, ``13 perioder``; ``2 kvartal``."""
    one, many = _SPANS[kind, lang]
    none = f"{pick(('inga', 'no'), lang)} {many}"
    return none if count == 0 else f"{number(count)} {one if count == 1 else many}"


# ---- the usual range -----------------------------------------------------------------------------


def usual_sentence(usual: Usual, kind: Kind = "period", lang: Lang = "sv") -> str:
    """What is said of a count against its usual range."""
    now, band = usual.now, usual.band
    if now is None or usual.state is State.INGEN_INSAMLING:
        return pick(("Ingen insamling.", "No collection."), lang)
    if usual.state is State.DOLD:
        return pick(
            ("Under visningsgränsen. Det kan vara noll.", "Below the display limit. It may be zero."), lang
        )
    if usual.state is State.FOR_LITE or band is None:
        return _not_judged(usual, kind, lang)
    count = capital(reports(now.count, lang))
    span = interval(band.low, band.high)
    if usual.state is State.NY:
        before = spans(len(usual.history), kind, lang)
        return pick(
            (f"{count}. Under {before} innan kom inga rapporter.", f"{count}. None in {before} before."), lang
        )
    if usual.state is State.INOM:
        return _within(usual, count, span, lang)
    more = usual.state is State.FLER
    swedish = "Ökningen" if more else "Minskningen"
    english = "increase" if more else "decrease"
    return pick(
        (
            f"{count}. Vanligt spann är {span}. {swedish} syns även räknat per svar.",
            f"{count}. The usual range is {span}. The {english} is also seen per response.",
        ),
        lang,
    )


def _within(usual: Usual, count: str, span: str, lang: Lang) -> str:
    now, band = usual.now, usual.band
    if usual.only_as_count:
        return _more_answered(usual, count, lang)
    if now is not None and band is not None and not band.low <= now.count.low <= now.count.high <= band.high:
        return pick(
            (
                f"{count}. Vanligt spann är {span}. Antalet kan ligga inom det, så vi markerar det inte.",
                f"{count}. The usual range is {span}. The number may be within it, so we do not flag it.",
            ),
            lang,
        )
    return pick((f"{count}, inom det vanliga ({span}).", f"{count}, within the usual range ({span})."), lang)


def _more_answered(usual: Usual, count: str, lang: Lang) -> str:
    """More reports, but no more per answer: the first thing a reader would get wrong."""
    sure = usual.state is State.INOM
    swedish = "är det inom det vanliga" if sure else "kan vi inte säga att det är fler"
    english = "it is within the usual range" if sure else "we cannot tell that it is more"
    return pick(
        (
            f"{count}. Det är fler än vanligt, men fler svarade också. Räknat per svar {swedish}.",
            f"{count}. That is more than usual, but more people answered too. Per response {english}.",
        ),
        lang,
    )


def _not_judged(usual: Usual, kind: Kind, lang: Lang) -> str:
    many = len(usual.history)
    least = PUBLIC.shortest
    if usual.reason == "perioder":
        known = f"bara {spans(many, kind)}" if many else spans(0, kind)
        english = f"only {spans(many, kind, 'en')}" if many else spans(0, kind, "en")
        return pick(
            (
                f"Det finns {known} att jämföra med. Minst {least} behövs.",
                f"There are {english} to compare with. At least {least} are needed.",
            ),
            lang,
        )
    if usual.reason == "dolda":
        hidden = sum(not o.count.shown for o in usual.history)
        return pick(
            (
                f"{number(hidden)} av {spans(many, kind)} innan är under visningsgränsen. "
                "Vi bedömer inte nivån.",
                f"{number(hidden)} of {spans(many, kind, 'en')} before are below the display limit. "
                "We do not judge the level.",
            ),
            lang,
        )
    if usual.reason == "deltagande":
        return pick(
            (
                "Antalet svar innan visas inte. Vi bedömer inte nivån.",
                "The number of responses before is not shown. We do not judge the level.",
            ),
            lang,
        )
    if usual.reason == "fa_svar":
        return _few_answered(usual, lang)
    if usual.only_as_count and usual.now is not None:
        return _more_answered(usual, capital(reports(usual.now.count, lang)), lang)
    return pick(
        (
            "För få rapporter för att bedöma. Inte ens en tredubbling hade säkert synts.",
            "Too few reports to judge. Not even a tripling would surely have been seen.",
        ),
        lang,
    )


def _few_answered(usual: Usual, lang: Lang) -> str:
    now, then = usual.now, usual.answers_usual
    if now is None or then is None or not now.answers.shown:
        return pick(("Få svarade. Vi bedömer inte nivån.", "Few answered. We do not judge the level."), lang)
    few, many = interval(now.answers.low, now.answers.high), interval(then.low, then.high)
    return pick(
        (
            f"Få svarade ({few} mot vanligen {many}). Vi bedömer inte nivån.",
            f"Few answered ({few}, usually {many}). We do not judge the level.",
        ),
        lang,
    )


def notes(verdict: Verdict, kind: Kind = "period", lang: Lang = "sv") -> tuple[str, ...]:
    """What a reader must know beside the sentence: preliminary range, season, where it is seen."""
    usual = verdict.usual
    found = []
    if usual.band is not None and usual.band.dashed and usual.judged:
        found.append(
            pick(
                (
                    f"Spannet är preliminärt: det bygger på {spans(len(usual.history), kind)}.",
                    f"The range is preliminary: it is based on {spans(len(usual.history), kind, 'en')}.",
                ),
                lang,
            )
        )
    if usual.marked and verdict.season:
        found.append(
            pick(
                (
                    "Det kan bero på årstiden. Vi har inte ett helt år att jämföra med.",
                    "It may be the season. We do not have a whole year to compare with.",
                ),
                lang,
            )
        )
    where = scope_sentence(verdict, lang)
    found += [where] if where else []
    if usual.marked and usual.holds and not all(o.count.exact for o in usual.history):
        found.append(
            pick(
                (
                    "Det gäller vilka antalen inom spannen än är.",
                    "It holds whatever the numbers inside the intervals are.",
                ),
                lang,
            )
        )
    return tuple(found)


def scope_sentence(verdict: Verdict, lang: Lang = "sv") -> str:
    """Where a rise is seen; empty if it cannot be told."""
    small = verdict.series.level.startswith("omrade")
    if verdict.scope is Scope.LOKALT:
        there = "i resten av kommunen" if small else "i de andra kommunerna"
        english = "in the rest of the municipality" if small else "in the other municipalities"
        return pick((f"Ökningen är större än {there}.", f"The increase is larger than {english}."), lang)
    if verdict.scope is Scope.OVERALLT:
        there = "i resten av kommunen" if small else "i de andra kommunerna"
        english = "in the rest of the municipality" if small else "in the other municipalities"
        return pick((f"Ökningen syns även {there}.", f"The increase is also seen {english}."), lang)
    return ""


def tally_sentence(tally: Tally, kind: Kind = "period", lang: Lang = "sv") -> str:
    """``Denna period: 2 markeringar av 412 bedömda. Slumpen ensam ger högst ungefär 1.``"""
    when = pick(
        ("Denna period", "This period") if kind == "period" else ("Detta kvartal", "This quarter"), lang
    )
    if tally.judged == 0:
        return pick((f"{when}: inget gick att bedöma.", f"{when}: nothing could be judged."), lang)
    many = number(tally.marks) if tally.marks else pick(("ingen", "no"), lang)
    mark = ("markering", "flag") if tally.marks == 1 else ("markeringar", "flags")
    if tally.marks == 0:
        mark = ("markering", "flags")
    judged = f"{number(tally.judged)} {'bedömd' if tally.judged == 1 else 'bedömda'}"
    chance = number(max(1, math.ceil(tally.by_chance - 1e-9)))
    return pick(
        (
            f"{when}: {many} {mark[0]} av {judged}. Slumpen ensam ger högst ungefär {chance}.",
            f"{when}: {many} {mark[1]} among {number(tally.judged)} judged. "
            f"Chance alone gives at most about {chance}.",
        ),
        lang,
    )


# ---- direction -----------------------------------------------------------------------------------


def direction_sentence(change: Change, lang: Lang = "sv") -> str:
    """Where a series is going over a quarter."""
    now, then = change.now, change.then
    word = direction_word(change.direction, lang)
    if change.direction is Direction.KAN_EJ:
        return pick(
            (f"{word}. Skillnaden kan bero på slumpen.", f"{word}. The difference may be chance."), lang
        )
    if now is None or then is None:
        return pick(("För få kvartal att jämföra med.", "Too few quarters to compare with."), lang)
    if change.direction is Direction.FOR_LITE:
        return pick(
            (
                "För få rapporter för att säga något om riktningen.",
                "Too few reports to say anything about the direction.",
            ),
            lang,
        )
    if change.direction is Direction.INGEN_STOR:
        return pick(
            (
                f"{word}. Vi kan utesluta en halvering och en fördubbling.",
                f"{word}. We can rule out a halving and a doubling.",
            ),
            lang,
        )
    return f"{word}: {_compared(now, then, change.last_year, lang)}"


def _compared(now: Stretch, then: Stretch, last_year: bool, lang: Lang) -> str:
    count, before = reports(now.count, lang), reports(then.count, lang).rsplit(" ", 1)[0]
    if last_year:
        return pick(
            (
                f"{count}, mot {before} samma kvartal i fjol.",
                f"{count}, against {before} in the same quarter last year.",
            ),
            lang,
        )
    return pick(
        (
            f"{count} på {spans(now.fortnights, 'period')}, mot {before} på de {then.fortnights} innan. "
            "Det kan bero på årstiden.",
            f"{count} in {spans(now.fortnights, 'period', 'en')}, against {before} in the {then.fortnights} "
            "before. It may be the season.",
        ),
        lang,
    )
