"""/metod/skydd/: understood without any knowledge, right to the last number, and proven by its files."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from est_build.analyse.village import FEW, Village
from est_build.cli.main import main
from est_build.figures.measure import text_width
from est_build.figures.protection_picture import few_figure, realities_figure, subtraction_figure
from est_build.model.published import Published
from est_build.pages.context import Context
from est_build.pages.protection import protection_page
from est_build.publish.proofs import proof_files
from est_build.schema.protection import Protection, Thresholds
from est_build.schema.site import Municipality
from tests.demo.test_texts_language import BANNED, lix, sentences, words
from tests.figures.checks import assert_clean, assert_named, assert_painted, svgs
from tests.private import walk
from tests.public.conftest import BuiltSite
from tests.public.dom import Node, parse, tables
from tests.public.recount import Recount, rows

ADDRESS = "/metod/skydd/"
LADDERS = [(5, 5), (10, 5), (10, 10), (15, 5), (12, 6), (20, 20), (7, 7)]


@pytest.fixture(scope="module")
def page(built: BuiltSite) -> Node:
    """Return the main part of the page."""
    return built.page(ADDRESS).root.one("main")


@pytest.fixture(scope="module")
def counted(built: BuiltSite, repo_root: Path) -> Recount:
    """Return the tests' own reading of the data that the site was built from."""
    return Recount(built.root / "data", repo_root / "est_build/schema/lists")


def made(published: Published) -> Node:
    """The page of other values."""
    found = parse(f"<main>{protection_page(Context(published)).html}</main>")
    assert found.faults == ()
    return found.root.one("main")


# ---- the reader ----------------------------------------------------------------------------------


def test_the_order_of_the_page(page: Node) -> None:
    """First why, then how it could be worked out, the rules, the proof, how to check, what remains."""
    ids = [n.attrs["id"] for n in page.all("h2")]
    assert ids == ["tre", "dolja", "regler", "bevis", "sjalv", "kvar"]
    assert [n.attrs["href"] for n in page.all("nav")[0].all("a")] == [f"#{i}" for i in ids]


def test_a_reader_can_say_why_three_reports_are_not_shown(page: Node) -> None:
    """Everything that the answer needs stands in the first part, in words."""
    first = page.all("section")[0]
    text = first.text()
    for said in ("tre rapporter", "grannarna", "Vem har berättat?", "Vem handlar det om?", "färre än fem",
                 "under visningsgränsen", "Samma tecken står för noll, för tre",
                 "sju står det 5–9"):  # fmt: skip
        assert said in text, said
    assert len(first.all("svg", where=lambda n: n.has("bild"))) == 2


def paragraphs(page: Node) -> list[str]:
    """Running text: paragraphs, points and definitions, without tables, pictures and code."""
    skip = frozenset({"ul", "ol", "table", "svg", "details", "figcaption", "summary"})
    found = [n for n in page.all("p", "li", "dd") if not n.inside("figure", "table", "details", "nav")]
    texts = (re.sub(r"[\s\u00ad]+", " ", n.text(skip)) for n in found)
    return [text for text in texts if len(text) > 1]


def test_the_language_is_plain(page: Node) -> None:
    prose = paragraphs(page)
    every = sentences(prose)
    assert sum(len(words(p)) for p in prose) > 700
    assert lix(prose) <= 40
    assert [s for s in every if len(words(s)) > 25] == []
    assert sum(len(words(s)) for s in every) / len(every) <= 15
    assert not BANNED.search(" ".join(prose)), BANNED.search(" ".join(prose))


# ---- the rules -----------------------------------------------------------------------------------

RAISED = Thresholds(
    rapporter=12, organisationer=4, sektorer=7, utan_storsta=8, rapporter_kanslig=18, omrade_invanare=941,
    omrade_organisationer=11, omrade_sektorer=13, sektor_inbjudna=14,
)  # fmt: skip


def with_rules(published: Published, rules: Protection) -> Published:
    return dataclasses.replace(published, protection=rules)


