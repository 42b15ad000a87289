"""The sentences: those of the design word for word, right for nought, one and many, and never a cause."""

from __future__ import annotations

import dataclasses
import re
from typing import get_args

import pytest

from est_build.analyse.between import Between, exactly
from est_build.analyse.direction import Change, Direction, Stretch, change
from est_build.analyse.followup import FollowUp, Material, Outcome, Sides, follow_up, planned
from est_build.analyse.lines import SeriesId
from est_build.analyse.share import Scope
from est_build.analyse.usual import Reason, State, Usual
from est_build.analyse.verdict import Tally, Verdict
from est_build.figures import follow_up_text as follow
from est_build.figures import verdict_text as words
from tests.analyse.making import MIDDLE, history, observed, rung, verdict

CAUSE = re.compile(
    r"tack vare|effekt av|bevis|säkerställ|minskade rapport|ökade rapport|brottslighet|tryggast|otryggast|"
    r"thanks to|effect of|caused|because of|prove|crime|safest",
    re.IGNORECASE,
)


def material(t0: int, t1: int, c0: int, c1: int, periods: int = 6) -> Material:
    return Material(Sides(exactly(t0), exactly(t1)), Sides(exactly(c0), exactly(c1)), periods, periods)


# ---- the usual range -----------------------------------------------------------------------------


def test_more_than_usual() -> None:
    found = verdict(observed(40), history([10] * 13))
    assert found.band is not None
    assert words.usual_sentence(found) == (
        f"40 rapporter. Vanligt spann är {found.band.low}–{found.band.high}. "
        "Ökningen syns även räknat per svar."
    )
    assert "also seen per response" in words.usual_sentence(found, lang="en")


def test_within_the_usual() -> None:
    found = verdict(observed(Between(10, 14)), history([rung(12)] * 13), MIDDLE)
    assert found.band is not None
    assert words.usual_sentence(found) == f"10–14 rapporter, inom det vanliga (5–{found.band.high})."


def test_more_people_who_answer() -> None:
    found = verdict(observed(40, 320), history([10] * 13))
    assert found.state is State.FOR_LITE
    assert words.usual_sentence(found) == (
        "40 rapporter. Det är fler än vanligt, men fler svarade också. Räknat per svar kan vi inte säga "
        "att det är fler."
    )
    many = verdict(observed(90, 160), history([40] * 13))
    assert many.state is State.INOM
    assert words.usual_sentence(many).endswith("Räknat per svar är det inom det vanliga.")


def test_new_and_nothing() -> None:
    assert words.usual_sentence(verdict(observed(9), history([0] * 13))) == (
        "9 rapporter. Under 13 perioder innan kom inga rapporter."
    )
    assert words.usual_sentence(Usual(State.INGEN_INSAMLING)) == "Ingen insamling."
    assert words.usual_sentence(verdict(observed(rung(0)), history([9] * 13))).startswith(
        "Under visningsgränsen"
    )


@pytest.mark.parametrize(
    ("many", "text"),
    [
        (0, "Det finns inga perioder att jämföra med. Minst 6 behövs."),
        (1, "Det finns bara 1 period att jämföra med. Minst 6 behövs."),
        (5, "Det finns bara 5 perioder att jämföra med. Minst 6 behövs."),
    ],
)
def test_too_few_periods(many: int, text: str) -> None:
    assert words.usual_sentence(verdict(observed(9), history([9] * many))) == text


def test_too_few_reports_or_answers() -> None:
    assert words.usual_sentence(verdict(observed(3), history([1] * 13))) == (
        "För få rapporter för att bedöma. Inte ens en tredubbling hade säkert synts."
    )
    assert words.usual_sentence(verdict(observed(12, 30), history([12] * 13, [82] * 13))) == (
        "Få svarade (30 mot vanligen 82). Vi bedömer inte nivån."
    )
    strict = dataclasses.replace(MIDDLE, shown_share=0.5)
    half = history([rung(0)] * 7 + [rung(9)] * 6)
    assert words.usual_sentence(verdict(observed(rung(9)), half, strict)) == (
        "7 av 13 perioder innan är under visningsgränsen. Vi bedömer inte nivån."
    )


