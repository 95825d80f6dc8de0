"""What release.json says of a release, as the rows of its DuckDB file say it, and the statement of its tables.

The statement makes a file stand alone: per table the number of its rows and a SHA-256 over them, which depends on what
they hold and not on how DuckDB laid them out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from gci.core.database import warehouse_file

if TYPE_CHECKING:
    import duckdb

_SAME = ("edition", "vintage", "candidate_digest", "inputs_digest", "content_digest", "returns", "reviews", "synthetic")


def release_row(document: dict[str, Any]) -> dict[str, Any]:
    """The row of the table `releases` that a release.json stands for.

    Args:
        document: release.json.

    Returns:
        Column → value; moments as timestamps in UTC, checks and known_errors as their number.
    """
    signed = document["sign_off"]
    return {name: document[name] for name in _SAME} | {
        "published_at": stamp(document["published_at"]),
        "planned_for": stamp(document["planned_for"]) if document.get("planned_for") else None,
        "signed_by": signed["name"],
        "signed_at": stamp(signed["signed_at"]),
        "sign_off_note": signed["note"],
        "sign_off_via": signed["via"],
        "checks": sum(len(report["checks"]) for report in document["gates"]),
        "known_errors": len(document["known_errors"]),
        "code_version": document["code_version"],
    }


def must_be_complete(document: Any) -> None:
    """Raise ValueError where a release.json lacks what its rows and its statement are made of, and what it lacks."""
    try:
        row = release_row(document)
        stated = document.get("tables", {}).values()
        texts = [row["edition"], row["signed_by"], *(one["sha256"] for one in document["files"].values())]
        numbers = [row["vintage"], document["sequence"], *(one["rows"] for one in stated)]
        texts += [*(one["sha256"] for one in stated), *(one["check_name"] for one in gate_rows(document))]
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"it is JSON, but not the papers of a release: {error!r}") from error
    if not all(isinstance(one, str) for one in texts) or not all(type(one) is int for one in numbers):
        raise ValueError(
            "it is JSON, but not the papers of a release: names and digests are texts, counts whole numbers"
        )


def gate_rows(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows of the table `gate_results` that a release.json stands for.

    Args:
        document: release.json: edition, vintage, gates (each with its checks).

    Yields:
        Per check: edition, vintage, gate, check_name, table_name, column_name, passed, rows (that broke it), message.
    """
    for report in document["gates"]:
        for check in report["checks"]:
            yield {
                "edition": document["edition"],
                "vintage": document["vintage"],
                "gate": report["gate"],
                "check_name": check["check"],
                "table_name": check["table"],
                "column_name": check["column"],
                "passed": check["passed"],
                "rows": check["rows"],
                "message": check["message"],
            }


def statement(connection: duckdb.DuckDBPyConnection, name: str = "warehouse") -> dict[str, dict[str, Any]]:
    """Rows and SHA-256 of each table in schema main of an attached file.

    The digest is that of the SHA-256 (in hex, one after the other, in the order of the key) of each row as DuckDB's
    `to_json` writes it: docs/analysts.md has the statement in SQL. Raises duckdb.Error as DuckDB does.
    """
    keys = warehouse_file.keys(connection, name)  # looked up once: each look costs milliseconds
    return {table: _stated(connection, table, name, key) for table, key in keys.items()}


def _stated(connection: duckdb.DuckDBPyConnection, table: str, name: str, key: list[str]) -> dict[str, Any]:
    order = warehouse_file.ordered(key)
    (stated,) = warehouse_file.rows(
        connection,
        "select count(*) as rows, sha256(coalesce(string_agg(sha256(to_json(one_row)::varchar), ''"
        f" {order}), '')) as sha256 from {name}.main.\"{table}\" as one_row",
    )
    return stated


def stamp(moment: str | datetime) -> str:
    """A moment as DuckDB's timestamps have it: UTC, without an offset."""
    given = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return given.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ")
