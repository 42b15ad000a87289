"""Quality, changes, who we are, the statement, and what the data fills in on hand-written pages."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from markupsafe import Markup

from est_build.analyse.quality import Part, punctuality, work
from est_build.model.span import day
from est_build.pages.accessibility import clause_table, rows_of, run_words, too_good, too_old
from est_build.pages.changes import change_rows
from est_build.pages.context import Context
from est_build.pages.corrections import corrected
from est_build.pages.filled import _after, dates, framed, hosting, mailboxes
from est_build.pages.quality import days_words, months_words, part_words
from est_build.problems import ProblemsError
from est_build.schema.accessibility import Accessibility
from tests.public.conftest import BuiltSite


@pytest.fixture(scope="module")
def context(built: BuiltSite) -> Context:
    return Context(built.published)


def main_text(built: BuiltSite, address: str) -> str:
    return " ".join(built.page(address).root.one("main").text().split())


# ---- quality -------------------------------------------------------------------------------------


def test_the_page_of_quality_counts_as_we_do(built: BuiltSite, context: Context) -> None:
    actions = list(built.published.texts.actions.values())
    text = main_text(built, "/metod/kvalitet/")
    going = [a for a in actions if a.status not in {"genomford", "avbruten", "overlamnad"}]
    late = [a for a in going if a.klar_senast < built.published.date]
    assert late
    assert f"{len(late)} av {len(going)}" in text
    assert "1 åtgärd saknar uppföljning." in text
    assert "Vet inte" in text


def test_a_late_picture_is_not_in_time(context: Context) -> None:
    published = context.published
    has = published.texts.pictures
    every = published.calendar.quarters
    quarter = [q for q in every if any(p.id in has for p in published.calendar.periods_in(q))][-1]
    inside = published.calendar.periods_in(quarter)
    pictures = dict(published.texts.pictures)
    first = next(p for p in inside if p.id in pictures)
    before = punctuality([quarter], published.calendar.periods_in, pictures, {})[0]
    late = pictures[first.id].publicerad + dt.timedelta(days=9)
    pictures[first.id] = pictures[first.id].model_copy(update={"publicerad": late})
    after = punctuality([quarter], published.calendar.periods_in, pictures, {})[0]
    assert before.in_time.count == before.in_time.whole
    assert after.in_time.count == before.in_time.count - 1
    assert (before.slowest, after.slowest) == (4, 13)
    assert punctuality([quarter], published.calendar.periods_in, {}, {}) == ()


def test_work_counts_what_is_missing(context: Context) -> None:
    texts, today = context.published.texts, context.published.date
    first = next(iter(texts.issues))
    found = work(texts.actions.values(), context.states, [first, "2099-001"], today)
    assert found.decided.whole == 2
    assert found.decided.count <= 1
    bare = [a.model_copy(update={"mal": None, "mal_antal": None}) for a in texts.actions.values()]
    assert work(bare, context.states, [], today).with_goal.count == 0
    assert work([], {}, [], today).late == Part(0, 0)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (part_words(Part(3, 4)), "3 av 4"),
        (part_words(Part(0, 0)), "inga att räkna"),
        (days_words(0), "samma dag"),
        (days_words(1), "1 dag"),
        (days_words(4), "4 dagar"),
        (months_words(0), "mindre än en månad"),
        (months_words(1), "1 månad"),
        (months_words(8), "8 månader"),
    ],
)
def test_words_of_quality(said: str, wanted: str) -> None:
    assert said == wanted


# ---- changes and corrections -----------------------------------------------------------------------


def test_every_change_is_told_with_its_reason(built: BuiltSite) -> None:
    page = built.page("/andringar/")
    text = main_text(built, "/andringar/")
    changes = built.published.texts.changes
    assert len(changes) > 3
    for change in changes:
        assert change.vad in text
        assert change.varfor in text
        assert f"andring-{change.datum.isoformat()}" in page.ids
    assert text.count("Bryter serien") == sum(c.bryter for c in changes)


def test_two_changes_of_a_day_have_an_anchor_each(built: BuiltSite) -> None:
    published = built.published
    first = published.texts.changes[0]
    texts = replace(published.texts, changes=(first, first))
    rows = change_rows(Context(replace(published, texts=texts)))
    assert [row.anchor for row in rows] == [f"andring-{first.datum}", f"andring-{first.datum}-2"]


def test_corrections_name_their_page(built: BuiltSite, context: Context) -> None:
    text = main_text(built, "/rattelser/")
    for row in built.published.texts.corrections:
        assert corrected(context, row.galler).text in text
        assert row.galler not in text
    assert corrected(context, "/utvardering/2025-kv3/").text == "Utvärderingen av kvartal 3, 2025"
    assert corrected(context, "/om/").text == "Sidan /om/"


# ---- who we are ------------------------------------------------------------------------------------


def test_every_municipality_can_be_reached(built: BuiltSite) -> None:
    page = built.page("/om/vilka/").root.one("main")
    mails = {n.attrs["href"] for n in page.all("a") if n.attrs.get("href", "").startswith("mailto:")}
    text = page.text()
    for town in built.published.site.kommuner:
        assert f"mailto:{town.kontakt}" in mails
        assert town.namn in text
        for line in town.kontakter:
            assert line.funktion in text


# ---- filled in ----------------------------------------------------------------------------------------


def test_dates_and_mailboxes_come_from_the_data(built: BuiltSite, context: Context) -> None:
    text = main_text(built, "/delta/")
    meeting = context.relations.next_meeting
    assert meeting is not None
    assert f"Nästa kvartalsmöte är {day(meeting)}." in text
    for town in built.published.site.kommuner:
        assert town.kontakt in text
    assert "mailto:" in mailboxes(context)
    texts = replace(built.published.texts, evaluations={}, pictures={})
    assert "kvartalsmöte" not in dates(Context(replace(built.published, texts=texts)))


def test_privacy_names_the_host(built: BuiltSite) -> None:
    host = built.published.site.drift
    assert host is not None
    text = main_text(built, "/integritet/")
    for words in (host.vard, host.land, f"{host.loggdagar} dagar", "Inga kakor"):
        assert words in text
    site = built.published.site.model_copy(update={"drift": None})
    assert "inte skrivet än" in hosting(Context(replace(built.published, site=site)))


def test_a_piece_stands_after_the_first_paragraph() -> None:
    text = "# A\n\n## B\n\nEtt.\n\nTvå.\n"
    assert _after(text, "## B", Markup("<p>x</p>")) == "# A\n\n## B\n\nEtt.\n\n<p>x</p>\n\nTvå.\n"
    assert _after(text, "## C", Markup("<p>x</p>")) == text
    assert _after("## B\n\nEtt.\n", "## B", Markup("<p>x</p>")) == "## B\n\nEtt.\n\n<p>x</p>\n\n"


def test_a_long_page_lists_its_headings(built: BuiltSite) -> None:
    for address in ("/metod/", "/delta/", "/integritet/"):
        page = built.page(address)
        nav = page.root.one("main").by_class("pasidan")[0]
        wanted = {n.attrs["href"].removeprefix("#") for n in nav.all("a")}
        heads = {n.attrs["id"] for n in page.root.one("main").all("h2")}
        assert wanted == heads, address
    assert "pasidan" not in framed("# A\n\n## B\n\nText.\n", "C")


# ---- the statement --------------------------------------------------------------------------------------


@pytest.fixture
def statement(built: BuiltSite) -> Accessibility:
    found = built.published.texts.accessibility
    assert found is not None
    return found


def test_the_statement_holds_what_it_must(built: BuiltSite, statement: Accessibility) -> None:
    text = main_text(built, "/tillganglighetsredogorelse/")
    site = built.published.site
    level = {"helt": "helt förenlig", "delvis": "delvis förenlig", "inte": "inte förenlig"}[statement.niva]
    wanted = [site.utgivare, site.bas_url, level, day(statement.bedomd), day(statement.uppdaterad)]
    wanted += [site.kontakt.epost, statement.svarstid, statement.tillsyn.namn, "egen bedömning", "undantaget"]
    wanted += [b.vad for b in statement.brister] + list(statement.inte_provat)
    for words in wanted:
        assert words in text, words
    assert "oskäligt" not in text


def test_the_statement_lists_the_standard(built: BuiltSite, statement: Accessibility) -> None:
    assert statement.korning is not None
    rows = built.page("/tillganglighetsredogorelse/").root.one("main").one("tbody").all("tr")
    assert len(rows) == len(statement.korning.rader) == 50
    assert run_words(statement.korning) in main_text(built, "/tillganglighetsredogorelse/")
    lacks = {b.punkt for b in statement.brister}
    told = {row.punkt: row.resultat for row in statement.korning.rader}
    assert all(told[p] != "uppfyllt" for p in lacks if p in told)


def test_an_old_assessment_stops_the_build(statement: Accessibility) -> None:
    too_old(statement, statement.bedomd + dt.timedelta(days=365))
    with pytest.raises(ProblemsError, match="bedomd"):
        too_old(statement, statement.bedomd + dt.timedelta(days=366))


def test_nobody_may_say_more_than_the_tests(statement: Accessibility) -> None:
    too_good(statement)
    with pytest.raises(ProblemsError, match="niva"):
        too_good(statement.model_copy(update={"niva": "helt"}))


def test_without_a_run_only_the_lacks_are_told(statement: Accessibility) -> None:
    bare = statement.model_copy(update={"korning": None})
    assert {row.punkt for row in rows_of(bare)} == {b.punkt for b in bare.brister if b.punkt}
    assert clause_table(()) == ""