def test_every_number_follows_the_rules_in_force(built: BuiltSite) -> None:
    """Raised rules: the page says the new numbers and none of the old ones."""
    old = built.published.protection
    rules = old.model_copy(update={"granser": RAISED, "steg": 6, "kanda_kallor": ("polis", "vaktare")})
    text = made(with_rules(built.published, rules)).words()
    for said in (
        "minst 941 invånare", "Minst 11 verksamheter i minst 13 sektorer", "Antal rapporter: minst 12.",
        "Är kategorin känslig: minst 18.", "har rapporterat: minst 4.", "Antal sektorer: minst 7.",
        "räknas bort: minst 8.", "färre än tolv", "steg om sex", "Till exempel 12–17 eller 18–23",
        "färre än 14 inbjudna", "Polis och Ordningsvakter och väktare", "minst 4 verksamheter har rap",
        "Är antalet 14 står det 12–17", "0 till 11 ser likadana ut", "fler rapporter, minst 18:",
    ):  # fmt: skip
        assert said in text, said
    for gone in ("5–9", "10–14", "15–19", "minst 200", "steg om fem", "färre än fem", "minst 5", "minst 10"):
        assert gone not in text, gone


def test_the_plan_is_that_of_the_rules(built: BuiltSite) -> None:
    assert set(plan(made(built.published)).values()) >= {"två veckor, kvartal och år", "kvartal"}
    rules = built.published.protection
    fewer = rules.tabeller.model_copy(update={"period": ("kommun", "omrade_miljo"), "kvartal": ("kommun",)})
    changed = rules.model_copy(update={"tabeller": fewer, "galler_fran": 2031})
    page = made(with_rules(built.published, changed))
    found = plan(page)
    assert found["Kommunen, alla kategorier tillsammans"] == "två veckor, kvartal och år"
    assert found["Området, varje miljö"] == "två veckor"
    assert found["Kommunen, varje underkategori"] == "år"
    assert "Kommunen, tid på dygnet och i veckan" not in found
    assert "gäller från 2031" in page.text()


def plan(page: Node) -> dict[str, str]:
    table = next(t for t in tables(page) if t.caption == "Tabellerna i planen")
    return {row[0]: row[1] for row in table.rows}


def test_merged_areas_and_sensitive_categories_are_named(page: Node, counted: Recount) -> None:
    text = page.text()
    for area, into in counted.merged.items():
        assert f"{counted.areas[area]['namn']} räknas ihop med {counted.areas[into]['namn']}" in text
    for row in rows(counted.lists / "kategorier.csv"):
        if row["kanslig"] == "ja" and row["aktiv"] == "ja":
            assert counted.labels["kategorier"][row["id"]] in text


def test_without_merged_areas_and_sensitive_categories_nothing_is_said_of_them(built: BuiltSite) -> None:
    published = built.published
    codes = published.codes.lists["kategorier"]
    plain = {k: c.model_copy(update={"kanslig": False, "kanslighet": "oppen"}) for k, c in codes.items()}
    page = made(
        dataclasses.replace(
            published,
            codes=type(published.codes)({**published.codes.lists, "kategorier": plain}),
            areas=tuple(dataclasses.replace(a, merged_into=None) for a in published.areas),
        )
    )
    ids = {n.attrs["id"] for n in page.walk() if "id" in n.attrs}
    assert not ids & {"kansligt", "grovt"}
    assert "Just nu gäller det" not in page.text()


# ---- the example with its pictures ---------------------------------------------------------------


@pytest.mark.parametrize(("limit", "step"), LADDERS)
def test_the_example_is_right_for_any_ladder(limit: int, step: int) -> None:
    village = Village(limit, step)
    assert limit > FEW, "three reports must be hidden"
    assert all(village.fits(reality) for reality in village.realities)
    assert village.realities[0].counts[1] == 0
    assert village.true in village.realities
    assert len({r.counts for r in village.realities}) == 3
    assert village.realities[2].counts[1] > FEW
    assert min(min(r.counts) for r in village.realities) >= 0
    # With exact numbers the middle is known; with steps it may be empty; with more there is no such reality.
    north, middle, south = village.true.counts
    assert village.true.total - north - south == middle == FEW
    assert village.whole[0] <= 2 * village.place[1]
    assert village.left == village.telling[0] - 2 * village.place[1] > 0
    for low, high in (village.place, village.whole, village.telling):
        assert low % step == 0
        assert low >= limit
        assert high == low + step - 1


