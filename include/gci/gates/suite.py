"""A gate's suite as written in expectations/<gate>.yml: tables with their columns, and rules over several tables.

A suite that is missing, empty, misspelt or that leaves a rule file unused is itself a failure: nothing that is wrong
with a suite makes a gate pass.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from gci.core.declared import landing_columns, mart_columns, parsed
from gci.core.errors import GciError
from gci.core.gates import GATES, LANDED
from gci.core.lines import BUILT

_TABLE_ENTRIES = {"about", "key", "columns", "further_columns"}
_COLUMN_ENTRIES = {"type", "optional", "between", "one_of", "like", "decimals"}
_COMPARED_WITH = ("seed_rows", "published", "recomputed", "papers", "audited")
_RULE_ENTRIES = {"file", "table", "column", "holds", "each", "compared_with", "fill", "only", "over"}
_LANDED = ("partners", "receipts", "files", "chain", "sources")
_ON_RECORD = ("editions", "releases", "gate_results")
_OF_THE_FILE = {"catalog", "numbers", "days", "order", "file"}
"""What rules are about that are about no single table."""
SHARED = re.compile(r"\{\{ shared (?P<table>\w+) \}\}")
"""In the SQL of a rule: the columns that a table has in the file and in the one published before."""
_DECIMALS = 9
"""Decimals of a published number where the suite says nothing else."""


class BrokenSuiteError(GciError):
    """A suite or a rule cannot be used as it is written. The gate that needs it fails."""


@dataclass(frozen=True)
class Column:
    """What the values of one column must be.

    Attributes:
        type: the DuckDB type.
        optional: whether null is allowed.
        between: least and greatest value, both allowed.
        one_of: the values there are.
        like: regular expression that the whole value matches.
        decimals: to how many decimals the numbers are rounded; None where they are exact, as sent or as a fraction.
    """

    name: str
    type: str
    optional: bool = False
    between: tuple[float, float] | None = None
    one_of: tuple[Any, ...] | None = None
    like: str | None = None
    decimals: int | None = _DECIMALS


@dataclass(frozen=True)
class Table:
    """One table and its columns in order.

    Attributes:
        about: the grain, for people.
        key: the columns that identify a row.
        further_columns: whether more columns may follow (the wide tables have one per indicator).
    """

    name: str
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    further_columns: bool = False


@dataclass(frozen=True)
class Rule:
    """A question in SQL whose answer is the rows that break the rule.

    Attributes:
        name: name of the check.
        sql: the statement; it returns key columns, `found` and `expected`. Placeholders left in it are those that
            gci.gates.rules fills from the tables that the file has.
        table: the table that the rule is about.
        column: its column, where the rule is about one.
        holds: what holds when nothing breaks it, in a sentence.
        only: `candidate` when it needs a candidate's inputs, which a file alone does not have.
        compared_with: schema whose table of the same name it is compared with.
        left_out: columns that are not compared.
        over_tables: whether it is asked of each declared table, one after the other.
    """

    name: str
    sql: str
    table: str
    column: str | None
    holds: str
    only: str | None = None
    compared_with: str | None = None
    left_out: tuple[str, ...] = ()
    over_tables: bool = False


@dataclass(frozen=True)
class Suite:
    """Everything that one gate checks."""

    gate: str
    about: str
    tables: tuple[Table, ...] = ()
    rules: tuple[Rule, ...] = field(default=())


def load_suite(gate: str, folder: Path) -> Suite:
    """The suite of `gate` in `folder`.

    Raises BrokenSuiteError when it is missing, holds no check, has an entry that nothing reads, or names a rule file
    that is not there; also when a rule file of the folder is named by no suite: then a check has gone unnoticed.
    """
    if gate not in GATES:
        raise BrokenSuiteError(f"There is no gate {gate!r}; the gates are {', '.join(GATES)}.")
    documents = {name: _document(folder / f"{name}.yml") for name in GATES}
    _no_rule_is_left_out(documents, folder / "rules")
    document = documents[gate]
    tables = tuple(_table(name, entry, gate) for name, entry in (document.get("tables") or {}).items())
    all_tables = {
        name: _table(name, entry, one) for one in GATES for name, entry in (documents[one].get("tables") or {}).items()
    }
    rules: list[Rule] = []
    for name, entry in (document.get("rules") or {}).items():
        rules.extend(_rules(name, entry, folder / "rules", all_tables, gate))
    if not tables and not rules:
        raise BrokenSuiteError(f"The suite {gate}.yml checks nothing: restore it from the repository.")
    return Suite(gate, str(document.get("about", "")), tables, tuple(rules))


def of_partners(suite: Suite) -> Suite:
    """What of a suite a candidate is held against that carries its other tables over from a release.

    They are rows of that release, which passed all of it, and made by the same code: the rules of `compared_with:
    published` hold that they are the same. What hangs on partners, and the file as a whole, is held as ever; of what
    landed the partners' files and the chain.
    """
    moving = {*BUILT, *_ON_RECORD, *_LANDED}
    tables = tuple(table for table in suite.tables if table.name in moving)
    rules = tuple(
        rule
        for rule in suite.rules
        if rule.table in moving | _OF_THE_FILE or rule.compared_with in ("published", "papers")
    )
    return replace(suite, tables=tables, rules=rules)


def load_recomputation(folder: Path) -> str:
    """The SQL that computes once more what many rules need. Raises BrokenSuiteError when it is missing or empty."""
    path = folder / "recomputation.sql"
    sql = path.read_text(encoding="utf-8") if path.is_file() else ""
    if not sql.strip():
        raise BrokenSuiteError(f"{path.name} is missing or empty: restore it from the repository.")
    return sql


def _document(path: Path) -> dict[str, Any]:
    try:
        document = parsed(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BrokenSuiteError(f"The suite {path.name} is missing: restore it from the repository.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BrokenSuiteError(f"The suite {path.name} cannot be read: {error}") from error
    if not isinstance(document, dict):
        raise BrokenSuiteError(f"The suite {path.name} is empty: restore it from the repository.")
    _only(document, {"about", "tables", "rules"}, path.name)
    return document


def _no_rule_is_left_out(documents: dict[str, dict[str, Any]], folder: Path) -> None:
    named = {
        (entry or {}).get("file", name)
        for document in documents.values()
        for name, entry in (document.get("rules") or {}).items()
    }
    left_out = sorted({path.stem for path in folder.glob("*.sql")} - named)
    if left_out:
        raise BrokenSuiteError(f"No suite names the rule {', '.join(left_out)} of {folder.name}/: add it to one.")


def _only(entry: Any, allowed: set[str], where: str) -> None:
    if not isinstance(entry, dict):
        raise BrokenSuiteError(f"{where}: expected entries {', '.join(sorted(allowed))}, found {entry!r}.")
    unknown = sorted(set(entry) - allowed, key=str)
    if unknown:
        raise BrokenSuiteError(
            f"{where}: nothing reads the entry {unknown[0]!r}. Entries: {', '.join(sorted(allowed))}."
        )


def _table(name: str, entry: Any, gate: str) -> Table:
    where = f"{gate}.yml, table {name}"
    _only(entry, _TABLE_ENTRIES, where)
    said = entry.get("columns") or {}
    types = _declared(name, entry, gate, where)
    columns = tuple(_column(column, said.get(column, {}), type_, where) for column, type_ in types.items())
    key = tuple(entry.get("key") or ())
    if not columns or not key or not set(key) <= {column.name for column in columns}:
        raise BrokenSuiteError(f"{where}: needs columns, and a key made of them.")
    return Table(name, str(entry.get("about", "")), key, columns, bool(entry.get("further_columns", False)))


def _declared(name: str, entry: dict[str, Any], gate: str, where: str) -> dict[str, str]:
    """The columns of a table that are held, with their types, which stand in dbt's declaration and in no suite.

    Where a published table may have further columns, those that the suite names. A table that dbt does not declare has
    the columns and types that the suite says.
    """
    said = entry.get("columns") or {}
    types = dict((landing_columns() if gate == LANDED else mart_columns()).get(name, {}))
    if not types:
        return {column: str(_said_type(one) or "") for column, one in said.items()}
    for column, one in said.items():
        if column not in types:
            raise BrokenSuiteError(f"{where}: dbt declares no column {column}: take it out, or declare it there.")
        if _said_type(one) not in (None, types[column]):
            raise BrokenSuiteError(f"{where}, column {column}: dbt says {types[column]}: take the type out here.")
    if entry.get("further_columns") and gate != LANDED:
        return {column: types[column] for column in said}
    return types


def _said_type(entry: Any) -> Any:
    return entry.get("type") if isinstance(entry, dict) else None


def _column(name: str, entry: Any, type_: str, where: str) -> Column:
    where = f"{where}, column {name}"
    _only(entry, _COLUMN_ENTRIES, where)
    if not type_:
        raise BrokenSuiteError(f"{where}: says no type.")
    between, decimals = entry.get("between"), entry.get("decimals", _DECIMALS)
    if decimals not in ("exact", _DECIMALS) and not (isinstance(decimals, int) and type_ == "DOUBLE"):
        raise BrokenSuiteError(f"{where}: decimals = {decimals!r}; a DOUBLE has a number of them, or `exact`.")
    return Column(
        name,
        type_,
        bool(entry.get("optional", False)),
        (between[0], between[1]) if between else None,
        tuple(entry["one_of"]) if "one_of" in entry else None,
        entry.get("like"),
        None if decimals == "exact" else decimals,
    )


def _rules(name: str, entry: Any, folder: Path, tables: dict[str, Table], gate: str) -> list[Rule]:
    where = f"{gate}.yml, rule {name}"
    _only(entry, _RULE_ENTRIES, where)
    path = folder / f"{entry.get('file', name)}.sql"
    if not path.is_file():
        raise BrokenSuiteError(f"{where}: the file rules/{path.name} is missing: restore it from the repository.")
    sql = path.read_text(encoding="utf-8")
    if entry.get("only") not in (None, "candidate"):
        raise BrokenSuiteError(f"{where}: only = {entry['only']!r}; it can be `candidate` or absent.")
    if "holds" not in entry or ("table" in entry) == ("each" in entry):
        raise BrokenSuiteError(f"{where}: needs `holds`, and `table` or `each`.")
    if ("each" in entry) != (entry.get("compared_with") in _COMPARED_WITH):
        raise BrokenSuiteError(f"{where}: `each` goes with `compared_with`: {', '.join(_COMPARED_WITH)}.")
    if entry.get("over") not in (None, "tables"):
        raise BrokenSuiteError(f"{where}: over = {entry['over']!r}; it can be `tables` or absent.")
    fill = {key: str(value) for key, value in (entry.get("fill") or {}).items()}
    if "table" in entry:
        over = "over" in entry
        ready = sql if over else _filled(sql, fill, where)
        said = (entry.get("column"), entry["holds"], entry.get("only"))
        return [Rule(name, ready, entry["table"], *said, over_tables=over)]
    made = []
    for table, left_out in _each(entry["each"], where).items():
        if table not in tables:
            raise BrokenSuiteError(f"{where}: no suite describes the table {table}.")
        other = entry["compared_with"]
        names = {"table": table, "keys": ", ".join(tables[table].key), "other": other}
        ready = _filled(sql, fill | names, where)
        checked = (entry["holds"], entry.get("only"), other, left_out)
        made.append(Rule(f"{table}.{name}", ready, table, None, *checked))
    return made


def _each(entry: Any, where: str) -> dict[str, tuple[str, ...]]:
    """Tables that a rule is asked of, with the columns that it leaves out."""
    if isinstance(entry, list) and entry:
        return dict.fromkeys(entry, ())
    if isinstance(entry, dict) and entry:
        return {table: tuple(left_out or ()) for table, left_out in entry.items()}
    raise BrokenSuiteError(f"{where}: `each` names no table.")


def _filled(sql: str, values: dict[str, str], where: str) -> str:
    for name, value in values.items():
        sql = sql.replace("{{ " + name + " }}", value)
    if "{{" in SHARED.sub("", sql.replace("{{ columns }}", "")):
        raise BrokenSuiteError(f"{where}: the SQL has a placeholder that nothing fills.")
    return sql
