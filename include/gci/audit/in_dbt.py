"""The audit inside dbt: every edition of the warehouse that is being built, its tables nested into one row each.

A Python model of dbt gives one table. So that the audit runs once, that table has a row per edition, and in it a list
for each of the audit's tables; the marts take the lists apart again (dbt_project/macros/audited.sql).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
    import pyarrow as pa

    from gci.audit.edition import inputs_of
    from gci.audit.planned import plan_of
    from gci.audit.tables import tables
    from gci.audit.tables_schema import SCHEMAS
    from gci.audit.whole import audit_edition

    asked = "select distinct edition from overall_scores where score is not null"
    scored = {edition for (edition,) in session.execute(asked).fetchall()}
    cuts: dict[str, list[float]] = {}
    for edition, _, minimum in tiers.project("edition, tier, minimum").order("edition, tier").fetchall():
        cuts.setdefault(edition, []).append(minimum)
    rows = [_nested({name: schema.empty_table() for name, schema in SCHEMAS.items()}).slice(0, 0)]
    for edition, replications in built.project("edition, replications").order("edition").fetchall():
        if edition in scored:
            inputs = inputs_of(session, edition, cuts.get(edition, []))
            plan = plan_of(edition, replications)
            rows.append(_nested(tables(audit_edition(inputs, plan)), edition))
    return pa.concat_tables(rows)


def _nested(found: dict[str, pa.Table], edition: str = "") -> pa.Table:
    """One row: the edition, and per table a list of its rows without it."""
    import pyarrow as pa

    columns: dict[str, Any] = {"edition": pa.array([edition])}
    for name, table in sorted(found.items()):
        if name not in NOT_IN_THE_FILE:
            (structs,) = table.drop_columns(["edition"]).combine_chunks().to_struct_array().chunks or (None,)
            columns[name] = _one_list(structs, pa.struct(table.schema.remove(0)))
    return pa.table(columns)


def _one_list(structs: pa.StructArray | None, kind: pa.DataType) -> pa.ListArray:
    """All structs as one list; an empty one where there are none."""
    import pyarrow as pa

    values = pa.array([], kind) if structs is None else structs
    return pa.ListArray.from_arrays(pa.array([0, len(values)], pa.int32()), values)