@pytest.mark.parametrize(("limit", "step"), LADDERS)
def test_pictures_are_whole_for_any_ladder(limit: int, step: int) -> None:
    village = Village(limit, step)
    for markup in (few_figure(village), subtraction_figure(village), realities_figure(village)):
        assert_clean(markup)
        assert_named(markup)
        assert_painted(markup)
        for svg in svgs(markup):
            width, height = map(float, (svg.get("viewBox") or "").split()[2:])
            for shape in svg.iter():
                inside(shape.tag.rsplit("}", 1)[1], shape.attrib, "".join(shape.itertext()), (width, height))
            texts = ["".join(t.itertext()) for t in svg.iter() if t.tag.endswith("}text")]
            assert texts.count("EXEMPEL") == 1, "made-up numbers say so, whatever the instance"


def inside(tag: str, attrs: dict[str, str], words: str, size: tuple[float, float]) -> None:
    """A text or box lies within the picture."""
    if tag == "text":
        wide = text_width(words, float(attrs["font-size"]), bold="font-weight" in attrs)
        left = float(attrs["x"]) - (wide / 2 if attrs.get("text-anchor") == "middle" else 0)
        assert left >= -0.5, words
        assert left + wide <= size[0] + 0.5, (words, left + wide)
        assert float(attrs["y"]) <= size[1] - 2, words
    elif tag == "rect":
        assert float(attrs["x"]) >= 0
        assert float(attrs["x"]) + float(attrs["width"]) <= size[0] + 0.5, attrs
        assert float(attrs["y"]) + float(attrs["height"]) <= size[1], attrs


def test_pictures_say_the_same_in_words(page: Node) -> None:
    """What stands in a picture stands in its description, and the description in no sentence too long."""
    for svg in page.all("svg", where=lambda n: n.has("bild")):
        described = svg.one("desc").text()
        assert svg.one("title").text()
        assert len(described) > 40
        for number in {t.text() for t in svg.all("text") if re.fullmatch(r"\d+–\d+|= \d+", t.text())}:
            assert number.removeprefix("= ") in described, (number, described)
    for figure in page.all("figure")[1:]:
        assert tables(figure), "numbers as a table too"


def test_dots_are_counted(page: Node) -> None:
    """As many dots as the made-up realities have reports."""
    picture = page.all("svg", where=lambda n: n.has("bild"))[-1]
    village = Village(5, 5)
    assert len(picture.all("circle")) == sum(sum(r.counts) for r in village.realities)


# ---- the proofs ----------------------------------------------------------------------------------


def folders(counted: Recount) -> dict[str, Path]:
    """Name on the site -> folder in ``data/``, counted from the calendar alone."""
    found = {}
    for year in sorted({r["ar"] for r in counted.calendar}):
        for town in counted.towns:
            for folder in counted.proven(year, counted.code(town))[0]:
                found[f"{town}-{folder.parent.name}"] = folder
    return found


def test_every_proof_can_be_fetched_and_is_the_file_of_the_data(
    built: BuiltSite, page: Node, counted: Recount
) -> None:
    known = folders(counted)
    assert len(known) >= 20
    linked = {n.attrs["href"].rsplit("/data/", 1)[-1] for n in page.all("a") if "/data/" in n.attrs["href"]}
    wanted = {"bekraftade-rutor.csv"}
    for name, folder in known.items():
        files = {"verkligheter.csv": f"bevis/pahittade-verkligheter-{name}.csv",
                 "intyg.json": f"bevis/intyg-{name}.json"}  # fmt: skip
        for source, target in files.items():
            assert (built.site / "data" / target).read_bytes() == (folder / source).read_bytes()
        wanted |= set(files.values())
    assert linked == wanted
    on_site = {p.relative_to(built.site / "data").as_posix() for p in (built.site / "data/bevis").iterdir()}
    described = {"bevis/datapackage.json", "bevis/csv-metadata.json"}
    assert on_site | {"bekraftade-rutor.csv"} == wanted | described


