"""Editions and their frameworks: trees, weights as exact fractions, concepts that last over the editions."""

from __future__ import annotations

from collections import Counter, defaultdict
from fractions import Fraction

import pytest

PILLARS = {"legal": 2, "technical": 4, "organizational": 3, "capacity_development": 6, "cooperation": 5}
INDICATORS = {
    "2020": PILLARS,
    "2024": PILLARS | {"technical": 3, "organizational": 4},
}
EDITIONS = sorted(INDICATORS)
REHEARSAL = "2026"


def weight(row: dict[str, str]) -> Fraction:
    return Fraction(int(row["weight_numerator"]), int(row["weight_denominator"]))


def test_editions_rank_and_date_as_published(seed):
    rows = {row["edition"]: row for row in seed("editions") if row["status"] == "published"}
    assert sorted(rows) == EDITIONS
    assert {edition: row["rank_rule"] for edition, row in rows.items()} == {"2020": "dense_2dp", "2024": "tiers"}
    assert {edition: row["published_on"] for edition, row in rows.items()} == {
        "2020": "2021-06-29",
        "2024": "2024-09-12",
    }
    assert {row["item_level"] for row in rows.values()} == {"indicator"}


def test_tiers_reach_down_to_nothing(seed):
    for edition in ("2024", REHEARSAL):
        rows = sorted((row for row in seed("tiers") if row["edition"] == edition), key=lambda row: row["tier"])
        assert [float(row["minimum"]) for row in rows] == [95, 85, 55, 20, 0]
        assert [row["code"] for row in rows] == ["T1", "T2", "T3", "T4", "T5"]


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_framework_is_five_pillars_with_the_indicators_of_the_edition(seed, edition):
    rows = seed(f"framework_{edition}")
    assert {row["edition"] for row in rows} == {edition}
    assert [row["node"] for row in rows if row["level"] == "pillar"] == list(PILLARS)
    indicators = [row for row in rows if row["level"] == "indicator"]
    assert Counter(row["pillar"] for row in indicators) == INDICATORS[edition]
    assert all(row["parent"] == row["pillar"] for row in indicators)
    assert len(rows) == 25
    assert {row["allows_partial"] for row in rows} == {""}


@pytest.mark.parametrize("edition", EDITIONS)
def test_weights_of_a_pillar_sum_to_exactly_twenty(seed, edition):
    sums: dict[str, Fraction] = defaultdict(Fraction)
    for row in seed(f"framework_{edition}"):
        if row["level"] == "indicator":
            sums[row["pillar"]] += weight(row)
            assert 0 < weight(row) < 20
        else:
            assert weight(row) == 20
    assert dict(sums) == dict.fromkeys(PILLARS, Fraction(20))


def test_child_online_protection_moved_and_all_else_stayed(seed):
    nodes = {
        edition: {row["concept"]: row["node"] for row in seed(f"framework_{edition}") if row["level"] == "indicator"}
        for edition in EDITIONS
    }
    assert len(nodes["2020"]) == len(nodes["2024"]) == 20
    assert nodes["2020"].keys() == nodes["2024"].keys()
    moved = {concept for concept in nodes["2020"] if nodes["2020"][concept] != nodes["2024"][concept]}
    assert moved == {"child_online_protection"}
    assert (nodes["2020"]["child_online_protection"], nodes["2024"]["child_online_protection"]) == ("ts4", "os4")


@pytest.mark.parametrize("edition", EDITIONS)
def test_published_pillar_scores_follow_from_values_and_weights(seed, replayed, edition):
    """In exact arithmetic: Σ W·I is the published score, save where the register says that it was printed wrong."""
    weights = {row["node"]: row for row in seed(f"framework_{edition}") if row["level"] == "indicator"}
    published = {
        (row["iso3"], row["dimension"]): float(row["published"])
        for row in seed("published_scores")
        if (row["edition"], row["source"]) == (edition, "data360")
    }
    computed: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for row in replayed(edition):
        for node, described in weights.items():
            points = weight(described) * Fraction(float(row[node]))
            computed[row["iso3"], described["pillar"]] += points
            computed[row["iso3"], "overall"] += points
    assert computed.keys() == published.keys()
    off = {key for key, score in computed.items() if abs(float(score) - published[key]) > 1e-12}
    known = {(row["iso3"], row["dimension"]) for row in seed("corrections") if row["edition"] == edition}
    assert off == known
    for row in seed("corrections"):
        if row["edition"] == edition:
            key = row["iso3"], row["dimension"]
            assert published[key] == float(row["published"])
            assert float(row["corrected"]) == pytest.approx(float(computed[key]), abs=1e-12)


def test_the_register_of_known_errors_names_no_person_and_is_open(seed):
    rows = {row["id"]: row for row in seed("corrections")}
    assert sorted(rows) == ["2020-AFG-legal", "2020-AFG-overall"]
    for row in rows.values():
        assert row["status"] in {"open", "reported", "acknowledged", "fixed_upstream"}
        assert row["author"] == "GCI warehouse maintainers"
        assert row["approver"] == "index team"
        assert all(row[column] for column in ("what_is_wrong", "reason", "evidence", "reported_to"))
