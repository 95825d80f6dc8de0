"""An edition as machines that look for data read it: schema.org on its front page, DCAT beside its downloads.

Addresses are relative: whoever publishes the folder knows where it lies, these pages do not.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from gci.core import canonical_json
from gci.site.content import Content
from gci.site.downloads import downloads

_SAYS = "Scores, pillars, indicators and answers of every member state, with the way each was made."
_TYPES = {
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".duckdb": "application/vnd.duckdb",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_TOP = "../../"
"""From the front page of a language, or a page beside it, the way to the release's own folder: one up from each."""


def schema_org(content: Content, languages: Sequence[str]) -> Markup:
    """The edition as a Dataset of schema.org, for a script element of the front page."""
    about = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": content.edition["title_en"],
        "description": _SAYS,
        "version": f"{content.name}@v{content.vintage}",
        "creator": {"@type": "Organization", "name": "International Telecommunication Union"},
        "temporalCoverage": str(content.edition["reference_year"]),
        "spatialCoverage": "Member states of the International Telecommunication Union",
        "isAccessibleForFree": True,
        "variableMeasured": ["score", "tier" if content.tiered else "rank"],
        "inLanguage": list(languages),
        "distribution": [
            {"@type": "DataDownload", "contentUrl": f"../{name}", "encodingFormat": kind, "name": name}
            for name, kind in _files(content)
        ],
    }
    return Markup(canonical_json.text(about).replace("<", "\\u003c"))  # noqa: S704  (no tag can begin in it)


def dcat(content: Content, languages: Sequence[str]) -> str:
    """The edition as a Dataset of DCAT 3 in JSON-LD, for a file in the folder of the downloads."""
    return canonical_json.text(
        {
            "@context": {
                "dcat": "http://www.w3.org/ns/dcat#",
                "dct": "http://purl.org/dc/terms/",
                "foaf": "http://xmlns.com/foaf/0.1/",
            },
            "@id": f"{_TOP}#{content.name}-v{content.vintage}",
            "@type": "dcat:Dataset",
            "dct:title": {"@language": "en", "@value": content.edition["title_en"]},
            "dct:description": {"@language": "en", "@value": _SAYS},
            "dct:publisher": {"@type": "foaf:Agent", "foaf:name": "International Telecommunication Union"},
            "dct:temporal": str(content.edition["reference_year"]),
            "dct:language": list(languages),
            "dcat:version": f"v{content.vintage}",
            "dcat:landingPage": {"@id": "../index.html"},
            "dcat:distribution": [
                {
                    "@type": "dcat:Distribution",
                    "dct:title": {"@language": "en", "@value": name},
                    "dcat:downloadURL": {"@id": f"{_TOP}{name}"},
                    "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{kind}"},
                }
                for name, kind in _files(content)
            ],
        }
    )


def _files(content: Content) -> list[tuple[str, str]]:
    return [
        (one.name, _TYPES[suffix])
        for one in downloads(content)
        for suffix in _TYPES
        if one.name.endswith(suffix) and not one.name.startswith("audit/")
    ]
