"""Scores → ranks and tiers. Scores are compared as they are: who calls has rounded them to 9 decimals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from gci.audit.arrays import Floats, Ranks, Tiers

Rule = Literal["competition", "dense"]
NO_RANK = 0


def ranks(scores: Floats, rule: Rule = "competition") -> Ranks:
    """The rank of every unit in every replication; 1 is the highest score, equal scores have equal ranks.

    Args:
        scores: (R, N), rounded; NaN where a unit has none.
        rule: `competition` leaves ranks out after a tie (1, 2, 2, 4), `dense` does not (1, 2, 2, 3).

    Returns:
        (R, N); 0 where there is no score.
    """
    falling = -scores
    order = np.argsort(falling, axis=1)  # NaN comes last; how ties are ordered does not matter: they share a rank
    ordered = np.take_along_axis(falling, order, axis=1)
    first = np.ones(scores.shape, dtype=np.bool_)
    np.not_equal(ordered[:, 1:], ordered[:, :-1], out=first[:, 1:])
    if rule == "dense":
        places = np.cumsum(first, axis=1, dtype=np.int32)
    else:
        places = np.where(first, np.arange(1, scores.shape[1] + 1, dtype=np.int32), np.int32(0))
        np.maximum.accumulate(places, axis=1, out=places)
    result = np.empty(scores.shape, dtype=np.int32)
    np.put_along_axis(result, order, places, axis=1)
    result[np.isnan(scores)] = NO_RANK
    return result


def tiers(scores: Floats, minimums: Sequence[float]) -> Tiers:
    """The tier of every score; 1 is the highest.

    Args:
        scores: any shape, rounded; NaN where there is none.
        minimums: the lowest score of each tier, tier 1 first, falling.

    Returns:
        The same shape; 0 where there is no score. A score below every minimum is in the last tier.
    """
    result = np.ones(scores.shape, dtype=np.int8)
    for minimum in minimums[:-1]:
        result += scores < minimum
    result[np.isnan(scores)] = 0
    return result
