"""States without data in 2020 are published with zeros; they must not be taken for measured ones."""

from __future__ import annotations

import duckdb
import pytest


def test_three_states_of_2020_gave_no_data(built: duckdb.DuckDBPyConnection) -> None:
    query = """
        select iso3, score, obs_status from overall_scores
        where edition = '2020' and respondent_status = 'no_data' order by iso3"""
    assert built.execute(query).fetchall() == [("FSM", 0.0, "O"), ("VAT", 0.0, "O"), ("YEM", 0.0, "O")]


def test_group_means_are_offered_with_and_without_them(built: duckdb.DuckDBPyConnection) -> None:
    query = """
        select member_states, with_data, mean, mean_with_data from group_scores
        where edition = '2020' and grouping = 'all' and dimension = 'overall'"""
    states, with_data, mean, mean_with_data = built.execute(query).fetchone()
    assert (states, with_data) == (194, 191)
    assert mean * 194 == pytest.approx(mean_with_data * 191)


def test_a_change_from_no_data_does_not_compare(built: duckdb.DuckDBPyConnection) -> None:
    query = """
        select distinct iso3 from score_changes
        where dimension = 'overall' and comparability = 'neither' order by iso3"""
    assert built.execute(query).fetchall() == [("FSM",), ("VAT",), ("YEM",)]


def test_child_online_protection_moved_and_parts_two_pillars(built: duckdb.DuckDBPyConnection) -> None:
    query = """
        select dimension, note from score_changes
        where iso3 = 'EST' and comparability = 'neither' order by dimension"""
    assert built.execute(query).fetchall() == [
        ("organizational", "new in this dimension: child_online_protection"),
        ("technical", "no longer in this dimension: child_online_protection"),
    ]


def test_no_change_from_2020_to_2024_is_said_to_rest_on_the_same_questions(built: duckdb.DuckDBPyConnection) -> None:
    query = """
        select dimension, comparable, comparability, count(*) from score_changes
        where comparability != 'neither' group by all order by all"""
    assert built.execute(query).fetchall() == [
        (dimension, False, "same_concept", 191)
        for dimension in ("capacity_development", "cooperation", "legal", "overall")
    ]


def test_what_scores_are_possible_has_changed_with_the_questions(built: duckdb.DuckDBPyConnection) -> None:
    query = """
        select to_indicator, from_distinct_scores, to_distinct_scores from indicator_comparability
        where to_indicator in ('cds5', 'cds6', 'cs2', 'cs3', 'os3', 'cs5') order by to_indicator"""
    assert built.execute(query).fetchall() == [
        ("cds5", 3, 8),
        ("cds6", 4, 18),
        ("cs2", 2, 6),
        ("cs3", 6, 3),
        ("cs5", 3, 3),
        ("os3", 9, 22),
    ]
    said = built.execute("select comparability, count(*) from indicator_comparability group by all").fetchall()
    assert said == [("same_concept", 20)]


def test_north_macedonia_lost_24_points(built: duckdb.DuckDBPyConnection) -> None:
    query = "select change from score_changes where iso3 = 'MKD' and dimension = 'overall'"
    assert built.execute(query).fetchone()[0] == pytest.approx(-24.034457435)
