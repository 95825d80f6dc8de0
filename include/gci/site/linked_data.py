"""An edition as machines that look for data read it: schema.org on its front page.

The release has its description as DCAT and Croissant, too, and more in them (gci.publish.formats).

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


def _files(content: Content) -> list[tuple[str, str]]:
    return [
        (one.name, _TYPES[suffix])
        for one in downloads(content)
        for suffix in _TYPES
        if one.name.endswith(suffix) and not one.name.startswith("audit/")
    ]
