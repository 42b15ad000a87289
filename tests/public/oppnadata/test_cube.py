"""The RDF Data Cube: the integrity constraints of the W3C as SPARQL, and every cell against the table.

The constraints are those of https://www.w3.org/TR/vocab-data-cube/#wf-rules, each as a question that a
well-formed cube answers with no. Each is also asked of a cube that has been spoiled.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef

from tests.public.conftest import BuiltSite
from tests.public.oppnadata.conftest import Slim

QB = Namespace("http://purl.org/linked-data/cube#")
STATUS = URIRef("http://purl.org/linked-data/sdmx/2009/attribute#obsStatus")
KUB = Namespace("https://trygghet.example/data/kub/struktur.ttl#")
COMPONENTS = {
    QB.dimension: QB.DimensionProperty, QB.measure: QB.MeasureProperty, QB.attribute: QB.AttributeProperty,
}  # fmt: skip
WHERE = ("tid", "omrade", "kategori", "miljo", "tidsblock")


@pytest.fixture(scope="module")
def whole(slim: Slim) -> Graph:
    """Return the cube of the slim example, normalised as the specification has it (its section 10)."""
    graph = Graph()
    for path in sorted((slim.data / "kub").glob("*.ttl")):
        graph.parse(path)
    for short, kind in COMPONENTS.items():
        for component, name in list(graph.subject_objects(short)):
            graph.add((component, QB.componentProperty, name))
            graph.add((name, RDF.type, kind))
    return graph


@pytest.fixture(scope="module")
def part(whole: Graph) -> Graph:
    """Return the structure and the observations of one municipality in one fortnight and one quarter."""
    kept = Graph()
    wanted = {KUB["tid-2026-v45-46"], KUB["tid-2026-kv3"]}
    for observation in whole.subjects(RDF.type, QB.Observation):
        area = str(whole.value(observation, KUB["egenskap-omrade"]))
        time = whole.value(observation, KUB["egenskap-tid"])
        if time in wanted and area.endswith(("-ystad", "-ystads-tatort")):
            kept += whole.triples((observation, None, None))  # type: ignore[arg-type]
    for triple in whole:
        if (triple[0], RDF.type, QB.Observation) not in whole:
            kept.add(triple)
    return kept


CONSTRAINTS = {
    "IC-1": """{ ?o a qb:Observation FILTER NOT EXISTS { ?o qb:dataSet ?d } } UNION
               { ?o a qb:Observation ; qb:dataSet ?d, ?e FILTER (?d != ?e) }""",
    "IC-2": """{ ?d a qb:DataSet FILTER NOT EXISTS { ?d qb:structure ?s } } UNION
               { ?d a qb:DataSet ; qb:structure ?s, ?t FILTER (?s != ?t) }""",
    "IC-3": """?s a qb:DataStructureDefinition
               FILTER NOT EXISTS { ?s qb:component [qb:componentProperty [a qb:MeasureProperty]] }""",
    "IC-4": "?d a qb:DimensionProperty FILTER NOT EXISTS { ?d rdfs:range [] }",
    "IC-5": """?d a qb:DimensionProperty ; rdfs:range skos:Concept
               FILTER NOT EXISTS { ?d qb:codeList [] }""",
    "IC-6": """?s qb:component ?c . ?c qb:componentRequired false ; qb:componentProperty ?p
               FILTER NOT EXISTS { ?p a qb:AttributeProperty }""",
    "IC-7": "?k a qb:SliceKey FILTER NOT EXISTS { [a qb:DataStructureDefinition] qb:sliceKey ?k }",
    "IC-9": """{ ?s a qb:Slice FILTER NOT EXISTS { ?s qb:sliceStructure ?k } } UNION
               { ?s a qb:Slice ; qb:sliceStructure ?k, ?l FILTER (?k != ?l) }""",
    "IC-11": """?o qb:dataSet/qb:structure/qb:component/qb:componentProperty ?d .
                ?d a qb:DimensionProperty FILTER NOT EXISTS { ?o ?d [] }""",
    "IC-13": """?o qb:dataSet/qb:structure/qb:component ?c .
                ?c qb:componentRequired true ; qb:componentProperty ?a
                FILTER NOT EXISTS { ?o ?a [] }""",
    "IC-14": """?o qb:dataSet/qb:structure ?s .
                FILTER NOT EXISTS { ?s qb:component/qb:componentProperty qb:measureType }
                ?s qb:component/qb:componentProperty ?m . ?m a qb:MeasureProperty
                FILTER NOT EXISTS { ?o ?m [] }""",
    "IC-18": """?d qb:slice ?s . ?s qb:observation ?o
                FILTER NOT EXISTS { ?o qb:dataSet ?d }""",
    "IC-19": """?o qb:dataSet/qb:structure/qb:component/qb:componentProperty ?d .
                ?d a qb:DimensionProperty ; qb:codeList ?l . ?l a skos:ConceptScheme . ?o ?d ?v
                FILTER NOT EXISTS { ?v a skos:Concept ; skos:inScheme ?l }""",
}
"""Those about slices (8, 10), a measure dimension (15–17) and trees of codes (20, 21) have nothing to ask of:
a test below sees to that."""
DUPLICATES = """SELECT ?d WHERE { ?o qb:dataSet ?d ; e:tid ?t ; e:omrade ?a ; e:kategori ?k ; e:miljo ?m ;
                e:tidsblock ?b } GROUP BY ?d ?t ?a ?k ?m ?b HAVING (COUNT(?o) > 1)"""
"""IC-12 compares every pair of observations: grouped, it asks the same in a thousandth of the time."""
NAMES = {"qb": QB, "rdfs": RDFS, "skos": SKOS, "e": Namespace(f"{KUB}egenskap-")}


def broken(graph: Graph, name: str) -> bool:
    """True if a constraint is not met."""
    if name == "IC-12":
        return len(graph.query(DUPLICATES, initNs=NAMES)) > 0
    return bool(graph.query(f"ASK {{ {CONSTRAINTS[name]} }}", initNs=NAMES).askAnswer)


@pytest.mark.parametrize("name", [*CONSTRAINTS, "IC-12"])
def test_the_cube_is_well_formed(part: Graph, name: str) -> None:
    assert len(set(part.subjects(RDF.type, QB.Observation))) > 30
    assert not broken(part, name)


def test_no_two_observations_are_of_the_same_thing_in_the_whole(whole: Graph) -> None:
    assert not broken(whole, "IC-12")


def test_what_is_not_asked_is_not_there(whole: Graph) -> None:
    for kind in (QB.Slice, QB.SliceKey, QB.HierarchicalCodeList):
        assert (None, RDF.type, kind) not in whole
    assert (None, None, QB.measureType) not in whole


def _without(graph: Graph, subject: object, name: URIRef) -> None:
    graph.remove((subject, name, None))  # type: ignore[arg-type]


def _swap(graph: Graph, subject: object, name: URIRef, value: object) -> None:
    graph.set((subject, name, value))  # type: ignore[arg-type]


Spoil = Callable[[Graph, URIRef], object]
SPOILED: dict[str, Spoil] = {
    "IC-1": lambda g, o: _without(g, o, QB.dataSet),
    "IC-2": lambda g, o: g.add((KUB.rapporter, QB.structure, KUB.annan)),
    "IC-3": lambda g, o: g.remove((None, RDF.type, QB.MeasureProperty)),
    "IC-4": lambda g, o: _without(g, KUB["egenskap-tid"], RDFS.range),
    "IC-5": lambda g, o: _without(g, KUB["egenskap-tid"], QB.codeList),
    "IC-6": lambda g, o: _swap(
        g, g.value(None, QB.dimension, KUB["egenskap-tid"]), QB.componentRequired, Literal(False)
    ),
    "IC-7": lambda g, o: g.add((KUB.nyckel, RDF.type, QB.SliceKey)),
    "IC-9": lambda g, o: g.add((KUB.skiva, RDF.type, QB.Slice)),
    "IC-11": lambda g, o: _without(g, o, KUB["egenskap-miljo"]),
    "IC-12": lambda g, o: [g.add((KUB.tva, p, v)) for p, v in list(g.predicate_objects(o))],
    "IC-13": lambda g, o: _without(g, o, STATUS),
    "IC-14": lambda g, o: _without(g, o, KUB["egenskap-antal"]),
    "IC-18": lambda g, o: [
        g.add((KUB.annan, QB.slice, KUB.skiva)), g.add((KUB.skiva, QB.observation, o)),
    ],
    "IC-19": lambda g, o: _swap(g, o, KUB["egenskap-miljo"], KUB["tid-2025"]),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILED)
def test_each_constraint_can_refuse(part: Graph, name: str) -> None:
    assert set(SPOILED) == {*CONSTRAINTS, "IC-12"}
    spoiled = Graph() + part
    SPOILED[name](spoiled, sorted(part.subjects(RDF.type, QB.Observation), key=str)[0])  # type: ignore[arg-type]
    assert broken(spoiled, name)


# ---- the numbers -------------------------------------------------------------------------------------

Key = tuple[str, ...]
Told = tuple[str, str, str]
"""Lower end, upper end, why they are empty."""
WHY = {"A": "", "c": "dold", "L": "ingen-insamling"}


def table(path: Path) -> dict[Key, Told]:
    """The cells of ``rapporter.csv``."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {tuple(r[w] or "alla" for w in WHERE): (r["fran"], r["till"], r["skydd"]) for r in rows}


