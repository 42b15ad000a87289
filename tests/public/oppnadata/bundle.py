"""What DCAT-AP-SE asks for, read out of Digg's own ``bundle.json``: cardinalities, kinds of nodes, values.

The bundle describes forms. Here each field of a class becomes a rule about a property, and a graph is
checked against the rules: what must be there, what should be, how many, and of what kind.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.term import Node

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "locn": "http://www.w3.org/ns/locn#",
    "odrs": "http://schema.theodi.org/odrs#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": str(RDF),
    "schema": "http://schema.org/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
CLASSES = {
    "dcat:Catalog": "dcat:Catalog",
    "dcat:Dataset": "dcat:Dataset",
    "dcat:Distribution": "dcat:Distribution",
    "dcat:foaf:Agent": "foaf:Agent",
    "dcat:contactPoint": "vcard:Kind",
}
"""Form -> the class whose things it describes. All five must have addresses."""


def full(name: str) -> URIRef:
    """``dcat:Dataset`` written out."""
    prefix, _, rest = name.partition(":")
    return URIRef(PREFIXES[prefix] + rest) if prefix in PREFIXES else URIRef(name)


@dataclass(frozen=True)
class Rule:
    """One field of a form."""

    form: str
    property: URIRef
    node: str
    least: int
    wanted: int
    most: int | None
    datatypes: tuple[URIRef, ...]
    choices: frozenset[str]
    pattern: str
    inner: tuple[Rule, ...]


class Bundle:
    """The forms of a profile."""

    def __init__(self, path: Path) -> None:
        templates = json.loads(path.read_text(encoding="utf-8"))["templates"]
        self.by_id: dict[str, dict[str, Any]] = {t["id"]: t for t in templates if "id" in t}

    def rules(self, form: str) -> tuple[Rule, ...]:
        """The rules of a form; a group without a property of its own lends its fields to the form."""
        return tuple(self._rules(form, self.by_id[form]))

    def _rules(self, form: str, template: dict[str, Any]) -> Iterator[Rule]:
        for item in template.get("items", ()):
            field = self._whole(item)
            if "property" not in field:
                yield from self._alternatives(form, field)
            else:
                yield self._rule(form, field)

    def _alternatives(self, form: str, group: dict[str, Any]) -> Iterator[Rule]:
        """Several ways to say one thing: one of them is enough, so their values are taken together."""
        found = [self._rule(form, self._whole(item)) for item in group["items"]]
        count = group.get("cardinality") or {}
        yield Rule(
            form, found[0].property, found[0].node, count.get("min") or 0, count.get("pref") or 0,
            count.get("max"), (), frozenset(), "", (),
        )  # fmt: skip

    def _whole(self, item: Any) -> dict[str, Any]:
        field = dict(self.by_id[item]) if isinstance(item, str) else dict(item)
        return {**self.by_id.get(field.get("extends", ""), {}), **field}

    def _rule(self, form: str, field: dict[str, Any]) -> Rule:
        count, types = field.get("cardinality") or {}, field.get("datatype") or ()
        return Rule(
            form,
            full(field["property"]),
            field.get("nodetype") or "",
            count.get("min") or 0,
            count.get("pref") or 0,
            count.get("max"),
            tuple(full(t) for t in ([types] if isinstance(types, str) else types)),
            frozenset(str(full(c["value"])) for c in field.get("choices") or ()),
            field.get("pattern") or "",
            tuple(self._rules(form, field)) if field.get("items") else (),
        )


def faults(graph: Graph, bundle: Bundle) -> Iterator[tuple[str, str, str]]:
    """(form, property, fault) of all that a graph lacks or has wrong."""
    for form, kind in CLASSES.items():
        things = sorted(set(graph.subjects(RDF.type, full(kind))), key=str)
        if not things:
            yield form, "", "none"
        for thing in things:
            if isinstance(thing, BNode):
                yield form, "", "blank node"
            yield from _of(graph, thing, bundle.rules(form))


def _of(graph: Graph, thing: Node, rules: tuple[Rule, ...]) -> Iterator[tuple[str, str, str]]:
    # A property may have several fields (a place by name or by outline): one of them is enough.
    for name in dict.fromkeys(rule.property for rule in rules):
        own = [rule for rule in rules if rule.property == name]
        values = [v for v in graph.objects(thing, name) if name != RDF.type or _chosen(v, own)]
        where = own[0].form, str(name)
        if len(values) < max(rule.least for rule in own):
            yield *where, "mandatory is missing"
        elif not values and any(rule.wanted for rule in own):
            yield *where, "recommended is missing"
        most = [rule.most for rule in own]
        if None not in most and len(values) > max(m for m in most if m is not None):
            yield *where, f"{len(values)} values"
        for value in values:
            found = [list(_fault(graph, value, rule)) for rule in own]
            if all(found):
                yield from found[0]


def _chosen(value: Node, rules: list[Rule]) -> bool:
    """Of types, only those that the form offers are counted: a thing may have others besides."""
    return any(str(value) in rule.choices for rule in rules)


def _fault(graph: Graph, value: Node, rule: Rule) -> Iterator[tuple[str, str, str]]:
    where = rule.form, str(rule.property)
    if "LITERAL" in rule.node and not isinstance(value, Literal):
        yield *where, "not a literal"
    if rule.node in {"URI", "RESOURCE"} and isinstance(value, Literal):
        yield *where, "not a resource"
    if rule.node == "URI" and isinstance(value, BNode):
        yield *where, "not an address"
    if rule.node == "LANGUAGE_LITERAL" and not getattr(value, "language", None):
        yield *where, "no language"
    if rule.datatypes and getattr(value, "datatype", None) not in rule.datatypes:
        yield *where, "wrong datatype"
    if rule.choices and str(value) not in rule.choices:
        yield *where, f"not a choice: {value}"
    text = re.sub(r"^(?:tel|mailto):", "", str(value))
    if rule.pattern and not re.fullmatch(rule.pattern.removeprefix("^").removesuffix("$"), text):
        yield *where, f"wrong form: {value}"
    if rule.inner:
        yield from _of(graph, value, rule.inner)
