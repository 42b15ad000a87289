"""The catalogue by DCAT-AP-SE 3.0.1: the EU's own shapes, Digg's own bundle, and the score of the portal."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pyshacl
import pytest
from rdflib import DCAT, DCTERMS, FOAF, RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from est_build.model.published import load_published
from est_build.schema.opendata.datasets import DATASET_IDS
from est_build.schema.site import DatasetName
from tests.public.instances import edit, linked
from tests.public.oppnadata.bundle import CLASSES, PREFIXES, Bundle, faults, full
from tests.public.oppnadata.conftest import Slim, written

Fetch = Callable[[str], Path]
EU = "http://publications.europa.eu/resource/authority/"
NUMBER = "2120001355"
"""An organisation number with a right check digit, for the test alone: the example has none, since every
real number is somebody's."""
SPDX, ADMS, SH = (
    Namespace("http://spdx.org/rdf/terms#"),
    Namespace("http://www.w3.org/ns/adms#"),
    Namespace("http://www.w3.org/ns/shacl#"),
)
VCARD, DCATAP = Namespace(PREFIXES["vcard"]), Namespace("http://data.europa.eu/r5r/")


@pytest.fixture(scope="module")
def graph(slim: Slim) -> Graph:
    """Return the catalogue of the slim example, read from its RDF/XML."""
    return Graph().parse(slim.site / "dcat.rdf", format="xml")


@pytest.fixture(scope="module")
def whole(slim_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Slim:
    """Return an instance with all settings that a catalogue may have."""
    root = linked(slim_root, tmp_path_factory.mktemp("hel") / "instans")
    edit(root / "data/webbplats.yml", "  utgivartyp: kommun\n",
         f"  utgivartyp: kommun\n  organisationsnummer: {NUMBER[:6]}-{NUMBER[6:]}\n  uuid:\n"
         "    rapporter: 00000000-0000-4000-8000-000000000001\n")  # fmt: skip
    return written(load_published(root / "data"), root, root / "site")


# ---- the official shapes ---------------------------------------------------------------------------

ALONE = ("html/shacl/shapes.ttl", "html/shacl/shapes_recommended.ttl", "html/shacl/deprecateduris.ttl")
WITH_VALUES = ("html/shacl/range.ttl", "shacl/dcat-ap-SHACL.ttl")
"""These ask what class a controlled value has: the vocabularies that say so are put beside the catalogue."""


def shapes(need_shared: Fetch, name: str) -> Graph:
    """A file of shapes, without the two that the official file names but does not have."""
    found = Graph().parse(need_shared("reference/opendata") / "dcat-ap-3.0.1" / name)
    for shape, inner in list(found.subject_objects(SH.property)):
        if not list(found.predicate_objects(inner)):
            found.remove((shape, SH.property, inner))
    return found


def refused(graph: Graph, need_shared: Fetch, name: str) -> str:
    """What a file of shapes has against a catalogue; empty if nothing."""
    if name in WITH_VALUES:
        stub = need_shared("reference/opendata") / "vocab-stub-from-dcat-ap-se.ttl"
        graph = graph + Graph().parse(stub)
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes(need_shared, name))
    return "" if conforms else str(text)


@pytest.mark.parametrize("name", [*ALONE, *WITH_VALUES])
def test_the_official_shapes_conform(graph: Graph, need_shared: Fetch, name: str) -> None:
    assert refused(graph, need_shared, name) == ""


BROKEN = {
    "html/shacl/shapes.ttl": (DCTERMS.title, None),
    "html/shacl/shapes_recommended.ttl": (DCAT.keyword, None),
    "html/shacl/deprecateduris.ttl": (ADMS.status, URIRef("http://purl.org/adms/status/Completed")),
    "html/shacl/range.ttl": (DCAT.theme, URIRef("https://a.example/tema")),
    "shacl/dcat-ap-SHACL.ttl": (DCTERMS["format"], Literal("text/csv")),
}
"""Shapes -> a property, and what is put in the place of its values: they must find it."""


