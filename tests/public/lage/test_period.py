"""A fortnight's page: the four answers first, promises kept and broken alike, nothing said twice."""

from __future__ import annotations

import datetime as dt
import gzip
import re
from collections import Counter
from typing import Any

import pytest

from est_build.analyse.history import action_as_of, open_issues_as_of
from est_build.analyse.promises import Promise, Tally
from est_build.figures.phrases import still_late_words, tally_sentence
from est_build.figures.text import first_sentence
from est_build.model.published import Published
from est_build.pages import context as contexts
from est_build.pages import promised as promises
from est_build.pages.context import Context
from est_build.pages.links import render
from est_build.pages.period import period_html, period_page
from est_build.pages.period_blocks import short_share
from est_build.schema.action import Action
from tests.public.conftest import BuiltSite
from tests.public.dom import Document, Node, parse
from tests.public.recount import rows

LATEST = "/lage/2026-v45-46/"


@pytest.fixture(scope="module")
def published(built: BuiltSite) -> Published:
    """Return what the example has published."""
    return built.published


def answers(page: Document) -> dict[str, str]:
    rows = page.root.by_class("svar")[0].children
    pairs = [(row.one("dt").text(), row.one("dd").text()) for row in rows if isinstance(row, Node)]
    return dict(pairs)


# ---- the answers on top --------------------------------------------------------------------------


def test_the_four_answers_come_first_and_in_order(built: BuiltSite) -> None:
    for address in ("/", LATEST, "/lage/2026-v37-38/"):
        said = answers(built.page(address))
        assert list(said) == ["Läget", "Ändrat", "Vi gör", "Vet inte", "Svarade"], address
    said = answers(built.page("/"))
    assert said["Läget"] == "Normalt. Som vanligt i de flesta områden."
    assert len(said["Ändrat"]) <= 90
    assert said["Vi gör"].startswith("Ny belysning på gångvägen till stationen. Klart senast 12 december")


def test_what_we_do_belongs_to_what_has_changed(published: Published) -> None:
    """The action of the story that is told first, not the one whose date happens to be nearest."""
    page = period_page(Context(published), published.periods[-1])
    first = published.texts.pictures["2026-v45-46"].andrat[0]
    assert page.doing is not None
    assert page.doing.link.href == f"/atgarder/{first.atgard}/"
    assert page.cards[0].id != first.atgard


def test_both_arrows_of_the_first_story_are_there(built: BuiltSite) -> None:
    hrefs = {n.attrs["href"] for n in built.page("/").root.by_class("svar")[0].all("a")}
    assert {h.removeprefix("./") for h in hrefs} == {"fragor/2026-004/", "atgarder/2026-017/"}


def test_a_picture_tells_of_all_its_changes_with_links(built: BuiltSite) -> None:
    for span, picture in built.published.texts.pictures.items():
        main = built.page(f"/lage/{span}/").root.one("main")
        hrefs = {n.attrs["href"].replace("../../", "/") for n in main.all("a")}
        text = main.text()
        for row in picture.andrat:
            assert " ".join(row.text.split()) in text, span
            wanted = [f"/fragor/{row.fraga}/"] if row.fraga else []
            wanted += [f"/atgarder/{row.atgard}/"] if row.atgard in built.published.texts.actions else []
            assert set(wanted) <= hrefs, (span, wanted)


def test_no_line_is_said_twice(built: BuiltSite) -> None:
    for address in ("/", LATEST, "/lage/2026-v37-38/", "/lage/2026-v43-44/", "/lage/2025-v21-22/"):
        main = built.page(address).root.one("main")
        lines = Counter(
            n.text() for n in main.all("li", "dd", "p") if len(n.text()) > 40 and not n.all("li", "p")
        )
        assert [line for line, n in lines.items() if n > 1] == [], address


def test_the_share_beside_the_dots() -> None:
    assert short_share("Mellan 6 och 8 av 10 svarade") == "6–8 av 10"
    assert short_share("Minst 7 av 10 svarade") == "Minst 7 av 10"
    assert short_share("Nästan alla svarade") == "Nästan alla"


# ---- what was promised ---------------------------------------------------------------------------


