"""Every sentence about actions and promises, in every form: none, one and many, early, late and given up."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from est_build.analyse.actions import action_state
from est_build.analyse.late import LatePicture
from est_build.analyse.promises import Promise, Tally
from est_build.figures import phrases
from est_build.load.codebook import codebook
from est_build.schema.action import Action

TODAY = dt.date(2026, 11, 19)


def action(**changes: Any) -> Action:
    values: dict[str, Any] = {
        "format": "1", "id": "2026-001", "titel": "Ny lampa", "vad": "En lampa.", "allman_varfor": "Mörkt.",
        "omraden": ["ystad"], "horisont": "snabb", "typ": "belysning", "ansvarig": "Ystads kommun, gata",
        "beslutad": "2026-09-10", "beslutad_av": "chef", "klar_senast": "2026-12-12", "status": "pagar",
        "historik": [{"datum": "2026-10-02", "status": "pagar"}],
    }  # fmt: skip
    return Action.model_validate({**values, **changes})


DONE = {"status": "genomford", "klar": "2026-10-02"}
MOVED = [{"datum": "2026-10-15", "status": "pagar", "ny_klar_senast": "2026-11-27"}]
FOLLOWED = {
    "datum": "2026-11-05", "genomforande": "som-planerat", "effekt": "oklart", "hur": "x", "slutsats": "x",
    "nasta": "fortsatt",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Pågår. Klart senast 12 december 2026."),
        ({"status": "beslutad"}, "Beslutad. Klart senast 12 december 2026."),
        ({"status": "planerad", "start": "2026-12-07"}, "Planerad. Startar 7 december 2026."),
        ({"status": "pausad"}, "Pausad. Klart senast 12 december 2026."),
        (
            {"klar_senast": "2026-10-16"},
            "Pågår. Skulle vara klart 16 oktober 2026. Det är inte klart än.",
        ),
        (
            {"klar_senast": "2026-10-16", "historik": MOVED},
            "Pågår. Skulle vara klart 16 oktober 2026. Nytt datum: 27 november 2026.",
        ),
        (DONE, "Klart 2 oktober 2026. Inte uppföljd än."),
        ({**DONE, "folj_upp": "2026-12-01"}, "Klart 2 oktober 2026. Följs upp 1 december 2026."),
        (
            {**DONE, "folj_upp": "2026-11-01"},
            "Klart 2 oktober 2026. Uppföljning saknas. Den skulle ha gjorts 1 november 2026.",
        ),
        (
            {**DONE, "klar": "2026-06-01"},
            "Klart 1 juni 2026. Uppföljning saknas. Den skulle ha gjorts 30 augusti 2026.",
        ),
        ({**DONE, "uppfoljningar": [FOLLOWED]}, "Klart 2 oktober 2026. Uppföljt 5 november 2026."),
        (
            {**DONE, "uppfoljningar": [FOLLOWED], "folj_upp": "2027-04-01"},
            "Klart 2 oktober 2026. Uppföljt 5 november 2026. Nästa gång 1 april 2027.",
        ),
        ({"status": "avbruten"}, "Avbröts 2 oktober 2026."),
        ({"status": "overlamnad", "overlamnad_till": "Trafikverket"}, "Överlämnad till Trafikverket."),
    ],
)
def test_where_an_action_stands(changes: dict[str, Any], words: str) -> None:
    one = action(**changes)
    assert phrases.now_sentence(one, action_state(one, {}, TODAY), TODAY) == words


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("avbruten", "Åtgärden avbröts och följs inte upp."),
        ("overlamnad", "Åtgärden är överlämnad. Vi följer inte upp den här."),
    ],
)
def test_what_has_been_given_up_waits_for_no_follow_up(status: str, words: str) -> None:
    one = action(status=status)
    assert phrases.follow_up_sentence(one, action_state(one, {}, TODAY)) == words


def promise(sort: Any, **changes: Any) -> Promise:
    values: dict[str, Any] = {"made": dt.date(2026, 1, 1), "due": dt.date(2026, 5, 1), **changes}
    return Promise(sort, "2026-001", "Ny lampa", **values)


EARLY, LATE = dt.date(2026, 4, 20), dt.date(2026, 5, 18)


@pytest.mark.parametrize(
    ("sort", "kept", "late", "overdue", "ahead"),
    [
        (
            "klar",
            "Blev klart 20 april 2026, i tid.",
            "Blev klart 18 maj 2026. Lovat till 1 maj 2026.",
            "Skulle vara klart 1 maj 2026. Det är inte klart än.",
            "Ska vara klart 1 maj 2026.",
        ),
        (
            "start",
            "Startade 20 april 2026, i tid.",
            "Startade 18 maj 2026. Lovat till 1 maj 2026.",
            "Skulle starta 1 maj 2026. Det har inte startat än.",
            "Ska starta 1 maj 2026.",
        ),
        (
            "uppfoljning",
            "Följdes upp 20 april 2026, i tid.",
            "Följdes upp 18 maj 2026. Lovat till 1 maj 2026.",
            "Skulle följas upp 1 maj 2026. Ingen uppföljning är gjord.",
            "Ska följas upp 1 maj 2026.",
        ),
        (
            "beslut",
            "Blev klart 20 april 2026, i tid.",
            "Blev klart 18 maj 2026. Lovat till 1 maj 2026.",
            "Skulle vara klart 1 maj 2026. Det är inte klart än.",
            "Ska vara klart 1 maj 2026.",
        ),
    ],
)
def test_how_a_promise_went(sort: str, kept: str, late: str, overdue: str, ahead: str) -> None:
    assert phrases.promise_sentence(promise(sort, done=EARLY), TODAY) == kept
    assert phrases.promise_sentence(promise(sort, done=LATE), TODAY) == late
    # As it stood then: what came later is not known.
    assert phrases.promise_sentence(promise(sort, done=LATE), dt.date(2026, 5, 2)) == overdue
    assert phrases.promise_sentence(promise(sort), TODAY) == overdue
    assert phrases.promise_sentence(promise(sort), EARLY) == ahead
    gone = promise(sort, dropped=EARLY, why_dropped="Bussen behöver gatan.")
    assert phrases.promise_sentence(gone, TODAY) == "Ströks 20 april 2026. Bussen behöver gatan."


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Tally(), "Inget löfte har kommit till sitt datum än."),
        (Tally(waiting=3), "Inget löfte har kommit till sitt datum än."),
        (Tally(kept=1), "Ett löfte hade kommit till sitt datum. Det hölls i tid."),
        (Tally(late=1), "Ett löfte hade kommit till sitt datum. Det blev sent."),
        (Tally(dropped=1), "Ett löfte hade kommit till sitt datum. Det ströks."),
        (Tally(kept=4), "Alla 4 löften hölls i tid."),
        (Tally(kept=5, late=1, dropped=1), "5 av 7 löften hölls i tid. 1 blev sent och 1 ströks."),
        (Tally(kept=5, late=2), "5 av 7 löften hölls i tid. 2 blev sena."),
        (Tally(late=2, dropped=3), "Inget av 5 löften hölls i tid. 2 blev sena och 3 ströks."),
    ],
)
def test_promises_together(found: Tally, words: str) -> None:
    assert phrases.tally_sentence(found) == words


@pytest.mark.parametrize("noun", phrases._NOUNS)
def test_none_one_and_many(noun: Any) -> None:
    none, one, many = phrases._NOUNS[noun]
    said = [phrases.how_many(n, noun) for n in (0, 1, 2, 1234)]
    assert said == [none, f"1 {one}", f"2 {many}", f"1\u202f234 {many}"]


def test_late_and_missing() -> None:
    assert [phrases.late_words(n) for n in (0, 1, 2)] == [
        "Ingen åtgärd är försenad.", "1 åtgärd är försenad.", "2 åtgärder är försenade.",
    ]  # fmt: skip
    assert [phrases.missing_words(n) for n in (0, 1, 2)] == [
        "Ingen uppföljning saknas.", "1 åtgärd saknar uppföljning.", "2 åtgärder saknar uppföljning.",
    ]  # fmt: skip
    late = LatePicture(dt.date(2026, 12, 3), "2026-v45-46")
    words = "Nästa lägesbild är försenad. Den skulle ha kommit 3 december 2026."
    assert phrases.late_picture_sentence(late) == words
    assert phrases.goal_words(4, 11, "stolpar") == "4 av 11 stolpar"


def test_every_effect_and_delivery_has_its_words_and_none_claims_a_cause() -> None:
    codes = codebook(None)
    for effect in codes.ids("effekter"):
        assert effect in phrases._EFFECTS
        for by_reports in (True, False):
            words = phrases.effect_sentence(effect, by_reports=by_reports)
            assert "tgärden" not in words
            assert words.endswith(".")
    assert set(phrases._DELIVERY) == set(codes.ids("genomforande"))
    assert phrases.effect_sentence("forbattring", by_reports=True).startswith("Rapporterna har blivit färre.")
    assert "apporterna" not in phrases.effect_sentence("forbattring")
    assert set(phrases.OUTCOMES) == {"hallet", "sent", "struket", "ej_an"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ("Klart senast", "12 december 2026")),
        ({"start": "2026-12-07", "status": "planerad"}, ("Startar", "7 december 2026")),
        ({"klar_senast": "2026-10-16", "historik": MOVED}, ("Nytt datum", "27 november 2026")),
        (DONE, ("Klar", "2 oktober 2026")),
        ({**DONE, "folj_upp": "2026-12-01"}, ("Följs upp", "1 december 2026")),
        ({**DONE, "klar": "2026-06-01"}, ("Skulle följas upp", "30 augusti 2026")),
        ({**DONE, "klar": "2026-06-01", "folj_upp": "2026-09-15"}, ("Skulle följas upp", "30 augusti 2026")),
        (
            {**DONE, "uppfoljningar": [FOLLOWED]},
            ("Resultat", "Det går inte att avgöra om det har blivit bättre."),
        ),
        ({"status": "avbruten"}, ("Avbruten", "2 oktober 2026")),
        ({"status": "overlamnad", "overlamnad_till": "Trafikverket"}, ("Överlämnad till", "Trafikverket")),
        ({"status": "overlamnad", "overlamnad_till": None}, ("Överlämnad till", "någon annan")),
    ],
)
def test_what_comes_next(changes: dict[str, Any], said: tuple[str, str]) -> None:
    one = action(**changes)
    assert phrases.next_step(one, action_state(one, {}, TODAY), TODAY) == said


def test_short_sentences_and_notes() -> None:
    late = action(klar_senast="2026-10-16")
    assert phrases.notes(action_state(late, {}, TODAY)) == ["Försenad"]
    missing = action(**{**DONE, "klar": "2026-06-01"})
    assert phrases.notes(action_state(missing, {}, TODAY)) == ["Uppföljning saknas"]
    assert phrases.notes(action_state(action(), {}, TODAY)) == []
    words = "Den skulle ha gjorts senast 30 augusti 2026. Vi vet inte om åtgärden gjorde skillnad."
    assert phrases.missing_sentence(missing) == words
    assert phrases.ready_sentence(missing) == "Åtgärden blev klar 1 juni 2026."
    assert phrases.cancelled_label(action(status="avbruten")) == "Avbröts 2 oktober 2026"
    assert phrases.new_date_sentence(dt.date(2026, 11, 27)) == "Nytt datum: 27 november 2026."


VERDICT = re.compile(
    r"[\"'>](?:Försenad\b(?! skulle)|Uppföljning saknas|Inte uppföljd|Klart? senast|Skulle (?:vara|ha|följas)"
    r"|Följ(?:s|des) upp|Avbröts|Ströks|Blev klar|Nytt datum|Startar\b)|blivit (?:bättre|sämre|färre|fler)"
    r"|\bsaknar uppföljning|hölls i tid|gjorde (?:någon )?skillnad"
)


def verdicts(folder: Path) -> list[str]:
    """Lines of builders and templates that write a verdict of their own."""
    return [
        f"{path.name}: {line.strip()}"
        for path in sorted((*folder.glob("*.py"), *folder.glob("templates/*.j2")))
        for line in path.read_text(encoding="utf-8").splitlines()
        if VERDICT.search(line)
    ]


def test_no_page_has_a_verdict_of_its_own(repo_root: Path, tmp_path: Path) -> None:
    """A status, a date, a result and a promise are said by tested sentences of two modules only."""
    found = verdicts(repo_root / "est_build" / "pages")
    # These say that a whole picture is late, and how the mark is to be read.
    assert [line for line in found if "<strong>Försenad.</strong>" not in line] == []
    (tmp_path / "fel.py").write_text('words = f"Klart senast {day(due)}."\n', encoding="utf-8")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "fel.j2").write_text("<p>Det har blivit bättre.</p>\n", encoding="utf-8")
    assert len(verdicts(tmp_path)) == 2
