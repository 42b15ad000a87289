"""The datasets by schema.org, as JSON-LD: what search engines for data read.

It is a file and no block in the pages: no page of the site has a script inside. The pages say the most of
it in their own mark-up (microdata).
"""

from __future__ import annotations

from typing import Any, Final

from est_build.model.published import Published
from est_build.pages.datafiles import DataFile, DataSet, OpenData
from est_build.pages.opendata import LICENCES, part_id
from est_build.publish.dcat import catalogue_address, dataset_address, publisher_address
from est_build.publish.describe import as_json

NAME: Final = "datamangder.jsonld"
EXAMPLE: Final = "Exempel: alla siffror och texter är påhittade."


def schema_org(published: Published, made: OpenData) -> DataFile:
    """All datasets and where they are fetched."""
    site = published.site
    home = f"{site.bas_url}oppna-data/"
    publisher = {
        "@type": "Organization",
        "@id": publisher_address(site),
        "name": site.utgivare,
        "url": site.bas_url,
    }
    catalogue = {
        "@type": "DataCatalog",
        "@id": catalogue_address(site, "katalog"),
        "name": site.namn,
        "url": home,
        "publisher": {"@id": publisher["@id"]},
    }
    span = f"{published.periods[0].start}/{published.periods[-1].end}"
    sets = [_dataset(published, one, span) for one in made.sets]
    return as_json(
        NAME,
        "schema.org",
        {"@context": {"@vocab": "https://schema.org/"}, "@graph": [publisher, catalogue, *sets]},
    )


def _dataset(published: Published, one: DataSet, span: str) -> dict[str, Any]:
    site, about = published.site, one.about
    page = f"{site.bas_url}oppna-data/{about.id}/"
    licence = LICENCES[site.licens_data].href
    return {
        "@type": "Dataset",
        "@id": dataset_address(site, about.id),
        "name": about.title.sv,
        "alternateName": about.title.en,
        "description": f"{EXAMPLE} {about.text.sv}" if site.exempeldata else about.text.sv,
        "url": page,
        "version": about.version,
        "keywords": about.keywords.sv.split(","),
        "license": licence,
        "inLanguage": "sv",
        "isAccessibleForFree": True,
        "creator": {"@id": publisher_address(site)},
        "includedInDataCatalog": {"@id": catalogue_address(site, "katalog")},
        "dateModified": published.date.isoformat(),
        "temporalCoverage": span,
        "spatialCoverage": [area.name for area in published.municipalities],
        "distribution": [
            {
                "@type": "DataDownload",
                "@id": dataset_address(site, about.id, part_id(file)),
                "name": file.title,
                "contentUrl": f"{site.bas_url}{file.path}",
                "encodingFormat": file.media,
                "contentSize": f"{file.size} B",
                "sha256": file.sha256,
            }
            for file in one.files
        ],
    }
