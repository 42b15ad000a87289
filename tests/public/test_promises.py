"""Promises and late pictures: told from what is written, as it stood on any day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from est_build.analyse.late import late_picture
from est_build.analyse.promises import Promise, Tally, between, outcome, promises, tally
from est_build.schema.action import Action
from est_build.schema.evaluation import QuarterEvaluation
from est_build.schema.picture import SituationPicture


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(f"2026-{text}")


def action(**changes: Any) -> Action:
    values: dict[str, Any] = {
        "format": "1", "id": "2026-001", "titel": "Ny lampa", "vad": "En lampa.", "allman_varfor": "Mörkt.",
        "omraden": ["ystad"], "horisont": "snabb", "typ": "belysning", "ansvarig": "Ystads kommun, gata",
        "beslutad": "2026-01-10", "beslutad_av": "chef", "start": "2026-02-01", "klar_senast": "2026-03-01",
        "status": "beslutad", "historik": [{"datum": "2026-01-10", "status": "beslutad"}],
    }  # fmt: skip
    return Action.model_validate({**values, **changes})


def events(*rows: tuple[str, str]) -> list[dict[str, str]]:
    return [{"datum": f"2026-{d}", "status": s} for d, s in rows]


def meeting(*decisions: dict[str, str]) -> dict[str, QuarterEvaluation]:
    values: dict[str, Any] = {
        "format": "1", "motesdag": "2026-04-10", "publicerad": "2026-04-17", "organisationer": ["Skola"],
        **dict.fromkeys(
            ("sammanfattning", "vad_andrades", "vad_fungerade", "vad_fungerade_inte", "vad_lar_vi_oss"), "x"
        ),
        "beslut": list(decisions),
    }  # fmt: skip
    return {"2026-kv1": QuarterEvaluation.model_validate(values)}


def of(found: tuple[Promise, ...], sort: str) -> Promise:
    return next(p for p in found if p.sort == sort)


def test_nobody_has_promised_anything() -> None:
    assert promises([], {}) == ()
    assert tally([], day("05-01")) == Tally(0, 0, 0, 0)
    assert between([], day("01-01"), day("12-31")) == ()


def test_one_action_as_it_stood_on_each_day() -> None:
    done = action(
        klar="2026-03-20", status="genomford",
        historik=events(("01-10", "beslutad"), ("02-01", "pagar"), ("03-20", "genomford")),
    )  # fmt: skip
    ready = of(promises([done], {}), "klar")
    assert [outcome(ready, day(d)) for d in ("01-15", "03-01", "03-02", "03-19", "03-20")] == [
        "ej_an", "ej_an", "sent", "sent", "sent",
    ]  # fmt: skip
    start = of(promises([done], {}), "start")
    assert (outcome(start, day("01-31")), outcome(start, day("02-01"))) == ("ej_an", "hallet")


def test_a_new_date_does_not_wipe_out_the_first() -> None:
    moved = action(
        historik=[{"datum": "2026-02-20", "status": "beslutad", "ny_klar_senast": "2026-06-01"}],
    )
    assert outcome(of(promises([moved], {}), "klar"), day("03-02")) == "sent"


@pytest.mark.parametrize("status", ["avbruten", "overlamnad"])
def test_what_is_given_up_is_dropped_from_that_day(status: str) -> None:
    gone = action(
        status=status, avbruten_varfor="Bussen behöver gatan.", overlamnad_till="Trafikverket",
        historik=events(("01-10", "beslutad"), ("02-15", status)),
    )  # fmt: skip
    ready = of(promises([gone], {}), "klar")
    assert (outcome(ready, day("02-14")), outcome(ready, day("02-15"))) == ("ej_an", "struket")
    assert ready.why_dropped == "Bussen behöver gatan."


def test_a_finished_action_is_to_be_followed_up_in_ninety_days() -> None:
    history = events(("01-10", "beslutad"), ("02-01", "pagar"), ("03-01", "genomford"))
    done = action(klar="2026-03-01", status="genomford", historik=history)
    promise = of(promises([done], {}), "uppfoljning")
    assert promise.due == day("05-30")
    assert (outcome(promise, day("05-30")), outcome(promise, day("05-31"))) == ("ej_an", "sent")
    sooner = done.model_copy(update={"folj_upp": day("04-15")})
    assert of(promises([sooner], {}), "uppfoljning").due == day("04-15")
    assert not [p for p in promises([action()], {}) if p.sort == "uppfoljning"]


def test_decisions_with_a_day_are_promises_and_others_are_not() -> None:
    found = promises(
        [],
        meeting(
            {"text": "Klart i tid.", "ansvarig": "Skola", "senast": "2026-05-01", "klar": "2026-04-20"},
            {"text": "Klart för sent.", "ansvarig": "Skola", "senast": "2026-05-02", "klar": "2026-05-03"},
            {
                "text": "Struket.", "ansvarig": "Skola", "senast": "2026-05-03", "struken": "2026-04-25",
                "struken_varfor": "Pengarna räckte inte.",
            },
            {"text": "Väntar.", "ansvarig": "Skola", "senast": "2026-12-01"},
            {"text": "Utan dag.", "ansvarig": "Skola"},
        ),
    )  # fmt: skip
    assert [p.text for p in found] == ["Klart i tid.", "Klart för sent.", "Struket.", "Väntar."]
    assert tally(found, day("06-01")) == Tally(kept=1, late=1, dropped=1, waiting=1)
    assert tally(found, day("06-01")).settled == 3
    assert tally(found, day("04-10")) == Tally(waiting=4)
    assert [p.text for p in between(found, day("04-18"), day("04-30"))] == ["Klart i tid.", "Struket."]
    assert [p.text for p in between(found, day("05-01"), day("05-02"))] == ["Klart för sent."]


def picture(published: str, following: str | None) -> SituationPicture:
    values = {"format": "1", "publicerad": f"2026-{published}", "sammanfattning": "Lugnt."}
    if following:
        values["nasta"] = f"2026-{following}"
    return SituationPicture.model_validate(values)


def test_a_picture_that_is_late_says_so() -> None:
    first = picture("01-15", "01-29")
    assert late_picture({}, day("02-01")) is None
    assert late_picture({"a": first}, day("01-15")) is None
    assert late_picture({"a": first}, day("01-29")) is None
    late = late_picture({"a": first}, day("01-30"))
    assert late is not None
    assert (late.promised, late.last) == (day("01-29"), "a")
    # The figures of the next fortnight are here, its text is not.
    assert late_picture({"a": first, "b": None}, day("01-29")) is not None
    assert late_picture({"a": first, "b": picture("01-29", "02-12")}, day("01-29")) is None
    assert late_picture({"a": picture("01-15", None)}, day("12-31")) is None
