"""What dbt's project declares of tables: columns and types stand there, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from gci.core.paths import DBT_PROJECT, MARTS

LANDING = DBT_PROJECT / "models" / "staging" / "__landing.yml"


@cache
def parsed(text: str) -> Any:
    """A YAML document; read only, since everyone gets the same."""
    return yaml.load(text, Loader=yaml.CSafeLoader)


def models(folder: Path = MARTS) -> Iterator[dict[str, Any]]:
    """The models that the files of a folder describe, each as dbt's YAML has it: name, columns, constraints.

    Args:
        folder: is looked through with all its folders, in the order of paths.

    Yields:
        Per model: name, description, columns (each with name, data_type, description), constraints, config; what a file
        does not say is not there.
    """
    for path in sorted(folder.rglob("*.yml")):
        yield from parsed(path.read_text(encoding="utf-8")).get("models", [])


@cache
def landing_columns() -> Mapping[str, Mapping[str, str]]:
    """Kind of file → column → type, in DuckDB's words and in the order in which they land."""
    (source,) = parsed(LANDING.read_text(encoding="utf-8"))["sources"]
    return {table["name"]: _types(table) for table in source["tables"]}


def digest_column(kind: str) -> str:
    """The column that says which landed file of a kind a row is of: the first one."""
    return next(iter(landing_columns()[kind]))


@cache
def mart_columns() -> Mapping[str, Mapping[str, str]]:
    """Published table → column → type, in DuckDB's words and in the order of the table: dbt's contracts."""
    return {(model.get("config") or {}).get("alias", model["name"]): _types(model) for model in models()}


def _types(table: Mapping[str, Any]) -> dict[str, str]:
    return {column["name"]: str(column["data_type"]).upper() for column in table["columns"]}
