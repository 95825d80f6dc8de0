"""croissant.json: the release for programs that learn from data (MLCommons Croissant 1.0)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gci.publish.formats.about import KEYWORDS, LICENCE, PRODUCER, About
from gci.publish.formats.dictionary import Column, Table
from gci.publish.formats.files import File

_VERSION = "http://mlcommons.org/croissant/1.0"
_OWN_TERMS = (
    "citeAs column equivalentProperty extract field fileProperty fileObject fileSet format includes isLiveDataset "
    "jsonPath key md5 parentField path recordSet references regex repeated replace separator source subField transform"
)
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "samplingRate": "cr:samplingRate",
} | {term: f"cr:{term}" for term in _OWN_TERMS.split()}
_TYPES = {
    "DOUBLE": "sc:Float",
    "INTEGER": "sc:Integer",
    "BIGINT": "sc:Integer",
    "BOOLEAN": "sc:Boolean",
    "DATE": "sc:Date",
    "TIMESTAMP": "sc:DateTime",
}


def croissant(about: About, tables: Iterable[Table], files: Mapping[str, File]) -> dict[str, Any]:
    """The description of a release.

    Args:
        about: the release.
        tables: its tables.
        files: its CSV files at least, by path.
    """
    tables = tuple(tables)
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": _VERSION,
        "name": about.name,
        "alternateName": about.title,
        "description": about.description,
        "version": about.version,
        "datePublished": about.moment,
        "license": LICENCE,
        "citeAs": about.cite,
        "creator": {"@type": "sc:Organization", "name": PRODUCER},
        "publisher": {"@type": "sc:Organization", "name": PRODUCER},
        "keywords": list(KEYWORDS),
        "isLiveDataset": False,
        "distribution": [_file(files[f"csv/{table.name}.csv"]) for table in tables],
        "recordSet": [_records(table) for table in tables],
    }


def _file(file: File) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "contentUrl": file.path,
        "contentSize": f"{file.size} B",
        "encodingFormat": file.media_type,
        "sha256": file.sha256,
    }


def _records(table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.about,
        "key": [{"@id": f"{table.name}/{column}"} for column in table.key],
        "field": [_field(table, column) for column in table.columns],
    }


def _field(table: Table, column: Column) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": column.about,
        "dataType": _TYPES.get(column.type, "sc:Text"),
        "source": {"fileObject": {"@id": f"csv/{table.name}.csv"}, "extract": {"column": column.name}},
    }
