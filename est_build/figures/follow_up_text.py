"""What a follow-up in numbers says, in Swedish and English. Never that the action did it."""

from __future__ import annotations

from typing import Final

from est_build.analyse.between import Between
from est_build.analyse.followup import (
    LEAST_COMPARED,
    LEAST_PERIODS,
    LEAST_TREATED,
    FollowUp,
    Material,
    Outcome,
    Sides,
    Span,
)
from est_build.figures.text import decimal, interval, number
from est_build.figures.verdict_text import Lang, pick

_SHORT: Final[dict[Outcome, tuple[str, str]]] = {
    Outcome.BROTT: (
        "Sättet att räkna ändrades mellan före och efter. Därför går rapporterna inte att jämföra.",
        "The way of counting changed between before and after. The reports cannot be compared.",
    ),
    Outcome.EJ_AN: ("Tiden efter är inte slut än.", "The time after is not over yet."),
    Outcome.EJ_PUBLICERAT: (
        "De siffror som uppföljningen behöver publiceras inte.",
        "The figures that the follow-up needs are not published.",
    ),
}


def outcome_sentence(found: FollowUp, lang: Lang = "sv") -> str:
    """What the numbers say of an action, in one to three sentences."""
    if found.outcome in _SHORT:
        return pick(_SHORT[found.outcome], lang)
    material = found.material
    if material is None:
        return pick(_SHORT[Outcome.EJ_PUBLICERAT], lang)
    if found.outcome in (Outcome.FARRE, Outcome.FLER):
        return _differs(found, material, lang)
    if found.outcome is Outcome.KAN_EJ:
        return _cannot_tell(found, material, lang)
    return _too_few(found, material, lang)


def count_words(count: Between, lang: Lang = "sv") -> str:
    """``22``, ``100–124``, ``minst 15``, ``under visningsgränsen``."""
    if not count.shown:
        return pick(("under visningsgränsen", "below the display limit"), lang)
    if not count.full:
        return f"{pick(('minst', 'at least'), lang)} {number(count.low)}"
    return interval(count.low, count.high)


def change_words(span: Span, lang: Lang = "sv") -> str:
    """A ratio on one side of 1: ``15–71 % färre``, ``10–60 % fler``, ``1,1–15 gånger så många``."""
    if span.high <= 1:
        ends = interval(_percent(1 - span.high), _percent(1 - span.low))
        return pick((f"{ends} % färre", f"{ends}% fewer"), lang)
    if span.high <= 2:
        ends = interval(_percent(span.low - 1), _percent(span.high - 1))
        return pick((f"{ends} % fler", f"{ends}% more"), lang)
    low, high = _times(span.low, lang), _times(span.high, lang)
    return pick((f"{low}–{high} gånger så många", f"{low}–{high} times as many"), lang)


def moved_sentence(found: FollowUp, lang: Lang = "sv") -> str:
    """What is seen in the areas to which a problem might move; empty without such areas."""
    if found.moved is None or found.material is None or found.material.displacement is None:
        return ""
    sides = _sides(found.material.displacement, lang)
    words = {
        Outcome.FLER: (
            f"I områdena intill blev rapporterna fler än väntat ({sides}). Problemet kan ha flyttat.",
            f"In the areas nearby reports became more than expected ({sides}). The problem may have moved.",
        ),
        Outcome.FARRE: (
            f"Även i områdena intill blev rapporterna färre än väntat ({sides}).",
            f"In the areas nearby reports became fewer than expected too ({sides}).",
        ),
    }
    unsure = (
        f"Vi kan inte säga om något flyttade till områdena intill ({sides}).",
        f"We cannot tell if anything moved to the areas nearby ({sides}).",
    )
    return pick(words.get(found.moved, unsure), lang)


def fall_sentence(found: FollowUp, lang: Lang = "sv") -> str:
    """What could be seen at all with as many reports as there were before."""
    if found.material is None:
        return ""
    if found.smallest_fall is None:
        return pick(
            (
                "Med dagens antal rapporter kan vi inte upptäcka någon förändring i siffror.",
                "With as many reports as today we cannot detect any change in numbers.",
            ),
            lang,
        )
    return pick(
        (
            "Med dagens antal rapporter kan vi bara upptäcka en förändring om de minskar med minst "
            f"{found.smallest_fall} %.",
            "With as many reports as today we can only detect a change if they fall by at least "
            f"{found.smallest_fall}%.",
        ),
        lang,
    )


def difference_sentence(found: FollowUp, lang: Lang = "sv") -> str:
    """The change in reports less that of the comparison areas; empty if it was not computed."""
    if found.difference is None:
        return ""
    low, high = _signed(found.difference.low, lang), _signed(found.difference.high, lang)
    return pick(
        (
            f"Räknat i antal: från {low} till {high} än om området hade ändrats lika mycket som "
            "jämförelseområdena.",
            f"In numbers: from {low} to {high} than if the area had changed as much as the comparison areas.",
        ),
        lang,
    )


