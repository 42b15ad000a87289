"""The sentences of the loop, in every form."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from est_build.figures import loop_words as words
from est_build.figures.icons import thread_words
from est_build.figures.phrases import finding
from est_build.pages.links import listed_labels
from tests.public.test_actions import FOLLOW_UP, action


@pytest.mark.parametrize(
    ("going", "ended", "sentence"),
    [
        (0, 0, "Ingen åtgärd är beslutad än."),
        (1, 0, "1 åtgärd. Den pågår eller väntar."),
        (0, 1, "1 åtgärd. Den är avslutad."),
        (3, 0, "3 åtgärder. Alla pågår eller väntar."),
        (0, 3, "3 åtgärder. Alla är avslutade."),
        (2, 1, "3 åtgärder. 2 pågår eller väntar och 1 är avslutad."),
        (8, 20, "28 åtgärder. 8 pågår eller väntar och 20 är avslutade."),
    ],
)
def test_going_sentence(going: int, ended: int, sentence: str) -> None:
    assert words.going_sentence(going, ended) == sentence


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({}, "Ingen åtgärd är beslutad än."),
        ({"pagar": 1}, "1 åtgärd. Den pågår."),
        ({"uppfoljd": 1}, "1 åtgärd. Den är klar och uppföljd."),
        ({"uppfoljd": 3}, "3 åtgärder. Alla är klara och uppföljda."),
        ({"avbruten": 1, "beslutad": 1}, "2 åtgärder. 1 är beslutad och 1 är avbruten."),
        (
            {"uppfoljd": 2, "genomford": 1, "planerad": 2},
            "5 åtgärder. 2 är planerade, 1 är klar men inte uppföljd och 2 är klara och uppföljda.",
        ),
    ],
)
def test_status_sentence(counts: dict[str, int], sentence: str) -> None:
    assert words.status_sentence(counts) == sentence


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((0, 0, 0), "Ingen fråga följdes under kvartalet."),
        ((1, 0, 0), "1 tråd är på väg."),
        ((0, 1, 0), "1 tråd är hel."),
        ((0, 0, 1), "1 tråd är lös."),
        ((3, 2, 1), "3 trådar är på väg, 2 är hela och 1 är lös."),
        ((0, 1, 2), "1 tråd är hel och 2 är lösa."),
    ],
)
def test_threads_sentence(counts: tuple[int, int, int], sentence: str) -> None:
    assert words.threads_sentence(*counts) == sentence


def test_the_others() -> None:
    assert words.issues_sentence(0, 0) == "Vi följer ingen fråga. Ingen fråga är stängd."
    assert words.issues_sentence(1, 1) == "Vi följer 1 fråga. 1 fråga är stängd."
    assert words.issues_sentence(8, 7) == "Vi följer 8 frågor. 7 frågor är stängda."
    assert words.idle_words(0) == "Alla frågor har minst en åtgärd."
    assert words.idle_words(1) == "1 fråga har ingen åtgärd."
    assert words.unclear_words(1) == "Om 1 åtgärd som vi har följt upp gjorde någon skillnad."
    assert words.unclear_words(0).startswith("Om något annat")
    assert words.plans_sentence(5, 5) == "Alla kommuner har en lägesbild och en plan som gäller."
    assert words.plans_sentence(4, 5) == "4 av 5 kommuner har en lägesbild och en plan som gäller."
    assert words.plans_sentence(0, 5).startswith("Ingen kommun")
    assert words.month_words(dt.date(2026, 10, 6)) == "okt 2026"
    assert words.result_rows({"forsamring": 2, "forbattring": 0}) == (("Det blev sämre", "2"),)


def test_priority_is_a_word_and_follows_both_ways() -> None:
    found = {(n, i): words.priority_word(n, i) for n, i in itertools.product((1, 2, 3), repeat=2)}
    assert found[3, 3] == found[2, 3] == "hög"
    assert found[2, 2] == found[1, 3] == "medel"
    assert found[1, 1] == found[1, 2] == "låg"
    assert all(found[a, b] == found[b, a] for a, b in found)


def test_what_is_not_known() -> None:
    said = {
        words.unknown_result("avbruten", followed=False),
        words.unknown_result("overlamnad", followed=False),
        words.unknown_result("genomford", followed=False, missing=True),
        words.unknown_result("pagar", followed=False),
        words.unknown_result("genomford", followed=True, effect="for-tidigt"),
        words.unknown_result("genomford", followed=True, effect="flyttat"),
        words.unknown_result("genomford", followed=True, effect="forbattring"),
    }
    assert len(said) == 7
    assert all(sentence.endswith(".") for sentence in said)


def test_only_a_comparison_that_is_over_speaks_of_reports() -> None:
    protocol = {
        "omraden": ["ystad"], "jamforelse": ["kivik"], "fore_fran": "2026-v01-02", "fore_till": "2026-v11-12",
        "efter_fran": "2026-v21-22", "efter_till": "2026-v43-44",
    }  # fmt: skip
    row = {**FOLLOW_UP, "effekt": "forbattring"}
    judged = action(uppfoljningar=[row], protokoll=protocol)  # followed up on 1 November, the last Sunday
    assert "Rapporterna" not in finding(judged, judged.uppfoljningar[0])
    over = action(uppfoljningar=[{**row, "datum": "2026-11-02"}], protokoll=protocol)
    assert finding(over, over.uppfoljningar[0]).startswith("Rapporterna har blivit färre.")
    without = action(uppfoljningar=[{**row, "datum": "2026-11-02"}])
    assert "Rapporterna" not in finding(without, without.uppfoljningar[0])
    across = action(uppfoljningar=[row], protokoll={**protocol, "efter_till": "2026-v53-2027-v01"})
    assert "Rapporterna" not in finding(across, across.uppfoljningar[0])


def test_labels_become_one_heading() -> None:
    assert listed_labels([]) == ""
    assert listed_labels(["Klotter"]) == "Klotter"
    assert (
        listed_labels(["Klotter", "Nedskräpning", "A-traktorer"]) == "Klotter, nedskräpning och A-traktorer"
    )
    both = ["Glaskross och krossade rutor", "Skadegörelse på allmän egendom"]
    assert listed_labels(both) == "Glaskross och krossade rutor, skadegörelse på allmän egendom"


def test_what_was_given_up_has_no_follow_up_ahead() -> None:
    assert thread_words(("klar", "klar", "klar", "avbruten", "tom")).endswith("uppföljning görs inte")
    assert thread_words(("klar", "klar", "klar", "overlamnad", "tom")).endswith("uppföljning görs inte här")
    assert thread_words(("klar", "klar", "klar", "pagar", "tom")).endswith("uppföljning återstår")
