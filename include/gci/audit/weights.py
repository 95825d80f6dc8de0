"""Weights that could have been: moved by a share of themselves, or given by other experts of the same kind."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from gci.audit.arrays import Floats
from gci.audit.tree import Tree

SPREAD = 0.25


def perturbed(
    tree: Tree, draw: np.random.Generator, count: int, spread: float = SPREAD, fixed: Collection[int] = ()
) -> Floats:
    """Weights w' = w (1 + f (2u − 1)) at every level, u uniform from 0 to 1, as shares of their siblings' sum.

    One u is drawn per replication and node but the root, in the order of the framework, so that the first
    replications are the same however many there are.

    Args:
        tree: M nodes.
        draw: where the u come from.
        count: replications.
        spread: f, from 0 to 1.
        fixed: places of nodes whose weights stay; their u are drawn all the same.

    Returns:
        (count, M); children of one parent sum to 1.
    """
    moved = np.ones((count, len(tree.nodes)))
    below_root = np.arange(len(tree.nodes)) != tree.root
    moved[:, below_root] = 1.0 + spread * (2.0 * draw.random((count, len(tree.nodes) - 1)) - 1.0)
    moved[:, list(fixed)] = 1.0
    return tree.normalised(tree.scaled(tree.weight) * moved)


def from_experts(tree: Tree, allotments: Floats, draw: np.random.Generator, count: int) -> Floats:
    """Weights by experts that are drawn with replacement from those who allotted: the bootstrap.

    A node weighs the mean of what the drawn experts gave the items below it, as in the method of the index.

    Args:
        tree: M nodes, K items.
        allotments: (E, K), points that each expert gives each item.
        draw: where the experts come from.
        count: replications.

    Returns:
        (count, M); children of one parent sum to 1.
    """
    experts = len(allotments)
    chosen = draw.integers(0, experts, size=(count, experts))
    chosen += experts * np.arange(count)[:, None]
    times = np.bincount(chosen.ravel(), minlength=count * experts).reshape(count, experts)
    points = np.zeros((count, allotments.shape[1]))
    for expert in range(experts):
        points += times[:, expert, None] * allotments[expert]
    return _from_points(tree, points / experts)


def _from_points(tree: Tree, points: Floats) -> Floats:
    """Weights of all nodes, (R, M), from the points of the items, (R, K)."""
    weights = np.ones((len(points), len(tree.nodes)))
    weights[:, tree.items] = points
    for place in tree.bottom_up:
        if place != tree.root:
            below = weights[:, tree.children[place]]
            weights[:, place] = np.add.accumulate(below, axis=1)[:, -1]  # from first to last
    return tree.normalised(weights)


def delta_variance(answers: Floats, allotments: Floats) -> Floats:
    """The variance of each unit's score that comes from who the experts were: x' (Σ / E) x.

    Exact where the score is linear in the mean allotment, as it is where points of all items sum to 100 with every
    expert. The bootstrap has (E − 1) / E of it.

    Args:
        answers: (N, K), 0–1, none missing.
        allotments: (E, K), points of the whole 100.

    Returns:
        (N,), in squared points of the score; NaN with fewer than two experts.
    """
    by_expert = np.zeros((len(answers), len(allotments)))
    for item in range(answers.shape[1]):
        by_expert += answers[:, item, None] * allotments[:, item]
    if len(allotments) < 2:
        return np.full(len(answers), np.nan)
    result: Floats = by_expert.var(axis=1, ddof=1) / len(allotments)
    return result
