"""How sure the order of two units is, and which differences say nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gci.audit.arrays import Floats, Ranks
from gci.audit.tier_sets import SURE

_OF_UNSURE = 0.95


@dataclass(frozen=True, eq=False)
class Orders:
    """Probabilities of pairs.

    Attributes:
        above: (N, N), the share of draws in which the row's unit has the higher score; 0 on the diagonal.
        tied: (N, N), the share in which both have the same score, to 9 decimals.
    """

    above: Floats
    tied: Floats


def orders(ranks: Ranks) -> Orders:
    """P(S_i > S_j) and P(S_i = S_j) for every pair, from the ranks of the draws, in which ties are exact.

    Args:
        ranks: (R, N), competition or dense; no unit without one.
    """
    draws, count = ranks.shape
    by_unit = np.ascontiguousarray(ranks.T.astype(np.uint16 if count < 1 << 16 else np.uint32))
    above = np.zeros((count, count))
    for unit in range(count):
        better = by_unit[unit] < by_unit[unit + 1 :]
        above[unit, unit + 1 :] = np.count_nonzero(better, axis=1)
        above[unit + 1 :, unit] = np.count_nonzero(by_unit[unit] > by_unit[unit + 1 :], axis=1)
    tied = draws - above - above.T
    np.fill_diagonal(tied, draws)
    return Orders(above / draws, tied / draws)


def indistinct(nominal: Floats, found: Orders) -> float:
    """Points below which a difference of two scores says nothing by itself.

    Of all pairs whose order holds in less than 95 % of the draws, 95 % lie closer together than this. Pairs with the
    same nominal score are in it: their difference is 0.

    Args:
        nominal: (N,).
        found: of the pairs of these units.

    Returns:
        Points, rounded to 9 decimals; 0 where the order of every pair is sure.
    """
    one, other = np.triu_indices(len(nominal), k=1)
    sure = np.maximum(found.above[one, other], found.above[other, one]) >= SURE
    apart = np.abs(nominal[one] - nominal[other])[~sure]
    return round(float(np.quantile(apart, _OF_UNSURE)), 9) if len(apart) else 0.0