def test_a_sum_across_the_edge_is_not_called_usual() -> None:
    found = verdict(observed(Between(30, 70)), history([Between(28, 32)] * 13), MIDDLE)
    assert found.state is State.INOM
    assert words.usual_sentence(found).endswith("Antalet kan ligga inom det, så vi markerar det inte.")


def test_a_part_that_is_hidden_opens_the_upper_end() -> None:
    assert words.reports(Between(20, 33, full=False)) == "minst 20 rapporter"
    assert words.reports(exactly(1)) == "1 rapport"
    assert words.reports(exactly(0)) == "inga rapporter"
    assert words.reports(Between(5, 9), "en") == "5–9 reports"


def test_notes() -> None:
    usual = verdict(observed(99), history([10] * 6))
    small = Verdict(SeriesId("omrade", "kivik"), usual, Scope.LOKALT, season=True)
    assert words.notes(small) == (
        "Spannet är preliminärt: det bygger på 6 perioder.",
        "Det kan bero på årstiden. Vi har inte ett helt år att jämföra med.",
        "Ökningen är större än i resten av kommunen.",
    )
    town = dataclasses.replace(small, series=SeriesId("kommun", "ystad"), scope=Scope.OVERALLT, season=False)
    assert "Ökningen syns även i de andra kommunerna." in words.notes(town)
    assert words.scope_sentence(dataclasses.replace(town, scope=Scope.KAN_EJ)) == ""


@pytest.mark.parametrize(
    ("tally", "text"),
    [
        (
            Tally(0, 412, 0.9),
            "Denna period: ingen markering av 412 bedömda. Slumpen ensam ger högst ungefär 1.",
        ),
        (Tally(1, 1, 0.01), "Denna period: 1 markering av 1 bedömd. Slumpen ensam ger högst ungefär 1."),
        (
            Tally(2, 412, 1.0),
            "Denna period: 2 markeringar av 412 bedömda. Slumpen ensam ger högst ungefär 1.",
        ),
        (
            Tally(2, 900, 2.4),
            "Denna period: 2 markeringar av 900 bedömda. Slumpen ensam ger högst ungefär 3.",
        ),
        (Tally(0, 0, 0.0), "Denna period: inget gick att bedöma."),
    ],
)
def test_the_top_line(tally: Tally, text: str) -> None:
    assert words.tally_sentence(tally) == text


# ---- direction -----------------------------------------------------------------------------------


def test_direction() -> None:
    now, then = Stretch(Between(85, 89), Between(70, 74), 6), Stretch(Between(50, 54), Between(80, 84), 13)
    up = change(now, then, 1.5, 5)
    assert words.direction_sentence(up) == (
        "Ökar: 85–89 rapporter på 6 perioder, mot 50–54 på de 13 innan. Det kan bero på årstiden."
    )
    year = Stretch(Between(30, 34), Between(70, 74), 6)
    assert words.direction_sentence(change(now, year, 1.5, 5, last_year=True)) == (
        "Ökar: 85–89 rapporter, mot 30–34 samma kvartal i fjol."
    )
    assert words.direction_sentence(Change(Direction.FOR_LITE)) == "För få kvartal att jämföra med."
    few = change(Stretch(exactly(3), exactly(70), 6), Stretch(exactly(4), exactly(70), 6), 1.5, 5)
    assert words.direction_sentence(few) == "För få rapporter för att säga något om riktningen."


# ---- follow-up: the sentences of signals.md 3 ----------------------------------------------------


def test_fewer_than_expected() -> None:
    assert follow.outcome_sentence(follow_up(material(48, 22, 240, 225))) == (
        "Färre rapporter än väntat: 22, mot ungefär 45 om området hade följt jämförelseområdena (osäkerhet: "
        "15–71 % färre). Andra orsaker kan inte uteslutas."
    )


def test_more_than_expected() -> None:
    assert follow.outcome_sentence(follow_up(material(48, 90, 240, 225))).startswith(
        "Fler rapporter än väntat: 90, mot ungefär 45 om området hade följt jämförelseområdena "
        "(osäkerhet: 1,3–3,0 gånger så många)."
    )
    assert follow.change_words(follow.Span(1.1, 1.6)) == "10–60 % fler"


