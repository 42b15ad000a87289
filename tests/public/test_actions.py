"""The state of an action on the data's date: late, a new date, a loose thread."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from est_build.analyse.actions import ENDED, FOLLOW_UP_DAYS, action_state, by_urgency, touches
from est_build.schema.action import Action
from est_build.schema.issue import Issue
from tests.public.conftest import BuiltSite
from tests.public.instances import packaged

TODAY = dt.date(2026, 11, 19)
STATUSES = packaged().ids("statusar")
FOLLOW_UP = {
    "datum": "2026-11-01",
    "genomforande": "delvis",
    "effekt": "oklart",
    "hur": "Vi frågade.",
    "slutsats": "Vi vet inte.",
    "nasta": "fortsatt",
}


def issue(number: str = "2026-001", **changes: Any) -> Issue:
    return Issue.model_validate(
        {
            "format": "1",
            "id": number,
            "titel": "En fråga",
            "omraden": ["ystad"],
            "kategorier": ["trafik"],
            "forsta_period": "2026-v01-02",
            "status": "signal",
            "behov": 1,
            "paverkan": 1,
            "varfor": "Därför.",
            **changes,
        }
    )


def action(**changes: Any) -> Action:
    return Action.model_validate(
        {
            "format": "1",
            "id": "2026-001",
            "titel": "En åtgärd",
            "vad": "Något görs.",
            "omraden": ["ystad"],
            "horisont": "snabb",
            "typ": "belysning",
            "ansvarig": "Kommunen",
            "beslutad": "2026-01-01",
            "beslutad_av": "natverket",
            "klar_senast": "2026-12-01",
            "status": "pagar",
            "historik": [{"datum": "2026-01-01", "status": "beslutad"}],
            **changes,
        }
    )


def event(datum: str, status: str = "pagar", **more: Any) -> dict[str, Any]:
    return {"datum": datum, "status": status, **more}


# ---- late --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "status", "late"),
    [
        ("2026-11-18", "pagar", True),
        ("2026-11-19", "pagar", False),
        ("2026-11-20", "pagar", False),
        ("2026-11-18", "planerad", True),
        ("2026-11-18", "pausad", True),
        ("2026-11-18", "genomford", False),
        ("2026-11-18", "avbruten", False),
        ("2026-11-18", "overlamnad", False),
    ],
)
def test_late_is_promised_before_today_and_not_ended(due: str, status: str, late: bool) -> None:
    assert action_state(action(klar_senast=due, status=status), {}, TODAY).late is late


def test_a_new_date_does_not_undo_that_it_is_late() -> None:
    late = action(
        klar_senast="2026-10-16",
        historik=[event("2026-10-01"), event("2026-10-12", ny_klar_senast="2026-11-27")],
    )
    state = action_state(late, {}, TODAY)
    assert state.late
    assert state.due == dt.date(2026, 11, 27)
    assert state.first_due == dt.date(2026, 10, 16)


def test_the_last_of_several_new_dates_holds() -> None:
    moved = action(
        historik=[
            event("2026-10-01", ny_klar_senast="2026-12-10"),
            event("2026-10-12", ny_klar_senast="2027-01-10"),
            event("2026-11-12"),
        ]
    )
    state = action_state(moved, {}, TODAY)
    assert (state.due, state.late) == (dt.date(2027, 1, 10), False)


# ---- follow-up ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("klar", "folj_upp", "missing"),
    [
        ("2026-08-20", None, True),  # 91 days
        ("2026-08-21", None, False),  # 90 days
        ("2026-11-10", "2026-11-18", True),  # promised yesterday
        ("2026-11-10", "2026-11-19", False),
        ("2026-08-01", "2026-12-01", True),  # promised later than it should be
    ],
)
def test_a_loose_thread(klar: str, folj_upp: str | None, missing: bool) -> None:
    done = action(status="genomford", klar=klar, folj_upp=folj_upp, historik=[event(klar, "genomford")])
    state = action_state(done, {}, TODAY)
    assert state.follow_up_missing is missing
    assert state.thread[-1] == ("saknas" if missing else "planerad" if state.next_follow_up else "tom")


def test_a_follow_up_ties_the_thread() -> None:
    done = action(status="genomford", klar="2026-01-10", uppfoljningar=[FOLLOW_UP], folj_upp="2026-03-01")
    state = action_state(done, {}, TODAY)
    assert state.status == "uppfoljd"
    assert not state.follow_up_missing
    assert state.next_follow_up is None
    assert state.thread[-2:] == ("genomford", "klar")


def test_without_a_day_of_completion_the_history_tells() -> None:
    done = action(status="genomford", historik=[event("2026-01-01"), event("2026-02-01", "genomford")])
    assert action_state(done, {}, TODAY).follow_up_missing


def test_what_was_cancelled_or_handed_over_needs_no_follow_up() -> None:
    for status in ("avbruten", "overlamnad"):
        state = action_state(action(status=status, historik=[event("2025-01-01", status)]), {}, TODAY)
        assert not state.follow_up_missing


# ---- the thread --------------------------------------------------------------------------------


def test_the_thread_without_issue_has_two_empty_knots() -> None:
    assert action_state(action(), {}, TODAY).thread == ("tom", "tom", "tom", "pagar", "tom")


def test_the_thread_of_an_issue_with_a_cause() -> None:
    cause = {"id": "o1", "text": "Mörkt.", "grund": "antagande"}
    issues = {"2026-001": issue(orsaker=[cause]), "2026-002": issue("2026-002")}
    assert action_state(action(fragor=["2026-001"]), issues, TODAY).thread[:3] == ("klar", "klar", "klar")
    assert action_state(action(fragor=["2026-002"]), issues, TODAY).thread[:3] == ("klar", "klar", "tom")


DATES = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)).map(str)


@given(
    status=st.sampled_from(STATUSES),
    due=DATES,
    klar=st.none() | DATES,
    folj_upp=st.none() | DATES,
    followed=st.booleans(),
    moved=st.none() | DATES,
    today=st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)),
)
def test_every_state_is_consistent(
    status: str,
    due: str,
    klar: str | None,
    folj_upp: str | None,
    followed: bool,
    moved: str | None,
    today: dt.date,
) -> None:
    one = action(
        status=status,
        klar_senast=due,
        klar=klar,
        folj_upp=folj_upp,
        uppfoljningar=[FOLLOW_UP] if followed else [],
        historik=[event("2026-01-01", status, ny_klar_senast=moved)],
    )
    state = action_state(one, {}, today)
    assert len(state.thread) == 5
    assert set(state.thread) <= {"tom", "klar", "saknas", "planerad", *STATUSES}
    assert not (state.late and status in ENDED)
    assert not (state.follow_up_missing and (followed or status != "genomford"))
    assert (state.thread[-1] == "saknas") == (state.follow_up_missing and not followed)
    assert state.first_due == one.klar_senast
    assert state.next_follow_up is None or state.next_follow_up >= today
    # Time alone never makes a late action less late, nor a missing follow-up less missing.
    later = action_state(one, {}, today + dt.timedelta(days=30))
    assert later.late >= state.late
    assert later.follow_up_missing >= state.follow_up_missing


# ---- order -------------------------------------------------------------------------------------


def test_what_comes_soonest_is_first_and_what_has_ended_is_last() -> None:
    every = [
        action(id="2026-004", status="genomford", klar="2026-02-01"),
        action(id="2026-002", klar_senast="2027-03-01"),
        action(id="2026-001", klar_senast="2026-11-01"),
        action(id="2026-005", status="avbruten", historik=[event("2026-09-01", "avbruten")]),
        action(
            id="2026-003",
            klar_senast="2026-01-01",
            historik=[event("2026-01-01", ny_klar_senast="2027-01-01")],
        ),
    ]
    states = {a.id: action_state(a, {}, TODAY) for a in every}
    order = [a.id for a in by_urgency(every, states)]
    assert order == ["2026-001", "2026-003", "2026-002", "2026-005", "2026-004"]
    assert [a.id for a in by_urgency(reversed(every), states)] == order


def test_touches() -> None:
    assert touches(action(omraden=["ystad", "kivik"]), ["kivik"])
    assert not touches(action(omraden=["ystad"]), ["kivik"])
    assert not touches(action(omraden=["ystad"]), [])


# ---- the stories of the example ----------------------------------------------------------------


def test_the_states_of_the_example(built: BuiltSite) -> None:
    texts, today = built.published.texts, built.published.date
    state = {n: action_state(a, texts.issues, today) for n, a in texts.actions.items()}
    assert state["2026-011"].late
    assert state["2026-011"].due == dt.date(2026, 11, 27)
    assert texts.actions["2026-011"].forsenad_varfor
    assert state["2026-009"].status == "uppfoljd"
    assert texts.actions["2025-009"].status == "avbruten"
    assert texts.actions["2025-009"].avbruten_varfor
    assert texts.actions["2025-006"].uppfoljningar[-1].effekt == "flyttat"
    assert not state["2026-017"].late
    assert any(s.follow_up_missing for s in state.values())
    assert FOLLOW_UP_DAYS == 90
