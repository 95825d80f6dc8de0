"""A new edition that asks questions is two seed files and its returns: no model changes (question_edition.py)."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from question_edition import question_edition


@pytest.fixture(scope="module")
def built() -> Iterator[duckdb.DuckDBPyConnection]:
    """Estonia answers all, desk research and a review find three answers for Finland, nobody one of Iceland."""
    with duckdb.connect(str(question_edition().layers), read_only=True) as connection:
        yield connection


def test_answers_are_questions_with_points(built: duckdb.DuckDBPyConnection) -> None:
    query = (
        "select item, indicator, answer, points, source from answers where iso3 = 'EST' and item in {} order by item"
    )
    assert built.execute(query.format(("ts1.1", "cds1.2", "cs1.2", "ls1.2"))).fetchall() == [
        ("cds1.2", "cds1", 0.0, 0.0, "reviewed"),
        ("cs1.2", "cs1", 0.0, 0.0, "desk"),
        ("ls1.2", "ls1", 1.0, pytest.approx(20 * 2 / 3), "returned"),
        ("ts1.1", "ts1", 0.5, pytest.approx(20 / 3 / 2), "returned"),
    ]


def test_indicators_are_their_questions_weighted(built: duckdb.DuckDBPyConnection) -> None:
    rows = built.execute("select indicator, score from indicator_scores where iso3 = 'EST'").fetchall()
    assert dict(rows) == {
        "ls1": 1,
        "ts1": pytest.approx(0.5 / 3 + 2 / 3, abs=1e-9),
        "os1": pytest.approx(1 / 3, abs=1e-9),
        "cds1": pytest.approx(1 / 3, abs=1e-9),
        "cs1": pytest.approx(1 / 3, abs=1e-9),
    }


def test_missing_is_not_zero_up_to_the_top(built: duckdb.DuckDBPyConnection) -> None:
    query = "select iso3, score, tier, respondent_status, obs_status, answered, items from overall_scores"
    found = {row[0]: row for row in built.execute(query).fetchall()}
    estonia, finland, iceland = (found[iso3] for iso3 in ("EST", "FIN", "ISL"))
    assert estonia == ("EST", pytest.approx(20 * (1 + 2.5 / 3 + 1), abs=1e-9), 2, "responded", "A", 10, 10)
    assert finland == ("FIN", pytest.approx(2 * 20 / 3, abs=1e-9), 2, "desk_not_validated", "V", 3, 10)
    assert iceland == ("ISL", None, None, "no_data", "O", 0, 10)
    pillars = built.execute("select pillar, score from pillar_scores where iso3 = 'FIN'").fetchall()
    assert {pillar: score for pillar, score in pillars if score is not None} == {
        "legal": pytest.approx(20 / 3, abs=1e-9),
        "cooperation": pytest.approx(20 / 3, abs=1e-9),
    }
    nobody = "select item, points, source from answers where iso3 = 'FIN' and item in ('ts1.1', 'cs1.2') order by item"
    assert built.execute(nobody).fetchall() == [("cs1.2", None, "none"), ("ts1.1", None, "none")]


def test_there_is_nothing_to_reconcile_with_yet(built: duckdb.DuckDBPyConnection) -> None:
    assert built.execute("select count(*) from reconciliation").fetchone() == (0,)
    assert built.execute("select bool_or(bites) from corrections").fetchone() == (False,)


def test_wide_tables_have_the_edition_in_the_same_columns(built: duckdb.DuckDBPyConnection) -> None:
    row = "select ls1, ls2, round(pillar_score, 3) from legal_measures where iso3 = 'FIN'"
    assert built.execute(row).fetchone() == (pytest.approx(1 / 3, abs=1e-9), None, 6.667)
