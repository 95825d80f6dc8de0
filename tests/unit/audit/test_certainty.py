"""A state is sure of its tier where its own tier is sure, not where some other one is."""

from __future__ import annotations

import duckdb
import pytest

from gci.audit.certainty import certainty_of_edition, certainty_of_state, percent

PROBABILITIES = {"AAA": [0.0, 0.97, 0.03], "BBB": [0.0, 0.03, 0.97], "CCC": [0.6, 0.4, 0.0]}
TIER = {"AAA": 3, "BBB": 3, "CCC": 1}


@pytest.fixture
def file(tmp_path):
    """A file of three states: AAA is published in tier 3 and was drawn into tier 2 nearly always."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{tmp_path / 'file.duckdb'}' as warehouse; use warehouse")
        connection.execute(
            """
            create table score_uncertainty (edition text, iso3 text, score_q05 double, score_q95 double,
                rank_q05 double, rank_q95 double, tier_probabilities double[], tier_probability double, tier_sure bool);
            create table overall_scores (edition text, iso3 text, score double, tier int);
            create table editions (edition text, item_level text);
            insert into editions values ('2024', 'indicator');
            create table member_states (iso3 text, name_en text);
            create table audit_summary (edition text, sentence text);
            create table tier_fragility (edition text, iso3 text, direction text, step int, changes int, cut double,
                item text);
            insert into audit_summary values ('2024', 'Differences say nothing.')
            """
        )
        for iso3, shares in PROBABILITIES.items():
            row = ["2024", iso3, 10, 20, 1, 3, shares, shares[TIER[iso3] - 1], max(shares) >= 0.95]
            connection.execute("insert into score_uncertainty values (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            connection.execute("insert into overall_scores values ('2024', ?, 50, ?)", [iso3, TIER[iso3]])
            connection.execute("insert into member_states values ($1, $1)", [iso3])
        yield connection


def test_a_state_that_is_nearly_always_in_another_tier_is_not_sure_of_its_own(file):
    unsure = certainty_of_edition(file, "2024")["unsure"]
    assert [state["iso3"] for state in unsure] == ["AAA", "CCC"]
    told = {iso3: certainty_of_state(file, "2024", iso3)["told"] for iso3 in TIER}
    assert "tier 3 is not sure: T2 in 97\u00a0%, T3 in 3\u00a0% of the draws" in told["AAA"]
    assert "tier 3 is sure: T3 in 97\u00a0%, T2 in 3\u00a0% of the draws" in told["BBB"]


@pytest.mark.parametrize(("level", "told"), [("indicator", "2 indicators move"), ("question", "2 answers move")])
def test_what_moves_a_state_is_called_what_it_is(file, level, told):
    file.execute("update editions set item_level = ?", [level])
    for step, item in enumerate(("x1", "x2"), 1):
        file.execute("insert into tier_fragility values ('2024', 'CCC', 'down', ?, 2, 40, ?)", [step, item])
    assert f"{told} it down below 40 points: x1, x2" in certainty_of_state(file, "2024", "CCC")["told"]


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (0.0, "0"),
        (0.004, "under 1"),
        (0.944, "94"),
        (0.9499, "under 95"),
        (0.95, "95"),
        (0.999, "over 99"),
        (1.0, "100"),
    ],
)
def test_a_share_is_not_rounded_into_what_it_is_not(share, told):
    assert percent(share) == f"{told}\u00a0%"