def test_every_cell_of_the_cube_is_a_cell_of_the_table(slim: Slim, whole: Graph) -> None:
    found: dict[Key, Told] = {}
    for observation in whole.subjects(RDF.type, QB.Observation):
        names = (whole.value(observation, KUB[f"egenskap-{w}"]) for w in WHERE)
        key = tuple(str(name).removeprefix(f"{KUB}{w}-") for name, w in zip(names, WHERE, strict=True))
        interval = whole.value(observation, KUB["egenskap-antal"])
        ends = (whole.value(interval, KUB[f"egenskap-{end}"]) for end in ("fran", "till"))
        low, high = ("" if end is None else str(end) for end in ends)
        notation = str(whole.value(whole.value(observation, STATUS), SKOS.notation))
        assert key not in found
        found[key] = low, high, WHY[notation]
    assert found == table(slim.data / "rapporter.csv")
    assert {why for *_, why in found.values()} == {"", "dold"}


def test_every_cell_of_the_full_example_too(built: BuiltSite) -> None:
    """As text: the library takes half a minute for what it has shown above that it can read."""
    line = re.compile(
        r"<#\S+> a qb:Observation;qb:dataSet kub:rapporter;e:tid t:(\S+);e:omrade o:(\S+);e:kategori k:(\S+);"
        r"e:miljo m:(\S+);e:tidsblock b:(\S+);e:antal n:(\S+);sa:obsStatus s:(\w) \."
    )
    found: dict[Key, Told] = {}
    for path in sorted((built.site / "data/kub").glob("rapporter-*.ttl")):
        for row in path.read_text(encoding="utf-8").splitlines():
            if not row.startswith(("@", "#")) and row:
                match = line.fullmatch(row)
                assert match, row
                *key, interval, status = match.groups()
                low, _, high = interval.partition("-") if status == "A" else ("", "", "")
                assert status == "A" or interval == status
                assert tuple(key) not in found
                found[tuple(key)] = low, high, WHY[status]
    assert found == table(built.site / "data/rapporter.csv")
    assert "ingen-insamling" in {why for *_, why in found.values()}
