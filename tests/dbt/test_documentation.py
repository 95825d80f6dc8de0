"""Descriptions, types and keys of the marts, as they arrive in the DuckDB file."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import duckdb
import pytest
import yaml

from gci.core.database.query import query
from gci.core.paths import DBT_PROJECT, EXPECTATIONS, PROJECT, SEEDS
from warehouse import warehouse

MARTS = sorted((DBT_PROJECT / "models" / "marts").rglob("*.yml"))


OF_AN_EDITION_WITHOUT_A_FLAG = {
    *("framework", "tiers", "group_members", "gca_activity_status"),  # no return changes them: editions.synthetic
    *("published_history", "reconciliation", "corrections"),  # editions in print, which hold no invented return
    "gate_results",  # releases.synthetic, by the same key
}
OF_NO_EDITION = {
    *("member_states", "member_state_groups", "group_exceptions", "labels", "gca_activities"),
    *("partner_values", "partner_value_revisions", "partner_support"),
}


def declared(path: Path) -> dict:
    """The one model of a yml."""
    (model,) = yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
    assert model["name"] == path.stem
    return model


def table_of(model: dict) -> str:
    return model.get("config", {}).get("alias", model["name"])


@pytest.mark.parametrize("path", MARTS, ids=lambda path: path.stem)
def test_comments_types_and_keys_reach_the_file(path: Path) -> None:
    model, database = declared(path), warehouse().both.database
    table = table_of(model)
    (found,) = query("from duckdb_tables() where table_name = ?", "the table", [table], database)
    assert found["comment"] == model["description"]
    assert found["comment"].startswith("One row per ")
    columns = query("from duckdb_columns() where table_name = ? order by column_index", "columns", [table], database)
    assert [(column["column_name"], column["data_type"].lower(), column["comment"]) for column in columns] == [
        (column["name"], column["data_type"], column["description"]) for column in model["columns"]
    ]
    keys = query(
        "select constraint_column_names from duckdb_constraints() where table_name = ? "
        "and constraint_type = 'PRIMARY KEY'",
        "the key",
        [table],
        database,
    )
    (constraint,) = model["constraints"]
    assert [key["constraint_column_names"] for key in keys] == [constraint["columns"]]


def test_every_table_of_the_file_is_declared() -> None:
    tables = query("select table_name from duckdb_tables()", "the tables", database=warehouse().both.database)
    assert {row["table_name"] for row in tables} == {table_of(declared(path)) for path in MARTS}


def test_every_table_that_can_hold_a_rehearsal_says_so_and_a_gate_and_the_documents_know_which() -> None:
    columns = {table_of(model): {column["name"] for column in model["columns"]} for model in map(declared, MARTS)}
    unflagged = {table for table, names in columns.items() if "synthetic" not in names}
    assert unflagged == OF_AN_EDITION_WITHOUT_A_FLAG | OF_NO_EDITION
    assert {
        table for table in unflagged if columns[table] & {"edition", "from_edition"}
    } == OF_AN_EDITION_WITHOUT_A_FLAG
    rules = "".join(path.read_text("utf-8") for path in (EXPECTATIONS / "rules").glob("*synthetic*_say_so.sql"))
    held = set(re.findall(r"from candidate\.(\w+)", rules))
    assert columns.keys() - unflagged - held == {"releases"}  # held by a rule of its own
    told = (PROJECT / "docs" / "analysts.md").read_text("utf-8").partition("**3.**")[2].partition("```")[0]
    assert {table for table in OF_AN_EDITION_WITHOUT_A_FLAG if f"`{table}`" not in told} == set()


def test_every_indicator_of_every_framework_is_a_column_of_its_pillars_table() -> None:
    tables = {
        "legal": "legal_measures",
        "technical": "technical_measures",
        "organizational": "organizational_measures",
        "capacity_development": "capacity_development",
        "cooperation": "cooperation",
    }
    indicators: dict[str, set[str]] = {table: set() for table in tables.values()}
    for path in (SEEDS / "frameworks").glob("seed_framework_*.csv"):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["level"] == "indicator":
                    indicators[tables[row["pillar"]]].add(row["node"])
    for table, expected in indicators.items():
        model = declared(DBT_PROJECT / "models" / "marts" / "pillars" / f"{table}.yml")
        fixed = {"edition", "iso3", "member_state", "pillar_score", "synthetic"}
        assert {column["name"] for column in model["columns"]} - fixed == expected


def test_wide_tables_say_what_indicator_scores_say(layers: duckdb.DuckDBPyConnection) -> None:
    wide = """
        select edition, iso3, indicator, score
        from (unpivot (select * exclude (member_state, pillar_score, synthetic) from {})
            on columns(* exclude (edition, iso3)) into name indicator value score)"""
    tables = ("legal_measures", "technical_measures", "organizational_measures", "capacity_development", "cooperation")
    union = " union all ".join(wide.format(table) for table in tables)
    scores = "select edition, iso3, indicator, score from indicator_scores"
    for one, other in ((union, scores), (scores, union)):
        assert layers.execute(f"select * from ({one}) except all select * from ({other})").fetchall() == []
