"""The catalogue of open data by DCAT-AP-SE 3.0.1, for dataportal.se and other harvesters.

Catalogue, datasets, distributions, publisher and contact all have addresses of their own (no blank nodes),
under pages that live for ever: ``/oppna-data/rapporter/#datamangd``. The same graph is written as RDF/XML
(all that the national portal reads) and as Turtle.

Specification: https://docs.dataportal.se/dcat/3.0.1/sv/. A format is the EU's file type, as DCAT-AP 3.0.1
asks; Digg's own examples have a text there, which its shapes refuse.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from est_build.model.published import Published
from est_build.pages.datafiles import DataFile, DataSet, OpenData
from est_build.pages.opendata import part_id
from est_build.publish.describe import schema_address
from est_build.publish.rdfxml import rdf_xml
from est_build.publish.turtle import iri
from est_build.schema.site import Site

if TYPE_CHECKING:
    from rdflib import Graph, URIRef

HARVEST: Final = "datasets/dcat"
"""Where every public body's catalogue is looked for."""
RDF_XML: Final = "dcat.rdf"
TURTLE: Final = "dcat.ttl"
_EU: Final = "http://publications.europa.eu/resource/authority/"
_IANA: Final = "http://www.iana.org/assignments/media-types/"
_PUBLISHERS: Final = {
    "kommun": "LocalAuthority",
    "region": "RegionalAuthority",
    "myndighet": "NationalAuthority",
    "forening": "NonProfitOrganisation",
    "foretag": "Company",
}
_FILE_TYPES: Final = {
    "csv": "CSV",
    "json": "JSON",
    "geojson": "GEOJSON",
    "ttl": "RDF_TURTLE",
}
_ADDRESSES: Final = bytes.fromhex("6ba7b8119dad11d180b400c04fd430c8")
"""The name space of addresses (RFC 9562, 6.6)."""
PREFIXES: Final = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
_LICENCES: Final = {
    "CC0-1.0": "http://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-4.0": "http://creativecommons.org/licenses/by/4.0/",
}
_FORMS: Final = {
    "csv": ("Tabell som CSV.", "Table as CSV."),
    "json": ("Samma rader som JSON.", "The same rows as JSON."),
    "geojson": ("Gränser som GeoJSON, WGS84.", "Boundaries as GeoJSON, WGS84."),
    "ttl": ("RDF Data Cube i Turtle.", "RDF Data Cube in Turtle."),
}
EXAMPLE: Final = (
    "Exempel: alla siffror och texter är påhittade.",
    "Example: all figures and texts are invented.",
)


def catalogue_files(published: Published, made: OpenData) -> dict[str, bytes]:
    """Path under the site -> content: the same catalogue at three addresses."""
    graph = _Catalogue(published, made).graph()
    xml = rdf_xml(graph, PREFIXES)
    return {HARVEST: xml, RDF_XML: xml, TURTLE: graph.serialize(format="turtle", encoding="utf-8")}


def catalogue_address(site: Site, part: str) -> str:
    """Address of a part of the catalogue: ``katalog``, ``utgivare``, ``kontakt`` …"""
    return f"{iri(site.bas_url)}{HARVEST}#{part}"


def dataset_address(site: Site, name: str, part: str = "datamangd") -> str:
    """Address of a dataset, or of one of its distributions: under its page."""
    return f"{iri(site.bas_url)}oppna-data/{name}/#{part}"


def publisher_address(site: Site) -> str:
    """The publisher's address in the national catalogue, or under ours if it is not known there."""
    settings = site.oppna_data
    if settings.utgivar_id:
        return iri(settings.utgivar_id)
    if settings.organisationsnummer:
        return f"http://dataportal.se/organisation/SE{settings.organisationsnummer}"
    return catalogue_address(site, "utgivare")


def dataset_uuid(site: Site, name: str) -> str:
    """What a dataset is known by: as the settings have it, else made of its address."""
    given = site.oppna_data.uuid.get(name)  # type: ignore[call-overload]
    return given or named_uuid(dataset_address(site, name))


