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
MODELS = ("int_indicator_scores", "int_pillar_scores", "int_overall_scores")
KEYS = dict(zip(MODELS, ("indicator", "pillar", "'overall'"), strict=True))
ASKING = "2026"
READ = (
    "staging.stg_reference__editions",
    "staging.stg_reference__tiers",
    "intermediate.int_items",
    "intermediate.int_respondents",
)


@pytest.fixture(scope="module")
def bench() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory under the name that the compiled models use, with the answers of five states."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{warehouse().both.folder / 'dbt' / 'candidate.duckdb'}' as built (read_only)")
        connection.execute("attach ':memory:' as candidate")
        for schema in ("staging", "intermediate"):
            connection.execute(f"create schema candidate.{schema}")
        for table in READ:
            connection.execute(f"create table candidate.{table} as from built.{table}")
        connection.execute(
            "create table candidate.intermediate.int_answers as from built.intermediate.int_answers"
            f" where iso3 in {STATES} order by edition, iso3, item"
        )
        _ask_questions(connection)
        yield connection


def _ask_questions(connection: duckdb.DuckDBPyConnection) -> None:
    """Answers to the questions of 2026: Estonia's of every level and none, Finland says yes to all, and Iceland no."""
    connection.execute(f"""
        insert into candidate.intermediate.int_answers by name
        select '{ASKING}' as edition, iso3, item, pillar, indicator, 'returned' as source, 'returned' as reason,
            case iso3
                when 'FIN' then 1.0
                when 'ISL' then 0.0
                else [0.0, 0.5, 1.0, null][1 + row_number() over (partition by iso3 order by item) % 4]
            end as answer
        from candidate.intermediate.int_items cross join unnest(['EST', 'FIN', 'ISL']) as states (iso3)
        where edition = '{ASKING}'
    """)
    connection.execute(f"""
        insert into candidate.intermediate.int_respondents by name
        select distinct edition, iso3, 'responded' as respondent_status
        from candidate.intermediate.int_answers where edition = '{ASKING}'
    """)


def scored(bench: duckdb.DuckDBPyConnection) -> dict[tuple[str, ...], float | None]:
    """Every score, by table and key, as the compiled models give them."""
    compiled = warehouse().both.folder / "dbt" / "compiled" / "gci" / "models" / "intermediate" / "scores"
    found: dict[tuple[str, ...], float | None] = {}
    for model in MODELS:
        statement = (compiled / f"{model}.sql").read_text(encoding="utf-8")
        bench.execute(f"create or replace table candidate.intermediate.{model} as {statement}")
        keys = KEYS[model]
        rows = bench.execute(f"select edition, iso3, {keys}, score from candidate.intermediate.{model}").fetchall()
        found |= {(model, edition, iso3, key): score for edition, iso3, key, score in rows}
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(min_value=0, max_value=len(STATES) * 40 - 1), share=st.floats(min_value=0, max_value=1))
def test_a_better_answer_never_lowers_any_score(bench: duckdb.DuckDBPyConnection, place: int, share: float) -> None:
    edition, iso3, item, answer = bench.execute(
        "select edition, iso3, item, answer from candidate.intermediate.int_answers where edition != ?"
        " order by all limit 1 offset ?",
        [ASKING, place],
    ).fetchone()
    change = "update candidate.intermediate.int_answers set answer = ? where edition = ? and iso3 = ? and item = ?"
    before = scored(bench)
    try:
        bench.execute(change, [answer + (1 - answer) * share, edition, iso3, item])
        after = scored(bench)
    finally:
        bench.execute(change, [answer, edition, iso3, item])
    assert after.keys() == before.keys()
    assert [key for key in before if after[key] < before[key]] == []
    assert {key[1:3] for key in before if after[key] > before[key]} <= {(edition, iso3)}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(min_value=0, max_value=82), better=st.sampled_from([0.0, 0.5, 1.0]))
def test_a_better_answer_to_a_question_never_lowers_any_score(
    bench: duckdb.DuckDBPyConnection, place: int, better: float
) -> None:
    """Missing is not zero, but an answer where there was none never costs anything either."""
    item, answer = bench.execute(
        "select item, answer from candidate.intermediate.int_answers where edition = ? and iso3 = 'EST' order by item"
        " limit 1 offset ?",
        [ASKING, place],
    ).fetchone()
    if answer is not None and better < answer:
        better = answer
    change = "update candidate.intermediate.int_answers set answer = ? where edition = ? and iso3 = 'EST' and item = ?"
    before = scored(bench)
    try:
        bench.execute(change, [better, ASKING, item])
        after = scored(bench)
    finally:
        bench.execute(change, [answer, ASKING, item])
    assert after.keys() == before.keys()
    assert [key for key in before if before[key] is not None and after[key] < before[key]] == []
    assert {key[1:3] for key in before if after[key] != before[key]} <= {(ASKING, "EST")}
    if better > (answer or 0):
        overall = "int_overall_scores", ASKING, "EST", "overall"
        assert after[overall] > before[overall]


def test_yes_to_every_question_is_all_the_points_and_no_is_none(bench: duckdb.DuckDBPyConnection) -> None:
    found = scored(bench)
    for iso3, share in (("FIN", 1), ("ISL", 0)):
        assert found["int_overall_scores", ASKING, iso3, "overall"] == pytest.approx(100 * share, abs=1e-9)
        pillars = {key[3]: score for key, score in found.items() if key[:3] == ("int_pillar_scores", ASKING, iso3)}
        assert list(pillars.values()) == [pytest.approx(20 * share, abs=1e-9)] * 5
    tiers = bench.execute(
        "select iso3, tier from candidate.intermediate.int_overall_scores"
        " where edition = ? and iso3 != 'EST' order by iso3",
        [ASKING],
    ).fetchall()
    assert tiers == [("FIN", 1), ("ISL", 5)]
