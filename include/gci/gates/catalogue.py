"""The closed catalogue of a file: what the models declare, and nothing else may be there.

dbt's models say of every table which columns it has, of which type, what its key is and what each means: this is the
declaration, and nothing is typed a second time. Here it becomes the tables of an empty database, so that DuckDB itself
spells both sides of the comparison (expectations/rules/catalogue_is_the_declared_one.sql).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gci.core.declared import models as models_of
from gci.gates.insert import insert_rows

if TYPE_CHECKING:
    import duckdb


def lay_out_catalogue(connection: duckdb.DuckDBPyConnection, models: Path, database: Path) -> None:
    """Attach the database `declared` with the tables of the models, empty, and fill suite.comments with their texts.

    suite.file says how many bytes the file has, to be held against those of its blocks.

    Args:
        connection: the bench.
        models: the folder of the models whose tables are published.
        database: the file under test.
    """
    connection.execute("attach ':memory:' as declared")
    connection.execute(f"create table suite.file as select {database.stat().st_size} as bytes")
    connection.execute("create table suite.comments (table_name varchar, column_name varchar, says varchar)")
    comments: list[tuple[Any, ...]] = []
    statements = []
    for model in models_of(models):
        name = (model.get("config") or {}).get("alias", model["name"])
        columns = ", ".join(f'"{column["name"]}" {column["data_type"]}' for column in model["columns"])
        keys = "".join(f", {key}" for key in _keys(model))
        statements.append(f'create table declared.main."{name}" ({columns}{keys})')
        comments.append((name, None, _text(model)))
        comments.extend((name, column["name"], _text(column)) for column in model["columns"])
    connection.execute(";".join(statements))
    insert_rows(connection, "suite.comments", ["table_name", "column_name", "says"], comments)


def _keys(model: dict[str, Any]) -> Iterator[str]:
    for constraint in model.get("constraints", []):
        if constraint["type"] == "primary_key":
            yield f"primary key ({', '.join(constraint['columns'])})"


def _text(said: dict[str, Any]) -> str:
    """A description as dbt hands it to the database: without the blanks around it."""
    return str(said["description"]).strip()
