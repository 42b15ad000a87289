"""Every number of the site, counted again from the protected files with nothing of the program."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.public.checkers import WANTED, check_table
from tests.public.checkers.base import INTERVAL, TRENDS, Check, ends, kind_of, share_words, sum_words
from tests.public.conftest import BuiltSite
from tests.public.dom import Node, tables
from tests.public.recount import DASH, HIDDEN, NONE, Recount, interval, number, summed


@pytest.fixture(scope="module")
def counted(built: BuiltSite, repo_root: Path) -> Recount:
    """Return the tests' own reading of the data that the site was built from."""
    return Recount(built.root / "data", repo_root / "est_build/schema/lists")


# ---- tables ------------------------------------------------------------------------------------


def test_every_cell_of_every_table(built: BuiltSite, counted: Recount) -> None:
    checked: Counter[str] = Counter()
    cells = 0
    for address, page in built.every():
        check = Check(counted, address, page)
        for table in tables(page.root):
            if (sort := check_table(check, table)) is not None:
                checked[sort] += 1
            cells += sum(map(len, table.rows))
    assert cells > 20_000
    # Each sort of table has been met: else a rule has been renamed away.
    assert set(checked) >= WANTED, WANTED - set(checked)
    assert checked["Kommun/Rapporter"] > len(counted.published)


def test_the_big_number_of_an_area(built: BuiltSite, counted: Recount) -> None:
    latest = counted.published[-1]
    before = counted.before(latest)
    assert before is not None
    for area in [*counted.towns, *counted.small()]:
        page = built.page(f"/omraden/{area}/").root
        big = next(n for n in page.walk() if n.has("antal"))
        around = big.parent
        assert around is not None
        text = counted.total(latest, area)
        assert big.one("b").text() == text
        assert ("under visningsgränsen" in big.text()) == (text == HIDDEN)
        earlier = counted.total(before, area)
        shown = "under visningsgränsen" if earlier == HIDDEN else earlier
        assert f": {shown}." in around.text(), area


INSTEAD = re.compile(r"Närmast som visas: (\S+) rapporter i ([^.]+?), ((?:kvartal|vecka|år) [^.]+)\.")


def test_what_is_said_instead_of_a_hidden_number(built: BuiltSite, counted: Recount) -> None:
    """The nearest shown number is a published one, of the place and the time that it names."""
    found = 0
    for area in counted.small():
        text = built.page(f"/omraden/{area}/").root.text()
        match = re.search(
            r"Närmast som visas: (\S+) rapporter i ([^.]+?), ((?:kvartal|vecka|år) [^.]+)\.", text
        )
        if match is None:
            continue
        words = match[3] if not match[3].startswith("vecka") else counted.words(counted.published[-1])
        assert match[1] == counted.total(counted.spans_by_words[words], counted.area_ids[match[2]])
        found += 1
    assert found > 5


def test_the_sums_of_the_region(built: BuiltSite, counted: Recount) -> None:
    for period in counted.published:
        page = built.page(f"/lage/{period}/").root
        known = counted.region_answers(period)
        text = page.by_class("svar")[0].text()
        if known is None:
            assert "Ingen insamling under perioden" in text
            continue
        invited, (low, high) = known
        assert high is not None
        assert f"{share_words(low, high, invited)} svarade".lower() in text.lower()
        assert f"{sum_words(low, high)} av {number(invited)}".lower() in text.lower()
    latest = counted.published[-1]
    ends = counted.region(latest)
    assert ends is not None
    low, high = ends
    wanted = f"{low}–{high}" if high is not None else f"minst {low}"
    assert wanted in built.page("/").root.text()


# ---- pictures ----------------------------------------------------------------------------------


