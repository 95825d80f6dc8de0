"""Weights from experts: the bootstrap beside the delta method, and beside counting all ways to draw experts."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from gci.audit.simulation import simulate, stream
from gci.audit.tree import Node, build_tree
from gci.audit.weights import delta_variance, from_experts, perturbed

TREE = build_tree(
    [
        Node("root", "", 3, None),
        Node("p", "root", 2, 50),
        Node("q", "root", 2, 50),
        *(Node(item, item[0], 1, 1.0) for item in ("p1", "p2", "q1", "q2", "q3")),
    ]
)


def allotted(experts):
    """Points of experts, 50 for each of the two pillars."""
    dice = np.random.default_rng(9)
    halves = [50 * dice.dirichlet(np.full(size, 4.0), experts) for size in (2, 3)]
    return np.hstack(halves)


def test_the_bootstrap_of_experts_has_the_variance_of_the_delta_method():
    allotments, answers = allotted(10), np.random.default_rng(2).choice([0, 0.5, 1.0], (15, 5))
    draws = simulate(TREE, answers, from_experts(TREE, allotments, stream(1), 40_000))
    expected = delta_variance(answers, allotments) * 9 / 10
    assert draws.scores.var(axis=0) == pytest.approx(expected, rel=0.05, abs=1e-12)
    assert draws.scores.mean(axis=0) == pytest.approx(100 * answers @ (allotments.mean(axis=0) / 100), abs=0.05)


def test_two_experts_are_drawn_in_all_ways_alike():
    allotments = np.array([[40.0, 10, 20, 20, 10], [10.0, 40, 10, 20, 20]])
    drawn = from_experts(TREE, allotments, stream(3), 8000)
    p1 = drawn[:, TREE.nodes.index("p1")]
    ways = [(allotments[list(pair), 0].mean()) / 50 for pair in product((0, 1), repeat=2)]
    values, counts = np.unique(p1.round(9), return_counts=True)
    assert values.tolist() == pytest.approx(sorted(set(ways)))
    assert counts / 8000 == pytest.approx([0.25, 0.5, 0.25], abs=0.02)
    assert drawn[:, TREE.nodes.index("p")] == pytest.approx(0.5)


def test_a_weight_is_moved_by_a_uniform_share_of_itself():
    drawn = perturbed(TREE, stream(4), 50_000, 0.25)
    ratio = drawn[:, TREE.nodes.index("p")] / drawn[:, TREE.nodes.index("q")]
    # (1 + f (2u − 1)) / (1 + f (2v − 1)): its logarithm has mean 0 and twice the variance of ln U(0.75, 1.25).
    assert np.log(ratio).mean() == pytest.approx(0, abs=0.002)
    uniform = np.log(0.75 + 0.5 * (np.arange(100_000) + 0.5) / 100_000)
    assert np.log(ratio).var() == pytest.approx(2 * uniform.var(), rel=0.02)


def test_weights_that_are_fixed_stay_and_no_spread_moves_nothing():
    places = [TREE.nodes.index(name) for name in ("p", "q")]
    drawn = perturbed(TREE, stream(4), 100, 0.25, fixed=places)
    assert (drawn[:, places] == 0.5).all()
    assert np.ptp(drawn[:, TREE.nodes.index("q1")]) > 0
    assert np.ptp(perturbed(TREE, stream(4), 100, 0.0), axis=0).max() == 0


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_threads_change_no_bit(threads):
    from gci.audit.answers import Uncertain

    answers = np.random.default_rng(2).choice([0, 0.5, 1.0], (15, 5))
    weights = perturbed(TREE, stream(6), 1200)
    draws = simulate(TREE, answers, weights, uncertain=Uncertain(answers, (0.25, 0.75)), seed=6, threads=threads)
    alone = simulate(TREE, answers, weights, uncertain=Uncertain(answers, (0.25, 0.75)), seed=6, threads=1)
    assert draws.scores.tobytes() == alone.scores.tobytes()
    assert draws.ranks.tobytes() == alone.ranks.tobytes()
