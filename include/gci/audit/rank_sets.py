"""Confidence sets for ranks, after Mogstad, Romano, Shaikh and Wilhelm (2024), with stepdown.

Two units are told apart where the difference of their estimates is larger than what error alone makes of differences in
all but 1 − coverage of the draws, in standard deviations. A unit's true rank is then at least 1 + how many are told to
be better, and at most N − how many are told to be worse. The hypotheses are one-sided, θ_i ≤ θ_j for ordered pairs;
those that are rejected leave the family, the rest is held against the largest difference within itself, until
no more are rejected (Romano and Wolf 2005), which keeps the coverage and makes the sets smaller. Written from the
paper (doi 10.1093/restud/rdad006).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gci.audit.arrays import Flags, Floats, Ints, Ranks

_TINY = 1e-9  # a standard deviation below it is rounding


@dataclass(frozen=True, eq=False)
class RankSets:
    """Confidence sets for ranks; 1 is the highest.

    Attributes:
        best: (N,), the lowest number of each set.
        worst: (N,), the highest.
    """

    best: Ranks
    worst: Ranks


def rank_sets(
    estimates: Floats, errors: Floats, coverage: float = 0.95, simultaneous: bool = True, stepdown: bool = True
) -> RankSets:
    """Sets that hold the true rank with a probability of at least `coverage`.

    Args:
        estimates: (N,), higher is better.
        errors: (R, N), draws of how far estimates lie from the truth, whole draws with all dependence between units.
        coverage: between 0 and 1.
        simultaneous: of all units at once; else of each unit taken alone.
        stepdown: whether to go on after the first step.
    """
    spread = _spreads(errors)
    with np.errstate(divide="ignore", invalid="ignore"):
        distance = (estimates[:, None] - estimates[None, :]) / spread
    distance[spread <= _TINY] = 0.0
    apart = (spread <= _TINY) & (estimates[:, None] - estimates[None, :] > _TINY)
    distance[apart] = np.inf  # known to differ: no draw brings them together
    find = _together if simultaneous else _alone
    better, worse = find(distance, errors, np.where(spread > _TINY, spread, np.inf), coverage, stepdown)
    return RankSets((1 + better).astype(np.int32), (len(estimates) - worse).astype(np.int32))


def _spreads(errors: Floats) -> Floats:
    """The standard deviation of each pair's difference of errors, (N, N), about its mean."""
    count = errors.shape[1]
    result = np.zeros((count, count))
    for unit in range(count - 1):
        result[unit, unit + 1 :] = (errors[:, unit, None] - errors[:, unit + 1 :]).std(axis=0)
    return result + result.T


def _together(distance: Floats, errors: Floats, spread: Floats, coverage: float, stepdown: bool) -> tuple[Ints, Ints]:
    """How many are told to be better than each unit, and how many worse: all pairs in one family."""
    by_unit = np.ascontiguousarray(errors.T)
    family = ~np.eye(len(distance), dtype=np.bool_)
    better = np.zeros_like(family)
    # At first each pair is in it both ways: looked at once, without its sign.
    largest = np.full(len(errors), -np.inf)
    for unit in range(len(distance) - 1):
        others = slice(unit + 1, None)
        difference = (by_unit[unit] - by_unit[others]) / spread[unit, others, None]
        np.maximum(largest, np.abs(difference, out=difference).max(axis=0), out=largest)
    while family.any():
        rejected = family & (distance > _quantile(largest, coverage))
        better |= rejected
        family &= ~rejected
        if not stepdown or not rejected.any():
            break
        largest = np.full(len(errors), -np.inf)
        for unit in range(len(distance)):
            np.maximum(largest, _largest(by_unit, spread, unit, family[unit]), out=largest)
    return better.sum(axis=0), better.sum(axis=1)


def _alone(distance: Floats, errors: Floats, spread: Floats, coverage: float, stepdown: bool) -> tuple[Ints, Ints]:
    """The same with the pairs of each unit as a family of its own."""
    count = len(distance)
    better, worse = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    by_unit = np.ascontiguousarray(errors.T)  # whole rows are taken from it, which is much faster than columns
    for unit in range(count):
        difference = (by_unit[unit] - by_unit) / spread[unit, :, None]
        wins, loses = np.arange(count) != unit, np.arange(count) != unit
        # At first all are in the family, and what is largest is so both ways; from itself a unit differs by nothing.
        largest = np.abs(difference).max(axis=0)
        while wins.any() or loses.any():
            limit = _quantile(largest, coverage)
            won, lost = wins & (distance[unit] > limit), loses & (distance[:, unit] > limit)
            worse[unit] += won.sum()
            better[unit] += lost.sum()
            wins, loses = wins & ~won, loses & ~lost
            if not stepdown or not (won.any() or lost.any()):
                break
            largest = np.full(len(errors), -np.inf)
            if wins.any():
                np.maximum(largest, difference[wins].max(axis=0), out=largest)
            if loses.any():
                np.maximum(largest, -difference[loses].min(axis=0), out=largest)
    return better, worse


def _largest(by_unit: Floats, spread: Floats, unit: int, family: Flags) -> Floats:
    """The largest of a unit's differences to those of its family in each draw, (R,), of errors as (N, R)."""
    if not family.any():
        return np.full(by_unit.shape[1], -np.inf)
    result: Floats = ((by_unit[unit] - by_unit[family]) / spread[unit, family, None]).max(axis=0)
    return result


def _quantile(values: Floats, coverage: float) -> float:
    return float(np.quantile(values, coverage))
