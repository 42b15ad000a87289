"""The pages of open data: each file is found from them, and what they tell programs is true."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from rdflib import RDF, Graph, Namespace, URIRef

from est_build.schema.opendata.datasets import DATASETS, TABLES
from tests.public.checkers import INTERVAL
from tests.public.conftest import BuiltSite
from tests.public.dom import Document, Node, tables
from tests.public.oppnadata.conftest import Slim

SCHEMA = Namespace("https://schema.org/")
PAGES = [f"/oppna-data/{dataset.id}/" for dataset in DATASETS]


def links(page: Document, address: str) -> set[str]:
    """Where the links of a page lead, from the root."""
    found = (n.attrs["href"] for n in page.root.one("main").all("a"))
    return {urlsplit(urljoin(f"https://x.example{address}", href)).path for href in found}


def test_every_file_is_linked_from_a_page_or_a_description(built: BuiltSite) -> None:
    named = set()
    for address in built.pages:
        if address.startswith("/oppna-data/"):
            named |= links(built.page(address), address)
    files = {
        f"/{p.relative_to(built.site).as_posix()}" for p in (built.site / "data").rglob("*") if p.is_file()
    }
    # What the packages and the CSVW files of the folders name: nobody clicks on those.
    towns = [f"utgavor/{m.id}" for m in built.published.site.kommuner]
    schemas = re.compile(r"/data/scheman/[\w-]+\.(?:csvw|tabell|schema)\.json")
    left = {name for name in files - named if not schemas.fullmatch(name)}
    groups = {f"/data/{folder}/csv-metadata.json" for folder in ("bevis", "utgavor/gemensamt", *towns)}
    assert left == {"/data/bevis/datapackage.json", *groups}
    assert {"/datasets/dcat", "/dcat.ttl"} <= links(built.page("/oppna-data/"), "/oppna-data/")


def test_the_columns_on_a_page_are_those_of_its_files(built: BuiltSite) -> None:
    seen = set()
    for address in PAGES:
        for table in tables(built.page(address).root):
            name = table.caption.removeprefix("Kolumner i ").removesuffix(".csv")
            if name in TABLES:
                assert table.column("Kolumn") == list(TABLES[name].names)
                seen.add(name)
    assert seen == set(TABLES)


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda d: d.id)
def test_sizes_rows_and_checksums_on_a_page_are_those_of_the_files(built: BuiltSite, dataset: object) -> None:
    page = built.page(f"/oppna-data/{dataset.id}/").root.one("main")  # type: ignore[attr-defined]
    sums = {row[0]: row[1] for t in tables(page) if t.caption.startswith("Kontroll") for row in t.rows}
    text = (built.site / "data/sha256.txt").read_text(encoding="utf-8")
    every = {line.split("  ")[1]: line.split("  ")[0] for line in text.splitlines()}
    assert sums
    assert sums.items() <= every.items()
    for item in page.all("li", where=lambda n: n.attrs.get("itemprop") == "distribution"):
        path = built.site / urljoin("/oppna-data/x/", item.one("a").attrs["href"]).lstrip("/")
        size = f"{max(1, round(path.stat().st_size / 1000)):,}".replace(",", "\u202f")
        assert f"{size} kB" in item.text()
        if path.suffix == ".csv":
            count = path.read_text(encoding="utf-8").count("\n") - 1
            told = re.search(r"([\d\u202f]+) rader", item.text())
            assert told is not None
            # A text may hold a line break of its own.
            assert int(told[1].replace("\u202f", "")) <= count


def test_every_part_of_the_catalogue_has_its_place_on_a_page(built: BuiltSite) -> None:
    """The addresses of datasets and distributions lead to anchors that are there."""
    text = (built.site / "dcat.ttl").read_text(encoding="utf-8")
    found = set(re.findall(r"<https://trygghet\.example(/oppna-data/[a-z]+/)#([a-z0-9-]+)> a dcat:D", text))
    assert len(found) > 30
    for address, anchor in found:
        assert anchor in built.page(address).ids, (address, anchor)


def test_sources_and_licence_are_told(built: BuiltSite) -> None:
    page = built.page("/oppna-data/").root.one("main")
    text = page.text()
    for credit in built.published.site.kallor:
        assert re.sub(r"\s+", " ", credit.vad) in text
        assert credit.kalla in text
        assert credit.licens in text
    licences = [n.attrs["href"] for n in page.all("a") if "creativecommons.org" in n.attrs["href"]]
    assert licences == ["https://creativecommons.org/publicdomain/zero/1.0/deed.sv"]


# ---- search engines ---------------------------------------------------------------------------------


def items(node: Node, page: Document) -> dict[str, list[str]]:
    """Properties of a thing as microdata has them, one level deep, with those that it refers to by id."""
    roots = [
        node,
        *(n for n in page.root.walk() if n.attrs.get("id") in node.attrs.get("itemref", "").split()),
    ]
    found: dict[str, list[str]] = {}
    for root in roots:
        for one in root.walk():
            over = [n for n in one.up() if "itemscope" in n.attrs and n is not node]
            if "itemprop" in one.attrs and not over:
                value = one.attrs.get("href") or one.attrs.get("content") or one.text()
                found.setdefault(one.attrs["itemprop"], []).append(value)
    return found


def test_a_page_tells_search_engines_the_same_as_the_file(built: BuiltSite) -> None:
    graph = Graph().parse(built.site / "data/datamangder.jsonld", format="json-ld")
    sets = set(graph.subjects(RDF.type, SCHEMA.Dataset))
    assert len(sets) == len(DATASETS)
    for address in PAGES:
        page = built.page(address)
        (node,) = page.root.all("div", where=lambda n: n.attrs.get("itemtype") == f"{SCHEMA}Dataset")
        here = URIRef(node.attrs["itemid"])
        assert here in sets
        told = items(node, page)
        assert told["name"] == [str(graph.value(here, SCHEMA.name))]
        assert str(graph.value(here, SCHEMA.description)).endswith(told["description"][0])
        assert told["license"] == [str(graph.value(here, SCHEMA.license))]
        assert len(told["distribution"]) == len(set(graph.objects(here, SCHEMA.distribution)))
        assert 50 <= len(told["description"][0]) <= 5000


def test_the_json_ld_names_files_that_are_there(built: BuiltSite) -> None:
    graph = Graph().parse(built.site / "data/datamangder.jsonld", format="json-ld")
    for address in graph.objects(None, SCHEMA.contentUrl):
        assert (built.site / str(address).removeprefix("https://trygghet.example/")).is_file()
    assert {str(o) for o in graph.objects(None, SCHEMA.license)} == {
        "https://creativecommons.org/publicdomain/zero/1.0/deed.sv"
    }


def test_the_head_leads_to_the_catalogue_and_no_page_has_a_script_for_it(built: BuiltSite) -> None:
    for address in ("/oppna-data/", *PAGES):
        page = built.page(address)
        found = {n.attrs["type"]: n for n in page.root.one("head").all("link") if "type" in n.attrs}
        for kind in ("application/rdf+xml", "text/turtle", "application/ld+json"):
            assert found[kind].attrs["rel"] in {"alternate", "describedby"}
            path = urljoin(address, found[kind].attrs["href"]).lstrip("/")
            assert (built.site / path).is_file()
        assert page.root.all("script") == []


# ---- where the numbers are from (criterion 66) -------------------------------------------------------


def kept(rule: str, row: dict[str, str]) -> bool:
    """True for a row that a page names: ``tid=2026-v45-46``, ``kategori=trafik*``."""
    column, _, value = rule.partition("=")
    return row[column].startswith(value[:-1]) if value.endswith("*") else row[column] == value


OTHER = ("Förra", "Samma period", "Svar", "Utskick")
"""Headings of columns that hold something else than the reports of the page's own rows."""


