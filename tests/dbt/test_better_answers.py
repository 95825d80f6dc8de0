"""A better answer never lowers any score, and lifts its own state alone.

dbt's compiled models run as bare SQL on a few states, so that many answers can be tried.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warehouse import warehouse

STATES = ("AFG", "EST", "FSM", "MKD", "USA")
MODELS = ("indicator_scores", "pillar_scores", "overall_scores")
READ = ("reference.editions", "reference.tiers", "intermediate.int_items", "intermediate.int_respondents")


@pytest.fixture(scope="module")
def bench() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory under the name that the compiled models use, with the answers of five states."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{warehouse().both.folder / 'dbt' / 'candidate.duckdb'}' as built (read_only)")
        connection.execute("attach ':memory:' as candidate")
        for schema in ("reference", "intermediate"):
            connection.execute(f"create schema candidate.{schema}")
        for table in READ:
            connection.execute(f"create table candidate.{table} as from built.{table}")
        connection.execute(
            f"create table candidate.main.answers as from built.main.answers where iso3 in {STATES}"
            " order by edition, iso3, item"
        )
        yield connection


def scored(bench: duckdb.DuckDBPyConnection) -> dict[tuple[str, ...], float | None]:
    """Every score, by table and key, as the compiled models give them."""
    compiled = warehouse().both.folder / "dbt" / "compiled" / "gci" / "models" / "marts" / "scores"
    found: dict[tuple[str, ...], float | None] = {}
    for model in MODELS:
        statement = (compiled / f"{model}.sql").read_text(encoding="utf-8")
        bench.execute(f"create or replace table candidate.main.{model} as {statement}")
        keys = {"indicator_scores": "indicator", "pillar_scores": "pillar", "overall_scores": "'overall'"}[model]
        rows = bench.execute(f"select edition, iso3, {keys}, score from candidate.main.{model}").fetchall()
        found |= {(model, edition, iso3, key): score for edition, iso3, key, score in rows}
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(min_value=0, max_value=len(STATES) * 40 - 1), share=st.floats(min_value=0, max_value=1))
def test_a_better_answer_never_lowers_any_score(bench: duckdb.DuckDBPyConnection, place: int, share: float) -> None:
    edition, iso3, item, answer = bench.execute(
        "select edition, iso3, item, answer from candidate.main.answers order by all limit 1 offset ?", [place]
    ).fetchone()
    change = "update candidate.main.answers set answer = ? where edition = ? and iso3 = ? and item = ?"
    before = scored(bench)
    try:
        bench.execute(change, [answer + (1 - answer) * share, edition, iso3, item])
        after = scored(bench)
    finally:
        bench.execute(change, [answer, edition, iso3, item])
    assert after.keys() == before.keys()
    assert [key for key in before if after[key] < before[key]] == []
    assert {key[1:3] for key in before if after[key] > before[key]} <= {(edition, iso3)}