def named_uuid(address: str) -> str:
    """UUID version 5 of an address (RFC 9562, 5.5): the same address always gives the same."""
    digest = hashlib.sha1(_ADDRESSES + address.encode("utf-8"), usedforsecurity=False).digest()
    number = bytearray(digest[:16])
    number[6] = number[6] & 0x0F | 0x50
    number[8] = number[8] & 0x3F | 0x80
    plain = number.hex()
    return "-".join((plain[:8], plain[8:12], plain[12:16], plain[16:20], plain[20:]))


def phone_address(number: str) -> str:
    """``040-628 04 00`` -> ``tel:+46406280400``."""
    digits = re.sub(r"[^0-9+]", "", number)
    return f"tel:+46{digits[1:]}" if digits.startswith("0") else f"tel:{digits}"


class _Catalogue:
    """Builds the graph. The library is slow to load, so it is asked for here and nowhere above."""

    def __init__(self, published: Published, made: OpenData) -> None:
        import rdflib

        self.published, self.made, self.site = published, made, published.site
        self.rdf, self.xsd, self.a = rdflib, rdflib.XSD, rdflib.RDF.type
        spaces = {prefix: rdflib.Namespace(address) for prefix, address in PREFIXES.items()}
        self.dcat, self.terms, self.foaf = spaces["dcat"], spaces["dcterms"], spaces["foaf"]
        self.vcard, self.adms, self.spdx = spaces["vcard"], spaces["adms"], spaces["spdx"]
        self.dcatap = spaces["dcatap"]
        self.into = rdflib.Graph()
        for prefix, space in spaces.items():
            self.into.bind(prefix, space)
        self.here = self._ref(catalogue_address(self.site, "katalog"))
        self.publisher = self._ref(publisher_address(self.site))
        self.contact = self._ref(catalogue_address(self.site, "kontakt"))
        self.place = self._ref(catalogue_address(self.site, "plats"))
        self.time = self._ref(catalogue_address(self.site, "tid"))
        first = [p.publishes for p in published.periods]
        self.issued = min(first).isoformat() if first else published.date.isoformat()

    def graph(self) -> Graph:
        """The whole catalogue."""
        self._head()
        self._publisher()
        self._contact()
        self._place_and_time()
        for one in self.made.sets:
            self._dataset(one)
        return self.into

    # ---- small words ---------------------------------------------------------------------------

    def _ref(self, address: str) -> URIRef:
        return self.rdf.URIRef(address)

    def _eu(self, path: str) -> URIRef:
        return self._ref(f"{_EU}{path}")

    def _add(self, subject: URIRef, *pairs: tuple[URIRef, object]) -> None:
        for predicate, value in pairs:
            self.into.add((subject, predicate, value))  # type: ignore[arg-type]

    def _both(self, sv: str, en: str) -> Iterator[object]:
        yield self.rdf.Literal(sv, lang="sv")
        yield self.rdf.Literal(en, lang="en")

    def _date(self, day: str) -> object:
        return self.rdf.Literal(day, datatype=self.xsd.date)

    def _marked(self, sv: str, en: str) -> tuple[str, str]:
        """A description, that says first if the figures are invented."""
        example = self.site.exempeldata
        return (f"{EXAMPLE[0]} {sv}", f"{EXAMPLE[1]} {en}") if example else (sv, en)

    # ---- the parts -----------------------------------------------------------------------------

    def _head(self) -> None:
        dcat, terms, site = self.dcat, self.terms, self.site
        sv, en = self._marked(site.beskrivning, "Open data on perceived insecurity in public places.")
        self._add(
            self.here,
            (self.a, dcat.Catalog),
            *((terms.title, t) for t in self._both(f"{site.namn}: öppna data", f"{site.namn}: open data")),
            *((terms.description, t) for t in self._both(sv, en)),
            (terms.publisher, self.publisher),
            (terms.license, self._ref(_LICENCES[site.licens_data])),
            (terms.issued, self._date(self.issued)),
            (terms.modified, self._date(self.published.date.isoformat())),
            (terms.language, self._eu("language/SWE")),
            (terms.language, self._eu("language/ENG")),
            (terms.spatial, self.place),
            (self.foaf.homepage, self._document(f"{iri(site.bas_url)}oppna-data/")),
            (dcat.themeTaxonomy, self._themes()),
            *((dcat.dataset, self._ref(dataset_address(site, one.about.id))) for one in self.made.sets),
        )

    def _typed(self, thing: URIRef, kind: URIRef) -> URIRef:
        """Say what a thing that others have named is: a check of classes has only this graph to look in."""
        self._add(thing, (self.a, kind))
        return thing

    def _themes(self) -> URIRef:
        themes = self._typed(self._eu("data-theme"), self.rdf.SKOS.ConceptScheme)
        self._add(themes, *((self.terms.title, t) for t in self._both("EU:s teman för data", "Data theme")))
        return themes

    def _document(self, address: str) -> URIRef:
        return self._typed(self._ref(address), self.foaf.Document)

    def _publisher(self) -> None:
        settings, literal = self.site.oppna_data, self.rdf.Literal
        slag = self._ref(f"http://purl.org/adms/publishertype/{_PUBLISHERS[settings.utgivartyp]}")
        self._add(
            self.publisher,
            (self.a, self.foaf.Agent),
            (self.foaf.name, literal(self.site.utgivare, lang="sv")),
            (self.terms.type, slag),
            (self.foaf.homepage, self._document(f"{iri(self.site.bas_url)}om/")),
        )
        if settings.om_utgivaren:
            self._add(self.publisher, (self.terms.description, literal(settings.om_utgivaren, lang="sv")))
        if settings.organisationsnummer:
            self._add(self.publisher, (self.terms.identifier, literal(settings.organisationsnummer)))

    def _contact(self) -> None:
        vcard, literal, contact = self.vcard, self.rdf.Literal, self.site.kontakt
        post = self.site.oppna_data.postadress
        self._add(
            self.contact,
            (self.a, vcard.Organization),
            (self.a, vcard.Kind),
            (vcard.fn, literal(contact.funktion)),
            (vcard.hasEmail, self._ref(f"mailto:{contact.epost}")),
            (vcard.hasURL, self._ref(f"{iri(self.site.bas_url)}om/vilka/")),
        )
        if contact.telefon:
            phone = self._ref(catalogue_address(self.site, "telefon"))
            self._add(self.contact, (vcard.hasTelephone, phone))
            number = self._ref(phone_address(contact.telefon))
            self._add(phone, (self.a, vcard.Voice), (vcard.hasValue, number))
        if post:
            address = self._ref(catalogue_address(self.site, "postadress"))
            self._add(self.contact, (vcard.hasAddress, address))
            self._add(
                address,
                (self.a, vcard.Address),
                *([(vcard["street-address"], literal(post.gata))] if post.gata else []),
                (vcard["postal-code"], literal(post.postnummer)),
                (vcard.locality, literal(post.ort)),
                (vcard["country-name"], literal(post.land)),
            )

    def _place_and_time(self) -> None:
        published, literal = self.published, self.rdf.Literal
        points = [p for a in published.areas for polygon in a.polygons for ring in polygon for p in ring]
        west, east = min(x for x, _ in points), max(x for x, _ in points)
        south, north = min(y for _, y in points), max(y for _, y in points)
        wkt = self._ref("http://www.opengis.net/ont/geosparql#wktLiteral")
        corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
        box = ", ".join(f"{x:.5f} {y:.5f}" for x, y in corners)
        middle = f"POINT({(west + east) / 2:.5f} {(south + north) / 2:.5f})"
        self._add(
            self.place,
            (self.a, self.terms.Location),
            (self.dcat.bbox, literal(f"POLYGON(({box}))", datatype=wkt)),
            (self.dcat.centroid, literal(middle, datatype=wkt)),
        )
        self._add(
            self.time,
            (self.a, self.terms.PeriodOfTime),
            (self.dcat.startDate, self._date(published.periods[0].start.isoformat())),
            (self.dcat.endDate, self._date(published.periods[-1].end.isoformat())),
        )

    def _dataset(self, one: DataSet) -> None:
        about, dcat, terms = one.about, self.dcat, self.terms
        page = self._ref(f"{iri(self.site.bas_url)}oppna-data/{about.id}/")
        form = self._ref(schema_address(iri(self.site.bas_url), about.tables[0].name))
        words = zip(about.keywords.sv.split(","), about.keywords.en.split(","), strict=True)
        self._add(
            self._ref(dataset_address(self.site, about.id)),
            (self.a, dcat.Dataset),
            *((terms.title, t) for t in self._both(about.title.sv, about.title.en)),
            *((terms.description, t) for t in self._both(*self._marked(about.text.sv, about.text.en))),
            *((dcat.keyword, t) for pair in words for t in self._both(*pair)),
            *((dcat.theme, self._eu(f"data-theme/{theme}")) for theme in about.themes),
            (terms.publisher, self.publisher),
            (dcat.contactPoint, self.contact),
            (terms.identifier, self.rdf.Literal(dataset_uuid(self.site, about.id))),
            (terms.issued, self._date(self.issued)),
            (terms.modified, self._date(self.published.date.isoformat())),
            (terms.language, self._eu("language/SWE")),
            (terms.conformsTo, form),
            (terms.spatial, self.place),
            (terms.temporal, self.time),
            (terms.accessRights, self._eu("access-right/PUBLIC")),
            (terms.accrualPeriodicity, self._eu(f"frequency/{about.rhythm}")),
            (dcat.version, self.rdf.Literal(about.version)),
            (self.adms.versionNotes, self.rdf.Literal(about.changes[0].text.replace("`", ""), lang="sv")),
            (dcat.landingPage, page),
            (self.foaf.page, page),
            *((dcat.distribution, self._distribution(one, file, form)) for file in one.files),
        )
        self._add(page, (self.a, self.foaf.Document))
        title = self.rdf.Literal(f"JSON Schema: {about.tables[0].title}", lang="sv")
        self._add(form, (self.a, terms.Standard), (terms.title, title))

    def _distribution(self, one: DataSet, file: DataFile, form: URIRef) -> URIRef:
        name, ending = part_id(file), file.name.rpartition(".")[2]
        here = self._ref(dataset_address(self.site, one.about.id, name))
        check = self._ref(dataset_address(self.site, one.about.id, f"{name}-kontrollsumma"))
        terms, dcat, literal = self.terms, self.dcat, self.rdf.Literal
        kinds = terms.MediaTypeOrExtent
        self._add(
            here,
            (self.a, dcat.Distribution),
            (terms.title, literal(f"{file.title} ({file.form})", lang="sv")),
            *((terms.description, t) for t in self._both(*self._marked(*_FORMS[ending]))),
            (dcat.accessURL, self._ref(f"{iri(self.site.bas_url)}oppna-data/{one.about.id}/")),
            (dcat.downloadURL, self._ref(f"{iri(self.site.bas_url)}{file.path}")),
            (terms["format"], self._typed(self._eu(f"file-type/{_FILE_TYPES[ending]}"), kinds)),
            (dcat.mediaType, self._typed(self._ref(f"{_IANA}{file.media}"), terms.MediaType)),
            (dcat.byteSize, literal(str(file.size), datatype=self.xsd.nonNegativeInteger)),
            (self.spdx.checksum, check),
            (terms.license, self._ref(_LICENCES[self.site.licens_data])),
            (self.dcatap.availability, self._eu("planned-availability/STABLE")),
            (terms.issued, self._date(self.issued)),
            (terms.modified, self._date(self.published.date.isoformat())),
            (terms.language, self._eu("language/SWE")),
        )
        if ending == "json":
            self._add(here, (terms.conformsTo, form))
        spdx = self.spdx
        algorithm = self._typed(spdx.checksumAlgorithm_sha256, spdx.ChecksumAlgorithm)
        value = literal(file.sha256, datatype=self.xsd.hexBinary)
        self._add(check, (self.a, spdx.Checksum), (spdx.algorithm, algorithm), (spdx.checksumValue, value))
        return here
