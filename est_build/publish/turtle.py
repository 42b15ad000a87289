"""Small pieces of Turtle (W3C, RDF 1.1 Turtle): prefixes, texts and concepts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

VOCABULARIES: Final = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sa": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sdmx-code": "http://purl.org/linked-data/sdmx/2009/code#",
    "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
LISTS: Final = {
    "tid": "t",
    "omrade": "o",
    "kategori": "k",
    "miljo": "m",
    "tidsblock": "b",
    "antal": "n",
    "status": "s",
}
"""Code list -> its prefix: short, for there is one in every observation seven times."""
_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def prefixes(home: str) -> str:
    """Of all files of the cube. ``home``: address of the folder, ending in ``/``."""
    at = f"{home}struktur.ttl#"
    own = {"kub": at, "e": f"{at}egenskap-", "lista": f"{at}lista-"} | {
        p: f"{at}{name}-" for name, p in LISTS.items()
    }
    return "\n".join(f"@prefix {name}: <{iri(address)}> ." for name, address in (VOCABULARIES | own).items())


def iri(address: str) -> str:
    """An address as it may stand between angle brackets."""
    return "".join(c if c > " " and c not in '<>"{}|^`\\' else f"%{ord(c):02X}" for c in address)


def text(words: str, language: str = "sv") -> str:
    """A text with its language."""
    return f'"{words.translate(_ESCAPES)}"@{language}'


def concept(scheme: str, code: str, sv: str, en: str = "", more: Sequence[str] = ()) -> str:
    """A code of a list: ``concept("status", "c", "Dold")``."""
    labels = ", ".join([text(sv), *([text(en, "en")] if en else [])])
    parts = (
        f"{LISTS[scheme]}:{code} a skos:Concept",
        f"skos:inScheme lista:{scheme}",
        f"skos:prefLabel {labels}",
    )
    return ";\n  ".join([*parts, *more]) + " ."