@pytest.mark.parametrize("name", BROKEN)
def test_the_official_shapes_can_refuse(graph: Graph, need_shared: Fetch, name: str) -> None:
    (about, value), broken = BROKEN[name], Graph() + graph
    for kind in (DCAT.Dataset, DCAT.Distribution):
        for subject in graph.subjects(RDF.type, kind):
            broken.remove((subject, about, None))
            if value is not None:
                broken.add((subject, about, value))
    assert refused(broken, need_shared, name)


# ---- DCAT-AP-SE --------------------------------------------------------------------------------------


def bundle(need_shared: Fetch) -> Bundle:
    return Bundle(need_shared("reference/opendata/dcat-ap-se-3.0.1/bundle.json"))


FEES = "https://www.w3.org/ns/org#classification"
ALLOWED = {
    # Digg's form offers SHA-1 only, "currently"; the EU's profile any algorithm, and SHA-1 can be forged.
    (
        "dcat:Distribution",
        str(SPDX.algorithm),
        "not a choice: http://spdx.org/rdf/terms#checksumAlgorithm_sha256",
    ),
    # For what the law calls valuable data only, says the text of the form.
    ("dcat:Dataset", str(DCATAP.hvdCategory), "mandatory is missing"),
    # The form wants a text; the EU's shapes, which the portal runs too, want the address of a file type.
    ("dcat:Distribution", str(DCTERMS["format"]), "not a literal"),
    # The only choice is that the publisher lives on fees, which no municipality does.
    ("dcat:foaf:Agent", FEES, "recommended is missing"),
}


def test_nothing_that_dcat_ap_se_wants_is_missing(whole: Slim, need_shared: Fetch) -> None:
    found = set(faults(Graph().parse(whole.site / "dcat.ttl"), bundle(need_shared)))
    assert found == ALLOWED


def test_the_example_lacks_its_organisation_number_only(graph: Graph, need_shared: Fetch) -> None:
    lacking = ("dcat:foaf:Agent", str(DCTERMS.identifier), "recommended is missing")
    assert set(faults(graph, bundle(need_shared))) == ALLOWED | {lacking}


def test_without_settings_all_that_must_be_there_is(
    slim_root: Path, tmp_path: Path, need_shared: Fetch
) -> None:
    root = linked(slim_root, tmp_path / "instans")
    path = root / "data/webbplats.yml"
    text = path.read_text(encoding="utf-8")
    bare = re.sub(r"^oppna_data:\n(?:  .+\n)+", "", text, flags=re.MULTILINE)
    assert bare != text
    path.unlink()
    path.write_text(re.sub(r"^  telefon: 040.+\n", "", bare, flags=re.MULTILINE), encoding="utf-8")
    made = written(load_published(root / "data"), root, tmp_path / "site")
    graph = Graph().parse(made.site / "dcat.ttl")
    found = set(faults(graph, bundle(need_shared))) - ALLOWED
    assert {fault for *_, fault in found} == {"recommended is missing"}
    assert refused(graph, need_shared, "html/shacl/shapes.ttl") == ""


MISSING = [
    ("dcat:Catalog", DCTERMS.license), ("dcat:Catalog", FOAF.homepage), ("dcat:Dataset", DCTERMS.title),
    ("dcat:Dataset", DCTERMS.temporal), ("dcat:Dataset", DCTERMS.spatial),
    ("dcat:Distribution", DCAT.accessURL), ("dcat:Distribution", DCATAP.availability),
    ("dcat:foaf:Agent", DCTERMS.type),
    ("dcat:contactPoint", VCARD.hasEmail), ("dcat:contactPoint", VCARD.hasTelephone),
]  # fmt: skip


@pytest.mark.parametrize(("form", "name"), MISSING, ids=lambda value: str(value).rpartition("/")[2])
def test_the_check_finds_what_is_taken_away(
    graph: Graph, need_shared: Fetch, form: str, name: URIRef
) -> None:
    broken = Graph() + graph
    for thing in graph.subjects(RDF.type, full(CLASSES[form])):
        broken.remove((thing, name, None))
    assert (form, str(name)) in {(of, about) for of, about, _ in faults(broken, bundle(need_shared))}


