"""What landed of a candidate's inputs, laid out for the gates: rows, receipts and digests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gci.core.declared import landing_columns
from gci.core.records import FILE_KINDS
from gci.gates.inputs import Inputs
from gci.gates.insert import insert_rows
from gci.gates.landed_files import LANDED_FILES, lay_out_landed_files, what_is_wrong

if TYPE_CHECKING:
    import duckdb

_SOURCES = "source varchar, required boolean, stale_days integer, current_on date, age_days integer"


def lay_out_landing(connection: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """Fill the schemas `landing` and `run`. A file that cannot be read is listed in landing.unreadable."""
    connection.execute("create schema landing")
    connection.execute("create schema run")
    connection.execute("create table run.subject (edition varchar, vintage integer)")
    connection.execute("create table run.editions (edition varchar, vintage integer)")
    connection.execute("create table run.inputs (edition varchar, kind varchar, digest varchar)")
    connection.execute("create table run.head (sequence integer)")
    connection.execute(f"create table run.carries_over as select {str(inputs.carries_over).lower()} as yes")
    landed = {table: _as_sql(columns) for table, columns in landing_columns().items()}
    for table, columns in (landed | {"sources": _SOURCES} | LANDED_FILES).items():
        connection.execute(f"create table landing.{table} ({columns})")
    if inputs.edition is not None:
        connection.execute("insert into run.subject values (?, ?)", [inputs.edition, inputs.vintage])
    if inputs.head is not None:
        connection.execute("insert into run.head values (?)", [inputs.head.sequence])
    if inputs.are_known:
        insert_rows(connection, "run.editions", ["edition", "vintage"], list(inputs.editions))
        insert_rows(connection, "run.inputs", ["edition", "kind", "digest"], sorted(inputs.digests, key=str))
    for kind in FILE_KINDS:
        _lay_out_rows(connection, inputs, kind)
    for digest, day in inputs.dated:
        given = "update landing.partners set period = ? where landing_digest = ? and period = 'unknown'"
        connection.execute(given, [day, digest])
    if inputs.are_known:
        lay_out_landed_files(connection, inputs)
        fields = ["source", "required", "stale_days", "current_on", "age_days"]
        rows = [tuple(getattr(one, name) for name in fields) for one in inputs.sources]
        insert_rows(connection, "landing.sources", fields, rows)


def _as_sql(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {type_}" for name, type_ in columns.items())


def _lay_out_rows(connection: duckdb.DuckDBPyConnection, inputs: Inputs, kind: str) -> None:
    import duckdb

    folder = inputs.landing / kind
    wanted = {digest for _, one, digest in inputs.digests if one == kind}
    there = sorted(folder.glob("*.parquet")) if folder.is_dir() else []
    paths = [path for path in there if path.stem in wanted or not inputs.are_known]
    if not paths:
        return
    insert = f"insert into landing.{kind} by name from read_parquet(?, union_by_name = true)"
    try:
        connection.execute(insert, [[str(path) for path in paths]])
    except duckdb.Error:
        for path in paths:
            try:
                connection.execute(insert, [[str(path)]])
            except duckdb.Error as error:
                told = [path.stem, kind, what_is_wrong(path, error)]
                connection.execute("insert into landing.unreadable values (?, ?, ?)", told)
