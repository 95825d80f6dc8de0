"""Parquet: rows, types and nulls as the warehouse has them."""

from __future__ import annotations

import datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from gci.core.database import warehouse_file
from gci.publish.formats import parquet


def test_rows_and_types_come_back_as_they_went_in(tmp_path: Path) -> None:
    file = tmp_path / "source.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute(
            "create table t (edition varchar, score double, tier integer, moment timestamp, on_day date, sure boolean,"
            " primary key (edition))"
        )
        connection.execute("insert into t values ('2024', 0.1, 3, '2024-09-12 10:00:00', '2024-09-12', true)")
        connection.execute("insert into t values ('=2026', null, null, null, null, null)")
    with warehouse_file.reading(file) as connection:
        parquet.write(connection, "t", "from t " + warehouse_file.in_key_order(connection, "t"), tmp_path / "t.parquet")
    table = pq.read_table(tmp_path / "t.parquet")
    assert table.schema.field("score").type == pa.float64()
    assert table.schema.field("tier").type == pa.int32()
    assert table.to_pylist() == [
        {
            "edition": "2024",
            "score": 0.1,
            "tier": 3,
            "moment": datetime.datetime.fromisoformat("2024-09-12T10:00:00"),
            "sure": True,
        }
        | {"on_day": datetime.date(2024, 9, 12)},
        {"edition": "=2026", "score": None, "tier": None, "moment": None, "on_day": None, "sure": None},
    ]
