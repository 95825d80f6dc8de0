"""datapackage.json: the release as a Data Package 2.0, with a schema for each CSV file (https://datapackage.org)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gci.publish.formats.about import KEYWORDS, LICENCE, PRODUCER, SOURCE, About
from gci.publish.formats.dictionary import Column, Table
from gci.publish.formats.files import File

PROFILES = "https://datapackage.org/profiles/2.0"
_TYPES = {
    "VARCHAR": "string",
    "DOUBLE": "number",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
    "DOUBLE[]": "array",
}
_MOMENT = "%Y-%m-%d %H:%M:%S"


def data_package(about: About, tables: Iterable[Table], files: Mapping[str, File]) -> dict[str, Any]:
    """The descriptor of a release.

    Args:
        about: the release.
        tables: its tables.
        files: its CSV files at least, by path.

    Raises:
        KeyError: a column has a type that no release has had so far.
    """
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": about.name,
        "title": about.title,
        "description": f"{about.description} To cite: {about.cite}",
        "version": about.version,
        "created": about.moment,
        "edition": about.edition,
        "vintage": about.vintage,
        "citation": about.cite,
        "keywords": list(KEYWORDS),
        "contributors": [{"title": PRODUCER, "roles": ["publisher"]}],
        "sources": [{"title": SOURCE}],
        "licenses": [{"path": "codebook.html", "title": LICENCE}],
        "resources": [_resource(table, files[f"csv/{table.name}.csv"]) for table in tables],
    }


def _resource(table: Table, file: File) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "title": table.name.replace("_", " "),
        "description": table.about,
        "path": file.path,
        "format": "csv",
        "mediatype": file.media_type,
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "schema": {
            "$schema": f"{PROFILES}/tableschema.json",
            "fields": [_field(column, column.name in table.key) for column in table.columns],
            "primaryKey": list(table.key),
            "missingValues": [""],
        },
    }


def _field(column: Column, in_key: bool) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": _TYPES[column.type], "description": column.about}
    if column.type == "TIMESTAMP":
        field["format"] = _MOMENT
    if column.unit:
        field["unit"] = column.unit
    if column.listed_in:
        field["codesIn"] = column.listed_in
    if any(code.label for code in column.codes):
        field["categories"] = [{"value": code.code, "label": code.label or code.code} for code in column.codes]
    constraints: dict[str, Any] = {"required": True} if in_key or not column.optional else {}
    if column.codes:
        constraints["enum"] = [code.code for code in column.codes]
    if column.least is not None and column.type != "DOUBLE[]":
        constraints |= {"minimum": column.least, "maximum": column.greatest}
    return field | ({"constraints": constraints} if constraints else {})