def test_titles_and_texts_are_in_swedish_and_english(graph: Graph) -> None:
    for dataset in graph.subjects(RDF.type, DCAT.Dataset):
        for name in (DCTERMS.title, DCTERMS.description, DCAT.keyword):
            languages = Counter(getattr(value, "language", None) for value in graph.objects(dataset, name))
            assert set(languages) == {"sv", "en"}, (dataset, name)
        texts = [str(t) for t in graph.objects(dataset, DCTERMS.description)]
        assert sorted(text.split(":")[0] for text in texts) == ["Example", "Exempel"]


def test_values_are_those_that_the_portal_knows(graph: Graph) -> None:
    licences = set(graph.objects(None, DCTERMS.license))
    assert licences == {URIRef("http://creativecommons.org/publicdomain/zero/1.0/")}
    reports = URIRef("https://trygghet.example/oppna-data/rapporter/#datamangd")
    assert graph.value(reports, DCTERMS.accrualPeriodicity) == URIRef(f"{EU}frequency/BIWEEKLY")
    assert {*graph.objects(reports, DCAT.theme)} == {URIRef(f"{EU}data-theme/{t}") for t in ("JUST", "SOCI")}
    agent = next(graph.subjects(RDF.type, FOAF.Agent))
    assert graph.value(agent, DCTERMS.type) == URIRef("http://purl.org/adms/publishertype/LocalAuthority")
    assert (None, RDF.type, DCAT.CatalogRecord) not in graph
    assert not [o for o in graph.objects() if "r5r/hvdCategory" in str(o)]


# ---- form -------------------------------------------------------------------------------------------


def test_both_forms_say_the_same_and_two_addresses_have_the_same_bytes(slim: Slim, graph: Graph) -> None:
    assert isomorphic(graph, Graph().parse(slim.site / "dcat.ttl", format="turtle"))
    assert (slim.site / "datasets/dcat").read_bytes() == (slim.site / "dcat.rdf").read_bytes()
    assert len(graph) > 500


def test_everything_has_an_address_and_every_address_is_whole(graph: Graph) -> None:
    for triple in graph:
        for node in triple:
            assert not isinstance(node, BNode), triple
            if isinstance(node, URIRef):
                parts = urlsplit(str(node))
                assert parts.scheme in {"http", "https", "mailto", "tel"}, node
                assert parts.netloc or parts.scheme in {"mailto", "tel"}, node
                assert not re.search(r"[\s<>\"{}|^`\\]", str(node)), node


def test_files_are_there_with_their_size_and_checksum(slim: Slim, graph: Graph) -> None:
    home, seen = slim.published.site.bas_url, set()
    for here in graph.subjects(RDF.type, DCAT.Distribution):
        address = str(graph.value(here, DCAT.downloadURL))
        path = slim.site / unquote(address.removeprefix(home))
        content = path.read_bytes()
        assert int(str(graph.value(here, DCAT.byteSize))) == len(content)
        checksum = graph.value(here, SPDX.checksum)
        assert str(graph.value(checksum, SPDX.checksumValue)) == hashlib.sha256(content).hexdigest()
        media = str(graph.value(here, DCAT.mediaType)).rpartition("media-types/")[2]
        assert media == {
            ".csv": "text/csv", ".json": "application/json", ".geojson": "application/geo+json",
            ".ttl": "text/turtle",
        }[path.suffix]  # fmt: skip
        seen.add(path.relative_to(slim.data).as_posix())
    wanted = {f.name for one in slim.made.sets for f in one.files}
    assert seen == wanted


