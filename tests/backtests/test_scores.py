"""Held against the figures that ITU published, as they stand in truth/ (sources: truth/README.md)."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

TRUTH = Path(__file__).parent / "truth"
PRINTED_WRONG = {"2020": {("AFG", "legal")}, "2024": set()}
"""The one error of the published tables: the legal pillar on a scale of 0 to 1, and with it the overall score."""

PILLARS = f"""
    select iso3, pillar from pillar_scores as ours
    full join read_csv('{TRUTH / "pillar_scores.csv"}', types = {{'edition': 'varchar'}}) as itu
        using (edition, iso3, pillar)
    where edition = ? and not coalesce(abs(ours.score - itu.score) <= 1e-9, false)"""
OVERALL = f"""
    select iso3 from overall_scores as ours
    full join read_csv('{TRUTH / "overall_scores.csv"}', types = {{'edition': 'varchar'}}) as itu
        using (edition, iso3)
    where edition = ? and not coalesce(abs(ours.score - itu.score) <= 1e-9, false)"""


@pytest.mark.parametrize("edition", PRINTED_WRONG)
def test_pillar_scores_are_the_published_ones(built: duckdb.DuckDBPyConnection, edition: str) -> None:
    assert set(built.execute(PILLARS, [edition]).fetchall()) == PRINTED_WRONG[edition]


@pytest.mark.parametrize("edition", PRINTED_WRONG)
def test_overall_scores_are_the_published_ones(built: duckdb.DuckDBPyConnection, edition: str) -> None:
    wrong = {iso3 for iso3, _ in PRINTED_WRONG[edition]}
    assert {iso3 for (iso3,) in built.execute(OVERALL, [edition]).fetchall()} == wrong


@pytest.mark.parametrize("edition", PRINTED_WRONG)
def test_the_truth_covers_every_state_and_dimension(built: duckdb.DuckDBPyConnection, edition: str) -> None:
    count = f"select count(*) from read_csv('{TRUTH}/%s', types = {{'edition': 'varchar'}}) where edition = ?"
    assert built.execute(count % "pillar_scores.csv", [edition]).fetchone() == (970,)
    assert built.execute(count % "overall_scores.csv", [edition]).fetchone() == (194,)


def test_the_known_error_is_explained_by_the_register_and_nothing_else_differs(
    built: duckdb.DuckDBPyConnection,
) -> None:
    differing = built.execute(
        "select edition, iso3, dimension, verdict from reconciliation where verdict != 'equal' order by all"
    ).fetchall()
    assert differing == [("2020", "AFG", "legal", "known_error"), ("2020", "AFG", "overall", "known_error")]
    assert built.execute("select count(*) from reconciliation").fetchone() == (2 * 6 * 194,)
    assert built.execute("select bool_and(bites) from corrections").fetchone() == (True,)


def test_afghanistan_2020_scores_12_71_by_the_method(built: duckdb.DuckDBPyConnection) -> None:
    (score,) = built.execute("select score from overall_scores where edition = '2020' and iso3 = 'AFG'").fetchone()
    assert score == pytest.approx(12.714286269729305, abs=1e-9)


def test_rows_are_there_for_every_state_and_indicator(built: duckdb.DuckDBPyConnection) -> None:
    counted = "select edition, count(*), count(distinct iso3) from {} group by edition order by edition"
    for table, rows in (("answers", 3880), ("indicator_scores", 3880), ("pillar_scores", 970), ("overall_scores", 194)):
        assert built.execute(counted.format(table)).fetchall() == [("2020", rows, 194), ("2024", rows, 194)]
