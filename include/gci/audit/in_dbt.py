"""The audit inside dbt: every edition of the warehouse that is being built, its tables nested into one row each.

A Python model of dbt gives one table. So that the audit runs once, that table has a row per edition, and in it a list
for each of the audit's tables; the marts take the lists apart again (dbt_project/macros/audited.sql).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gci.core.replications import REPLICATIONS

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

NOT_IN_THE_FILE = frozenset({"draws"})
"""Tables of the audit that go out as Parquet alone (gci.audit.stage)."""


def audited(
    session: duckdb.DuckDBPyConnection, built: duckdb.DuckDBPyRelation, tiers: duckdb.DuckDBPyRelation
) -> pa.Table:
    """The audit of each edition that has scores.

    Args:
        session: dbt's connection, with the tables that gci.audit.edition reads in its schema.
        built: the editions of the candidate: edition, vintage, replications.
        tiers: the tiers: edition, tier, minimum.

    Returns:
        edition, then per table of the audit, but for the draws, a list of its rows as structs.
    """
    from gci.audit.edition import inputs_of
    from gci.audit.plan import Plan
    from gci.audit.tables import tables
    from gci.audit.whole import audit_edition

    cuts: dict[str, list[float]] = {}
    for edition, minimum in tiers.project("edition, minimum, tier").order("edition, tier").project("#1, #2").fetchall():
        cuts.setdefault(edition, []).append(minimum)
    rows = []
    for edition, replications in built.project("edition, replications").order("edition").fetchall():
        inputs = inputs_of(session, edition, cuts.get(edition, []))
        plan = Plan(replications=replications or REPLICATIONS, seed=int(edition))
        rows.append(_nested(edition, tables(audit_edition(inputs, plan))))
    return _together(rows)


def _nested(edition: str, found: dict[str, pa.Table]) -> pa.Table:
    import pyarrow as pa

    columns: dict[str, Any] = {"edition": pa.array([edition])}
    for name, table in found.items():
        if name not in NOT_IN_THE_FILE:
            structs = table.drop_columns(["edition"]).combine_chunks().to_struct_array()
            structs = structs.combine_chunks() if isinstance(structs, pa.ChunkedArray) else structs
            columns[name] = pa.ListArray.from_arrays(pa.array([0, len(structs)], pa.int32()), structs)
    return pa.table(columns)


def _together(rows: list[pa.Table]) -> pa.Table:
    import pyarrow as pa

    return pa.concat_tables(rows)