def test_links_to_files_say_which_they_are(page: Node) -> None:
    names = Counter(n.text() for n in page.all("a") if "/data/" in n.attrs["href"])
    assert [name for name, count in names.items() if count > 1] == []
    assert all(re.search(r"20\d\d|bekräftade", name) for name in names)


def test_the_realities_fit_what_the_site_shows(built: BuiltSite) -> None:
    """A stranger with the files of the site alone: integer addition, nothing of the program."""
    data = built.site / "data"
    group = {
        r["id"]: r["forald"] or r["id"] for r in rows(data / "kodlistor.csv") if r["lista"] == "kategorier"
    }
    quarter = {r["period"]: (r["period"], r["kvartal"], r["ar"]) for r in rows(data / "kalender.csv")}
    features = json.loads((data / "omraden.geojson").read_text(encoding="utf-8"))["features"]
    town = {
        f["properties"]["kommun"]: f["properties"]["id"]
        for f in features
        if f["properties"]["niva"] == "kommun"
    }
    shown: dict[str, dict[tuple[str, str, str], tuple[int, int]]] = {}
    for r in rows(data / "rapporter.csv"):
        if r["fran"] and not r["miljo"] and not r["tidsblock"]:
            cell = (r["tid"], r["omrade"], r["kategori"])
            shown.setdefault(r["kommun"], {})[cell] = int(r["fran"]), int(r["till"])
    checked = 0
    for path in sorted((data / "bevis").glob("pahittade-verkligheter-*.csv")):
        other = path.with_name(path.name.replace("pahittade-verkligheter", "intyg")).with_suffix(".json")
        attested = json.loads(other.read_text(encoding="utf-8"))
        code, span = attested["kommun"], attested["tid"]
        worlds = sums(path, (group, quarter, town[code]))
        assert len(worlds) == attested["granskning"]["verkligheter"]
        own = {c: ends for c, ends in shown[code].items() if span in quarter.get(c[0], (c[0], c[0][:4]))}
        for held in worlds.values():
            for cell, (low, high) in own.items():
                assert low <= held[cell] <= high, (path.name, cell)
                checked += 1
    assert checked > 20_000


def sums(
    path: Path, known: tuple[dict[str, str], dict[str, tuple[str, ...]], str]
) -> dict[str, Counter[tuple[str, str, str]]]:
    """Of each reality: what every time, place and category holds."""
    group, spans, town = known
    found: dict[str, Counter[tuple[str, str, str]]] = {}
    for row in rows(path):
        held = found.setdefault(row["verklighet"], Counter())
        if row["miljo"] or row["tid"]:
            continue
        categories = {row["kategori"], group[row["kategori"]]}
        if group[row["kategori"]] != "positivt":
            categories.add("alla")
        for span in spans[row["spann"]]:
            for area in {row["omrade"] or town, town}:
                for category in categories:
                    held[span, area, category] += int(row["antal"])
    return found


def test_every_row_of_a_reality_says_that_it_is_made_up(built: BuiltSite) -> None:
    paths = sorted((built.site / "data" / "bevis").glob("*.csv"))
    assert paths
    for path in paths:
        assert path.name.startswith("pahittade-verkligheter-")
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            assert re.match(r"påhittad-[1-9]\d*,", line), path.name


def test_the_open_data_page_explains_the_realities(built: BuiltSite) -> None:
    page = built.page("/oppna-data/bevis/")
    section = next(s for s in page.root.all("section") if s.all("h2", where=is_proof))
    text = section.text()
    for said in ("påhittade", "Använd dem aldrig som statistik", "säger inget om svaren", "intyg"):
        assert said in text


