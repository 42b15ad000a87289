"""Pages of areas: strengths first, an honest empty state, one template for all, and the way back."""

from __future__ import annotations

import re

from tests.public.conftest import BuiltSite
from tests.public.dom import Node

HIDDEN_AREA = "/omraden/brantevik/"


def areas(built: BuiltSite) -> list[str]:
    published = built.published
    return [f"/omraden/{a.id}/" for a in (*published.municipalities, *published.small_areas())]


def answers(page: Node) -> dict[str, str]:
    rows = page.by_class("svar")[0].all("div")
    return {row.one("dt").text(): row.one("dd").text() for row in rows}


def headings(page: Node) -> list[str]:
    return [n.attrs.get("id", "") for n in page.one("main").all("h2") if n.attrs.get("id")]


def test_what_works_comes_first_where_somebody_has_told_it(built: BuiltSite) -> None:
    strengths = built.published.texts.strengths
    assert strengths
    for area, lines in strengths.items():
        page = built.page(f"/omraden/{area}/").root
        said = answers(page)
        assert next(iter(said)) == "Fungerar", area
        assert said["Fungerar"] == lines[0]
        for line in lines:
            assert line in page.one("main").text(), area
    # A municipality tells of what works in its areas, with their names.
    town = answers(built.page("/omraden/ystad/").root)
    assert town["Fungerar"].startswith("Ystads tätort: ")


def test_every_area_has_the_same_template(built: BuiltSite) -> None:
    """Calm areas get the same page: the same answers, the same parts in the same order."""
    order = ["atgarder", "fungerar", "trad", "utveckling", "kategorier", "kontakt", "hor-ihop"]
    for address in areas(built):
        page = built.page(address).root
        assert list(answers(page))[-4:] == ["Läget", "Vi gör", "Vet inte", "Svarade"], address
        found = [h for h in headings(page) if h in order]
        assert found == order, address
        assert page.by_class("antalruta"), address
        assert page.by_class("kontakt"), address


def test_what_nobody_knows_is_about_the_area(built: BuiltSite) -> None:
    said = {address: answers(built.page(address).root)["Vet inte"] for address in areas(built)}
    assert len(set(said.values())) >= 4
    assert "under visningsgränsen" in said[HIDDEN_AREA]
    assert "Näringslivet i Simrishamn" in said["/omraden/simrishamn/"]
    assert "verksamheter i Skurup" in said["/omraden/skurup/"]


def test_a_hidden_area_has_one_honest_empty_state(built: BuiltSite) -> None:
    """No empty frame: the nearest shown number stands big, the line is drawn by quarter or year."""
    page = built.page(HIDDEN_AREA).root
    numbers = page.by_class("antal")
    assert numbers[0].one("b").text() == "··"
    assert re.fullmatch(r"\d+–\d+", numbers[1].one("b").text())
    assert "Närmast som visas" in numbers[1].text()
    figures = page.all("figure")
    assert len(figures) == 1
    assert "per kvartal" in figures[0].text() or "per år" in figures[0].text()
    # The rows of dots are folded away, and say so in words.
    group_tables = [t for t in page.all("table") if t.one("thead").text().startswith("Kategori")]
    assert group_tables and all(t.inside("details") for t in group_tables)
    assert "Alla kategorier är under visningsgränsen här" in page.text()
    shown = built.page("/omraden/ystads-tatort/").root
    tables = [t for t in shown.all("table") if t.one("thead").text().startswith("Kategori")]
    assert not any(t.inside("details") for t in tables)


def test_contacts_are_functions(built: BuiltSite) -> None:
    for address in areas(built):
        lines = [li.text() for li in built.page(address).root.by_class("kontakt")[0].all("li")]
        assert any(line.startswith("Trygghetssamordnaren") for line in lines), address
        assert any("114" in line for line in lines), address


def test_an_area_leads_back_to_picture_quarter_and_plan(built: BuiltSite) -> None:
    latest = built.published.periods[-1].id
    for address in areas(built):
        hrefs = {n.attrs["href"] for n in built.page(address).root.one("main").all("a") if "href" in n.attrs}
        for part in (f"lage/{latest}/", "utvardering/20", "plan/", "ar/20"):
            assert any(part in href for href in hrefs), (address, part)


def test_another_areas_number_never_stands_on_the_page(built: BuiltSite) -> None:
    """Small areas have the answers of their municipality, and are told why."""
    for area in built.published.small_areas():
        said = answers(built.page(f"/omraden/{area.id}/").root)["Svarade"]
        town = built.published.area(area.parent).name
        assert f"i {town}." in said and "Svar räknas för hela kommunen" in said


def test_the_register_has_every_name_once(built: BuiltSite) -> None:
    page = built.page("/omraden/hitta/").root
    links = [a for section in page.one("main").all("section") for a in section.all("a")]
    published = built.published
    names = [a.name for a in published.areas] + [p.namn for p in published.texts.places]
    assert sorted(a.text() for a in links) == sorted(names)
    said = {a.text(): a.parent.text() if a.parent else "" for a in links}
    assert said["Slimminge"].endswith("Räknas i Rydsgård")
    assert said["Baskemölla"].endswith("Räknas i Simrishamns tätort")
    # Å, Ä and Ö are letters of their own and come last.
    letters = [h.text() for h in page.one("main").all("h2")]
    assert letters == sorted(letters, key=lambda x: "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ".index(x))


def test_the_index_explains_a_merged_area(built: BuiltSite) -> None:
    text = built.page("/omraden/").root.one("main").text()
    assert text.count("Slimminge") == 1
    assert "Slimminge räknas i Rydsgård" in text