def test_every_symbol_of_every_map(built: BuiltSite, counted: Recount) -> None:
    seen = 0
    for address, page in built.every():
        section, own = kind_of(address)
        if section not in {"", "lage", "karta"} or address == "/lage/":
            continue
        span = own if section == "lage" else counted.published[-1]
        for svg in page.root.all("svg", where=lambda n: n.attrs.get("role") == "group"):
            if svg.attrs["aria-labelledby"].startswith(("karta-svar", "karta-atgarder")):
                continue  # The maps of answers and of actions: tests/public/karta/test_layer_maps.py.
            labels = [n.attrs["aria-label"] for n in svg.all("a") if "aria-label" in n.attrs]
            wanted = []
            # On a telephone each municipality has a map of its own.
            alone = re.fullmatch(r"karta-(.+)-k-t", svg.attrs["aria-labelledby"])
            for area in counted.small(alone[1] if alone else None):
                text = counted.total(span, area)
                words = {HIDDEN: "under visningsgränsen", NONE: NONE}.get(text, f"{text} rapporter")
                wanted.append((counted.areas[area]["namn"], words))
            said = [spoken(label) for label in labels]
            assert [name for name, _ in said] == [name for name, _ in wanted], address
            for (name, words), (_, meant) in zip(said, wanted, strict=True):
                ok = words.startswith(meant) or (meant == NONE and words.startswith("ingen uppgift"))
                assert ok, (address, name, words, meant)
            seen += len(labels)
    assert seen > 31 * len(counted.published)


def spoken(label: str) -> tuple[str, str]:
    """Area and number of a name: ``Sjöbo: 20–24 rapporter (Sjöbo tätort)``."""
    match = re.fullmatch(r"(.+?): (.+?)(?: \((.+)\))?", label)
    assert match is not None, label
    return match[3] or match[1], match[2]


def test_a_name_on_the_map_begins_with_what_stands_there(built: BuiltSite) -> None:
    """Somebody who steers by voice says what is written (WCAG 2.5.3)."""
    seen = 0
    for svg in built.page("/karta/").root.all("svg", where=lambda n: n.attrs.get("role") == "group"):
        for link in svg.all("a"):
            written = " ".join(text.text() for text in link.all("text"))
            plain = link.attrs["aria-label"].replace(":", "")
            assert plain.startswith(written), (written, plain)
            seen += bool(written)
    assert seen > 20


def test_the_values_of_the_live_map(built: BuiltSite, counted: Recount) -> None:
    values = json.loads((built.site / "assets/kartor/karta.json").read_text(encoding="utf-8"))
    assert len(values["val"]) >= 1
    for choice in values["val"]:
        span = choice["id"]
        wanted: dict[str, list[int | str] | None] = {}
        for area in counted.small():
            if counted.collected(span, counted.code(area)):
                cell = counted.cells[span, "omrade", area, "alla", "", ""]
                wanted[area] = [*cell, interval(cell)] if cell else None
        assert choice["celler"] == wanted
    assert set(values["lankar"]) == set(counted.small())
    shapes = json.loads((built.site / "assets/kartor/omraden.json").read_text(encoding="utf-8"))
    text = json.dumps(shapes)
    assert "folkmangd" not in text


def test_hidden_symbols_all_look_alike(built: BuiltSite) -> None:
    """A radius or a shade that followed a hidden number would tell it."""
    looks: set[tuple[str, ...]] = set()
    for address, page in built.every():
        if kind_of(address)[0] not in {"", "lage", "karta"}:
            continue
        for svg in page.root.all(
            "svg", where=lambda n: n.attrs.get("role") == "group" and n.has("bred-bild")
        ):
            for link in svg.all("a"):
                if "under visningsgränsen" in link.attrs.get("aria-label", ""):
                    circles = link.all("circle")
                    look = (f"{c.attrs.get('r')} {c.attrs.get('class')}" for c in circles)
                    looks.add((svg.attrs["class"], *look))
    # One look in the wide picture, one in the narrow one.
    assert len(looks) == len({look[0] for look in looks}), looks


def test_every_trend_says_what_its_table_says(built: BuiltSite, counted: Recount) -> None:
    seen = 0
    for address, page in built.every():
        for figure in page.root.all("figure"):
            found = [t for t in tables(figure) if t.head[:3] == TRENDS]
            if not found:
                continue
            values = {row[1] for row in found[0].rows}
            spans = {row[0] for row in found[0].rows}
            for svg in figure.all("svg", where=lambda n: n.attrs.get("role") == "img"):
                title, described = svg.one("title").text(), svg.one("desc").text()
                latest = next(r for r in found[0].rows if r[1] not in {DASH, NONE})
                words = "under visningsgränsen" if latest[1] == HIDDEN else f"{latest[1]} rapporter"
                assert title.endswith(f": {words} {latest[0]}"), address
                most = re.search(r"Flest: (\S+) ([^.]+)\.", described)
                if most:
                    assert (most[2], most[1]) in {(r[0], r[1]) for r in found[0].rows}, address
                    top = max(ends(v)[1] for v in values if v not in {DASH, NONE, HIDDEN})
                    assert ends(most[1])[1] == top
                hidden = sum(r[1] == HIDDEN for r in found[0].rows)
                assert (f"Under visningsgränsen: {hidden} av dem." in described) == (hidden > 0), address
                gaps = sum(r[1] == NONE for r in found[0].rows)
                assert (f"Ingen insamling: {gaps} av dem." in described) == (gaps > 0), address
                for text in svg.all("text"):
                    for match in INTERVAL.finditer(text.text()):
                        week = text.text().startswith(("v. ", "vecka"))
                        assert week or match[0] in values, (address, text.text())
                assert spans
                seen += 1
    assert seen > 100


