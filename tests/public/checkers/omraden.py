"""Tables of areas, categories, development and years."""

from __future__ import annotations

import yaml

from tests.public.checkers.base import TRENDS, Check, Head, Rule, share_cell, sum_words
from tests.public.dom import Table
from tests.public.recount import DASH, HIDDEN, NONE, interval, number, swedish

TEMPLATES = (
    "/omraden/",
    "/omraden/ystad/",
    "/omraden/tomelilla-tatort/",
    "/omraden/brantevik/",
    "/omraden/hitta/",
    "/kategorier/",
    "/kategorier/trafik/",
    "/kategorier/hot/",
    "/utveckling/",
    "/ar/2025/",
)
"""One page of every kind, for the browser to visit."""
FIXED = (
    "/omraden/",
    "/omraden/hitta/",
    "/kategorier/",
    "/utveckling/",
)
"""Pages that must be there whatever the data."""
FAMILIES = (
    "/omraden/[a-z-]+/",
    "/kategorier/[a-z-]+/",
    "/ar/[0-9]{4}/",
)
"""Patterns of all addresses that may be there; an address lives for ever."""
MONTHS = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
          "november", "december")  # fmt: skip
WANTED: set[str] = {
    *("Område/Kommun", "Kategori/Rapporter", "Kategori/Simrishamn", "Underkategori/Rapporter"),
    *("Underkategori/Simrishamn", "Tid/Rapporter", "Miljö/Kategori", "Sektor/Svar av utskick"),
    *("Period/Rapporter", "År/Rapporter", "Hela kommunen/Rapporter"),
    *("Område/2017", "Kommunen/Vecka 45–46, 2026", "Mönster/jan"),
}
"""Sorts of tables that must be met somewhere: else a rule below has been renamed away."""


def rule(check: Check, head: Head) -> Rule | None:
    """What checks a table with this head, if it is one of these pages' tables."""
    rules: dict[Head, Rule] = {
        ("Kategori", "Rapporter"): area_groups,
        ("Underkategori", "Rapporter"): area_leaves,
        ("Tid", "Rapporter"): times,
        ("Miljö", "Kategori", "Rapporter"): environments,
        ("Sektor", "Svar av utskick", "Andel som svarade"): sectors,
        ("År", "Rapporter", "Utskick"): years,
        ("Hela kommunen", "Rapporter"): category_towns,
    }
    if head == ("Område", "Kommun", "Rapporter") and check.section == "kategorier":
        return category_areas
    if head[:3] == TRENDS:
        return trend
    if head[0] in {"Kategori", "Underkategori"} and len(head) == 6:
        return by_town
    if head[0] == "Område" and head[1].isdigit():
        return indicator
    if head[0] == "Kommunen" and len(head) == 3:
        return season
    if head[:2] == ("Mönster", "jan"):
        return wheel
    return rules.get(head)


def category_areas(check: Check, table: Table) -> None:
    c, span = check.counted, check.span_of(table)
    assert check.section == "kategorier"
    shown = []
    for area in c.small():
        text = c.group(span, area, check.own)
        if text not in {HIDDEN, DASH}:
            shown.append((c.areas[area]["namn"], c.areas[c.areas[area]["foralder"]]["namn"], text))
    names = [row[0] for row in shown]
    # The alphabet and nothing else: no order by number.
    assert names == sorted(names, key=swedish)
    assert list(table.rows) == shown, check.address


def category_towns(check: Check, table: Table) -> None:
    c, span = check.counted, check.span_of(table)
    wanted = [(c.areas[town]["namn"], c.group(span, town, check.own)) for town in c.towns]
    assert list(table.rows) == wanted, check.address


def season(check: Check, table: Table) -> None:
    """The same weeks, a year apart; each municipality beside itself and never counted against it."""
    c = check.counted
    now, then = (c.spans_by_words[words.lower()] for words in table.head[1:])
    assert now == c.published[-1]
    assert (now[4:], int(now[:4]) - 1) == (then[4:], int(then[:4]))
    assert table.column("Kommunen") == [c.areas[town]["namn"] for town in c.towns]
    for town, row in zip(c.towns, table.rows, strict=True):
        for span, text in zip((now, then), row[1:], strict=True):
            assert text == (c.total(span, town) if c.collected(span, c.code(town)) else NONE), row


def wheel(check: Check, table: Table) -> None:
    """Every pattern of the review has a row, and a month that it names by name is marked."""
    review = yaml.safe_load((check.counted.data / "ar" / check.own / "uppfoljning.yml").read_text("utf-8"))
    assert [row[0] for row in table.rows] == [" ".join(line.split()) for line in review["monster"]]
    for row in table.rows:
        marked = {cell for cell in row[1:] if cell != DASH}
        named = {word.strip(".,").lower() for word in row[0].split()} & set(MONTHS)
        assert named <= marked, (check.address, row)


def by_town(check: Check, table: Table) -> None:
    c, span = check.counted, check.span_of(table)
    assert list(table.head[1:]) == [c.areas[t]["namn"] for t in c.towns]
    seen = []
    for row in table.rows:
        code = c.code_of("kategorier", row[0])
        name = "kommun_grupp" if table.head[0] == "Kategori" else "kommun_kategori"
        wanted = [c.text(span, name, town, code) for town in c.towns]
        assert list(row[1:]) == wanted, (check.address, row)
        seen.append(code)
    if table.head[0] == "Kategori":
        assert seen == [g for g in c.groups if (span, "kommun_grupp", c.towns[0], g, "", "") in c.cells]


