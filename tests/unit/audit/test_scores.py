"""Trees of any shape: the engine beside fractions, node by node."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from scipy.stats import rankdata

import audit_peer as peer
from gci.audit.ranks import ranks
from gci.audit.scores import scores
from gci.audit.simulation import columns_of, stream
from gci.audit.tree import Node, build_tree
from gci.audit.weights import perturbed


def any_tree(seed):
    """A tree of up to five levels, items at any of them, in no order, with some weights of zero."""
    dice = np.random.default_rng(seed)
    nodes = [("n0", "", 5)]
    for name, _, level in nodes:
        if level > 1 and (name == "n0" or dice.random() < 0.7):
            for _ in range(int(dice.integers(1, 5))):
                nodes.append((f"n{len(nodes)}", name, int(dice.integers(1, level))))
    below = {parent for _, parent, _ in nodes}
    weights = {name: round(float(dice.random() * 5), 2) for name, _, _ in nodes}
    for parent in below - {""}:
        first, *others = [name for name, above, _ in nodes if above == parent]
        weights[first] = max(weights[first], 0.5)
        weights |= {name: 0.0 for name in others if dice.random() < 0.15}
    order = dice.permutation(len(nodes))
    return [Node(name, parent, level, weights[name]) for name, parent, level in (nodes[place] for place in order)]


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("missing", ["zero", "reweight"])
def test_every_tree_is_scored_as_fractions_say(seed, missing):
    nodes = any_tree(seed)
    tree = build_tree(nodes)
    dice = np.random.default_rng(seed)
    answers = dice.choice([0.0, 0.25, 0.5, 1.0, np.nan], (9, len(tree.items)))
    answers[0] = np.nan
    found = scores(tree, columns_of(answers), tree.weight[None, :], missing)[0]
    parents = {node.node: node.parent for node in nodes}
    weights = {node.node: node.weight for node in nodes}
    for unit, row in enumerate(answers):
        given = {
            name: None if cell != cell else Fraction(cell) for name, cell in zip(tree.item_names, row, strict=True)
        }
        expected = peer.score(parents, given, weights, missing)
        if expected is None:
            assert np.isnan(found[unit])
        else:
            assert found[unit] == pytest.approx(float(expected), abs=1.1e-9)


@pytest.mark.parametrize(("rule", "method"), [("competition", "min"), ("dense", "dense")])
def test_ranks_are_those_of_scipy_and_units_without_a_score_have_none(rule, method):
    values = np.round(np.random.default_rng(3).random((50, 30)), 1)
    assert (ranks(values, rule) == rankdata(-values, method=method, axis=1)).all()
    values[:, 4] = np.nan
    found = ranks(values, rule)
    assert (found[:, 4] == 0).all()
    others = np.delete(values, 4, axis=1)
    assert (np.delete(found, 4, axis=1) == rankdata(-others, method=method, axis=1)).all()


@pytest.mark.parametrize("power", [1019, -1071])
def test_weights_near_the_largest_and_smallest_numbers_give_the_same_scores(uneven, some_answers, power):
    far = replace(uneven, weight=np.ldexp(np.ceil(uneven.weight), power))
    near = replace(uneven, weight=np.ceil(uneven.weight))
    found = [
        scores(tree, columns_of(some_answers), perturbed(tree, stream(1, 0), 20), "reweight") for tree in (near, far)
    ]
    assert np.array_equal(*found, equal_nan=True)


def test_scores_that_differ_by_noise_alone_are_tied(uneven):
    thirds = np.array([[1 / 3, 1 / 3, 1 / 3, 1 / 3, 1 / 3], [0.1 + 0.2 + 1 / 30, 1 / 3, 1 - 2 / 3, 1 / 3, 1 / 3]])
    assert (thirds[0] != thirds[1]).any()
    found = scores(uneven, columns_of(thirds), uneven.weight[None, :], "zero")
    assert found[0, 0] == found[0, 1]
    assert ranks(found).tolist() == [[1, 1]]


def test_a_geometric_mean_is_zero_where_a_part_is_and_the_mean_of_logarithms_elsewhere():
    tree = build_tree([Node("r", "", 2, None), Node("a", "r", 1, 1.0), Node("b", "r", 1, 3.0), Node("c", "r", 1, 0.0)])
    answers = np.array([[0.5, 0.25, 0.0], [0.0, 1.0, 1.0], [0.7, 0.7, 0.1]])
    found = scores(tree, columns_of(answers), tree.weight[None, :], "zero", (tree.root,))[0]
    assert found == pytest.approx([100 * 0.5**0.25 * 0.25**0.75, 0, 70], abs=1e-8)


def test_what_is_left_out_is_taken_over_by_its_siblings(uneven):
    without = uneven.without(uneven.nodes.index("x"))
    assert uneven.effective(without)[uneven.column[uneven.nodes.index("x")]] == 0
    assert uneven.effective(without).sum() == pytest.approx(1)
    with pytest.raises(ValueError, match="no sibling"):
        uneven.without(uneven.nodes.index("b1"))
