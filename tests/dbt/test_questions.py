"""The framework of an edition that asks questions: its tree, what experts allot, and what dbt makes of it."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from fractions import Fraction
from pathlib import Path

import pytest

from gci.core.paths import SEEDS

EDITION = "2026"
FILES = sorted((SEEDS / "allotments").glob(f"seed_allotment_{EDITION}_*.csv"))


@pytest.fixture(scope="module")
def nodes() -> dict[str, dict[str, str]]:
    return {row["node"]: row for row in _rows(SEEDS / "frameworks" / f"seed_framework_{EDITION}.csv")}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_questions_stand_under_the_indicators_of_2024(nodes):
    before = {row["node"]: row for row in _rows(SEEDS / "frameworks" / "seed_framework_2024.csv")}
    above = {code: node for code, node in nodes.items() if node["level"] != "question"}
    kept = ("parent", "level", "pillar", "concept", "label_en")
    assert {code: [node[column] for column in kept] for code, node in above.items()} == {
        code: [node[column] for column in kept] for code, node in before.items()
    }
    questions = [node for node in nodes.values() if node["level"] == "question"]
    asked = Counter(node["parent"] for node in questions)
    assert asked.keys() == {code for code, node in nodes.items() if node["level"] == "indicator"}
    for indicator, number in asked.items():
        own = [node for node in questions if node["parent"] == indicator]
        assert [node["node"] for node in own] == [f"{indicator}.{place}" for place in range(1, number + 1)]
        assert {node["pillar"] for node in own} == {nodes[indicator]["pillar"]}


def test_a_concept_is_asked_once(nodes):
    concepts = Counter(node["concept"] for node in nodes.values())
    assert max(concepts.values()) == 1


def test_campaigns_are_asked_by_target_group(nodes):
    asked = {node["concept"] for node in nodes.values() if node["parent"] == "cds1"}
    groups = ("general_public", "small_enterprises", "officials", "civil_society", "older_persons")
    groups += ("persons_with_disabilities", "women_and_girls", "parents_educators_children")
    assert asked == {f"campaigns_{group}" for group in groups}


def test_questions_say_whether_they_allow_partial_and_want_evidence(nodes):
    for node in nodes.values():
        asked = node["level"] == "question"
        for column in ("allows_partial", "evidence_required"):
            assert (node[column] in {"true", "false"}) == asked
    for column in ("allows_partial", "evidence_required"):
        assert {node[column] for node in nodes.values()} == {"", "true", "false"}


def test_evidence_is_asked_where_the_weight_lies(nodes):
    """Of each question worth a point of a hundred, and of the heaviest that carry three quarters of a pillar."""
    allotted: dict[str, list[Fraction]] = defaultdict(list)
    for path in FILES:
        for row in _rows(path):
            allotted[row["node"]].append(Fraction(row["points"]))
    worth = {node: sum(points) / len(points) for node, points in allotted.items()}
    for pillar in {node["pillar"] for node in nodes.values()}:
        own = {code: worth[code] for code in worth if nodes[code]["pillar"] == pillar}
        proven = {code for code in own if nodes[code]["evidence_required"] == "true"}
        lightest_proven = min(own[code] for code in proven)
        assert max(own[code] for code in own.keys() - proven) < min(lightest_proven, Fraction(1))
        carried = sum(own[code] for code in proven)
        assert carried >= 15
        needed = lightest_proven >= 1 or carried - sum(own[one] for one in proven if own[one] == lightest_proven) < 15
        assert needed, pillar


def _expert(path: Path) -> str:
    return path.stem.removeprefix("seed_").split("_", 2)[2]


def test_twelve_experts_of_the_rehearsal_give_every_question_points_and_every_pillar_twenty(nodes):
    assert len(FILES) == 12
    due = [node for node in nodes if nodes[node]["level"] == "question"]
    for path in FILES:
        rows = _rows(path)
        assert [row["node"] for row in rows] == due
        assert {(row["edition"], row["expert"]) for row in rows} == {(EDITION, _expert(path))}
        sums: dict[str, Fraction] = defaultdict(Fraction)
        for row in rows:
            assert 0 < Fraction(row["points"]) < 20
            sums[nodes[row["node"]]["pillar"]] += Fraction(row["points"])
        assert set(sums.values()) == {Fraction(20)}
        assert len(sums) == 5
    assert len({path.read_text().replace(_expert(path), "") for path in FILES}) == 12, "two are the same"


@pytest.fixture(scope="module")
def points(nodes) -> dict[str, list[Fraction]]:
    """The points of every expert by question and by indicator, in exact arithmetic."""
    found: dict[str, list[Fraction]] = defaultdict(list)
    for path in FILES:
        above: dict[str, Fraction] = defaultdict(Fraction)
        for row in _rows(path):
            found[row["node"]].append(Fraction(row["points"]))
            above[nodes[row["node"]]["parent"]] += Fraction(row["points"])
        for indicator, total in above.items():
            found[indicator].append(total)
    return found


def test_weights_are_the_experts_mean_exactly(layers, points, nodes):
    asked = "select node, {} from intermediate.int_framework_nodes where edition = '2026'"
    weights = dict(layers.execute(asked.format("weight_fraction")).fetchall())
    for node, given in points.items():
        if nodes[node]["level"] == "indicator":
            assert Fraction(weights[node]) == sum(given) / len(given)
        else:
            assert Fraction(weights[node]) == sum(given) / sum(points[nodes[node]["parent"]])
    doubles = layers.execute(asked.format("weight")).fetchall()
    assert dict(doubles) == {node: float(Fraction(fraction)) for node, fraction in weights.items()}


def test_what_the_experts_allot_is_taken_as_it_is(layers, points):
    allotted = layers.execute(
        "select node, list(cast(points as double) order by expert) from intermediate.int_allotments group by node"
    ).fetchall()
    assert dict(allotted) == {node: [float(one) for one in given] for node, given in points.items()}


def test_a_rehearsal_stays_out_of_a_file_that_publishes_something_else(layers):
    for table in ("editions", "framework", "tiers", "weight_allotments", "weight_spread"):
        assert layers.execute(f"select count(*) from main.{table} where edition = '2026'").fetchone() == (0,), table
    assert layers.execute("select distinct synthetic from overall_scores").fetchall() == [(False,)]


def test_the_rehearsal_weighs_indicators_about_as_2024_did(layers):
    """The allotments are drawn around the weights of 2024: none of them is off by half."""
    pairs = layers.execute("""
        select now.weight / before.weight
        from intermediate.int_framework_nodes as now
        inner join intermediate.int_framework_nodes as before using (concept)
        where now.edition = '2026' and before.edition = '2024' and now.level = 'indicator'
    """).fetchall()
    assert len(pairs) == 20
    assert all(2 / 3 < ratio < 3 / 2 for (ratio,) in pairs)
