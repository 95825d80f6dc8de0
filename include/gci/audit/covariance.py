"""Covariances and correlations over the units that have both values."""

from __future__ import annotations

from typing import Any

import numpy as np

from gci.audit.arrays import Flags, Floats, divided


def covariances(values: Floats) -> Floats:
    """Covariance of each pair of columns over the units that have both, with their means over the same units.

    Args:
        values: (N, C), NaN where missing.

    Returns:
        (C, C), n − 1 in the denominator; NaN where fewer than two units have both.
    """
    return _moments(values)[0]


def _moments(values: Floats) -> tuple[Floats, Floats]:
    """Per pair of columns covariance and variance of the first, over the units that have both: (C, C) each."""
    columns = np.ascontiguousarray(values.T)
    known = ~np.isnan(columns)
    covariance, variance = np.full((2, len(columns), len(columns)), np.nan)
    if known.all():
        columns = columns - columns.mean(axis=1, keepdims=True)
        for one in range(len(columns)):
            covariance[one] = _over(_sums(columns[one], columns), columns.shape[1])
        return covariance, np.broadcast_to(np.diag(covariance)[:, None], covariance.shape)
    zeroed = np.where(known, columns, 0.0)
    for one in range(len(columns)):
        both = known[one] & known
        first, other = _centred(np.where(both, zeroed[one], 0.0), both), _centred(np.where(both, zeroed, 0.0), both)
        size = both.sum(axis=1)
        covariance[one], variance[one] = _over(_sums(first, other), size), _over(_sums(first, first), size)
    return covariance, variance


def _sums(first: Floats, other: Floats) -> Floats:
    result: Floats = (first * other).sum(axis=1)
    return result


def _centred(values: Floats, known: Flags) -> Floats:
    """Rows less their mean over what is known, 0 elsewhere."""
    return np.where(known, values - divided(values.sum(axis=1), known.sum(axis=1))[:, None], 0.0)


def _over(sums: Floats, size: Any) -> Floats:
    return divided(sums, np.maximum(np.asarray(size) - 1, 0))


def correlations(values: Floats) -> Floats:
    """Pearson's correlation of each pair of columns over the units that have both.

    Args:
        values: (N, C), NaN where missing.

    Returns:
        (C, C), from −1 to 1; NaN where one of the two does not vary over these units.
    """
    covariance, variance = _moments(values)
    spread = np.sqrt(variance)
    spread[spread < _nothing(values)] = 0.0
    return np.clip(divided(covariance, spread * spread.T), -1.0, 1.0)


def _nothing(values: Floats) -> float:
    """A spread that is none: rounding alone."""
    return 1e-12 * max(1.0, float(np.abs(values[~np.isnan(values)]).max(initial=0.0)))


def ranked(values: Floats) -> Floats:
    """The ranks of each column's values, ties sharing the mean of theirs, as Spearman's correlation takes them.

    scipy.stats has the same, and takes longer to import than the whole audit takes; the tests hold the two together.

    Args:
        values: (N, C), NaN where missing; equal values have to be equal to the last bit: round them before.

    Returns:
        (N, C), NaN where missing.
    """
    result = np.full(values.shape, np.nan)
    for column in range(values.shape[1]):
        known = ~np.isnan(values[:, column])
        _, place, count = np.unique(values[known, column], return_inverse=True, return_counts=True)
        result[known, column] = (np.cumsum(count) - (count - 1) / 2.0)[place]
    return result


def spearman(first: Floats, second: Floats) -> float:
    """Spearman's correlation of two columns (N,) over the units that have both; NaN where one does not vary."""
    both = ~np.isnan(first) & ~np.isnan(second)
    if both.sum() < 2:
        return float("nan")
    return float(correlations(ranked(np.column_stack([first[both], second[both]])))[0, 1])
