"""The audit on the bench: the draws that lie with a file, and the audit made once more from the file's answers.

| schema | holds |
|---|---|
| `drawn` | `draws`, `pairs`: what the Parquet files in audit/ of the candidate, or of the releases, hold |
| `audited` | the tables of the audit, made anew from the answers of the file, for the editions in `audited.editions` |

In a candidate the editions that have not moved are not audited anew: that they are as they were is asked of every table
(`stays_as_published`).
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from gci.audit.stage import DRAWS, PAIRS
from gci.core.database.warehouse_file import quoted

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

MADE = {
    "score_uncertainty": "score_uncertainty",
    "tier_fragility": "fragility",
    "audit_scenarios": "method_scenarios",
    "audit_sensitivity": "method_sensitivity",
    "audit_left_out": "left_out",
    "audit_importance": "importance",
    "audit_coherence": "coherence",
    "audit_correlations": "correlations",
    "audit_components": "principal_components",
    "audit_items": "answer_distribution",
    "audit_outliers": "change_outliers",
    "audit_summary": "audit_summary",
}
"""Tables of the file that are tables of the audit, by the name that they have there (gci.audit.tables)."""

_SCHEMA = """
create schema drawn;
create table drawn.draws (edition varchar, vintage integer, draw integer, iso3 varchar, score double, tier integer);
create table drawn.pairs (
    edition varchar, vintage integer, iso3 varchar, other varchar, probability double, tied double
);
"""
_EDITIONS = """
create schema audited;
create table audited.editions as
select edition from recomputed.editions where {which} order by edition;
create table audited.draws (edition varchar, draw integer, iso3 varchar, score double, tier integer);
create table audited.pairs (edition varchar, iso3 varchar, other varchar, probability double, tied double);
"""


def lay_out_draws(connection: duckdb.DuckDBPyConnection, audits: Iterable[tuple[str, int, Path]]) -> None:
    """Fill the schema `drawn`. What is missing or cannot be read is left out: a rule asks for it.

    Rows of another edition than the folder's are taken for rows of states that there are not.
    """
    import duckdb

    connection.execute(_SCHEMA)
    for edition, vintage, folder in audits:
        for table, file, columns in (
            ("draws", DRAWS, "draw, score, tier"),
            ("pairs", PAIRS, "other, probability, tied"),
        ):
            with suppress(duckdb.Error):
                connection.execute(
                    f"insert into drawn.{table} by name select {quoted(edition)} as edition, {vintage} as vintage,"
                    f" if(edition = {quoted(edition)}, iso3, concat(iso3, ' of edition ', edition)) as iso3, {columns}"
                    f" from read_parquet({quoted(str(folder / file))})"
                )


def lay_out_audited(connection: duckdb.DuckDBPyConnection, database: Path, *, is_candidate: bool) -> None:
    """Fill the schema `audited`; the schemas `declared` and `recomputed` are there.

    What cannot be audited in a file that somebody spoilt stays empty, and the rules say that its rows are not due.

    Args:
        connection: the bench.
        database: the file under test.
        is_candidate: whether it is a candidate: then only the editions that move are audited.
    """
    from gci.audit.stage import audited_again

    which = "edition not in (from recomputed.unchanged)" if is_candidate else "true"
    connection.execute(_EDITIONS.format(which=which))
    for table in MADE:
        connection.execute(f"create table audited.{table} as from declared.main.{table} limit 0")
    for (edition,) in connection.execute("from audited.editions").fetchall():
        with suppress(Exception):  # any kind of damage may be in the file; the gate must say so and go on
            found = audited_again(database, edition)
            for table, name in MADE.items():
                _insert(connection, f"audited.{table}", found[name])
            _insert(connection, "audited.draws", found["draws"])
            _insert(connection, "audited.pairs", found["pair_probabilities"])


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    columns = [name for (name,) in connection.execute(f"select column_name from (describe {table})").fetchall()]
    # Whether its returns are invented no audit knows: the file says it of the edition.
    listed = ", ".join(f'"{name}"' for name in columns if name in rows.column_names)
    connection.register("incoming", rows)
    connection.execute(f"insert into {table} by name select {listed} from incoming")
    connection.unregister("incoming")
