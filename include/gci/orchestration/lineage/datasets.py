"""How the places of the warehouse are called in OpenLineage's terms: a namespace and a name.

https://openlineage.io/docs/spec/naming: files are `file` or the bucket, and their path; tables the database, and
database.schema.table.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PRODUCER = "urn:gci:warehouse"


def place(path: Path | str) -> tuple[str, str]:
    """Namespace and name of a file or folder, local or in an object store."""
    parts = urlsplit(str(path))
    if parts.scheme and parts.netloc:
        return f"{parts.scheme}://{parts.netloc}", parts.path.strip("/")
    return "file", str(path)


def table(database: Path | str, name: str, schema: str = "main") -> tuple[str, str]:
    """Namespace and name of a table in a DuckDB file."""
    return f"duckdb://{database}", f"{Path(str(database)).stem}.{schema}.{name}"


def schema_facet(columns: dict[str, str]) -> Any:
    """Columns and their types as a facet."""
    from openlineage.client.facet_v2 import schema_dataset

    return schema_dataset.SchemaDatasetFacet(
        fields=[schema_dataset.SchemaDatasetFacetFields(name=name, type=kind) for name, kind in columns.items()]
    )


def columns_facet(made_of: dict[str, list[tuple[str, str, str]]]) -> Any:
    """Column lineage as a facet: by column the columns that it is made of, as namespace, name and column."""
    from openlineage.client.facet_v2 import column_lineage_dataset as facet

    return facet.ColumnLineageDatasetFacet(
        fields={
            column: facet.Fields(inputFields=[facet.InputField(*one) for one in origins])
            for column, origins in made_of.items()
        }
    )
