"""The reports as an RDF Data Cube (W3C, *The RDF Data Cube Vocabulary*), in Turtle.

One file with the structure and the codes, and one for each year with its observations: a year that is over
changes no more, and nobody has to fetch all years to read one. The text is written here and not by a
library, which would need half a minute for what takes a tenth of a second; the tests read it with one.

The measure is an *interval* (``n:35-39``, with its ends), not a number: a hidden cell then has a value
as well (``n:c``), as integrity constraint IC-14 asks, and no number stands where none is known. Its
``sdmx-attribute:obsStatus`` is ``c``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from est_build.model.cell import Cell, Shown
from est_build.model.published import Published
from est_build.model.span import Span
from est_build.pages.datafiles import DataFile
from est_build.protect.plan import CellKey
from est_build.publish.rows import hidden_as, releases
from est_build.publish.turtle import LISTS, concept, iri, prefixes, text
from est_build.schema.opendata.tables import ALL, HIDDEN, NOT_ASKED, REPORTS

FOLDER: Final = "kub"
STRUCTURE: Final = f"{FOLDER}/struktur.ttl"
DIMENSIONS: Final = (
    ("tid", "tid", "sdmx-dimension:refPeriod", "Period, kvartal eller år", "Fortnight, quarter or year"),
    ("omrade", "omrade", "sdmx-dimension:refArea", "Kommun eller område", "Municipality or area"),
    ("kategori", "kategori", "", "Kategori", "Category"),
    ("miljo", "miljo", "", "Sorts plats", "Kind of place"),
    ("tidsblock", "tidsblock", "", "Tid på dygnet och i veckan", "Time of day and week"),
)
"""Property, code list, what it is a kind of, and its names."""
STATUSES: Final = (
    ("A", "A", "Visad", "Normal value"),
    ("c", "c", "Under visningsgränsen", "Below the display limit (confidential)"),
    ("L", "L", "Ingen fick enkäten", "Missing value; data were not collected"),
)
_STATUS: Final = {HIDDEN: "c", NOT_ASKED: "L"}
_OTHER: Final = {"A": "sdmx-code:obsStatus-A", "c": "sdmx-code:confStatus-C"}


def cube_files(published: Published) -> tuple[DataFile, ...]:
    """The structure, then the observations of each year."""
    home = f"{published.site.bas_url}data/{FOLDER}/"
    years: dict[str, list[str]] = {}
    used: set[tuple[int, int]] = set()
    for span, code in releases(published):
        lines = years.setdefault(str(published.calendar.year(span)), [])
        why = _STATUS[hidden_as(published.participation(span, code))]
        for key, cell in published.figures[span.id, code].cells.items():
            lines.append(_observation(span, key, cell, why))
            if isinstance(cell, Shown):
                used.add((cell.low, cell.high))
    head = prefixes(home)
    structure = "\n".join([head, *_structure(published), *_codes(published), *_intervals(used), ""])
    found = [DataFile(STRUCTURE, "Datakub: struktur och koder", structure.encode("utf-8"))]
    for year, lines in years.items():
        start = f"@base <{iri(home)}rapporter-{year}.ttl> .\n{head}"
        content = "\n".join([start, *lines, ""]).encode("utf-8")
        found.append(
            DataFile(f"{FOLDER}/rapporter-{year}.ttl", f"Datakub: rapporter {year}", content, len(lines))
        )
    return tuple(found)


def _observation(span: Span, key: CellKey, cell: Cell, why: str) -> str:
    _, area, category, place, hour = key
    value, status = (f"{cell.low}-{cell.high}", "A") if isinstance(cell, Shown) else (why, why)
    narrower = (f"/miljo-{place}" if place else "") + (f"/tid-{hour}" if hour else "")
    return (
        f"<#{span.id}/{area}/{category}{narrower}> a qb:Observation;qb:dataSet kub:rapporter;"
        f"e:tid t:{span.id};e:omrade o:{area};e:kategori k:{category};e:miljo m:{place or ALL};"
        f"e:tidsblock b:{hour or ALL};e:antal n:{value};sa:obsStatus s:{status} ."
    )


def _structure(published: Published) -> Iterator[str]:
    site = published.site
    licence = "publicdomain/zero/1.0/" if site.licens_data == "CC0-1.0" else "licenses/by/4.0/"
    note = "Exempel: alla siffror är påhittade. " if site.exempeldata else ""
    yield (
        f"kub:rapporter a qb:DataSet;\n  qb:structure kub:struktur;\n  rdfs:label {text('Rapporter')};\n"
        f"  rdfs:comment {text(note + REPORTS.text)};\n"
        f"  rdfs:seeAlso <{iri(site.bas_url)}oppna-data/rapporter/>;\n"
        f"  dcterms:license <http://creativecommons.org/{licence}> ."
    )
    parts = [f"[qb:dimension e:{name};qb:order {i}]" for i, (name, *_) in enumerate(DIMENSIONS, 1)]
    parts += ["[qb:measure e:antal]", "[qb:attribute sa:obsStatus;qb:componentRequired true]"]
    yield "kub:struktur a qb:DataStructureDefinition;\n  qb:component\n    " + ",\n    ".join(parts) + " ."
    for name, scheme, parent, sv, en in DIMENSIONS:
        above = f"\n  rdfs:subPropertyOf {parent};" if parent else ""
        yield (
            f"e:{name} a rdf:Property, qb:DimensionProperty, qb:CodedProperty;{above}\n"
            f"  rdfs:label {text(sv)}, {text(en, 'en')};\n  rdfs:range skos:Concept;\n"
            f"  qb:codeList lista:{scheme} ."
        )
    yield (
        "e:antal a rdf:Property, qb:MeasureProperty, qb:CodedProperty;\n"
        f"  rdfs:label {text('Antal rapporter, som intervall')}, "
        f"{text('Number of reports, as an interval', 'en')};\n"
        "  rdfs:range skos:Concept;\n  qb:codeList lista:antal ."
    )
    yield (
        "sa:obsStatus a rdf:Property, qb:AttributeProperty, qb:CodedProperty;\n"
        "  rdfs:range skos:Concept;\n  qb:codeList lista:status ."
    )
    for name, words in (("fran", "Minst så många rapporter"), ("till", "Högst så många rapporter")):
        yield f"e:{name} a rdf:Property;\n  rdfs:label {text(words)};\n  rdfs:range xsd:integer ."


def _codes(published: Published) -> Iterator[str]:
    schemes = [(scheme, sv) for _, scheme, _, sv, _ in DIMENSIONS]
    for scheme, words in (*schemes, ("antal", "Intervall"), ("status", "Status")):
        yield f"lista:{scheme} a skos:ConceptScheme;\n  rdfs:label {text(words)} ."
    with_figures = {span for span, _ in published.figures}
    for span in (*published.periods, *published.quarters, *published.years):
        if span.id in with_figures:
            name = f"{span.label}, {span.end.year}" if span.kind == "period" else span.label
            dates = f'dcat:startDate "{span.start}"^^xsd:date', f'dcat:endDate "{span.end}"^^xsd:date'
            yield concept("tid", span.id, name, more=("a dcterms:PeriodOfTime", *dates))
    for area in published.areas:
        if area.merged_into is None:
            notation = [f'skos:notation "{area.municipality}"'] if area.level == "kommun" else []
            broader = [f"skos:broader o:{area.parent}"] if area.parent else []
            yield concept("omrade", area.id, area.name, more=[*notation, *broader])
    lists = {"kategori": "kategorier", "miljo": "miljoer", "tidsblock": "tider"}
    for scheme, name in lists.items():
        yield concept(scheme, ALL, "Alla", "All")
        for code in published.codes.lists[name].values():
            broader = [f"skos:broader {LISTS[scheme]}:{code.forald}"] if code.forald else []
            yield concept(scheme, code.id, code.sv, code.en, broader)
    for code_, notation_, sv, en in STATUSES:
        same = [f"skos:closeMatch {_OTHER[code_]}"] if code_ in _OTHER else []
        yield concept("status", code_, sv, en, [f'skos:notation "{notation_}"', *same])


def _intervals(used: Iterable[tuple[int, int]]) -> Iterator[str]:
    """Each interval once, with its ends; and what stands where no number may."""
    for low, high in sorted(used):
        yield concept("antal", f"{low}-{high}", f"{low}–{high}", more=(f"e:fran {low}", f"e:till {high}"))
    for code, _, sv, en in STATUSES[1:]:
        yield concept("antal", code, sv, en)
