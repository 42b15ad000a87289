"""A graph as RDF/XML, the same bytes each time: the library's own writer follows the order of a set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from rdflib import Graph

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def rdf_xml(graph: Graph, prefixes: Mapping[str, str]) -> bytes:
    """A graph without blank nodes: a part for each subject, in the order of the addresses.

    Args:
        graph: what is to be written.
        prefixes: of all vocabularies that its properties are from.

    Raises:
        KeyError: if a property is from none of them.
    """
    names = {address: prefix for prefix, address in ({"rdf": _RDF} | dict(prefixes)).items()}
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<rdf:RDF"]
    lines += [f"  xmlns:{prefix}={quoteattr(address)}" for address, prefix in sorted(names.items())]
    lines[-1] += ">"
    for subject in sorted(set(graph.subjects()), key=str):
        lines.append(f"  <rdf:Description rdf:about={quoteattr(str(subject))}>")
        pairs = sorted(graph.predicate_objects(subject), key=lambda pair: (str(pair[0]), pair[1].n3()))
        lines += [f"    {_statement(_name(str(p), names), o)}" for p, o in pairs]
        lines.append("  </rdf:Description>")
    return "\n".join([*lines, "</rdf:RDF>", ""]).encode("utf-8")


def _name(address: str, names: Mapping[str, str]) -> str:
    cut = max(address.rfind("#"), address.rfind("/")) + 1
    return f"{names[address[:cut]]}:{address[cut:]}"


def _statement(name: str, value: object) -> str:
    from rdflib import Literal

    if not isinstance(value, Literal):
        return f"<{name} rdf:resource={quoteattr(str(value))}/>"
    more = f" xml:lang={quoteattr(value.language)}" if value.language else ""
    if value.datatype:
        more = f" rdf:datatype={quoteattr(str(value.datatype))}"
    return f"<{name}{more}>{escape(str(value))}</{name}>"