def is_proof(node: Node) -> bool:
    return node.attrs.get("id") == "bevis"


# ---- the answer of the command -------------------------------------------------------------------


def test_the_page_foretells_what_the_command_says(
    built: BuiltSite, page: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proofs themselves are checked elsewhere: here only the sentence, number by number."""
    monkeypatch.setattr("est_build.protect.audit.proof.proof_problems", lambda *_, **__: [])
    done = CliRunner().invoke(main, ["audit", "--root", str(built.root), "--utan-historik"])
    assert done.exit_code == 0, done.output
    said = [n.text() for n in page.all("pre")]
    assert " ".join(done.stdout.split()) == said[1]
    assert said[0].endswith("est-build audit")


# ---- other instances -----------------------------------------------------------------------------


def test_a_municipality_without_releases_in_a_year_is_told(built: BuiltSite, counted: Recount) -> None:
    published = built.published
    code = counted.code(counted.towns[1])
    kept = tuple(p for p in published.proofs if (p.municipality, p.year) != (code, 2025))
    page = made(dataclasses.replace(published, proofs=kept))
    table = next(t for t in tables(page) if t.caption == "Granskningen av år 2025")
    assert table.column("Kommun") == [counted.areas[t]["namn"] for t in counted.towns]
    assert table.rows[1][1:] == ("inget publicerat", *["–"] * 5)
    assert table.rows[0][5] == "Godkänt"


def instance(published: Published, count: int) -> Published:
    """The same with ``count`` municipalities, the first of which has the example's proofs."""
    area, proofs = published.municipalities[0], published.proofs
    mine = [p for p in proofs if p.municipality == area.municipality]
    towns = [(f"{1000 + n}", f"Kommun {n:03}") for n in range(count)]
    return dataclasses.replace(
        published,
        site=published.site.model_copy(
            update={
                "kommuner": tuple(
                    Municipality(kod=code, namn=name, id=f"kommun-{code}", kontakt="trygghet@kommun.example")
                    for code, name in towns
                )
            }
        ),
        areas=tuple(
            dataclasses.replace(area, id=f"kommun-{code}", name=name, municipality=code)
            for code, name in towns
        ),
        proofs=tuple(
            dataclasses.replace(p, municipality=code, name=f"kommun-{code}-{p.span.id}")
            for code, _ in towns
            for p in mine
        ),
    )


def test_one_municipality(built: BuiltSite) -> None:
    page = made(instance(built.published, 1))
    assert "Kommunen granskas för sig" in page.text()
    assert "flera kommuner" not in page.one("section", where=lambda n: n.has("band")).text()
    found = [t for t in tables(page) if t.caption.startswith("Granskningen")]
    assert [len(t.rows) for t in found] == [1] * len(found)


def test_all_the_municipalities_of_the_country(built: BuiltSite) -> None:
    page = made(instance(built.published, 290))
    found = [t for t in tables(page) if t.caption.startswith("Granskningen")]
    assert [len(t.rows) for t in found] == [290] * len(found)
    assert all(t.node.has("tabell--vik") for t in found), "folds on a phone"
    assert found[0].column("Kommun") == sorted(found[0].column("Kommun"))
    # Earlier years are folded away; the files of an unfinished year too.
    assert [t.node.inside("details") for t in found] == [False, *[True] * (len(found) - 1)]


def test_the_newest_year_stands_first(page: Node) -> None:
    years = [t.caption[-4:] for t in tables(page) if t.caption.startswith("Granskningen")]
    assert years == sorted(years, reverse=True)
    assert len(years) >= 2


def test_an_instance_with_proofs_of_one_year_only(built: BuiltSite) -> None:
    published = built.published
    kept = tuple(p for p in published.proofs if p.year == 2026)
    page = made(dataclasses.replace(published, proofs=kept))
    assert [t.caption for t in tables(page) if t.caption.startswith("Gransk")] == ["Granskningen av år 2026"]


def test_no_file_that_is_not_asked_for(built: BuiltSite, counted: Recount) -> None:
    files = proof_files(built.published, built.root / "data").files
    assert len(files) == 2 * len(folders(counted))
    assert len({f.name for f in files}) == len(files)


# ---- the walk knows these files, and only these ---------------------------------------------------

WORLD = "verklighet,spann,omrade,kategori,miljo,tid,antal\n{}2026-v45-46,ystad,trafik,,,3\n"
ON_SITE = "data/bevis/pahittade-verkligheter-ystad-2026-kv3.csv"
IN_DATA = "kvartal/2026-kv3/1286/verkligheter.csv"
FALSE_WORDS = ("verklig-1,", ",", "påhittad,", "påhittad-0,")


@pytest.mark.parametrize("name", [ON_SITE, IN_DATA, "perioder/2026-v45-46/1286/verkligheter.csv"])
def test_the_walk_lets_made_up_rows_pass(name: str) -> None:
    assert walk.table_faults(name, WORLD.format("påhittad-1,")) == []
    assert walk.table_faults(name, "verklighet,spann,omrade,kategori,miljo,tid,antal\n") == []


@pytest.mark.parametrize(
    ("name", "first"),
    [
        *((name, word) for name in (ON_SITE, IN_DATA) for word in FALSE_WORDS),
        ("data/rapporter-ystad.csv", "påhittad-1,"),
        ("data/verkligheter.csv", "påhittad-1,"),
        ("data/bevis/ystad.csv", "påhittad-1,"),
        ("data/bevis/pahittade-verkligheter-ystad.csv.csv", "påhittad-1,"),
        ("perioder/2026-v45-46/1286/rapporter.csv", "påhittad-1,"),
        ("perioder/2026-v45-46/verkligheter.csv", "påhittad-1,"),
    ],
)  # fmt: skip
def test_the_walk_sees_small_numbers_anywhere_else(name: str, first: str) -> None:
    assert walk.table_faults(name, WORLD.format(first)), (name, first)


COLUMNS = ["tid", "fran", "till"]


@pytest.mark.parametrize(
    "value",
    [
        {"kolumner": COLUMNS, "rader": [["2026-kv3", 3, 7]]},
        {"kolumner": ["tid", "st"], "rader": [["x", 3]]},
        {"features": [{"properties": {"fran": 4, "till": 4}}]},
    ],
)  # fmt: skip
def test_the_walk_sees_small_numbers_in_json_and_in_a_cube(value: object) -> None:
    assert walk.json_faults("data/x.json", value)
    assert (
        walk.json_faults("data/x.json", {"kolumner": COLUMNS, "rader": [["x", 5, 9], ["y", None, None]]})
        == []
    )
    assert walk.cube_faults("x.ttl", "e:tidsblock b:alla;e:antal n:3-7;sa:obsStatus s:A .")
    assert walk.cube_faults("x.ttl", "e:tidsblock b:alla;e:antal n:3;sa:obsStatus s:A .")
    assert walk.cube_faults("x.ttl", "e:tidsblock b:alla;e:antal n:c;sa:obsStatus s:c .") == []


def test_the_walk_goes_through_the_whole_site(built: BuiltSite, counted: Recount) -> None:
    places = [counted.areas[t]["namn"] for t in counted.towns]
    assert walk.site_faults(built.site, places) == []
    assert walk.data_faults(built.root / "data") == []


def small_numbers(site: Path) -> Iterator[str]:
    """Files to fetch with a column that holds whole numbers under five."""
    for path in sorted((site / "data").rglob("*.csv")):
        for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))):
            if any(v in {"1", "2", "3", "4"} for k, v in row.items() if k not in {"inbjudna", "nr"}):
                yield path.relative_to(site).as_posix()
                break


def test_only_the_realities_have_small_numbers(built: BuiltSite) -> None:
    found = list(small_numbers(built.site))
    assert found
    assert all(walk.WORLDS.fullmatch(name) for name in found), found
