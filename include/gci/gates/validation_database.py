"""The bench on which a file is held against the suites: one in-memory DuckDB with everything that rules ask for.

| schema | holds |
|---|---|
| `candidate` | the file under test, attached read only; it is never changed |
| `published` | what the file published before has of the same tables and columns; without rows when there is none |
| `seeds` | the reference seeds as text, one table per file; `framework`, `allotments` over all editions and experts |
| `seed_rows` | the seeds that a table repeats, with that table's columns and types |
| `landing` | `survey`, `reviews`, `partners`, `receipts`, `files`, `unreadable`: what has landed of the inputs; \
for the gate `landed` also `sealed`, `chain_breaks`, `row_digests`, `receipt_files`, `read_again` |
| `run` | `subject` (edition and vintage of the candidate), `editions` and `inputs` of its manifest |
| `recomputed` | what follows from the answers and the seeds, from expectations/recomputation.sql |
| `drawn`, `audited` | the draws that lie with the file, and its audit made once more (gci.gates.audited) |
| `suite` | `tables`, `columns` as the suites declare them; `comments`, the models' texts |
| `papers` | what release.json says of the releases that the file names (gci.gates.papers) |
| `declared` | the tables of the models, empty: the catalogue that the file under test must have |
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from gci.core.atomic_file import write_ahead_log
from gci.core.database.connection import connect
from gci.core.database.warehouse_file import evaluated
from gci.core.errors import GciError
from gci.core.paths import MARTS, REPLAY
from gci.gates.audited import lay_out_audited, lay_out_draws
from gci.gates.catalogue import lay_out_catalogue
from gci.gates.inputs import Inputs
from gci.gates.insert import insert_rows
from gci.gates.landing_tables import lay_out_landing
from gci.gates.papers import NO_PAPERS, Papers, lay_out_papers
from gci.gates.patience import Patience
from gci.gates.rows import PART, within_calendar, write_rows
from gci.gates.suite import Rule, Table
from gci.reference.seed_files import seed_files

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa


MEMORY = "4GB"
SPILLED = "20GB"
PROCESSOR = 3600
"""Seconds of the processor for all that is asked of one file. A real one takes three."""


class CannotOpenError(GciError):
    """A file cannot be opened as a DuckDB file."""


class EvaluatedError(GciError):
    """A file holds what is computed when it is read. Nothing more was asked of it.

    Attributes:
        objects: each such object, and what it is.
    """

    def __init__(self, objects: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{name} is {what}" for name, what in objects))
        self.objects = objects


@dataclass(frozen=True)
class Bench:
    """The open connection, the tables that the suites declare in the file under test, and a folder for what is big."""

    connection: duckdb.DuckDBPyConnection
    tables: dict[str, Table]
    folder: Path
    patience: Patience

    def columns(self, schema: str, table: str) -> list[str]:
        """The columns that `schema`.`table` really has, in order; empty when there is no such table."""
        return self._catalogue.get((schema, table), [])

    @cached_property
    def _catalogue(self) -> dict[tuple[str, str], list[str]]:
        return _columns(self.connection)

    def rows(self, schema: str, table: Table) -> Path:
        """A file with every row of the table, with all its columns, ordered by its key or, without one, by all columns.

        Ordered rows are all there before the first is given: what is wrong with one is told as DuckDB tells it. The
        file is gone when the bench is closed. Raises duckdb.Error as DuckDB does.
        """
        there = self.columns(schema, table.name)
        key = [f'"{name}"' for name in table.key if name in there]
        order = ", ".join(key) or "all"
        file = self.folder / f"{schema}.{table.name}.arrow"
        self.patience.check()
        rows = self.connection.execute(f'select * from {schema}."{table.name}" order by {order}').to_arrow_reader(PART)
        write_rows(rows, file)
        return file

    def comparable(self, rule: Rule) -> str:
        """The columns outside the key in which a table is compared with the other of its name, as SQL.

        Those that both have: a column that is new in the file has nothing to be compared with, and one that is gone
        is missed by the check of the table's columns.
        """
        left_out = {*self.tables[rule.table].key, *rule.left_out}
        both = self._in_both(rule.table, rule.compared_with or "")
        return ", ".join(f'"{name}"' for name in both if name not in left_out)

    def shared(self, table: str) -> str:
        """The columns that a table has in the file and in the one published before, as SQL; all, where it is new."""
        both = self._in_both(table, "published") or self.columns("candidate", table)
        return ", ".join(f'"{name}"' for name in both)

    def _in_both(self, table: str, other: str) -> list[str]:
        there = set(self.columns(other, table))
        return [name for name in self.columns("candidate", table) if name in there]

    def ask(self, sql: str) -> pa.Table:
        """The rows that the statement returns. Raises duckdb.Error as DuckDB does, also when it took too long."""
        import duckdb

        self.patience.check()
        try:
            result = within_calendar(self.connection.execute(sql).to_arrow_table())
        except duckdb.InterruptException:
            self.patience.check()
            raise
        return result


@contextmanager
def open_bench(
    database: Path | None,
    against: Path | None,
    inputs: Inputs,
    tables: dict[str, Table],
    seeds: Path,
    recomputation: str,
    papers: Papers = NO_PAPERS,
    models: Path = MARTS,
    processor: float = PROCESSOR,
) -> Iterator[Bench]:
    """Lay everything out for the rules; close it all afterwards.

    Args:
        database: the file under test; None when nothing is built yet.
        against: the file published before; None when there is none.
        inputs: what the candidate was made of.
        tables: the tables that the suites declare in the file under test.
        seeds: the folder of the reference seeds.
        recomputation: SQL that computes once more what many rules need.
        papers: what is at hand of the releases that the file may name.
        models: the models whose tables are published.
        processor: seconds of the processor after which whatever is asked ends.

    Raises:
        CannotOpenError: the file under test, or the one published before, is no DuckDB file, is being written, has
            a log of unfinished writes beside it, or (the one before) holds what is evaluated.
        EvaluatedError: the file under test holds what is computed when it is read.
    """
    import duckdb

    # A file that someone tampered with can make joins of any size: a rule that needs more than this fails.
    spilled = tempfile.TemporaryDirectory(prefix="gci-gates-")
    connection = connect(
        autoload_known_extensions=False,
        memory_limit=MEMORY,
        temp_directory=spilled.name,
        max_temp_directory_size=SPILLED,
    )
    try:
        connection.execute("set timezone = 'UTC'")
        _attach(connection, database, "candidate")
        same = against is not None and database is not None and against.samefile(database)
        _attach(connection, None if same else against, "earlier")
        try:
            _lay_out_seeds(connection, seeds)
            lay_out_landing(connection, inputs)
            lay_out_draws(connection, inputs.audits)
            # The file under test may come from anywhere: a view in it must not read other files of this machine.
            connection.execute("set enable_external_access = false")
            connection.execute("set lock_configuration = true")
            _refuse_evaluated(connection, against)
            _lay_out_declared(connection, tables)
            if database is not None:
                lay_out_catalogue(connection, models, database)
                lay_out_papers(connection, database, papers, inputs.landing)
            _lay_out_published(connection, tables, "candidate" if same else "earlier")
        except duckdb.Error as error:
            raise CannotOpenError(f"Seeds, inputs or file cannot be read: {' '.join(str(error).split())}") from error
        with Patience(connection, processor) as patience:
            _recompute(connection, recomputation)
            if database is not None:
                _audit(connection, database, is_candidate=inputs.are_known)
            yield Bench(connection, tables, Path(spilled.name), patience)
    finally:
        connection.close()
        spilled.cleanup()


def _attach(connection: duckdb.DuckDBPyConnection, path: Path | None, alias: str) -> None:
    """Attach a file read only; where there is none, an empty database."""
    import duckdb

    if path is None:
        connection.execute(f"attach ':memory:' as {alias}")
        return
    if write_ahead_log(path).exists():
        raise CannotOpenError(
            f"{path} has a log of unfinished writes beside it, {write_ahead_log(path).name}, and whoever reads the "
            "file reads that too. If it is yours, finish the writing in a copy; move the log away and hold the file "
            "again."
        )
    try:
        connection.execute(f"attach {_text(path)} as {alias} (read_only)")
    except duckdb.Error as error:
        reason = " ".join(str(error).split()).rstrip("!.")
        raise CannotOpenError(
            f"{path} cannot be opened: {reason}. It must be a DuckDB file that no other process is writing to."
        ) from error


def _refuse_evaluated(connection: duckdb.DuckDBPyConnection, against: Path | None) -> None:
    """Raise when a file holds what is computed when it is read: from here on tables are read."""
    found = evaluated(connection, "candidate")
    if found:
        raise EvaluatedError(found)
    before = evaluated(connection, "earlier")
    if before:
        raise CannotOpenError(f"{against} was not published like this: {EvaluatedError(before)}.")


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], list[str]]:
    """Columns by (attached file or schema of the bench itself, table): all at once, since each look costs 5 ms."""
    columns: dict[tuple[str, str], list[str]] = {}
    for schema, table, column in connection.execute(
        """
        select if(database_name = 'memory', schema_name, database_name), table_name, column_name
        from duckdb_columns()
        where database_name = 'memory' or schema_name = 'main'
        order by database_name, schema_name, table_name, column_index
        """
    ).fetchall():
        columns.setdefault((schema, table), []).append(column)
    return columns


def _lay_out_seeds(connection: duckdb.DuckDBPyConnection, seeds: Path) -> None:
    """Every seed as text; nothing is guessed (NA is Namibia), an empty cell is null."""
    connection.execute("create schema seeds")
    several: dict[str, list[str]] = {"framework": [], "allotment": []}
    for name, path in seed_files(seeds).items():
        table = name.rpartition("/")[2]
        read = f"read_csv({_text(path)}, all_varchar = true, header = true, delim = ',', quote = '\"')"
        connection.execute(f'create table seeds."{table}" as from {read}')
        kind = table.partition("_")[0]
        if kind in several and path.parent.name == f"{kind}s":
            several[kind].append(f'from seeds."{table}"')
    replayed = f"read_csv({_text(REPLAY)} || '/indicator_values_*.csv', union_by_name = true, filename = true)"
    connection.execute(
        f"""
        create table seeds.replayed as
        select regexp_extract(filename, '_([0-9]+)[.]csv$', 1) as edition, iso3, item, answer
        from (
            unpivot (select * exclude (collector) from {replayed})
            on columns(* exclude (filename, iso3)) into name item value answer
        )
        """
    )
    # Weights that experts allot are filled in by recomputation.sql.
    connection.execute(
        f"""
        create table seeds.framework as
        select
            *,
            weight_numerator::double / weight_denominator::double as weight,
            weight_numerator || '/' || weight_denominator as weight_fraction
        from ({" union all by name ".join(several["framework"])})
        """
    )
    none = "select null::varchar edition, null::varchar expert, null::varchar node, null::varchar points where false"
    connection.execute(f"create table seeds.allotments as {' union all by name '.join([none, *several['allotment']])}")


def _lay_out_declared(connection: duckdb.DuckDBPyConnection, tables: dict[str, Table]) -> None:
    """What the suites declare as tables, and the seeds with the types that the suites declare."""
    connection.execute("create schema suite")
    connection.execute("create table suite.tables (table_name varchar, key varchar, further_columns boolean)")
    connection.execute(
        "create table suite.columns (table_name varchar, column_name varchar, position integer, data_type varchar)"
    )
    declared = [(table.name, ", ".join(table.key), table.further_columns) for table in tables.values()]
    insert_rows(connection, "suite.tables", ["table_name", "key", "further_columns"], declared)
    columns = [
        (table.name, column.name, position, column.type)
        for table in tables.values()
        for position, column in enumerate(table.columns, 1)
    ]
    insert_rows(connection, "suite.columns", ["table_name", "column_name", "position", "data_type"], columns)
    connection.execute("create schema seed_rows")
    there = _columns(connection)
    for table in tables.values():
        seeded = set(there.get(("seeds", table.name), ()))
        casts = [f'"{c.name}"::{c.type} as "{c.name}"' for c in table.columns if c.name in seeded]
        if casts:
            source = f'select {", ".join(casts)} from seeds."{table.name}"'
            connection.execute(f'create view seed_rows."{table.name}" as {source}')


def _lay_out_published(connection: duckdb.DuckDBPyConnection, tables: dict[str, Table], earlier: str) -> None:
    """The earlier file's tables; without rows, those that it does not have."""
    connection.execute("create schema published")
    there = _columns(connection)
    for name in tables:
        if (earlier, name) in there:
            connection.execute(f'create view published."{name}" as from {earlier}."{name}"')
        elif ("candidate", name) in there:
            connection.execute(f'create table published."{name}" as from candidate."{name}" limit 0')


def _recompute(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Run the statements one by one. What cannot be computed from this file is missed by the rules that need it."""
    import duckdb

    for statement in duckdb.extract_statements(sql):
        with suppress(duckdb.Error):
            connection.execute(statement)


def _audit(connection: duckdb.DuckDBPyConnection, database: Path, *, is_candidate: bool) -> None:
    """Audit the file once more. Where nothing could be recomputed from it, the rules that need it say so."""
    import duckdb

    with suppress(duckdb.Error):
        lay_out_audited(connection, database, is_candidate=is_candidate)


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
