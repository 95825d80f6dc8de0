"""What a part of a release is made from: a file of another version of the program may lack it, and then the part."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gci.core.database.warehouse_file import columns, tables

if TYPE_CHECKING:
    import duckdb

Needs = Mapping[str, tuple[str, ...]]
"""Columns by table."""


def met(connection: duckdb.DuckDBPyConnection, needs: Needs) -> bool:
    """Whether the warehouse in use has all of these tables with these columns."""
    there = tables(connection).keys()
    return all(table in there and set(names) <= columns(connection, table).keys() for table, names in needs.items())
