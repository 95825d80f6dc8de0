"""Which of several choices moves a result most: variance shares over a full factorial, exact, no sampling.

With every combination of choices once, the variance of a result splits into effects of choices and of their
interactions (analysis of variance of a balanced design). The first-order share of a choice is its own effect; its
Shapley share takes an equal part of every interaction that it is in, so that shares sum to 1 (Owen 2014).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from gci.audit.arrays import Floats


@dataclass(frozen=True, eq=False)
class Shares:
    """How the variance of a result is shared between F factors.

    Attributes:
        variance: of the result over all combinations; summed over its components where it has several.
        first_order: (F,); zeros where there is no variance.
        shapley: (F,), sums to 1.
    """

    variance: float
    first_order: Floats
    shapley: Floats


def shares(results: Floats, factors: int) -> Shares:
    """Share out the variance of a result.

    Args:
        results: one axis per factor, as long as it has choices; then, where the result has several components (one per
            unit, say), one axis for them: their variances are summed.
        factors: F.
    """
    values = results if results.ndim > factors else results[..., None]
    effects = dict(_effects(values, factors))
    whole = sum(effects.values())
    first, shapley = np.zeros(factors), np.zeros(factors)
    for chosen, variance in effects.items():
        if len(chosen) == 1:
            first[chosen[0]] = variance
        for factor in chosen:
            shapley[factor] += variance / len(chosen)
    if whole <= 1e-15:
        return Shares(0.0, np.zeros(factors), np.zeros(factors))
    return Shares(float(whole), first / whole, shapley / whole)


def _effects(values: Floats, factors: int) -> Iterator[tuple[tuple[int, ...], float]]:
    """The variance of each effect: that of the means over all other factors, less the effects that lie in it."""
    found: dict[tuple[int, ...], float] = {}
    for size in range(1, factors + 1):
        for chosen in combinations(range(factors), size):
            others = tuple(axis for axis in range(factors) if axis not in chosen)
            means = values.mean(axis=others) if others else values
            variance = float(means.reshape(-1, means.shape[-1]).var(axis=0).sum())
            within = sum(found[part] for less in range(1, size) for part in combinations(chosen, less))
            found[chosen] = max(0.0, variance - within)
            yield chosen, found[chosen]