def test_cannot_tell() -> None:
    assert follow.outcome_sentence(follow_up(material(31, 22, 120, 112))) == (
        "Vi kan inte säga om åtgärden gjorde skillnad. Rapporterna var 31 före och 22 efter; i "
        "jämförelseområdena 120 före och 112 efter. Så stora skillnader är vanliga av ren slump "
        "(förändringen kan vara allt från 59 % färre till 42 % fler)."
    )


def test_too_few_to_follow_up() -> None:
    assert follow.outcome_sentence(follow_up(material(14, 9, 120, 112))) == (
        "För få rapporter för att följa upp i siffror (14 före; minst 20 behövs, ungefär 70–100 för att "
        "kunna se en halvering)."
    )
    assert "i jämförelseområdena" in follow.outcome_sentence(follow_up(material(30, 9, 39, 112)))
    assert "5 före och 5 efter" in follow.outcome_sentence(follow_up(material(30, 9, 99, 99, 5)))


@pytest.mark.parametrize(
    ("dispersion", "size", "before"),
    [(1, 1, 65), (1, 4, 45), (1.5, 1, 95), (1.5, 4, 70), (2, 1, 130), (2, 4, 90)],
)
def test_reports_needed_to_see_a_halving(dispersion: float, size: float, before: int) -> None:
    """The table of signals.md 3, which is rounded to five."""
    d = max(dispersion, 1.0)
    found = planned(material(99, 0, 999, 0), d).to_see_half[0 if size == 4 else 1]
    assert abs(found - before) <= 3


def test_the_smallest_fall_that_would_be_seen() -> None:
    found = planned(material(215, 0, 215, 0), 1.0)
    assert found.smallest_fall == 30
    assert follow.fall_sentence(found) == (
        "Med dagens antal rapporter kan vi bara upptäcka en förändring om de minskar med minst 30 %."
    )
    assert planned(material(19, 0, 215, 0)).smallest_fall is None


def test_what_moved_and_what_weakens() -> None:
    made = dataclasses.replace(
        material(100, 30, 200, 200),
        displacement=Sides(exactly(20), exactly(80)),
        answers=Sides(exactly(60), exactly(90)),
    )
    found = follow_up(made)
    assert follow.moved_sentence(found).endswith("(20 före och 80 efter). Problemet kan ha flyttat.")
    assert follow.caveats(found)[0].startswith("Antalet svar skiljer sig mer än en fjärdedel")
    assert follow.caveats(follow_up(material(100, 30, 200, 200))) == ()


# ---- all of them ---------------------------------------------------------------------------------


def all_sentences() -> list[str]:
    usual = verdict(observed(12, 30), history([12] * 13, [82] * 13))
    found = [words.RULE[0], words.RULE[1]]
    for lang in get_args(words.Lang):
        for state in State:
            found.append(words.usual_sentence(dataclasses.replace(usual, state=state), lang=lang))
        for reason in get_args(Reason):
            found.append(words.usual_sentence(dataclasses.replace(usual, reason=reason), lang=lang))
        for kind in get_args(words.Kind):
            found.append(words.tally_sentence(Tally(2, 40, 0.4), kind, lang))
        now = Stretch(exactly(85), exactly(70), 6)
        for direction in Direction:
            found.append(words.direction_sentence(Change(direction, now, now), lang))
        base = dataclasses.replace(
            follow_up(material(48, 22, 240, 225)), moved=Outcome.FLER, participation_changed=True
        )
        for outcome in Outcome:
            one: FollowUp = dataclasses.replace(base, outcome=outcome)
            found += [follow.outcome_sentence(one, lang), follow.fall_sentence(one, lang)]
            found += [follow.difference_sentence(one, lang), *follow.caveats(one, lang)]
    return found


def test_no_sentence_tells_a_cause_or_ranks() -> None:
    assert CAUSE.search("Tack vare åtgärden") is not None
    for sentence in all_sentences():
        assert CAUSE.search(sentence) is None, sentence


def test_every_sentence_is_one() -> None:
    for sentence in all_sentences():
        assert sentence.endswith((".", ")")), sentence
        assert sentence[0].isupper() or sentence[0].isdigit(), sentence
        assert "  " not in sentence
        assert "färre än 5" not in sentence