def caveats(found: FollowUp, lang: Lang = "sv") -> tuple[str, ...]:
    """What weakens the comparison."""
    words = []
    if found.participation_changed:
        words.append(
            pick(
                (
                    "Antalet svar skiljer sig mer än en fjärdedel före och efter. Det kan påverka "
                    "jämförelsen.",
                    "The number of responses differs by more than a quarter before and after. "
                    "That may affect the comparison.",
                ),
                lang,
            )
        )
    if found.hidden:
        words.append(
            pick(
                (
                    "En del av underlaget är under visningsgränsen. "
                    "Där har vi räknat med allt från noll till gränsen.",
                    "A part of the figures is below the display limit. There we have reckoned with anything "
                    "from zero to the limit.",
                ),
                lang,
            )
        )
    return tuple(words)


def _differs(found: FollowUp, material: Material, lang: Lang) -> str:
    if found.expected is None or found.interval is None:
        return ""
    after = count_words(material.treated.after, lang)
    expected = interval(round(found.expected.low), round(found.expected.high))
    change = change_words(found.interval, lang)
    fewer = found.outcome is Outcome.FARRE
    return pick(
        (
            f"{'Färre' if fewer else 'Fler'} rapporter än väntat: {after}, mot ungefär {expected} om området "
            f"hade följt jämförelseområdena (osäkerhet: {change}). Andra orsaker kan inte uteslutas.",
            f"{'Fewer' if fewer else 'More'} reports than expected: {after}, against about {expected} if the "
            f"area had followed the comparison areas (uncertainty: {change}). Other causes cannot be "
            "ruled out.",
        ),
        lang,
    )


def _cannot_tell(found: FollowUp, material: Material, lang: Lang) -> str:
    if found.interval is None:
        return ""
    treated, compared = _sides(material.treated, lang), _sides(material.comparison, lang)
    low, high = found.interval.low, found.interval.high
    fewer = pick((f"{_percent(1 - low)} % färre", f"{_percent(1 - low)}% fewer"), lang)
    if high <= 2:
        more = pick((f"{_percent(high - 1)} % fler", f"{_percent(high - 1)}% more"), lang)
    else:
        more = pick((f"{_times(high, lang)} gånger så många", f"{_times(high, lang)} times as many"), lang)
    return pick(
        (
            f"Vi kan inte säga om åtgärden gjorde skillnad. Rapporterna var {treated}; i "
            f"jämförelseområdena {compared}. Så stora skillnader är vanliga av ren slump (förändringen kan "
            f"vara allt från {fewer} till {more}).",
            f"We cannot tell if the action made a difference. The reports were {treated}; in the comparison "
            f"areas {compared}. Differences this large are common by pure chance (the change may be anything "
            f"from {fewer} to {more}).",
        ),
        lang,
    )


def _too_few(found: FollowUp, material: Material, lang: Lang) -> str:
    if found.outcome is Outcome.FOR_FA_PERIODER:
        a, b = material.periods_before, material.periods_after
        return pick(
            (
                f"För få perioder för att följa upp i siffror ({a} före och {b} efter; minst "
                f"{LEAST_PERIODS} behövs).",
                f"Too few periods to follow up in numbers ({a} before and {b} after; at least "
                f"{LEAST_PERIODS} are needed).",
            ),
            lang,
        )
    if found.outcome is Outcome.FOR_FA_JAMFORELSE:
        before = count_words(material.comparison.before, lang)
        return pick(
            (
                f"För få rapporter i jämförelseområdena för att följa upp i siffror ({before} före; minst "
                f"{LEAST_COMPARED} behövs).",
                f"Too few reports in the comparison areas to follow up in numbers ({before} before; at least "
                f"{LEAST_COMPARED} are needed).",
            ),
            lang,
        )
    before = count_words(material.treated.before, lang)
    half = interval(*(-(-n // 5) * 5 for n in found.to_see_half))
    return pick(
        (
            f"För få rapporter för att följa upp i siffror ({before} före; minst {LEAST_TREATED} behövs, "
            f"ungefär {half} för att kunna se en halvering).",
            f"Too few reports to follow up in numbers ({before} before; at least {LEAST_TREATED} are needed, "
            f"about {half} to be able to see a halving).",
        ),
        lang,
    )


def _sides(sides: Sides, lang: Lang) -> str:
    before, after = count_words(sides.before, lang), count_words(sides.after, lang)
    return pick((f"{before} före och {after} efter", f"{before} before and {after} after"), lang)


def _percent(share: float) -> int:
    return round(100 * share)


def _times(ratio: float, lang: Lang) -> str:
    words = decimal(ratio, 1) if ratio < 10 else number(round(ratio))
    return words if lang == "sv" else words.replace(",", ".")


def _signed(count: float, lang: Lang) -> str:
    words = ("färre", "fewer") if count < 0 else ("fler", "more")
    return f"{number(abs(round(count)))} {pick(words, lang)}"