def test_every_number_of_reports_is_found_in_the_rows_that_its_page_names(built: BuiltSite) -> None:
    with (built.site / "data/rapporter.csv").open(encoding="utf-8", newline="") as file:
        every = list(csv.DictReader(file))
    checked, sourced = 0, set()
    for address, page in built.every():
        notes = page.root.all("p", where=lambda n: "data-rader" in n.attrs)
        if not notes:
            continue
        (note,) = notes
        assert note.attrs["data-kalla"] == "rapporter"
        rows = [row for row in every if kept(note.attrs["data-rader"], row)]
        assert rows, address
        shown = {f"{int(r['fran']):,}–{int(r['till']):,}".replace(",", "\u202f") for r in rows if r["fran"]}
        sourced.add(address.split("/")[1])
        for table in tables(page.root):
            for row in table.rows:
                for head, cell in zip(table.head, row, strict=True):
                    if (
                        head.startswith("Rapporter")
                        and INTERVAL.fullmatch(cell)
                        and not head.startswith(OTHER)
                    ):
                        assert cell in shown, (address, table.caption, row)
                        checked += 1
    assert sourced == {"", "lage", "omraden", "kategorier", "utvardering", "ar", "karta", "utveckling"}
    assert checked > 2000


# ---- the lines to copy --------------------------------------------------------------------------------


def test_the_python_on_a_page_runs(slim: Slim, built: BuiltSite, tmp_path: Path) -> None:
    lines = []
    for address in PAGES:
        (code,) = built.page(address).root.one("main").all("pre")
        assert "https://trygghet.example/data/" in code.text()
        source = "".join(c for c in code.one("code").children if isinstance(c, str))
        lines.append(source.replace("https://trygghet.example/", f"{slim.site}/"))
    path = tmp_path / "prov.py"
    path.write_text("\n".join(lines), encoding="utf-8")
    done = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("exempel") >= 1