# ---- nothing off the ladder --------------------------------------------------------------------

SAFE = re.compile(
    r"vecka \d+–\d+|v\. \d+–\d+|\d+–\d+ (?:januari|februari|mars|april|maj|juni|juli|augusti|september"
    r"|oktober|november|december)|\d+–\d+ av \d+|index 0–6|kl(?:ockan)?\.? \d+–\d+"
    r"|\d+–\d+ (?:§|år)|weeks? \d+–\d+|[\d \u202f\u00a0]+–\d+ miljon",
    re.IGNORECASE,
)


def test_no_interval_off_the_ladder_anywhere(built: BuiltSite, counted: Recount) -> None:
    """Every interval of the pages is a rung, or a sum of rungs that the recount knows."""
    sums = set()
    for span in {span for span, *_ in counted.cells}:
        for found in (counted.region(span), (counted.region_answers(span) or (0, None))[1]):
            if found and found[1] is not None:
                sums.add((found[0], found[1]))
    for address, page in built.every():
        text = page.root.one("main").words(frozenset({"style", "script"}))
        attributes = " ".join(
            value
            for node in page.root.walk()
            for name, value in node.attrs.items()
            if name in {"aria-label", "title", "alt", "content", "data-label"}
        )
        for match in INTERVAL.finditer(SAFE.sub(" ", f"{text} {attributes}")):
            low, high = ends(match[0])
            if (low, high) in sums or low >= 1900:
                continue
            assert low % 5 == 0, (address, match[0])
            assert high == low + 4, (address, match[0])
            assert low >= 5, (address, match[0])


def test_no_exact_count_beside_the_word_reports(built: BuiltSite) -> None:
    """``7 rapporter`` is nowhere: only intervals, sums of intervals, "minst" and words."""
    exact = re.compile(r"(?<![–\d\u202f])(\d[\d\u202f]*) rapporter\b", re.IGNORECASE)
    for address, page in built.every():
        text = page.root.text()
        for match in exact.finditer(text):
            before = text[max(0, match.start() - 30) : match.start()]
            allowed = re.search(r"(?:minst|och|fem|antal|i steg om|färre än|–) ?$", before, re.IGNORECASE)
            assert allowed, (address, before + match[0])


def test_the_mark_of_a_hidden_number_is_the_same_everywhere(built: BuiltSite) -> None:
    others = ("<5", "&lt;5", "< 5", "≤4", "1–4", "0–4", "n/a", "..", "…5", "färre än 5 rapporter")
    for address, page in built.every():
        for table in tables(page.root):
            for row in table.rows:
                for cell in row[1:]:
                    assert cell not in {"0", "-", "x", "..", ".", "", "None", "nan"}, (address, row)
                    assert not any(cell.startswith(other) for other in others), (address, row)
    assert HIDDEN == "··"


def test_a_cell_that_is_hidden_says_nothing_beside_its_mark(built: BuiltSite) -> None:
    """No class, title or attribute that differs between one hidden cell and another."""
    looks: set[tuple[tuple[str, str], ...]] = set()
    for _, page in built.every():
        for cell in page.root.all("td", where=lambda n: n.text() == HIDDEN):
            assert not [c for c in cell.children if isinstance(c, Node)]
            looks.add(tuple(sorted((k, v) for k, v in cell.attrs.items() if k != "data-label")))
    assert looks == {(("class", "tal"),)}


def test_a_sum_of_the_tests_own() -> None:
    assert summed([(5, 9), (10, 14)]) == (15, 23)
    assert summed([(5, 9), None]) == (5, None)
    assert share_words(10, 14, 24) == "mellan 4 och 6 av 10"
