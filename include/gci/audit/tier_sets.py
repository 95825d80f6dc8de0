"""How sure a tier is: its probability, and for all units at once the tiers that they may be in."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from gci.audit.arrays import Flags, Floats, Tiers

SURE = 0.95
_TINY = 1e-9  # points: a spread below it is rounding


@dataclass(frozen=True, eq=False)
class TierSets:
    """The tiers in which all units lie at once in a share of the draws.

    Attributes:
        best: (N,), the highest tier of each unit's set.
        worst: (N,), the lowest.
    """

    best: Tiers
    worst: Tiers


def probabilities(tiers: Tiers, count: int) -> Floats:
    """The share of the draws in which each unit is in each tier.

    Args:
        tiers: (R, N), 1 … count; 0 where there is none.
        count: T, the number of tiers.

    Returns:
        (N, T), tier 1 first; rows sum to 1 but for draws without a tier.
    """
    return np.column_stack([(tiers == tier).sum(axis=0) / len(tiers) for tier in range(1, count + 1)])


def central(nominal: Floats, scores: Floats, coverage: float) -> Flags:
    """The draws that go least far from the nominal scores, as many as make up the coverage.

    How far a draw goes is the largest of its deviations over all units, each in standard deviations of its unit. So
    whatever holds for every one of these draws holds for all units at once with at least this probability.

    Args:
        nominal: (N,).
        scores: (R, N).
        coverage: between 0 and 1.

    Returns:
        (R,), true for ⌈coverage · R⌉ draws, and those that tie with the last of them.
    """
    deviation = scores - nominal
    spread = np.sqrt((deviation * deviation).mean(axis=0))
    moves = spread > _TINY
    if not moves.any():
        return np.ones(len(scores), dtype=np.bool_)
    far = np.abs(deviation[:, moves] / spread[moves]).max(axis=1)
    last = np.sort(far)[math.ceil(coverage * len(far)) - 1]
    result: Flags = far <= last
    return result


def tier_sets(nominal: Tiers, tiers: Tiers, kept: Flags) -> TierSets:
    """Simultaneous tier sets: all tiers from the best to the worst that a unit has in the central draws or by name.

    Args:
        nominal: (N,), the tiers by the nominal scores.
        tiers: (R, N).
        kept: (R,), the central draws.
    """
    inside = tiers[kept]
    return TierSets(np.minimum(inside.min(axis=0), nominal), np.maximum(inside.max(axis=0), nominal))
