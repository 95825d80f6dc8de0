"""The workbook of a release: a sheet of notes, then one sheet per table that analysts read.

Scores show two decimals and hold all of them. Every text is written as a text, never as a formula or a link. The bytes
depend on the rows and on the moment of publication alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gci.core.database.warehouse_file import columns, tables
from gci.core.errors import Blocked

if TYPE_CHECKING:
    import duckdb
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

SHEETS = (
    "overall_scores",
    "pillar_scores",
    "legal_measures",
    "technical_measures",
    "organizational_measures",
    "capacity_development",
    "cooperation",
    "group_scores",
    "score_changes",
    "framework",
    "member_states",
    "published_history",
    "reconciliation",
    "corrections",
)

_READ_ME = (
    ("Empty cell", "There is no value. Zero is a value: a measured absence of commitment."),
    ("Scores", "Two decimals are shown; the cells hold the full precision."),
    ("More", "answers, indicator scores and every other table: gci.duckdb, csv/ and parquet/ beside this workbook."),
)


def write(
    connection: duckdb.DuckDBPyConnection,
    rows_of: Callable[[str], str],
    target: Path,
    about: Mapping[str, str],
    created: datetime,
) -> None:
    """Write the workbook.

    Args:
        connection: has the warehouse in use (gci.core.database.warehouse_file.reading).
        rows_of: for a table, what follows the list of columns in the statement: from, where, order by.
        target: the file to make.
        about: the first rows of the notes, label and text.
        created: the moment of publication, in UTC.

    Raises:
        Blocked: when a text is longer than a cell can hold.
    """
    from xlsxwriter import Workbook

    with Workbook(str(target)) as book:
        moment = created.replace(tzinfo=None)
        book.set_properties({"title": about.get("Title", ""), "created": moment})
        there = [table for table in SHEETS if table in tables(connection)]
        _notes(book, connection, there, about)
        for table in there:
            _sheet(book, connection, table, rows_of(table))


def _notes(book: Workbook, connection: duckdb.DuckDBPyConnection, there: list[str], about: Mapping[str, str]) -> None:
    """The first sheet: which release this is, how to read it, and what every table and column means."""
    sheet = book.add_worksheet("notes")
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 34)
    sheet.set_column(2, 2, 100)
    row = 0
    for label, text in (*about.items(), *_READ_ME):
        sheet.write_string(row, 0, label, bold)
        sheet.write_string(row, 1, text)
        row += 1
    for column, label in enumerate(("sheet", "column", "meaning")):
        sheet.write_string(row + 1, column, label, bold)
    row += 2
    for said in _meanings(connection, there):
        for column, text in enumerate(said):
            sheet.write_string(row, column, text, wrapped)
        row += 1


def _meanings(connection: duckdb.DuckDBPyConnection, there: list[str]) -> list[tuple[str, str, str]]:
    """Table, column and comment: each table first, then its columns, in the order of the sheets."""
    said = connection.execute(
        "select table_name, '' as column_name, comment, -1 as place from duckdb_tables()"
        " where database_name = current_database() and schema_name = 'main'"
        " union all select table_name, column_name, comment, column_index from duckdb_columns()"
        " where database_name = current_database() and schema_name = 'main'"
    ).fetchall()
    place = {table: number for number, table in enumerate(there)}
    listed = sorted((place[table], at, table, column, text or "") for table, column, text, at in said if table in place)
    return [(table, column, text) for _, _, table, column, text in listed]


def _sheet(book: Workbook, connection: duckdb.DuckDBPyConnection, table: str, rows: str) -> None:
    """One table: header in bold and frozen, filters, a column format by type."""
    sheet = book.add_worksheet(table)
    kinds = columns(connection, table)
    bold = book.add_format({"bold": True})
    formats = {
        "DOUBLE": book.add_format({"num_format": "0.00"}),
        "DATE": book.add_format({"num_format": "yyyy-mm-dd"}),
        "TIMESTAMP": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
    }
    tiny = book.add_format({"num_format": "0.0E+00"})
    values = connection.execute(f"select * {rows}").fetchall()
    for place, (column, kind) in enumerate(kinds.items()):
        shown = tiny if column == "difference" else formats.get(kind)
        texts = [value for row in values[:200] if isinstance(value := row[place], str)]
        sheet.set_column(place, place, min(60, max(len(text) for text in (column, *texts)) + 2))
        sheet.write_string(0, place, column, bold)
        for number, row in enumerate(values, start=1):
            _cell(sheet, number, place, row[place], shown)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(values), 1), len(kinds) - 1)


def _cell(sheet: Worksheet, row: int, column: int, value: Any, shown: Any) -> None:
    """One value by its type; nothing for null."""
    if value is None:
        return
    if isinstance(value, str):
        refused = sheet.write_string(row, column, value)
    elif isinstance(value, bool):
        refused = sheet.write_boolean(row, column, value)
    elif isinstance(value, (int, float)):
        refused = sheet.write_number(row, column, value, shown)
    else:
        refused = sheet.write_datetime(row, column, value, shown)
    if refused:
        raise Blocked(
            f"row {row + 1}, column {column + 1} of sheet {sheet.name} does not fit into a workbook. "
            "Shorten the text in its source. Nothing was published."
        )