def test_promises_stand_on_the_page_with_their_outcome(built: BuiltSite) -> None:
    rows = built.page("/").root.by_class("lofteslista")[0]
    told = [li.text() for li in rows.all("li")]
    assert [t.split()[0] for t in told] == ["Hållet", "Hållet", "Sent", "Sent"]
    assert any("Klippta buskar vid gångtunneln" in t and "6 november 2026, i tid" in t for t in told)
    late = next(t for t in told if "busstationen" in t)
    assert "Skulle vara klart 16 oktober 2026. Nytt datum: 27 november 2026." in late
    assert "Reservdelarna" in late
    assert "Ni sa: Mörkt vid busstationen i Tomelilla" in late
    heads = [h.attrs.get("id") for h in built.page("/").root.all("h2")]
    assert heads.index("atgarder") < heads.index("loften") < heads.index("andrat") < heads.index("karta")


def test_a_picture_tells_only_what_was_known_when_it_came(built: BuiltSite) -> None:
    """The lamps were late from 16 October: the picture of 8 October says nothing of it."""
    before = built.page("/lage/2026-v39-40/").root.by_class("lofteslista")[0].text()
    after = built.page("/lage/2026-v41-42/").root.by_class("lofteslista")[0].text()
    assert "busstationen" not in before
    assert "busstationen" in after
    assert "Följdes upp 6 oktober 2026. Lovat till 16 augusti 2026." in before


