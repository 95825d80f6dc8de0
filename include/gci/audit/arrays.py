"""The kinds of arrays that the audit works on, and the one rounding that makes ties exact."""

from __future__ import annotations

import os
import tempfile
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gci.core.errors import Blocked

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Ranks = NDArray[np.int32]
Tiers = NDArray[np.int8]
Flags = NDArray[np.bool_]

_IN_MEMORY = 1 << 28  # bytes of one array
DECIMALS = 9
"""Scores are rounded to so many decimals before ranks and tiers: floating point noise parts no equal answers."""


def rounded(values: Floats, out: Floats | None = None) -> Floats:
    """Values to 9 decimals, without negative zeros.

    Args:
        values: numbers; NaN stays NaN.
        out: array to write to; a new one when not given.
    """
    result: Floats = np.round(values, DECIMALS, out=out)
    result += 0.0
    return result


def room(shape: tuple[int, int], kind: type[np.generic]) -> NDArray[Any]:
    """An array to be filled. One that is too large for memory lies in a file that goes with it, on the disk of TMPDIR.

    Args:
        shape: replications × units.
        kind: of its values.

    Raises:
        Blocked: the disk has no room for it.
    """
    size = shape[0] * shape[1] * np.dtype(kind).itemsize
    if size <= _IN_MEMORY:
        return np.empty(shape, kind)
    with tempfile.TemporaryFile(prefix="gci-audit-") as file:
        try:
            os.posix_fallocate(file.fileno(), 0, size)
        except OSError as error:
            raise Blocked(
                f"{tempfile.gettempdir()}: {error.strerror}. {shape[0]:,} replications of {shape[1]:,} units need "
                f"{size / 1e9:.1f} GB there: make room, set TMPDIR to a folder that has it, or take fewer replications."
            ) from error
        return np.memmap(file, kind, "r+", shape=shape)


def mean(values: Floats, axis: int = 0) -> Floats:
    """The mean along an axis, NaN left out; NaN where nothing is left, without a warning."""
    known = ~np.isnan(values)
    count = known.sum(axis=axis)
    total = np.where(known, values, 0.0).sum(axis=axis)
    return divided(total, count)


def divided(upper: Any, lower: Any) -> Floats:
    """Quotients; NaN where there is nothing to divide by."""
    upper, lower = np.broadcast_arrays(np.asarray(upper, dtype=np.float64), np.asarray(lower, dtype=np.float64))
    result = np.full(upper.shape, np.nan)
    np.divide(upper, lower, out=result, where=lower != 0)
    return result
