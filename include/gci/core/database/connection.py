"""How DuckDB is opened, wherever it is: it fetches nothing and prints nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb


def connect(**config: Any) -> duckdb.DuckDBPyConnection:
    """A new DuckDB in memory, to which files are attached.

    Args:
        config: more of DuckDB's settings.
    """
    import duckdb

    connection = duckdb.connect(config={"autoinstall_known_extensions": False} | config)
    # Where Python runs no script (python -c, a notebook) DuckDB takes it for a person and draws a bar on stdout beyond
    # two seconds; stdout belongs to the command that calls (gci … --json).
    connection.execute("set enable_progress_bar = false")
    return connection
