"""Do the parts of a node measure the same: Cronbach's alpha, KR-20, mean correlation, principal components."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gci.audit.arrays import Floats
from gci.audit.components import Components, components
from gci.audit.covariance import correlations, covariances
from gci.audit.scores import Missing, node_values
from gci.audit.simulation import columns_of
from gci.audit.tree import Tree

_TINY = 1e-15


@dataclass(frozen=True)
class Coherence:
    """What is said of one node with children.

    Attributes:
        node: its name.
        level: as the framework has it.
        children: how many it has.
        alpha: Cronbach's alpha of its children; NaN with one child, or where they do not vary.
        kr20: Kuder and Richardson's formula 20, where all children are 0 or 1; NaN elsewhere.
        mean_correlation: Pearson's, mean over the pairs of children.
        items: items under it, at any depth.
        alpha_items: alpha of these.
        components: principal components of its children that the handbook's rule keeps.
    """

    node: str
    level: int
    children: int
    alpha: float
    kr20: float
    mean_correlation: float
    items: int
    alpha_items: float
    components: Components


def coherence(tree: Tree, answers: Floats, missing: Missing) -> list[Coherence]:
    """What is said of every node with children, in the order of the framework.

    Args:
        tree: M nodes, K items.
        answers: (N, K), 0–1, NaN where missing: counted as 0 with `zero`, left out pair by pair with `reweight`.
        missing: what a missing item counts.
    """
    values = children_values(tree, answers, missing)
    items = np.column_stack([values[int(place)] for place in tree.items])
    found = []
    for place, name in enumerate(tree.nodes):
        below = tree.children[place]
        if not len(below):
            continue
        matrix = np.column_stack([values[int(child)] for child in below])
        under = tree.below(place)
        found.append(
            Coherence(
                node=name,
                level=int(tree.level[place]),
                children=len(below),
                alpha=alpha(matrix),
                kr20=kr20(matrix),
                mean_correlation=mean_correlation(matrix),
                items=len(under),
                alpha_items=alpha(items[:, under]),
                components=components(matrix, [tree.nodes[child] for child in below]),
            )
        )
    return found


def children_values(tree: Tree, answers: Floats, missing: Missing) -> dict[int, Floats]:
    """The value (N,) of every node by its place, by the weights of the tree, from 0 to 1; items too."""
    values = node_values(tree, columns_of(answers), tree.weight[None, :], missing)
    return {place: value.reshape(-1) for place, value in values.items()}


def alpha(values: Floats) -> float:
    """Cronbach's alpha: k / (k − 1) · (1 − Σ variances / Σ all covariances), covariances over pairs that are there.

    Args:
        values: (N, k), NaN where missing.

    Returns:
        Alpha, at most 1; NaN with fewer than two columns or where their sum does not vary.
    """
    count = values.shape[1]
    if count < 2:
        return float("nan")
    covariance = covariances(values)
    whole = covariance.sum()
    if not abs(whole) > _TINY:  # NaN as well
        return float("nan")
    return float(count / (count - 1) * (1.0 - np.trace(covariance) / whole))


def kr20(values: Floats) -> float:
    """KR-20: k / (k − 1) · (1 − Σ p (1 − p) / variance of the sum), over units with all answers, which are 0 or 1.

    Args:
        values: (N, k), NaN where missing.

    Returns:
        NaN where some answer is neither 0 nor 1, with fewer than two columns, or where the sum does not vary.
    """
    known = values[~np.isnan(values).any(axis=1)]
    count = values.shape[1]
    if count < 2 or not len(known) or not np.isin(known, (0.0, 1.0)).all():
        return float("nan")
    share = known.mean(axis=0)
    variance = known.sum(axis=1).var()
    if not variance > _TINY:
        return float("nan")
    return float(count / (count - 1) * (1.0 - (share * (1.0 - share)).sum() / variance))


def mean_correlation(values: Floats) -> float:
    """The mean of Pearson's correlations of all pairs of columns; NaN where no pair has one."""
    pairs = correlations(values)[np.triu_indices(values.shape[1], k=1)]
    known = pairs[~np.isnan(pairs)]
    return float(known.mean()) if len(known) else float("nan")