def test_datasets_keep_what_they_are_known_by(graph: Graph, whole: Slim) -> None:
    known = {str(graph.value(d, DCTERMS.identifier)): str(d) for d in graph.subjects(RDF.type, DCAT.Dataset)}
    for name, address in known.items():
        assert uuid.UUID(name) == uuid.uuid5(uuid.NAMESPACE_URL, address)
    assert len(known) == len(DATASET_IDS)
    assert set(DATASET_IDS) == set(DatasetName.__args__)  # type: ignore[attr-defined]
    given = Graph().parse(whole.site / "dcat.ttl")
    reports = URIRef("https://trygghet.example/oppna-data/rapporter/#datamangd")
    assert str(given.value(reports, DCTERMS.identifier)) == "00000000-0000-4000-8000-000000000001"
    agent = URIRef(f"http://dataportal.se/organisation/SE{NUMBER}")
    assert {*given.objects(None, DCTERMS.publisher)} == {agent}
    assert str(given.value(agent, DCTERMS.identifier)) == NUMBER


# ---- the score of the portal ------------------------------------------------------------------------


def points(graph: Graph, conforms: bool) -> Iterator[tuple[str, int]]:
    """The EU's Metadata Quality Assessment: what is given points, and how many (405 in all).

    Addresses are not called: that the files are there is another test's matter.
    """
    datasets, files = (
        set(graph.subjects(RDF.type, DCAT.Dataset)),
        set(graph.subjects(RDF.type, DCAT.Distribution)),
    )

    def every(things: set[object], *names: URIRef) -> bool:
        return all(any((thing, name, None) in graph for name in names) for thing in things)  # type: ignore[arg-type]

    def from_list(things: set[object], name: URIRef, start: str) -> bool:
        return all(str(value).startswith(start) for t in things for value in graph.objects(t, name))  # type: ignore[arg-type]

    formats = {str(f).rpartition("/")[2] for f in graph.objects(None, DCTERMS["format"])}
    for name, holds, worth in (
        ("keywords", every(datasets, DCAT.keyword), 30),
        ("themes", every(datasets, DCAT.theme), 30),
        ("place", every(datasets, DCTERMS.spatial), 20),
        ("time", every(datasets, DCTERMS.temporal), 20),
        ("access address", every(files, DCAT.accessURL), 50),
        ("download address", every(files, DCAT.downloadURL), 20),
        ("download answers", every(files, DCAT.downloadURL), 30),
        ("format", every(files, DCTERMS["format"]), 20),
        ("media type", every(files, DCAT.mediaType), 10),
        ("of a list", from_list(files, DCTERMS["format"], EU) and from_list(files, DCAT.mediaType,
         "http://www.iana.org/assignments/media-types/"), 10),
        ("not proprietary", formats <= {"CSV", "JSON", "GEOJSON", "RDF_TURTLE"}, 20),
        ("machine-readable", formats <= {"CSV", "JSON", "GEOJSON", "RDF_TURTLE"}, 20),
        ("conforms", conforms, 30),
        ("licence", every(files, DCTERMS.license), 20),
        ("known licence", from_list(files, DCTERMS.license, "http://creativecommons.org/"), 10),
        ("access rights", every(datasets, DCTERMS.accessRights), 10),
        ("of a list too", from_list(datasets, DCTERMS.accessRights, f"{EU}access-right/"), 5),
        ("contact", every(datasets, DCAT.contactPoint), 20),
        ("publisher", every(datasets, DCTERMS.publisher), 10),
        ("rights", every(files, DCTERMS.rights), 5),
        ("size", every(files, DCAT.byteSize), 5),
        ("issued", every(datasets, DCTERMS.issued), 5),
        ("modified", every(datasets, DCTERMS.modified), 5),
    ):  # fmt: skip
        yield name, worth if holds else 0


def test_the_quality_is_excellent(graph: Graph, need_shared: Fetch) -> None:
    conforms = not refused(graph, need_shared, "html/shacl/shapes.ttl")
    score = dict(points(graph, conforms))
    assert sum(score.values()) >= 351, score
    assert {name for name, worth in score.items() if not worth} <= {"rights"}
    assert sum(dict(points(Graph(), False)).values()) != sum(score.values())
