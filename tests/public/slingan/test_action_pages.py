"""Actions as readers meet them: late, loose, cancelled, followed up; and the lists that narrow them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from pathlib import Path

import pytest

from est_build.figures.delivery import delivery_mark, goal_bar, square
from est_build.model.published import Published
from est_build.model.span import MONTHS
from est_build.pages import addresses
from est_build.pages.action_filters import action_filter_pages
from est_build.pages.action_page import one_action_page
from est_build.pages.context import Context
from tests.public.conftest import BuiltSite
from tests.public.dom import Node, parse, tables
from tests.public.slingan.raw import Raw
from tests.public.test_site_pages import resolve


@pytest.fixture(scope="module")
def raw(built: BuiltSite) -> Raw:
    """Return the texts that the site was built from."""
    return Raw(built.root / "data")


def at(published: Published, day: dt.date, number: str) -> Node:
    """The page of an action, built as if the data had another date."""
    context = Context(dataclasses.replace(published, date=day))
    return parse(str(one_action_page(context, published.texts.actions[number]).html)).root


def answers(node: Node) -> dict[str, str]:
    """The plain answers of a page: label to text."""
    rows = node.by_class("svar")[0].all("div")
    return {row.one("dt").text(): row.one("dd").text() for row in rows}


# ---- what the data's date says -------------------------------------------------------------------


def test_an_action_becomes_late_by_itself(built: BuiltSite) -> None:
    due = dt.date(2026, 12, 12)
    before = at(built.published, due, "2026-017")
    after = at(built.published, due + dt.timedelta(days=1), "2026-017")
    assert "Försenad" not in before.text()
    assert answers(before)["Läget nu"].startswith("Pågår. Klart senast 12 december 2026.")
    assert answers(after)["Försenad"].startswith("Skulle vara klart 12 december 2026. Det är inte klart än.")
    assert "Ingen förklaring är skriven än." in answers(after)["Försenad"]
    assert "Dagen som vi först lovade. Åtgärden var inte klar." in after.text()
    assert "Försenad" in after.by_class("status")[0].text()


def test_a_follow_up_that_is_missing_is_told_by_itself(built: BuiltSite, raw: Raw) -> None:
    waiting = [
        (n, a["folj_upp"])
        for n, a in raw.actions.items()
        if a["status"] == "genomford" and not a.get("uppfoljningar") and "folj_upp" in a
    ]
    assert waiting
    for number, promised in waiting:
        action = built.published.texts.actions[number]
        assert action.klar is not None
        last = min(promised, action.klar + dt.timedelta(days=90))
        before = at(built.published, last, number)
        after = at(built.published, last + dt.timedelta(days=1), number)
        assert "Uppföljning saknas" not in before.text(), number
        assert "Uppföljning saknas" in after.by_class("status")[0].text(), number
        assert answers(after)["Resultat"].startswith("Uppföljning saknas."), number
        assert "Ingen har tittat efter än." in answers(after)["Vet inte"], number


def test_an_ongoing_action_is_not_told_as_done(built: BuiltSite) -> None:
    page = built.page("/atgarder/2026-011/").root
    found = answers(page)
    assert "Gjort" not in found
    assert "9 av 14 lampor" in found["Vi gör"]
    assert "27 november 2026" in found["Försenad"]


def test_a_cancelled_action_waits_for_nothing(built: BuiltSite) -> None:
    page = built.page("/atgarder/2025-009/").root
    found = answers(page)
    assert found["Resultat"].startswith("Avbröts 2 oktober 2025.")
    assert "Bussen behöver gatan" in found["Resultat"]
    assert found["Vet inte"] == "Om åtgärden hade gjort skillnad. Den blev inte av."
    main = page.one("main").text()
    assert "Inte uppföljd än" not in main
    assert "tidigast efter" not in main
    assert "Gjort: 0 av 3 farthinder" in main


def test_follow_ups_have_a_sign_words_and_a_sentence(built: BuiltSite, raw: Raw) -> None:
    seen = set()
    for number, action in raw.actions.items():
        page = built.page(f"/atgarder/{number}/").root
        for row in action.get("uppfoljningar", []):
            place = page.one("li", where=lambda n, r=row: n.attrs.get("id") == f"uppfoljning-{r['datum']}")
            mark = place.by_class("status")[0]
            assert mark.all("svg"), number
            assert mark.text() in {"Gjort som planerat", "Delvis gjort", "Inte gjort"}, number
            heading = place.all("h2")[0].text()
            # A sentence, never the bare word of the list; and never that the action did it.
            assert heading.endswith("."), (number, heading)
            assert len(heading.split()) > 3, (number, heading)
            assert row["slutsats"].split()[0] in place.text()
            assert "Så bedömde vi det" in place.text()
            seen.add((row["genomforande"], row["effekt"]))
    assert len({d for d, _ in seen}) > 1
    assert len({e for _, e in seen}) > 4


def test_the_history_holds_everything_in_order(built: BuiltSite, raw: Raw) -> None:
    for number, action in raw.actions.items():
        page = built.page(f"/atgarder/{number}/").root
        table = next(t for t in tables(page) if t.caption == "Så har det gått")
        events = len(action["historik"]) + len(action.get("uppfoljningar", []))
        assert len(table.rows) in {events, events + 1}, number
        for event in action["historik"]:
            assert any(event.get("text", "") in row[1] for row in table.rows), (number, event)
        # The year stands where it changes, and always first.
        assert re.search(r"\d{4}$", table.rows[0][0]), number
        shown = [row[0] for row in table.rows if re.search(r" \d{4}$", row[0])]
        assert len(shown) == len({words[-4:] for words in shown}), (number, shown)


def test_promises_stand_on_the_page(built: BuiltSite) -> None:
    page = built.page("/atgarder/2026-009/").root
    rows = [li.text() for li in page.by_class("loftesrader")[0].all("li")]
    assert any("Blev klart 18 maj 2026. Lovat till 30 april 2026." in row for row in rows)


def test_a_counted_goal_is_drawn(built: BuiltSite) -> None:
    for done, wanted in ((0, 3), (4, 11), (11, 11), (15, 11), (3, 400)):
        bar = parse(str(goal_bar(done, wanted))).root
        filled = [r for r in bar.all("rect") if r.has("f-trad")]
        if wanted <= 24:
            assert len(bar.all("rect")) == wanted
            assert len(filled) == min(done, wanted)
        else:
            assert float(filled[0].attrs["width"]) == pytest.approx(240 * done / wanted, abs=0.1)
    drawings = {str(square(code)) for code in ("som-planerat", "delvis", "inte-gjort")}
    assert len(drawings) == 3
    assert "Delvis gjort" in delivery_mark("delvis")


# ---- the lists -----------------------------------------------------------------------------------


def listed(node: Node, address: str) -> set[str]:
    """Numbers of the actions in the tables of a page."""
    found = set()
    for table in tables(node):
        for row in table.node.one("tbody").all("tr"):
            href = row.all("th")[0].all("a")[0].attrs["href"]
            found.add(resolve(address, href)[0].strip("/").split("/")[1])
    return found


def wanted_lists(raw: Raw, published: Published) -> dict[str, set[str]]:
    """Every narrowing that holds something, recounted from the files."""
    found: dict[str, set[str]] = {}
    for number, action in raw.actions.items():
        status = action["status"]
        if status == "genomford" and action.get("uppfoljningar"):
            status = "uppfoljd"
        towns = {published.area(a).municipality for a in action["omraden"]}
        names = [t.id for t in published.municipalities if t.municipality in towns]
        keys = [f"/atgarder/status/{status}/", f"/atgarder/sort/{action['horisont']}/"]
        keys += [f"/atgarder/kommun/{name}/" for name in names]
        keys.append(addresses.actions_by_responsible(action["ansvarig"]))
        if action["status"] in {"genomford", "avbruten", "overlamnad"}:
            keys.append("/atgarder/avslutade/")
        for key in keys:
            found.setdefault(key, set()).add(number)
    return found


def test_every_list_holds_what_it_says_and_no_empty_list_exists(built: BuiltSite, raw: Raw) -> None:
    wanted = wanted_lists(raw, built.published)
    assert listed(built.page("/atgarder/").root, "/atgarder/") == set(raw.actions)
    pages = {p for p in built.pages if re.fullmatch(r"/atgarder/(?:avslutade|[a-z]+/[a-z0-9-]+)/", p)}
    assert pages == set(wanted)
    for address, numbers in wanted.items():
        page = built.page(address).root
        assert listed(page, address) == numbers, address
        here = [n for n in page.one("main").all("a") if n.attrs.get("aria-current")]
        assert [resolve(address, n.attrs["href"])[0] for n in here] == [address]
        assert here[0].text().endswith(f" {len(numbers)}"), address


def test_choices_lead_everywhere_from_everywhere(built: BuiltSite, raw: Raw) -> None:
    wanted = {*wanted_lists(raw, built.published), "/atgarder/"}
    for address in wanted:
        found = {
            resolve(address, a.attrs["href"])[0]
            for nav in built.page(address).root.one("main").by_class("val")
            for a in nav.all("a")
        }
        assert found == wanted, address


def test_an_instance_without_actions_has_no_lists(built: BuiltSite) -> None:
    published = built.published
    empty = dataclasses.replace(published, texts=dataclasses.replace(published.texts, actions={}))
    assert action_filter_pages(Context(empty)) == []


def test_results_are_counted_with_the_bad_ones(built: BuiltSite) -> None:
    aside = built.page("/atgarder/avslutade/").root.one("main").one("aside")
    labels = {
        div.one("dt").text(): int(div.one("dd").text()) for div in aside.by_class("fakta")[0].all("div")
    }
    ended = len(listed(built.page("/atgarder/avslutade/").root, "/atgarder/avslutade/"))
    assert sum(labels.values()) == ended
    assert {"Det blev bättre", "Det blev sämre", "Blev inte av", "Uppföljning saknas"} <= set(labels)


def test_an_action_without_issue_has_a_thread_of_its_own(built: BuiltSite, raw: Raw) -> None:
    lone = {n for n, a in raw.actions.items() if not a.get("fragor")}
    assert lone
    page = built.page("/atgarder/").root
    for row in [r for t in tables(page) for r in t.node.one("tbody").all("tr")]:
        number = row.all("a")[0].attrs["href"].strip("/").split("/")[-1]
        name = row.by_class("tradprickar")[0].attrs["aria-label"]
        assert name.startswith("Tråden: varför klar" if number in lone else "Tråden: rapporter klar"), number


# ---- what must not be written --------------------------------------------------------------------


def test_no_text_of_the_loop_gives_a_place_with_an_exact_time(built: BuiltSite, raw: Raw) -> None:
    """Criterion 41. Opening hours are fine; a day together with a time of day is an event."""
    clock = re.compile(r"\b(?:klockan|kl\.?) ?\d|\b\d{1,2}[.:]\d{2}\b")
    date = re.compile(rf"\b\d{{1,2}} (?:{'|'.join(MONTHS)})\b")
    weekday = re.compile(r"\b(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?\b", re.IGNORECASE)
    small = [a.name for a in built.published.small_areas()]
    pages = [p for p in built.pages if p.startswith(("/atgarder/", "/fragor/", "/utvardering/", "/plan/"))]
    sentences = 0
    for address in pages:
        for node in built.page(address).root.one("main").all("p", "dd", "td", "li"):
            if node.all("p", "dd", "td", "li"):
                continue
            for sentence in re.split(r"(?<=[.!?])\s+", node.words()):
                sentences += 1
                assert not re.search(r"\bkl(?:ockan|\.)? ?\d{1,2}[.:]\d{2}", sentence), (address, sentence)
                if clock.search(sentence) and (date.search(sentence) or weekday.search(sentence)):
                    assert not any(name in sentence for name in small), (address, sentence)
    assert sentences > 2000


def test_planned_presence_is_never_told_ahead(raw: Raw, repo_root: Path) -> None:
    rows = (repo_root / "est_build/schema/lists/atgardstyper.csv").read_text(encoding="utf-8").splitlines()
    after_only = {row.split(",")[0] for row in rows if row.endswith(",ja")}
    assert after_only
    ahead = {"beslutad", "planerad", "pagar"}
    assert not [n for n, a in raw.actions.items() if a["typ"] in after_only and a["status"] in ahead]