def test_dropped_promises_weigh_as_much_as_kept_ones(
    published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = dt.date(2026, 11, 10)
    action = published.texts.actions["2026-017"]

    def made(**values: Any) -> Promise:
        return Promise("klar", action.id, action.titel, dt.date(2026, 1, 1), day, action=action.id, **values)

    three = (made(done=day), made(), made(dropped=day, why_dropped="Bussen behöver gatan."))
    monkeypatch.setattr(Context, "promises", three)
    page = promises.promised(Context(published), published.periods[-1])
    assert page is not None
    assert page.summary == "Det här var lovat till nu. 1 av 3 löften hölls i tid. 1 blev sent och 1 ströks."
    marks = [parse(f"<main>{row.mark}</main>").root.text() for row in page.rows]
    assert marks == ["Hållet", "Sent", "Struket"]
    assert page.rows[2].how == "Ströks 10 november 2026. Bussen behöver gatan."
    assert len({len(parse(f"<main>{row.mark}</main>").root.all("svg")) for row in page.rows}) == 1


def test_without_a_picture_nothing_is_said_to_have_been_promised(published: Published) -> None:
    summer = next(p for p in published.periods if p.id == "2026-v29-30")
    assert promises.promised(Context(published), summer) is None


# ---- as it stood ---------------------------------------------------------------------------------


def test_an_older_page_shows_actions_as_they_stood(built: BuiltSite) -> None:
    page = built.page("/lage/2026-v37-38/")
    cards = page.root.by_class("kort")[0].text()
    assert "2026-017" not in page.root.by_class("svar")[0].text()
    assert "Ny belysning på gångvägen till stationen" not in cards
    assert "Försenad" not in cards
    assert "Klart senast16 oktober 2026" in cards
    assert "Försenad" in built.page("/").root.by_class("kort")[0].text()


def test_an_action_as_it_stood(published: Published) -> None:
    action = published.texts.actions["2026-011"]
    assert action_as_of(action, action.beslutad - dt.timedelta(days=1)) is None
    early = action_as_of(action, dt.date(2026, 9, 10))
    assert early is not None
    assert (early.status, early.forsenad_varfor, early.mal_antal) == ("pagar", None, None)
    assert not any(e.ny_klar_senast for e in early.historik)
    assert action_as_of(action, dt.date(2026, 11, 19)) is action


def test_a_finished_and_followed_up_action_was_once_neither(published: Published) -> None:
    action: Action = next(a for a in published.texts.actions.values() if a.klar and a.uppfoljningar)
    assert action.klar is not None
    early = action_as_of(action, action.klar - dt.timedelta(days=1))
    assert early is not None
    assert early.klar is None
    assert early.uppfoljningar == ()
    assert early.status != "genomford"
    assert early.folj_upp is None


def test_issues_that_were_followed_on_a_day(published: Published) -> None:
    closed = published.texts.issues["2024-003"]
    assert closed.stangd is not None
    every = published.texts.issues.values()
    assert closed in open_issues_as_of(every, closed.stangd - dt.timedelta(days=1))
    assert closed not in open_issues_as_of(every, closed.stangd)
    assert closed not in open_issues_as_of(every, closed.historik[0].datum - dt.timedelta(days=1))


# ---- dates, corrections, lateness ----------------------------------------------------------------


def test_every_picture_says_when_the_next_one_comes(built: BuiltSite) -> None:
    for span, picture in built.published.texts.pictures.items():
        text = built.page(f"/lage/{span}/").root.by_class("lagestopp")[0].text()
        assert picture.nasta is not None
        assert "Nästa" in text, span
        assert f"{picture.nasta.day} " in text


def test_a_late_picture_is_told_by_the_site_itself(
    published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    latest = published.periods[-1]
    assert "Försenad." not in str(render("period.html.j2", period_page(Context(published), latest)))
    late = contexts.LatePicture(dt.date(2026, 12, 3), latest.id)
    monkeypatch.setattr(Context, "late_picture", late)
    html = str(render("period.html.j2", period_page(Context(published), latest)))
    assert "Nästa lägesbild är försenad. Den skulle ha kommit 3 december 2026." in html
    older = period_page(Context(published), published.periods[-2])
    assert older.late == ""


def test_a_corrected_picture_says_so_on_top_and_in_the_archive(built: BuiltSite) -> None:
    page = built.page("/lage/2026-v37-38/")
    top = page.root.by_class("lagestopp")[0].text()
    assert "Rättad 28 september 2026." in top
    assert "Version2, rättad" in top
    rows = [li for li in built.page("/lage/").root.all("li") if "Rättad" in li.text()]
    assert [li.one("h3").one("a").text() for li in rows] == ["Vecka 37–38, 2026"]


def test_the_network_and_the_politician_find_their_questions(built: BuiltSite) -> None:
    page = built.page("/").root
    text = page.one("main").text()
    picture = built.published.texts.pictures["2026-v45-46"]
    for line in (*picture.att_titta_efter, *picture.att_besluta, *(f.fakta for f in picture.rykten)):
        assert " ".join(line.split()) in text
    assert "kontrollerat 18 november 2026" in text
    assert "Nästa möte14 januari 2027" in page.by_class("lagestopp")[0].text()
    assert "19 oktober–12 december 2026, Ystads tätort" in text


def test_a_fortnight_leads_to_its_quarter(built: BuiltSite) -> None:
    hrefs = [n.attrs["href"] for n in built.page("/lage/2026-v37-38/").root.by_class("lagestopp")[0].all("a")]
    assert "../../utvardering/2026-kv3/" in hrefs


def test_the_judgements_are_those_of_the_file(built: BuiltSite) -> None:
    wanted = rows(built.root / "data/perioder/2026-v45-46/bedomning.csv")
    found = built.page("/").root.by_class("bedomning")[0].all("li")
    assert len(found) == len(wanted) > 4
    for li, row in zip(found, wanted, strict=True):
        assert li.text().endswith(row["text"].strip())


# ---- the archive ---------------------------------------------------------------------------------


def test_the_archive_has_every_fortnight_once(built: BuiltSite) -> None:
    page = built.page("/lage/")
    main = page.root.one("main")
    inside = [
        n.attrs["href"]
        for n in main.all("a")
        if re.fullmatch(r"(?:\.\./lage/)?\d{4}-v[\dv-]+/", n.attrs["href"])
    ]
    found = [h.removeprefix("../lage/").strip("/") for h in inside]
    assert sorted(found) == sorted(p.id for p in built.published.periods)
    texts = Counter(n.text() for n in main.all("a"))
    assert [t for t, n in texts.items() if n > 1] == []
    opened = [n for n in main.all("details") if "open" in n.attrs]
    assert len(opened) == 1
    years = [n.text() for n in main.one("nav").all("a")]
    assert years == ["2026", "2025", "2024", "2023"]


def test_nothing_of_the_data_becomes_mark_up(published: Published) -> None:
    html = period_html(Context(published), published.periods[-1])
    assert parse(f"<main>{html}</main>").faults == ()


# ---- words and weight ----------------------------------------------------------------------------


def test_the_first_sentence() -> None:
    assert first_sentence("Som vanligt. I Ystad är det mörkt.") == ("Som vanligt.", "I Ystad är det mörkt.")
    assert first_sentence("Öppet till kl. 21 i år.") == ("Öppet till kl. 21 i år.", "")
    assert first_sentence("") == ("", "")


def test_promises_in_words() -> None:
    assert tally_sentence(Tally(kept=2)) == "Båda löftena hölls i tid."
    assert still_late_words(1) == "1 löfte är fortfarande sent."
    assert still_late_words(3) == "3 löften är fortfarande sena."


def test_the_start_page_is_light(built: BuiltSite) -> None:
    """The page, its style sheet and its icon, as a web host sends them."""
    files = [built.site / name for name in ("index.html", "assets/est.css", "assets/ikon.svg")]
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) <= 30_000
