"""dcat.jsonld: the release as a dataset of the Data Catalog Vocabulary (DCAT 3), with a distribution for each file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from gci.publish.formats.about import KEYWORDS, LICENCE, PRODUCER, About
from gci.publish.formats.files import File

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA = "https://www.iana.org/assignments/media-types/"


def dcat(about: About, files: Iterable[File], languages: Sequence[str] = ()) -> dict[str, Any]:
    """The dataset; addresses of files are relative to the document's own.

    Args:
        about: the release.
        files: those that are a way to have its data.
        languages: codes of the languages that it has pages in; the first one has the page to land on.
    """
    year = about.reference_year
    return {
        "@context": _CONTEXT,
        "@id": "./",
        "@type": "dcat:Dataset",
        "dcterms:title": _english(about.title),
        "dcterms:description": _english(about.description),
        "dcterms:identifier": about.content_digest,
        "dcat:version": about.version,
        "dcterms:issued": {"@value": about.moment, "@type": "xsd:dateTime"},
        "dcterms:publisher": {"@type": "foaf:Organization", "foaf:name": PRODUCER},
        "dcterms:rights": {"@type": "dcterms:RightsStatement", "dcterms:description": _english(LICENCE)},
        "dcterms:bibliographicCitation": about.cite,
        "dcterms:temporal": {
            "@type": "dcterms:PeriodOfTime",
            "dcat:startDate": {"@value": f"{year}-01-01", "@type": "xsd:date"},
            "dcat:endDate": {"@value": f"{year}-12-31", "@type": "xsd:date"},
        },
        "dcat:keyword": [_english(word) for word in KEYWORDS],
        "dcterms:language": list(languages),
        "dcat:landingPage": {"@id": f"{languages[0]}/index.html" if languages else "codebook.html"},
        "dcat:distribution": [_distribution(file) for file in files],
    }


def _distribution(file: File) -> dict[str, Any]:
    return {
        "@id": f"#{file.path}",
        "@type": "dcat:Distribution",
        "dcterms:title": file.path,
        "dcat:downloadURL": {"@id": file.path},
        "dcat:mediaType": {"@id": _MEDIA + file.media_type},
        "dcat:byteSize": {"@value": str(file.size), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": file.sha256, "@type": "xsd:hexBinary"},
        },
    }


def _english(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "en"}
