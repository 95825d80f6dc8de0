"""Nodes in pairs: which say the same twice, and which pull against each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from gci.audit.arrays import DECIMALS, Floats
from gci.audit.covariance import correlations, spearman

REDUNDANT = 0.92
"""Above it two indicators are taken to measure the same, as in audits of the Joint Research Centre."""


@dataclass(frozen=True)
class Pair:
    """Two nodes of a level.

    Attributes:
        one: place of the first in the framework.
        other: place of the second.
        within: whether they have the same parent.
        pearson: NaN where one of them does not vary.
        spearman: the same of ranks.
        mark: redundant (Pearson above 0.92) or negative (below 0).
    """

    one: int
    other: int
    within: bool
    pearson: float
    spearman: float
    mark: Literal["redundant", "negative"] | None


def pairs(values: Floats, places: Sequence[int], parents: Sequence[int]) -> list[Pair]:
    """Every pair of columns once.

    Args:
        values: (N, C), NaN where missing.
        places: (C,), of their nodes in the tree.
        parents: (C,), of what they lie under, for `within`.
    """
    values = np.round(values, DECIMALS)
    pearson = correlations(values)
    found = []
    for one in range(len(places)):
        for other in range(one + 1, len(places)):
            r = float(pearson[one, other])
            mark = _mark(r)
            rho = spearman(values[:, one], values[:, other])
            found.append(Pair(places[one], places[other], parents[one] == parents[other], r, rho, mark))
    return found


def _mark(r: float) -> Literal["redundant", "negative"] | None:
    if r > REDUNDANT:
        return "redundant"
    return "negative" if round(r, DECIMALS) < 0 else None
