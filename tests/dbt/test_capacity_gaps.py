"""Where one more step gains most, and who took it: for every state outside of the top two tiers."""

from __future__ import annotations

import duckdb
import pytest


@pytest.mark.parametrize(("edition", "states"), [("2020", 137), ("2024", 49 + 56 + 14)])
def test_every_state_outside_of_the_top_two_tiers_has_gaps(
    layers: duckdb.DuckDBPyConnection, edition: str, states: int
) -> None:
    below = (
        "select iso3 from overall_scores where edition = ? and score < 85 and respondent_status != 'no_data' order by 1"
    )
    with_gaps = "select distinct iso3 from capacity_gaps where edition = ? and grouping = 'all' order by 1"
    expected = layers.execute(below, [edition]).fetchall()
    assert len(expected) == states
    assert layers.execute(with_gaps, [edition]).fetchall() == expected


def test_tiers_and_gaps_agree_on_who_is_below(layers: duckdb.DuckDBPyConnection) -> None:
    query = (
        "select tier, count(distinct iso3) from capacity_gaps join overall_scores using (edition, iso3) group by tier"
    )
    assert dict(layers.execute(query + " having tier is not null").fetchall()) == {3: 49, 4: 56, 5: 14}


def test_a_step_gains_what_it_says(layers: duckdb.DuckDBPyConnection) -> None:
    """Held against weight × distance from the tables that analysts read."""
    wrong = """
        select * from capacity_gaps as gaps
        inner join indicator_scores as scores using (edition, iso3, indicator)
        where abs(gaps.gain - scores.weight * (gaps.next_answer - coalesce(scores.score, 0))) > 1e-8
            or gaps.gain <= 0"""
    assert layers.execute(wrong).fetchall() == []


def test_places_follow_the_gain(layers: duckdb.DuckDBPyConnection) -> None:
    wrong = """
        select * from capacity_gaps as better inner join capacity_gaps as worse using (edition, iso3, grouping)
        where better.place < worse.place and better.gain < worse.gain"""
    assert layers.execute(wrong).fetchall() == []


def test_peers_stand_where_the_step_leads_with_their_own_evidence(layers: duckdb.DuckDBPyConnection) -> None:
    """Replayed answers have no link: that a peer's link comes along is a unit test of the model."""
    wrong = """
        select * from capacity_gap_peers as peers
        inner join capacity_gaps as gaps using (edition, iso3, grouping, place)
        left join answers on answers.edition = peers.edition and answers.iso3 = peers.peer and answers.item = peers.item
        where answers.answer < gaps.next_answer or answers.evidence_url is distinct from peers.evidence_url"""
    assert layers.execute(wrong).fetchall() == []
    (shown,) = layers.execute("select count(*) from capacity_gap_peers where peer_answer is not null").fetchone()
    assert shown > 10_000


def test_peers_are_of_the_states_own_group(layers: duckdb.DuckDBPyConnection) -> None:
    query = """
        select count(*) from capacity_gap_peers as peers
        inner join member_states as own using (iso3) inner join member_states as other on other.iso3 = peers.peer
        where peers.grouping = 'itu_region' and own.itu_region != other.itu_region"""
    assert layers.execute(query).fetchone() == (0,)