def area_groups(check: Check, table: Table) -> None:
    c, span, area = check.counted, check.span_of(table), check.area()
    name = "kommun_grupp" if area in c.towns else "omrade_grupp"
    wanted = [g for g in c.groups if (span, name, area, g, "", "") in c.cells]
    assert [c.code_of("kategorier", r[0]) for r in table.rows] == wanted
    assert [r[1] for r in table.rows] == [c.text(span, name, area, g) for g in wanted], check.address


def area_leaves(check: Check, table: Table) -> None:
    c, span, area = check.counted, check.quarter(), check.area()
    leaves = [code for code in c.labels["kategorier"] if code not in c.groups]
    wanted = {
        c.labels["kategorier"][code]: c.text(span, "kommun_kategori", area, code)
        for code in leaves
        if c.text(span, "kommun_kategori", area, code) not in {HIDDEN, DASH}
    }
    assert dict(table.rows) == wanted, check.address  # type: ignore[arg-type]


def times(check: Check, table: Table) -> None:
    c, span, area = check.counted, check.quarter(), check.area()
    wanted = [
        (label, c.text(span, "kommun_tid", area, "alla", "", t)) for t, label in c.labels["tider"].items()
    ]
    assert list(table.rows) == wanted, check.address


def environments(check: Check, table: Table) -> None:
    c, span, area = check.counted, check.quarter(), check.area()
    wanted = {
        (c.labels["miljoer"][env], c.labels["kategorier"][cat], interval(cell))
        for (s, name, a, cat, env, _), cell in c.cells.items()
        if (s, name, a) == (span, "kommun_miljo_grupp", area) and cell
    }
    assert set(table.rows) == wanted, check.address
    assert len(table.rows) == len(wanted)


def sectors(check: Check, table: Table) -> None:
    c, span = check.counted, check.quarter()
    code = c.code(check.area())
    wanted = {s for (sp, co, s) in c.people if (sp, co) == (span, code)}
    seen = set()
    for label, count, words in table.rows:
        sector = "alla" if label == "Alla sektorer" else c.code_of("sektorer", label)
        assert count == c.answers(span, code, sector), (check.address, label)
        assert words == share_cell(c, span, code, sector), (check.address, label)
        seen.add(sector)
    assert seen == wanted


def trend(check: Check, table: Table) -> None:
    c = check.counted
    who, what = table.caption.removesuffix(": rapporter och svar").split(", ", 1)
    area = c.area_ids[who]
    group = next((g for g in c.groups if c.labels["kategorier"][g].lower() == what), None)
    assert group is not None or what == "alla rapporter", table.caption
    spans = [c.spans_by_words[row[0]] for row in table.rows]
    sort = "period" if "-v" in spans[0] else "kvartal" if "-kv" in spans[0] else "ar"
    known = c.published if sort == "period" else c.published_spans(sort)
    assert spans == known[-len(spans) :][::-1], table.caption
    for span, row in zip(spans, table.rows, strict=True):
        gap = not c.collected(span, c.code(area))
        text = c.total(span, area) if group is None else c.group(span, area, group)
        assert row[1] == (NONE if gap else text), (check.address, table.caption, row)
        asked = {NONE, DASH} if gap else {c.answers(span, c.code(area))}
        assert row[2] in asked, (check.address, table.caption, row)


def years(check: Check, table: Table) -> None:
    c = check.counted
    years = c.published_spans("ar")
    assert [r[0] for r in table.rows] == [f"År {y}" for y in years]
    for year, row in zip(years, table.rows, strict=True):
        ends = c.region(year)
        assert ends is not None
        assert row[1] == sum_words(*ends)
        assert row[2] == number(sum(c.people[year, c.code(t), "alla"][0] for t in c.towns))


def indicator(check: Check, table: Table) -> None:
    """Area by year, one method at a time: each cell is a value of the file, and none is left out."""
    c = check.counted
    method, unit = table.caption.split(", ", 1)
    names = {key: area["namn"] for key, area in c.areas.items()}
    for path in sorted((c.data / "indikatorer").glob("*.yml")):
        record = yaml.safe_load(path.read_text(encoding="utf-8"))
        labels = names | record.get("namn", {})
        own = {
            (labels[v["omrade"]], str(v["ar"])): f"{v['varde']:g}".replace(".", ",")
            for v in record["varden"]
            if labels.get(v["metod"], v["metod"]) == method and record["enhet"] == unit
        }
        if not own:
            continue
        seen = {
            (row[0], year): text
            for row in table.rows
            for year, text in zip(table.head[1:], row[1:], strict=True)
            if text != DASH
        }
        assert seen.items() <= own.items(), check.address
        if check.section == "utveckling":
            assert seen == own
        elif check.section == "omraden":
            assert set(table.column("Område")) == {c.areas[check.own]["namn"]}, "another area beside it"
        return
    raise AssertionError(table.caption)
