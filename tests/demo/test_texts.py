"""The hand-written texts of the example: right for the loader and consistent in time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from est_build.demo.make import write_settings
from est_build.demo.texts import text_files, write_texts
from est_build.demo.texts.fortnights import by_id, collected, fortnights
from est_build.load.frame import Frame, load_frame
from est_build.load.texts import Texts, load_texts
from est_build.schema.action import Action
from est_build.schema.codes import ActionType, Category

DATA_DAY = dt.date(2026, 11, 19)
"""Nothing in the example has happened after this day."""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("exempel") / "data"
    write_settings(target)
    write_texts(target)
    return target


@pytest.fixture(scope="module")
def frame(data: Path) -> Frame:
    return load_frame(data)


@pytest.fixture(scope="module")
def texts(frame: Frame) -> Texts:
    loaded, problems = load_texts(frame)
    assert problems == []
    return loaded


def strings(value: object) -> Iterator[str]:
    """Every text in a record, however deep."""
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json")
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from strings(inner)
    elif isinstance(value, str):
        yield value


# --- files ---------------------------------------------------------------------------------------


def test_the_loader_finds_no_fault(texts: Texts) -> None:
    assert len(texts.pictures) == 93
    assert len(texts.assessments) == 101
    assert len(texts.issues) >= 12
    assert len(texts.actions) >= 26
    assert len(texts.evaluations) == 15
    assert list(texts.reviews) == ["2023", "2024", "2025"]
    assert len(texts.plans) == 5
    assert len(texts.indicators) == 2
    assert len(texts.corrections) >= 2


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    write_texts(tmp_path / "a")
    write_texts(tmp_path / "b")
    first = {p.relative_to(tmp_path / "a"): p.read_bytes() for p in (tmp_path / "a").rglob("*.*")}
    second = {p.relative_to(tmp_path / "b"): p.read_bytes() for p in (tmp_path / "b").rglob("*.*")}
    assert first == second
    assert len(first) == len(list(text_files()))
    assert not any(b"\r" in content for content in first.values())


def test_every_yaml_file_says_its_format_first_and_is_short() -> None:
    for name, text in text_files():
        if name.endswith(".yml"):
            assert text.startswith("format: 1\n"), name
            assert not re.search(r"[&*]id\d", text), name
            lines = [line for line in text.splitlines() if "https://" not in line]
            assert max(map(len, lines)) <= 110, name


def test_the_summer_break_has_no_picture_and_no_judgement(texts: Texts) -> None:
    for fortnight in fortnights():
        levels = {row.niva for row in texts.assessments[fortnight.id]}
        assert (fortnight.id in texts.pictures) == fortnight.collected
        assert (levels == {"ej_bedomt"}) == (not fortnight.collected)


def test_every_municipality_is_assessed_in_each_fortnight(texts: Texts, frame: Frame) -> None:
    ids = {municipality.id for municipality in frame.site.kommuner}
    for rows in texts.assessments.values():
        assert ids <= {row.omrade for row in rows}


def test_all_statuses_effects_and_municipalities_occur(texts: Texts, frame: Frame) -> None:
    actions = texts.actions.values()
    # What is only proposed is not published.
    statuses = set(frame.codes.ids("statusar")) - {"foreslagen"}
    assert statuses == {action.status for action in actions}
    effects = {follow_up.effekt for action in actions for follow_up in action.uppfoljningar}
    assert effects == set(frame.codes.ids("effekter"))
    places = [frame.area(area) for action in actions for area in action.omraden]
    codes = {municipality.kod for municipality in frame.site.kommuner}
    assert codes == {place.municipality for place in places if place is not None}
    assert sum(action.protokoll is not None for action in actions) >= 3
    assert {action.horisont for action in actions} == {"snabb", "lang"}


# --- time ----------------------------------------------------------------------------------------


def test_pictures_come_four_days_after_and_point_forward(texts: Texts) -> None:
    ids = [fortnight.id for fortnight in collected()]
    for place, period in enumerate(ids):
        picture, fortnight = texts.pictures[period], by_id()[period]
        assert picture.publicerad == fortnight.end + dt.timedelta(days=4)
        assert picture.nasta is not None
        if place + 1 < len(ids):
            assert picture.nasta == texts.pictures[ids[place + 1]].publicerad
        assert 1 <= len(picture.vet_inte) <= 3
        assert len(picture.andrat) <= 5
    assert texts.pictures[ids[-1]].publicerad == DATA_DAY


def test_pictures_name_only_what_existed(texts: Texts) -> None:
    for picture in texts.pictures.values():
        for change in picture.andrat:
            if change.fraga:
                start = by_id()[texts.issues[change.fraga].forsta_period].start
                assert start <= picture.publicerad
            if change.atgard:
                action = texts.actions[change.atgard]
                assert action.beslutad <= picture.publicerad
                assert not change.fraga or change.fraga in action.fragor
        for number in re.findall(r"\b\d{4}-\d{3}\b", " ".join(strings(picture))):
            assert number in texts.issues or number in texts.actions


def test_assessments_name_only_actions_that_were_decided(texts: Texts) -> None:
    for period, rows in texts.assessments.items():
        for row in rows:
            for number in re.findall(r"\b\d{4}-\d{3}\b", row.text):
                assert texts.actions[number].beslutad <= by_id()[period].published, row.text


def test_issues_are_consistent_in_time(texts: Texts) -> None:
    for issue in texts.issues.values():
        days = [event.datum for event in issue.historik]
        assert days == sorted(days)
        assert days[-1] <= DATA_DAY
        assert by_id()[issue.forsta_period].end <= days[0]
        assert issue.historik[-1].status == issue.status
        assert (issue.status == "stangd") == (issue.stangd is not None)
        assert (issue.stangd is None) == (issue.stangd_varfor is None)
        assert int(issue.id[:4]) == days[0].year


def test_actions_are_consistent_in_time(texts: Texts) -> None:
    for action in texts.actions.values():
        days = [event.datum for event in action.historik]
        assert days == sorted(days), action.id
        assert action.beslutad <= days[0]
        assert action.historik[-1].status == action.status
        assert max([*days, *(f.datum for f in action.uppfoljningar)]) <= DATA_DAY
        for number in action.fragor:
            assert by_id()[texts.issues[number].forsta_period].start <= action.beslutad
        if action.start:
            assert action.beslutad <= action.start <= action.klar_senast
        assert (action.status == "genomford") == (action.klar is not None)
        if action.klar:
            assert action.start is not None
            assert action.start <= action.klar <= DATA_DAY
            assert all(action.klar < found.datum for found in action.uppfoljningar)
        if action.folj_upp and action.id != "2026-005":
            assert action.folj_upp > DATA_DAY
        assert action.fragor or action.allman_varfor
        _assert_told_why(action)


def _assert_told_why(action: Action) -> None:
    assert (action.status == "avbruten") == (action.avbruten_varfor is not None)
    assert (action.status == "overlamnad") == (action.overlamnad_till is not None)
    late = action.klar_senast < (action.klar or DATA_DAY)
    if late and action.status in {"pagar", "genomford"}:
        assert action.forsenad_varfor is not None, action.id


def test_protocols_leave_out_what_triggered_and_look_before_the_start(texts: Texts, frame: Frame) -> None:
    order = {row.id: number for number, row in enumerate(fortnights())}
    for action in texts.actions.values():
        if (protocol := action.protokoll) is None:
            continue
        assert action.start is not None
        assert by_id()[protocol.fore_till].end < action.start
        before = range(order[protocol.fore_fran], order[protocol.fore_till] + 1)
        assert len(before) >= 6
        assert not any(order[period] in before for period in protocol.utelamna)
        places = [frame.area(area) for area in action.omraden]
        near = {area for place in places if place is not None for area in place.neighbours}
        assert not {*protocol.jamforelse} & {*near, *action.omraden}, action.id
        assert {*protocol.flytt} <= near - {*action.omraden}, action.id
        if protocol.efter_till in order:
            after = range(order[protocol.efter_fran], order[protocol.efter_till] + 1)
            # As many with figures before as after: a summer break inside does not count.
            assert _with_figures(after) == _with_figures(before), action.id


def _with_figures(numbers: range) -> int:
    return sum(fortnights()[number].collected for number in numbers)


def test_presence_is_never_announced_ahead(texts: Texts, frame: Frame) -> None:
    for action in texts.actions.values():
        kind = frame.codes.get("atgardstyper", action.typ)
        assert isinstance(kind, ActionType)
        if kind.bara_efterat:
            assert action.status == "genomford"
            assert action.visa_fore is False
            assert all(event.datum >= action.klar_senast for event in action.historik if event.text)


def test_sensitive_categories_are_followed_for_whole_municipalities(texts: Texts, frame: Frame) -> None:
    municipalities = {municipality.id for municipality in frame.site.kommuner}
    for issue in texts.issues.values():
        for number in issue.kategorier:
            category = frame.codes.get("kategorier", number)
            assert isinstance(category, Category)
            if category.kanslighet == "kommun":
                assert set(issue.omraden) <= municipalities, issue.id


def test_evaluations_are_consistent_in_time(texts: Texts, frame: Frame) -> None:
    meetings = [evaluation.motesdag for evaluation in texts.evaluations.values()]
    for place, (quarter, evaluation) in enumerate(texts.evaluations.items()):
        span = frame.calendar.span(quarter)
        assert span is not None
        assert span.end < evaluation.motesdag < evaluation.publicerad <= DATA_DAY
        if place + 1 < len(meetings):
            assert evaluation.nasta_mote == meetings[place + 1]
        assert evaluation.aterkoppling is not None
        inside = [by_id()[p.id] for p in frame.calendar.periods_in(span)]
        with_picture = sum(fortnight.collected for fortnight in inside)
        assert evaluation.aterkoppling.perioder_med_aterkoppling == with_picture
        for number in evaluation.prioriterade:
            assert texts.issues[number].historik[0].datum <= evaluation.motesdag, quarter
    for year, review in texts.reviews.items():
        assert int(year) < review.publicerad.year
        assert review.publicerad <= DATA_DAY


def test_plans_tell_the_two_stories_and_are_marked_as_invented(texts: Texts) -> None:
    clocks = {}
    for plan in texts.plans.values():
        assert plan.kommentar is not None
        assert plan.kommentar.startswith("Exempel.")
        assert plan.samordning.epost.endswith(".example")
        assert plan.lagesbild is not None
        clocks[plan.id] = plan.lagesbild.antagen.replace(year=plan.lagesbild.antagen.year + 2)
    left = {place: (clock - DATA_DAY).days for place, clock in clocks.items()}
    assert sum(0 < days < 31 for days in left.values()) == 1
    assert all(days > 0 for days in left.values())
    assert sum(not plan.overenskommelser for plan in texts.plans.values()) == 1


def test_corrections_point_at_pages_and_come_after_them(texts: Texts) -> None:
    for correction in texts.corrections:
        assert correction.datum <= DATA_DAY
        _, kind, name, _ = correction.galler.split("/")
        if kind == "lage":
            assert texts.pictures[name].status == "rattad"
            assert texts.pictures[name].publicerad < correction.datum
        else:
            assert texts.evaluations[name].publicerad < correction.datum
    pages = {correction.galler for correction in texts.corrections}
    corrected = {f"/lage/{i}/" for i, p in texts.pictures.items() if p.status == "rattad"}
    assert corrected <= pages
