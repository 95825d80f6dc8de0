"""Covariances and correlations over the units that have both values."""

from __future__ import annotations

import numpy as np

from gci.audit.arrays import Floats, divided


def covariances(values: Floats) -> Floats:
    """Covariance of each pair of columns over the units that have both, with their means over the same units.

    Args:
        values: (N, C), NaN where missing.

    Returns:
        (C, C), n − 1 in the denominator; NaN where fewer than two units have both.
    """
    count = values.shape[1]
    result = np.empty((count, count))
    columns = np.ascontiguousarray(values.T)
    known = ~np.isnan(columns)
    complete = bool(known.all())
    centred = columns - columns.mean(axis=1, keepdims=True) if complete else columns
    for one in range(count):
        for other in range(one, count):
            if complete:
                first, second = centred[one], centred[other]
            else:
                both = known[one] & known[other]
                first, second = _centred(columns[one, both]), _centred(columns[other, both])
            size = len(first)
            result[one, other] = result[other, one] = (first * second).sum() / (size - 1) if size > 1 else np.nan
    return result


def _centred(values: Floats) -> Floats:
    result: Floats = values - values.mean() if len(values) else values
    return result


def correlations(values: Floats) -> Floats:
    """Pearson's correlation of each pair of columns over the units that have both.

    Args:
        values: (N, C), NaN where missing.

    Returns:
        (C, C), from −1 to 1; NaN where one of the two does not vary over these units.
    """
    covariance = covariances(values)
    if not np.isnan(values).any():
        spread = np.sqrt(np.diag(covariance))
        spread[spread < _nothing(values)] = 0.0
        return np.clip(divided(covariance, spread[:, None] * spread), -1.0, 1.0)
    result = np.full(covariance.shape, np.nan)
    known = ~np.isnan(values)
    for one in range(values.shape[1]):
        for other in range(one, values.shape[1]):
            pair = values[known[:, one] & known[:, other]][:, [one, other]]
            if len(pair) > 1:
                result[one, other] = result[other, one] = correlations(pair)[0, 1]
    return result


def _nothing(values: Floats) -> float:
    """A spread that is none: rounding alone."""
    return 1e-12 * max(1.0, float(np.abs(values).max(initial=0.0)))


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
