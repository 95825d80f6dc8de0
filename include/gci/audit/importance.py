"""Is a node as important as it weighs? Weights say what counts, variances what decides.

Two measures of importance beside each weight (Paruolo, Saisana and Saltelli 2013):

- the main effect S_i = V(E[y | x_i]) / V(y), the share of the variance of the index that would go if the node were
  known. It overlaps between nodes that go together, so that these sum to more than 1.
- the variance share w_i · Cov(x_i, y) / V(y), exact for a linear index, which sums to 1 over the nodes of a level.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gci.audit.arrays import Floats
from gci.audit.coherence import children_values
from gci.audit.plan import Plan
from gci.audit.tree import Tree

_FEW = 10
"""So many values of a node or fewer: E[y | x] is the mean of y for each of them, exactly."""
_WIDTHS = (1.0, 0.5, 0.25, 0.125)
"""Shares of the normal reference width that are tried."""
_DECIMALS = 9
_TINY = 1e-15


@dataclass(frozen=True)
class Importance:
    """Weight and importance of one node.

    Attributes:
        place: of the node in the tree.
        weight: its share of the whole, 0–1.
        main_effect: S_i, 0–1.
        main_effect_share: S_i over the sum of its level.
        variance_share: w_i · Cov(x_i, y) / V(y).
        ratio: variance share over weight; 1 where a node decides as much as it weighs.
    """

    place: int
    weight: float
    main_effect: float
    main_effect_share: float
    variance_share: float
    ratio: float


def importance(tree: Tree, answers: Floats, plan: Plan) -> list[Importance]:
    """Weight and importance of every node but the root, in the order of the framework.

    Args:
        tree: M nodes, K items.
        answers: (N, K), 0–1, NaN where missing; units without a score are left out.
        plan: what a missing item counts.
    """
    values = children_values(tree, answers, plan.missing)
    index = values[tree.root]
    worth = _worth(tree)
    effects = {place: main_effect(values[place], index) for place in range(len(tree.nodes)) if place != tree.root}
    sums = {level: sum(effects[place] for place in effects if tree.level[place] == level) for level in set(tree.level)}
    found = []
    for place, effect in effects.items():
        share = worth[place] * _slope(values[place], index)
        level = sums[tree.level[place]]
        found.append(
            Importance(
                place=place,
                weight=float(worth[place]),
                main_effect=effect,
                main_effect_share=effect / level if level else float("nan"),
                variance_share=share,
                ratio=share / float(worth[place]) if worth[place] else float("nan"),
            )
        )
    return found


def _worth(tree: Tree) -> Floats:
    """What every node is worth of the whole, (M,)."""
    shares = tree.normalised(tree.weight)
    worth = np.ones(len(tree.nodes))
    for place in reversed(tree.bottom_up):
        worth[tree.children[place]] = worth[place] * shares[tree.children[place]]
    return worth


def _slope(values: Floats, index: Floats) -> float:
    """Cov(x, y) / V(y) over the units that have both."""
    both = ~np.isnan(values) & ~np.isnan(index)
    x, y = values[both], index[both]
    y = y - y.mean()
    variance = float((y * y).sum())
    return float(((x - x.mean()) * y).sum()) / variance if variance > _TINY else float("nan")


def main_effect(values: Floats, index: Floats) -> float:
    """V(E[y | x]) / V(y).

    Where x has few values E[y | x] is their mean of y; else it is fitted by local linear regression with a Gaussian
    kernel, whose width is chosen by leaving each unit out in turn.

    Args:
        values: x, (N,), NaN where missing.
        index: y, (N,).

    Returns:
        From 0 to 1; NaN where y does not vary.
    """
    both = ~np.isnan(values) & ~np.isnan(index)
    x, y = np.round(values[both], _DECIMALS), index[both]
    if not len(y) or not y.var() > _TINY:
        return float("nan")
    levels, place, count = np.unique(x, return_inverse=True, return_counts=True)
    fitted = (np.bincount(place, weights=y) / count)[place] if len(levels) <= _FEW else _local_linear(x, y)
    return float(np.clip(fitted.var() / y.var(), 0.0, 1.0))


def _local_linear(x: Floats, y: Floats) -> Floats:
    """E[y | x] at every x, by the width that foretells left-out units best."""
    reference = 1.06 * x.std(ddof=1) * len(x) ** -0.2
    fits = [_fit(x, y, reference * share) for share in _WIDTHS]
    return min(fits, key=lambda fit: fit[1])[0]


def _fit(x: Floats, y: Floats, width: float) -> tuple[Floats, float]:
    """The local linear fit with a Gaussian kernel, and its mean squared error where each unit is left out in turn."""
    distance = x[None, :] - x[:, None]
    kernel = np.exp(-0.5 * np.square(distance / width))
    zero, first, second = (np.sum(kernel * distance**power, axis=1) for power in (0, 1, 2))
    weight = kernel * (second[:, None] - first[:, None] * distance)
    whole = zero * second - first * first
    sole = whole <= _TINY * zero * zero  # nobody near: the kernel's mean
    weight[sole], whole[sole] = kernel[sole], zero[sole]
    fitted: Floats = (weight * y).sum(axis=1) / whole
    own = np.minimum(np.diag(weight) / whole, 1.0 - 1e-6)
    return fitted, float(np.mean(np.square((y - fitted) / (1.0 - own))))
