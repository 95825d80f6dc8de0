"""What analysts find in published/ after 2020 and 2024 went all the way from the inbox, through the real gates."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import duckdb
import pytest

from gci.core.checksums import read_sums, sums
from gci.core.paths import DataFolders

TABLES = {
    "member_states": "iso3 iso2 m49 name_en name_fr name_es name_ar name_zh name_ru itu_region",
    "member_state_groups": "iso3 grouping member_group valid_from valid_to",
    "editions": "edition reference_year collection_from collection_to published_on status item_level rank_rule vintage",
    "framework": "edition node parent level pillar concept label_en weight allows_partial",
    "answers": "edition iso3 item pillar indicator answer points source evidence_url return_digest",
    "indicator_scores": "edition iso3 pillar indicator concept score weight points",
    "pillar_scores": "edition iso3 pillar score",
    "overall_scores": "edition iso3 score rank tier respondent_status obs_status",
    "legal_measures": "edition iso3 member_state pillar_score",
    "technical_measures": "edition iso3 member_state pillar_score",
    "organizational_measures": "edition iso3 member_state pillar_score",
    "capacity_development": "edition iso3 member_state pillar_score",
    "cooperation": "edition iso3 member_state pillar_score",
    "group_scores": "edition grouping member_group dimension member_states mean median minimum maximum",
    "score_changes": "iso3 from_edition to_edition dimension change change_at_constant_weights comparable",
    "published_history": "edition iso3 source",
    "reconciliation": "edition iso3 dimension published recomputed difference verdict note",
    "partner_values": "source series iso3 period value unit retrieved_on landing_digest",
    "gca_activities": "activity",
    "releases": "edition vintage signed_by",
    "gate_results": "edition vintage gate",
}


@pytest.fixture(scope="module")
def published(published_data: DataFolders) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(published_data.current), read_only=True) as connection:
        yield connection


@pytest.mark.parametrize("table", TABLES)
def test_every_table_of_the_design_has_its_columns(table: str, published: duckdb.DuckDBPyConnection) -> None:
    there = [name for name, *_ in published.execute(f"describe {table}").fetchall()]
    assert set(TABLES[table].split()) <= set(there)


def test_every_table_and_column_is_described_and_every_table_has_a_key(published: duckdb.DuckDBPyConnection) -> None:
    bare = "select table_name from duckdb_tables() where coalesce(comment, '') = ''"
    bare += " union all select table_name || '.' || column_name from duckdb_columns() where coalesce(comment, '') = ''"
    assert published.execute(bare + " and not internal").fetchall() == []
    keyless = "select table_name from duckdb_tables() where not has_primary_key"
    assert published.execute(keyless).fetchall() == []


def test_nothing_but_the_marts_is_in_the_file(published: duckdb.DuckDBPyConnection) -> None:
    assert published.execute("select distinct schema_name from duckdb_tables()").fetchall() == [("main",)]


def test_the_tiers_of_2024_are_those_that_were_printed(published: duckdb.DuckDBPyConnection) -> None:
    counted = "select tier, count(*) from overall_scores where edition = '2024' group by tier order by tier"
    assert published.execute(counted).fetchall() == [(1, 46), (2, 29), (3, 49), (4, 56), (5, 14)]
    assert published.execute("select count(rank) from overall_scores where edition = '2024'").fetchone() == (0,)


def test_the_ranks_of_2020_end_at_182_and_afghanistan_is_where_the_method_puts_it(
    published: duckdb.DuckDBPyConnection,
) -> None:
    assert published.execute("select max(rank), count(tier) from overall_scores where edition = '2020'").fetchone() == (
        182,
        0,
    )
    afghanistan = "select round(score, 2), rank from overall_scores where edition = '2020' and iso3 = 'AFG'"
    assert published.execute(afghanistan).fetchone() == (12.71, 153)
    printed = (
        "select round(score, 2), rank from published_history"
        " where edition = '2020' and iso3 = 'AFG' and source = 'print'"
    )
    assert published.execute(printed).fetchone() == (5.20, 171)


def test_the_one_known_error_is_named_and_nothing_is_unexplained(published: duckdb.DuckDBPyConnection) -> None:
    differing = (
        "select edition, iso3, dimension, verdict from reconciliation"
        " where source = 'data360' and verdict not in ('equal', 'derived') order by all"
    )
    assert published.execute(differing).fetchall() == [
        ("2020", "AFG", "legal", "known_error"),
        ("2020", "AFG", "overall", "known_error"),
    ]
    assert published.execute("select count(*) from reconciliation where verdict = 'unexplained'").fetchone() == (0,)


def test_the_gates_that_each_release_passed_are_in_the_file(published: duckdb.DuckDBPyConnection) -> None:
    counted = "select edition, vintage, gate, count(*), bool_and(passed) from gate_results group by all order by all"
    found = published.execute(counted).fetchall()
    assert [row[:3] for row in found] == [
        (edition, 1, gate) for edition in ("2020", "2024") for gate in ("built", "landed", "pages", "release")
    ]
    assert all(count > 0 and passed for *_, count, passed in found)
    checks = "select edition, sum(checks) from releases group by edition order by edition"
    assert published.execute(checks).fetchall() == [
        (edition, sum(count for name, _, _, count, _ in found if name == edition)) for edition in ("2020", "2024")
    ]


@pytest.mark.parametrize("edition", ["2020", "2024"])
def test_a_release_is_whole_and_its_files_say_the_same(edition: str, published_data: DataFolders) -> None:
    folder = published_data.release(edition, 1)
    assert read_sums(folder) == sums(folder)
    assert (folder / "data_docs" / "index.html").is_file()
    with duckdb.connect(str(folder / "gci.duckdb"), read_only=True) as connection:
        scores = "select iso3, score from overall_scores where edition = ? order by iso3"
        expected = connection.execute(scores, [edition]).fetchall()
    with (folder / "csv" / "overall_scores.csv").open(encoding="utf-8", newline="") as lines:
        in_csv = [(row["iso3"], float(row["score"]) if row["score"] else None) for row in csv.DictReader(lines)]
    parquet = f"select iso3, score from read_parquet('{folder}/parquet/overall_scores.parquet') order by iso3"
    assert in_csv == duckdb.sql(parquet).fetchall() == expected
    assert len(expected) == 194


def test_the_second_release_holds_the_first_edition_unchanged(published_data: DataFolders) -> None:
    with duckdb.connect(str(published_data.current), read_only=True) as connection:
        first = published_data.release("2020", 1) / "gci.duckdb"
        connection.execute(f"attach '{first}' as first (read_only)")
        for table in ("answers", "indicator_scores", "pillar_scores", "overall_scores", "group_scores"):
            differing = connection.execute(
                f"(from {table} where edition = '2020' except from first.{table})"
                f" union all (from first.{table} where edition = '2020' except from {table})"
            )
            assert differing.fetchall() == [], table
