"""The audit of 2024 beside figures that were measured on the published indicators by other code.

How sure tiers are was measured with weights within ±25 %; the figures come out where indicators move and the five
pillars stay at 20 points each. The audit itself moves pillars too, as its method says; what this adds is told apart.
"""

from __future__ import annotations

import csv

import numpy as np
import pytest

from gci.audit.coherence import coherence
from gci.audit.importance import importance
from gci.audit.plan import Plan
from gci.audit.ranks import tiers
from gci.audit.scenarios import scenarios
from gci.audit.simulation import simulate, stream
from gci.audit.tier_sets import probabilities
from gci.audit.tree import Node, build_tree
from gci.audit.weights import perturbed
from gci.core.paths import REPLAY
from gci.reference.seeds import framework, tier_minimums

ROOT = "overall"
LEVELS = {"indicator": 1, "pillar": 2}
MINIMUMS = tier_minimums("2024")


@pytest.fixture(scope="module")
def tree():
    nodes = framework("2024").values()
    return build_tree(
        [
            Node(ROOT, "", 3, None),
            *(Node(node.node, node.parent or ROOT, LEVELS[node.level], float(node.weight)) for node in nodes),
        ]
    )


@pytest.fixture(scope="module")
def answers(tree):
    with (REPLAY / "indicator_values_2024.csv").open(encoding="utf-8", newline="") as lines:
        return np.array([[float(row[item]) for item in tree.item_names] for row in csv.DictReader(lines)])


@pytest.fixture(scope="module")
def nominal(tree, answers):
    return simulate(tree, answers, tree.weight[None, :]).nominal


def sure(tree, answers, nominal, fixed):
    """States that keep their tier in every draw, and whose likeliest tier has less than 0.95 and 0.75."""
    draws = simulate(tree, answers, perturbed(tree, stream(2024, 0), 10_000, fixed=fixed))
    drawn = tiers(draws.scores, MINIMUMS)
    largest = probabilities(drawn, 5).max(axis=1)
    kept = (drawn == tiers(nominal, MINIMUMS)).all(axis=0)
    return int(kept.sum()), int((largest < 0.95).sum()), int((largest < 0.75).sum())


def test_tiers_of_2024_are_as_sure_as_was_measured(tree, answers, nominal):
    always, below_95, below_75 = sure(tree, answers, nominal, fixed=tree.children[tree.root].tolist())
    assert always == pytest.approx(160, abs=3)
    assert below_95 == pytest.approx(13, abs=1)
    assert below_75 == pytest.approx(3, abs=1)


def test_moving_pillars_too_makes_tiers_less_sure(tree, answers, nominal):
    always, below_95, below_75 = sure(tree, answers, nominal, fixed=())
    assert 130 <= always <= 145
    assert 23 <= below_95 <= 27
    assert 7 <= below_75 <= 9


def test_as_many_states_lie_near_a_cut_as_was_counted(nominal):
    assert np.bincount(tiers(nominal, MINIMUMS))[1:].tolist() == [46, 29, 49, 56, 14]
    away = np.abs(nominal[:, None] - np.array(MINIMUMS[:-1])).min(axis=1)
    assert (away <= 1).sum() == 9
    assert (away <= 2).sum() == 39


def test_alpha_is_what_was_measured(tree, answers):
    found = {one.node: one for one in coherence(tree, answers, "zero")}
    assert found[ROOT].alpha_items == pytest.approx(0.969, abs=5e-4)
    alphas = sorted(one.alpha for name, one in found.items() if name != ROOT)
    assert alphas[0] == pytest.approx(0.81, abs=0.005)
    assert alphas[-1] == pytest.approx(0.95, abs=0.005)


def test_importance_over_weight_is_what_was_measured(tree, answers):
    ratios = {
        tree.nodes[one.place]: one.ratio for one in importance(tree, answers, Plan()) if tree.level[one.place] == 1
    }
    assert min(ratios, key=ratios.get) == "cs2"
    assert max(ratios, key=ratios.get) == "ts3"
    assert ratios["cs2"] == pytest.approx(0.40, abs=0.005)
    assert ratios["ts3"] == pytest.approx(1.34, abs=0.006)


def test_geometric_means_over_pillars_move_as_many_tiers_as_was_measured(tree, answers):
    found = scenarios(tree, answers, MINIMUMS, Plan(), np.zeros(20, dtype=bool))
    published = {
        "aggregation": "arithmetic",
        "pillar_weights": "published",
        "indicator_weights": "published",
        "partial": "0.5",
    }
    assert found.combinations[0] == published
    assert found.tiers_changed[0] == 0
    geometric = found.combinations.index(published | {"aggregation": "geometric"})
    assert found.tiers_changed[geometric] == pytest.approx(0.14, abs=0.005)
