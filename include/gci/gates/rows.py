"""The rows of a table on their way from DuckDB to Great Expectations: a file, read part by part, as DataFrames.

So a table of any length takes the memory of a part: as a DataFrame rows are some twenty times what they are in DuckDB.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_DAYS = ("date32[day]", "timestamp[us]")
PART = 100_000
"""Rows of a part. Every table of a real edition is one part."""


def write_rows(rows: pa.RecordBatchReader, file: Path) -> None:
    """Write rows as an Arrow stream, batch by batch."""
    import pyarrow as pa

    smaller = pa.ipc.IpcWriteOptions(compression="lz4")
    with pa.OSFile(str(file), "wb") as sink, pa.ipc.new_stream(sink, rows.schema, options=smaller) as stream:
        for batch in rows:
            stream.write_batch(batch)


def read_parts(file: Path, key: Sequence[str], size: int = PART) -> Iterator[pa.Table]:
    """The rows of such a file in parts of about `size` rows; at least one part, which may be empty.

    Args:
        file: an Arrow stream whose rows are in the order of the key.
        key: columns that identify a row. Rows that share a key are in one part, so that each part can tell whether
            keys are unique. Those that are not among the columns are passed over.
        size: rows from which on a part is full.
    """
    import pyarrow as pa

    with pa.memory_map(str(file)) as source, pa.ipc.open_stream(source) as stream:
        names = [name for name in key if name in stream.schema.names]
        waiting = stream.schema.empty_table()
        given = False
        for batch in stream:
            waiting = pa.concat_tables([waiting, pa.Table.from_batches([batch])])
            last = _last_key_begins(waiting, names) if waiting.num_rows >= size else 0
            if last:
                yield within_calendar(waiting.slice(0, last))
                waiting, given = waiting.slice(last), True
        if waiting.num_rows or not given:
            yield within_calendar(waiting)


def _last_key_begins(rows: pa.Table, names: Sequence[str]) -> int:
    """Where the rows begin that have the key of the last one; without a key, after all of them."""
    count: int = rows.num_rows
    if not names:
        return count
    keys = rows.select(names)
    last = keys.slice(count - 1)
    begins = count - 1
    while begins and keys.slice(begins - 1, 1).equals(last):
        begins -= 1
    return begins


def within_calendar(rows: pa.Table) -> pa.Table:
    """The rows with the last day of the calendar for each day and moment that Python has none for.

    DuckDB knows infinity and years before 1 and after 9999. That they are in the file is told by a rule
    (expectations/rules/days_are_on_the_calendar.sql); no other check may end over them.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = []
    for column in rows.columns:
        if str(column.type) in _DAYS:
            first, last = (pa.scalar(day).cast(column.type) for day in (date.min, date.max))
            on_it = pc.and_(pc.greater_equal(column, first), pc.less_equal(column, last))
            columns.append(pc.if_else(on_it, column, last))
        else:
            columns.append(column)
    return pa.table(columns, schema=rows.schema)


def to_frame(rows: pa.Table) -> pd.DataFrame:
    """The rows as a DataFrame in which only what is missing is missing.

    pandas has one mark for missing and for not-a-number; GX passes over it. A NaN becomes infinite, so that no range
    admits it.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = []
    for column in rows.columns:
        if pa.types.is_floating(column.type):
            columns.append(pc.if_else(pc.is_nan(column), float("inf"), column))
        else:
            columns.append(column)
    frame: pd.DataFrame = pa.table(columns, names=rows.column_names).to_pandas(date_as_object=True)
    return frame
