"""Plan and law: the clock of two years, and what every paragraph says of every municipality."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from est_build.analyse import law
from est_build.figures.loop_words import STANDINGS, clock_words, months_left
from est_build.pages.context import Context
from est_build.pages.plan import plan_pages
from est_build.schema.plan import MunicipalPlan
from tests.public.checkers.slingan import PARAGRAPHS
from tests.public.conftest import BuiltSite
from tests.public.dom import tables

TODAY = dt.date(2026, 11, 19)


def plan(**changes: Any) -> MunicipalPlan:
    """A plan in which all is in order, but for the changes."""
    return MunicipalPlan.model_validate(
        {
            "format": "1",
            "id": "ystad",
            "kommun": "1286",
            "lagesbild": {
                "antagen": "2025-06-18",
                "antagen_av": "Kommunstyrelsen",
                "kartlaggning": "ja",
                "annan_information": "ja",
                "analys": "ja",
                "konsekvenser": "ja",
            },
            "atgardsplan": {
                "antagen": "2025-09-25",
                "antagen_av": "Kommunfullmäktige",
                "galler_fran": "2025-10-01",
                "galler_till": "2027-09-30",
                "prioriteringar": ["Ljus"],
            },
            "samordning": {"funktion": "Samordnare", "epost": "trygghet@ystad.example"},
            **changes,
        }
    )


@given(st.dates(dt.date(2023, 1, 1), dt.date(2029, 12, 31)), st.integers(0, 900))
def test_the_clock_is_consistent(start: dt.date, days: int) -> None:
    today = start + dt.timedelta(days=days)
    clock = law.clock(start, today)
    assert clock.due == law.add_months(start, 24)
    assert 0 <= clock.passed <= 24
    assert 0 <= clock.left <= 24
    assert clock.passed + clock.left in {23, 24} or clock.days < 0
    assert (clock.state == "forsenad") == (today > clock.due)
    assert clock.left == 0 or law.add_months(today, clock.left) <= clock.due
    assert clock_words(clock)


@pytest.mark.parametrize(
    ("start", "today", "words", "state"),
    [
        ("2025-06-18", "2026-11-19", "drygt 6 månader kvar", "finns"),
        ("2025-02-19", "2026-11-19", "drygt 3 månader kvar", "finns"),
        ("2025-02-18", "2026-11-19", "drygt 2 månader kvar", "snart"),
        ("2024-12-19", "2026-11-19", "drygt en månad kvar", "snart"),
        ("2024-12-11", "2026-11-19", "22 dagar kvar", "snart"),
        ("2024-11-20", "2026-11-19", "1 dag kvar", "snart"),
        ("2024-11-19", "2026-11-19", "sista dagen är i dag", "snart"),
        ("2024-11-18", "2026-11-19", "tiden har gått ut", "forsenad"),
        ("2024-02-29", "2026-02-28", "sista dagen är i dag", "snart"),
    ],
)
def test_what_the_clock_says(start: str, today: str, words: str, state: str) -> None:
    clock = law.clock(dt.date.fromisoformat(start), dt.date.fromisoformat(today))
    assert (months_left(clock), clock.state) == (words, state)


def test_the_standing_of_the_picture() -> None:
    assert law.picture_standing(plan()) == "finns"
    assert law.picture_standing(plan(lagesbild=None)) == "saknas"
    for part in ("kartlaggning", "annan_information", "analys", "konsekvenser"):
        data = plan().model_dump(mode="json")["lagesbild"]
        words = {k: ("ja" if v is True else v) for k, v in data.items() if v is not None}
        assert law.picture_standing(plan(lagesbild={**words, part: "nej"})) == "delvis", part


def test_the_standing_of_the_plan() -> None:
    own = {k: v for k, v in plan().model_dump(mode="json")["atgardsplan"].items() if v is not None}
    assert law.plan_standing(plan(), TODAY) == "finns"
    assert law.plan_standing(plan(atgardsplan=None), TODAY) == "saknas"
    assert law.plan_standing(plan(atgardsplan={**own, "galler_till": "2026-11-18"}), TODAY) == "forsenad"
    assert law.plan_standing(plan(atgardsplan={**own, "antagen": "2025-01-01"}), TODAY) == "delvis"
    assert law.plan_standing(plan(lagesbild=None), TODAY) == "delvis"


def test_a_follow_up_starts_the_clock_of_the_plan_again() -> None:
    own = {k: v for k, v in plan().model_dump(mode="json")["atgardsplan"].items() if v is not None}
    clock = law.plan_clock(plan(atgardsplan={**own, "uppfoljd": ["2026-05-13", "2027-01-01"]}), TODAY)
    assert clock is not None
    assert clock.start == dt.date(2026, 5, 13)  # one that has not been made yet does not count


def test_agreements_run_out() -> None:
    row = {"parter": ["A", "B"], "syften": ["C"], "samverkansomraden": ["D"], "undertecknad": "2024-01-01"}
    assert law.agreements_standing(plan(), TODAY) == "saknas"
    assert law.agreements_standing(plan(overenskommelser=[row]), TODAY) == "finns"
    assert (
        law.agreements_standing(plan(overenskommelser=[{**row, "galler_till": "2026-11-18"}]), TODAY)
        == "forsenad"
    )
    assert (
        law.agreements_standing(plan(overenskommelser=[{**row, "undertecknad": "2026-11-20"}]), TODAY)
        == "forsenad"
    )


# ---- the pages -----------------------------------------------------------------------------------


def law_table(built: BuiltSite, town: str) -> dict[str, tuple[str, ...]]:
    page = built.page(f"/plan/{town}/").root
    table = next(t for t in tables(page) if t.head[:1] == ("Paragraf",))
    return dict(zip(PARAGRAPHS, table.rows, strict=True))


def test_every_paragraph_has_a_sign_and_a_word(built: BuiltSite) -> None:
    for town in built.published.texts.plans:
        for number, row in law_table(built, town).items():
            assert row[2] in STANDINGS.values(), (town, number, row)
            assert row[3], (town, number)


def test_what_is_lacking_is_told(built: BuiltSite) -> None:
    skurup = law_table(built, "skurup")
    assert skurup["4 §"][2] == "Delvis"
    assert "Saknas: följder av brotten." in skurup["4 §"][3]
    assert skurup["8–9 §§"][2] == "Saknas"
    sjobo = law_table(built, "sjobo")
    assert sjobo["6 §"][2] == "Dags snart"
    assert "22 dagar kvar" in sjobo["6 §"][3]
    assert "11 december 2026" in built.page("/plan/").root.by_class("svar")[0].text()


def test_a_plan_that_is_late_is_told_by_itself(built: BuiltSite) -> None:
    later = dataclasses.replace(built.published, date=dt.date(2026, 12, 12))
    pages = {p.path: str(p.html) for p in plan_pages(Context(later))}
    assert "Tiden har gått ut: minst vartannat år." in pages["plan/sjobo/"]
    assert "Försenad" in pages["plan/"]
    assert "Tiden har gått ut" not in built.page("/plan/sjobo/").root.one("main").text()


def test_the_council_gets_its_report(built: BuiltSite) -> None:
    for town in built.published.texts.plans:
        text = built.page(f"/plan/{town}/").root.by_class("rapport")[0].text()
        assert text.startswith("Underlag till kommunfullmäktige")
        assert "19 november 2026" in text


def test_an_instance_without_plans_tells_of_the_law(built: BuiltSite) -> None:
    """Other pages lead to the overview, and the law holds whether anybody has written a plan file or not."""
    published = built.published
    empty = dataclasses.replace(published, texts=dataclasses.replace(published.texts, plans={}))
    (page,) = plan_pages(Context(empty))
    assert page.path == "plan/"
    html = str(page.html)
    assert "Uppgifter saknas för Simrishamn, Sjöbo, Skurup, Tomelilla, Ystad." in html
    assert "Vad lagen säger" in html
    assert "Klockan går" in html and "Lägesbilden uppdateras senast" not in html
