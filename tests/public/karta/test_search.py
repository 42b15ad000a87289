"""The search: stems, the index, and that the script and the program agree."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from est_build.site.search import INDEX, write_index
from est_build.site.stem import stem
from tests.public.browse import Watch, browsing, served
from tests.public.conftest import BuiltSite
from tests.public.recount import DASH, HIDDEN, NONE, Recount, rows

PAGE = (
    "<html><head><title>{title} – Sajten</title><meta name='description' content='{words}'></head><body>"
    "<nav>meny</nav><main data-sok='slag:{kind}, plats:Ystad, ar:2026'><h1>{title}</h1><p>{words}</p>"
    "<table><tr><td>tabellord</td></tr></table></main></body></html>"
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("otryggheten", "otrygghet"),
        ("otryggt", "otrygg"),
        ("lampor", "lampan"),
        ("belysningens", "belysning"),
        ("åtgärderna", "åtgärd"),
        ("torget", "torg"),
        ("bilarnas", "bil"),
    ],
)
def test_forms_of_a_word_have_one_stem(said: str, meant: str) -> None:
    assert stem(said) == stem(meant)


@pytest.mark.parametrize(("one", "other"), [("bil", "bal"), ("ystad", "sjöbo"), ("lampa", "lamm")])
def test_different_words_keep_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def put(site: Path, name: str, **words: str) -> None:
    (site / name).mkdir(parents=True)
    (site / name / "index.html").write_text(PAGE.format(**words), encoding="utf-8")


def test_the_index_holds_words_of_pages_and_nothing_of_tables(tmp_path: Path) -> None:
    put(tmp_path, "a", title="Lampor", words="Mörkt vid stationen", kind="Åtgärd")
    put(tmp_path, "b", title="Skräp", words="Fler papperskorgar", kind="Fråga")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "index.html").write_text("<main><p>hemligt</p></main>", encoding="utf-8")
    assert write_index(tmp_path) == 2
    first = (tmp_path / INDEX).read_bytes()
    data = json.loads(first)
    words = data["ord"].split()
    assert stem("station") in words
    assert not {"meny", stem("tabellord"), stem("hemligt")} & set(words)
    assert data["sidor"][0] == [
        "a/",
        "Lampor",
        "Mörkt vid stationen",
        data["slag"].index("Åtgärd"),
        [0],
        "2026",
    ]
    assert data["var"][words.index(stem("lampor"))] == [3]
    write_index(tmp_path)
    assert (tmp_path / INDEX).read_bytes() == first


def test_the_index_is_small(built: BuiltSite) -> None:
    content = (built.site / INDEX).read_bytes()
    assert len(gzip.compress(content, 9, mtime=0)) <= 50_000
    addresses = {"/" + row[0] for row in json.loads(content)["sidor"]}
    found = {a for a, page in built.every() if "data-sok" in page.root.one("main").attrs}
    assert addresses == found


@pytest.mark.browser
@pytest.mark.slow
def test_the_script_finds_what_people_write(built: BuiltSite, chromium_path: str) -> None:
    words = sorted(set(json.loads((built.site / INDEX).read_text(encoding="utf-8"))["ord"].split()))
    words += ["otryggheten", "åtgärderna", "löst", "hopplöst", "meningsfullt", "torgets", "s", "å", "heten"]
    with served(built.site) as home, browsing(chromium_path) as browser:
        page = browser.new_page()
        watch = Watch(page, home)
        page.goto(f"{home}/sok/", wait_until="networkidle")
        assert page.evaluate("words => words.map(estSok.stam)", words) == [stem(w) for w in words]

        def titles(question: str) -> list[str]:
            page.fill("#sok-ord", question)
            page.wait_for_function("q => new URLSearchParams(location.search).get('q') === q", arg=question)
            return page.locator(".sok__titel").all_inner_texts()

        assert titles("otryggheten") == titles("otrygghet") != []
        assert titles("kivik")[0] == "Kivik"
        assert "Abbekås" in titles("abbekas")
        assert "Nya lampor vid busstationen" in titles("lampan")
        assert "Ystads tätort" in titles("ystds")
        assert titles("gatubelysning") != []
        assert titles("xyzzyx") == []
        assert "Inga träffar" in page.locator("[role=status]").inner_text()
        page.goto(f"{home}/sok/?q=lampor&slag=%C3%85tg%C3%A4rd", wait_until="networkidle")
        kinds = page.locator(".sok__traff .overrad").all_inner_texts()
        assert kinds and all(kind.startswith("Åtgärd") for kind in kinds)
        assert watch.elsewhere == [] and watch.faults == []
        assert not any("lampor" in url and "/sok/?" not in url for url in watch.requests)


@pytest.mark.browser
@pytest.mark.slow
def test_without_scripts_the_page_leads_to_the_list(built: BuiltSite, chromium_path: str) -> None:
    with served(built.site) as home, browsing(chromium_path) as browser:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(f"{home}/sok/")
        assert not page.locator("[role=search]").is_visible()
        page.get_by_role("link", name="Allt från A till Ö").click()
        assert page.locator("main section").count() > 15


def places_of(built: BuiltSite, address: str) -> set[str]:
    said = built.page(address).root.one("main").attrs["data-sok"]
    return {value for name, _, value in (part.partition(":") for part in said.split(", ")) if name == "plats"}


def test_a_fortnight_and_a_category_are_found_by_the_places_that_they_tell_of(
    built: BuiltSite, repo_root: Path
) -> None:
    counted = Recount(built.root / "data", repo_root / "est_build/schema/lists")
    every = [*counted.towns, *counted.small()]
    for span in counted.published:
        judged = rows(counted.data / "perioder" / span / "bedomning.csv")
        shown = [a for a in every if counted.total(span, a) not in {HIDDEN, DASH, NONE}]
        wanted = {counted.areas[a]["namn"] for a in (*shown, *(row["omrade"] for row in judged))}
        assert wanted <= places_of(built, f"/lage/{span}/"), span
    quarter = counted.published_spans("kvartal")[-1]
    hidden = 0
    for group in counted.groups:
        found = places_of(built, f"/kategorier/{group}/")
        shown = [a for a in every if counted.group(quarter, a, group) not in {HIDDEN, DASH, NONE}]
        assert {counted.areas[a]["namn"] for a in shown} <= found, group
        hidden += len(every) - len(found)
    assert hidden > 0, "a place of which nothing is said must not be found"


def test_everything_stands_in_the_list_in_order(built: BuiltSite) -> None:
    main = built.page("/sok/a-o/").root.one("main")
    found = {node.attrs["href"] for node in main.all("a")}
    wanted = [
        a
        for a in built.pages
        if a.count("/") == 3 and a.startswith(("/omraden/", "/atgarder/2", "/fragor/2"))
    ]
    missing = [a for a in wanted if "hitta" not in a and ("../.." + a) not in found]
    assert missing == []
    letters = [node.text() for node in main.all("h2")]
    order = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ"
    assert letters == sorted(letters, key=order.index) and len(letters) == len(set(letters))
