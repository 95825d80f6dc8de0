"""How Airflow writes to its SQLite database: a transaction that will write says so when it begins.

SQLite lets a transaction that began by reading write only if nobody else has written since; if somebody has, the
database is "locked" at once, however long one is ready to wait. Airflow's savepoints begin in that way, and each ends
as a transaction of its own. Beside a scheduler `airflow backfill create` then fails half-way and takes back runs that
the scheduler has in hand, which ends the scheduler, and with it the server.
"""

from __future__ import annotations

import sqlite3
from typing import Any, Self


class _Cursor(sqlite3.Cursor):
    """Takes the place of the writer, and waits for it, before a savepoint that no transaction is around."""

    def execute(self, sql: str, *parameters: Any) -> Self:
        if sql.startswith("SAVEPOINT") and not self.connection.in_transaction:
            super().execute("BEGIN IMMEDIATE")
        return super().execute(sql, *parameters)


class _Connection(sqlite3.Connection):
    def cursor(self, factory: Any = _Cursor) -> Any:
        return super().cursor(factory)


CONNECT_ARGS: dict[str, Any] = {"factory": _Connection}
"""For `[database] sql_alchemy_connect_args`."""
