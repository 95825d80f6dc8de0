"""Reads a whole DuckDB file with the client in a folder: `python -I asking_process.py CLIENT_FOLDER DATABASE`."""

from __future__ import annotations

import hashlib
import json
import sys


def main(client: str, database: str) -> None:
    sys.path.insert(0, client)
    import duckdb

    def ask(question: str) -> list[tuple[object, ...]]:
        rows: list[tuple[object, ...]] = connection.execute(question).fetchall()
        return rows

    with duckdb.connect(database, read_only=True) as connection:
        rows = {name: ask(f"from {name}") for (name,) in ask("select table_name from duckdb_tables()")}
        said = {
            "client": duckdb.__version__,
            "rows": {name: [len(of), hashlib.sha256(repr(of).encode()).hexdigest()] for name, of in rows.items()},
            "comments": ask(
                "select table_name, column_name, comment from duckdb_columns() where not internal order by all"
            ),
            "keys": ask(
                "select table_name, constraint_type, constraint_column_names from duckdb_constraints() order by all"
            ),
            "by_key": ask("select score from overall_scores where edition = '2024' and iso3 = 'EST'"),
        }
    print(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
