"""What lies in the middle of many replications."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gci.audit.arrays import Floats, rounded

WIDTH = (0.05, 0.5, 0.95)
_AT_ONCE = 2048  # units whose replications are sorted together, to bound memory


def quantiles(values: NDArray[np.generic], shares: Sequence[float] = WIDTH, nothing: float = np.nan) -> Floats:
    """Quantiles over replications, by linear interpolation between order statistics.

    Args:
        values: (R, N).
        shares: from 0 to 1, S of them.
        nothing: the value that means that there is none; it is left out, as NaN is.

    Returns:
        (S, N), rounded to 9 decimals; NaN where a unit has nothing in any replication.
    """
    result = np.full((len(shares), values.shape[1]), np.nan)
    for first in range(0, values.shape[1], _AT_ONCE):
        part = values[:, first : first + _AT_ONCE].T.astype(np.float64)
        part[part == nothing] = np.nan
        part.sort(axis=1)  # NaN comes last
        result[:, first : first + _AT_ONCE] = _interpolated(part, np.asarray(shares))
    return rounded(result)


def _interpolated(ordered: Floats, shares: Floats) -> Floats:
    count = (~np.isnan(ordered)).sum(axis=1)
    place = shares[:, None] * np.maximum(count - 1, 0)
    lower = np.floor(place).astype(np.int64)
    upper = np.minimum(lower + 1, np.maximum(count - 1, 0))
    units = np.arange(len(ordered))
    low, high = ordered[units, lower], ordered[units, upper]
    result: Floats = low + (place - lower) * (high - low)
    return result
